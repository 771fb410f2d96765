"""The map of an area: boundaries as imported, else cells around points; drawn once and kept while the data stay.

A map shows one level, kecamatan or desa. Of several sources the one that draws most of the areas is shown whole,
never a mixture: two sources disagree at every border. What it does not draw is counted, not invented; where no
source draws half of the areas, cells serve.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from django.db.models import Count, Sum
from shapely.geometry.base import BaseGeometry

from jemput.domain.ids import VILLAGE_DIGITS
from jemput.domain.places import DISTRICT_DIGITS
from jemput.queries import places
from jemput.solve import outlines
from jemput.solve.outlines import Sheet
from jemput.store.models import AreaPoint, Boundary

Level = Literal["kecamatan", "desa"]
Drawing = Literal["boundaries", "cells"]
DIGITS: dict[Level, int] = {"kecamatan": DISTRICT_DIGITS, "desa": VILLAGE_DIGITS}
REGENCY_DIGITS = 4
HALF = 0.5
"""Part of the areas a source must draw to make a map; below it the gaps would be the picture (our choice)."""
KEPT = 64
"""Maps kept in memory: a regency has one of each level and one a kecamatan; some 20 KB each."""


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The areas of one level on a sheet; `undrawn` have neither boundary nor point; `source` of the boundaries."""

    level: Level
    drawing: Drawing
    source: str
    sheet: Sheet
    undrawn: tuple[int, ...]


def area_map(within: int | None, level: Level, on: date) -> AreaMap | None:
    """Return the map of the areas of a level inside an area on a day; None where nothing of it can be drawn."""
    whole = _regency(within)
    held = frozenset(one.number for one in places.areas(on, within=whole) if len(str(one.number)) == VILLAGE_DIGITS)
    return _drawn(within, whole, level, held, _version(whole))


def _regency(within: int | None) -> int | None:
    """Return the regency around an area: cells are drawn for the whole of it, so that a part fits the whole."""
    text = str(within or "")
    return int(text[:REGENCY_DIGITS]) if len(text) > REGENCY_DIGITS else within


def _version(whole: int | None) -> tuple[float, ...]:
    """Return what changes when a boundary or a point does."""
    inner = places.inside(whole) if whole else places.anywhere()
    drawn = Boundary.objects.filter(inner).aggregate(Count("pk"), Sum("area_km2"), Sum("lat"), Sum("lng"))
    listed = AreaPoint.objects.filter(inner).aggregate(Count("pk"), Sum("lat"), Sum("lng"))
    return tuple(value or 0 for value in (*drawn.values(), *listed.values()))


@lru_cache(maxsize=KEPT)
def _drawn(
    within: int | None,
    whole: int | None,
    level: Level,
    held: frozenset[int],
    version: tuple[float, ...],  # noqa: ARG001 - part of the key
) -> AreaMap | None:
    wanted = (
        held if level == "desa" else frozenset(number // 10 ** (VILLAGE_DIGITS - DISTRICT_DIGITS) for number in held)
    )
    drawing, source, found = _shapes(whole, wanted, held)
    mine = [number for number in sorted(wanted) if _lies_in(number, within)]
    shown = {number: found[number] for number in mine if number in found}
    if not shown:
        return None
    undrawn = tuple(number for number in mine if number not in found)
    return AreaMap(level, drawing, source, outlines.draw(shown), undrawn)


def _shapes(
    whole: int | None, wanted: frozenset[int], held: frozenset[int]
) -> tuple[Drawing, str, Mapping[int, BaseGeometry]]:
    """Return shapes by area: of the level itself, of its villages united, or cells around points."""
    source, texts = _best(whole, wanted)
    if texts:
        return "boundaries", source, outlines.cleaned(outlines.loaded(texts))
    if wanted != held:
        source, texts = _best(whole, held)
        if texts:
            parts = outlines.cleaned(outlines.loaded(texts))
            return "boundaries", source, outlines.joined(parts, digits=DISTRICT_DIGITS)
    points = {number: point for number, point in places.points(whole).items() if number in held}
    cells = outlines.cells(points, outline=_outline(whole))
    return "cells", "", cells if wanted == held else outlines.joined(cells, digits=DISTRICT_DIGITS)


def _best(whole: int | None, wanted: frozenset[int]) -> tuple[str, dict[int, str]]:
    """Return the source that draws most of the areas wanted, the first to come among equals, and its boundaries."""
    drawn = [one for one in places.boundaries(whole) if one.number in wanted]
    if not drawn:
        return "", {}
    source, most = Counter(one.source for one in drawn).most_common(1)[0]
    if most < HALF * len(wanted):
        return "", {}
    return source, {one.number: one.geometry for one in drawn if one.source == source}


def _outline(whole: int | None) -> BaseGeometry | None:
    """Return the boundary of the regency itself, where one was imported."""
    own = {one.number: one.geometry for one in places.boundaries(whole) if one.number == whole}
    return next(iter(outlines.loaded(own).values()), None)


def _lies_in(number: int, within: int | None) -> bool:
    return within is None or str(number).startswith(str(within))
