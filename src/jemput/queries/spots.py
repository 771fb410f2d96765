"""Which village a spot lies in: by the boundaries as imported, and where nobody drew one, by the nearest village's point."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from jemput.domain.ids import VILLAGE_DIGITS
from jemput.domain.places import Point, distance_km
from jemput.queries import places
from jemput.solve.shapes import Areas

NEAREST_KM = 15.0
"""A spot farther than this from every village's point lies in none that is known. Our choice: the villages of Musi Rawas
have a median of 5 km between neighbours, and its forests reach 12 km beyond the last village."""


def village_finder(within: int | None, on: date) -> Callable[[Point], int | None]:
    """Return what tells the village of a spot among the villages of an area on a day, None where it lies in none."""
    held = {one.number for one in places.areas(on, within=within) if len(str(one.number)) == VILLAGE_DIGITS}
    drawn = {one.number: one.geometry for one in places.boundaries(within) if one.number in held}
    areas = Areas(drawn)
    points = {number: point for number, point in places.points(within).items() if number in held - drawn.keys()}

    def find(spot: Point) -> int | None:
        inside = areas.around(spot.lat, spot.lng)
        if inside is not None or not points:
            return inside
        km, number = min((distance_km((spot.lat, spot.lng), point), number) for number, point in points.items())
        return number if km <= NEAREST_KM else None

    return find
