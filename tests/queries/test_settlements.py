"""Who remains in a settlement: named there by the register or by the village's latest word; each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jemput.actions.places import Drawn, import_areas, import_boundaries, import_points
from jemput.actions.settlements import merge_settlements, report_settlement
from jemput.domain.places import AreaPoint, AreaRow, Point
from jemput.queries import coverage, register, settlements
from jemput.queries.settlements import Remaining
from jemput.queries.spots import village_finder
from jemput.store.models import PersonWord
from tests.builders import ADI, BUDI, LIST_DAY, MUSI_RAWAS, RULE, SITI, TODAY, event, happen, office_on, person, take

VILLAGE = 1605012003
HERE = office_on(TODAY)
SAID_AT = datetime(2019, 4, 1, 3, tzinfo=UTC)


@pytest.fixture
def people(office: dict[str, Any]) -> dict[str, int]:
    """Three people of one village who are not recorded, two of whom the register puts into rompok; their numbers by NIK."""
    import_areas(MUSI_RAWAS, valid_from=LIST_DAY, source="Kepmendagri")
    take(
        person(ADI, row=2, dusun="ROMPOK BLOK C"),
        person(SITI, row=3, dusun="Dusun II", address="KEBUN BLOK C RT 1"),
        person(BUDI, row=4, dusun="Dusun II"),
    )
    return {nik: one.id for nik, one in register.by_nik([ADI, SITI, BUDI]).items()}


def report(name: str) -> int:
    return report_settlement(village=VILLAGE, kind="rompok", name=name, office=HERE, by="x")


def remaining() -> dict[int, Remaining]:
    found = settlements.settlements(VILLAGE)
    at = coverage.view(TODAY, as_known="now", rule=RULE)
    return settlements.remaining(found, at, rule_in_force=RULE)


def say(who: int, word: str, settlement: int | None, days: int = 0) -> None:
    PersonWord.objects.create(
        person=who,
        village=VILLAGE,
        word=word,
        settlement_id=settlement,
        channel="page",
        said_by="kades",
        said_at=SAID_AT + timedelta(days=days),
        key=f"{who}-{word}-{days}",
    )


def test_those_are_counted_whose_dusun_or_address_names_the_place(people: dict[str, int]) -> None:
    block_c, block_d = report("Rompok Blok C"), report("Rompok Blok D")
    assert remaining() == {
        block_c: Remaining(frozenset({people[ADI], people[SITI]}), frozenset()),
        block_d: Remaining(frozenset(), frozenset()),
    }


def test_the_latest_word_puts_somebody_there_and_a_later_one_takes_them_away(people: dict[str, int]) -> None:
    block_d = report("Blok D")
    say(people[BUDI], "at_rompok", block_d)
    say(people[ADI], "at_rompok", block_d)
    say(people[ADI], "moved", None, days=1)
    assert remaining()[block_d].told == {people[BUDI]}


def test_each_is_counted_once_and_a_word_for_a_merged_row_counts_where_it_was_merged(people: dict[str, int]) -> None:
    kept, merged = report("Blok C"), report("Umbul Raji")
    say(people[ADI], "at_rompok", merged)
    say(people[BUDI], "at_rompok", merged)
    merge_settlements(kept, merged, office=HERE, by="x")
    assert merged not in remaining()
    assert remaining()[kept].people == {people[ADI], people[SITI], people[BUDI]}
    assert remaining()[kept].told == {people[ADI], people[BUDI]}


def test_whoever_is_recorded_remains_nowhere(people: dict[str, int]) -> None:
    block_c = report("Blok C")
    happen(event("rekam", ADI, "2019-03-01", status="PRR"))
    assert remaining()[block_c].people == {people[SITI]}


# --- which village a spot lies in -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("office")
def test_a_spot_lies_in_the_boundary_around_it_or_near_the_nearest_point() -> None:
    import_areas([*MUSI_RAWAS, AreaRow(1605012005, "Baru")], valid_from=LIST_DAY, source="Kepmendagri")
    square = '{"type":"Polygon","coordinates":[[[102.9,-3.2],[102.95,-3.2],[102.95,-3.25],[102.9,-3.25],[102.9,-3.2]]]}'
    import_boundaries([Drawn(VILLAGE, square, 30.0, -3.22, 102.92)], source="peta")
    import_points([AreaPoint(1605012004, -3.21, 102.96)], source="titik")
    find = village_finder(1605, TODAY)
    assert find(Point(-3.21, 102.94)) == VILLAGE, "inside, though the other's point is nearer"
    assert find(Point(-3.21, 102.97)) == 1605012004
    assert find(Point(-3.9, 103.9)) is None, "too far from everything"
    assert village_finder(160502, TODAY)(Point(-3.21, 102.94)) is None
