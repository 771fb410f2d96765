"""The files of the demo: the same on every run, read without a refusal, in the order of a year."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

from jemput.demo.files import write_files
from jemput.demo.lists import VILLAGES
from jemput.demo.musi_rawas import BEGINNING, CUT_OFF, END, TODAY
from jemput.demo.plan import read_script
from tests.demo.tally import Tally


def test_the_same_seed_writes_the_same_bytes(small_files: Path, tmp_path: Path) -> None:
    write_files(tmp_path, small=True)
    first = {path.name: path.read_bytes() for path in small_files.iterdir()}
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert first.keys() == again.keys()
    assert [name for name, content in first.items() if content != again[name]] == []


def test_another_seed_writes_other_people(small_files: Path, tmp_path: Path) -> None:
    write_files(tmp_path, seed=7, small=True)
    register = "register-2018-03-28.csv"
    assert (small_files / register).read_bytes() != (tmp_path / register).read_bytes()


def test_no_row_of_any_file_is_refused_or_noted(small_tally: Tally) -> None:
    assert [problem.problem.reason("en") for problem in small_tally.refused] == []
    assert [problem.problem.reason("en") for problem in small_tally.notes] == []


def test_every_28th_from_march_2018_to_march_2020_is_closed_once(small_files: Path) -> None:
    script = read_script(small_files)
    closed = [step.close_on for step in (*script.steps, *script.later) if step.close_on]
    assert closed == sorted(set(closed))
    assert (closed[0], closed[-1], len(closed)) == (BEGINNING, END, 25)
    assert {day.day for day in closed} == {28}


def test_the_last_step_before_the_months_ahead_is_today_and_closes_nothing(small_files: Path) -> None:
    script = read_script(small_files)
    assert (script.steps[-1].today, script.steps[-1].close_on) == (TODAY, None)
    assert script.steps[-2].close_on == CUT_OFF
    assert all(step.today > TODAY for step in script.later)


def test_a_script_read_back_is_the_script_that_was_written(tmp_path: Path) -> None:
    written = write_files(tmp_path, small=True)
    assert read_script(tmp_path) == written
    assert "/" not in "".join(
        file["file"] for step in json.loads((tmp_path / "script.json").read_text())["steps"] for file in step["imports"]
    )


def test_the_register_comes_as_a_csv_and_a_workbook_of_each_village_layout(small_files: Path) -> None:
    first = read_script(small_files).steps[0]
    assert {file.layout for file in first.imports} == {
        "office-csv",
        "bip-ktpel",
        "siak",
        "opensid",
        "bip-2012",
        "bip-2016",
    }
    assert all(file.as_at == BEGINNING for file in first.imports)
    assert all(file.area for file in first.imports if file.path.suffix == ".xlsx")


def test_the_centres_lists_and_totals_arrive_after_their_semester(small_files: Path) -> None:
    script = read_script(small_files)
    days = {file.path.name: step.today for step in (*script.steps, *script.later) for file in step.imports}
    assert days["dkb-2018-S1.csv"] == date(2018, 7, 28)
    assert days["dkb-2018-S2.csv"] == date(2019, 2, 28)
    assert days["dkb-2019-S1.csv"] == date(2019, 7, 28)
    assert sum(name.startswith("konsolidasi-") for name in days) == 2


def test_the_frozen_totals_name_each_village_once_a_semester(small_tally: Tally) -> None:
    named = [(row["semester"], row["village"]) for row in small_tally.frozen]
    assert len(named) == len(set(named)) == 3 * 199


def test_event_ids_are_never_used_twice(small_tally: Tally) -> None:
    assert small_tally.ids
    assert len(small_tally.ids) == len(set(small_tally.ids))


def test_a_reversal_names_an_event_that_was_told_before(small_tally: Tally) -> None:
    told = {fact.id: fact.known for facts in small_tally.told.values() for fact in facts if fact.id}
    assert small_tally.reversed_on
    assert all(told[identity] <= known for identity, known in small_tally.reversed_on.items())


def test_every_kind_of_event_occurs(small_tally: Tally) -> None:
    kinds = {fact.event for told in small_tally.told.values() for fact in told}
    assert kinds >= {
        "lahir",
        "mati",
        "pindah",
        "datang",
        "kawin",
        "residence_changed",
        "biodata_changed",
        "blocked",
        "rekam",
        "konsolidasi_removed",
        "konsolidasi_merged",
        "konsolidasi_added",
    }


def test_some_events_are_reported_across_a_28th(small_tally: Tally) -> None:
    late = [
        fact
        for told in small_tally.told.values()
        for fact in told
        if fact.id and fact.event in {"lahir", "mati", "pindah", "datang"} and fact.known - fact.on > timedelta(days=31)
    ]
    assert {fact.event for fact in late} == {"lahir", "mati", "pindah", "datang"}


def test_separators_of_both_kinds_occur_in_status_codes(small_tally: Tally) -> None:
    raw = {fact.said["status"] for told in small_tally.told.values() for fact in told if fact.event == "rekam"}
    assert {"CARD PRINTED", "CARD_PRINTED"} <= raw
    assert any(code.startswith("DUPLICATE") for code in raw)


def test_workbooks_bear_the_day_of_the_register_and_not_the_hour_they_were_written(small_files: Path) -> None:
    books = sorted(small_files.glob("*.xlsx"))
    assert len(books) == 5
    for book in books:
        with zipfile.ZipFile(book) as parts:
            stamps = re.findall(r">(\d{4}-\d{2}-\d{2})T", parts.read("docProps/core.xml").decode())
        assert stamps == [BEGINNING.isoformat()] * 2


def test_the_newer_lists_of_villages_come_on_today_and_leave_out_add_and_change_a_few(small_files: Path) -> None:
    step = read_script(small_files).steps[-1]
    newer = [file for file in step.imports if file.layout == "office-csv"]
    assert [file.path.name for file in newer] == ["daftar-desa-2019-03-31.csv"]
    niks = {row["nik"] for row in csv.DictReader(newer[0].path.read_text("utf-8").splitlines())}
    held = {
        row["nik"] for row in csv.DictReader((small_files / "register-2018-03-28.csv").read_text("utf-8").splitlines())
    }
    assert len(niks - held) >= len(VILLAGES)
    assert all(int(nik[12:]) >= 9000 for nik in niks)
