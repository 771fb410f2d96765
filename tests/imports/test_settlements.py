"""Lists of settlements as a table, as waypoints and as points of a map."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain.place_names import VillageNames
from jemput.domain.places import AreaName, Point
from jemput.domain.problems import Refused
from jemput.imports.settlements import SettlementFile, read_settlements

NAMES = VillageNames(
    [AreaName(160501, "Tugumulyo"), AreaName(1605012003, "Tegal Rejo"), AreaName(1605012004, "Surodadi")],
    within="Musi Rawas",
)
TEGAL_REJO = 1605012003


def village_at(spot: Point) -> int | None:
    return TEGAL_REJO if spot.lat > -3.5 else None


def read(path: Path) -> SettlementFile:
    return read_settlements(path, names=NAMES, village_at=village_at, name="rompok")


@pytest.fixture
def write(tmp_path: Path) -> object:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


CSV = """Nama;Jenis;Kode Desa;Desa;Kecamatan;Lintang;Bujur;Perkiraan orang;Keterangan;Jalan;Musim hujan;Perahu;Motor;Menit;Kontak;Telepon
Rompok Blok C;rompok;16.05.01.2003;;;-3,2157;102,9393;15;lewat jembatan;tanah;terputus;ya;;90;Pak Darto;0812 3456 7834
Kamp Afdeling IV;kamp kebun;;Surodadi;Tugumulyo;;;;;batu;;;x;;;
"""


def test_a_table_is_read_into_codes_and_numbers(write: object) -> None:
    found = read(write("rompok.csv", CSV))  # type: ignore[operator]  # a writer
    assert found.refused == []
    first, second = found.rows
    assert (first.row, first.name, first.kind, first.village) == (2, "Rompok Blok C", "rompok", TEGAL_REJO)
    assert (first.point, first.people, first.travel_min) == (Point(-3.2157, 102.9393), 15, 90)
    assert (first.surface, first.wet_season, first.boat, first.motorbike) == ("earth", "closed", True, False)
    assert (first.contact, first.contact_phone) == ("Pak Darto", "0812 3456 7834")
    assert (second.kind, second.village, second.point, second.surface) == ("camp", 1605012004, None, "gravel")
    assert (second.motorbike, second.people) == (True, None)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Blok C;kota;16.05.01.2003;;;;;;;;;;;;;", "settlement_choice_unknown"),
        ("Blok C;;16.05;;;;;;;;;;;;;", None),
        ("Blok C;;abc;;;;;;;;;;;;;", "area_code"),
        ("Blok C;;;Tegal Arum;;;;;;;;;;;;", "village_name_unknown"),
        ("Blok C;;;;;;;;;;;;;;;", "plain_village_lacking"),
        ("Blok C;;16.05.01.2003;;;51,5;0,1;;;;;;;;;", "outside_indonesia"),
        ("Blok C;;16.05.01.2003;;;utara;timur;;;;;;;;;", "point_unreadable"),
        ("Blok C;;16.05.01.2003;;;;;banyak;;;;;;;;", "plain_not_a_number"),
        ("Blok C;;16.05.01.2003;;;;;;;;;mungkin;;;;", "plain_not_yes_or_no"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_words_with_its_place(write: object, row: str, code: str | None) -> None:
    found = read(write("rompok.csv", CSV.split("\n", maxsplit=1)[0] + "\n" + row + "\n"))  # type: ignore[operator]
    if code is None:
        assert found.refused == [], "a code of another level is left to the action, which knows the areas"
        return
    assert [(one.row, one.problem.kind.code) for one in found.refused] == [(2, code)]
    assert found.refused[0].problem.todo("id")
    assert found.rows == []


GPX = """<?xml version="1.0"?><gpx version="1.1" creator="GPS" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="-3.2157" lon="102.9393"><name>Blok C</name><cmt>15 orang</cmt><type>Waypoint</type></wpt>
<wpt lat="-4.9" lon="102.9393"><name>Jauh</name></wpt>
<wpt lat="-3.2" lon="102.9"></wpt></gpx>"""


def test_waypoints_take_their_village_from_the_spot(write: object) -> None:
    found = read(write("titik.gpx", GPX))  # type: ignore[operator]
    first, nameless = found.rows
    assert (first.name, first.village, first.description, first.kind) == ("Blok C", TEGAL_REJO, "15 orang", "rompok")
    assert nameless.name == ""
    assert [(one.row, one.problem.kind.code) for one in found.refused] == [(2, "settlement_village_untold")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<gpx><wpt lat='x'></gpx>", "gpx_unreadable"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><gpx version="1.1"></gpx>', "gpx_unreadable"),
        ('<gpx version="1.1" creator="x"><trk></trk></gpx>', "gpx_without_waypoints"),
        ('{"type": "Point"}', "settlements_not_geojson"),
        ("{", "settlements_not_geojson"),
        ("tanpa;judul\n1;2\n", "plain_columns_lacking"),
        ("<html>", "web_page"),
        ("", "file_empty"),
    ],
)
def test_a_file_that_is_none_of_them_is_refused_whole(write: object, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(write("apa.dat", text))  # type: ignore[operator]
    assert refused.value.problems[0].kind.code == code


def test_points_of_a_map_carry_their_properties(write: object) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"NAMA": "Blok C", "KODE_DESA": 1605012003.0, "orang": 15, "perahu": True},
            "geometry": {"type": "Point", "coordinates": [102.9393, -3.2157, 40]},
        },
        {"type": "Feature", "properties": {"name": "Garis"}, "geometry": {"type": "LineString", "coordinates": []}},
        "bukan fitur",
    ]
    found = read(write("peta.geojson", json.dumps({"type": "FeatureCollection", "features": features})))  # type: ignore[operator]
    [one] = found.rows
    assert (one.name, one.village, one.point, one.people, one.boat) == (
        "Blok C",
        TEGAL_REJO,
        Point(-3.2157, 102.9393),
        15,
        True,
    )
    assert {(refused.row, refused.problem.kind.code) for refused in found.refused} == {
        (2, "settlement_not_a_point"),
        (2, "plain_village_lacking"),
        (3, "plain_village_lacking"),
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: f"nama;kode\n{text}".encode())))
def test_no_bytes_break_the_reading(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "apa"
    path.write_bytes(raw)
    with suppress(Refused):
        read(path)
