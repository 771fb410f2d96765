"""How the number went, closed 28th by closed 28th and today: coverage as a line, what is left as bars.

Stocks jump where the centre cleansed its list; such a month is marked, or the line would tell of work nobody did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from jemput.domain import wording
from jemput.domain.problems import Language, Text
from jemput.office.drawing import axes, svg
from jemput.office.drawing.axes import Axis, Frame
from jemput.office.drawing.svg import Element

FRAME = Frame(width=400, height=200, left=50, top=22, right=14, bottom=38)
"""A chart is as wide as a telephone, so that its text stays as it is there; wider screens show two side by side."""
BAR_PART = 0.62
"""Part of the room of a month that its bar takes."""
DOT = 4
NOTHING = Text("Belum ada hitungan tertutup.", "No count has been closed yet.")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One count: its day, coverage in percent, what is left, what made the stock jump before it; where it leads."""

    on: date
    percent: Decimal | None
    remaining: int
    jump: str
    is_live: bool
    said: str
    href: str


def coverage_line(points: Sequence[TrendPoint], *, key: str, title: str, language: Language) -> SafeString:
    """Return the coverage of each count as a line; its axis begins where the values do, and says so."""
    known = [(point, point.percent) for point in points if point.percent is not None]
    drawn = _picture(points, key=key, title=title, language=language)
    if known:
        scale = axes.axis([percent for _, percent in known], from_zero=False)
        axes.grid(drawn, FRAME, scale, language)
        xs = _places([point for point, _ in known])
        spots = [(x, FRAME.y(scale.part(percent))) for x, (_, percent) in zip(xs, known, strict=True)]
        _jumps(drawn, [point for point, _ in known], xs, language)
        path = "M" + "L".join(f"{x} {y}" for x, y in spots)
        svg.add(drawn, "path", d=path, class_="line")
        for (point, _), (x, y) in zip(known, spots, strict=True):
            holder = svg.link(drawn, point.href, point.said, "point live" if point.is_live else "point")
            svg.add(holder, "circle", cx=x, cy=y, r=DOT)
        axes.days(drawn, FRAME, [(point.on, x) for x, (point, _) in zip(xs, known, strict=True)], language)
    return svg.rendered(drawn)


def remaining_bars(points: Sequence[TrendPoint], *, key: str, title: str, language: Language) -> SafeString:
    """Return what was left at each count as bars from zero."""
    drawn = _picture(points, key=key, title=title, language=language)
    if points:
        scale = axes.axis([point.remaining for point in points], from_zero=True)
        axes.grid(drawn, FRAME, scale, language)
        xs = _rooms(len(points))
        room = (FRAME.width - FRAME.left - FRAME.right) / len(points)
        _jumps(drawn, points, xs, language)
        for point, x in zip(points, xs, strict=True):
            holder = svg.link(drawn, point.href, point.said, "column live" if point.is_live else "column")
            _bar(holder, x, max(2, round(room * BAR_PART)), scale, point.remaining)
        axes.days(drawn, FRAME, [(point.on, x) for x, point in zip(xs, points, strict=True)], language)
    return svg.rendered(drawn)


def _picture(points: Sequence[TrendPoint], *, key: str, title: str, language: Language) -> Element:
    said = "; ".join(point.said for point in points) or NOTHING.say(language)
    return svg.picture(FRAME.width, FRAME.height, css="chart", key=key, title=title, description=said)


def _bar(holder: Element, x: int, width: int, scale: Axis, value: int) -> None:
    foot, head = sorted((FRAME.y(scale.part(0)), FRAME.y(scale.part(value))))
    svg.add(holder, "rect", x=x - width // 2, y=foot, width=width, height=max(1, head - foot))


def _places(points: Sequence[TrendPoint]) -> list[int]:
    """Return where each day lies, in proportion to time."""
    first, last = points[0].on.toordinal(), points[-1].on.toordinal()
    span = max(1, last - first)
    return [FRAME.x(0.03 + 0.94 * (point.on.toordinal() - first) / span) for point in points]


def _rooms(count: int) -> list[int]:
    return [FRAME.x((number + 0.5) / count) for number in range(count)]


def _jumps(drawn: Element, points: Sequence[TrendPoint], xs: Sequence[int], language: Language) -> None:
    """Mark the counts before which the stock jumped."""
    for number, (point, x) in enumerate(zip(points, xs, strict=True)):
        if not point.jump:
            continue
        at = (xs[number - 1] + x) // 2 if number else x
        layer = svg.add(drawn, "g", class_="jump")
        svg.add(layer, "title", f"{wording.day(point.on, language)}: {point.jump}")
        svg.add(layer, "path", d=f"M{at} {FRAME.top - 4}V{FRAME.height - FRAME.bottom}")
        side = "end" if at > FRAME.width * 0.7 else "middle" if at > FRAME.width * 0.3 else "start"
        svg.add(layer, "text", point.jump, x=at, y=FRAME.top - 9, class_=side)
