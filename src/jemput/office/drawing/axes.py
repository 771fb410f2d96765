"""Axes of a chart: round ticks in their language, days in proportion, nothing that the eye could misread.

Bars begin at zero; a line may begin elsewhere, and its axis says where (Tufte 1983; Cleveland 1985).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from jemput.domain import wording
from jemput.domain.problems import Language
from jemput.office.drawing import svg
from jemput.office.drawing.svg import Element

TICKS = 5
"""Steps an axis is cut into, about."""
MONTH_LABELS = 5
"""Days written below a chart at most; more would touch on a telephone."""
_MANTISSAS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart's plane lies in its picture, in units."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int

    def x(self, part: float) -> int:
        """Return the unit of a part (0 to 1) of the width of the plane."""
        return round(self.left + part * (self.width - self.left - self.right))

    def y(self, part: float) -> int:
        """Return the unit of a part (0 to 1) of the height of the plane, from its foot."""
        return round(self.height - self.bottom - part * (self.height - self.top - self.bottom))


@dataclass(frozen=True, slots=True)
class Axis:
    """A vertical axis with round ticks."""

    ticks: tuple[Decimal, ...]

    def part(self, value: Decimal | int) -> float:
        """Return where a value lies between the first tick (0) and the last (1)."""
        low, high = self.ticks[0], self.ticks[-1]
        return float((Decimal(value) - low) / (high - low))


def axis(values: Sequence[Decimal | int], *, from_zero: bool) -> Axis:
    """Return round ticks that hold every value."""
    low = min([Decimal(0), *map(Decimal, values)] if from_zero else map(Decimal, values))
    high = max([Decimal(0), *map(Decimal, values)] if from_zero else map(Decimal, values))
    step = _round_step((high - low) / TICKS)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    return Axis(tuple(step * number for number in range(int(first), int(last) + 1)))


def grid(drawn: Element, frame: Frame, scale: Axis, language: Language) -> None:
    """Draw the lines and labels of a vertical axis."""
    layer = svg.add(drawn, "g", class_="axis", aria_hidden="true")
    for tick in scale.ticks:
        y = frame.y(scale.part(tick))
        svg.add(
            layer,
            "path",
            d=f"M{frame.left} {y}H{frame.width - frame.right}",
            class_="zero" if tick == 0 else "gridline",
        )
        svg.add(layer, "text", tick_text(tick, language), x=frame.left - 6, y=y + 4, class_="end")


def days(drawn: Element, frame: Frame, at: Sequence[tuple[date, int]], language: Language) -> None:
    """Write some of the days below a chart, the last always, the year where it begins."""
    layer = svg.add(drawn, "g", class_="axis", aria_hidden="true")
    every = -(-len(at) // MONTH_LABELS)
    shown = [one for number, one in enumerate(reversed(at)) if number % every == 0][::-1]
    year = 0
    for day, x in shown:
        base = frame.height - frame.bottom
        svg.add(layer, "path", d=f"M{x} {base}v4", class_="tick")
        svg.add(layer, "text", f"{day.day} {wording.month(day.month, language)[:3]}", x=x, y=base + 17, class_="middle")
        if day.year != year:
            svg.add(layer, "text", str(day.year), x=x, y=base + 31, class_="middle")
            year = day.year


def tick_text(tick: Decimal, language: Language) -> str:
    """Return a tick as a language writes it."""
    if tick == tick.to_integral_value():
        return wording.number(int(tick), language)
    return wording.decimal(tick.normalize(), language).replace("-", wording.MINUS)


def _round_step(width: Decimal) -> Decimal:
    """Return the next round width, 1, 2, 2.5 or 5 times a power of ten."""
    if width <= 0:
        return Decimal(1)
    power = Decimal(10) ** width.adjusted()
    return next(mantissa * power for mantissa in _MANTISSAS if mantissa * power >= width)
