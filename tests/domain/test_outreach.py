"""The tables of words hold together."""

from __future__ import annotations

from jemput.domain import outreach


def test_every_word_that_settles_a_record_is_one_a_village_can_say_and_a_visit_can_end_with() -> None:
    assert set(outreach.WORDS) >= outreach.SETTLING_WORDS
    assert set(outreach.OUTCOMES) >= outreach.SETTLING_WORDS | outreach.MISSED


def test_open_states_are_states() -> None:
    assert set(outreach.VISIT_STATES) > outreach.OPEN_VISITS


def test_codes_leave_out_letters_that_a_hand_confuses() -> None:
    assert not set("IO01") & set(outreach.CODE_LETTERS)
    assert len(outreach.CODE_LETTERS) ** outreach.CODE_LENGTH > 1_000_000
