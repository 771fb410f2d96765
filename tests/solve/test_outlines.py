"""Areas on a sheet: neighbours meet, none is lost, cells hold their points, numbers are whole."""

from __future__ import annotations

import json
import re

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from jemput.solve import outlines
from tests.conftest import SHARED

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
PATH = re.compile(r"(?:M-?\d+ -?\d+l(?:[ -]?\d+[ -]\d+)+z)+")
POINTS = st.dictionaries(
    st.integers(1, 10**10),
    st.tuples(st.floats(-4, -2).map(lambda x: round(x, 4)), st.floats(102, 104).map(lambda x: round(x, 4))),
    min_size=1,
    max_size=30,
)


def villages(name: str) -> dict[int, BaseGeometry]:
    read = json.loads((SHARED / "data" / "musi-rawas" / name).read_text("utf-8"))
    return outlines.loaded(
        {int(one["properties"]["kode"].replace(".", "")): json.dumps(one["geometry"]) for one in read["features"]}
    )


def weight(sheet: outlines.Sheet) -> int:
    return sum(len(one.path) for one in sheet.outlines)


def corners(path: str) -> list[list[tuple[int, int]]]:
    """Return the rings of path data as absolute corners."""
    rings = []
    for ring in path.split("z")[:-1]:
        numbers = [int(text) for text in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        spots = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            spots.append((x, y))
        rings.append(spots)
    return rings


def test_two_squares_side_by_side_are_drawn_with_one_border() -> None:
    sheet = outlines.draw({1: shapely.box(102, -3, 103, -2), 2: shapely.box(103, -3, 104, -2)})
    one, two = (set(corners(drawn.path)[0]) for drawn in sheet.outlines)
    assert sheet.width == 1_000
    assert sheet.height == 501  # cos 2.5° = 0.999
    assert one & two == {(500, 0), (500, 500)}


def test_a_sliver_between_neighbours_is_closed_and_an_overlap_given_to_one() -> None:
    dented = shapely.box(103, -3, 104, -2).difference(shapely.box(103, -2.6, 103.0005, -2.4))
    clean = outlines.cleaned({1: shapely.box(102, -3, 103, -2), 2: dented})
    assert shapely.union_all(list(clean.values())).area == pytest.approx(2.0, abs=1e-6)
    clean = outlines.cleaned({1: shapely.box(102, -3, 103.2, -2), 2: shapely.box(103, -3, 104, -2)})
    assert clean[1].intersection(clean[2]).area == pytest.approx(0)


def test_an_area_wholly_covered_by_another_is_still_there() -> None:
    clean = outlines.cleaned({1: shapely.box(102, -3, 103, -2), 2: shapely.box(102, -3, 103, -2)})
    assert all(not one.is_empty for one in clean.values())
    assert len(outlines.draw(clean).outlines) == 2


def test_an_area_too_small_for_the_sheet_is_a_mark() -> None:
    sheet = outlines.draw({1: shapely.box(100, -5, 105, -1), 2: shapely.box(106, -3, 106.0001, -2.9999)})
    assert [PATH.fullmatch(one.path) is not None for one in sheet.outlines] == [True, True]


def test_a_hole_is_drawn_as_a_ring_of_its_own() -> None:
    ring = shapely.box(102, -3, 103, -2).difference(shapely.box(102.4, -2.6, 102.6, -2.4))
    assert len(corners(outlines.draw({1: ring}).outlines[0].path)) == 2


def test_districts_are_their_villages_united() -> None:
    parts = {1605012001: shapely.box(102, -3, 103, -2), 1605012002: shapely.box(103, -3, 104, -2)}
    assert outlines.joined(parts, digits=6)[160501].equals(shapely.box(102, -3, 104, -2))


@given(POINTS)
def test_every_point_lies_in_its_own_cell_and_cells_do_not_overlap(points: dict[int, tuple[float, float]]) -> None:
    cells = outlines.cells(points)
    alone = len(set(points.values())) == len(points)
    assert set(cells) == set(points) if alone else set(cells) <= set(points)
    for number, cell in cells.items():
        lat, lng = points[number]
        assert shapely.distance(cell, shapely.Point(lng, lat)) < 1e-3
    together = shapely.union_all(list(cells.values()))
    assert together.area == pytest.approx(sum(cell.area for cell in cells.values()), rel=1e-6)


@given(POINTS)
def test_every_area_is_on_the_sheet_in_whole_numbers(points: dict[int, tuple[float, float]]) -> None:
    cells = outlines.cells(points)
    sheet = outlines.draw(cells)
    assert [one.number for one in sheet.outlines] == sorted(cells)
    for one in sheet.outlines:
        assert PATH.fullmatch(one.path)
        assert -3 <= one.x <= sheet.width + 3
        assert -3 <= one.y <= sheet.height + 3


def test_cells_are_cut_to_the_boundary_of_the_regency() -> None:
    regency = shapely.box(102, -3, 103, -2)
    cells = outlines.cells({1: (-2.5, 102.2), 2: (-2.5, 102.8)}, outline=regency)
    assert shapely.union_all(list(cells.values())).symmetric_difference(regency).area == pytest.approx(0, abs=1e-9)


@needs_shared
@pytest.mark.parametrize("name", ["villages_1605.geojson", "villages_1605_bps2020.geojson"])
def test_the_villages_of_musi_rawas_are_light_and_all_there(name: str) -> None:
    found = villages(name)
    clean = outlines.cleaned(found)
    sheet = outlines.draw(clean)
    assert [one.number for one in sheet.outlines] == sorted(found)
    assert weight(sheet) <= 20_000
    assert weight(outlines.draw(outlines.joined(clean, digits=6))) <= 6_000


def test_the_sheet_says_its_scale() -> None:
    sheet = outlines.draw({1: shapely.box(102, -0.5, 103, 0.5)})
    assert sheet.km == pytest.approx(11.119, rel=1e-3)
