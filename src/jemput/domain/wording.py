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
