"""A file of settlements: once is enough, an empty cell takes nothing away, and it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jemput.actions.paper_imports import Tally, Undone, Upload
from jemput.actions.places import import_areas
from jemput.actions.settlements import change_settlement, merge_settlements, report_settlement, undo_merge
from jemput.actions.take_settlements import take_settlements, undo_settlements
from jemput.domain.places import AreaRow, Point
from jemput.domain.problems import Refused
from jemput.domain.settlements import SettlementRow
from jemput.queries import settlements
from jemput.queries.settlements import SettlementPlace
from jemput.store.models import PaperImport
from tests.builders import MUSI_RAWAS, TODAY, office_on

pytestmark = pytest.mark.usefixtures("known_areas")

VILLAGE, NEXT = 1605012003, 1605012004
HERE = office_on(TODAY)


@pytest.fixture
def known_areas(office: dict[str, Any]) -> None:
    """An office that knows two kecamatan and three villages."""
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")


def row(number: int, name: str, village: int = VILLAGE, **more: Any) -> SettlementRow:
    nothing: dict[str, Any] = {
        "kind": "rompok",
        "point": None,
        "people": None,
        "description": "",
        "surface": "",
        "wet_season": "",
        "boat": False,
        "motorbike": False,
        "travel_min": None,
        "contact": "",
        "contact_phone": "",
        "reported_by": "",
        "channel": "",
    }
    return SettlementRow(sheet="", row=number, name=name, village=village, **nothing | more)


ROWS = [
    row(2, "Rompok Blok C", point=Point(-3.2, 102.9), people=15, contact="Pak Darto"),
    row(3, "Rompok Blok D"),
    row(4, "Rompok Blok C", NEXT),
]


def take(rows: Sequence[SettlementRow] = ROWS, digest: str = "a", **more: Any) -> Tally:
    return take_settlements(rows, Upload("settlement", "rompok.csv", digest, "kabid"), office=HERE, **more)


def kept() -> list[SettlementPlace]:
    return settlements.settlements(standing_only=True)


def test_a_file_goes_in_once_and_the_same_file_changes_nothing() -> None:
    first = take()
    assert (len(first.added), first.changed, first.refused) == (3, [], [])
    before = settlements.settlements()
    again = take()
    assert (again.added, again.changed, again.unchanged, again.number) == ([], [], 3, None)
    resaved = take(digest="the same rows in other bytes")
    assert (resaved.added, resaved.changed, resaved.unchanged) == ([], [], 3)
    assert settlements.settlements() == before
    assert PaperImport.objects.count() == 1


def test_the_same_file_does_not_undo_what_was_changed_by_hand_since() -> None:
    first = take()
    change_settlement(first.added[0], {"estimated_people": 30}, office=HERE, by="x")
    assert take().does_nothing
    assert {one.estimated_people for one in kept()} == {30, None}


def test_a_file_with_refused_rows_is_read_again_once_they_can_be_taken() -> None:
    missing = row(5, "Blok E", 1605022099)
    assert len(take([*ROWS, missing]).refused) == 1
    import_areas([*MUSI_RAWAS, AreaRow(1605022099, "Baru")], valid_from=date(2018, 1, 1), source="Kepmendagri")
    again = take([*ROWS, missing])
    assert (len(again.added), again.unchanged, again.refused) == (1, 3, [])


def test_a_trial_says_the_same_and_keeps_nothing() -> None:
    tried = take(dry_run=True)
    assert (len(tried.added), tried.number) == (3, None)
    assert kept() == []
    assert not PaperImport.objects.exists()


def test_a_known_place_is_completed_and_an_empty_cell_takes_nothing_away() -> None:
    number = report_settlement(
        village=VILLAGE, kind="rompok", name="blok c", people=20, contact="Bu Rina", office=HERE, by="x"
    )
    done = take([replace(ROWS[0], contact="")])
    assert done.added == []
    assert {(pk, field) for pk, field, *_ in done.changed} == {(number, "point"), (number, "estimated_people")}
    [one] = kept()
    assert (one.name, one.estimated_people, one.contact) == ("blok c", 15, "Bu Rina")


def test_what_cannot_be_is_refused_row_by_row_and_the_rest_goes_in() -> None:
    done = take(
        [
            *ROWS,
            row(5, "Blok D"),
            row(6, "", VILLAGE),
            row(7, "Blok E", 1605019999),
            row(8, "Blok F", contact_phone="0812"),
        ]
    )
    assert len(done.added) == 3
    assert [(one.row, one.problem.kind.code) for one in done.refused] == [
        (5, "settlement_row_twice"),
        (6, "settlement_nameless"),
        (7, "settlement_village"),
        (8, "phone_impossible"),
    ]


def test_an_officer_of_one_area_brings_nothing_into_another() -> None:
    done = take(may_see=lambda village: village == NEXT)
    assert len(done.added) == 1
    assert [one.problem.kind.code for one in done.refused] == ["import_other_area"] * 2


def test_an_import_taken_back_leaves_everything_as_it_was_and_may_come_again() -> None:
    number = report_settlement(village=VILLAGE, kind="rompok", name="blok c", people=20, office=HERE, by="x")
    before = kept()
    first = take()
    assert first.number is not None
    assert undo_settlements(first.number, office=HERE, by="kabid") == Undone(withdrawn=2, put_back=3, left=0)
    assert kept() == before
    assert len(settlements.settlements()) == 3, "withdrawn, not deleted"
    with pytest.raises(Refused) as refused:
        undo_settlements(first.number, office=HERE, by="kabid")
    assert refused.value.problems[0].kind.code == "no_such_paper_import"
    again = take()
    assert (len(again.added), again.rows_changed) == (2, 1)
    assert settlements.settlement(number) in kept()


def test_what_came_after_an_import_stays_when_it_is_taken_back() -> None:
    first = take()
    changed, merged, untouched = first.added
    change_settlement(changed, {"contact": "Bu Rina"}, office=HERE, by="x")
    other = report_settlement(village=VILLAGE, kind="rompok", name="Blok D lama", office=HERE, by="x")
    merge = merge_settlements(other, merged, office=HERE, by="x")
    assert first.number is not None
    assert undo_settlements(first.number, office=HERE, by="kabid") == Undone(withdrawn=1, put_back=0, left=2)
    assert {one.id for one in kept()} == {changed, other}
    assert untouched not in {one.id for one in kept()}
    undo_merge(merge, office=HERE, by="x")


def test_a_row_of_a_merged_place_completes_the_one_that_stands_for_it() -> None:
    first = report_settlement(village=VILLAGE, kind="rompok", name="Umbul Raji", office=HERE, by="x")
    second = report_settlement(village=VILLAGE, kind="rompok", name="Blok C", office=HERE, by="x")
    merge_settlements(first, second, office=HERE, by="x")
    done = take([ROWS[0]])
    assert done.added == []
    assert {pk for pk, *_ in done.changed} == {first}
