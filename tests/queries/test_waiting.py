"""What waits: counted in one's own area, and gone once it is done."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.record_claim import record_claims
from jemput.domain import facts
from jemput.domain.claims import Claim
from jemput.queries import waiting
from jemput.queries.printed import printed
from jemput.store import bulk
from tests.builders import (
    ADI,
    BUDI,
    CUT_OFF,
    NEXT_DOOR,
    SITI,
    TODAY,
    append,
    close,
    event,
    happen,
    office_on,
    person,
    proposed,
    registered,
    settle,
    take,
)


def seen(area: int | None = None, today: date = TODAY) -> dict[str, int]:
    return {one.code: one.count for one in waiting.waiting(area, office_on(today))}


def test_where_nothing_waits_nothing_is_said(office):
    take(person(ADI, status="PRR"))
    close(CUT_OFF)
    assert seen() == {}


def test_a_28th_that_went_by_waits_until_it_is_closed(office):
    take(person(ADI, status="PRR"))
    close(CUT_OFF)
    assert seen(today=date(2019, 5, 2)) == {"unclosed": 1}
    first = waiting.waiting(None, office_on(date(2019, 5, 2)))[0]
    assert first.query == {"on": "2019-04-28"}
    close(date(2019, 4, 28), today=date(2019, 5, 2))
    assert seen(today=date(2019, 5, 2)) == {}


def test_proposals_wait_until_they_are_answered(office):
    take(person(ADI, status="PRR"), person(SITI, row=3, status="PRR"))
    take(person(ADI, status="PRR"), today=TODAY)
    assert len(proposed()) == 1
    assert seen() == {"proposals": 1}
    assert seen(1605012003) == {"proposals": 1}
    assert seen(160502) == {}
    settle("error")
    assert seen() == {}


def test_a_recording_waits_after_six_months_and_a_failed_one_at_once(office):
    take(
        person(ADI, status="BIO_CAPTURED", status_on="2018-09-01"),
        person(SITI, row=3, status="SENT_FOR_ENROLLMENT", status_on="2019-03-01"),
        person(BUDI, row=4, status="DUPLICATE_RECORD", village=NEXT_DOOR),
    )
    assert seen() == {"failed": 1, "slow": 1}
    assert seen(1605012004) == {"failed": 1}
    happen(event(facts.MATI, BUDI, "2019-03-30"))
    assert seen() == {"slow": 1}


def test_who_moved_away_or_has_no_status_waits_for_nobody(office):
    take(person(ADI, row=5, status="ADJUDICATE_RECORD"))
    append(registered(1), registered(2, status="XYZ"))
    happen(event(facts.PINDAH, ADI, "2019-03-01", to="Palembang"))
    assert seen() == {}


@pytest.mark.parametrize("area", ["", "16.05"])
def test_a_printed_figure_waits_where_it_differs_from_the_count(office, area):
    take(person(ADI, status="PRR"), person(SITI, row=3))
    close(CUT_OFF)
    right = Claim(id="a", area=area, as_of="2019-03-28", wajib_ktp=2, recorded=1, remaining=1)
    record_claims([right], office=office_on(TODAY))
    assert "printed" not in seen()
    record_claims(
        [Claim(id="b", area=area, as_of="2019-03-28", wajib_ktp=2, recorded=1, remaining=2)], office=office_on(TODAY)
    )
    assert seen()["printed"] == 1
    assert "printed" not in seen(160501)
    assert [(one.claim.id, one.area) for one in printed(office_on(TODAY))] == [("a", 1605), ("b", 1605)]


def test_unsettled_recordings_are_found_by_their_own_index(sqlite_office):
    take(person(ADI))
    plan = bulk.select(
        f"EXPLAIN QUERY PLAN SELECT count(*) FROM person WHERE {waiting.UNSETTLED} AND village BETWEEN 1 AND 9"
    )
    assert "person_unsettled" in str(plan)
