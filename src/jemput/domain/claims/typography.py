"""One printed number: 293.578, 293,578, 191,51 juta, 96,65 persen, and what is no way to write one.

Groups of three digits make thousands, in either typography; a scale word ("juta") makes the other
mark a decimal and tells to which unit the figure is exact. Numbers are said to be round where a
word says so ("sekitar") and the print ends in 0 or in a scale word, which is no exact count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

SCALE = {
    "ribu": 1_000,
    "thousand": 1_000,
    "juta": 1_000_000,
    "million": 1_000_000,
    "miliar": 1_000_000_000,
    "milyar": 1_000_000_000,
    "billion": 1_000_000_000,
}
HEDGE = (
    r"(?:sekitar|kurang lebih|kira-kira|hampir|lebih dari|kurang dari|sedikitnya|setidaknya|mencapai lebih dari|±|~"
    r"|about|around|nearly|almost|more than|less than|over|roughly|approximately|some)"
)
FIGURE = r"-?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?![\d'’]|[.,]\d)|-?\d{1,3}(?:[.,\u00a0\u202f]\d+)+|-?\d+"
SCALED = r"(?:\s*(?P<scale>" + "|".join(SCALE) + r")\b)?"

_MARKS = r"[.,\s'’]"
_GROUPED = re.compile(rf"-?\d{{1,3}}(?:({_MARKS})\d{{3}})(?:\1\d{{3}})*")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")
_PERCENT = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(?:%|persen|percent)?", re.IGNORECASE)
_CELL = re.compile(
    rf"(?P<hedge>{HEDGE}\s*)?(?P<figure>-?\d[\d.,\s'’]*?){SCALED}(?:\s+(?:jiwa|orang|people))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as read: its value, the unit it is exact to, whether it is said to be round, its readings if broken."""

    value: int
    step: int = 1
    is_round: bool = False
    readings: tuple[int, ...] = ()


def figure(text: str, *, scale: str = "", hedged: bool = False) -> Printed | None:
    """Return a figure of people as printed, or None where no whole number can be meant."""
    unit = SCALE.get(scale.lower(), 1)
    plain = re.sub(_MARKS, "", text)
    if not re.fullmatch(r"-?\d{1,12}", plain):
        return None
    digits = int(plain)
    if unit > 1:
        if not _DECIMAL.fullmatch(text):
            return Printed(digits, readings=(digits,))
        exact = Decimal(text.replace(",", ".")) * unit
        if exact != int(exact):
            return None
        if re.fullmatch(r"-?\d{1,3}\.\d{3}", text):
            ungrouped = (digits, digits * unit) if unit == SCALE["ribu"] else (int(exact), digits)
            return Printed(ungrouped[0], readings=ungrouped)
        decimals = len(re.split(r"[.,]", text)[1]) if re.search(r"[.,]", text) else 0
        return Printed(int(exact), max(1, unit // 10**decimals), is_round=hedged)
    if re.fullmatch(r"-?\d+", text) or _GROUPED.fullmatch(text):
        return Printed(digits, is_round=hedged and digits % 10 == 0)
    readings = _regrouped(text, digits)
    return Printed(readings[0], readings=readings)


def cell(text: str) -> Printed | None:
    """Return the figure in a cell of a table, or None where the cell holds no well-written figure."""
    match = _CELL.fullmatch(text.strip())
    if not match:
        return None
    read = figure(match["figure"].strip(), scale=match["scale"] or "", hedged=bool(match["hedge"]))
    return None if read is None or read.readings else read


def percentage(text: str) -> Decimal | None:
    """Return a percentage with its printed decimals (comma or dot), or None."""
    match = _PERCENT.fullmatch(text.strip())
    return Decimal(match[1].replace(",", ".")) if match else None


def _regrouped(text: str, digits: int) -> tuple[int, ...]:
    """Return what a number with broken groups may stand for, the likeliest first.

    With two marks or more, the last group may have lost a 0 ("2.13.45" was 213.045 and "1.33.48" was
    133.048 in words, Musi Rawas 2023); with one, the digits as they are.
    """
    groups = re.split(_MARKS, text.lstrip("-"))
    padded = int("".join([groups[0], *(group.zfill(3) for group in groups[1:])]))
    filled = int("".join([groups[0], *(group.ljust(3, "0") for group in groups[1:])]))
    restored = int("".join([*groups[:-1], groups[-1].zfill(3)]))
    first = restored if len(groups) > len(("thousands", "units")) else digits
    return tuple(dict.fromkeys((first, digits, padded, filled)))
