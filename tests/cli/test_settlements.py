"""Settlements as a user enters, changes and asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import VILLAGE
from tests.program import Program


def test_a_settlement_is_renamed_moved_and_emptied_and_its_history_stays(known: Program) -> None:
    added = known.json("settlements", "add", "Rompok Ulu", "--village", VILLAGE, "--people", 12, "--by", "Sari")
    number = added["number"]
    known.run("settlements", "change", number, "name", "Rompok Bukit Ulu", "--by", "Sari")
    known.run("settlements", "change", number, "point", "3.2157 LS, 102.9393 BT")
    known.run("settlements", "change", number, "village", "16.05.01.2004")
    known.run("settlements", "change", number, "estimated_people", "")
    known.run("settlements", "uninhabited", number, "--on", "2019-03-01")
    (one,) = known.json("settlements", "list", "--area", "16.05.01.2004")
    assert (one["name"], one["lat"], one["lng"]) == ("Rompok Bukit Ulu", -3.2157, 102.9393)
    assert (one["people"], one["uninhabited_on"]) == (None, "2019-03-01")
    history = known.json("settlements", "history", number)
    assert [line["field"] for line in history] == [
        "added",
        "name",
        "point",
        "village",
        "estimated_people",
        "uninhabited_on",
    ]
    assert history[1] | {"at": ""} == {
        "field": "name",
        "old": "Rompok Ulu",
        "new": "Rompok Bukit Ulu",
        "at": "",
        "by": "Sari",
    }
    known.run("settlements", "uninhabited", number, "--again")
    assert known.json("settlements", "list", "--area", VILLAGE[:8])[0]["uninhabited_on"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("village", "16.05.01.2999"),
        ("village", "Tegal Rejo"),
        ("point", "51.5, 0.1"),
        ("point", "dekat sungai"),
        ("estimated_people", "banyak"),
        ("kind", "kota"),
        ("name", "   "),
    ],
)
def test_what_a_settlement_cannot_be_is_refused_and_nothing_changes(known: Program, field: str, value: str) -> None:
    number = known.json("settlements", "add", "Rompok Ulu", "--village", VILLAGE)["number"]
    before = known.json("settlements", "list")
    refused = known.json("settlements", "change", number, field, value, exit_code=2)["refused"]
    assert refused[0]["todo"]
    assert known.json("settlements", "list") == before
    assert len(known.json("settlements", "history", number)) == 1


def test_a_settlement_nobody_entered_is_refused(known: Program) -> None:
    for words in (("history", 99), ("uninhabited", 99), ("change", 99, "name", "X")):
        assert known.json("settlements", *words, exit_code=2)["refused"]


def test_a_point_south_of_the_equator_is_typed_as_it_is_written(known: Program) -> None:
    number = known.json(
        "settlements", "add", "Rompok", "--village", "16.05.01.2003", "--lat", "-3.21", "--lng", "102.93"
    )["number"]
    known.run("settlements", "change", number, "point", "-3.25, 102.95")
    (one,) = known.json("settlements", "list")
    assert (one["lat"], one["lng"]) == (-3.25, 102.95)


ROWS = [
    {"nama": "Rompok Blok C", "kode_desa": VILLAGE, "orang": "15"},
    {"nama": "Rompok Blok D", "desa": "Trikoyo", "telepon": "0812 3456 7834"},
    {"nama": "Rompok Blok E", "kode_desa": "16.05.01.2999"},
]


def test_a_file_is_tried_taken_once_and_taken_back(known: Program, write_csv: Callable[..., Path]) -> None:
    path = write_csv("rompok.csv", ROWS)
    tried = known.json("settlements", "import", path, "--dry-run")
    assert (tried["added"], tried["import"], len(tried["refused"])) == (2, None, 1)
    assert tried["refused"][0]["row"] == 4
    assert known.json("settlements", "list") == []
    taken = known.json("settlements", "import", path, "--by", "Sari")
    assert (taken["added"], taken["unchanged"]) == (2, 0)
    assert known.json("settlements", "import", path)["unchanged"] == 2
    assert known.json("settlements", "undo-import", taken["import"])["withdrawn"] == 2
    assert known.json("settlements", "list") == []
    assert known.json("settlements", "undo-import", taken["import"], exit_code=2)["refused"]


def test_a_gps_brings_waypoints_and_the_spot_says_which_village(known: Program, write_csv: Callable[..., Path]) -> None:
    known.run("areas", "import", write_csv("titik.csv", [{"kode": VILLAGE, "lat": "-3.2", "lng": "102.9"}]))
    path = write_csv("x.csv", [{"nama": "x"}]).with_name("titik.gpx")
    path.write_text(
        '<gpx version="1.1" creator="GPS"><wpt lat="-3.21" lon="102.91"><name>Blok C</name></wpt>'
        '<wpt lat="-5.9" lon="104.9"><name>Jauh</name></wpt></gpx>',
        encoding="utf-8",
    )
    assert len(known.json("settlements", "import", path)["refused"]) == 1
    (one,) = known.json("settlements", "list")
    assert (one["name"], one["village"]) == ("Blok C", VILLAGE)


def test_a_file_none_of_whose_rows_can_be_taken_leaves_with_one(known: Program, write_csv: Callable[..., Path]) -> None:
    known.json("settlements", "import", write_csv("rompok.csv", ROWS[2:]), exit_code=1)
    known.json("settlements", "import", "tidak-ada.csv", exit_code=2)


def test_what_may_be_one_is_found_merged_and_taken_apart(known: Program) -> None:
    for name in ("Rompok Blok C", "Blok C", "Blok D"):
        known.run("settlements", "add", name, "--village", VILLAGE)
    (pair,) = known.json("settlements", "duplicates")
    merge = known.json("settlements", "merge", pair["kept"], pair["merged"])["merge"]
    assert known.json("settlements", "duplicates") == []
    assert {one["name"] for one in known.json("settlements", "list")} == {"Rompok Blok C", "Blok D"}
    known.run("settlements", "undo-merge", merge)
    assert len(known.json("settlements", "list")) == 3
