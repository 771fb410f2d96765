"""The synthetic Musi Rawas as files: the same on every run, exact to the person, and nobody real."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from jemput.demo import musi_rawas
from jemput.demo.files import write_files
from jemput.demo.musi_rawas import FULL, REMAINING_AUGUST, SMALL, Totals
from jemput.demo.plan import Script, read_script
from jemput.domain import recording
from jemput.domain.ids import nik_problem, nik_sex
from jemput.domain.people import seventeenth_birthday
from jemput.imports.read import read_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files")
    write_files(path, small=True)
    return path


@pytest.fixture(scope="module")
def script(folder: Path) -> Script:
    return read_script(folder)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tally(script: Script, until: date) -> Counter[str]:  # noqa: C901, PLR0912 - one plain pass, on purpose unlike the product
    """Count the files by hand: last word on residence, accepted once is accepted, the dead stay dead."""
    home: dict[str, bool] = {}
    adult_on: dict[str, date] = {}
    married: set[str] = set()
    foreign: set[str] = set()
    statuses: dict[str, list[tuple[date, int, str]]] = defaultdict(list)
    dead: dict[str, str] = {}
    order = 0
    for step in (*script.steps, *script.later):
        if step.today > until:
            break
        for file in step.imports:
            if file.layout == "dkb" or (file.layout == "office-csv" and step is not script.steps[0]):
                continue  # a newer list only proposes
            for row in read_file(file.path, today=step.today, layout=file.layout).rows:
                order += 1
                said = row.fields
                kind, nik = said.get("event", "registered"), said.get("nik", "")
                on = date.fromisoformat(said.get("on") or (file.as_at or step.today).isoformat())
                if kind == "reversed":
                    dead = {who: event for who, event in dead.items() if event != said["reverses"]}
                if kind in {"registered", "lahir", "datang", "konsolidasi_added"}:
                    home[nik] = True
                    adult_on[nik] = seventeenth_birthday(date.fromisoformat(said["born_on"]))
                    if said.get("marital", "belum kawin") != "belum kawin":
                        married.add(nik)
                    if said.get("citizenship") == "WNA":
                        foreign.add(nik)
                if kind == "kawin":
                    married.add(nik)
                if kind == "mati":
                    dead[nik] = said.get("id", "")
                if kind in {"pindah", "konsolidasi_removed", "konsolidasi_merged"}:
                    home[nik] = False
                if said.get("status"):
                    day = date.fromisoformat(said["status_on"]) if "status_on" in said else on
                    statuses[nik].append((day, order, said["status"]))
    counted: Counter[str] = Counter()
    for nik, here in home.items():
        if not here or nik in dead or nik in foreign:
            continue
        counted["population"] += 1
        if adult_on[nik] > until and nik not in married:
            continue
        orders = [recording.fold(raw) for _, _, raw in sorted(statuses[nik])]
        done = bool(orders) and (orders[-1] in recording.COUNTED or bool(recording.ACCEPTED & set(orders)))
        counted["wajib"] += 1
        counted["recorded"] += done
    return counted


def test_the_files_count_exactly_what_was_meant(script: Script) -> None:
    counted = tally(script, musi_rawas.CUT_OFF)
    assert (counted["wajib"], counted["recorded"]) == (SMALL.wajib, SMALL.recorded)


def test_the_stock_of_august_is_met_too(script: Script) -> None:
    counted = tally(script, musi_rawas.AUGUST)
    assert (counted["wajib"], counted["wajib"] - counted["recorded"]) == (SMALL.august_wajib, SMALL.august_remaining)


@pytest.mark.torture
def test_the_full_demo_counts_exactly_what_was_published(tmp_path: Path) -> None:
    script = write_files(tmp_path)
    march, august = tally(script, musi_rawas.CUT_OFF), tally(script, musi_rawas.AUGUST)
    assert (march["wajib"], march["recorded"]) == (293_578, 283_755)
    assert (august["wajib"], august["wajib"] - august["recorded"]) == (284_914, 9_105)


def test_the_same_seed_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_files(tmp_path, small=True)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert all((folder / name).read_bytes() == (tmp_path / name).read_bytes() for name in names if name.endswith("csv"))


def test_another_seed_makes_other_people_and_the_same_totals(tmp_path: Path, folder: Path) -> None:
    script = write_files(tmp_path, small=True, seed=7)
    register = "register-2018-03-28.csv"
    assert (tmp_path / register).read_bytes() != (folder / register).read_bytes()
    assert tally(script, musi_rawas.CUT_OFF)["wajib"] == SMALL.wajib


def test_every_nik_is_valid_and_none_is_a_living_persons(script: Script) -> None:
    niks = []
    for file in script.steps[0].imports:
        for row in read_file(file.path, today=script.steps[0].today, layout=file.layout).rows:
            nik = row.fields["nik"]
            niks.append(nik)
            assert nik_problem(nik) is None
            assert int(nik[12:]) >= 9000
            assert int(row.fields.get("no_kk", "9000")[-4:]) >= 9000
            assert nik_sex(nik) == row.fields["sex"]  # type: ignore[arg-type]
    assert len(set(niks)) == len(niks)


def test_every_file_is_read_without_a_refusal(script: Script) -> None:
    for step in (*script.steps, *script.later):
        for file in step.imports:
            assert read_file(file.path, today=step.today, layout=file.layout).refused == []


def test_households_are_ones_that_could_be(folder: Path) -> None:
    households: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows_of(folder / "register-2018-03-28.csv"):
        households[row["no_kk"]].append(row)
    sizes = [len(members) for members in households.values()]
    assert 2.5 < sum(sizes) / len(sizes) < 4.5
    for members in households.values():
        heads = [row for row in members if row["shdk"] == "kepala keluarga"]
        assert len(heads) <= 1
        for row in members:
            if heads and row["shdk"] == "anak":
                assert row["tgl_lahir"] > heads[0]["tgl_lahir"]


def test_those_left_lie_where_they_lay_and_mostly_in_rompok(script: Script, folder: Path) -> None:
    left = musi_rawas.shares(REMAINING_AUGUST, SMALL.remaining)
    assert sum(left) == SMALL.remaining
    assert max(zip(left, REMAINING_AUGUST, strict=True))[1] == "Muara Lakitan"
    rows = rows_of(folder / "register-2018-03-28.csv")
    adults = [row for row in rows if row["tgl_lahir"] < "2001-03-28" and row["kewarganegaraan"] != "WNA"]
    unrecorded = [row for row in adults if not row["status_rekam"]]
    in_rompok = [row for row in unrecorded if row["dusun"].startswith("Rompok")]
    assert len(in_rompok) / len(unrecorded) > 0.3
    assert len(in_rompok) / len(unrecorded) > 3 * len([r for r in adults if r["dusun"].startswith("Rompok")]) / len(
        adults
    )
    assert script.steps[0].close_on == musi_rawas.BEGINNING


def test_all_villages_have_people_and_the_totals_are_the_published_ones(folder: Path) -> None:
    villages = musi_rawas.villages()
    assert len(villages) == 199
    assert len({village.district for village in villages}) == 14
    assert Counter(village.kind for village in villages) == {"desa": 186, "kelurahan": 13}
    assert Totals(402_580, 293_578, 283_755, 284_914, 9_105) == FULL
    assert sum(REMAINING_AUGUST.values()) == 9_105
    assert FULL.remaining == 9_823
    frozen = rows_of(folder / "dkb-2018-S1.csv")
    assert len(frozen) == 199
    assert all(int(row["wajib_ktp"]) > 0 for row in frozen)
