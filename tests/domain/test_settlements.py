"""Settlements: what keeps one out."""

from __future__ import annotations

from typing import Any

import pytest

from jemput.domain.settlements import SETTLEMENT_KINDS, settlement_problems

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
