"""What does not fit in a visit is said in words and refuses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jemput.domain.holidays import holiday
from jemput.domain.problems import LANGUAGES, Text
from jemput.domain.visit_findings import Neighbour, Plan, findings

TODAY = date(2019, 4, 2)
SOUND = Plan(
    state="confirmed",
    place_kind="village",
    has_place=False,
    on=date(2019, 4, 11),
    today=TODAY,
    starts="08.00",
    ends="12.00",
    sets=1,
    team="Tim 1",
    invited=20,
    expected=16,
    slots=["08.30", "09.00"],
)


def codes(plan: Plan) -> list[str]:
    found = findings(plan)
    assert all("{" not in one.reason(language) + one.todo(language) for one in found for language in LANGUAGES)
    return [one.kind.code.removeprefix("visit_finding_") for one in found]


def test_a_sound_plan_has_nothing_to_say() -> None:
    assert codes(SOUND) == []


def test_a_plan_says_what_it_lacks() -> None:
    bare = replace(SOUND, place_kind="school", on=None, team=" ", invited=0, slots=[])
    assert codes(bare) == ["no_place", "no_day", "no_team", "nobody"]


def test_a_day_that_went_by_a_holiday_and_short_notice_are_named() -> None:
    assert codes(replace(SOUND, on=date(2019, 4, 1))) == ["day_past"]
    assert codes(replace(SOUND, holiday=Text("Natal", "Christmas"))) == ["holiday"]
    assert codes(replace(SOUND, state="asked", on=date(2019, 4, 4))) == ["short_notice"]
    assert codes(replace(SOUND, state="confirmed", on=date(2019, 4, 4))) == []


def test_a_team_elsewhere_that_day_and_people_invited_twice_are_named_with_the_other_visit() -> None:
    plan = replace(SOUND, clashes=[("Budi", 9, "SDN 2")], doubles={12: 3})
    assert codes(plan) == ["team_twice", "invited_twice"]
    assert "9" in findings(plan)[0].reason("en")
    assert "12" in findings(plan)[1].reason("id")


def test_a_neighbour_far_away_or_of_another_office_is_named() -> None:
    near = [Neighbour("Dekat", 4.0, True), Neighbour("Jauh", 31.2, True), Neighbour("Lubuklinggau", 3.0, False)]
    assert codes(replace(SOUND, neighbours=[*near, Neighbour("Tanpa titik", None, True)])) == ["far", "outside"]


def test_more_people_than_the_sets_can_serve_and_slots_after_the_end_are_named() -> None:
    assert codes(replace(SOUND, invited=60, expected=48, slots=["08.30", "13.00"])) == ["too_many", "late_slots"]
    assert codes(replace(SOUND, invited=60, expected=48, slots=["08.30", "13.00"], ends="")) == []


def test_a_result_that_does_not_add_up_is_named_and_one_that_does_is_not() -> None:
    done = replace(SOUND, state="done", came=10, recorded=9, outcomes={"recorded": 9, "absent": 11}, has_minutes=True)
    assert codes(done) == []
    assert codes(replace(done, recorded=11)) == ["more_recorded"]
    assert codes(replace(done, outcomes={"recorded": 9})) == ["fewer_outcomes"]
    assert codes(replace(done, recorded=8)) == ["outcomes_more"]
    assert codes(replace(done, has_minutes=False)) == ["no_minutes"]


def test_a_cancelled_visit_has_nothing_to_say() -> None:
    assert codes(replace(SOUND, state="cancelled", on=None, team="")) == []


def test_holidays_are_the_national_ones_those_typed_and_polling_day() -> None:
    typed = {date(2019, 4, 20): "HUT Musi Rawas", date(2019, 8, 9): "", date(2019, 6, 3): "-"}
    assert holiday(date(2019, 8, 17), {}, None) == Text("Hari Kemerdekaan Republik Indonesia", "Independence Day")
    idul_fitri = holiday(date(2019, 6, 5), {}, None)
    assert idul_fitri is not None
    assert idul_fitri.id == "Hari Raya Idul Fitri"
    named, unnamed = holiday(date(2019, 4, 20), typed, None), holiday(date(2019, 8, 9), typed, None)
    assert named is not None
    assert named.id == "HUT Musi Rawas"
    assert unnamed is not None
    assert unnamed.en == "a holiday"
    assert holiday(date(2019, 4, 17), typed, date(2019, 4, 17)) == Text("hari pemungutan suara", "polling day")
    assert holiday(date(2019, 4, 18), typed, date(2019, 4, 17)) is None


def test_a_joint_leave_that_the_office_works_on_is_no_holiday() -> None:
    day = date(2019, 6, 3)
    assert holiday(day, {}, None) is not None
    assert holiday(day, {day: "-"}, None) is None
