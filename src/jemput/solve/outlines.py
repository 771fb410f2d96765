"""Areas drawn on a sheet: shared borders kept while lines are thinned, cells around points where nobody drew a boundary.

Thinning is Visvalingam–Whyatt over a whole coverage (GEOS CoverageSimplify), so that neighbours still meet; cells
are Voronoi cells cut to a hull. The sheet is plate carrée, true to scale at its own middle latitude (Snyder 1987).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from jemput.solve.shapes import polygons

SHEET = 1_000
"""Units of the longer side of a sheet: a unit is less than a pixel of any screen the sheet is shown on."""
COARSENESS = 4.0
"""Square root of the triangle, in units, that a line may lose: 199 villages take 14 KB of path data, 14 kecamatan 4 KB
(measured, Musi Rawas; 6 KB and 2 KB compressed)."""
GAP_DEG = 0.002
"""Gaps narrower than this (some 220 m) are slips of the pen between neighbours, and closed."""
HOLLOWNESS = 0.35
"""Ratio of the concave hull around points: 0 hugs every bay, 1 is convex; at 0.35 Musi Rawas keeps its outline."""
NEAREST_TO_MARGIN = 0.75
"""The hull lies beyond the outermost points by this part of the median distance between neighbours."""
LONE_MARGIN_DEG = 0.02
"""Margin around a lone point: a village of median size in Musi Rawas is 4 km across."""
METRE_DEG = 1e-5
"""Points on the same spot are moved apart by about a metre, or one would have no cell."""

LatLng = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """One area on a sheet: its number, path data in whole units, and a point inside it."""

    number: int
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Areas drawn to one scale: `width` × `height` units, `km` the kilometres of 100 units.

    `left`, `high` are the degrees of its corner, `across`, `down` the units of a degree of longitude and latitude.
    """

    width: int
    height: int
    km: float
    outlines: tuple[Outline, ...]
    left: float = 0.0
    high: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def spot(self, lat: float, lng: float) -> tuple[int, int] | None:
        """Return where a point in degrees lies on the sheet, None where it lies beside it."""
        x, y = round((lng - self.left) * self.across), round((self.high - lat) * self.down)
        return (x, y) if 0 <= x <= self.width and 0 <= y <= self.height else None


def loaded(geometries: Mapping[int, str]) -> dict[int, BaseGeometry]:
    """Return GeoJSON texts as geometries in degrees."""
    return {number: shapely.from_geojson(text) for number, text in geometries.items()}


def cleaned(areas: Mapping[int, BaseGeometry]) -> dict[int, BaseGeometry]:
    """Return areas whose neighbours meet: slivers between them closed, overlaps given to one of the two (GEOS CoverageCleaner).

    An area that another one covers wholly stays as it was drawn.
    """
    numbers = sorted(areas)
    whole = shapely.coverage_clean([areas[number] for number in numbers], gap_width=GAP_DEG)  # type: ignore[attr-defined]  # newer than its types
    return {number: areas[number] if clean.is_empty else clean for number, clean in zip(numbers, whole, strict=True)}


def joined(parts: Mapping[int, BaseGeometry], *, digits: int) -> dict[int, BaseGeometry]:
    """Return areas united by the first `digits` of their number."""
    groups: dict[int, list[BaseGeometry]] = defaultdict(list)
    for number, geometry in parts.items():
        groups[int(str(number)[:digits])].append(geometry)
    return {number: polygons(shapely.union_all(group)) for number, group in sorted(groups.items())}


def cells(points: Mapping[int, LatLng], *, outline: BaseGeometry | None = None) -> dict[int, BaseGeometry]:
    """Return the Voronoi cell of each point (degrees), cut to an outline, or to a hull around the points."""
    spots = _apart(points)
    if not spots:
        return {}
    within = outline if outline is not None else _hull(list(spots.values()))
    if len(spots) == 1:
        return dict.fromkeys(spots, within)
    drawn = shapely.voronoi_polygons(MultiPoint(list(spots.values())), extend_to=within, ordered=True)
    cut = {
        number: polygons(shapely.intersection(cell, within))
        for number, cell in zip(spots, shapely.get_parts(drawn), strict=True)
    }
    return {number: cell for number, cell in cut.items() if not cell.is_empty}


def draw(areas: Mapping[int, BaseGeometry], *, side: int = SHEET, coarseness: float = COARSENESS) -> Sheet:
    """Return areas (degrees, longitude first) on a sheet whose longer side is `side` units.

    An area too small for the sheet is drawn as a mark of a few units, so that none is lost.
    """
    numbers = sorted(areas)
    whole = shapely.GeometryCollection([areas[number] for number in numbers])
    left, low, right, high = whole.bounds
    squeeze = math.cos(math.radians((low + high) / 2))
    span = max((right - left) * squeeze, high - low) or 1.0
    scale = side / span

    def place(lngs: list[float], lats: list[float]) -> tuple[list[float], list[float]]:
        return [(lng - left) * squeeze * scale for lng in lngs], [(high - lat) * scale for lat in lats]

    flat = [
        shapely.transform(areas[number], place, interleaved=False)  # type: ignore[arg-type]  # its types know one array only
        for number in numbers
    ]
    thin = shapely.coverage_simplify(flat, coarseness)
    outlines = tuple(
        _outline(number, exact, thinned) for number, exact, thinned in zip(numbers, flat, thin, strict=True)
    )
    km_a_degree = 111.19  # a degree of a sphere of 6,371 km
    return Sheet(
        max(1, math.ceil((right - left) * squeeze * scale)),
        max(1, math.ceil((high - low) * scale)),
        100 / scale * km_a_degree,
        outlines,
        left,
        high,
        squeeze * scale,
        scale,
    )


def _outline(number: int, exact: BaseGeometry, thinned: BaseGeometry) -> Outline:
    inside = (thinned if thinned.area else exact).representative_point()
    x, y = round(inside.x), round(inside.y)
    return Outline(number, _path(thinned) or f"M{x - 2} {y}l2-2 2 2-2 2z", x, y)


def _path(geometry: BaseGeometry) -> str:
    flat = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    rings = [ring for part in flat for ring in (part.exterior, *part.interiors)]
    return "".join(map(_ring, (list(ring.coords) for ring in rings)))


def _ring(corners: Iterable[tuple[float, ...]]) -> str:
    """Return one ring as path data: the first corner, then steps in whole units; nothing where it comes to a line."""
    spots: list[tuple[int, int]] = []
    for corner in corners:
        spot = (round(corner[0]), round(corner[1]))
        if not spots or spot != spots[-1]:
            spots.append(spot)
    if len(spots) < 4 or len(set(spots)) < 3:  # noqa: PLR2004 - a triangle has three corners and comes back to the first
        return ""
    steps = "".join(
        f"{' ' if index and dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"
        for index, (dx, dy) in enumerate(
            (there[0] - here[0], there[1] - here[1]) for here, there in pairwise(spots[:-1])
        )
    )
    return f"M{spots[0][0]} {spots[0][1]}l{steps}z"


def _apart(points: Mapping[int, LatLng]) -> dict[int, tuple[float, float]]:
    """Return points as (longitude, latitude), those on one spot moved apart by about a metre."""
    taken: dict[tuple[float, float], int] = defaultdict(int)
    spots = {}
    for number, (lat, lng) in sorted(points.items()):
        turn = taken[lat, lng]
        taken[lat, lng] += 1
        spots[number] = (lng + turn * METRE_DEG, lat)
    return spots


def _hull(spots: list[tuple[float, float]]) -> BaseGeometry:
    if len(spots) == 1:
        return shapely.Point(spots[0]).buffer(LONE_MARGIN_DEG)
    all_spots = MultiPoint(spots)
    tree = shapely.STRtree(shapely.points(spots))
    _, distances = tree.query_nearest(shapely.points(spots), return_distance=True, exclusive=True, all_matches=False)
    margin = max(sorted(distances)[len(distances) // 2] * NEAREST_TO_MARGIN, LONE_MARGIN_DEG / 2)
    hull: BaseGeometry = shapely.concave_hull(all_spots, ratio=HOLLOWNESS).buffer(margin)
    return hull
