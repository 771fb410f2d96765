"""Boundaries as shapes: axes, mending, size on the ellipsoid, overlap."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jemput.solve.shapes import Misplaced, Shape, area_km2, overlap, read_shape, united


def square(lng: float, lat: float, side: float = 0.1) -> dict[str, Any]:
    ring = [(lng, lat), (lng + side, lat), (lng + side, lat + side), (lng, lat + side), (lng, lat)]
    return {"type": "Polygon", "coordinates": [ring]}


def taken(geometry: dict[str, Any]) -> Shape:
    shape = read_shape(geometry)
    assert isinstance(shape, Shape)
    return shape


def test_a_square_is_kept_with_its_size_and_a_point_inside() -> None:
    shape = taken(square(102.9, -3.3))
    assert json.loads(shape.geometry)["type"] == "Polygon"
    assert shapely.from_geojson(shape.geometry).contains(shapely.Point(shape.lng, shape.lat))
    assert (shape.was_swapped, shape.was_mended) == (False, False)


def test_the_whole_ellipsoid_has_the_size_it_is_known_to_have() -> None:
    whole = shapely.box(-180, -90, 180, 90)
    assert area_km2(whole) == pytest.approx(510_065_621.724, rel=1e-9)


def test_a_degree_at_the_equator_is_the_product_of_the_two_radii_of_curvature() -> None:
    a, e2 = 6378.137, 0.00669437999014
    assert area_km2(shapely.box(110, -0.005, 110.01, 0.005)) == pytest.approx(
        a * a * (1 - e2) * math.radians(0.01) ** 2, rel=1e-6
    )


def test_latitude_before_longitude_is_put_right_and_said() -> None:
    swapped = {"type": "Polygon", "coordinates": [[(y, x) for x, y in square(102.9, -3.3)["coordinates"][0]]]}
    shape = taken(swapped)
    assert shape.was_swapped
    assert overlap(shape.geometry, taken(square(102.9, -3.3)).geometry) == pytest.approx(1)


def test_a_line_that_crosses_itself_is_mended_to_areas_alone() -> None:
    bow = {"type": "Polygon", "coordinates": [[(102, -3), (103, -4), (103, -3), (102, -4), (102, -3)]]}
    shape = taken(bow)
    assert shape.was_mended
    assert shapely.from_geojson(shape.geometry).is_valid
    spike = {
        "type": "Polygon",
        "coordinates": [[(102, -3), (103, -3), (103, -4), (102, -4), (102, -3), (101, -3), (102, -3)]],
    }
    assert shapely.from_geojson(taken(spike).geometry).geom_type == "Polygon"


def test_heights_are_dropped() -> None:
    high = {"type": "Polygon", "coordinates": [[(x, y, 40.0) for x, y in square(102.9, -3.3)["coordinates"][0]]]}
    assert taken(high).geometry == taken(square(102.9, -3.3)).geometry


def test_metres_and_other_countries_are_misplaced() -> None:
    assert read_shape(square(266_000, 9_640_000, 1000)) == Misplaced(266_000, 9_640_000)
    assert isinstance(read_shape(square(4.8, 52.3)), Misplaced)


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [102.9, -3.3]},
        {"type": "LineString", "coordinates": [[102.9, -3.3], [103, -3.3]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[102.9, -3.3], [103, -3.3]]]},
        {"type": "Polygon", "coordinates": [[[102.9, -3.3], [103, -3.3], [103.1, -3.3], [102.9, -3.3]]]},
        {"type": "Polygon", "coordinates": [[["x", "y"]]]},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": [[[None, 1], [2, 3], [4, 5], [None, 1]]]},
        {"type": "Sphere", "coordinates": [1]},
        {"type": ["Polygon"], "coordinates": 7},
    ],
)
def test_what_is_no_area_is_none(geometry: dict[str, Any]) -> None:
    assert read_shape(geometry) is None


def test_overlap_is_the_shared_part_of_both() -> None:
    first, half = taken(square(102.9, -3.3)).geometry, taken(square(102.95, -3.3)).geometry
    assert overlap(first, first) == pytest.approx(1)
    assert overlap(first, half) == pytest.approx(1 / 3, rel=1e-6)
    assert overlap(first, taken(square(104, -3.3)).geometry) == 0


def test_parts_of_one_area_become_one_shape() -> None:
    first, second = taken(square(102.9, -3.3)), taken(square(104, -3.3))
    both = united(first, second)
    assert both.area_km2 == pytest.approx(first.area_km2 + second.area_km2, rel=1e-6)
    assert json.loads(both.geometry)["type"] == "MultiPolygon"


LNGS, LATS = st.floats(95, 140), st.floats(-11, 5)


@given(LNGS, LATS, LNGS, LATS)
def test_overlap_is_between_nothing_and_all_and_the_same_from_both_sides(
    x: float, y: float, u: float, v: float
) -> None:
    one, other = (shapely.to_geojson(shapely.box(a, b, a + 1, b + 1)) for a, b in ((x, y), (u, v)))
    assert 0 <= overlap(one, other) <= 1 + 1e-9
    assert overlap(one, other) == pytest.approx(overlap(other, one), abs=1e-9)
