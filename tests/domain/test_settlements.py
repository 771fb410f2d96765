"""Settlements: what keeps one out, and which two may be one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.places import Point
from jemput.domain.settlements import (
    ALIKE,
    SETTLEMENT_KINDS,
    Spot,
    core_words,
    likely_duplicates,
    likeness,
    maybe_one,
    metres_between,
    names_settlement,
    same_name,
    settlement_problems,
)

GOOD: dict[str, Any] = {"kind": "rompok", "name": "Blok C", "lat": -3.2, "lng": 102.9, "estimated_people": 15}


@pytest.mark.parametrize("kind", SETTLEMENT_KINDS)
def test_a_settlement_needs_no_point_and_no_estimate(kind: str) -> None:
    assert settlement_problems(**GOOD | {"kind": kind}) == []
    assert settlement_problems(**GOOD | {"kind": kind, "lat": None, "lng": None, "estimated_people": None}) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "kota"}, "settlement_kind_unknown"),
        ({"name": "  "}, "settlement_nameless"),
        ({"name": "-"}, "settlement_nameless"),
        ({"lng": None}, "point_half"),
        ({"lat": None}, "point_half"),
        ({"lat": 102.9, "lng": -3.2}, "outside_indonesia"),
        ({"estimated_people": -1}, "people_negative"),
    ],
)
def test_what_keeps_a_settlement_out(said: dict[str, object], code: str) -> None:
    assert [problem.kind.code for problem in settlement_problems(**GOOD | said)] == [code]


def test_everything_wrong_with_a_settlement_is_said_at_once() -> None:
    found = settlement_problems(kind="", name="", lat=1.0, lng=None, estimated_people=-3)
    assert len(found) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rompok Blok C", "BLOK C"),
        ("Rompok Blok 3", "rompok blok III"),
        ("Bukit Ulu", "Rompok Bukit Hulu"),
        ("Rompok Air Kati", "ROMPOK AIR KATTI"),
        ("Dusun 1", "Dsn I"),
        ("Sungai Pinang", "S. Pinang"),
        ("Kamp Afdeling IV", "Afd. 4"),
    ],
)
def test_one_name_however_it_is_written_is_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE
    assert likeness(other, one) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rompok Blok C", "Rompok Blok D"),
        ("Dusun I", "Dusun II"),
        ("Talang Jaya", "Talang Tengah"),
        ("Talang Jaya", "Talang Jaya 2"),
        ("Rompok Sungai Pinang", "Rompok Pinang Merah"),
        ("Afdeling 4", "Afdeling 5"),
    ],
)
def test_a_letter_or_a_number_of_its_own_tells_two_places_apart(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE
    assert not same_name(one, other)


def test_names_alike_may_lie_a_walk_apart_and_one_spot_may_have_two_names() -> None:
    here = Spot(1, 7, "Blok C", Point(-3.2, 102.9))
    assert maybe_one(here, Spot(2, 7, "Rompok Blok C", Point(-3.215, 102.9)))
    assert maybe_one(here, Spot(2, 7, "Rompok Blok C", Point(-3.24, 102.9))) is None
    assert maybe_one(here, Spot(2, 7, "Umbul Pak Raji", Point(-3.2005, 102.9)))
    assert maybe_one(here, Spot(2, 7, "Rompok Blok C", None))
    assert maybe_one(here, Spot(2, 7, "Umbul Pak Raji", None)) is None
    assert maybe_one(here, Spot(2, 8, "Rompok Blok C", Point(-3.2, 102.9))) is None, "another village"


def test_the_reason_says_which_of_the_two_it_was() -> None:
    one, two = Spot(1, 7, "Blok C", Point(-3.2, 102.9)), Spot(2, 7, "Umbul", Point(-3.2001, 102.9))
    [pair] = likely_duplicates([two, one])
    assert (pair.first, pair.second, pair.metres) == (1, 2, 11)
    assert "11 m" in pair.why.id


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between(Point(-3.0, 103.0), Point(-4.0, 103.0)) == pytest.approx(111_195, abs=5)


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        ("Rompok Blok C", "Blok C", True),
        ("KEBUN PT SAWIT BLOK C RT 1", "Rompok Blok C", True),
        ("Dusun I", "Dusun I", True),
        ("DSN 1 RT 003", "Dusun I", True),
        ("Dusun II", "Dusun I", False),
        ("Dusun I", "Rompok I", False),
        ("Jalan Blok Cempaka", "Blok C", False),
        ("", "Blok C", False),
        ("Dusun I", "", False),
    ],
)
def test_an_address_names_a_settlement_by_whole_words(text: str, name: str, *, is_named: bool) -> None:
    assert names_settlement(text, name) == is_named


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_both_ways_and_never_fails(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, one) in {0, 100} or not core_words(one)
    names_settlement(one, other)
