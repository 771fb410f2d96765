"""The map of an area: from boundaries where they were imported, from points otherwise; kept until either changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jemput.actions.places import import_areas, import_boundaries, import_points
from jemput.domain.places import AreaPoint, AreaRow
from jemput.imports.areas import read_areas
from jemput.imports.boundaries import read_boundaries
from jemput.queries import map_shapes
from jemput.queries.map_shapes import AreaMap, Level
from tests.conftest import SHARED

ON = date(2019, 4, 2)
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
NAMES = {
    16: "Sumatera Selatan",
    1605: "Musi Rawas",
    160501: "Tugumulyo",
    160502: "Muara Lakitan",
    1605012001: "A",
    1605012002: "B",
    1605022001: "C",
    1605022002: "D",
}
SPOTS = {1605012001: (-3.1, 102.9), 1605012002: (-3.1, 103.0), 1605022001: (-3.2, 102.9), 1605022002: (-3.2, 103.0)}


def squares(tmp_path: Path, numbers: list[str], *, side: float = 0.1, name: str = "batas.geojson") -> Path:
    features = []
    for place, kode in enumerate(numbers):
        x, y = 102.9 + place % 2 * 0.1, -3.1 - place // 2 * 0.1
        ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"kode": kode}, "geometry": geometry})
    path = tmp_path / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def bring(path: Path, source: str = "peta") -> None:
    import_boundaries(read_boundaries(path.read_text("utf-8"), path).drawn, source=source)


def seen(within: int | None = 1605, level: Level = "desa") -> AreaMap:
    found = map_shapes.area_map(within, level, ON)
    assert found is not None
    return found


def drawn(one: AreaMap) -> list[int]:
    return [outline.number for outline in one.sheet.outlines]


@pytest.fixture
def regency(office) -> None:
    rows = [AreaRow(number, name) for number, name in NAMES.items()]
    import_areas(rows, valid_from=date(2014, 1, 1), source="daftar")


@pytest.fixture
def pointed(regency) -> None:
    import_points([AreaPoint(number, *spot) for number, spot in SPOTS.items()], source="titik")


def test_without_boundary_and_point_there_is_no_map(regency):
    assert map_shapes.area_map(1605, "desa", ON) is None
    assert map_shapes.area_map(1605, "kecamatan", ON) is None


def test_from_points_each_village_has_a_cell_and_each_district_is_its_villages(pointed):
    assert (seen().drawing, drawn(seen()), seen().undrawn) == ("cells", sorted(SPOTS), ())
    assert drawn(seen(level="kecamatan")) == [160501, 160502]
    assert drawn(seen(160501)) == [1605012001, 1605012002]


def test_a_village_without_a_point_is_counted_as_not_drawn(regency):
    import_points([AreaPoint(number, *SPOTS[number]) for number in sorted(SPOTS)[:3]], source="titik")
    assert seen().undrawn == (1605022002,)
    assert seen(160502).undrawn == (1605022002,)
    assert seen(160501).undrawn == ()


def test_boundaries_go_before_points(pointed, tmp_path):
    bring(squares(tmp_path, ["16.05.01.2001", "16.05.01.2002", "16.05.02.2001"]))
    found = seen()
    assert (found.drawing, found.source, found.undrawn) == ("boundaries", "peta", (1605022002,))
    assert drawn(seen(level="kecamatan")) == [160501, 160502]


def test_a_source_that_draws_less_than_half_makes_no_map(pointed, tmp_path):
    bring(squares(tmp_path, ["16.05.01.2001"]))
    assert seen().drawing == "cells"


def test_the_source_that_draws_most_is_shown_whole_and_not_mixed(pointed, tmp_path):
    bring(squares(tmp_path, ["16.05.01.2001", "16.05.01.2002"]), "kecil")
    bring(squares(tmp_path, ["16.05.01.2001", "16.05.01.2002", "16.05.02.2001"]), "besar")
    assert seen().source == "besar"


def test_districts_that_were_drawn_themselves_are_shown_as_drawn(pointed, tmp_path):
    bring(squares(tmp_path, ["16.05.01", "16.05.02"]))
    assert seen(level="kecamatan").drawing == "boundaries"
    assert seen(level="desa").drawing == "cells"


def test_cells_are_cut_to_the_regency_where_it_was_drawn(pointed, tmp_path):
    free = seen().sheet
    bring(squares(tmp_path, ["16.05"], side=0.3))
    assert seen().sheet != free


def test_a_map_is_kept_until_a_boundary_or_a_point_changes(pointed, tmp_path):
    first = seen()
    assert seen() is first
    import_points([AreaPoint(1605012001, -3.05, 102.85)], source="titik")
    assert seen() is not first
    bring(squares(tmp_path, ["16.05.01.2001", "16.05.01.2002"]))
    held = seen()
    bring(squares(tmp_path, ["16.05.01.2001", "16.05.01.2002"], side=0.08))
    assert seen() is not held


def test_only_codes_that_hold_on_the_day_are_drawn(pointed):
    import_areas(
        [AreaRow(number, name) for number, name in NAMES.items() if number != 1605022002],
        valid_from=date(2020, 1, 1),
        source="baru",
        complete=True,
    )
    assert 1605022002 in drawn(seen())
    later = map_shapes.area_map(1605, "desa", date(2020, 2, 1))
    assert later is not None
    assert 1605022002 not in drawn(later)


@needs_shared
def test_the_regency_of_the_field_is_drawn_from_its_files(sqlite_office):
    areas = read_areas(SHARED / "data" / "musi-rawas" / "areas_1605.csv")
    rows = [AreaRow(16, "Sumatera Selatan"), AreaRow(1605, "Musi Rawas")]
    rows += [AreaRow(number, str(number)) for number in sorted({one.number // 10_000 for one in areas.areas})]
    import_areas([*rows, *areas.areas], valid_from=date(2014, 1, 1), source="daftar")
    assert len(areas.points) == 199
    import_points(areas.points, source="titik")
    assert len(drawn(seen())) == 199
    bring(SHARED / "data" / "musi-rawas" / "villages_1605.geojson")
    assert (seen().drawing, len(drawn(seen())), seen().undrawn) == ("boundaries", 199, ())
    assert len(drawn(seen(level="kecamatan"))) == 14
