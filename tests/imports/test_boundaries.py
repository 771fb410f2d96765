"""Boundaries from GeoJSON: codes under many names, axes, parts, and what is refused."""

from __future__ import annotations

import csv
import gzip
import json
import statistics
from pathlib import Path
from typing import Any

import pytest

from jemput.domain.ids import area_number
from jemput.domain.problems import Refused
from jemput.imports.areas import AreaFile, read_areas
from tests.conftest import SHARED
from tests.solve.test_shapes import square

HERE = square(102.9, -3.3)
THERE = square(103.1, -3.3)


def feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def read(folder: Path, *features: object) -> AreaFile:
    path = folder / "b.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return read_areas(path)


def codes(found: AreaFile) -> list[tuple[int, str]]:
    return [(one.row, one.problem.kind.code) for one in found.refused]


@pytest.mark.parametrize(
    "properties",
    [
        {"kode": "16.05.01.2003"},
        {"KODE_DESA": "1605012003"},
        {"Kode Wilayah": 1605012003},
        {"kode": 1605012003.0},
        {"KDEPUM": "16.05.01.2003", "KDCPUM": "16.05.01", "KDPKAB": "16.05"},
        {"bps": "1605040001", "kode": "16.05.01.2003"},
    ],
)
def test_the_code_is_found_under_the_names_sources_give_it(tmp_path: Path, properties: dict[str, object]) -> None:
    found = read(tmp_path, feature(HERE, **properties))
    assert [one.number for one in found.boundaries] == [1605012003]


def test_the_id_of_a_feature_serves_where_no_property_does(tmp_path: Path) -> None:
    found = read(tmp_path, feature(HERE) | {"id": "16.05.01.2003"})
    assert [one.number for one in found.boundaries] == [1605012003]


def test_a_code_of_the_statistics_office_is_not_taken_for_one(tmp_path: Path) -> None:
    assert codes(read(tmp_path, feature(HERE, bps="1605040001", ADM4_PCODE="ID1605040001"))) == [(1, "area_code")]


def test_axes_in_the_other_order_are_put_right_with_a_note(tmp_path: Path) -> None:
    swapped = {"type": "Polygon", "coordinates": [[(y, x) for x, y in HERE["coordinates"][0]]]}
    found = read(tmp_path, feature(swapped, kode="16.05.01.2003"))
    [drawn] = found.boundaries
    assert (round(drawn.lat, 2), round(drawn.lng, 2)) == (-3.25, 102.95)
    assert [one.problem.kind.code for one in found.notes] == ["axes_swapped"]


def test_parts_of_a_village_in_several_features_are_one_boundary(tmp_path: Path) -> None:
    found = read(
        tmp_path, feature(HERE, kode="16.05.01.2003", nama="X"), feature(THERE, kode="16.05.01.2003", nama="x")
    )
    [drawn] = found.boundaries
    assert json.loads(drawn.geometry)["type"] == "MultiPolygon"
    assert [one.problem.kind.code for one in found.notes] == ["boundary_parts_united"]


def test_one_code_for_two_names_keeps_the_first(tmp_path: Path) -> None:
    found = read(
        tmp_path, feature(HERE, kode="16.05.01.2003", nama="X"), feature(THERE, kode="16.05.01.2003", nama="Y")
    )
    assert [one.row for one in found.boundaries] == [1]
    assert codes(found) == [(2, "boundary_twice")]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (feature(None, kode="16.05.01.2003"), "not_an_area"),
        (feature({"type": "Point", "coordinates": [102.9, -3.3]}, kode="16.05.01.2003"), "not_an_area"),
        (feature(square(266_000, 9_640_000, 1000), kode="16.05.01.2003"), "not_degrees"),
        (feature(HERE), "area_code"),
        (feature(HERE, kode=True), "area_code"),
        ({"properties": None, "geometry": HERE}, "area_code"),
        ("feature", "area_code"),
        (None, "area_code"),
    ],
)
def test_a_feature_that_cannot_be_taken_is_refused_and_the_others_stay(tmp_path: Path, bad: object, code: str) -> None:
    found = read(tmp_path, bad, feature(THERE, kode="16.05.01.2004"))
    assert codes(found) == [(1, code)]
    assert [one.number for one in found.boundaries] == [1605012004]


@pytest.mark.parametrize(
    "text", ['{"type":"Feature"}', '{"features": 3}', "{", '{"features": {"a": 1}}', '{"a":' * 2000]
)
def test_what_is_no_collection_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "b.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_areas(path)
    assert refused.value.problems[0].kind.code == "not_geojson"


def test_gzipped_boundaries_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "b.geojson.gz"
    path.write_bytes(gzip.compress(json.dumps({"features": [feature(HERE, kode="16.05.01.2003")]}).encode()))
    assert len(read_areas(path).boundaries) == 1


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
def test_the_villages_of_musi_rawas_have_the_size_they_are_known_to_have() -> None:
    found = read_areas(SHARED / "data/musi-rawas/villages_1605.geojson")
    assert (len(found.boundaries), found.refused) == (199, [])
    with (SHARED / "data/musi-rawas/areas_1605.csv").open(encoding="utf-8") as file:
        sizes = {area_number(row["kode"]): float(row["area_km2"]) for row in csv.DictReader(file)}
    off = [abs(one.area_km2 / sizes[one.number] - 1) for one in found.boundaries]
    assert statistics.median(off) < 0.01
    assert max(off) < 0.1


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
def test_both_sets_of_musi_rawas_name_the_same_villages() -> None:
    sets = [
        read_areas(SHARED / "data/musi-rawas" / name)
        for name in ("villages_1605.geojson", "villages_1605_bps2020.geojson")
    ]
    assert {one.number for one in sets[0].boundaries} == {one.number for one in sets[1].boundaries}
    assert [one.refused for one in sets] == [[], []]
