"""Codes and boundaries as a user brings them and asks for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import LIST, VILLAGE
from tests.program import Program

Write = Callable[..., Path]

ORPHAN = {"kode": "99.01.01.2001", "nama": "Tanpa Induk"}


def codes(program: Program, on: str) -> list[str]:
    return [one["code"] for one in program.json("areas", "list", "--area", "16", "--on", on)]


def test_a_list_goes_in_once_and_is_listed(empty: Program, write_csv: Write) -> None:
    path = write_csv("wilayah.csv", LIST)
    first = empty.json("areas", "import", path, "--valid-from", "2018-01-01")
    assert (first["added"], first["unchanged"], first["refused"]) == (5, 0, [])
    again = empty.json("areas", "import", path, "--valid-from", "2018-01-01")
    assert (again["added"], again["unchanged"]) == (0, 5)
    listed = empty.json("areas", "list", "--area", "16.05.01", "--on", "2019-03-28")
    assert {"code": VILLAGE, "name": "Tegal Rejo", "level": "desa"} in listed


def test_rows_refused_by_the_reader_and_by_the_office_are_both_named(empty: Program, write_csv: Write) -> None:
    path = write_csv("wilayah.csv", [*LIST, ORPHAN, {"kode": "16.5", "nama": "Salah"}])
    done = empty.json("areas", "import", path)
    assert done["added"] == 5
    assert [one["row"] for one in done["refused"]] == [7, 8]
    assert "99.01.01" in done["refused"][0]["reason"]
    assert all(one["todo"] for one in done["refused"])
    shown = empty.run("areas", "import", path)
    assert "2 refused" in shown.stdout
    assert "row 7" in shown.stderr


def test_a_file_of_which_nothing_is_taken_leaves_with_one(empty: Program, write_csv: Write) -> None:
    done = empty.json("areas", "import", write_csv("yatim.csv", [ORPHAN]), exit_code=1)
    assert (done["added"], len(done["refused"])) == (0, 1)


def test_a_row_that_stands_twice_is_noted(empty: Program, write_csv: Write) -> None:
    done = empty.json("areas", "import", write_csv("wilayah.csv", [*LIST, LIST[3]]))
    assert (done["added"], done["refused"]) == (5, [])
    assert [one["row"] for one in done["notes"]] == [7]


def test_only_a_complete_list_ends_the_codes_it_leaves_out(known: Program, write_csv: Write) -> None:
    newer = write_csv("baru.csv", LIST[:-1])
    assert known.json("areas", "import", newer, "--valid-from", "2020-01-01")["ended"] == 0
    assert known.json("areas", "import", newer, "--valid-from", "2020-01-01", "--complete")["ended"] == 1
    assert "16.05.01.2004" in codes(known, "2019-12-31")
    assert "16.05.01.2004" not in codes(known, "2020-01-01")


def test_a_list_with_refused_rows_is_not_complete(known: Program, write_csv: Write) -> None:
    nameless = write_csv("baru.csv", [*LIST[:-1], {"kode": "16.05.01.2004", "nama": ""}])
    done = known.json("areas", "import", nameless, "--valid-from", "2020-01-01", "--complete", exit_code=2)
    assert "16.05.01.2004" in done["refused"][0]["reason"]
    assert "16.05.01.2004" in codes(known, "2020-01-01")


def test_a_new_name_closes_the_old_one_and_a_list_of_changes_ends_a_code(known: Program, write_csv: Write) -> None:
    renamed = write_csv("baru.csv", [*LIST[:3], {"kode": VILLAGE, "nama": "Tegal Sari"}])
    assert known.json("areas", "import", renamed, "--valid-from", "2019-01-01")["renamed"] == 1
    named = {
        day: {one["code"]: one["name"] for one in known.json("areas", "list", "--area", "16.05.01", "--on", day)}
        for day in ("2018-12-31", "2019-01-01")
    }
    assert [named[day][VILLAGE] for day in named] == ["Tegal Rejo", "Tegal Sari"]
    removed = {
        "from_release": "2022",
        "to_release": "2023",
        "level": "desakel",
        "change": "removed",
        "kode": "16.05.01.2004",
        "old_name": "Trikoyo",
        "new_name": "",
    }
    changes = write_csv("perubahan.csv", [removed])
    assert known.json("areas", "import", changes)["ended"] == 1
    assert known.json("areas", "import", changes)["ended"] == 0
    assert "16.05.01.2004" in codes(known, "2022-12-31")
    assert "16.05.01.2004" not in codes(known, "2023-01-01")


def test_a_later_list_without_a_day_holds_from_its_release_and_undoes_nothing(empty: Program, write_csv: Write) -> None:
    path = write_csv("wilayah-2025.csv", LIST)
    assert empty.json("areas", "import", path)["added"] == 5
    added = {
        "from_release": "2022",
        "to_release": "2023",
        "change": "added",
        "kode": "16.05.01.2004",
        "old_name": "",
        "new_name": "Trikoyo",
    }
    empty.run("areas", "import", write_csv("perubahan.csv", [added]))
    assert "16.05.01.2004" not in codes(empty, "2022-12-31")
    assert empty.json("areas", "import", path)["unchanged"] == 5
    assert "16.05.01.2004" not in codes(empty, "2022-12-31")


@pytest.mark.parametrize(("file", "since"), [("wilayah-2020.csv", "2020-01-01"), ("wilayah.csv", "2019-03-28")])
def test_a_new_name_without_a_day_holds_from_the_release_or_from_today(
    known: Program, write_csv: Write, file: str, since: str
) -> None:
    renamed = write_csv(file, [*LIST[:3], {"kode": VILLAGE, "nama": "Tegal Sari"}])
    assert known.json("areas", "import", renamed)["renamed"] == 1

    def name(on: str) -> str:
        (found,) = (one for one in known.json("areas", "list", "--area", VILLAGE, "--on", on) if one["code"] == VILLAGE)
        return str(found["name"])

    assert (name("2019-03-27"), name(since)) == ("Tegal Rejo", "Tegal Sari")


def test_boundaries_of_two_sources_that_disagree_are_a_finding_and_the_code_stays(
    known: Program, tmp_path: Path
) -> None:
    def drawn(name: str, west: float) -> Path:
        ring = [[west, -3.2], [west + 0.02, -3.2], [west + 0.02, -3.18], [west, -3.18], [west, -3.2]]
        feature = {
            "type": "Feature",
            "properties": {"kode": VILLAGE, "nama": "Tegal Rejo"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        return path

    assert known.json("areas", "import", drawn("satu.geojson", 102.90))["findings"] == []
    second = known.json("areas", "import", drawn("dua.geojson", 102.915))
    assert second["added"] == 1
    assert len(second["findings"]) == 1
    assert VILLAGE in codes(known, "2019-03-28")


def test_points_come_as_a_list_of_their_own_or_beside_the_codes(known: Program, write_csv: Write) -> None:
    alone = write_csv("titik.csv", [{"kode": VILLAGE, "lat": "-3.2", "lng": "102.9"}])
    assert known.json("areas", "import", alone)["added"] == 1
    assert known.json("areas", "import", alone)["unchanged"] == 1
    beside = write_csv("wilayah.csv", [row | {"lat": "-3.2", "lng": "102.9"} for row in LIST])
    assert known.json("areas", "import", beside, "--valid-from", "2018-01-01")["unchanged"] == 5
