"""The number: any day, any area, as known on any day, as closed, and against the frozen DKB."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jemput.domain import facts
from jemput.domain.coverage import Figures, Rule
from jemput.queries import coverage
from jemput.queries.coverage import Coverage
from jemput.store import bulk
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    LAKITAN,
    NEXT_DOOR,
    RULE,
    SITI,
    STRANGER,
    TODAY,
    close,
    count,
    event,
    happen,
    nik,
    person,
    said_of,
    take,
    view,
)

FEBRUARY = date(2019, 2, 28)


@pytest.fixture
def story(office) -> None:
    """January: four people. Closed in February and March; in April the office learns what happened before."""
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3, village=NEXT_DOOR, status="BIO_CAPTURED"),
        person(BUDI, row=4, village=LAKITAN),
        person(ANI, row=5, born_on="2002-03-28"),
    )
    close(FEBRUARY)
    happen(event(facts.REKAM, BUDI, "2019-03-05", status="BIO_CAPTURED"), today=date(2019, 3, 6))
    close(CUT_OFF)
    happen(
        event(facts.MATI, ADI, "2019-02-20"),
        event(facts.REKAM, ANI, "2019-03-27", row=3, status="PRR", recorded_at="16.05"),
    )


def test_the_numbers_of_the_first_published_28th_hold():
    march = Coverage(1605, Figures(population=402_600, id_obligated=293_578, recorded=283_755))
    assert march.unrecorded == 9_823
    assert march.percent == Decimal("96.65")


def test_a_closed_28th_answers_as_closed_and_as_known_now_when_asked(story):
    assert count(CUT_OFF, None) == Figures(population=4, id_obligated=4, recorded=3, recorded_here=3)
    assert count(CUT_OFF, "now") == Figures(population=3, id_obligated=3, recorded=3, recorded_here=3)
    assert view(CUT_OFF, None).closing is not None
    assert view(CUT_OFF, "now").closing is None


def test_a_day_that_was_not_closed_answers_as_known_now(story):
    assert view(TODAY, None) == view(TODAY, "now")
    assert view(TODAY, None).known_on == TODAY


def test_as_known_on_a_day_is_what_had_been_learnt_by_its_end(story):
    assert count(FEBRUARY, date(2019, 3, 27)).population == 4
    assert count(FEBRUARY, TODAY - timedelta(days=1)).population == 4
    assert count(FEBRUARY, TODAY).population == 3
    assert count(CUT_OFF, date(2019, 3, 5)).recorded == 2
    assert count(CUT_OFF, date(2019, 3, 6)).recorded == 3
    assert count(CUT_OFF, date(2018, 12, 31)) == Figures()
    assert view(CUT_OFF, date(2019, 3, 5)).known_on == date(2019, 3, 5)


def test_as_known_on_the_closing_day_is_what_was_closed(story):
    for on in (FEBRUARY, CUT_OFF):
        assert count(on, on) == count(on, None)


def test_a_day_ahead_counts_who_will_be_seventeen_by_then(story):
    assert count(date(2019, 3, 27)).id_obligated == 2
    assert count(CUT_OFF).id_obligated == 3


def test_an_area_of_any_level_counts_what_lies_in_it_and_villages_add_up(story):
    at = view(CUT_OFF, None)
    whole = coverage.total(coverage.villages(at, None, rule_in_force=RULE))
    assert coverage.total(coverage.villages(at, 16, rule_in_force=RULE)) == whole
    assert coverage.total(coverage.villages(at, 1605, rule_in_force=RULE)) == whole
    parts = [coverage.total(coverage.villages(at, area, rule_in_force=RULE)) for area in (160501, 160502)]
    assert parts[0] + parts[1] == whole
    villages = coverage.villages(at, None, rule_in_force=RULE)
    assert list(villages) == [1605012003, 1605012004, 1605021019]
    assert coverage.villages(at, 1605012004, rule_in_force=RULE) == {1605012004: villages[1605012004]}
    assert coverage.villages(at, 1673, rule_in_force=RULE) == {}


def test_villages_group_into_kecamatan(story):
    by_village = coverage.villages(view(CUT_OFF, None), None, rule_in_force=RULE)
    grouped = coverage.grouped(by_village, 6)
    assert {area: figures.id_obligated for area, figures in grouped.items()} == {160501: 3, 160502: 1}
    assert coverage.grouped(by_village, 10) == by_village
    assert coverage.total(grouped) == coverage.total(by_village)


def test_what_an_office_or_kecamatan_recorded_is_counted_in_its_area_only(story):
    take_here = event(facts.REKAM, STRANGER, "2019-04-01", **said_of(STRANGER), status="PRR", recorded_at="16.05.02")
    happen(take_here)
    assert count(area=160502).recorded_here == 2
    assert count(area=160501).recorded_here == 1
    assert count(area=1605).recorded_here == count().recorded_here == 4, "Ani was recorded at the office itself"
    assert count(area=1605012003).recorded_here == 0


@pytest.mark.parametrize("as_known", [date(2019, 1, 2), date(2019, 3, 6), CUT_OFF, TODAY])
def test_four_ways_give_one_count_on_any_day(story, as_known):
    for on in (date(2018, 12, 31), date(2019, 1, 2), FEBRUARY, date(2019, 3, 27), CUT_OFF, TODAY, date(2025, 1, 1)):
        at = view(on, as_known)
        fast = coverage.villages(at, None, rule_in_force=RULE)
        assert fast == coverage.summed(at, None) == coverage.recount(at, None)


def test_another_rule_than_the_one_in_force_is_recounted(story):
    strict = Rule(counted=frozenset({6, 13, 14, 15, 16}))
    at = view(TODAY, rule=strict)
    assert coverage.total(coverage.villages(at, None, rule_in_force=RULE)).recorded == 1
    assert count(TODAY).recorded == 3


def test_closings_of_another_rule_are_no_base_for_a_count(story):
    bulk.execute("DELETE FROM movement")
    bulk.execute("DELETE FROM tally")
    lenient = Rule(count_blocked=False)
    assert coverage.villages(view(TODAY, rule=lenient), None, rule_in_force=lenient) == {}, (
        "nothing but movements is left"
    )
    assert coverage.villages(view(CUT_OFF, CUT_OFF), None, rule_in_force=RULE) != {}, "the closed 28th is the base"


def test_over_a_hundred_percent_appears_against_what_was_recorded_here_and_is_not_clipped(office):
    take(person(ADI, status="PRR", recorded_at="16.05"))
    happen(
        *(
            event(facts.REKAM, who, "2019-03-01", row=row, **said_of(who), status="PRR", recorded_at="16.05")
            for row, who in enumerate([STRANGER, nik("1985-02-03", 9007, area="167301")], 2)
        )
    )
    figures = count(area=1605)
    assert (figures.id_obligated, figures.recorded, figures.recorded_here) == (1, 1, 3)
    assert figures.unrecorded == 0


def test_against_a_frozen_dkb_that_is_too_small_the_rest_is_negative_and_the_percentage_over_a_hundred():
    against = Coverage(1605, Figures(population=9, id_obligated=9, recorded=7), dkb=5)
    assert (against.id_obligated, against.unrecorded, against.percent) == (5, -2, Decimal("140.00"))
    live = Coverage(1605, Figures(population=9, id_obligated=9, recorded=7))
    assert (live.id_obligated, live.unrecorded, live.percent) == (9, 2, Decimal("77.78"))


def test_of_an_area_without_wajib_ktp_there_is_no_percentage():
    assert Coverage(None, Figures(population=3)).percent is None
    assert Coverage(None, Figures(population=3), dkb=0).percent is None


def test_an_office_that_knows_nothing_counts_nobody(office):
    assert count() == Figures()
    assert coverage.villages(view(TODAY, None), 1605, rule_in_force=RULE) == {}
    assert coverage.dkb(view(TODAY), None) is None
    assert coverage.closings() == []
