"""The trend: each closed 28th as it was closed, today as known now, jumps told apart from work."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.settings import set_setting
from jemput.actions.take_events import take_totals
from jemput.domain import facts
from jemput.domain.places import parent
from jemput.domain.rows import Row
from jemput.queries import coverage, trend
from jemput.queries.coverage import Denominator
from jemput.queries.office import office as office_now
from jemput.queries.trend import Count
from jemput.store import bulk
from jemput.store.chain import Origin
from tests.builders import (
    ADI,
    BUDI,
    CUT_OFF,
    NEXT_DOOR,
    RINA,
    RULE,
    SITI,
    TODAY,
    TUGUMULYO,
    close,
    event,
    happen,
    office_on,
    person,
    take,
    view,
)

FEBRUARY = date(2019, 2, 28)


def seen(area: int | None = None, denominator: Denominator = "live", *, rule=RULE) -> list[Count]:
    live = view(TODAY, "now", rule=rule)
    figures = coverage.total(coverage.villages(live, area, rule_in_force=rule))
    return trend.trend(area, live=live, figures=figures, denominator=denominator)


def told(counts: list[Count]) -> list[tuple[date, int, int, bool]]:
    return [(one.at.on, one.id_obligated, one.remaining, one.is_live) for one in counts]


@pytest.fixture
def months(office) -> None:
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3, status="BIO_CAPTURED"),
        person(BUDI, row=4),
        person(RINA, row=5, village=NEXT_DOOR),
    )
    close(FEBRUARY)
    happen(event(facts.REKAM, BUDI, "2019-03-05", status="BIO_CAPTURED"), today=CUT_OFF)
    close(CUT_OFF)


def test_every_closed_28th_stands_with_its_own_figures_and_the_live_count_is_last(months):
    happen(event(facts.MATI, RINA, "2019-04-01"))
    assert told(seen()) == [(FEBRUARY, 4, 2, False), (CUT_OFF, 4, 1, False), (TODAY, 3, 0, True)]


def test_what_is_learnt_later_moves_no_closed_count(months):
    happen(event(facts.MATI, RINA, "2019-02-01"))
    assert told(seen())[:2] == [(FEBRUARY, 4, 2, False), (CUT_OFF, 4, 1, False)]


def test_an_area_has_its_own_trend(months):
    village = int(NEXT_DOOR.replace(".", ""))
    assert [one.id_obligated for one in seen(village)] == [1, 1, 1]
    assert [one.id_obligated for one in seen(parent(village))] == [4, 4, 4]
    assert [one.id_obligated for one in seen(9999)] == [0, 0, 0]


def test_what_the_centre_cleansed_is_told_beside_the_count_it_moved(months):
    happen(event(facts.KONSOLIDASI_REMOVED, RINA, "2019-03-30"))
    assert [one.cleansed for one in seen()] == [0, 0, -1]


def test_a_cleansing_learnt_later_is_told_where_it_was_learnt(months):
    happen(event(facts.KONSOLIDASI_REMOVED, RINA, "2019-02-01"))
    assert [one.cleansed for one in seen()] == [0, 0, -1]


def test_the_frozen_denominator_is_the_one_known_at_each_count(months):
    rows = [Row("", 2, {"on": "2019-03-28", "village": TUGUMULYO, "semester": "2019-1", "id_obligated": "10"})]
    take_totals(rows, office=office_on(TODAY), origin=Origin("dkb"))
    counts = seen(denominator="dkb")
    assert [one.frozen for one in counts] == [None, None, 10]
    assert [one.refrozen for one in counts] == [False, False, True]
    assert not any(one.refrozen for one in seen())
    assert counts[-1].remaining == 7


def test_a_change_of_the_rule_is_told(months):
    set_setting("count_blocked", "no")
    assert [one.rule_changed for one in seen(rule=office_now().rule)] == [False, False, True]


def test_before_the_first_closing_there_is_only_today(office):
    take(person(ADI))
    assert told(seen()) == [(TODAY, 1, 1, True)]


def test_cleansings_are_found_by_their_own_index(sqlite_office):
    take(person(ADI))
    plan = bulk.select(
        "EXPLAIN QUERY PLAN SELECT on_day, batch, sum(id_obligated) FROM movement WHERE cause IN"
        " ('konsolidasi_added', 'konsolidasi_merged', 'konsolidasi_removed') AND village BETWEEN 10 AND 20 GROUP BY 1, 2"
    )
    assert "movement_cleansed" in str(plan)
    assert trend.CLEANSING == (facts.KONSOLIDASI_ADDED, facts.KONSOLIDASI_MERGED, facts.KONSOLIDASI_REMOVED)
