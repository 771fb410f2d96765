"""A map of areas: each a link in the shade of its class, the rest for who cannot see it or cannot point.

What has no value is hatched, never the lightest shade: "nothing known" and "nothing left" are different answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jemput.domain.problems import Language, Text
from jemput.domain.wording import number as grouped
from jemput.office.drawing import svg
from jemput.office.drawing.svg import Element
from jemput.solve.outlines import Sheet

LABELS = 24
"""Areas up to which names are written into the map; more would cover each other."""
LABEL_CHARS = 13
LABEL_LINE = 22
LABEL_WIDTH = 11
"""Characters of a line of a name on the map; units a line is high and a character wide."""
MARK_UNITS = 9
"""Radius of a mark: 6 px on a map 700 px wide."""
MARGIN = 10
"""Units of the sheet around the areas, so that the border of the outermost is whole."""
RULERS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500)
RULER_PART = 5
"""A ruler is about a fifth of the width."""
NO_VALUE = Text("tanpa angka", "no figure")


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area as the map shows it: what it is called, what it says, its shade (None: no figure), where it leads."""

    number: int
    name: str
    value: str
    shade: int | None
    href: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class MapMark:
    """A place on the map: where in degrees, what it is called and says, its look (a class of the stylesheet), where it leads."""

    lat: float
    lng: float
    said: str
    css: str
    href: str


def draw_map(
    sheet: Sheet,
    areas: Sequence[MapArea],
    *,
    marks: Sequence[MapMark] = (),
    key: str,
    title: str,
    description: str,
    language: Language,
) -> SafeString:
    """Return the map of a sheet; an area of the sheet that is not among `areas` is drawn without a figure.

    A mark beside the sheet is left out.
    """
    width, height = sheet.width + 2 * MARGIN, sheet.height + 2 * MARGIN
    drawn = svg.picture(width, height, css="map", key=key, title=title, description=description)
    drawn.set("viewBox", f"{-MARGIN} {-MARGIN} {width} {height}")
    _hatch(drawn, key)
    by_number = {area.number: area for area in areas}
    layer = svg.add(drawn, "g")
    last = [outline for outline in sheet.outlines if _is_selected(by_number, outline.number)]
    for outline in [*(one for one in sheet.outlines if one not in last), *last]:
        area = by_number.get(outline.number)
        _area(layer, outline.path, area, key, language)
    if len(sheet.outlines) <= LABELS:
        _labels(drawn, sheet, by_number)
    _marks(drawn, sheet, marks)
    _ruler(drawn, sheet, language)
    return svg.rendered(drawn)


def _is_selected(by_number: Mapping[int, MapArea], number: int) -> bool:
    return number in by_number and by_number[number].is_selected


def _area(layer: Element, path: str, area: MapArea | None, key: str, language: Language) -> None:
    shade = area.shade if area else None
    css = f"area shade-{shade}" if shade is not None else "area unknown"
    if area and area.is_selected:
        css += " selected"
    said = f"{area.name}: {area.value}" if area else NO_VALUE.say(language)
    holder = svg.link(layer, area.href if area else "", said, css)
    drawn = svg.add(holder, "path", d=path)
    if shade is None:
        drawn.set("fill", f"url(#{key}-hatch)")


def _hatch(drawn: Element, key: str) -> None:
    pattern = svg.add(
        svg.add(drawn, "defs"),
        "pattern",
        id=f"{key}-hatch",
        width=12,
        height=12,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    svg.add(pattern, "rect", width=12, height=12, class_="hatch-ground")
    svg.add(pattern, "rect", width=3, height=12, class_="hatch-line")


def _labels(drawn: Element, sheet: Sheet, by_number: Mapping[int, MapArea]) -> None:
    """Write the names over the areas, those that have room; a screen reader has them all from the links."""
    layer = svg.add(drawn, "g", class_="places", aria_hidden="true")
    written: list[_Box] = []
    for outline in sheet.outlines:
        if area := by_number.get(outline.number):
            lines = _lines(area.name)
            top = outline.y - (len(lines) - 1) * LABEL_LINE // 2
            half = max(map(len, lines), default=0) * LABEL_WIDTH // 2
            box = (outline.x - half, top - LABEL_LINE, outline.x + half, top + (len(lines) - 1) * LABEL_LINE)
            if any(_meet(box, other) for other in written):
                continue
            written.append(box)
            for number, line in enumerate(lines):
                svg.add(layer, "text", line, x=outline.x, y=top + number * LABEL_LINE, class_="place")


def _marks(drawn: Element, sheet: Sheet, marks: Sequence[MapMark]) -> None:
    layer = svg.add(drawn, "g", class_="marks") if marks else drawn
    for mark in marks:
        if spot := sheet.spot(mark.lat, mark.lng):
            holder = svg.link(layer, mark.href, mark.said, f"mark {mark.css}".strip())
            svg.add(holder, "circle", cx=spot[0], cy=spot[1], r=MARK_UNITS)


_Box = tuple[int, int, int, int]


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _lines(name: str) -> list[str]:
    """Return a name in lines short enough for an area; a word is never cut."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < LABEL_CHARS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _ruler(drawn: Element, sheet: Sheet, language: Language) -> None:
    """Draw how long so many kilometres are, bottom left."""
    if sheet.km <= 0:
        return
    whole_km = sheet.km * sheet.width / 100
    km = max((one for one in RULERS_KM if one <= whole_km / RULER_PART), default=RULERS_KM[0])
    length = round(km * 100 / sheet.km)
    layer = svg.add(drawn, "g", class_="ruler", aria_hidden="true")
    svg.add(layer, "path", d=f"M0 {sheet.height - 14}v14h{length}v-14")
    svg.add(layer, "text", f"{grouped(km, language)} km", x=length + 10, y=sheet.height)
