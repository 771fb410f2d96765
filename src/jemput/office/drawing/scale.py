"""Classes of a map and of its table: one hue from light to dark, round limits, about as many areas in each.

Limits are quantiles (Brewer & Pickle 2002 found readers most accurate with them) moved to round numbers, at most five
classes, which is what a single-hue scale of ColorBrewer keeps apart on cheap screens. Dark is where most is left to do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Value = int | Decimal
Dark = Literal["high", "low"]
SHADES = 5
"""Shades of the stylesheet, shade-0 (lightest) to shade-4 (darkest)."""
UNEVEN = 1.4
"""A class may hold so many times its fair share of areas before its limits are made less round (our choice)."""
ONE = Decimal(1)
_MANTISSAS = (Decimal(5), Decimal(2), Decimal(1))


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One class: its shade, the least and greatest value it takes, how many areas fall in it."""

    shade: int
    low: Decimal
    high: Decimal
    areas: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes by value: class k holds `cuts[k-1] <= value < cuts[k]`; `step` is the finest difference of two values."""

    cuts: tuple[Decimal, ...]
    least: Decimal
    greatest: Decimal
    step: Decimal
    dark: Dark

    def shade(self, value: Value | None) -> int | None:
        """Return the shade of a value, None where there is none."""
        return None if value is None else self._shade(bisect_right(self.cuts, Decimal(value)))

    def legend(self, values: Iterable[Value | None]) -> list[LegendRow]:
        """Return the classes from light to dark with the count of areas in each."""
        counts = [0] * (len(self.cuts) + 1)
        for value in values:
            if value is not None:
                counts[bisect_right(self.cuts, Decimal(value))] += 1
        lows = (min(self.least, *self.cuts) if self.cuts else self.least, *self.cuts)
        highs = (*(cut - self.step for cut in self.cuts), self.greatest)
        rows = [
            LegendRow(self._shade(number), low, max(low, high), count)
            for number, (low, high, count) in enumerate(zip(lows, highs, counts, strict=True))
        ]
        return rows if self.dark == "high" else rows[::-1]

    def _shade(self, number: int) -> int:
        last = len(self.cuts)
        place = number if self.dark == "high" else last - number
        return round(place * (SHADES - 1) / last) if last else SHADES // 2


def scale(values: Iterable[Value | None], *, dark: Dark = "high", step: Value = 1) -> Scale | None:
    """Return the classes for the values of a map; None where no area has one. `step` is 1 for counts, 0.01 for percent."""
    known = sorted(Decimal(value) for value in values if value is not None)
    if not known:
        return None
    finest = Decimal(step)
    for classes in range(min(SHADES, len(set(known))), 1, -1):
        if cuts := _round_cuts(known, classes, finest):
            return Scale(cuts, known[0], known[-1], finest, dark)
    return Scale((), known[0], known[-1], finest, dark)


def _round_cuts(known: Sequence[Decimal], classes: int, finest: Decimal) -> tuple[Decimal, ...]:
    """Return limits as round as keeps the classes about alike, else the roundest that leave none empty, or nothing."""
    alike = UNEVEN * len(known) / classes
    held: tuple[Decimal, ...] = ()
    exact = [known[len(known) * number // classes] for number in range(1, classes)]
    for width in _round_steps((known[-1] - known[0]) / classes, finest):
        cuts = tuple((cut / width).quantize(ONE, ROUND_HALF_UP) * width for cut in exact)
        if len(set(cuts)) < len(cuts):
            continue
        filled = Counter(bisect_right(cuts, value) for value in known)
        if len(filled) == classes:
            held = held or cuts
            if max(filled.values()) <= alike:
                return cuts
    return held


def _round_steps(widest: Decimal, finest: Decimal) -> Iterable[Decimal]:
    """Yield 5, 2 and 1 times the powers of ten, from about the width of a class down to the finest difference."""
    power = Decimal(10) ** (max(widest, finest).adjusted())
    while power >= finest:
        for mantissa in _MANTISSAS:
            if finest <= mantissa * power <= max(widest, finest):
                yield mantissa * power
        power /= 10
