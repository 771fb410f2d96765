"""A bridge drawn: from the opening figure down to the closing one, each movement where it takes the balance.

The axis begins near the figures, for a movement of ten would not be seen beside 290,000; so the two figures are lines
and only the movements are bars, whose length is what they moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from jemput.domain import wording
from jemput.domain.problems import Language
from jemput.office.drawing import axes, svg
from jemput.office.drawing.axes import Frame

WIDTH, LEFT, RIGHT, TOP, FOOT = 480, 160, 64, 8, 26
ROW = 24
BAR = 15
LABEL_CHARS = 24
"""Characters of a movement's name that fit beside its bar; the whole name is in the title."""
TICKS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One movement: its name, what it moved, where it leads; `said` is the whole of it in words."""

    name: str
    amount: int
    said: str
    href: str


def waterfall(
    opening: int, steps: Sequence[Step], *, ends: tuple[str, str], key: str, title: str, language: Language
) -> SafeString:
    """Return the bridge from an opening figure over its steps; `ends` name the opening and the closing."""
    balances = [opening]
    for step in steps:
        balances.append(balances[-1] + step.amount)
    rows = len(steps) + 2
    frame = Frame(WIDTH, TOP + rows * ROW + FOOT, LEFT, TOP, RIGHT, FOOT)
    said = "; ".join(step.said for step in steps)
    drawn = svg.picture(frame.width, frame.height, css="chart", key=key, title=title, description=said or title)
    scale = axes.axis([*balances, min(balances), max(balances)], from_zero=False)
    _ticks(drawn, frame, scale, language)
    xs = [frame.x(scale.part(balance)) for balance in balances]
    _end(drawn, ends[0], wording.number(opening, language), x=xs[0], row=0)
    for number, step in enumerate(steps, 1):
        top = TOP + number * ROW + (ROW - BAR) // 2
        left, right = sorted((xs[number - 1], xs[number]))
        svg.add(drawn, "path", d=f"M{xs[number - 1]} {top - (ROW - BAR)}V{top}", class_="join")
        holder = svg.link(drawn, step.href, step.said, "rise" if step.amount > 0 else "fall")
        svg.add(holder, "text", _short(step.name), x=LEFT - 8, y=top + 12, class_="end said")
        svg.add(holder, "text", wording.signed(step.amount, language), x=WIDTH - 4, y=top + 12, class_="end said")
        svg.add(holder, "rect", x=left, y=top, width=max(2, right - left), height=BAR)
    last = len(steps) + 1
    svg.add(drawn, "path", d=f"M{xs[-1]} {TOP + last * ROW - (ROW - BAR) // 2}v{ROW - BAR}", class_="join")
    _end(drawn, ends[1], wording.number(balances[-1], language), x=xs[-1], row=last)
    return svg.rendered(drawn)


def _end(drawn: svg.Element, name: str, number: str, *, x: int, row: int) -> None:
    """Draw an opening or closing figure as a line, its number in the column of amounts."""
    top = TOP + row * ROW + (ROW - BAR) // 2
    layer = svg.add(drawn, "g", class_="total")
    svg.add(layer, "text", _short(name), x=LEFT - 8, y=top + 12, class_="end said")
    svg.add(layer, "rect", x=x - 2, y=top, width=4, height=BAR)
    svg.add(layer, "text", number, x=WIDTH - 4, y=top + 12, class_="end said strong")


def _ticks(drawn: svg.Element, frame: Frame, scale: axes.Axis, language: Language) -> None:
    layer = svg.add(drawn, "g", class_="axis", aria_hidden="true")
    every = -(-len(scale.ticks) // TICKS)
    for number, tick in enumerate(scale.ticks):
        x = frame.x(scale.part(tick))
        svg.add(layer, "path", d=f"M{x} {frame.top}V{frame.height - frame.bottom}", class_="gridline")
        if number % every == 0:
            svg.add(layer, "text", axes.tick_text(Decimal(tick), language), x=x, y=frame.height - 8, class_="middle")


def _short(name: str) -> str:
    return name if len(name) <= LABEL_CHARS else f"{name[: LABEL_CHARS - 1].rstrip()}…"
