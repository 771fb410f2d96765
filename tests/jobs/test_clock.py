"""The clockwork does what is due, tells how far it is, outlives errors, and leaves nothing half done when killed."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from jemput import settings
from jemput.actions import jobs
from jemput.jobs import clock, kinds
from jemput.jobs.clock import Clock, clock_time, work
from jemput.jobs.kinds import Kind
from jemput.queries import jobs as standing
from jemput.store import bulk, pulse
from tests.builders import ADI, TUGUMULYO, findings, person, take

NOW = datetime(2019, 4, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)


def a_list(folder: Path, *, people: int = 5, broken: bool = False) -> Path:
    lines = [f"160501010180{n:04};ORANG {n};1980-01-01;{TUGUMULYO};PRR" for n in range(9001, 9001 + people)]
    if broken:
        lines.append(f"16050199{9:08};SALAH;1980-01-01;{TUGUMULYO};PRR")
    path = folder / "0f3a.csv"
    path.write_text("nik;name;born_on;village;status\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def asked(path: Path, **more: object) -> int:
    args = {"path": str(path), "name": "Daftar Tugumulyo.csv", "said_by": "operator", **more}
    return jobs.enqueue("import", args, now=NOW, asked_by="operator")


def done(number: int) -> standing.JobNow:
    assert work("A", now=lambda: NOW) == 1
    told = standing.one(number)
    assert told
    return told


def test_an_import_is_done_and_told(office, tmp_path):
    told = done(asked(a_list(tmp_path)))
    assert (told.state, told.error) == ("done", ())
    assert {key: told.result[key] for key in ("rows", "accepted", "refused", "facts", "batches")} == {
        "rows": 5,
        "accepted": 5,
        "refused": 0,
        "facts": 10,
        "batches": [1],
    }
    assert bulk.select("SELECT name, said_by FROM batch") == [("Daftar Tugumulyo.csv", "operator")]


def test_a_dry_run_tells_the_same_and_keeps_nothing(office, tmp_path):
    told = done(asked(a_list(tmp_path), dry_run=True))
    assert (told.result["accepted"], told.result["batches"]) == (5, [])
    assert bulk.select("SELECT count(*) FROM fact") == [(0,)]


def test_refused_rows_are_told_in_both_languages_and_written_to_a_workbook(office, tmp_path):
    workbook = tmp_path / "refused.xlsx"
    told = done(asked(a_list(tmp_path, broken=True), refused_to=str(workbook)))
    assert told.result["refused"] == 1
    (row,) = told.result["refused_rows"]
    assert row["row"] == 7
    assert row["reason"]["id"] != row["reason"]["en"]
    assert told.result["refused_file"] == str(workbook)
    assert workbook.stat().st_size > 1000


def test_a_file_that_cannot_be_read_is_refused_at_once_by_the_name_its_sender_knows(office, tmp_path):
    rubbish = tmp_path / "0f3a.csv"
    rubbish.write_text("a;b\n1;2\n", "utf-8")
    told = done(asked(rubbish))
    assert (told.state, told.tries) == ("failed", 1)
    said = json.dumps(told.error)
    assert "0f3a" not in said


def test_a_job_that_breaks_is_tried_again_and_its_log_quotes_no_row(office, monkeypatch, caplog):
    def breaks(args: object, progress: object) -> dict[str, object]:
        raise ValueError("Key (nik)=(1605011705809001) exists")

    monkeypatch.setitem(kinds.KINDS, "verify", Kind(kinds.KINDS["verify"].title, breaks))
    number = jobs.enqueue("verify", {}, now=NOW, asked_by="x")
    with caplog.at_level(logging.WARNING):
        told = done(number)
    assert (told.state, told.tries) == ("waiting", 1)
    assert "ValueError" in caplog.text
    assert "1605011705809001" not in caplog.text + json.dumps(told.error)


def test_a_check_of_the_ledger_tells_what_it_finds(office):
    take(person(ADI))
    bulk.execute("UPDATE person SET name = 'LAIN'")
    told = done(jobs.enqueue("verify", {}, now=NOW, asked_by="x"))
    assert told.state == "done"
    assert told.result["sound"] is False
    assert told.result["findings"][0]["en"] == "1 register entries are not what a rebuild makes."


def test_progress_is_seen_while_work_goes_on(office, monkeypatch):
    seen = []

    def slow(args: object, progress: kinds.Progress) -> dict[str, object]:
        progress("taking", 3, 10)
        until = time.monotonic() + 10
        while time.monotonic() < until and not (seen and seen[-1].stage):
            told = pulse.read(number)
            seen.extend([told] if told else [])
            time.sleep(0.02)
        return {}

    monkeypatch.setitem(kinds.KINDS, "verify", Kind(kinds.KINDS["verify"].title, slow))
    number = jobs.enqueue("verify", {}, now=NOW, asked_by="x")
    done(number)
    assert (seen[-1].stage, seen[-1].done, seen[-1].total) == ("taking", 3, 10)


def test_a_clock_works_until_it_is_stopped_and_ends_what_it_has_in_hand(committed_office, monkeypatch):
    began, go_on = threading.Event(), threading.Event()

    def slow(args: object, progress: object) -> dict[str, object]:
        began.set()
        go_on.wait(20)
        return {"ended": True}

    monkeypatch.setitem(kinds.KINDS, "verify", Kind(kinds.KINDS["verify"].title, slow))
    first = jobs.enqueue("verify", {}, now=clock_time(), asked_by="x")
    second = jobs.enqueue("verify", {}, now=clock_time(), asked_by="x")
    running = Clock(poll_s=0.05)
    running.start()
    assert began.wait(20)
    assert not running.stop(within_s=0.05)
    go_on.set()
    assert running.stop()
    assert standing.one(first).result == {"ended": True}
    assert standing.one(second).state == "waiting"


WORKER = """
import json, sys, time
import django
django.setup()
from pathlib import Path
from jemput import settings
settings.HOME = Path(sys.argv[2])
from jemput.store.connect import use_database
use_database(json.loads(sys.argv[1]))
from django.db import connection
def stop(statement):
    if statement.startswith("INSERT INTO person"):
        print("in the middle", flush=True)
        time.sleep(60)
with connection.cursor() as cursor:
    connection.connection.set_trace_callback(stop)
from jemput.jobs.clock import work
work("killed")
"""


def test_an_import_whose_worker_is_killed_leaves_nothing_and_is_taken_up_by_another(sqlite_office, tmp_path):
    number = jobs.enqueue("import", {"path": str(a_list(tmp_path, people=300))}, now=clock_time(), asked_by="operator")
    connections["default"].close()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, json.dumps(sqlite_office, default=str), str(tmp_path)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"JEMPUT_HOME": str(tmp_path)},
    )
    assert process.stdout
    assert process.stdout.readline() == "in the middle\n"
    process.kill()
    process.communicate()
    assert standing.one(number).state == "running"
    assert bulk.select("SELECT count(*) FROM fact") == [(0,)]
    assert work("B") == 0, "it is not known to be dead yet"
    assert work("B", now=lambda: clock_time() + timedelta(seconds=61)) == 1
    told = standing.one(number)
    assert (told.state, told.tries, told.result["accepted"]) == ("done", 2, 300)
    assert findings() == []


def test_the_clock_names_itself_by_machine_process_and_chance():
    assert clock.new_owner() != clock.new_owner()
