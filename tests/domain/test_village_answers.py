"""What a village types on its pages, read: forgiving where it can be, in words where it cannot, and never a NIK kept."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import village_answers as answers
from jemput.domain.messages import OTHER_DAY, READY, REFUSE, ROMPOK, read_message
from jemput.domain.outreach import WEEKDAYS

TODAY = date(2019, 4, 2)
NIK = "1605014107809999"
typed = st.dictionaries(
    st.sampled_from("said_by note reason day date weekday names name people way where gps".split()),
    st.text(),
    max_size=8,
)


@given(typed, st.lists(st.text(), max_size=3))
def test_whatever_is_typed_is_read_or_refused_in_words(said, handles):
    for read in (
        *(answers.visit_answer(kind, said, TODAY) for kind in answers.VISIT_ANSWERS),
        answers.request(said, handles, TODAY),
        answers.rompok(said),
    ):
        assert all(one.reason("id") and one.todo("en") for one in read.problems)


@given(st.text(), st.sampled_from(["said_by", "note", "reason", "names", "name", "way", "where"]))
def test_no_nik_is_kept_wherever_it_is_typed(beside, field):
    said = {"date": "2019-04-20", field: f"{beside} {NIK} {beside}"}
    for read in (
        *(answers.visit_answer(kind, said, TODAY) for kind in answers.VISIT_ANSWERS),
        answers.request(said, [], TODAY),
        answers.rompok(said),
    ):
        assert NIK not in repr(read.content)


@pytest.mark.parametrize("text", ["2019-04-10", "10-04-2019", "10/4/2019", "10.4.2019", "10 04 2019"])
def test_a_date_is_read_as_a_calendar_or_a_person_writes_it(text):
    assert answers.read_day(text) == date(2019, 4, 10)


@pytest.mark.parametrize("text", ["", "besok", "31-02-2019", "2019-13-01", "10-04", "²-4-2019"])
def test_what_is_no_date_is_none(text):
    assert answers.read_day(text) is None


def test_another_day_must_be_named_and_still_to_come():
    codes = {
        text: [one.kind.code for one in answers.visit_answer("other_day", {"date": text}, TODAY).problems]
        for text in ("", "2019-04-02", "lusa", "2019-04-03")
    }
    assert codes == {
        "": ["village_no_day"],
        "2019-04-02": ["village_day_past"],
        "lusa": ["village_day_unreadable"],
        "2019-04-03": [],
    }


def test_a_place_is_a_map_link_coordinates_or_words():
    link = answers.rompok({"name": "Blok C", "where": "https://maps.app/?q=-3.2157,102.9393"})
    assert link.content["point"] == [-3.2157, 102.9393]
    words = answers.rompok({"name": "Blok C", "where": "sesudah jembatan, kiri"})
    assert (words.content["point"], words.content["where"], words.problems) == (None, "sesudah jembatan, kiri", ())


@pytest.mark.parametrize("people", ["-1", "banyak", "99999", "1.5"])
def test_a_number_of_people_that_cannot_be_is_refused(people):
    assert [one.kind.code for one in answers.rompok({"name": "A", "people": people}).problems] == [
        "village_number_unreadable"
    ]


@given(st.sampled_from(list(WEEKDAYS)), st.integers(0, 500))
def test_the_texts_the_page_offers_are_read_as_they_are_meant(day, people):
    read = [
        read_message(answers.text_for("confirm", "K7Q2")),
        read_message(answers.text_for("other_day", "K7Q2", day=day)),
        read_message(answers.text_for("refuse", "K7Q2")),
        read_message(answers.text_for("rompok", "K7Q2", place="Blok C", people=people)),
    ]
    assert [one.intent for one in read] == [READY, OTHER_DAY, REFUSE, ROMPOK]
    assert {one.code for one in read} == {"K7Q2"}
    assert (read[1].day, read[3].people or 0) == (day, people)


def test_what_was_recorded_is_told_in_both_languages():
    content = answers.rompok({"name": "Blok C", "people": "15", "where": "-3.2, 102.9", "way": "perahu"}).content
    for language in ("id", "en"):
        rows = dict(answers.told("rompok", content, language))
        assert {"Blok C", "15", "perahu"} <= set(rows.values())
        assert not any(re.search(r"[{}]", text) for text in rows.values())
