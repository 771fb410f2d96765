"""The sweep of an area: everybody the count calls unrecorded, with the villages' words, past outcomes and what a place has."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jemput import settings
from jemput.domain import facts
from jemput.domain.coverage import Rule
from jemput.domain.facts import NewFact
from jemput.queries import coverage, people
from jemput.queries.backlog import among, backlog
from jemput.queries.office import office as office_now
from jemput.queries.sweep import Sweep, calendar, sweep
from jemput.store import bulk
from jemput.store.connect import use_database
from jemput.store.models import PersonWord, Proposal, Setting, Settlement, Visit, VisitPerson, VisitVillage
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    LAKITAN,
    NAMES,
    NEXT_DOOR,
    RINA,
    SITI,
    TODAY,
    append,
    event,
    happen,
    office_on,
    person,
    take,
    view,
)

HERE, THERE = 1605012003, 1605012004
NOW = datetime(2019, 4, 1, 3, 0, tzinfo=UTC)
ELECTION = date(2020, 5, 20)
OLD = "1949-04-02"


@pytest.fixture
def village(office) -> None:
    """Adi recorded; Siti, Budi and Rina left, Budi blocked, Rina next door; Ani is 15."""
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3, dusun="Dusun I", rt="001", rw="002"),
        person(BUDI, row=4, dusun="Dusun II"),
        person(ANI, row=5),
        person(RINA, row=6, village=NEXT_DOOR),
    )
    happen(event(facts.BLOCKED, BUDI, "2019-03-01"), today=date(2019, 3, 5))


def number_of(who: str) -> int:
    found = people.people(view(TODAY), None, "population", rule_in_force=Rule())
    return next(one.id for one in found if one.name == NAMES[who])


def swept(area: int | None = 1605, on: date = TODAY, **more: object) -> Sweep:
    return sweep(area, view(on), office_on(TODAY), **more)


def one(who: str, found: Sweep | None = None):
    return next(left for left in (found or swept()).people if left.name == NAMES[who])


def visited(
    *outcomes: tuple[str, str], on: date = date(2019, 2, 12), village: int = HERE, state: str = "done"
) -> Visit:
    visit = Visit.objects.create(
        place_kind="village", village=village, on=on, state=state, made_at=NOW, made_by="kabid"
    )
    for who, outcome in outcomes:
        VisitPerson.objects.create(visit=visit, person=number_of(who), outcome=outcome)
    return visit


def said(who: str, word: str, *, key: str = "k1", at: datetime = NOW, on: date | None = None) -> None:
    PersonWord.objects.create(
        person=number_of(who), village=HERE, word=word, channel="page", said_by="kadus", said_at=at, key=key, on=on
    )


def test_the_list_holds_exactly_the_unrecorded_by_village_dusun_and_name(village):
    assert [left.name for left in swept().people] == [NAMES[SITI], NAMES[BUDI], NAMES[RINA]]
    assert [left.name for left in swept(THERE).people] == [NAMES[RINA]]
    siti = one(SITI)
    assert (siti.village, siti.dusun, siti.rt, siti.rw, siti.since) == (HERE, "Dusun I", "001", "002", date(2019, 1, 2))
    assert siti.groups == ("all", "ordinary")
    assert one(BUDI).groups == ("all", "blocked")


def test_blocked_people_stay_on_a_list_of_their_own_where_the_rule_does_not_count_them(village):
    rule = Rule(count_blocked=False)
    found = sweep(1605, view(TODAY, rule=rule), office_on(TODAY))
    assert [left.name for left in found.people if left.is_counted] == [NAMES[SITI], NAMES[RINA]]
    assert one(BUDI, found).groups == ("blocked",)


def test_a_pemula_due_before_the_election_stands_apart_with_the_day(village):
    assert NAMES[ANI] not in [left.name for left in swept().people]
    Setting.objects.create(name="election_on", value=ELECTION.isoformat())
    ani = one(ANI)
    assert (ani.groups, ani.since, ani.is_counted, ani.votes_first) == (("pemula",), date(2020, 5, 17), False, True)
    assert not one(SITI).votes_first
    Setting.objects.update(value="2019-03-01")
    assert calendar(office_on(TODAY)).election is None


def test_the_last_word_of_the_village_is_told_and_a_word_about_the_record_leaves_no_chance(village):
    said(SITI, "died", key="k1", at=NOW - timedelta(days=2))
    assert one(SITI).chance is None
    assert one(SITI).groups == ("all", "settle")
    said(SITI, "ill", key="k2", on=date(2019, 3, 30))
    assert one(SITI).word == ("ill", date(2019, 3, 30), "page")
    assert one(SITI).groups == ("all", "vulnerable")


def test_whoever_was_missed_twice_since_they_were_met_is_repeatedly_not_found(village):
    visited((SITI, "absent"), on=date(2019, 1, 20))
    visited((SITI, "not_found"), on=date(2019, 2, 20))
    assert one(SITI).outcome == ("not_found", date(2019, 2, 20), 2)
    assert "not_found" in one(SITI).tags
    visited((SITI, "refused"), on=date(2019, 3, 20))
    assert one(SITI).outcome == ("refused", date(2019, 3, 20), 0)
    assert "not_found" not in one(SITI).tags


def test_outcomes_teach_the_chance_of_people_alike_also_of_those_recorded_since(village):
    before = one(RINA).chance
    assert before.learnt == 0
    visited((SITI, "recorded"), (BUDI, "absent"), on=date(2019, 3, 20))
    happen(event(facts.REKAM, SITI, "2019-03-20", status="PRR"))
    after = one(RINA).chance
    assert (after.tried, after.learnt, after.met) == (2, 2, 5.0)
    assert one(BUDI).chance is not after
    assert one(BUDI).chance.tried == 0


def test_an_outcome_of_somebody_who_was_never_left_teaches_nothing(village):
    visited((ADI, "absent"), on=date(2019, 3, 20))
    assert one(RINA).chance.learnt == 0


def test_outcomes_of_long_ago_and_of_days_to_come_teach_nothing(village):
    visited((SITI, "absent"), on=date(2015, 3, 20))
    visited((SITI, "absent"), on=date(2019, 5, 20), state="draft")
    assert one(SITI).outcome is None


def test_a_place_knows_its_rompok_its_last_visit_and_the_next_one(village):
    for kind, people_there in (("rompok", 30), ("camp", 12), ("dusun", 400)):
        Settlement.objects.create(kind=kind, name=kind, village=HERE, estimated_people=people_there)
    Settlement.objects.create(kind="rompok", name="x", village=HERE, estimated_people=9, uninhabited_on=TODAY)
    visited((SITI, "absent"), on=date(2019, 1, 12))
    visited((SITI, "absent"), (BUDI, "absent"), on=date(2019, 2, 12))
    undated = visited(on=None, state="draft")
    dated = visited(on=date(2019, 4, 9), state="asked")
    visited(on=date(2019, 4, 20), state="confirmed")
    visited(on=date(2019, 4, 8), state="cancelled")
    VisitVillage.objects.create(visit=dated, village=THERE)
    around = {place.number: place.around for place in swept(levels=["desa"]).places}
    assert (around[HERE].rompok, around[HERE].rompok_people) == (2, 42)
    assert (around[HERE].last.on, around[HERE].last.outcomes) == (date(2019, 2, 12), {"absent": 2})
    assert around[HERE].planned == around[THERE].planned == (dated.pk, date(2019, 4, 9))
    dated.delete()
    assert {place.number: place.around for place in swept(levels=["desa"]).places}[HERE].planned[0] != undated.pk


def test_a_view_of_another_day_has_the_status_and_village_of_that_day(village):
    happen(
        event(facts.REKAM, SITI, "2019-03-30", status="PRR"),
        event(facts.RESIDENCE_CHANGED, BUDI, "2019-03-30", row=3, village=LAKITAN),
    )
    assert NAMES[SITI] not in [left.name for left in swept().people]
    before = swept(on=date(2019, 3, 29))
    assert (one(SITI, before).status, one(BUDI, before).village, one(BUDI).village) == (None, HERE, 1605021019)
    assert one(BUDI).since == date(2019, 3, 30)


def test_somebody_the_register_no_longer_names_is_told_as_the_view_knew_them(village):
    rina = number_of(RINA)
    for place in [row[0] for row in bulk.select("SELECT place FROM fact WHERE person = %s", [rina])]:
        append(NewFact(f"undo-{place}", facts.REVERSED, TODAY, rina, {"reason": "salah"}, reverses=place))
    assert NAMES[RINA] not in [left.name for left in swept().people]
    found = sweep(1605, view(date(2019, 3, 28), date(2019, 3, 28)), office_on(TODAY))
    assert one(RINA, found).village == THERE


@pytest.mark.parametrize("levels", [("kecamatan",), ("dusun", "desa")])
def test_only_the_levels_asked_for_are_told(village, levels):
    assert {place.level for place in swept(levels=levels).places} == set(levels)


def test_on_the_demo_the_list_is_the_count_of_every_view_person_for_person(small_demo: Path):
    use_database(settings.database("", small_demo))
    here = office_now()
    views = [coverage.view(closing.on, as_known=None, rule=here.rule) for closing in coverage.closings()[-3:]]
    views += [
        coverage.view(here.today, as_known="now", rule=here.rule),
        coverage.view(date(2019, 2, 10), as_known="now", rule=here.rule),
        coverage.view(date(2019, 2, 10), as_known=date(2019, 2, 20), rule=here.rule),
    ]
    for at in views:
        counted = people.people(at, here.area, "unrecorded", rule_in_force=here.rule)
        found = [left for left in sweep(here.area, at, here).people if left.is_counted]
        assert [(left.person, left.village, left.dusun, left.name) for left in found] == [
            (counted_one.id, counted_one.village, counted_one.dusun, counted_one.name) for counted_one in counted
        ]
        figures = coverage.total(coverage.villages(at, here.area, rule_in_force=here.rule))
        assert len(found) == figures.unrecorded


def test_a_word_that_was_found_untrue_counts_no_more_and_the_backlog_is_the_same_either_way(village):
    said(SITI, "died")
    assert among(1605, swept().people) == backlog(1605, view(TODAY), office_on(TODAY))
    assert among(1605, swept().people).lines["died"] == 1
    proposal = Proposal.objects.create(
        key="p", kind="gone", village=HERE, on=TODAY, said={}, evidence={}, source="x", answer="reject", proposed_at=NOW
    )
    PersonWord.objects.update(proposal=proposal)
    assert one(SITI).word is None
    assert among(1605, swept().people) == backlog(1605, view(TODAY), office_on(TODAY))
    assert among(1605, swept().people).lines["no_word"] == 2


def test_whoever_was_recorded_and_failed_stands_on_the_list_since_the_failure(village):
    happen(event(facts.REKAM, SITI, "2019-03-06", status="BIO_CAPTURED"), today=date(2019, 3, 6))
    assert NAMES[SITI] not in [left.name for left in swept().people]
    happen(event(facts.REKAM, SITI, "2019-03-20", status="ENROLL_FAILURE_AT_CENTRAL"), today=date(2019, 3, 20))
    assert (one(SITI).since, one(SITI).has_failed) == (date(2019, 3, 20), True)
    before = swept(on=date(2019, 1, 20))
    assert (one(SITI, before).since, one(SITI, before).has_failed) == (date(2019, 1, 2), False)
