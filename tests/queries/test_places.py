"""Areas by code and name on a day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jemput.actions.places import import_areas
from jemput.domain.places import AreaName, AreaRow
from jemput.domain.problems import Problem
from jemput.queries import places

pytestmark = pytest.mark.usefixtures("country")

Y2018, Y2023, CUT_OFF, LATER = date(2018, 1, 1), date(2023, 1, 1), date(2019, 3, 28), date(2024, 1, 1)
OLD = [
    AreaRow(16, "Sumatera Selatan"),
    AreaRow(1605, "KAB. MUSI RAWAS"),
    AreaRow(160501, "Tugumulyo"),
    AreaRow(1605011001, "B. Srikaton"),
    AreaRow(1605012003, "Tegal Rejo"),
    AreaRow(160508, "Jayaloka"),
    AreaRow(1605082010, "Purwodadi"),
    AreaRow(160513, "Purwodadi"),
    AreaRow(1605131005, "Purwodadi"),
    AreaRow(1613, "Kabupaten Musi Rawas Utara"),
    AreaRow(91, "Papua"),
    AreaRow(9101, "Kabupaten Merauke"),
]
NEW = [row for row in OLD if row.number != 9101]
NEW = [row._replace(name="Kabupaten Musi Rawas") if row.number == 1605 else row for row in NEW]
PAPUA = [AreaRow(91, "Papua"), AreaRow(9103, "Kabupaten Jayapura")]


@pytest.fixture
def country(office: object) -> None:
    import_areas(OLD, valid_from=Y2018, source="2018")
    import_areas(NEW, valid_from=Y2023, source="2023")
    import_areas(PAPUA, valid_from=Y2023, source="2023", complete=True)


def test_a_code_answers_as_it_held_on_the_day() -> None:
    names = [area.name for day in (CUT_OFF, LATER) if (area := places.area(1605, day))]
    assert names == ["KAB. MUSI RAWAS", "Kabupaten Musi Rawas"]
    assert places.area(1605, date(2017, 12, 31)) is None
    assert places.area(9101, LATER) is None


def test_a_dead_code_is_still_known_for_a_nik_may_begin_with_it() -> None:
    assert places.is_known_ever(9101)
    assert not places.is_known_ever(9199)
    assert places.known_ever([9101, 1605, 9199]) == {9101, 1605}
    assert places.known_ever([]) == set()


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (None, [16, 91]),
        (16, [1605, 1613]),
        (1605, [160501, 160508, 160513]),
        (160501, [1605011001, 1605012003]),
        (1605012003, []),
    ],
)
def test_children_are_one_level_down(above: int | None, below: list[int]) -> None:
    assert [area.number for area in places.children(above, LATER)] == below


def test_children_are_those_of_the_day() -> None:
    assert places.children(91, CUT_OFF) == [AreaName(9101, "Kabupaten Merauke")]
    assert places.children(91, LATER) == [AreaName(9103, "Kabupaten Jayapura")]


def test_villages_of_an_area_of_any_level() -> None:
    assert len(places.villages(16, LATER)) == 4
    assert [area.number for area in places.villages(160501, LATER)] == [1605011001, 1605012003]
    assert places.villages(1605012003, LATER) == [AreaName(1605012003, "Tegal Rejo")]
    assert places.villages(1613, LATER) == []


def test_areas_within_one_hold_the_area_itself_and_come_in_the_order_of_their_codes() -> None:
    assert [area.number for area in places.areas(LATER, within=1605)][:3] == [1605, 160501, 1605011001]
    assert {area.number for area in places.areas(LATER)} == {row.number for row in [*NEW, *PAPUA]}


def test_names_of_codes_that_no_longer_or_not_yet_hold_are_the_nearest_known() -> None:
    assert places.names(LATER)[9101] == "Kabupaten Merauke"
    assert places.names(CUT_OFF)[9103] == "Kabupaten Jayapura"
    assert places.names(CUT_OFF)[1605] == "KAB. MUSI RAWAS"
    assert places.names(LATER, within=160501)[1605012003] == "Tegal Rejo"


def test_a_title_carries_the_code() -> None:
    assert places.title(1605, CUT_OFF) == "KAB. MUSI RAWAS (16.05)"
    assert places.title(9101, LATER) == "Kabupaten Merauke (91.01)"
    assert places.title(9199, LATER) == "91.99"


def test_a_village_is_found_by_name_within_an_area() -> None:
    assert places.village_named("SRIKATON", district="Tugumulyo", within=1605, on=CUT_OFF) == 1605011001
    assert places.village_named("Purwodadi", district="", within=160508, on=CUT_OFF) == 1605082010
    assert places.village_named("Purwodadi", district="Purwodadi", within=None, on=CUT_OFF) == 1605131005
    assert places.village_named("Purwodadi", district="", within=1605, on=CUT_OFF) is None
    assert places.village_named("Tegal Rejo", district="Tugumulyo", within=1613, on=CUT_OFF) is None
    assert places.village_named("Tegal Rejo", district="Tugumulyo", within=1605012003, on=CUT_OFF) == 1605012003
    assert places.village_named("B. Srikaton", district="Tugumulyo", within=1605012003, on=CUT_OFF) is None


def test_why_a_name_fits_no_village_is_said_with_the_name_of_the_area() -> None:
    found = places.villages_by_name(1605, LATER).find("Tegal Raja")
    assert isinstance(found, Problem)
    assert "Kabupaten Musi Rawas" in found.reason("id")
    assert "Tegal Rejo" in found.reason("id")


def test_a_whole_file_of_names_costs_one_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        villages = places.villages_by_name(1605, LATER)
        for _ in range(100):
            villages.find("TEGALREJO", "TUGUMULYO")
    assert len(asked) == 1
