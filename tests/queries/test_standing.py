"""Where an area stands: the closed number and the live one side by side, by either denominator."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jemput.actions.take_events import take_totals
from jemput.domain import facts
from jemput.domain.rows import Row
from jemput.queries import bridge
from jemput.queries.coverage import Denominator
from jemput.queries.standing import Standing, standing
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

CLOCK = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def seen(area: int | None = None, denominator: Denominator = "live", today: date = TODAY) -> Standing:
    return standing(area, office_on(today), denominator=denominator, clock=CLOCK)


@pytest.fixture
def month(office) -> None:
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3),
        person(BUDI, row=4, village=NEXT_DOOR),
        person(RINA, row=5, village=NEXT_DOOR),
    )
    close(CUT_OFF)
    happen(event(facts.REKAM, BUDI, "2019-03-30", status="BIO_CAPTURED"))


def test_the_closed_number_stays_and_the_live_one_moves(month):
    found = seen()
    assert found.closed is not None
    assert (found.closed.at.on, found.closed.whole.unrecorded) == (CUT_OFF, 3)
    assert (found.live.at.on, found.live.whole.unrecorded) == (TODAY, 2)
    assert found.trend[-1].figures == found.live.whole.figures


def test_the_parts_of_a_side_sum_to_the_whole(month):
    live = seen().live
    rows = live.rows(10)
    assert {number: row.unrecorded for number, row in rows.items()} == {1605012003: 1, 1605012004: 1}
    assert sum(row.id_obligated for row in live.rows(6).values()) == live.whole.id_obligated


def test_before_the_first_closing_there_is_no_official_number(office):
    take(person(ADI))
    assert seen().closed is None
    assert seen().live.whole.id_obligated == 1


def test_the_frozen_denominator_is_asked_of_each_side_as_it_knew_it(month):
    rows = [
        Row("", number, {"on": "2019-03-28", "village": village, "semester": "2019-1", "id_obligated": said})
        for number, (village, said) in enumerate(((TUGUMULYO, "10"), (NEXT_DOOR, "1")), 2)
    ]
    take_totals(rows, office=office_on(TODAY), origin=Origin("dkb"))
    found = seen(denominator="dkb")
    assert found.closed is not None
    assert (found.closed.frozen, found.live.frozen_on) == (None, CUT_OFF)
    assert (found.live.whole.id_obligated, found.live.whole.unrecorded) == (11, 9)
    assert {number: row.unrecorded for number, row in found.live.rows(10).items()} == {1605012003: 9, 1605012004: 0}


def test_a_bridge_is_kept_and_made_anew_when_the_ledger_goes_on(month):
    now = view(TODAY)
    first = bridge.kept(view(CUT_OFF, None), now, None, figure="recorded", rule=RULE)
    assert bridge.kept(view(CUT_OFF, None), now, None, figure="recorded", rule=RULE) is first
    assert first == bridge.bridge(view(CUT_OFF, None), now, None, figure="recorded", rule=RULE)
    happen(event(facts.REKAM, SITI, "2019-03-31", row=9, status="BIO_CAPTURED"))
    later = bridge.kept(view(CUT_OFF, None), view(TODAY), None, figure="recorded", rule=RULE)
    assert (first.closing, later.closing) == (2, 3)
    assert bridge.dkb_kept(view(TODAY), None, rule=RULE) is None
