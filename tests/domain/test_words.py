"""When something came to be so, as villages say it, and the day a proposal holds from until an officer names another."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.outreach import SETTLING_WORDS, WORDS
from jemput.domain.proposals import KINDS, answers
from jemput.domain.words import PROPOSES, SaidWord, is_word, proposed_day, read_when

TODAY = date(2019, 4, 2)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31), "year"),
        ("tahun 2016", date(2016, 1, 1), date(2016, 12, 31), "year"),
        ("Mei 2016", date(2016, 5, 1), date(2016, 5, 31), "month"),
        ("bulan Desember 2016", date(2016, 12, 1), date(2016, 12, 31), "month"),
        ("02/2016", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("3 Mei 2016", date(2016, 5, 3), date(2016, 5, 3), "day"),
        ("tgl 3 mei 2016", date(2016, 5, 3), date(2016, 5, 3), "day"),
        ("3/5/2016", date(2016, 5, 3), date(2016, 5, 3), "day"),
        ("2016-05-03", date(2016, 5, 3), date(2016, 5, 3), "day"),
    ],
)
def test_a_time_is_read_with_the_days_it_may_be(text: str, first: date, last: date, precision: str) -> None:
    when = read_when(text)
    assert when is not None
    assert (when.first, when.last, when.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text", ["", "dulu", "3 tahun lalu", "31/2/2016", "16", "13/2016", "lebaran 2016", "2016 2017"]
)
def test_what_is_no_time_is_not_guessed_at(text: str) -> None:
    assert read_when(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_not_and_never_fails(text: str) -> None:
    when = read_when(text)
    assert when is None or when.first <= when.last


@pytest.mark.parametrize(
    ("when", "known_since", "day"),
    [
        ("", date(2018, 3, 28), date(2019, 4, 1)),
        ("Februari 2019", date(2018, 3, 28), date(2019, 2, 28)),
        ("2016", date(2018, 3, 28), date(2018, 3, 29)),
        ("2016", None, date(2016, 12, 31)),
        ("2019", date(2018, 3, 28), TODAY),
        ("sudah lama", date(2018, 3, 28), date(2019, 4, 1)),
    ],
)
def test_a_proposal_holds_from_the_last_day_the_words_allow(when: str, known_since: date | None, day: date) -> None:
    said = SaidWord("k", 1, "died", "whatsapp", "Kades", datetime(2019, 4, 1, tzinfo=UTC), when=when)
    assert proposed_day(said, date(2019, 4, 1), known_since, TODAY) == day


def test_every_word_about_the_record_proposes_something_that_can_be_answered() -> None:
    assert set(PROPOSES) == SETTLING_WORDS
    for kind in PROPOSES.values():
        assert kind in KINDS
        assert len(answers(kind)) > 1
    assert all(is_word(word) for word in WORDS)
