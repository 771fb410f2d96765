"""Numbers of people and places: what is a NIK, what a spreadsheet does to one, and what is shown of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jemput.domain import ids

MAN = "1605011705809001"
WOMAN = "1605014201909002"

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
areas = st.builds("{:02}{:02}{:02}".format, st.integers(11, 99), st.integers(1, 99), st.integers(1, 99))
serials = st.integers(1, 9999)


def built(area: str, born: date, serial: int, *, woman: bool) -> str:
    return f"{area}{born.day + 40 * woman:02}{born:%m%y}{serial:04}"


niks = st.builds(built, areas, days, serials, woman=st.booleans())


def code(cell: object) -> str | None:
    problem = ids.nik_problem(cell)
    return problem.kind.code if problem else None


def is_a_day(day: int, month: int, year: int) -> bool:
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


@given(nik=niks)
def test_any_nik_built_from_a_real_day_is_accepted(nik):
    assert ids.nik_problem(nik) is None
    assert ids.digits_of(nik) == nik


@given(area=areas, born=days, serial=serials, woman=st.booleans())
def test_the_sex_a_nik_was_built_for_is_read_back(area, born, serial, woman):
    assert ids.nik_sex(ids.Nik(built(area, born, serial, woman=woman))) == ("P" if woman else "L")


@given(nik=niks, place=st.integers(6, 11), digit=st.integers(0, 9))
def test_one_wrong_digit_in_the_date_is_refused_exactly_where_no_such_day_exists(nik, place, digit):
    damaged = nik[:place] + str(digit) + nik[place + 1 :]
    day, month, year = int(damaged[6:8]), int(damaged[8:10]), int(damaged[10:12])
    possible = is_a_day(day - 40 if day > 40 else day, month, year)
    assert (code(damaged) is None) == possible
    assert code(damaged) in {None, "nik_day", "nik_month"}


@given(nik=niks, place=st.integers(0, 15))
def test_a_lost_or_a_doubled_digit_is_refused_by_its_length(nik, place):
    assert code(nik[:place] + nik[place + 1 :]) == "number_length"
    assert code(nik[:place] + nik[place] + nik[place:]) == "number_length"


@given(nik=niks, place=st.integers(0, 15), letter=st.sampled_from("OolISBxé٣"))
def test_a_letter_for_a_digit_is_refused_as_a_letter(nik, place, letter):
    assert code(nik[:place] + letter + nik[place + 1 :]) == "number_letters"


@pytest.mark.parametrize("cell", [None, "", "-", " ", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "'"])
def test_an_empty_cell_is_a_missing_nik_and_says_which_form_helps(cell):
    problem = ids.nik_problem(cell)
    assert problem is not None
    assert problem.kind is ids.NUMBER_MISSING
    assert "F-1.01" in problem.todo("id")
    assert "F-1.01" in problem.todo("en")


@pytest.mark.parametrize(
    "cell",
    [
        f"\N{NO-BREAK SPACE}{MAN}",
        f"{MAN}\N{ZERO WIDTH SPACE}",
        f"\N{ZERO WIDTH NO-BREAK SPACE}{MAN}\N{WORD JOINER}",
        f"{MAN[:6]}\N{SOFT HYPHEN}{MAN[6:]}",
        f"{MAN[:6]}\N{NO-BREAK SPACE}{MAN[6:12]}\N{NO-BREAK SPACE}{MAN[12:]}",
        f"{MAN[:6]} {MAN[6:12]} {MAN[12:]}",
        f"{MAN}\r\n",
        f"\t{MAN}",
        f"'{MAN}",
        f"\N{RIGHT SINGLE QUOTATION MARK}{MAN}",
        f"{MAN[:6]}.{MAN[6:12]}.{MAN[12:]}",
        f"{MAN[:6]}-{MAN[6:12]}-{MAN[12:]}",
        "".join(chr(ord(digit) - ord("0") + ord("\N{FULLWIDTH DIGIT ZERO}")) for digit in MAN),
        int(MAN),
        float(MAN),
        f"{MAN}.0",
        f"{MAN},0",
        f"{MAN}.00",
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_and_what_a_spreadsheet_adds_does_not_hurt_a_nik(cell):
    assert code(cell) is None
    assert ids.digits_of(cell) == MAN


def test_a_curly_quote_of_either_hand_before_a_nik_is_passed_over():
    assert ids.digits_of(f"\N{LEFT SINGLE QUOTATION MARK}{MAN}") == MAN


@pytest.mark.parametrize(
    "cell",
    [
        "1,605E+15",
        "1.605E+15",
        "1,60501170580900E+15",
        "1.605e15",
        "2E+15",
        " 1.605E+15 ",
        "\N{NO-BREAK SPACE}1,605E+15",
        1.605e15,
        1605011705809000.0,
        1605011705809000,
        "1605011705809000.0",
        "1605011705809000,00",
    ],
)
def test_a_number_whose_last_digit_a_spreadsheet_may_have_cut_is_refused_as_rounded(cell):
    problem = ids.nik_problem(cell)
    assert problem is not None
    assert problem.kind is ids.NUMBER_ROUNDED
    assert "Teks" in problem.todo("id")


@pytest.mark.parametrize("invisible", ["\N{ZERO WIDTH NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}"])
@pytest.mark.parametrize("cell", ["1605011705809000.0", "1,605E+15"])
def test_an_invisible_character_does_not_hide_that_a_number_was_rounded(invisible, cell):
    assert code(invisible + cell) == "number_rounded"


def test_a_text_that_ends_in_zero_is_a_nik_because_text_is_never_rounded():
    assert code("1605011705809010") is None


def test_a_float_too_large_to_hold_every_digit_is_refused_as_rounded():
    nik = 9171011705809003
    assert int(float(nik)) != nik, "a float holds 53 bits: this NIK of Jayapura becomes another"
    assert code(float(nik)) == "number_rounded"


@pytest.mark.parametrize("cell", [16050117058090.5, float("nan"), float("inf"), True, "satu", "NIK", "#REF!"])
def test_what_is_no_number_at_all_is_refused(cell):
    assert code(cell) in {"number_letters", "number_length"}


@pytest.mark.parametrize(("day", "problem"), [("00", "nik_day"), ("01", None), ("31", None), ("32", "nik_day")])
def test_the_day_of_a_man_runs_from_1_to_31(day, problem):
    assert code(f"160501{day}01809001") == problem


@pytest.mark.parametrize(
    ("day", "problem"), [("40", "nik_day"), ("41", None), ("71", None), ("72", "nik_day"), ("99", "nik_day")]
)
def test_the_day_of_a_woman_runs_from_41_to_71(day, problem):
    assert code(f"160501{day}01809001") == problem


@pytest.mark.parametrize(
    ("day", "month"), [("31", "04"), ("31", "06"), ("31", "09"), ("31", "11"), ("30", "02"), ("71", "04"), ("70", "02")]
)
def test_a_day_its_month_does_not_have_is_refused_and_named(day, month):
    problem = ids.nik_problem(f"160501{day}{month}809001")
    assert problem is not None
    assert problem.kind is ids.NIK_DAY
    assert day in problem.reason("id")
    assert month in problem.reason("en")


@pytest.mark.parametrize("month", ["00", "13", "20", "99"])
def test_a_month_that_is_none_is_refused_and_named(month):
    problem = ids.nik_problem(f"16050117{month}809001")
    assert problem is not None
    assert problem.kind is ids.NIK_MONTH
    assert month in problem.reason("id")


@pytest.mark.parametrize(
    ("year", "problem"), [("00", None), ("01", "nik_day"), ("04", None), ("96", None), ("99", "nik_day")]
)
@pytest.mark.parametrize("day", ["29", "69"])
def test_29_february_needs_a_leap_year_in_either_century(day, year, problem):
    assert code(f"160501{day}02{year}9001") == problem


def test_serial_0000_is_refused_and_0001_and_9999_are_not():
    assert code("1699991705800000") == "nik_serial"
    assert code("1699991705800001") is None
    assert code("1699991705809999") is None


@pytest.mark.parametrize("area", ["160513", "160517", "169999", "949999"])
def test_a_prefix_that_names_an_area_no_longer_alive_is_accepted(area):
    assert code(f"{area}1705809001") is None


@pytest.mark.parametrize("area", ["000000", "010101", "101010", "160001", "160500"])
def test_a_prefix_that_no_area_ever_had_is_refused(area):
    assert code(f"{area}1705809001") == "nik_area"


def test_a_kk_number_needs_sixteen_digits_and_no_more_knowledge():
    assert ids.number_problem("1605013113809999", "Nomor KK", "KK") is None
    problem = ids.number_problem("160501", "Nomor KK", "KK")
    assert problem is not None
    assert problem.column == "KK"
    assert problem.reason("id") == "Nomor KK harus 16 angka; yang tertulis 6 angka."


@given(nik=niks)
def test_a_mask_shows_area_and_serial_and_nothing_of_the_birth_date(nik):
    shown = ids.mask(nik)
    assert (shown[:6], shown[6:12], shown[12:]) == (nik[:6], "••••••", nik[12:])


@given(text=st.text(max_size=40))
def test_a_malformed_number_never_shows_more_than_six_characters(text):
    assume(len(text) != ids.LENGTH)
    shown = ids.mask(text)
    assert shown.startswith(text[:6])
    assert set(shown[6:]) <= {"•"}
    assert len(shown) <= ids.LENGTH


@given(nik=niks, letter=st.sampled_from("OlX"), place=st.integers(0, 15), drop=st.integers(0, 15))
def test_no_refusal_prints_the_birth_date(nik, letter, place, drop):
    cells = (nik[:place] + letter + nik[place + 1 :], nik + nik[:3], nik[:-4] + "0000", int(nik[:-1] + "0"))
    for cell in cells:
        problem = ids.nik_problem(cell)
        assert problem is not None
        for language in ("id", "en"):
            said = problem.reason(language) + problem.todo(language)
            assert nik[6:12] not in said
            assert "{" not in said


@pytest.mark.parametrize(
    ("code", "number"),
    [("16", 16), ("16.05", 1605), ("160501", 160501), ("16.05.01.2003", 1605012003), (" 1605012003 ", 1605012003)],
)
def test_an_area_code_is_read_with_or_without_dots(code, number):
    assert ids.area_number(code) == number


@pytest.mark.parametrize(
    "code", ["", "-", "1", "160", "16.05.1", "16.05.01.200", "16.05.01.20030", "06.05", "Tugumulyo", "-605", "１６"]
)
def test_what_is_no_area_code_is_none(code):
    assert ids.area_number(code) is None


@pytest.mark.parametrize("code", ["16", "16.05", "16.05.01", "16.05.01.2003"])
def test_an_area_is_written_as_it_was_read(code):
    number = ids.area_number(code)
    assert number is not None
    assert ids.area_text(number) == code


@given(village=st.integers(1_100_000_000, 9_899_999_999), digits=st.sampled_from([2, 4, 6, 10]))
def test_a_village_lies_in_the_range_of_each_area_above_it_and_in_no_other(village, digits):
    area = int(str(village)[:digits])
    low, high = ids.village_range(area)
    assert low <= village <= high
    assert not ids.village_range(area + 1)[0] <= village
