"""A day as the province is told of it, and the same day asked for later."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.domain import facts
from jemput.domain.problems import Refused
from jemput.queries import daily
from jemput.queries.daily import Daily, Recorded
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    RINA,
    SITI,
    TODAY,
    close,
    event,
    happen,
    newcomer,
    office_on,
    person,
    take,
)


@pytest.fixture
def day(office) -> None:
    """A closed 28th, and a day on which two are recorded, one told late, one arrives and one dies."""
    take(person(ADI, status="PRR"), person(SITI, row=3), person(BUDI, row=4), person(ANI, row=5))
    close(CUT_OFF)
    happen(
        event(facts.REKAM, SITI, "2019-04-02", status="BIO_CAPTURED", recorded_at="16.05.01"),
        event(facts.REKAM, ANI, "2019-04-01", row=3, status="BIO_CAPTURED"),
        event(facts.REKAM, BUDI, "2019-04-02", row=4, status="DUPLICATE_RECORD"),
        newcomer(facts.DATANG, RINA, "2019-04-02", row=5),
        event(facts.MATI, BUDI, "2019-03-30", row=6),
        today=TODAY,
    )


def made(on: date = TODAY, area: int | None = None, today: date = TODAY) -> Daily:
    return daily.daily(on, area, office_on(today))


def test_a_day_tells_what_was_recorded_and_what_was_told_late(day) -> None:
    found = made()
    assert found.recorded == Recorded(today=1, earlier=1, here=1)
    assert [(event.cause, event.learnt, event.late) for event in found.events] == [
        (facts.LAHIR, 0, 0),
        (facts.MATI, 1, 1),
        (facts.PINDAH, 0, 0),
        (facts.DATANG, 1, 0),
    ]
    assert [(title.en, many) for title, many in found.statuses] == [("captured", 2)]


def test_a_day_has_the_live_number_the_official_one_and_the_day_before(day) -> None:
    found = made()
    assert (found.figures.id_obligated, found.figures.recorded, found.figures.unrecorded) == (3, 2, 1)
    assert (found.day_before.id_obligated, found.day_before.unrecorded) == (3, 2)
    assert found.official
    tie, figures = found.official
    assert (tie.on, tie.is_closed, figures.unrecorded) == (CUT_OFF, True, 2)


def test_a_day_reads_the_same_whatever_is_told_later(day) -> None:
    before = made()
    happen(event(facts.REKAM, RINA, "2019-04-02", status="PRR"), today=date(2019, 4, 3))
    assert made(today=date(2019, 4, 3)) == before


def test_a_day_of_a_district_is_that_districts(day) -> None:
    found = made(area=160502)
    assert (found.figures.population, found.recorded, found.statuses, found.districts) == (0, Recorded(), (), ())
    assert [one.area for one in made(area=160501).districts] == [160501]


def test_a_day_before_the_first_closed_count_has_no_official_number(day) -> None:
    assert made(date(2019, 3, 1)).official is None


def test_a_day_to_come_is_refused(day) -> None:
    with pytest.raises(Refused) as refused:
        made(date(2019, 4, 3))
    assert refused.value.problems[0].kind.code == "report_day_to_come"
