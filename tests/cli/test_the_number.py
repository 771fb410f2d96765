"""The whole way as a new user goes it: demo, count, explain, people, close, verify, export."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

from tests.program import Program

CUT_OFF = "2019-03-28"


def test_the_demo_counts_the_28th_as_it_was_closed(demo: Program) -> None:
    counted = demo.json("count", "--on", CUT_OFF)
    assert counted["closed"]
    assert counted["id_obligated"] == counted["recorded"] + counted["unrecorded"]
    assert counted["recorded_total"] == counted["recorded"] + counted["pemula"]
    assert counted["percent"].startswith("96.")
    assert counted["today"] == "2019-04-02"
    assert counted["today_is_set"]


def test_what_arrived_since_changes_as_known_now_and_not_the_closed_count(demo: Program) -> None:
    closed = demo.json("count", "--on", CUT_OFF)
    now = demo.json("count", "--on", CUT_OFF, "--as-known", "now")
    then = demo.json("count", "--on", CUT_OFF, "--as-known", CUT_OFF)
    assert now["id_obligated"] != closed["id_obligated"]
    assert then["id_obligated"] == closed["id_obligated"]


def test_every_group_lists_exactly_the_people_it_counts(demo: Program) -> None:
    counted = demo.json("count", "--on", CUT_OFF, "--area", "16.05.14")
    for group in ("id_obligated", "recorded", "unrecorded", "pemula", "blocked", "recorded_here"):
        listed = demo.json("people", "--on", CUT_OFF, "--area", "16.05.14", "--group", group)
        assert listed["count"] == len(listed["people"]) == counted[group]


def test_a_list_of_people_hides_the_middle_of_each_nik(demo: Program) -> None:
    said = demo.run("people", "--on", CUT_OFF, "--limit", "0").stdout
    listed = demo.json("people", "--on", CUT_OFF)
    assert "••••••" in said
    assert all("••••••" in person["nik"] for person in listed["people"])
    assert not any(word.isdigit() and len(word) == 16 for word in said.split())


def test_the_districts_add_up_to_the_regency(demo: Program) -> None:
    whole = demo.json("count", "--on", CUT_OFF, "--by", "kecamatan")
    assert len(whole["by"]) >= 14
    for figure in ("id_obligated", "recorded", "unrecorded", "population"):
        assert sum(row[figure] for row in whole["by"]) == whole[figure]


def test_every_bridge_between_closings_foots(demo: Program) -> None:
    explained = demo.json("explain", "--from", "2019-02-28", "--on", CUT_OFF)
    for one in explained["bridges"]:
        assert one["foots"]
        assert one["opening"] + sum(line["amount"] for line in one["lines"]) == one["closing"]
        assert all(line["people"] == abs(line["amount"]) for line in one["lines"])
    assert explained["dkb"]["foots"]
    unexplained = [line for line in explained["dkb"]["lines"] if line["cause"] == "unexplained"]
    assert [line["people"] for line in unexplained] == [0]


def test_the_frozen_denominator_answers_beside_the_live_one(demo: Program) -> None:
    live = demo.json("count", "--on", CUT_OFF)
    frozen = demo.json("count", "--on", CUT_OFF, "--denominator", "dkb")
    assert frozen["denominator"] == "dkb"
    assert frozen["recorded"] == live["recorded"]
    assert frozen["id_obligated"] != live["id_obligated"]
    assert frozen["unrecorded"] == frozen["id_obligated"] - frozen["recorded"]


def test_verify_finds_the_demo_sound_and_a_touched_ledger_unsound(demo: Program) -> None:
    assert demo.json("verify") == {"sound": True, "findings": []}
    with sqlite3.connect(demo.home / "jemput.db") as connection:
        connection.execute("DROP TRIGGER fact_no_update")
        connection.execute("UPDATE fact SET on_day = on_day - 1 WHERE place = 100")
    assert not demo.json("verify", exit_code=1)["sound"]


def test_a_proof_is_accepted_until_a_figure_in_it_is_changed(demo: Program, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    demo.run("count", "--on", CUT_OFF, "--area", "16.05.01", "--proof", proof)
    assert demo.json("verify", proof)["sound"]
    said = json.loads(proof.read_text())
    said["figures"]["recorded"] += 1
    proof.write_text(json.dumps(said))
    assert not demo.json("verify", proof, exit_code=1)["sound"]


def test_a_rebuild_changes_nothing(demo: Program) -> None:
    before = demo.json("count", "--on", CUT_OFF, "--as-known", "now", "--by", "desa")
    assert demo.json("rebuild") == {"rebuilt": True}
    assert demo.json("count", "--on", CUT_OFF, "--as-known", "now", "--by", "desa") == before


def test_the_months_ahead_come_in_and_are_closed(demo: Program) -> None:
    closed = demo.json("count", "--on", CUT_OFF)
    advanced = demo.json("demo", "advance", demo.home, "--until", "2019-05-30")
    assert advanced["closed"] == "2019-05-28"
    assert demo.json("count", "--on", CUT_OFF) | {"today": ""} == closed | {"today": ""}
    assert demo.json("verify")["sound"]


def test_a_second_demo_uses_the_first(demo: Program) -> None:
    again = demo.json("demo", demo.home, "--small", "--no-serve")
    assert again["refused"] == 0
    assert again["id_obligated"] == demo.json("count", "--on", CUT_OFF)["id_obligated"]


def test_an_export_holds_every_fact_and_only_its_owner_may_read_it(demo: Program, tmp_path: Path) -> None:
    made = demo.json("export", tmp_path / "out")
    ledger = tmp_path / "out" / "ledger.jsonl"
    lines = ledger.read_text().splitlines()
    assert made["files"]["ledger.jsonl"] == len(lines)
    assert [json.loads(line)["place"] for line in lines[:3]] == [1, 2, 3]
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


def test_blocked_adults_leave_the_denominator_only_by_the_setting(demo: Program) -> None:
    before = demo.json("count", "--on", "2019-04-02")
    demo.run("setting", "count_blocked", "no")
    after = demo.json("count", "--on", "2019-04-02")
    assert after["id_obligated"] == before["id_obligated"] - before["blocked"]
    assert after["blocked"] == before["blocked"] > 0
    closed = demo.json("count", "--on", CUT_OFF)
    people = demo.json("people", "--on", CUT_OFF, "--group", "unrecorded")
    assert people["count"] == closed["unrecorded"]


def test_a_mistake_is_answered_in_words_and_in_json(empty: Program) -> None:
    said = empty.run("close", "--on", "2019-03-27", exit_code=2)
    assert "28th" in said.stderr
    assert said.stdout == ""
    refused = empty.json("close", "--on", CUT_OFF, exit_code=2)
    assert "no resident" in refused["refused"][0]["reason"]
    assert "not a date" in empty.run("count", "--on", "yesterday", exit_code=2).stderr
    assert empty.run("conut", exit_code=2).stdout == ""
    assert "No file was named" in empty.run("import", exit_code=2).stderr
    assert "import a list" in empty.run("count").stderr


def test_the_locale_decides_the_language(demo: Program) -> None:
    assert "left to record" in demo.run("count", "--on", CUT_OFF).stdout
    indonesian = Program(demo.home, LANG="id_ID.UTF-8").run("count", "--on", CUT_OFF).stdout
    assert "belum rekam" in indonesian
    assert "28 Maret 2019" in indonesian


def test_what_was_printed_stands_beside_what_was_counted(demo: Program) -> None:
    counted = demo.json("count", "--on", CUT_OFF)
    printed = f"Per 28 Maret 2019 wajib KTP {counted['id_obligated']}, sudah rekam {counted['recorded']}, "
    said = printed + f"tinggal {counted['unrecorded'] - 1}"
    assert demo.json("claim", "add", "--text", said)["recorded"] == 1
    assert demo.json("claim", "add", "--text", said)["recorded"] == 0
    explained = demo.json("explain", "--on", CUT_OFF)
    assert [one["difference"] for one in explained["printed"][0]["differences"]] == [-1]
    checked = demo.json("claim", "check", "--text", said, exit_code=1)
    assert (checked[0]["verdict"], checked[0]["findings"][0]["difference"]) == ("inconsistent", -1)


def test_each_movement_opens_to_its_people(demo: Program) -> None:
    span = ("--from", "2018-06-28", "--on", CUT_OFF)
    for one in demo.json("explain", *span)["bridges"]:
        for cause in {line["cause"] for line in one["lines"]}:
            opened = demo.json("explain", *span, "--figure", one["figure"], "--cause", cause)
            assert opened["count"] == sum(line["people"] for line in one["lines"] if line["cause"] == cause)


def test_nobody_becomes_obliged_by_being_recorded(demo: Program) -> None:
    bridges = demo.json("explain", "--from", "2018-03-28", "--on", CUT_OFF)["bridges"]
    assert "rekam" not in {line["cause"] for line in bridges[0]["lines"]}
    assert "rekam" in {line["cause"] for line in bridges[1]["lines"]}


def test_a_secret_is_set_and_never_shown(empty: Program) -> None:
    empty.run("setting", "smtp_password", "sangat-rahasia")
    for words in (("setting",), ("setting", "smtp_password"), ("setting", "--json")):
        told = empty.run(*words).stdout
        assert "rahasia" not in told
        assert "••••" in told
