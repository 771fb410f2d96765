"""A cell as text: what it says, and the day, number or header it is.

Cells arrive with non-breaking spaces, line breaks, invisible characters, apostrophes that keep a
number text, "-" for unknown, and dates as text, as days or as a spreadsheet's serial number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from jemput.domain import ids

NOTHING = frozenset(
    {
        "",
        *[
            "-",
            "--",
            "---",
            "NULL",
            "null",
            "Null",
            "(null)",
            "None",
            "NaN",
            "nan",
            "N/A",
            "n/a",
            "#N/A",
            "#REF!",
            "#VALUE!",
        ],
    }
)
"""What says nothing: "-" is the register's own word for unknown, the rest is what programs leave behind."""

NOTHING_CHARS = max(map(len, NOTHING))

HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
"""Unicode categories nobody sees."""

SERIAL_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, counted so that days after 28 February 1900 come out right."""
SERIAL_FIRST = 2101
"""A smaller whole number in a date cell may be a year: 1990 is read as no day rather than as June 1905."""
SERIAL_LAST = 2_958_465
"""31 December 9999, the last day a spreadsheet knows."""
EXACT_FLOAT = 1e15
"""From here on a spreadsheet no longer shows every digit of a number (15 significant ones)."""

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_TEXT_MARK = re.compile(r"'\s*[-\d]")
_TIME = r"(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YMD = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII)
_DMY = re.compile(rf"(\d{{1,2}})\s?[-/. ]\s?(\d{{1,2}})\s?[-/. ]\s?(\d{{4}}){_TIME}", re.ASCII)
_DMONY = re.compile(rf"(\d{{1,2}})[-/. ]*([A-Za-z]{{3,9}})\.?[-/., ]*(\d{{4}}){_TIME}", re.ASCII)
_SERIAL = re.compile(r"(\d{4,7})(?:[.,]\d{1,12})?", re.ASCII)
_ZERO_DAY = re.compile(r"0{1,4}(?:[-/.]0{1,2}[-/.]0{1,4})?(?:[ T]00:00(?::00)?)?", re.ASCII)
_ANY_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4}", re.ASCII)
_SLASH = re.compile(r"\s*/\s*")
_BLANKS = re.compile(r"[\s_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[., ']\d{3})+", re.ASCII)

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan januari january",
            "feb peb februari pebruari february",
            "mar maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu ags agt agust agustus aug august",
            "sep sept september",
            "okt oktober oct october",
            "nov nop november nopember",
            "des desember dec december",
        ),
        start=1,
    )
    for word in words.split()
}


def as_text(cell: Cell) -> str:
    """Return a workbook's cell as text that loses nothing.

    A number of more than 15 digits keeps a ".0" behind it, so that `ids.is_rounded` can still tell
    it from text; days become ISO text.
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return _number_text(cell)
    if isinstance(cell, timedelta):
        return _number_text(cell / timedelta(days=1))
    return cell.isoformat()


def _number_text(number: float) -> str:
    """Return a number as a person would have typed it."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number)) if abs(number) < EXACT_FLOAT else f"{int(number)}.0"
    return repr(number)


def said(cell: str) -> str:
    """Return what a cell says: one line, single spaces, nothing invisible; empty where it says nothing."""
    if not (cell.isascii() and cell.isprintable()):
        cell = _visible(cell)
    text = cell.strip()
    if "  " in text:
        text = " ".join(text.split())
    if "'" in text and _TEXT_MARK.match(text):
        text = text[1:].lstrip()
    return "" if len(text) <= NOTHING_CHARS and text in NOTHING else text


def _visible(cell: str) -> str:
    """Return text with every kind of space made a plain one and everything invisible gone."""
    kept = (" " if c.isspace() else c for c in unicodedata.normalize("NFKC", cell))
    return "".join(c for c in kept if unicodedata.category(c) not in HIDDEN)


def header_key(cell: str) -> str:
    """Return a header as compared: small letters and digits only ("NO. KK" and "no_kk" are "nokk")."""
    return "".join(c for c in unicodedata.normalize("NFKC", cell).casefold() if c.isalnum())


def is_zero_day(text: str) -> bool:
    """Whether a date cell holds only zeros, as databases write an unknown day."""
    return bool(_ZERO_DAY.fullmatch(text))


def day_of(text: str) -> date | None:
    """Return the day a cell gives, or None where it gives none that can be read.

    Read: ISO, day-month-year with -, / or ., day with the month's name (Indonesian or English), a
    spreadsheet's serial number; a time of day behind it is dropped. Never read: month before day,
    and years of two digits.
    """
    try:
        if match := _YMD.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DMY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _DMONY.fullmatch(text):
            month = _MONTHS.get(match[2].lower())
            return date(int(match[3]), month, int(match[1])) if month else None
    except ValueError:
        return None
    if (match := _SERIAL.fullmatch(text)) and SERIAL_FIRST <= int(match[1]) <= SERIAL_LAST:
        return SERIAL_EPOCH + timedelta(days=int(match[1]))
    return None


def days_in(text: str) -> list[date]:
    """Return every readable day inside a line of text, in order."""
    return [day for found in _ANY_DAY.findall(text) if (day := day_of(found))]


def count_of(text: str) -> str | None:
    """Return a whole number as plain digits, thousands separators gone, or None."""
    if text.isascii() and text.isdigit():
        return text.lstrip("0") or "0"
    return re.sub(r"\D", "", text) if _THOUSANDS.fullmatch(text) else None


def coded(table: Mapping[str, str], text: str) -> str | None:
    """Return the word a coded cell stands for, or None where the table does not hold it.

    "01" is 1; capitals, underscores, blanks around a slash and "/sederajat" (or the equivalent) do not matter.
    """
    if not text:
        return ""
    lowered = _SLASH.sub("/", _BLANKS.sub(" ", text.lower())).strip()
    plain = lowered.lstrip("0") if lowered.isascii() and lowered.isdigit() else lowered
    for form in (plain, lowered.removesuffix("sederajat").rstrip("/ "), lowered.replace(".", "")):
        if form in table:
            return table[form]
    return None


def village_of(text: str) -> str | None:
    """Return a village code with its dots, or None where the cell is none."""
    number = ids.area_number(text.removesuffix(".0") if text.count(".") == 1 else text)
    return ids.area_text(number) if number and len(str(number)) == ids.VILLAGE_DIGITS else None
