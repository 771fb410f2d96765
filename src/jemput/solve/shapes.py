"""Boundaries as shapes: made whole, their axes put right, their size on the earth, and how far two agree.

Size is taken in the cylindrical equal-area projection of the WGS 84 ellipsoid: x = a·λ, y = a·q/2 with
q = (1−e²)·[sin φ/(1−e²·sin²φ) − ln((1−e·sin φ)/(1+e·sin φ))/2e] (Snyder 1987, Map Projections, eq. 3-12 and 10-13).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from jemput.domain.places import LATITUDES, LONGITUDES

WGS84_AXIS_KM = 6378.137
WGS84_FLATTENING = 1 / 298.257223563
"""NIMA TR8350.2 (2000), table 3.1."""
_E = math.sqrt(WGS84_FLATTENING * (2 - WGS84_FLATTENING))
_LONGITUDE_FIRST = (LONGITUDES, LATITUDES)
_LATITUDE_FIRST = (LATITUDES, LONGITUDES)

Line = Sequence[float]
Move = Callable[[Line, Line], tuple[Line, Line]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A boundary made whole: GeoJSON text (longitude first), size in km², a point inside, and what had to be mended."""

    geometry: str
    area_km2: float
    lat: float
    lng: float
    was_swapped: bool
    was_mended: bool


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A geometry outside Indonesia in either order of the axes; `x`, `y` its first corner as written."""

    x: float
    y: float


def read_shape(geometry: dict[str, Any]) -> Shape | Misplaced | None:
    """Return a GeoJSON geometry as a shape; None where it is no area.

    Latitude before longitude is put right: the two ranges of Indonesia do not meet, so the order is certain.
    """
    drawn = _drawn(geometry)
    if drawn is None:
        return None
    swapped = False
    if not _inside(drawn, _LONGITUDE_FIRST):
        if not _inside(drawn, _LATITUDE_FIRST):
            x, y = shapely.get_coordinates(drawn)[0]
            return Misplaced(float(x), float(y))
        drawn = _moved(drawn, lambda x, y: (y, x))
        swapped = True
    whole = drawn if drawn.is_valid else polygons(shapely.make_valid(drawn))
    if whole.is_empty or not whole.area:
        return None
    point = whole.representative_point()
    text = shapely.to_geojson(whole)
    return Shape(text, round(area_km2(whole), 4), round(point.y, 6), round(point.x, 6), swapped, whole is not drawn)


def united(first: Shape, second: Shape) -> Shape:
    """Return two parts of one area as one shape."""
    both = polygons(shapely.union(_loaded(first.geometry), _loaded(second.geometry)))
    point = both.representative_point()
    return Shape(
        shapely.to_geojson(both),
        round(area_km2(both), 4),
        round(point.y, 6),
        round(point.x, 6),
        first.was_swapped or second.was_swapped,
        first.was_mended or second.was_mended,
    )


def area_km2(geometry: BaseGeometry) -> float:
    """Return the size of a geometry in degrees, longitude first."""
    return float(_moved(geometry, _equal_area).area)


def overlap(first: str, second: str) -> float:
    """Return intersection over union of two boundaries (GeoJSON text): 0 apart, 1 the same."""
    one, other = (_moved(_loaded(text), _equal_area) for text in (first, second))
    union = float(one.union(other).area)
    return float(one.intersection(other).area) / union if union else 0.0


class Areas:
    """Boundaries (GeoJSON text by number) asked which of them lies around a spot; of several the one drawn last by number."""

    def __init__(self, drawn: Mapping[int, str]) -> None:
        """Take the boundaries of one level."""
        self._numbers = sorted(drawn)
        self._tree = shapely.STRtree([_loaded(drawn[number]) for number in self._numbers])

    def around(self, lat: float, lng: float) -> int | None:
        """Return the number of the area around a spot in degrees, None where none is."""
        found = self._tree.query(shapely.Point(lng, lat), predicate="intersects")
        return self._numbers[int(max(found))] if len(found) else None


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Return only the areas of a geometry; lines and points that mending leaves behind go."""
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, (Polygon, MultiPolygon))]
    flat = [polygon for part in parts for polygon in shapely.get_parts(part)]
    return flat[0] if len(flat) == 1 else MultiPolygon(flat)


def _drawn(geometry: dict[str, Any]) -> BaseGeometry | None:
    """Return a Polygon or MultiPolygon without heights, None for anything else."""
    try:
        drawn = shapely.force_2d(shape(geometry))
    except (ShapelyError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None
    if not isinstance(drawn, (Polygon, MultiPolygon)) or drawn.is_empty:
        return None
    return drawn if all(map(math.isfinite, drawn.bounds)) else None


def _inside(geometry: BaseGeometry, box: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    (left, right), (low, high) = box
    x_min, y_min, x_max, y_max = geometry.bounds
    return left <= x_min and x_max <= right and low <= y_min and y_max <= high


def _moved(geometry: BaseGeometry, move: Move) -> BaseGeometry:
    moved: BaseGeometry = shapely.transform(geometry, move, interleaved=False)  # type: ignore[arg-type]  # its types know one array only
    return moved


def _loaded(text: str) -> BaseGeometry:
    return shapely.from_geojson(text)


def _equal_area(lngs: Line, lats: Line) -> tuple[Line, Line]:
    return [WGS84_AXIS_KM * math.radians(lng) for lng in lngs], [_authalic_km(lat) for lat in lats]


def _authalic_km(lat: float) -> float:
    """Return how far from the equator a latitude lies in the equal-area projection."""
    sine = math.sin(math.radians(lat))
    q = (1 - _E**2) * (sine / (1 - (_E * sine) ** 2) - math.log((1 - _E * sine) / (1 + _E * sine)) / (2 * _E))
    return WGS84_AXIS_KM * q / 2
