"""What the office writes fits an SMS, carries its code, and tells answers that are understood when they come back."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.message_texts import (
    ANSWERS,
    ECHOES,
    agreed,
    answer_of,
    asking,
    asking_back,
    day_words,
    echo,
    held,
    sms_parts,
)

VISIT = date(2019, 4, 9)
LONGEST_VILLAGE = "Sukarami Jaya Karya"
CODED = re.compile(r"#JEMPUT#K7Q2#[A-Z ]+")


def all_texts(village: str = "Tegal Rejo") -> list[str]:
    asked = [asking("K7Q2", village, on, again=again) for on in (VISIT, None) for again in (False, True)]
    said = [echo("K7Q2", intent, day=VISIT, place="Blok C", people=15) for intent in ECHOES]
    return [text.id for text in (*asked, *said, agreed("K7Q2", village, VISIT), held("K7Q2"), asking_back("K7Q2"))]


@pytest.mark.parametrize("text", all_texts())
def test_every_text_is_one_sms_and_carries_the_code(text):
    assert sms_parts(text) == 1, len(text)
    assert "K7Q2" in text


@pytest.mark.parametrize("text", all_texts(LONGEST_VILLAGE))
def test_a_long_name_of_a_village_costs_a_second_sms_at_most(text):
    assert sms_parts(text) <= 2


def test_the_question_names_the_weekday_and_every_answer():
    text = asking("K7Q2", "Tegal Rejo", VISIT).id
    assert "Selasa 9 April 2019" in text
    for answer in ANSWERS:
        assert answer_of("K7Q2", answer) in text


def test_another_matter_is_asked_in_the_offices_own_words():
    text = asking("K7Q2", "Tegal Rejo", None, subject="Boleh pinjam balai desa?").id
    assert "Boleh pinjam balai desa?" in text
    assert CODED.search(text)


def test_what_was_understood_is_said_back_with_its_day_or_the_weekday_as_it_was_said():
    assert "SIAP untuk Selasa 9 April 2019" in echo("K7Q2", "ready", day=VISIT).id
    assert "HARI LAIN, Senin" in echo("K7Q2", "other_day", day="senin").id
    assert "rompok Blok C, sekitar 15 orang" in echo("K7Q2", "rompok", day=None, place="Blok C", people=15).id
    assert "beberapa orang" in echo("K7Q2", "rompok", day=None, place="Blok C").id


def test_braces_in_what_was_typed_are_only_text():
    assert "{code} {0}" in asking("K7Q2", "Tegal Rejo", None, subject="{code} {0}").id
    assert "{people}" in echo("K7Q2", "rompok", day=None, place="{people}").id


def test_an_sms_is_counted_as_networks_count_it():
    assert [sms_parts("a" * length) for length in (160, 161, 306, 307)] == [1, 2, 2, 3]
    assert [sms_parts("“" * length) for length in (70, 71, 134, 135)] == [1, 2, 2, 3]
    assert [sms_parts("[" * length) for length in (80, 81)] == [1, 2]


@given(st.text(max_size=400))
def test_whatever_is_written_costs_at_least_one_and_more_never_costs_less(text):
    assert 1 <= sms_parts(text) <= sms_parts(text + "“")


def test_a_day_is_said_with_its_weekday_in_both_languages():
    assert (day_words(VISIT).id, day_words(VISIT).en) == ("Selasa 9 April 2019", "Tuesday 9 April 2019")
