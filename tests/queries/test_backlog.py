"""The backlog: people to record and records to settle, each person once, and in all exactly the unrecorded figure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.actions.words import take_words
from jemput.domain.backlog import LINES, TO_RECORD, TO_SETTLE, line_of
from jemput.domain.outreach import WORDS
from jemput.domain.words import SaidWord
from jemput.queries import register
from jemput.queries.backlog import Backlog, backlog
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    LAKITAN,
    RINA,
    SITI,
    TODAY,
    count,
    event,
    happen,
    office_on,
    person,
    settle,
    take,
    view,
)


@pytest.fixture
def listed(office) -> None:
    """Five unrecorded people in two villages, one of them blocked, and one recorded."""
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3),
        person(BUDI, row=4),
        person(RINA, row=5, status="DUPLICATE_RECORD"),
        person(ANI, row=6, village=LAKITAN, marital="KAWIN"),
    )
    happen(event("blocked", BUDI, "2019-03-01"))


def said(who: str, word: str) -> None:
    number = register.by_nik([who])[who].id
    at = datetime(2019, 4, 2, 3, tzinfo=UTC)
    take_words([SaidWord(f"{who}-{word}", number, word, "sms", "Kades", at)], office=office_on(TODAY))


def split(area: int | None = None) -> Backlog:
    return backlog(area, view(TODAY), office_on(TODAY))


def lines(area: int | None = None) -> dict[str, int]:
    return {line: many for line, many in split(area).lines.items() if many}


def test_every_unrecorded_person_stands_in_one_line_and_the_lines_sum_to_the_figure(listed):
    assert lines() == {"no_word": 2, "double": 1, "blocked": 1}
    assert split().total == count().unrecorded
    said(SITI, "at_rompok")
    said(ANI, "ill")
    assert lines() == {"at_rompok": 1, "home_visit": 1, "double": 1, "blocked": 1}
    assert split().total == count().unrecorded
    assert lines(160502) == {"home_visit": 1}


def test_a_word_about_the_record_goes_before_a_duplicate_and_a_block_and_a_promise_does_not(listed):
    said(RINA, "moved")
    said(BUDI, "will_come")
    assert lines() == {"no_word": 2, "moved": 1, "blocked": 1}
    assert (split().to_record, split().to_settle) == (2, 2)


def test_a_rejected_word_settles_nothing_and_an_accepted_one_takes_the_person_off(listed):
    said(SITI, "died")
    assert lines()["died"] == 1
    settle("reject", kind="mati")
    assert "died" not in lines()
    said(ANI, "moved")
    settle("accept", kind="pindah")
    assert split().total == count().unrecorded == 3


@given(st.sampled_from([*WORDS, "home_visit", "absent", ""]), st.none() | st.integers(0, 16), st.booleans())
def test_there_is_a_line_for_whatever_is_said(word: str, status: int | None, is_blocked: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    line = line_of(word, status=status, is_blocked=is_blocked)
    assert (line in TO_RECORD) != (line in TO_SETTLE)
    assert line in LINES
