"""A visit's states and steps, the day a village names, and what keeps a plan out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.outreach import OUTCOMES, VISIT_STATES
from jemput.domain.visits import (
    SAID_OF_PERSON,
    STEPS,
    other_day,
    outcome_problem,
    plan_problems,
    step_problem,
    team_members,
    team_names,
)

TUESDAY = date(2019, 4, 2)
THURSDAY = date(2019, 4, 11)


def test_every_step_leads_from_known_states_to_a_known_one_and_all_but_a_wish_are_reached() -> None:
    for step in STEPS.values():
        assert step.before <= VISIT_STATES.keys()
        assert step.after in VISIT_STATES
    assert {step.after for step in STEPS.values()} == VISIT_STATES.keys()


def test_a_done_visit_is_closed_again_but_never_confirmed_or_cancelled() -> None:
    assert step_problem(7, "done", "close") is None
    for step in ("ask", "confirm", "move", "refuse", "cancel", "plan"):
        found = step_problem(7, "done", step)
        assert found is not None
        assert "7" in found.reason("id")
        assert "selesai" in found.reason("id")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("senin", date(2019, 4, 15)),
        ("KAMIS", date(2019, 4, 18)),
        ("2019-04-20", date(2019, 4, 20)),
        ("5/4/2019", date(2019, 4, 5)),
        ("31/2/2019", None),
        ("sesudah lebaran", None),
        ("", None),
    ],
)
def test_a_weekday_is_the_next_one_after_the_plan_and_words_that_name_no_day_are_none(
    said: str, day: date | None
) -> None:
    assert other_day(said, planned=THURSDAY, today=TUESDAY) == day


def test_a_weekday_is_looked_for_after_today_where_the_plan_went_by_or_there_is_none() -> None:
    assert other_day("selasa", planned=date(2019, 3, 1), today=TUESDAY) == date(2019, 4, 9)
    assert other_day("rabu", planned=None, today=TUESDAY) == date(2019, 4, 3)


@given(st.text(max_size=30))
def test_no_words_of_a_village_break_the_reading_of_a_day(said: str) -> None:
    assert isinstance(other_day(said, planned=THURSDAY, today=TUESDAY), date | None)


def test_a_plan_is_refused_for_all_its_slips_together() -> None:
    found = plan_problems(place_kind="moon", starts="8.00", ends="07.30", sets=0, expected=-1)
    assert [one.column for one in found] == ["place_kind", "ends", "sets", "expected"]
    assert [one.column for one in plan_problems(place_kind="school", starts="x", ends="", sets=1, expected=None)] == [
        "starts"
    ]
    assert plan_problems(place_kind="village", starts="", ends="", sets=3, expected=0) == []


def test_teams_are_compared_by_their_members() -> None:
    assert team_members("Tim 1; Budi,  SITI") == {"tim 1", "budi", "siti"}
    assert team_members("Tim A: Dedi, Yuni") == {"tim a", "dedi", "yuni"}
    assert team_members(" , ") == frozenset()
    assert team_names("Tim A: Dedi, Yuni") == ("Tim A", ["Dedi", "Yuni"])
    assert team_names("Dedi,\nYuni;") == ("", ["Dedi", "Yuni"])


def test_outcomes_that_are_words_of_the_person_go_on_and_the_others_stay() -> None:
    assert {"died", "moved", "recorded_elsewhere", "unknown", "ill", "at_rompok"} == SAID_OF_PERSON
    assert outcome_problem("vanished") is not None
    assert all(outcome_problem(one) is None for one in ["", *OUTCOMES])
