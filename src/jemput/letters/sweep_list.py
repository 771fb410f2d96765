"""The sweep list by name and address: as cells of a workbook, and as the list an officer takes along.

Outside the office a NIK is masked and a birth is a year. Whole numbers go out only in the layout of the BIP KTP-el
(19 columns), to somebody who may see them and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from jemput.domain import wording
from jemput.domain.axes import status_title
from jemput.domain.ids import area_text, mask
from jemput.domain.outreach import OUTCOMES, WORDS
from jemput.domain.problems import Language, Text
from jemput.domain.sweep import TAG_TITLES, Left, district_of
from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead
from jemput.letters.workbook import Cells, Column

TO_SETTLE = Text("catatan perlu diselesaikan", "record to settle")
COLUMNS = (
    Column(Text("No.", "No."), "number", 7),
    Column(Text("NIK", "NIK"), "code", 20),
    Column(Text("Nama", "Name")),
    Column(Text("L/P", "Sex"), "code", 6),
    Column(Text("Tahun lahir", "Year of birth"), "code", 8),
    Column(Text("Desa", "Village")),
    Column(Text("Dusun, RT/RW, alamat", "Dusun, RT/RW, address"), "text", 36),
    Column(Text("Di daftar sejak", "On the list since"), "day"),
    Column(Text("Catatan", "Note"), "text", 24),
    Column(Text("Kata desa", "Word of the village"), "text", 24),
    Column(Text("Kunjungan terakhir", "Last visit"), "text", 24),
    Column(Text("Peluang ditemui", "Chance to be met"), "text", 24),
)
PRINTED = ("No.", "Nama", "NIK", "Lahir", "Alamat", "Sejak", "Kata desa", "Kunjungan terakhir", "Hasil")
BIP = (
    ("NO", "number", 6),
    ("Nama Lengkap", "text", 28),
    ("NIK", "code", 20),
    ("Tempat Lahir", "text", 18),
    ("Tgl/Bln/Th", "code", 12),
    ("JK", "code", 5),
    ("Stat Kwn", "code", 8),
    ("Gol. Drh", "code", 7),
    ("SHDK", "text", 16),
    ("Agama", "text", 12),
    ("Pendidikan Terakhir", "text", 18),
    ("No Akta Lahir", "code", 18),
    ("Pekerjaan", "text", 20),
    ("Nama Ibu", "text", 22),
    ("Nama Ayah", "text", 22),
    ("Wjb KTP", "code", 8),
    ("KTP-eL", "code", 8),
    ("Status", "code", 10),
    ("Stat Rkm", "text", 18),
)
"""The 19 columns of the BIP KTP-el as offices print it: the list that goes to villages (docs/registrar.md)."""
BIP_COLUMNS = tuple(Column(Text(title, title), kind, width) for title, kind, width in BIP)  # type: ignore[arg-type]
BIP_SEX = {"L": "Lk", "P": "Pr"}
BIP_MARITAL = {"belum kawin": "BK", "kawin": "K", "cerai hidup": "CH", "cerai mati": "CM"}


def address(one: Left) -> str:
    """Return where somebody lives inside their village."""
    rt = "/".join(part for part in (one.rt, one.rw) if part)
    return ", ".join(part for part in (one.dusun, f"RT {rt}" if rt else "", one.address) if part)


def word(one: Left) -> Text | None:
    """Return the last word of the village, with its day."""
    if one.word is None or one.word.word not in WORDS:
        return None
    title = WORDS[one.word.word]
    return Text(f"{title.id}, {wording.day(one.word.on, 'id')}", f"{title.en}, {wording.day(one.word.on, 'en')}")


def outcome(one: Left) -> Text | None:
    """Return what became of the last visit, with its day."""
    if one.outcome is None or one.outcome.outcome not in OUTCOMES:
        return None
    title = OUTCOMES[one.outcome.outcome]
    on = one.outcome.on
    return Text(f"{title.id}, {wording.day(on, 'id')}", f"{title.en}, {wording.day(on, 'en')}")


def notes(one: Left) -> tuple[Text, ...]:
    """Return what somebody stands apart for, and a recording that failed."""
    said = [TAG_TITLES[tag] for tag in sorted(one.tags)]
    if one.has_failed:
        said.append(status_title(one.status))
    return tuple(said)


def chance(one: Left) -> Text:
    """Return the chance to meet somebody in words."""
    return one.chance.short if one.chance else TO_SETTLE


def list_cells(people: Iterable[Left], names: Mapping[int, str], language: Language) -> Iterator[Cells]:
    """Yield people as rows of a workbook, for COLUMNS."""
    for number, one in enumerate(people, 1):
        said_word, said_outcome = word(one), outcome(one)
        yield (
            number,
            mask(one.nik),
            one.name,
            one.sex,
            str(one.born_on.year) if one.born_on else "",
            names.get(one.village, area_text(one.village)),
            address(one),
            one.since,
            ", ".join(note.say(language) for note in notes(one)),
            said_word.say(language) if said_word else "",
            said_outcome.say(language) if said_outcome else "",
            chance(one).say(language),
        )


def bip_cells(people: Iterable[Left], biodata: Mapping[int, Mapping[str, object]]) -> Iterator[Cells]:
    """Yield people as rows of the BIP KTP-el, NIK and birth date whole; `biodata` by person."""
    for number, one in enumerate(people, 1):
        said = {name: str(text) for name, text in biodata.get(one.person, {}).items()}
        yield (
            number,
            one.name,
            one.nik,
            said.get("born_at", ""),
            f"{one.born_on:%d-%m-%Y}" if one.born_on else "",
            BIP_SEX.get(one.sex, one.sex),
            BIP_MARITAL.get(said.get("marital", ""), said.get("marital", "")),
            said.get("blood", ""),
            said.get("role", "").upper(),
            said.get("religion", "").upper(),
            said.get("education", "").upper(),
            said.get("birth_certificate", ""),
            said.get("occupation", ""),
            said.get("mother", ""),
            said.get("father", ""),
            "WAJIB" if one.is_counted or "blocked" in one.tags else "BELUM",
            "BELUM",
            "",
            status_title(one.status).id.upper(),
        )


def set_pdf(
    people: Sequence[Left], names: Mapping[int, str], *, about: str, head: Letterhead, on: date, made_at: datetime
) -> bytes:
    """Return the list an officer takes along as PDF/A, untagged so that it stays small; in Indonesian."""
    villages = [
        {
            "name": ", ".join(names[number] for number in (village, district_of(village)) if number in names),
            "rows": [_row(number, one) for number, one in enumerate(held, 1)],
        }
        for village, held in groupby(people, key=lambda one: one.village)
    ]
    data = {
        "paper": head.paper,
        "title": f"Daftar penyisiran, {wording.day(on, 'id')}",
        "office": head.office,
        "about": about,
        "footer": f"{head.office}. Untuk petugas; simpan, jangan disebarkan atau ditempel.",
        "columns": PRINTED,
        "villages": villages,
    }
    return typeset.document("sweep_list.typ", data, made_at=made_at, tagged=False)


def _row(number: int, one: Left) -> list[str]:
    said_word, said_outcome = word(one), outcome(one)
    told = ", ".join(note.id for note in notes(one))
    return [
        str(number),
        f"{one.name} ({told})" if told else one.name,
        mask(one.nik),
        str(one.born_on.year) if one.born_on else "",
        address(one),
        str(one.since.year),
        said_word.id if said_word else "",
        said_outcome.id if said_outcome else "",
        "",
    ]
