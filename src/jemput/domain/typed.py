"""What somebody typed for a setting, read as the value it has to be; what cannot be read is a ValueError.

The error carries the piece that is wrong, so that the refusal can name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from string import Formatter

from jemput.domain import recording
from jemput.domain.batches import checked_key
from jemput.domain.ids import area_number
from jemput.domain.phones import read_phone
from jemput.domain.problems import Refused
from jemput.domain.schedule import NEVER, Keep
from jemput.domain.schedule import time_of_day as read_time

TRUE = frozenset({"true", "yes", "ya", "1", "on"})
FALSE = frozenset({"false", "no", "tidak", "0", "off"})
LINE_CHARS = 120
"""A line of a letterhead in 10 points on A4 holds about so many letters."""
LINES = 6
DAYS_NAMED = 60
"""Some 20 holidays and joint leave days a year: two years and what the region adds."""
LONGEST_SECRET = 1_000
LINE_BREAK = "|"
"""Separates lines where a setting is typed on one line."""
NUMBER_MARKS = frozenset({"n", "month", "roman", "year"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_PUBLIC_ADDRESS = re.compile(r"https://[\w.-]+(?::\d{1,5})?|http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?")
"""http does no harm where nothing leaves the machine."""
_NIP = re.compile(r"\d{18}")
"""A civil servant's number: birth date, month of appointment, sex and serial (BKN, 18 digits)."""


def day(text: str) -> str:
    """Return an ISO date."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError(text) from None


def area(text: str) -> str:
    """Return an area code as typed."""
    if area_number(text) is None:
        raise ValueError(text)
    return text


def yes_or_no(text: str) -> bool:
    """Return yes as true, in either language."""
    word = text.strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError(text)
    return word in TRUE


def statuses(text: str) -> list[str]:
    """Return codes of recording statuses, separated by commas."""
    codes = sorted({code.strip().upper() for code in text.split(",") if code.strip()})
    if unknown := [code for code in codes if code not in recording.BY_CODE]:
        raise ValueError(", ".join(unknown))
    if not codes:
        raise ValueError(text)
    return codes


def line(text: str) -> str:
    """Return one line of words: no sign that steers a printer or turns text around, not longer than a line."""
    words = " ".join(text.split())
    if _CONTROL.search(words) or len(words) > LINE_CHARS:
        raise ValueError(text)
    return words


def lines(text: str) -> list[str]:
    """Return lines of words, broken where `|` or a new line stands."""
    found = [line(one) for one in re.split(r"[|\n]", text) if one.strip()]
    if not found or len(found) > LINES:
        raise ValueError(text)
    return found


def days_named(text: str) -> list[str]:
    """Return days, each with its name behind it ("2019-04-19 Wafat Isa Almasih"), in order and broken as lines are."""
    found = []
    for one in re.split(r"[|\n]", text):
        if words := line(one):
            on, name = day_and_name(words)
            found.append(f"{on.isoformat()} {name}".strip())
    if not found or len(found) > DAYS_NAMED:
        raise ValueError(text)
    return sorted(found)


def day_and_name(text: str) -> tuple[date, str]:
    """Return the day a line begins with, and what stands behind it."""
    on, _, name = text.partition(" ")
    return date.fromisoformat(day(on)), name.strip()


def nip(text: str) -> str:
    """Return a civil servant's number, 18 digits; the blanks it is often printed with are dropped."""
    digits = text.replace(" ", "")
    if not _NIP.fullmatch(digits):
        raise ValueError(text)
    return digits


def number_pattern(text: str) -> str:
    """Return a pattern of letter numbers: it holds {n}, and no mark but {n}, {month}, {roman} and {year}."""
    pattern = line(text)
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError:
        raise ValueError(text) from None
    marks = {name for _, name, _, _ in pieces if name is not None}
    plain = all(not spec and not conversion for _, name, spec, conversion in pieces if name is not None)
    if "n" not in marks or marks - NUMBER_MARKS or not plain:
        raise ValueError(text)
    return pattern


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return what reads a whole number from `low` to `high`."""

    def read(text: str) -> int:
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and low <= int(digits) <= high):
            raise ValueError(text)
        return int(digits)

    return read


def one_of(words: Collection[str]) -> Callable[[str], str]:
    """Return what reads one of some words, whatever its capitals."""
    known = {word.lower(): word for word in words}

    def read(text: str) -> str:
        word = text.strip().lower()
        if word not in known:
            raise ValueError(text)
        return known[word]

    return read


def as_typed(value: object) -> str:
    """Return a setting's value as somebody would type it; reading it again gives the value."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        codes = all(one in recording.BY_CODE for one in value)
        return (", " if codes else f" {LINE_BREAK} ").join(map(str, value))
    return "" if value is None else str(value)


def secret(text: str) -> str:
    """Return a password as typed, without the line's end; no sign that steers a terminal."""
    if _CONTROL.search(text) or len(text) > LONGEST_SECRET:
        raise ValueError(text)
    return text


def gateway(text: str) -> str:
    """Return an address of a gateway: a scheme, no blank, and {phone} where the number goes."""
    url = text.strip()
    if (
        not re.match(r"[a-z][a-z0-9+.-]*://\S+$", url, re.IGNORECASE)
        or "{phone}" not in url
        or len(url) > LONGEST_SECRET
    ):
        raise ValueError(text)
    return secret(url)


def host(text: str) -> str:
    """Return the name or address of a server, without scheme, port or path."""
    name = text.strip().lower()
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", name):
        raise ValueError(text)
    return name


def mail_address(text: str) -> str:
    """Return a mail address (one @ with something on both sides: the server that takes it knows the rest)."""
    address = text.strip()
    if not re.fullmatch(r"[^@\s<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,255}", address) or _CONTROL.search(address):
        raise ValueError(text)
    return address


def time_of_day(text: str) -> str:
    """Return a time of day as HH:MM, or `-` for never."""
    if text.strip() == NEVER:
        return NEVER
    at = read_time(text)
    if at is None:
        raise ValueError(text)
    return f"{at:%H:%M}"


def kept_backups(text: str) -> str:
    """Return of how many days, weeks and months the last backup is kept."""
    keep = Keep.parse(text)
    if keep is None:
        raise ValueError(text)
    return f"{keep.daily}, {keep.weekly}, {keep.monthly}"


def folder(text: str) -> str:
    """Return the whole path of a folder, as this system or Windows writes it."""
    path = text.strip()
    if _CONTROL.search(path) or not re.match(r"/|[A-Za-z]:[\\/]|\\\\", path):
        raise ValueError(text)
    return path


def public_address(text: str) -> str:
    """Return the https address of the village's pages; http for this machine alone."""
    address = text.strip().rstrip("/")
    if not _PUBLIC_ADDRESS.fullmatch(address):
        raise ValueError(text)
    return address


def exchange_key(text: str) -> str:
    """Return the public key of the village's pages."""
    try:
        return checked_key(text, "public")
    except Refused:
        raise ValueError(text) from None


def phone(text: str) -> str:
    """Return a telephone number as E.164 (+62812…)."""
    number = read_phone(text)
    if not isinstance(number, str) or not number:
        raise ValueError(text)
    return number
