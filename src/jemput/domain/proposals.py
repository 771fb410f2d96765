"""Proposed facts: what a list can propose, how a proposal may be answered, and what each answer does, in words.

A proposal counts for nothing; only the fact that an officer's answer makes of it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jemput.domain import facts, recording, wording
from jemput.domain.axes import status_title
from jemput.domain.biodata import DAYS, FIELD_TITLES, NUMBERS
from jemput.domain.ids import mask
from jemput.domain.people import FIELDS
from jemput.domain.problems import Text

GONE = "gone"
ACCEPT, REJECT = "accept", "reject"
GONE_ANSWERS = {
    "moved": facts.PINDAH,
    "died": facts.MATI,
    "cleansed": facts.KONSOLIDASI_REMOVED,
    "error": None,
}
"""What "gone from the list" can turn out to be; an error of the list is no fact at all."""

ELSEWHERE = "elsewhere"
ELSEWHERE_ANSWERS = {
    "card_issued": "CARD_ISSUED",
    "print_ready": "PRINT_READY_RECORD",
    "captured": "BIO_CAPTURED",
    "reject": None,
}
"""What an officer can honestly find of “recorded elsewhere”: the status the centre's own system shows, or nothing.

The village's word alone names no status, so there is no plain "accept".
"""
REJECTIONS = frozenset({REJECT, "error"})
"""Answers by which what was said turned out not to be so."""

KINDS = {
    facts.REGISTERED: Text("orang baru", "new person"),
    facts.DATANG: Text("tinggal di sini lagi", "lives here again"),
    facts.RESIDENCE_CHANGED: Text("pindah desa", "another village"),
    facts.BIODATA_CHANGED: Text("biodata berubah", "other biodata"),
    facts.REKAM: Text("status perekaman", "recording status"),
    facts.MATI: Text("meninggal, kata desa", "died, says the village"),
    facts.PINDAH: Text("pindah, kata desa", "moved away, says the village"),
    ELSEWHERE: Text("sudah rekam di tempat lain, kata desa", "recorded elsewhere, says the village"),
    GONE: Text("tidak ada lagi di daftar", "no longer on the list"),
}
"""What a list or a village can propose, in the order it is shown."""

ANSWERS = {
    ACCEPT: Text("benar, catat", "true, enter it"),
    REJECT: Text("tidak benar", "not true"),
    "moved": Text("pindah ke luar kabupaten", "moved out of the regency"),
    "died": Text("meninggal", "died"),
    "cleansed": Text("dihapus konsolidasi", "removed by konsolidasi"),
    "error": Text("keliru: orangnya masih di sini", "an error: the person is still here"),
    "card_issued": Text("SIAK: kartu sudah diserahkan", "SIAK shows: card handed over"),
    "print_ready": Text("SIAK: siap cetak (PRR)", "SIAK shows: print ready (PRR)"),
    "captured": Text("SIAK: direkam, belum diterima pusat", "SIAK shows: captured, not yet accepted"),
}
_NOTHING = Text("tidak ada fakta yang dicatat; pertanyaan ini ditutup", "no fact is entered; the question is closed")
_EFFECTS = {
    facts.REGISTERED: Text(
        "didaftarkan sebagai penduduk sejak hari itu, dan wajib KTP bila sudah 17 tahun atau pernah kawin",
        "registered as a resident from that day, and wajib KTP at 17 or once married",
    ),
    facts.DATANG: Text(
        "tercatat datang: kembali menjadi penduduk sejak hari itu; yang sudah tercatat meninggal tetap meninggal",
        "entered as arrived: a resident again from that day; whoever is registered dead stays dead",
    ),
    facts.RESIDENCE_CHANGED: Text(
        "dihitung di desa yang baru sejak hari itu, tidak lagi di desa yang lama",
        "counted in the new village from that day, and no longer in the old one",
    ),
    facts.BIODATA_CHANGED: Text(
        "biodata dibaca seperti usulan sejak hari itu; tanggal lahir, status kawin dan kewarganegaraan dapat mengubah wajib KTP",
        "biodata read as proposed from that day; birth date, marital status and citizenship may change the duty",
    ),
    facts.REKAM: Text(
        "status perekaman berlaku sejak tanggalnya; yang diterima pusat dihitung sudah rekam",
        "the recording status holds from its day; one the centre accepted counts as recorded",
    ),
    "moved": Text(
        "keluar dari penduduk dan dari wajib KTP sejak hari itu", "leaves residents and wajib KTP from that day"
    ),
    "died": Text(
        "keluar dari penduduk dan dari wajib KTP sejak hari itu; hanya pembatalan yang menghidupkannya kembali",
        "leaves residents and wajib KTP from that day; only a reversal brings the person back",
    ),
    facts.MATI: Text(
        "keluar dari penduduk dan dari wajib KTP sejak hari itu; hanya pembatalan yang menghidupkannya kembali",
        "leaves residents and wajib KTP from that day; only a reversal brings the person back",
    ),
    facts.PINDAH: Text(
        "keluar dari penduduk dan dari wajib KTP sejak hari itu; pindah antardesa dicatat di halaman orangnya",
        "leaves residents and wajib KTP from that day; a move between villages is entered on the person's page",
    ),
    "card_issued": Text(
        "dihitung sudah rekam sejak hari itu, tetapi bukan sebagai rekaman di wilayah ini",
        "counts as recorded from that day, but not as a recording made here",
    ),
    "print_ready": Text(
        "dihitung sudah rekam sejak hari itu, tetapi bukan sebagai rekaman di wilayah ini",
        "counts as recorded from that day, but not as a recording made here",
    ),
    "captured": Text(
        "dihitung sudah rekam sejak hari itu bila aturan hitung menerimanya, dan bukan sebagai rekaman di wilayah ini",
        "counts as recorded from that day where the counting rule takes it, and not as a recording made here",
    ),
    "cleansed": Text(
        "dikeluarkan dari daftar sebagai hasil konsolidasi, satu baris sendiri di jembatan angka",
        "taken out of the register as a result of konsolidasi, a line of its own in the bridge",
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a proposal says beside what the register says now; numbers are masked. `before` is empty for new people."""

    title: Text
    before: Text
    after: Text

    @property
    def is_new(self) -> bool:
        """Whether the register says nothing of it yet."""
        return not self.before.id


def answers(kind: str) -> tuple[str, ...]:
    """Return the answers a proposal of a kind may get."""
    if kind == GONE:
        return tuple(GONE_ANSWERS)
    return tuple(ELSEWHERE_ANSWERS) if kind == ELSEWHERE else (ACCEPT, REJECT)


def fact_of(kind: str, answer: str) -> str | None:
    """Return the kind of fact an answer makes of a proposal, None where it makes none."""
    if kind == GONE:
        return GONE_ANSWERS[answer]
    if kind == ELSEWHERE:
        return facts.REKAM if ELSEWHERE_ANSWERS[answer] else None
    return kind if answer == ACCEPT else None


def said_by_answer(kind: str, answer: str) -> dict[str, object]:
    """Return what an answer adds to what the fact says: of a recording elsewhere the status that was found."""
    status = ELSEWHERE_ANSWERS.get(answer) if kind == ELSEWHERE else None
    return {"status": status, "elsewhere": True} if status else {}


def effect(kind: str, answer: str) -> Text:
    """Return what an answer does to each person, in words."""
    if fact_of(kind, answer) is None:
        return _NOTHING
    return _EFFECTS[answer if kind in {GONE, ELSEWHERE} else kind]


def differences(
    said: Mapping[str, object], now: Mapping[str, object] | None, status: int | None, names: Mapping[str, str]
) -> tuple[Difference, ...]:
    """Return what a proposal says, field by field, beside the register's words (`now`; None for somebody new).

    `status` is the folded recording status now; `names` are village names by code.
    """
    held = now or {}
    found = [
        Difference(FIELD_TITLES[name], _written(name, held.get(name), names), _written(name, said[name], names))
        for name in FIELDS
        if name in said
    ]
    if said.get("status"):
        before = status_title(status) if now is not None else Text("", "")
        after = status_title(recording.fold(str(said["status"])))
        if since := _day(said.get("status_on")):
            after = Text(f"{after.id}, {since.id}", f"{after.en}, {since.en}")
        found.append(Difference(Text("Perekaman", "Recording"), before, after))
    return tuple(found)


def _written(name: str, value: object, names: Mapping[str, str]) -> Text:
    if not value:
        return Text("", "")
    text = str(value)
    if name in NUMBERS:
        text = mask(text)
    elif name in DAYS and (day := _day(value)):
        return day
    elif name == "village":
        text = names.get(text, text)
    return Text(text, text)


def _day(value: object) -> Text | None:
    try:
        on = date.fromisoformat(str(value))
    except ValueError:
        return None
    return Text(wording.day(on, "id"), wording.day(on, "en"))
