"""Codes and boundaries taken in: once is enough, nothing known is forgotten."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from jemput.actions import places as keeping
from jemput.actions.places import Changed, Drawn
from jemput.domain.places import AreaChange, AreaPoint, AreaRow
from jemput.domain.problems import Refused
from jemput.imports.areas import read_areas
from jemput.queries import places
from jemput.store.models import Area, Boundary
from tests.builders import MUSI_RAWAS
from tests.conftest import SHARED

pytestmark = pytest.mark.usefixtures("office")

Y2018, Y2020, Y2022, Y2023, Y2025 = (date(year, 1, 1) for year in (2018, 2020, 2022, 2023, 2025))
NOW = datetime(2019, 4, 2, 3, 0, tzinfo=UTC)
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")


def take(rows: Sequence[AreaRow] = MUSI_RAWAS, on: date = Y2018, **more: Any) -> Changed:
    return keeping.import_areas(rows, valid_from=on, source=more.pop("source", "Kepmendagri"), **more)


def kept() -> list[tuple[Any, ...]]:
    rows = Area.objects.order_by("number", "valid_from")
    return list(rows.values_list("number", "name", "valid_from", "valid_to", "source"))


def without(*numbers: int) -> list[AreaRow]:
    return [row for row in MUSI_RAWAS if row.number not in numbers]


def called(number: int, name: str) -> list[AreaRow]:
    return [row._replace(name=name) if row.number == number else row for row in MUSI_RAWAS]


# --- lists -----------------------------------------------------------------------------------------------------------


def test_a_list_fills_the_office_and_the_same_list_changes_nothing() -> None:
    assert take() == Changed(added=7)
    before = kept()
    assert take() == Changed(unchanged=7)
    assert kept() == before


def test_rows_may_come_in_any_order() -> None:
    assert take(MUSI_RAWAS[::-1]) == Changed(added=7)


def test_a_changed_name_closes_the_old_period_and_opens_a_new_one() -> None:
    take()
    assert take(called(1605012003, "Tegal Rejo Baru"), Y2020) == Changed(renamed=1, unchanged=6)
    assert [(one.name, one.valid_from, one.valid_to) for one in places.history(1605012003)] == [
        ("Tegal Rejo", Y2018, Y2020),
        ("Tegal Rejo Baru", Y2020, None),
    ]


def test_a_name_that_differs_in_spelling_only_is_counted_so() -> None:
    take()
    assert take(called(1605012003, "TEGALREJO"), Y2020) == Changed(renamed=1, respelled=1, unchanged=6)


def test_a_name_put_right_for_the_same_day_leaves_no_trace() -> None:
    take(called(1605012003, "Tegal Rjo"))
    take()
    assert [one.name for one in places.history(1605012003)] == ["Tegal Rejo"]


def test_a_code_a_partial_list_does_not_name_stays() -> None:
    take()
    assert take(without(1605022001), Y2020) == Changed(unchanged=6)
    assert places.area(1605022001, Y2025)


def test_a_code_a_complete_list_leaves_out_ends_that_day_and_stays_known() -> None:
    take()
    assert take(without(1605022001), Y2020, complete=True) == Changed(unchanged=6, ended=1)
    [gone] = places.history(1605022001)
    assert (gone.valid_from, gone.valid_to) == (Y2018, Y2020)
    assert places.is_known_ever(1605022001)
    before = kept()
    assert take(without(1605022001), Y2020, complete=True) == Changed(unchanged=6)
    assert kept() == before


def test_a_complete_list_of_one_regency_says_nothing_of_its_neighbour() -> None:
    take([*MUSI_RAWAS, AreaRow(1613, "Kabupaten Musi Rawas Utara"), AreaRow(161301, "Rupit")])
    assert take(without(16), Y2020, complete=True).ended == 0


def test_an_older_complete_list_may_not_revive_dead_codes_and_nothing_is_kept_of_it() -> None:
    take(on=Y2025)
    take(called(160501, "Tugumulya"), date(2026, 1, 1))
    before = kept()
    with pytest.raises(Refused) as refused:
        take([*called(1605, "Musi Rawas"), AreaRow(160503, "Muara Kelingi")], Y2020, complete=True)
    assert refused.value.problems[0].kind.code == "area_list_older"
    assert kept() == before


def test_a_village_below_a_missing_district_is_refused_in_words_with_all_that_lies_below() -> None:
    done = take(
        [*without(160501, 1605012004), AreaRow(160599, "x", 9), AreaRow(1606012001, "y", 10), AreaRow(160601, "z", 11)]
    )
    assert [one.row for one in done.refused] == [11, 5, 10]
    said = {one.row: one.problem.reason("id") for one in done.refused}
    assert "16.05.01" in said[5]
    assert "16.06" in said[11]
    assert done.added == 5
    assert not places.is_known_ever(1605012003)


def test_a_village_below_a_district_the_office_knows_is_taken() -> None:
    take()
    assert take([AreaRow(1605012009, "Sukomulyo")], Y2020) == Changed(added=1)


def test_an_empty_list_does_nothing() -> None:
    take()
    assert take([], Y2020, complete=True) == Changed()


# --- changes ---------------------------------------------------------------------------------------------------------


RENAMED = AreaChange(1605012003, "renamed", "Tegalrejo Lama", "Tegal Rejo", Y2018, Y2020)
REMOVED = AreaChange(1605180001, "removed", "Dusun Tua", "", Y2020, Y2022)
ADDED = AreaChange(1605022001, "added", "", "Tri Anggun Jaya", Y2020, Y2022)


def change(*changes: AreaChange, **more: Any) -> Changed:
    return keeping.import_changes(changes, source="changes", **more)


def test_changes_give_dead_codes_and_old_names_their_time_and_twice_is_once() -> None:
    take(on=Y2022)
    assert change(RENAMED, REMOVED, ADDED) == Changed(ended=1, dated=7)
    assert [(one.name, one.valid_from, one.valid_to) for one in places.history(1605012003)] == [
        ("Tegalrejo Lama", Y2018, Y2020),
        ("Tegal Rejo", Y2020, None),
    ]
    assert [(one.name, one.valid_from, one.valid_to) for one in places.history(1605180001)] == [
        ("Dusun Tua", Y2018, Y2022)
    ]
    assert [(one.valid_from, one.valid_to) for one in places.history(1605022001)] == [(Y2022, None)]
    assert [(one.valid_from, one.valid_to) for one in places.history(1605)] == [(Y2018, None)]
    before = kept()
    assert change(RENAMED, REMOVED, ADDED) == Changed(unchanged=3)
    assert take(on=Y2022) == Changed(unchanged=7)
    assert kept() == before


def test_changes_may_come_before_the_list() -> None:
    change(RENAMED, REMOVED, ADDED)
    first = take(on=Y2022)
    assert first == Changed(added=5, unchanged=2)
    assert [one.name for one in places.history(1605012003)] == ["Tegalrejo Lama", "Tegal Rejo"]


def test_changes_that_are_not_complete_date_only_what_they_name() -> None:
    take(on=Y2025)
    assert change(RENAMED, complete=False) == Changed(dated=1)
    assert [one.valid_from for one in places.history(1605)] == [Y2025]


def test_changes_with_a_gap_are_refused_and_leave_nothing() -> None:
    take()
    before = kept()
    with pytest.raises(Refused) as refused:
        change(RENAMED, REMOVED._replace(since=Y2022, on=Y2023))
    assert refused.value.problems[0].kind.code == "area_changes_gap"
    assert kept() == before


def test_no_changes_do_nothing() -> None:
    assert change() == Changed()


@needs_shared
def test_the_whole_country_is_taken_in_seconds_and_its_changes_give_every_dead_code_its_time() -> None:
    listed = read_areas(SHARED / "data/areas/id_areas_2025.csv.gz")
    changes = read_areas(SHARED / "data/areas/id_area_changes_2018_2025.csv.gz")
    start = time.perf_counter()
    assert take(listed.areas, Y2025) == Changed(added=91_599)
    assert time.perf_counter() - start < 15, "5 s alone on the machine; three times that beside other work"
    done = keeping.import_changes(changes.changes, source="changes")
    assert (done.added, done.renamed, done.unchanged, done.refused) == (0, 0, 0, [])
    assert take(listed.areas, Y2025) == Changed(unchanged=91_599)
    assert keeping.import_changes(changes.changes, source="changes") == Changed(unchanged=16_409)
    assert Area.objects.filter(valid_to__isnull=True).count() == 91_599
    assert [(one.name, one.valid_to) for one in places.history(9101)] == [("KAB. MERAUKE", Y2023)]
    there_and_back = ["Kelimantan", "Kalimantan", "Kalimantan PMD,", "Kalimantan"]
    assert [one.name for one in places.history(6104032015)] == there_and_back
    assert places.area(1605, date(2019, 3, 28)) == places.history(1605)[0]
    assert len(places.villages(1605, date(2019, 3, 28))) == 199


# --- boundaries ------------------------------------------------------------------------------------------------------


def box(number: int, lng: float, row: int = 1) -> Drawn:
    ring = [[lng, -3.3], [lng + 0.1, -3.3], [lng + 0.1, -3.2], [lng, -3.2], [lng, -3.3]]
    geometry = f'{{"type":"Polygon","coordinates":[{ring}]}}'
    return Drawn(number, geometry, 123.0, -3.25, lng + 0.05, row)


def test_boundaries_are_kept_by_source_and_the_same_file_changes_nothing() -> None:
    take()
    assert keeping.import_boundaries([box(1605012003, 102.9)], source="a") == (Changed(added=1), [])
    assert keeping.import_boundaries([box(1605012003, 102.9)], source="b") == (Changed(added=1), [])
    assert keeping.import_boundaries([box(1605012003, 102.9)], source="a") == (Changed(unchanged=1), [])
    assert places.boundary_sources(1605012003) == ["a", "b"]


def test_a_newer_drawing_of_one_source_takes_the_place_of_the_older() -> None:
    take()
    keeping.import_boundaries([box(1605012003, 102.9)], source="a")
    assert keeping.import_boundaries([box(1605012003, 102.91)], source="a") == (Changed(dated=1), [])
    [one] = places.boundaries(1605012003)
    assert "102.91" in one.geometry


def test_a_village_whose_sources_disagree_keeps_its_code_and_both_boundaries() -> None:
    take()
    keeping.import_boundaries([box(1605012003, 102.9)], source="a")
    done, [finding] = keeping.import_boundaries([box(1605012003, 102.95)], source="b")
    assert done == Changed(added=1)
    assert "0.33" in finding.reason("id")
    assert places.boundary_sources(1605012003) == ["a", "b"]
    assert places.area(1605012003, Y2025)
    assert keeping.import_boundaries([box(1605012003, 102.95)], source="b") == (Changed(unchanged=1), [finding])
    assert keeping.import_boundaries([box(1605012003, 102.95)], source="b", agreeing=0.3) == (Changed(unchanged=1), [])


def test_a_boundary_of_an_unknown_code_is_refused_and_one_of_a_dead_code_is_not() -> None:
    take()
    take(without(1605022001), Y2020, complete=True)
    done, _ = keeping.import_boundaries([box(1605022001, 102.9), box(1605040001, 103.0, 2)], source="a")
    assert done.added == 1
    assert [(one.row, one.problem.kind.code) for one in done.refused] == [(2, "boundary_unknown")]


def test_a_point_is_kept_once_an_area_and_a_later_one_takes_its_place() -> None:
    take()
    given = [AreaPoint(1605012003, -3.2, 102.9, 2), AreaPoint(1605012099, -3.2, 102.9, 3)]
    done = keeping.import_points(given, source="titik")
    assert (done.added, [(one.row, one.problem.kind.code) for one in done.refused]) == (1, [(3, "boundary_unknown")])
    assert keeping.import_points(given[:1], source="titik").unchanged == 1
    assert keeping.import_points([AreaPoint(1605012003, -3.3, 102.9)], source="titik").dated == 1
    assert places.points(1605) == {1605012003: (-3.3, 102.9)}


def test_a_boundary_gives_a_point_where_none_was_imported() -> None:
    take()
    keeping.import_boundaries([Drawn(1605012003, "{}", 1.0, -3.4, 102.8)], source="peta")
    assert places.points(160501) == {1605012003: (-3.4, 102.8)}
    keeping.import_points([AreaPoint(1605012003, -3.3, 102.9)], source="titik")
    assert places.points() == {1605012003: (-3.3, 102.9)}


@needs_shared
def test_the_two_sets_of_musi_rawas_disagree_where_they_are_known_to() -> None:
    folder = SHARED / "data/musi-rawas"
    take([*without(), *_musi_rawas(folder)], Y2018)
    one, two = (read_areas(folder / name) for name in ("villages_1605.geojson", "villages_1605_bps2020.geojson"))
    assert keeping.import_boundaries(one.boundaries, source="Kemendagri") == (Changed(added=199), [])
    done, findings = keeping.import_boundaries(two.boundaries, source="BPS 2020")
    assert done == Changed(added=199)
    assert len(findings) == 39
    assert any("0.00" in finding.reason("id") for finding in findings)
    assert [finding.values for finding in places.disagreements(1605)] == [
        finding.values for finding in sorted(findings, key=lambda finding: str(finding.values["village"]))
    ]
    assert Boundary.objects.count() == 398
    assert len(places.villages(1605, Y2025)) == 199


def _musi_rawas(folder: Path) -> list[AreaRow]:
    listed = read_areas(folder / "areas_1605.csv").areas
    return [*{row.number // 10**4: AreaRow(row.number // 10**4, "Kecamatan") for row in listed}.values(), *listed]
