"""The 28th is closed once, with the ledger place it was made at, and never changes afterwards."""

from __future__ import annotations

import json
from datetime import date

import pytest

from jemput.actions.close_count import digest_of
from jemput.actions.settings import learn_area, set_setting
from jemput.actions.upkeep import undo_batches
from jemput.domain import facts
from jemput.domain.coverage import FIGURES, Figures, Rule
from jemput.domain.problems import Refused
from jemput.queries import coverage
from jemput.queries.office import office as office_now
from jemput.store import bulk, chain
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    LAKITAN,
    NEXT_DOOR,
    RINA,
    RULE,
    SITI,
    TODAY,
    close,
    count,
    event,
    everything,
    findings,
    happen,
    newcomer,
    office_on,
    person,
    take,
    view,
)

FEBRUARY = date(2019, 2, 28)


@pytest.fixture
def village(office) -> None:
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3, status="BIO_CAPTURED", village=NEXT_DOOR),
        person(BUDI, row=4),
        person(ANI, row=5, village=LAKITAN),
    )


def late() -> None:
    """Let the office learn things that held before the cut-off: a death, a failure, a move, an arrival."""
    happen(
        event(facts.MATI, BUDI, "2019-03-01"),
        event(facts.REKAM, SITI, "2019-03-02", row=3, status="ENROLL_FAILURE_AT_CENTRAL"),
        event(facts.RESIDENCE_CHANGED, ADI, "2019-03-03", row=4, village=NEXT_DOOR),
        newcomer(facts.DATANG, RINA, "2019-03-04", row=5),
        event(facts.KAWIN, ANI, "2019-03-05", row=6),
    )


def test_a_closed_count_keeps_its_figures_its_place_and_its_rule(village):
    end = chain.head()
    closing = close(CUT_OFF)
    assert (closing.on, closing.batch, closing.place, closing.known_on, closing.rule) == (
        CUT_OFF,
        end.batch,
        end.place,
        CUT_OFF,
        RULE,
    )
    assert coverage.closings() == [closing] == [coverage.closing_on(CUT_OFF)]
    assert count(CUT_OFF, None) == Figures(population=4, id_obligated=3, recorded=2, recorded_here=2)
    stored = bulk.select(f"SELECT village, {', '.join(FIGURES)} FROM closed_figures ORDER BY village")
    assert [row[:4] for row in stored] == [(1605012003, 2, 2, 1), (1605012004, 1, 1, 1), (1605021019, 1, 0, 0)]


def test_the_ledger_itself_says_that_and_how_it_was_closed(village):
    head = chain.head().hash.hex()
    closing = close(CUT_OFF)
    rows = bulk.select("SELECT on_day, person, said FROM fact WHERE kind = 'count_closed'")
    assert [row[:2] for row in rows] == [(CUT_OFF.toordinal(), None)]
    said = json.loads(rows[0][2])
    assert said["area"] == "16.05"
    assert said["figures"] == {
        "population": 4,
        "id_obligated": 3,
        "recorded": 2,
        "pemula": 0,
        "blocked": 0,
        "itap": 0,
        "recorded_here": 2,
    }
    assert (said["place"], said["head"], said["digest"]) == (closing.place, head, closing.digest)
    assert Rule.from_json(said["rule"]) == RULE


@pytest.mark.parametrize("on", [date(2019, 3, 27), date(2019, 3, 29), date(2019, 3, 31), date(2019, 3, 1)])
def test_only_a_28th_is_closed(village, on):
    with pytest.raises(Refused) as refused:
        close(on, today=TODAY)
    assert refused.value.problems[0].kind.code == "not_the_28th"
    assert on.isoformat() in refused.value.problems[0].reason("id")


def test_a_day_that_has_not_come_is_not_closed(village):
    with pytest.raises(Refused) as refused:
        close(CUT_OFF, today=date(2019, 3, 27))
    assert refused.value.problems[0].kind.code == "closing_in_the_future"
    assert "2019-03-27" in refused.value.problems[0].reason("en")
    assert coverage.closings() == []


def test_a_count_is_closed_once_and_the_refusal_says_when(village):
    close(CUT_OFF, today=date(2019, 3, 29))
    before = everything()
    with pytest.raises(Refused) as refused:
        close(CUT_OFF, today=TODAY)
    assert refused.value.problems[0].kind.code == "closed_already"
    assert "2019-03-29" in refused.value.problems[0].reason("id")
    assert "--as-known now" in refused.value.problems[0].todo("id")
    assert everything() == before


def test_nobody_is_not_counted(office):
    with pytest.raises(Refused) as refused:
        close(CUT_OFF)
    assert refused.value.problems[0].kind.code == "nobody_to_count"
    assert chain.head().batch == 0


def test_an_office_day_before_the_ledger_closes_nothing(village):
    happen(event(facts.KAWIN, ANI, "2019-03-05"), today=TODAY)
    before = everything()
    with pytest.raises(Refused) as refused:
        close(CUT_OFF, today=CUT_OFF)
    assert refused.value.problems[0].kind.code == "day_backwards"
    assert everything() == before


def test_a_later_fact_never_changes_an_earlier_closed_count(village):
    close(CUT_OFF)
    closed = coverage.villages(view(CUT_OFF, None), None, rule_in_force=RULE)
    late()
    assert coverage.villages(view(CUT_OFF, None), None, rule_in_force=RULE) == closed
    assert coverage.villages(view(CUT_OFF, CUT_OFF), None, rule_in_force=RULE) == closed, "as known then"
    assert count(CUT_OFF) == Figures(population=4, id_obligated=4, recorded=1, recorded_here=1), "as known now"


def test_a_closed_count_is_recounted_from_the_ledger_for_ever(village):
    close(FEBRUARY)
    close(CUT_OFF)
    late()
    for on in (FEBRUARY, CUT_OFF):
        at = view(on, None)
        assert at.closing is not None
        again = coverage.recount(at, None)
        assert again == coverage.villages(at, None, rule_in_force=RULE) == coverage.summed(at, None)
        assert digest_of(again) == at.closing.digest
    assert findings() == []


def test_the_digest_commits_to_every_village(village):
    closing = close(CUT_OFF)
    figures = coverage.villages(view(CUT_OFF, None), None, rule_in_force=RULE)
    assert digest_of(figures) == closing.digest
    assert digest_of(dict(reversed(figures.items()))) == closing.digest
    assert digest_of(figures | {1605012003: Figures(population=9)}) != closing.digest
    assert digest_of({village + 1: one for village, one in figures.items()}) != closing.digest


def test_an_earlier_28th_may_be_closed_after_a_later_one(village):
    close(CUT_OFF)
    late()
    close(FEBRUARY, today=TODAY)
    assert count(FEBRUARY, None) == Figures(population=4, id_obligated=3, recorded=2, recorded_here=2)
    assert count(CUT_OFF, None) == Figures(population=4, id_obligated=3, recorded=2, recorded_here=2)
    for on in (FEBRUARY, CUT_OFF, TODAY, date(2020, 5, 17)):
        at = view(on)
        assert coverage.villages(at, None, rule_in_force=RULE) == coverage.recount(at, None)
    assert findings() == []


def test_closing_counts_what_is_known_at_the_closing_and_not_at_the_28th(village):
    late()
    close(CUT_OFF, today=TODAY)
    assert count(CUT_OFF, None).id_obligated == count(CUT_OFF).id_obligated == 4
    assert count(CUT_OFF, date(2019, 3, 28)).id_obligated == 3


def test_a_closing_stays_when_the_list_behind_it_is_taken_back(village):
    close(CUT_OFF)
    closed = count(CUT_OFF, None)
    undo_batches([1], reason="salah berkas", office=office_on(TODAY))
    assert count(CUT_OFF) == Figures()
    assert count(CUT_OFF, None) == closed
    assert findings() == []


def test_a_closing_keeps_the_rule_it_was_made_by_when_the_settings_change(village):
    happen(event(facts.BLOCKED, BUDI, "2019-03-10"), today=CUT_OFF)
    close(CUT_OFF)
    set_setting("today", "2019-04-02")
    set_setting("count_blocked", "tidak")
    rule = office_now().rule
    assert count(CUT_OFF, None, rule=rule).id_obligated == 3
    assert count(CUT_OFF, "now", rule=rule).id_obligated == 2
    assert findings(office_now()) == []


def test_a_count_of_the_office_without_an_area_is_closed_for_everywhere(office):
    take(person(ADI), here=office_on(date(2019, 1, 2), area=None))
    closing = close(CUT_OFF)
    assert closing.place == 1
    assert count(CUT_OFF, None).id_obligated == 1


def test_the_area_is_learnt_from_the_first_village_and_never_again(office):
    assert office_now().area is None
    learn_area(1605012003, office_now())
    assert office_now().area == 1605
    learn_area(3273012003, office_now())
    assert office_now().area == 1605


def test_the_area_of_a_village_of_any_province_is_its_regency(office):
    learn_area(9109012003, office_now())
    assert office_now().area == 9109
