"""Settlements as a user enters, changes and asks for them."""

from __future__ import annotations

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
