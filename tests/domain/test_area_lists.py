"""What a list of codes speaks of, whom it leaves out, and the days a list of changes covers."""

from __future__ import annotations

from datetime import date

from jemput.domain.area_history import listed
from jemput.domain.area_lists import ancestors, covered, left_out, orphan, revived, topmost
from jemput.domain.places import AreaChange
from jemput.domain.problems import Problem

Y2018, Y2020, Y2022, Y2023, Y2025 = (date(year, 1, 1) for year in (2018, 2020, 2022, 2023, 2025))


def test_above_a_village_are_its_district_regency_and_province() -> None:
    assert list(ancestors(1605012003)) == [160501, 1605, 16]


def test_the_topmost_areas_are_those_nothing_of_the_list_contains() -> None:
    assert topmost([1605, 160501, 1605012003, 1613, 161301, 1102012001]) == {1605, 1613, 1102012001}


def test_a_village_below_a_missing_district_is_said_to_be_so() -> None:
    problem = orphan(1605012003, {16, 1605, 160502})
    assert problem
    assert "16.05.01.2003" in problem.reason("id")
    assert "16.05.01 " in problem.reason("en")
    assert orphan(1605012003, {160501}) is None
    assert orphan(16, set()) is None


def test_a_complete_list_leaves_out_only_inside_its_areas_and_at_its_levels() -> None:
    held = [1605, 160501, 1605012003, 1605012004, 1613, 161301, 160502, 1605022001]
    assert left_out(held, {1605, 160501, 1605012003}) == [1605012004, 160502, 1605022001]
    assert left_out(held, {1605, 160501}) == [160502]
    assert left_out(held, {1605012003}) == []


def test_a_complete_list_that_is_older_may_not_open_dead_codes() -> None:
    held = {1605: listed((), Y2025, "A", "s")}
    told = {160501: listed((), Y2018, "B", "t")}
    problem = revived(held, told, Y2018)
    assert problem
    assert "16.05.01" in problem.reason("id")
    assert revived({}, told, Y2018) is None
    assert revived(held, {1605: listed(held[1605], Y2018, "A", "t")}, Y2018) is None


def change(since: date, on: date) -> AreaChange:
    return AreaChange(16, "added", "", "x", since, on)


def test_releases_that_follow_on_each_other_cover_the_time_from_first_to_last() -> None:
    assert covered([change(Y2020, Y2022), change(Y2018, Y2020), change(Y2022, Y2023)]) == (Y2018, Y2023)


def test_a_gap_between_releases_is_named() -> None:
    found = covered([change(Y2018, Y2020), change(Y2022, Y2023)])
    assert isinstance(found, Problem)
    assert "2020-01-01" in found.reason("id")
    assert "2022-01-01" in found.reason("en")
