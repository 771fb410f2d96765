"""Verification reads everything, says what does not hold in words, and mends nothing."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.settings import set_setting
from jemput.domain import facts
from jemput.queries import coverage, soundness
from jemput.queries.office import office as office_now
from jemput.store import bulk
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    NEXT_DOOR,
    SITI,
    TODAY,
    close,
    count,
    event,
    everything,
    findings,
    happen,
    nik,
    office_on,
    person,
    take,
    trial,
    view,
)


@pytest.fixture
def story(office) -> None:
    take(person(ADI, status="PRR"), person(SITI, row=3, village=NEXT_DOOR), person(BUDI, row=4), person(ANI, row=5))
    close(date(2019, 2, 28))
    happen(
        event(facts.MATI, BUDI, "2019-03-01", id="E-1"),
        event(facts.REKAM, SITI, "2019-03-02", row=3, status="PRR"),
        today=CUT_OFF,
    )
    close(CUT_OFF)
    happen(event(facts.REVERSED, None, "2019-04-01", reverses="E-1"), event(facts.BLOCKED, BUDI, "2019-04-01", row=3))


def test_an_empty_office_is_sound(office):
    assert findings() == []


def test_a_ledger_with_closings_reversals_and_late_facts_is_sound(story):
    assert findings() == []


def test_verification_changes_nothing(story):
    before = everything()
    findings()
    bulk.execute("UPDATE tally SET recorded = recorded + 1")
    tampered = everything()
    assert findings()
    assert everything() == tampered != before


def test_a_changed_setting_is_no_unsoundness(story):
    for text in ("no", "yes"):
        set_setting("count_blocked", text)
        assert findings(office_now()) == []
    set_setting("counted_statuses", "PRINT_READY_RECORD,CARD_ISSUED")
    assert findings(office_now()) == []


def test_progress_is_told_from_nothing_to_all(story):
    told: list[tuple[str, int, int]] = []
    soundness.findings(office_on(TODAY), lambda *step: told.append(step))
    steps = [step for step in told if step[0] == "verify"]
    assert steps[0][1] == 0
    assert steps[-1][1] == steps[-1][2]
    assert [step[1] for step in steps] == sorted(step[1] for step in steps)
    assert any(stage == "chain" and done == total > 0 for stage, done, total in told)


def test_findings_are_said_in_both_languages(story):
    bulk.execute("UPDATE movement SET recorded = recorded + 1")
    bulk.execute("DELETE FROM person")
    found = soundness.findings(office_on(TODAY), lambda *_: None)
    assert found
    for one in found:
        assert one.id
        assert one.en
        assert one.id != one.en


def test_of_many_broken_facts_twenty_are_spelled_out_and_the_rest_is_counted(office):
    take(*(person(nik("1980-01-01", 9000 + n), row=n) for n in range(1, 61)))
    said = trial("UPDATE fact SET said_by = 'orang lain'", guarded=["fact"])
    spelled = [one for one in said if "chain breaks at place" in one]
    assert len(spelled) == soundness.SHOWN
    assert any("40" in one or "60" in one for one in said if one not in spelled)


def test_a_closed_count_tampered_together_with_its_digest_is_found_by_the_recount(story):
    rows = bulk.select(
        "SELECT village, population, id_obligated, recorded, pemula, blocked, itap, recorded_here FROM closed_figures WHERE on_day = %s",
        [CUT_OFF.toordinal()],
    )
    forged = soundness.figures_digest([(row[0], row[1], row[2], row[3] + 1, *row[4:]) for row in rows])
    said = trial(
        f"UPDATE closed_figures SET recorded = recorded + 1 WHERE on_day = {CUT_OFF.toordinal()}",
        f"UPDATE closing SET digest = '{forged}' WHERE on_day = {CUT_OFF.toordinal()}",
        guarded=["closed_figures", "closing"],
    )
    assert any("2019-03-28" in one and "recount" in one for one in said)


def test_a_village_added_to_a_closed_count_is_found(story):
    said = trial(
        f"INSERT INTO closed_figures VALUES ({CUT_OFF.toordinal()}, 1605029999, 1, 1, 1, 0, 0, 0, 1)",
    )
    assert any("2019-03-28" in one for one in said)


def test_a_balance_that_does_not_foot_is_found(story):
    said = trial(
        "UPDATE closed_figures SET id_obligated = id_obligated + 1, recorded = recorded + 1", guarded=["closed_figures"]
    )
    assert any("closed count" in one for one in said)
    said = trial(
        f"UPDATE closed_figures SET id_obligated = id_obligated + 1 WHERE on_day = {CUT_OFF.toordinal()}",
        guarded=["closed_figures"],
    )
    assert any("balance of id_obligated" in one for one in said)


def test_the_register_says_what_the_facts_say_and_the_counts_follow_from_the_facts_alone(story):
    bulk.execute("DELETE FROM person")
    at = view(TODAY)
    assert coverage.recount(at, None) == coverage.summed(at, None)
    assert count().population == 4
    assert any("register entries" in one for one in findings())
