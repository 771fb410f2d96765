"""Numbers and dates as each language writes them: 293.578, 96,65 persen and 28 Maret 2019 in Indonesian."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jemput.domain.problems import Language, Text

MONTHS = (
    Text("Januari", "January"),
    Text("Februari", "February"),
    Text("Maret", "March"),
    Text("April", "April"),
    Text("Mei", "May"),
    Text("Juni", "June"),
    Text("Juli", "July"),
    Text("Agustus", "August"),
    Text("September", "September"),
    Text("Oktober", "October"),
    Text("November", "November"),
    Text("Desember", "December"),
)
WEEKDAYS = (
    Text("Senin", "Monday"),
    Text("Selasa", "Tuesday"),
    Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"),
    Text("Jumat", "Friday"),
    Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
)
MINUS = "−"


def number(value: int, language: Language) -> str:
    """Return a whole number with its thousands apart."""
    text = f"{abs(value):,}"
    grouped = text.replace(",", ".") if language == "id" else text
    return f"{MINUS}{grouped}" if value < 0 else grouped


def signed(value: int, language: Language) -> str:
    """Return a whole number with its sign, plus too."""
    return f"+{number(value, language)}" if value > 0 else number(value, language)


def decimal(value: Decimal | None, language: Language) -> str:
    """Return a decimal as printed; a dash for none."""
    if value is None:
        return "–"
    return str(value).replace(".", ",") if language == "id" else str(value)


def day(value: date, language: Language) -> str:
    """Return a date in words, 28 Maret 2019."""
    return f"{value.day} {month(value.month, language)} {value.year}"


def month(value: int, language: Language) -> str:
    """Return the name of a month, 1 to 12."""
    return MONTHS[value - 1].say(language)


_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_TEN, _TEENS, _HUNDRED, _THOUSAND = 10, 20, 100, 1000


def spelled(value: int) -> str:
    """Return a whole number below a million in Indonesian words, as minutes spell their date: dua ribu sembilan belas."""
    if value < len(_ONES):
        return _ONES[value]
    if value < _TEENS:
        return f"{_ONES[value - _TEN]} belas"
    if value < _HUNDRED:
        return _joined(f"{_ONES[value // _TEN]} puluh", value % _TEN)
    if value < _THOUSAND:
        many = "seratus" if value < 2 * _HUNDRED else f"{_ONES[value // _HUNDRED]} ratus"
        return _joined(many, value % _HUNDRED)
    many = "seribu" if value < 2 * _THOUSAND else f"{spelled(value // _THOUSAND)} ribu"
    return _joined(many, value % _THOUSAND)


def weekday(value: date, language: Language) -> str:
    """Return the name of a date's weekday."""
    return WEEKDAYS[value.weekday()].say(language)


def _joined(words: str, rest: int) -> str:
    return f"{words} {spelled(rest)}" if rest else words
