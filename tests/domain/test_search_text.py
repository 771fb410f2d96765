"""What a clerk types, read as number, name, place, neighbourhood and birth, in any order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.places import AreaName
from jemput.domain.search_text import LONGEST, Asked, Read, read
from tests.domain.test_place_names import AREAS

TODAY = date(2019, 4, 2)
PLACES = [AreaName(*area) for area in AREAS.items()]


def reading(text: str) -> Read:
    return read(text, PLACES, today=TODAY)


def only(text: str) -> Asked:
    found = reading(text)
    assert found.unread == ()
    (one,) = found.readings
    return one


def codes(one: Asked) -> set[int]:
    return {place.number for place in one.places}


@pytest.mark.parametrize(
    "text",
    [
        "1605014107050001",
        "1605 0141 0705 0001",
        "160501-410705-0001",
        "'1605014107050001",
        "NIK 1605014107050001",
        "no. kk: 1605014107050001",
        "１６０５014107050001",
        "\u200b1605014107050001\u00a0",
    ],
)
def test_a_whole_number_is_read_however_it_was_pasted(text: str) -> None:
    assert only(text) == Asked(number="1605014107050001")


def test_a_part_of_a_number_is_its_beginning() -> None:
    assert only("160501").number == "160501"
    assert only("160501410705 siti").name == "SITI"
    assert reading("12345").unread == ("12345",)
    assert reading("16050141070500011").unread == ("160501…",)


def test_a_number_is_never_said_whole() -> None:
    for text in ("1605014107050001", "160501410705"):
        said = "".join(part.id + part.en for part in only(text).said())
        assert "410705" not in said


def test_words_are_a_name_and_titles_stay_for_the_keys() -> None:
    assert only(" siti   aminah ").name == "SITI AMINAH"
    assert only("nama: Siti").name == "SITI"


def test_a_place_may_stand_anywhere_and_is_also_read_as_a_name() -> None:
    for text in ("siti tugumulyo", "tugumulyo siti"):
        by_place, by_name = reading(text).readings
        assert (by_place.name, codes(by_place)) == ("SITI", {160501})
        assert by_name == Asked(name=text.upper())
    by_place, _ = reading("siti tegalrejo").readings
    assert codes(by_place) == {1605012003}
    by_place, _ = reading("siti srikaton").readings
    assert codes(by_place) == {1605011001}


def test_a_place_that_is_still_being_typed_narrows_after_the_name() -> None:
    by_name, by_place = reading("siti tugu").readings
    assert by_name == Asked(name="SITI TUGU")
    assert (by_place.name, codes(by_place)) == ("SITI", {160501})
    assert len(reading("siti tu").readings) == len(reading("tugu").readings) == 1
    assert reading("siti dan ani").readings == (Asked(name="SITI DAN ANI"),)


def test_a_place_alone_is_first_a_name() -> None:
    by_name, by_place = reading("tugumulyo").readings
    assert by_name.name == "TUGUMULYO"
    assert codes(by_place) == {160501}


def test_a_place_said_to_be_one_is_nothing_else() -> None:
    assert only("siti kec. tugumulyo").name == "SITI"
    assert codes(only("siti di tugumulyo")) == {160501}
    assert codes(only("desa purwodadi")) == {1605082010, 1605131005}
    assert codes(only("kec purwodadi")) == {160513}
    assert codes(only("siti desa purwodadi kec purwodadi")) == {1605131005}
    assert codes(only("siti kec jayaloka desa purwodadi")) == {1605082010}
    assert codes(only("siti 16.05.08.2010")) == {1605082010}
    assert codes(only("siti 16.05.01")) == {160501}


def test_a_village_that_is_none_is_said_and_not_searched_as_a_name() -> None:
    found = reading("siti desa antahberantah")
    assert found.unread == ("desa antahberantah",)
    assert found.readings == (Asked(name="SITI"),)


def test_rt_and_rw_are_numbers() -> None:
    for text in ("siti RT 3", "siti rt003", "rt.03 siti", "SITI RT 3"):
        assert (only(text).name, only(text).rt, only(text).rw) == ("SITI", 3, None)
    for text in ("siti rt 003/002", "siti rt 3 rw 2", "siti RT 3/RW 2"):
        assert (only(text).rt, only(text).rw) == (3, 2)


@pytest.mark.parametrize(
    "written",
    ["17-05-1980", "17/5/1980", "17.05.1980", "1980-05-17", "17 Mei 1980", "17 May 1980", "17 mei 1980", "17-Mei-1980"],
)
def test_a_day_of_birth_is_read_as_it_is_written_anywhere(written: str) -> None:
    for text in (written, f"siti lahir {written}", f"tgl {written} siti"):
        one = only(text)
        assert (one.born_from, one.born_to) == (date(1980, 5, 17), date(1980, 5, 17))


def test_a_year_of_birth_is_a_whole_year() -> None:
    for text in ("siti 1980", "siti lahir tahun 1980", "1980 siti"):
        one = only(text)
        assert (one.name, one.born_from, one.born_to) == ("SITI", date(1980, 1, 1), date(1980, 12, 31))


def test_what_cannot_be_read_is_said() -> None:
    assert reading("siti 31-02-1980").unread == ("31-02-1980",)
    assert reading("siti 3").unread == ("3",)
    assert reading("siti 2525").unread == ("2525",)
    assert reading("").readings == reading(" ,.-  ").readings == ()


def test_every_reading_is_said_in_both_languages() -> None:
    one = only("siti 1605014107050001 rt 3/2 lahir 17 mei 1980 desa purwodadi kec purwodadi")
    assert [part.id for part in one.said()] == [
        "NIK atau KK 160501••••••0001",
        "nama “SITI”",
        "di Purwodadi (16.05.13.1005)",
        "RT 3",
        "RW 2",
        "lahir 17 Mei 1980",
    ]
    assert one.said()[-1].en == "born 17 May 1980"


PARTS = st.sampled_from(
    [
        "siti",
        "1605014107050001",
        "160501",
        "desa",
        "kec.",
        "tugumulyo",
        "purwodadi",
        "rt",
        "3",
        "/",
        "1980",
        "mei",
        "17",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PARTS, max_size=9).map(" ".join)))
def test_any_text_is_read_and_no_number_comes_back_whole(text: str) -> None:
    found = reading(text)
    for one in found.readings:
        assert one != Asked()
        assert len(one.name) <= 3 * LONGEST
        for part in one.said():
            assert part.id
            assert part.en
        if len(one.number) > 11 and one.number[:6] != one.number[6:12]:
            assert one.number[6:12] not in "".join(part.id for part in one.said()).replace(one.name, "")
