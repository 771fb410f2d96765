"""Penyisiran on the command line: the people of the count, masked, and the places with their reasons."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.program import Program


def test_the_list_of_a_closed_count_holds_its_people_masked(demo: Program) -> None:
    counted = demo.json("count", "--on", "2019-03-28")
    found = demo.json("sweep", "--on", "2019-03-28")
    assert found["closed"]
    assert found["count"] == len(found["people"]) == found["groups"]["all"] == counted["unrecorded"]
    assert all("••••••" in one["nik"] for one in found["people"])
    assert {one["groups"][0] for one in found["people"]} == {"all"}
    assert all("pemula" in one["groups"] for one in found["apart"])
    assert sum(one["groups"]["all"] for one in found["places"] if one["level"] == "desa") == found["count"]


def test_live_is_what_is_told_without_a_day_and_an_area_is_a_part(demo: Program) -> None:
    whole, part = demo.json("sweep"), demo.json("sweep", "--area", "16.05.14")
    assert whole["count"] == demo.json("count", "--as-known", "now")["unrecorded"]
    assert 0 < part["count"] < whole["count"]
    assert all(one["village"].startswith("16.05.14") for one in part["people"])


def test_the_screen_says_where_to_go_first_and_why(demo: Program) -> None:
    said = demo.run("sweep", "--limit", "2").stdout
    assert "\n1. " in said
    assert "\n3. " not in said
    assert "not recorded" in said
    assert "likely to be met" in said


def test_the_workbook_has_whoever_is_left_and_apart_whoever_is_not_counted(demo: Program, tmp_path: Path) -> None:
    target = tmp_path / "sisir.xlsx"
    count = demo.json("sweep", "--xlsx", target)["count"]
    book = openpyxl.load_workbook(target)
    assert len(book.sheetnames) == 2
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if isinstance(row[0], (int, float))]
    assert len(rows) == count
    assert all("••••••" in row[1] for row in rows)
    demo.run("sweep", "--xlsx", tmp_path / "sisir.csv", exit_code=2)
    assert not (tmp_path / "sisir.csv").exists()
