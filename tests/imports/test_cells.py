from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import ids, people
from jemput.imports.cells import (
    SERIAL_EPOCH,
    as_text,
    coded,
    count_of,
    day_of,
    days_in,
    header_key,
    is_zero_day,
    said,
    village_of,
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  SITI   AMINAH ", "SITI AMINAH"),
        ("SENT FOR\nCARD PRINTING", "SENT FOR CARD PRINTING"),
        ("SITI\u00a0AMINAH\u00a0", "SITI AMINAH"),
        ("SI\u200bTI\ufeff", "SITI"),
        ("-", ""),
        (" - ", ""),
        ("NULL", ""),
        ("#N/A", ""),
        ("'001", "001"),
        ("MA'RUF", "MA'RUF"),
        ("'AISYAH", "'AISYAH"),
        ("0", "0"),
    ],
)
def test_a_cell_says_one_clean_line_or_nothing(cell, text):
    assert said(cell) == text


@given(st.text())
def test_what_a_cell_says_is_said_once_and_for_all(cell):
    assert said(said(cell)) == said(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (36000, "36000"),
        (36000.0, "36000"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (None, ""),
        (date(1990, 1, 2), "1990-01-02"),
        (datetime.fromisoformat("1990-01-02T03:04:05"), "1990-01-02T03:04:05"),
        (time(3, 4), "03:04:00"),
        (timedelta(days=12), "12"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_a_workbooks_cell_becomes_the_text_a_person_would_have_typed(cell, text):
    assert as_text(cell) == text


@given(st.integers(min_value=10**15, max_value=10**16 - 1))
def test_a_16_digit_number_of_a_workbook_is_still_known_as_a_number(number):
    text = as_text(float(number))
    assert ids.digits_of(text) == str(int(float(number)))
    assert ids.is_rounded(text) == ids.is_rounded(float(number))


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-28",
        "2019/03/28",
        "28-03-2019",
        "28/03/2019",
        "28.3.2019",
        "28 3 2019",
        "28 Maret 2019",
        "28 MAR 2019",
        "28-Mar-2019",
        "28 March 2019",
        "2019-03-28 00:00:00",
        "2019-03-28T10:15:30",
        "28/03/2019 10.15",
        "43552",
        "43552.0",
    ],
)
def test_every_way_an_office_writes_a_day_is_read(text):
    assert day_of(text) == date(2019, 3, 28)


@pytest.mark.parametrize("month", ["Mei", "Agustus", "Agt", "Oktober", "Desember", "Nopember", "Pebruari", "Juni"])
def test_months_are_read_in_indonesian(month):
    assert day_of(f"3 {month} 1999") is not None


@pytest.mark.parametrize(
    "text",
    [
        "03/28/2019",
        "28-03-19",
        "30-02-1990",
        "1990",
        "2019-13-01",
        "besok",
        "32 Maret 2019",
        "28 Foo 2019",
        "9999999",
        "12",
        "28032019",
    ],
)
def test_what_may_be_another_day_or_none_is_never_guessed(text):
    assert day_of(text) is None


@given(st.dates(min_value=date(1906, 1, 1)))
def test_a_day_is_the_same_as_iso_text_and_as_a_serial_number(day):
    serial = (day - SERIAL_EPOCH).days
    assert day_of(day.isoformat()) == day_of(str(serial)) == day_of(f"{day:%d/%m/%Y}".zfill(10)) == day


@pytest.mark.parametrize("text", ["0000-00-00", "00/00/0000", "00-00-0000", "0", "0000-00-00 00:00:00"])
def test_a_day_of_zeros_is_unknown(text):
    assert is_zero_day(text)
    assert not is_zero_day("2000-01-01")


def test_days_are_found_inside_a_sentence():
    assert days_in("KEADAAN TANGGAL 28 Maret 2019 s/d 2019-04-01") == [date(2019, 3, 28), date(2019, 4, 1)]


@pytest.mark.parametrize("header", ["NO.KK", "No. KK", "no_kk", "NO\nKK", "No\u00a0KK ", "nokk"])
def test_a_header_is_the_same_however_it_is_written(header):
    assert header_key(header) == "nokk"


@pytest.mark.parametrize(
    ("text", "count"), [("1.234", "1234"), ("1,234,567", "1234567"), ("1 234", "1234"), ("007", "7"), ("0", "0")]
)
def test_thousands_are_read_with_any_separator(text, count):
    assert count_of(text) == count


@pytest.mark.parametrize("text", ["1.23", "-5", "12a", "1.2345", "", "1,5"])
def test_what_is_no_whole_number_is_none(text):
    assert count_of(text) is None


@pytest.mark.parametrize(
    ("table", "text", "word"),
    [
        (people.RELIGIONS, "ISLAM", "Islam"),
        (people.RELIGIONS, "1", "Islam"),
        (people.RELIGIONS, "01", "Islam"),
        (people.RELIGIONS, "KATOLIK", "Katholik"),
        (people.EDUCATIONS, "SLTA / SEDERAJAT", "SLTA"),
        (people.EDUCATIONS, "Tamat SD/Sederajat", "tamat SD"),
        (people.EDUCATIONS, "DIPLOMA IV/ STRATA I", "diploma IV/strata I"),
        (people.EDUCATIONS, "10", "strata III"),
        (people.MARITAL, "BK", "belum kawin"),
        (people.MARITAL, "Kawin Tercatat", "kawin"),
        (people.ROLES, "KEPALA KELUARGA", "kepala keluarga"),
        (people.ROLES, "Famili_Lain", "famili lain"),
        (people.SEXES, "Pr", "P"),
        (people.SEXES, "Laki-Laki", "L"),
        (people.BLOODS, "13", ""),
        (people.BLOODS, "ab", "AB"),
        (people.RELIGIONS, "99", None),
        (people.EDUCATIONS, "11", None),
        (people.MARITAL, "kawin lari", None),
    ],
)
def test_codes_and_words_fold_to_the_same_word_and_unknown_ones_to_none(table, text, word):
    assert coded(table, text) == word


@pytest.mark.parametrize(
    "table", [people.RELIGIONS, people.EDUCATIONS, people.MARITAL, people.ROLES, people.SEXES, people.BLOODS]
)
def test_a_folded_word_folds_to_itself(table):
    for word in table.values():
        assert not word or coded(table, word) == word


@pytest.mark.parametrize("text", ["16.05.01.2003", "1605012003", "1605012003.0"])
def test_a_village_code_is_dotted(text):
    assert village_of(text) == "16.05.01.2003"


@pytest.mark.parametrize("text", ["16.05.01", "160501", "KARYA MULIA", "16.05.01.20033", ""])
def test_only_a_village_is_a_village(text):
    assert village_of(text) is None
