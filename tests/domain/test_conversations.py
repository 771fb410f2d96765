"""A village is asked, reminded and let be; its word leads where the table says; answers are what the law of medians says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.conversations import (
    REMIND_AFTER,
    Due,
    after_asking,
    due_for,
    leads_to,
    may_ask,
    new_code,
    response,
)
from jemput.domain.messages import INTENTS, READY, read_message
from jemput.domain.outreach import TALK_STATES

TUESDAY = date(2019, 4, 2)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_a_village_is_reminded_after_two_days_and_then_every_three_and_is_silent_after_the_third():
    today, steps = TUESDAY, []
    for reminders in range(len(REMIND_AFTER) + 1):
        due = after_asking(today, reminders, None)
        steps.append(((due.on - today).days, due.what))
        today = due.on
    assert steps == [(2, "remind"), (3, "remind"), (3, "remind"), (3, "silent")]


def test_the_last_reminder_comes_the_day_before_the_visit_and_then_the_visit_is_there():
    visit = TUESDAY + days(2)
    assert after_asking(TUESDAY, 0, visit) == Due(TUESDAY + days(1), "remind")
    assert after_asking(TUESDAY + days(1), 1, visit) == Due(visit, "silent")


@given(st.integers(0, 5), st.integers(-30, 60), st.integers(0, 400))
def test_no_reminder_ever_falls_on_the_visit_or_later_and_every_wait_ends(reminders, ahead, shift):
    today = TUESDAY + days(shift)
    visit = today + days(ahead)
    due = after_asking(today, reminders, visit)
    assert due.on > today
    if due.what == "remind":
        assert due.on < visit
        assert reminders < len(REMIND_AFTER)
    assert due_for("asked", reminders, due.on, visit, due.on) == due.what


def test_nothing_is_due_before_its_day_or_once_a_word_has_come():
    assert due_for("asked", 0, TUESDAY, None, TUESDAY - days(1)) == ""
    assert due_for("asked", 0, TUESDAY, None, TUESDAY) == "remind"
    assert due_for("asked", 0, TUESDAY, TUESDAY, TUESDAY) == "silent", "the visit's day has come"
    for state in set(TALK_STATES) - {"asked"}:
        assert due_for(state, 0, TUESDAY, None, TUESDAY) == ""


@given(st.sampled_from(sorted(TALK_STATES)), st.sampled_from(sorted(INTENTS)))
def test_a_word_leads_to_a_state_that_exists_and_what_is_closed_stays_closed(state, intent):
    after = leads_to(state, intent)
    assert after in TALK_STATES
    if state == "closed" or intent in {"question", "unsure", "rompok"}:
        assert after == state
    assert (may_ask(state, "K7Q2") is None) == (state != "closed")


def test_a_later_word_goes_before_an_earlier_one():
    assert leads_to(leads_to("asked", "refuse"), "ready") == "confirmed"


@given(st.integers(0, 10**9))
def test_every_code_is_read_back_from_an_answer_however_little_is_beside_it(seed):
    code = new_code(Random(seed).choice)  # noqa: S311 - which code it is does not matter here
    for text in (f"{code} siap", f"#JEMPUT#{code}#SIAP", f"siap {code.lower()}"):
        reading = read_message(text)
        assert (reading.intent, reading.code) == (READY, code), text


def test_the_usual_wait_is_the_median_of_those_who_answered():
    found = response([1.0, None, 100.0, 3.0])
    assert (found.asked, found.answered, found.percent, found.hours) == (4, 3, Decimal(75), Decimal(3))
    assert response([None]).hours is None
    assert response([]).percent is None
