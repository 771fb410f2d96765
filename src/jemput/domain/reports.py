"""Reports of an office: their kinds, their numbers, what is filled in by hand, and what a signed file shows.

No official form of a regency was found (data collected 2026): the monthly report is a template, and what the
ledger does not hold (card blanks, suket, trips, vulnerable people, equipment) stands in it as lines
for the office's own hand, never invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jemput.domain import typed
from jemput.domain.problems import Problem, ProblemKind, Text

Kind = Literal["monthly", "daily", "press"]
KINDS: dict[Kind, Text] = {
    "monthly": Text("laporan bulanan", "monthly report"),
    "daily": Text("laporan harian", "daily report"),
    "press": Text("kartu pers", "press card"),
}
NUMBERED: frozenset[Kind] = frozenset({"monthly", "daily"})
"""Kinds that are letters and take a number; a press card is none."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

FieldKind = Literal["number", "note", "trips"]
FormValue = int | str | list[list[str]]
MOST = 9_999_999
NOTE_CHARS = 2_000
TRIP_LINES = 300
"""Five teams with two visits a day for a month of 30 days; a kit does 1-3 villages a day (field facts, domain guide)."""
TRIP_CHARS = TRIP_LINES * 150
TRIP_CELLS = 5
FORM_VALUE = ProblemKind(
    "form_value",
    Text("“{found}” tidak dapat dipakai untuk {label_id}.", "“{found}” cannot be used for {label_en}."),
    Text("{hint_id}", "{hint_en}"),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the monthly report that is filled in by hand."""

    name: str
    section: Text
    label: Text
    kind: FieldKind = "number"


_BLANKS = Text("Blangko KTP-el", "Card blanks")
_SERVICES = Text("Surat keterangan", "Letters in place of a card")
_TRIPS = Text("Pelayanan keliling", "Trips made")
_VULNERABLE = Text("Penduduk rentan yang dilayani", "Vulnerable people served")
_EQUIPMENT = Text("Peralatan", "Equipment")
_NOTES = Text("Catatan", "Notes")
FIELDS = (
    Field("blanks_received", _BLANKS, Text("diterima", "received")),
    Field("blanks_used", _BLANKS, Text("dipakai", "used")),
    Field("blanks_destroyed", _BLANKS, Text("rusak dan dimusnahkan", "spoilt and destroyed")),
    Field("blanks_left", _BLANKS, Text("sisa", "left")),
    Field("suket_issued", _SERVICES, Text("suket diterbitkan", "suket issued")),
    Field("trips", _TRIPS, Text("tempat; tanggal; tim; hadir; rekam", "place; day; team; present; recorded"), "trips"),
    Field("served_disabled", _VULNERABLE, Text("penyandang disabilitas", "people with disabilities")),
    Field("served_elderly", _VULNERABLE, Text("lanjut usia", "elderly")),
    Field("served_sick", _VULNERABLE, Text("sakit di rumah", "sick at home")),
    Field("served_detained", _VULNERABLE, Text("warga binaan", "detained")),
    Field("sets_working", _EQUIPMENT, Text("alat rekam berfungsi", "recording sets that work")),
    Field("sets_broken", _EQUIPMENT, Text("alat rekam rusak", "recording sets that are broken")),
    Field("notes", _NOTES, Text("catatan", "notes"), "note"),
)
_HINTS: dict[FieldKind, Text] = {
    "number": Text("Tulis bilangan bulat, atau biarkan kosong.", "Write a whole number, or leave it empty."),
    "note": Text(
        f"Tulis paling banyak {NOTE_CHARS} huruf, atau biarkan kosong.",
        f"Write at most {NOTE_CHARS} letters, or leave it empty.",
    ),
    "trips": Text(
        "Satu baris satu kunjungan: tempat; tanggal; tim; hadir; rekam.",
        "One line a visit: place; day; team; present; recorded.",
    ),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def read_form(said: Mapping[str, str]) -> tuple[dict[str, FormValue], list[Problem]]:
    """Return what was filled in by field, and what of it cannot be; an empty field is left out."""
    values: dict[str, FormValue] = {}
    problems: list[Problem] = []
    for field in FIELDS:
        text = said.get(field.name, "").replace("\r\n", "\n").strip()
        if not text:
            continue
        try:
            values[field.name] = _read(field, text)
        except ValueError as wrong:
            hint = _HINTS[field.kind]
            shown = {"label_id": field.label.id, "label_en": field.label.en, "hint_id": hint.id, "hint_en": hint.en}
            problems.append(FORM_VALUE.at(field.name, found=str(wrong)[:80], **shown))
    return values, problems


def _read(field: Field, text: str) -> FormValue:
    if field.kind == "number":
        return typed.whole(0, MOST)(text.replace(".", ""))
    if _CONTROL.search(text) or len(text) > (TRIP_CHARS if field.kind == "trips" else NOTE_CHARS):
        raise ValueError(text)
    return text if field.kind == "note" else _trips(text)


def _trips(text: str) -> list[list[str]]:
    rows = [[typed.line(cell) for cell in line.split(";")] for line in text.splitlines() if line.strip()]
    if len(rows) > TRIP_LINES:
        raise ValueError(text)
    for row in rows:
        if len(row) != TRIP_CELLS or not row[0]:
            raise ValueError("; ".join(row))
        for cell in row[3:]:
            if cell:
                typed.whole(0, MOST)(cell)
    return rows


def trip_lines(trips: Iterable[Sequence[str]]) -> str:
    """Return trips as the form takes them, one a line, parted by semicolons; reading it again gives the trips."""
    return "\n".join("; ".join(cell.replace(";", ",")[: typed.LINE_CHARS] for cell in trip) for trip in trips)


def numbered(pattern: str, serial: int, on: date) -> str:
    """Return the number of a letter by the office's pattern; `on` is the day of the letter."""
    return pattern.format(n=serial, month=f"{on.month:02}", roman=ROMAN[on.month - 1], year=on.year)


# --- what a signed file shows ----------------------------------------------------------------------------------------

SignedFinding = Literal[
    "text_unchanged", "text_not_ours", "nothing_added", "signature_held", "no_signature", "added_after_signing"
]
SIGNED_FINDINGS: dict[SignedFinding, Text] = {
    "text_unchanged": Text(
        "Berkas ini dimulai dengan laporan kita, utuh bita demi bita; tanda tangan ditambahkan sesudahnya.",
        "This file begins with our report, whole, byte for byte; what was added stands after it.",
    ),
    "text_not_ours": Text(
        "Berkas ini bukan laporan kita yang ditambahi tanda tangan; isinya tidak dapat dijamin sama.",
        "This file is not our report with a signature added; its text cannot be vouched for.",
    ),
    "nothing_added": Text(
        "Berkas ini sama persis dengan yang dibuat; belum ada yang ditambahkan.",
        "This file is exactly the one that was made; nothing was added.",
    ),
    "signature_held": Text(
        "Ada tanda tangan elektronik di dalamnya; keabsahannya diperiksa di BSrE.",
        "It holds an electronic signature; whether it is valid is for BSrE to check.",
    ),
    "no_signature": Text("Tidak ada tanda tangan elektronik di dalamnya.", "It holds no electronic signature."),
    "added_after_signing": Text(
        "Ada yang ditambahkan sesudah ditandatangani.", "Something was added after it was signed."
    ),
}
GOOD: frozenset[SignedFinding] = frozenset({"text_unchanged", "signature_held"})
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")


def signed_findings(ours: bytes, signed: bytes) -> list[SignedFinding]:
    """Return what of a signed file can be said from its bytes alone (ISO 32000, incremental updates and byte ranges)."""
    if signed == ours:
        return ["nothing_added", "no_signature"]
    found: list[SignedFinding] = ["text_unchanged" if signed.startswith(ours) else "text_not_ours"]
    ends = [int(match[3]) + int(match[4]) for match in _BYTE_RANGE.finditer(signed)]
    found.append("signature_held" if ends else "no_signature")
    if ends and max(ends) < len(signed.rstrip(b"\r\n\x00 ")):
        found.append("added_after_signing")
    return found
