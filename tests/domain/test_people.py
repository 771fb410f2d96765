"""Legal words folded to codes, names compared, and the day a person turns seventeen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import people
from jemput.domain.people import folded, name_key, seventeenth_birthday

births = st.dates(date(1900, 1, 1), date(2080, 12, 31))
TABLES = (
    people.MARITAL,
    people.ROLES,
    people.SEXES,
    people.RELIGIONS,
    people.EDUCATIONS,
    people.BLOODS,
    people.CITIZENSHIPS,
)


def years_complete(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@given(born_on=births)
def test_seventeen_years_are_complete_on_the_birthday_and_not_on_the_day_before(born_on):
    birthday = seventeenth_birthday(born_on)
    assert years_complete(born_on, birthday) == 17
    assert years_complete(born_on, birthday - timedelta(days=1)) == 16


@pytest.mark.parametrize(
    ("born_on", "birthday"),
    [
        (date(2002, 3, 28), date(2019, 3, 28)),
        (date(2004, 2, 29), date(2021, 3, 1)),
        (date(2000, 2, 29), date(2017, 3, 1)),
        (date(2004, 2, 28), date(2021, 2, 28)),
        (date(2004, 3, 1), date(2021, 3, 1)),
        (date(2003, 2, 28), date(2020, 2, 28)),
    ],
)
def test_who_is_born_on_a_leap_day_turns_seventeen_on_the_first_of_march(born_on, birthday):
    assert seventeenth_birthday(born_on) == birthday


@given(table=st.sampled_from(TABLES), data=st.data())
def test_every_word_is_known_with_any_capitals_and_spaces_and_folds_no_further(table, data):
    word = data.draw(st.sampled_from(sorted(table)))
    meant = table[word]
    for written in (
        word.upper(),
        word.title(),
        f"  {word} ",
        word.replace(" ", "\N{NO-BREAK SPACE} "),
        word.replace(" ", "_"),
    ):
        assert folded(table, written) == meant
    if meant and not meant.isdigit():
        assert folded(table, meant) == meant


@given(table=st.sampled_from(TABLES))
def test_a_word_the_table_does_not_hold_is_kept_as_it_was_written(table):
    assert folded(table, "Entah  apa") == "Entah apa"


@pytest.mark.parametrize(
    ("raw", "status"),
    [("1", "belum kawin"), ("2", "kawin"), ("3", "cerai hidup"), ("4", "cerai mati"), ("BK", "belum kawin"), ("K", "kawin"),
     ("CH", "cerai hidup"), ("CM", "cerai mati"), ("Kawin Belum Tercatat", "kawin")],
)  # fmt: skip
def test_marital_status_is_one_of_four(raw, status):
    assert folded(people.MARITAL, raw) == status


def test_married_divorced_and_widowed_were_all_married_once():
    assert sorted(people.EVER_MARRIED) == ["cerai hidup", "cerai mati", "kawin"]


@pytest.mark.parametrize(
    ("raw", "citizenship"), [("WNA ITAP", "ITAP"), ("kitap", "ITAP"), ("WNA", "WNA"), ("KITAS", "WNA")]
)
def test_only_a_foreigner_whose_paper_says_itap_is_one(raw, citizenship):
    assert folded(people.CITIZENSHIPS, raw) == citizenship


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("Siti Aminah", "SITI  AMINAH"),
        ("NUR'AINI", "NURAINI"),
        ("NUR\N{RIGHT SINGLE QUOTATION MARK}AINI", "nur`aini"),
        ("M. YUSUF", "M YUSUF"),
        ("SUTARNO, S.Pd", "SUTARNO S PD"),
        (" BUDI ", "BUDI"),
        ("BUDI\N{NO-BREAK SPACE}SANTOSO", "BUDI SANTOSO"),
    ],
)
def test_one_name_written_two_ways_is_one_name(written, again):
    assert name_key(written) == name_key(again)


@pytest.mark.parametrize(
    ("one", "other"), [("SITI AMINAH", "SITI AMINA"), ("SITI AMINAH", "AMINAH SITI"), ("M YUSUF", "MUHAMMAD YUSUF")]
)
def test_two_names_stay_two_names(one, other):
    assert name_key(one) != name_key(other)


@given(name=st.text(max_size=60))
def test_comparing_a_compared_name_changes_nothing(name):
    assert name_key(name_key(name)) == name_key(name)
