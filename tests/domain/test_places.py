"""Areas by level and day, points in Indonesia, and boundaries that disagree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.places import (
    AGREEING,
    LATITUDES,
    LONGITUDES,
    Area,
    AreaName,
    Point,
    disagreement,
    is_village,
    parent,
    point_problem,
    read_point,
)
from jemput.domain.problems import Problem


@pytest.mark.parametrize(
    ("number", "level", "above"),
    [(16, "provinsi", None), (1605, "kabupaten", 16), (160501, "kecamatan", 1605), (1605012003, "desa", 160501)],
)
def test_the_number_of_digits_is_the_level(number: int, level: str, above: int | None) -> None:
    assert AreaName(number, "x").level == level
    assert Area(number, "x", date(2018, 1, 1), None, "").level == level
    assert parent(number) == above
    assert is_village(number) == (level == "desa")


def test_a_code_holds_from_its_first_day_to_the_day_before_its_end() -> None:
    area = Area(9101, "Merauke", date(2018, 1, 1), date(2023, 1, 1), "")
    days = [date(2017, 12, 31), date(2018, 1, 1), date(2022, 12, 31), date(2023, 1, 1)]
    assert [area.is_valid(day) for day in days] == [False, True, True, False]


def test_a_code_without_an_end_still_holds() -> None:
    assert Area(16, "Sumatera Selatan", date(2018, 1, 1), None, "").is_valid(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("lat", "lng"), [(5.89497, 95.32077), (-10.93786, 122.88737), (-3.21565, 102.93929), (-8.49, 140.98739)]
)
def test_the_ends_of_the_country_are_in_it(lat: float, lng: float) -> None:
    assert point_problem(lat, lng) is None


@pytest.mark.parametrize(("lat", "lng"), [(102.93929, -3.21565), (0.0, 0.0), (-3.2, 3.2), (52.1, 5.1)])
def test_a_point_elsewhere_is_refused_with_its_numbers(lat: float, lng: float) -> None:
    problem = point_problem(lat, lng)
    assert problem
    assert str(lat) in problem.reason("id")
    assert str(lng) in problem.reason("en")


@pytest.mark.parametrize(
    "text",
    [
        "-3.21565,102.93929",
        " -3.21565 , 102.93929 ",
        "-3.21565 102.93929",
        "−3,21565; 102,93929",
        "102.93929, -3.21565",
        "3.21565 LS 102.93929 BT",
        "3.21565 S, 102.93929 E",
        "geo:-3.21565,102.93929",
        "https://maps.example.org/?q=-3.21565,102.93929",
        "https://maps.example.org/maps/@-3.21565,102.93929,17z",
        "Rompok Blok C, titiknya -3.21565, 102.93929",
    ],
)
def test_a_point_is_read_as_people_write_it(text: str) -> None:
    assert read_point(text) == Point(-3.21565, 102.93929)


@pytest.mark.parametrize("text", ["", "-", "Blok C", "-3.2", "lewat jembatan, 3 km"])
def test_words_without_two_numbers_are_no_point(text: str) -> None:
    found = read_point(text)
    assert isinstance(found, Problem)
    assert found.kind.code == "point_unreadable"


def test_a_point_in_another_country_is_said_to_be_outside() -> None:
    found = read_point("52.3702, 4.8952")
    assert isinstance(found, Problem)
    assert found.kind.code == "outside_indonesia"


@given(
    st.floats(*LATITUDES).map(lambda x: round(x, 6)),
    st.floats(*LONGITUDES).map(lambda x: round(x, 6)),
)
def test_every_point_of_the_country_is_read_back_from_what_is_printed(lat: float, lng: float) -> None:
    said = f"{lat:.6f}, {lng:.6f}"
    assert read_point(said) == Point(float(f"{lat:.6f}"), float(f"{lng:.6f}"))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_point(text: str) -> None:
    found = read_point(text)
    assert isinstance(found, Problem) or point_problem(found.lat, found.lng) is None


def test_boundaries_that_agree_well_enough_are_no_finding() -> None:
    assert disagreement(1605012003, source="a", other="b", overlap=AGREEING) is None
    assert disagreement(1605012003, source="a", other="b", overlap=0.5, agreeing=0.4) is None


def test_a_finding_names_the_village_both_sources_and_the_overlap() -> None:
    problem = disagreement(1605012003, source="BPS 2020", other="Kemendagri", overlap=0.2571)
    assert problem
    for language in ("id", "en"):
        said = problem.reason(language)
        assert all(part in said for part in ("16.05.01.2003", "BPS 2020", "Kemendagri", "0.26"))
