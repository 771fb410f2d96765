"""The numbers a person and a place are known by: NIK, KK number, area code.

NIK: PPKKCC DDMMYY NNNN, women DD+40, serial from 0001; it never changes on moving, so its first
six digits may name an area code that no longer exists (Permendagri 95/2019; UU 23/2006 art. 13).
Checked here and not by a library: `stdnum.id.nik` accepts day 99 and rejects living regencies.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from functools import lru_cache
from typing import NewType

from jemput.domain.problems import Problem, ProblemKind, Text

Nik = NewType("Nik", str)
NoKk = NewType("NoKk", str)

LENGTH = 16
WOMEN_DAY_OFFSET = 40
FIRST_PROVINCE = 11
MONTHS = 12

_EXPONENT = re.compile(r"^\d+(?:[.,]\d+)?[eE]\+?\d+$")
_SPREADSHEET_ZERO = re.compile(r"^(\d+)[.,]0+$")
_IGNORED = re.compile(r"[\s.'‘’`-]")
EXCEL_DIGITS = 15
"""Significant digits a spreadsheet keeps of a number (IEEE 754 as Excel shows it): a 16-digit
number typed into a cell that is not text ends in 0."""

EXACT_FLOATS = 2.0**53
"""From here on a float no longer holds every whole number (IEEE 754); NIKs of Papua lie above."""

NUMBER_MISSING = ProblemKind(
    "number_missing",
    Text("NIK kosong.", "The NIK is empty."),
    Text(
        "Isi NIK dari KK; orang tanpa NIK didaftarkan lewat formulir biodata F-1.01.",
        "Fill in the NIK from the family card; a person without one is registered on form F-1.01.",
    ),
)
NUMBER_LENGTH = ProblemKind(
    "number_length",
    Text("{what} harus 16 angka; yang tertulis {found} angka.", "{what} must have 16 digits; this has {found}."),
    Text("Periksa ke KK dan ketik ulang sebagai teks.", "Check it against the family card and retype it as text."),
)
NUMBER_LETTERS = ProblemKind(
    "number_letters",
    Text("{what} memuat yang bukan angka: “{found}”.", "{what} holds something that is not a digit: “{found}”."),
    Text("Ketik ulang dengan angka saja.", "Retype it with digits only."),
)
NUMBER_ROUNDED = ProblemKind(
    "number_rounded",
    Text(
        "{what} tersimpan sebagai bilangan; lembar kerja hanya menyimpan 15 angka, angka terakhir sudah hilang.",
        "{what} is stored as a number; a spreadsheet keeps 15 digits of it, so the last one is lost.",
    ),
    Text(
        "Atur kolomnya sebagai Teks lalu salin ulang dari sumbernya.",
        "Format the column as Text and copy it again from its source.",
    ),
)
NIK_AREA = ProblemKind(
    "nik_area",
    Text(
        "Enam angka pertama NIK ({found}) bukan kode wilayah.",
        "The first six digits of the NIK ({found}) cannot be an area.",
    ),
    Text("Periksa ke KK.", "Check it against the family card."),
)
NIK_DAY = ProblemKind(
    "nik_day",
    Text(
        "Tanggal lahir di dalam NIK tidak ada: hari {day}, bulan {month}.",
        "The birth date inside the NIK does not exist: day {day}, month {month}.",
    ),
    Text("Periksa ke KK (perempuan: hari + 40).", "Check it against the family card (women: day + 40)."),
)
NIK_MONTH = ProblemKind(
    "nik_month",
    Text("Bulan lahir di dalam NIK tidak ada: {month}.", "The birth month inside the NIK does not exist: {month}."),
    Text("Periksa ke KK.", "Check it against the family card."),
)
NIK_SERIAL = ProblemKind(
    "nik_serial",
    Text("Nomor urut NIK 0000 tidak pernah diterbitkan.", "Serial number 0000 is never issued in a NIK."),
    Text("Periksa ke KK.", "Check it against the family card."),
)
AREA_CODE = ProblemKind(
    "area_code",
    Text(
        "“{found}” bukan kode wilayah (contoh 16.05.01.2003).", "“{found}” is not an area code (example 16.05.01.2003)."
    ),
    Text("Pakai kode Kemendagri dengan atau tanpa titik.", "Use the Kemendagri code, with or without dots."),
)


def digits_of(cell: object) -> str:
    """Return the digits-as-text of a cell that should hold a 16-digit number.

    Invisible characters, non-breaking spaces, quotes, dots and hyphens inside go; a float that is
    a whole number becomes its digits; anything else comes back as it was written, for
    `number_problem` to name.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    text = str(cell)
    if text.isascii() and text.isdigit():
        return text
    stripped = _visible(text)
    if zero := _SPREADSHEET_ZERO.match(stripped):
        return zero[1]
    if _EXPONENT.match(stripped):
        return stripped
    return _IGNORED.sub("", stripped)


def _visible(text: str) -> str:
    """Return text without the characters nobody sees, and without space around it."""
    if text.isascii():
        return text.strip()
    normal = unicodedata.normalize("NFKC", text)
    return "".join(c for c in normal if unicodedata.category(c) not in {"Cf", "Cc"}).strip()


def is_rounded(cell: object) -> bool:
    """Whether a spreadsheet may have cut the last digit off this 16-digit number.

    True for text in exponent form, and for a number (or the text of one, "….0") of more than 15
    digits that ends in 0: nothing in the file tells a true 0 from a lost digit.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        digits = digits_of(cell)
        inexact = isinstance(cell, float) and cell >= EXACT_FLOATS
        return len(digits) > EXCEL_DIGITS and (digits.endswith("0") or inexact)
    text = _visible(str(cell or ""))
    if _EXPONENT.match(text):
        return True
    zero = _SPREADSHEET_ZERO.match(text)
    return bool(zero and len(zero[1]) > EXCEL_DIGITS and (zero[1].endswith("0") or int(zero[1]) >= EXACT_FLOATS))


def number_problem(cell: object, what: str, column: str) -> Problem | None:
    """Return what is wrong with a cell that must hold 16 digits, or None."""
    if is_rounded(cell):
        return NUMBER_ROUNDED.at(column, what=what)
    digits = digits_of(cell)
    if not digits.isascii() or not digits.isdigit():
        return NUMBER_LETTERS.at(column, what=what, found=mask_text(digits))
    if len(digits) != LENGTH:
        return NUMBER_LENGTH.at(column, what=what, found=len(digits))
    return None


def nik_problem(cell: object, column: str = "NIK") -> Problem | None:
    """Return why `cell` cannot be a NIK, or None. An area code that is dead is no problem."""
    digits = digits_of(cell)
    if not digits or digits == "-":
        return NUMBER_MISSING.at(column)
    if not (len(digits) == LENGTH and digits.isascii() and digits.isdigit()) or is_rounded(cell):
        return number_problem(cell, "NIK", column)
    if int(digits[:2]) < FIRST_PROVINCE or digits[2:4] == "00" or digits[4:6] == "00":
        return NIK_AREA.at(column, found=digits[:6])
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    if not 1 <= month <= MONTHS:
        return NIK_MONTH.at(column, month=f"{month:02}")
    born = day - WOMEN_DAY_OFFSET if day > WOMEN_DAY_OFFSET else day
    longest = max(calendar.monthrange(century + year, month)[1] for century in (1900, 2000))
    if not 1 <= born <= longest:
        return NIK_DAY.at(column, day=f"{day:02}", month=f"{month:02}")
    if digits[12:] == "0000":
        return NIK_SERIAL.at(column)
    return None


def nik_sex(nik: Nik) -> str:
    """Return the sex a NIK encodes: "L" (man) or "P" (woman, day + 40)."""
    return "P" if int(nik[6:8]) > WOMEN_DAY_OFFSET else "L"


def mask(nik: str) -> str:
    """Return a NIK or KK number as it may be shown to anyone: area and serial, never the birth date."""
    return f"{nik[:6]}••••••{nik[12:]}" if len(nik) == LENGTH else mask_text(nik)


def mask_text(text: str) -> str:
    """Return a malformed number with all but its first six characters hidden."""
    return text[:6] + "•" * max(0, min(len(text), LENGTH) - 6)


_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")


def mask_within(text: str) -> str:
    """Return free text with every number of sixteen digits in it masked, also one written with gaps."""
    return _LONG_NUMBER.sub(lambda found: mask(re.sub(r"\D", "", found.group())), text)


@lru_cache(maxsize=16_384)
def area_number(kode: str) -> int | None:
    """Return an area code ("16.05.01.2003" or "1605012003") as a number, or None if it is none.

    2 digits province, 4 regency, 6 district (kecamatan), 10 village: the number of digits is the level.
    """
    digits = str(kode).strip().replace(".", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) in LEVELS and digits[0] != "0" else None


LEVELS = {2: "provinsi", 4: "kabupaten", 6: "kecamatan", 10: "desa"}
VILLAGE_DIGITS = 10


def area_text(number: int) -> str:
    """Return an area number as the code people write: 1605012003 → "16.05.01.2003"."""
    digits = str(number)
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:10]) if part)


def village_range(number: int) -> tuple[int, int]:
    """Return the lowest and highest village number inside an area of any level."""
    scale = 10 ** (VILLAGE_DIGITS - len(str(number)))
    return number * scale, number * scale + scale - 1
