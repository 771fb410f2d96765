"""Deadlines: the next 28th, those that went by unclosed, the election, and the pace it takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jemput.actions.settings import set_setting
from jemput.domain import facts
from jemput.queries import coverage, deadlines
from jemput.queries.deadlines import Deadlines
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    NEXT_DOOR,
    RULE,
    SITI,
    TODAY,
    close,
    event,
    happen,
    office_on,
    person,
    take,
    view,
)


def seen(today: date = TODAY, area: int | None = None) -> Deadlines:
    live = view(today, "now")
    figures = coverage.total(coverage.villages(live, area, rule_in_force=RULE))
    return deadlines.deadlines(area, office_on(today), live=live, figures=figures)


@pytest.fixture
def months(office) -> None:
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3),
        person(BUDI, row=4, village=NEXT_DOOR),
        person(ANI, row=5, born_on="2002-04-10"),
    )


def test_the_next_28th_and_the_days_to_it(months):
    assert (seen().cut_off, seen().cut_off_days) == (date(2019, 4, 28), 26)


def test_on_the_28th_itself_it_is_today_until_it_is_closed(months):
    close(date(2019, 2, 28))
    assert (seen(CUT_OFF).cut_off_days, seen(CUT_OFF).missing) == (0, (CUT_OFF,))
    close(CUT_OFF)
    assert (seen(CUT_OFF).cut_off, seen(CUT_OFF).missing) == (date(2019, 4, 28), ())


def test_a_28th_that_went_by_unclosed_is_named_but_none_before_the_first_closing(months):
    assert seen(date(2019, 6, 1)).missing == ()
    close(CUT_OFF)
    assert seen(date(2019, 6, 1)).missing == (date(2019, 4, 28), date(2019, 5, 28))


def test_the_pace_is_what_began_to_count_in_four_weeks_net_of_failures(months):
    happen(
        event(facts.REKAM, SITI, "2019-03-10", status="BIO_CAPTURED"),
        event(facts.REKAM, BUDI, "2019-03-05", row=3, status="BIO_CAPTURED"),
    )
    assert (seen().pace.recorded, seen().pace.a_day) == (1, Decimal("0.0"))
    happen(event(facts.REKAM, SITI, "2019-03-20", status="ENROLL_FAILURE_AT_CENTRAL"))
    assert seen().pace.recorded == 0


def test_the_pace_of_an_area_is_its_own(months):
    happen(event(facts.REKAM, BUDI, "2019-03-10", status="BIO_CAPTURED"))
    assert seen(area=1605012004).pace.recorded == 1
    assert seen(area=1605012003).pace.recorded == 0


def test_without_an_election_there_is_none(months):
    assert seen().election is None


def test_whoever_turns_17_before_polling_day_is_among_those_to_be_recorded(months):
    set_setting("election_on", "2019-04-17")
    set_setting("election_source", "PKPU 7/2017")
    found = seen().election
    assert found is not None
    assert (found.days, found.source, found.left_now, found.left_then, found.coming) == (15, "PKPU 7/2017", 2, 3, 1)
    assert found.needed_a_day == 1


def test_once_polling_day_is_there_no_pace_is_told(months):
    set_setting("election_on", "2019-04-02")
    found = seen().election
    assert found is not None
    assert (found.days, found.needed_a_day, found.left_then) == (0, None, 2)


def test_a_polling_day_of_the_past_counts_down_below_zero(months):
    set_setting("election_on", "2019-04-01")
    found = seen().election
    assert found is not None
    assert (found.days, found.needed_a_day) == (-1, None)
