"""Files as a user brings them, on an empty office."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.program import PROGRAM, Program

VILLAGE = "16.05.01.2003"
Write = Callable[..., Path]


def person(serial: int, name: str, born: str = "1980-05-17", **more: str) -> dict[str, str]:
    year, month, day = born.split("-")
    nik = f"160501{day}{month}{year[2:]}{serial:04}"
    return {"nik": nik, "nama": name, "jk": "L", "tgl_lahir": born, "status_kawin": "BK", "desa": VILLAGE} | more


FIVE = [
    person(9001, "AGUS", status_rekam="CARD PRINTED"),
    person(9002, "BUDI"),
    person(9003, "CITRA", born="2002-03-28"),
    person(9004, "DEWI", born="2002-03-29"),
    person(9005, "EKO", born="2005-01-01", status_kawin="K"),
]


def test_five_people_are_counted_by_the_law(empty: Program, write_csv: Write) -> None:
    result = empty.json("import", write_csv("five.csv", FIVE))
    assert (result["rows"], result["accepted"], result["refused"]) == (5, 5, [])
    counted = empty.json("count")
    assert (counted["id_obligated"], counted["recorded"], counted["unrecorded"]) == (4, 1, 3)
    assert counted["area"] == "16.05"


def test_a_dry_run_says_the_same_and_keeps_nothing(empty: Program, write_csv: Write) -> None:
    path = write_csv("five.csv", FIVE)
    dry = empty.json("import", path, "--dry-run")
    assert dry["accepted"] == 5
    assert empty.json("count")["population"] == 0
    assert empty.json("import", path)["accepted"] == 5


def test_good_rows_go_in_and_bad_rows_come_back_as_a_file(empty: Program, write_csv: Write, tmp_path: Path) -> None:
    bad = [
        *FIVE,
        person(9006, ""),
        person(0, "FAJAR"),
        person(9001, "BUKAN AGUS"),
        person(9007, "GITA", born="2030-01-01"),
    ]
    result = empty.json("import", write_csv("bad.csv", bad), "--refused", tmp_path / "refused.xlsx")
    assert result["accepted"] == 5
    assert [problem["row"] for problem in result["refused"]] == [7, 8, 9, 10]
    assert all(problem["reason"] and problem["todo"] for problem in result["refused"])
    assert not any(row["nik"] in json.dumps(result) for row in bad)
    assert (tmp_path / "refused.xlsx").stat().st_size > 0


def test_the_same_file_twice_changes_nothing(empty: Program, write_csv: Write) -> None:
    path = write_csv("five.csv", FIVE)
    empty.run("import", path)
    before = empty.json("count")
    again = empty.json("import", path)
    assert (again["accepted"], again["unchanged"], again["proposed"], again["facts"]) == (0, 5, {}, 0)
    assert empty.json("count") == before


def test_next_months_list_proposes_and_only_an_answer_counts(empty: Program, write_csv: Write) -> None:
    empty.run("import", write_csv("march.csv", FIVE))
    newer = [FIVE[0], FIVE[1] | {"status_rekam": "PRINT_READY_RECORD"}, *FIVE[2:4], person(9010, "HADI")]
    result = empty.json("import", write_csv("april.csv", newer))
    assert result["proposed"] == {"new": 1, "changed": 1, "gone": 1}
    assert empty.json("count")["id_obligated"] == 4
    empty.run("answer", "--kind", "gone", "--as", "died", "--source", "kades, by telephone")
    empty.run("answer", "--kind", "rekam", "--as", "accept", "--source", "the centre's list")
    empty.run("answer", "--kind", "registered", "--as", "accept", "--source", "family card")
    counted = empty.json("count")
    assert (counted["id_obligated"], counted["recorded"]) == (4, 2)
    assert empty.json("proposals") == []


def test_events_move_the_count_and_keep_when_they_were_reported(empty: Program, write_csv: Write) -> None:
    empty.run("import", write_csv("five.csv", FIVE), "--as-at", "2019-01-01")
    empty.run("close", "--on", "2019-03-28")
    late = Program(empty.home, JEMPUT_TODAY="2019-04-02")
    events = [
        {"id": "e1", "peristiwa": "mati", "on": "2019-02-01", "reported_on": "2019-02-03", "nik": FIVE[1]["nik"]},
        {"id": "e2", "peristiwa": "rekam", "on": "2019-03-30", "nik": FIVE[2]["nik"], "status_rekam": "BIO_CAPTURED"},
        {"id": "e3", "peristiwa": "pindah", "on": "2019-03-01", "nik": "1605010101809999"},
    ]
    result = late.json("import", write_csv("events.csv", events))
    assert (result["accepted"], [problem["row"] for problem in result["refused"]]) == (2, [4])
    assert late.json("count", "--on", "2019-03-28")["id_obligated"] == 4
    assert late.json("count", "--on", "2019-03-28", "--as-known", "now")["id_obligated"] == 3
    assert late.json("count", "--on", "2019-03-28", "--as-known", "2019-03-31")["id_obligated"] == 4
    explained = late.json("explain", "--from", "2019-03-28", "--on", "2019-04-02")
    lines = {(line["cause"], line["amount"], line["late"]) for line in explained["bridges"][0]["lines"]}
    assert lines == {("mati", -1, True), ("birthday", 1, False)}


def test_an_import_taken_back_can_be_imported_again(empty: Program, write_csv: Write) -> None:
    path = write_csv("five.csv", FIVE)
    batch = empty.json("import", path)["batches"][0]
    empty.run("undo", batch, "--reason", "wrong village")
    assert empty.json("count")["population"] == 0
    assert empty.json("import", path)["accepted"] == 5
    assert empty.json("count")["population"] == 5
    assert empty.json("verify")["sound"]


def test_a_file_that_is_none_is_refused_in_words(empty: Program, tmp_path: Path) -> None:
    junk = tmp_path / "photo.xlsx"
    junk.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    said = empty.run("import", junk, exit_code=2)
    assert "photo.xlsx" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_killed_import_leaves_nothing_or_is_whole(empty: Program, write_csv: Write) -> None:
    empty.run("import", write_csv("five.csv", FIVE))
    many = [
        person(serial, f"NAMA {serial}", born=f"19{year:02}-0{month}-15", desa=f"16.05.01.20{10 + month}")
        for year in range(40, 60)
        for month in range(1, 10)
        for serial in range(9000, 9200)
    ]
    path = write_csv("many.csv", many)
    for delay in (1.0, 2.0, 3.0):
        started = subprocess.Popen(
            [*PROGRAM, "import", str(path)], env=empty.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        started.send_signal(signal.SIGKILL)
        started.wait()
        assert empty.json("count")["population"] in {5, 5 + len(many)}
    assert empty.json("verify")["sound"]
