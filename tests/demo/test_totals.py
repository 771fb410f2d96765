"""The published figures, counted out of the files by a rule of the test's own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from jemput.demo.files import write_files
from jemput.demo.musi_rawas import (
    AUGUST,
    BEGINNING,
    CUT_OFF,
    FULL,
    REMAINING_AUGUST,
    SMALL,
    TODAY,
    Totals,
    shares,
    villages,
)
from tests.demo.tally import Tally, born, read_tally, residents, totals


def assert_figures(tally: Tally, wanted: Totals) -> None:
    closed = totals(tally, CUT_OFF, CUT_OFF)
    assert (closed["wajib"], closed["recorded"], closed["unrecorded"]) == (
        wanted.wajib,
        wanted.recorded,
        wanted.remaining,
    )
    august = totals(tally, AUGUST, AUGUST)
    assert (august["wajib"], august["unrecorded"]) == (wanted.august_wajib, wanted.august_remaining)


def test_the_small_demo_counts_to_its_figures_in_march_and_in_august(small_tally: Tally) -> None:
    assert (SMALL.wajib, SMALL.recorded, SMALL.remaining) == (7_339, 7_093, 246)
    assert_figures(small_tally, SMALL)


@pytest.mark.parametrize("seed", [1, 3, 5, 7])
def test_the_figures_are_no_accident_of_the_seed(tmp_path: Path, seed: int) -> None:
    write_files(tmp_path, seed=seed, small=True)
    assert_figures(read_tally(tmp_path), SMALL)


def test_those_left_are_spread_over_the_districts_as_on_28_august(small_tally: Tally) -> None:
    left = Counter(
        one.said["village"][:8] for one in residents(small_tally, CUT_OFF, CUT_OFF) if one.wajib and not one.recorded
    )
    wanted = dict(zip(REMAINING_AUGUST, shares(REMAINING_AUGUST, SMALL.remaining), strict=True))
    names = {village.code[:8]: village.district for village in villages()}
    assert {names[code]: number for code, number in left.items()} == wanted


def test_somebody_lives_in_each_of_the_199_villages(small_tally: Tally) -> None:
    lived_in = {one.said["village"] for one in residents(small_tally, CUT_OFF, CUT_OFF)}
    assert lived_in == {village.code for village in villages()}
    assert len(lived_in) == 199


def test_the_wajib_share_of_the_population_is_that_of_an_indonesian_regency(small_tally: Tally) -> None:
    closed = totals(small_tally, CUT_OFF, CUT_OFF)
    assert 0.70 <= closed["wajib"] / closed["population"] <= 0.74


def test_most_of_those_left_live_in_rompok(small_tally: Tally) -> None:
    left = [one for one in residents(small_tally, CUT_OFF, CUT_OFF) if one.wajib and not one.recorded]
    assert 0.55 < sum("rompok" in one.said.get("dusun", "").lower() for one in left) / len(left) < 0.85


def test_about_twenty_people_a_day_turn_17_in_the_year_of_the_full_demo(small_tally: Tally) -> None:
    first, last = (day.replace(year=day.year - 17) for day in (BEGINNING, CUT_OFF))
    turned = sum(first < born(one.said) <= last for one in residents(small_tally, CUT_OFF, CUT_OFF))
    assert 15 <= turned * FULL.population / SMALL.population / 365 <= 25


def test_the_old_are_there(small_tally: Tally) -> None:
    everyone = list(residents(small_tally, CUT_OFF, CUT_OFF))
    old = sum(born(one.said) <= CUT_OFF.replace(year=CUT_OFF.year - 60) for one in everyone)
    assert 0.055 <= old / len(everyone) <= 0.095


def test_what_arrives_after_the_close_changes_the_count_as_known_now_and_not_as_closed(small_tally: Tally) -> None:
    assert totals(small_tally, CUT_OFF, TODAY) != totals(small_tally, CUT_OFF, CUT_OFF)


def test_a_count_as_closed_never_hears_of_what_becomes_known_later(small_tally: Tally) -> None:
    heard = {nik: [told for told in facts if told.known <= CUT_OFF] for nik, facts in small_tally.told.items()}
    undone = {identity: on for identity, on in small_tally.reversed_on.items() if on <= CUT_OFF}
    past = Tally(told=heard, reversed_on=undone)
    assert totals(past, CUT_OFF, CUT_OFF) == totals(small_tally, CUT_OFF, CUT_OFF)


def test_pemula_and_blocked_adults_of_23_and_more_are_there(small_tally: Tally) -> None:
    everyone = list(residents(small_tally, CUT_OFF, CUT_OFF))
    assert any(one.recorded and not one.wajib for one in everyone)
    blocked = [one for one in everyone if one.blocked]
    assert blocked
    assert all(one.wajib and not one.recorded for one in blocked)
    assert all(date.fromisoformat(one.said["born_on"]) <= date(1995, 12, 31) for one in blocked)


@pytest.mark.torture
def test_the_full_demo_counts_to_what_was_published(tmp_path: Path) -> None:
    assert (FULL.wajib, FULL.recorded, FULL.remaining) == (293_578, 283_755, 9_823)
    write_files(tmp_path)
    tally = read_tally(tmp_path)
    assert tally.refused == []
    assert_figures(tally, FULL)
    raw = {
        fact.said["status"].replace("_", " ") for told in tally.told.values() for fact in told if fact.event == "rekam"
    }
    assert raw & {"BIOMETRIC REVIEW 2", "HOLD AT DC"}
