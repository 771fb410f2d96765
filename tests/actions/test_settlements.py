"""Settlements below a village: each change is kept, none is deleted."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, get_args

import pytest
from django.db import IntegrityError, models, transaction

from jemput.actions import settlements as keeping
from jemput.actions.places import import_areas
from jemput.actions.settlements import SettlementField
from jemput.domain.places import Point
from jemput.domain.problems import Refused
from jemput.queries import settlements
from jemput.store.models import Settlement, SettlementChange
from tests.builders import MUSI_RAWAS, TODAY, office_on

pytestmark = pytest.mark.usefixtures("known_areas")

Y2018 = date(2018, 1, 1)


@pytest.fixture
def known_areas(office: dict[str, Any]) -> None:
    """An office that knows two kecamatan and three villages."""
    import_areas(MUSI_RAWAS, valid_from=Y2018, source="Kepmendagri")


HERE = office_on(TODAY)
ROMPOK: dict[str, Any] = {
    "kind": "rompok",
    "name": "Rompok  Blok C",
    "village": 1605012003,
    "point": Point(-3.2157, 102.9393),
    "people": 15,
    "said_by": "kadus II",
    "office": HERE,
    "by": "operator",
}


def change(number: int, **values: Any) -> int:
    return keeping.change_settlement(number, values, office=HERE, by="operator")  # type: ignore[arg-type]  # names as typed


def history(number: int) -> list[tuple[str, str, str]]:
    return [(entry.field, entry.old, entry.new) for entry in settlements.settlement_history(number)]


def test_a_settlement_has_a_point_and_a_history_and_no_code() -> None:
    number = keeping.report_settlement(**ROMPOK)
    [one] = settlements.settlements(160501)
    assert (one.id, one.kind, one.name, one.lat, one.estimated_people) == (
        number,
        "rompok",
        "Rompok Blok C",
        -3.2157,
        15,
    )
    assert one.reported_by == "kadus II"
    [entry] = settlements.settlement_history(number)
    assert (entry.field, entry.new, entry.changed_by) == ("added", "Rompok Blok C", "operator")
    assert entry.changed_at == HERE.now


def test_all_that_is_said_of_the_way_and_of_whom_to_ask_is_kept() -> None:
    number = keeping.report_settlement(
        **ROMPOK,
        channel="page",
        description="lewat jembatan gantung",
        surface="river",
        wet_season="closed",
        boat=True,
        motorbike=True,
        travel_min=90,
        contact="Pak Darto",
        contact_phone="0812 3456 7834",
    )
    one = settlements.settlement(number)
    assert one is not None
    assert (one.surface, one.wet_season, one.boat, one.motorbike, one.travel_min) == ("river", "closed", True, True, 90)
    assert (one.contact, one.contact_phone, one.channel) == ("Pak Darto", "+6281234567834", "page")


def test_a_place_may_be_told_in_words_only() -> None:
    number = keeping.report_settlement(**ROMPOK | {"point": None, "description": "seberang sungai, dua jam jalan"})
    one = settlements.settlement(number)
    assert one is not None
    assert one.point is None


def test_a_report_that_comes_twice_by_any_channel_is_one_settlement() -> None:
    first = keeping.report_settlement(**ROMPOK, key="k7q2-1", channel="whatsapp")
    assert keeping.report_settlement(**ROMPOK | {"name": "Lain"}, key="k7q2-1", channel="page") == first
    assert len(settlements.settlements()) == 1
    assert keeping.report_settlement(**ROMPOK) != first, "without a key every report is one of its own"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "kota"}, "settlement_kind_unknown"),
        ({"point": Point(102.9, -3.2)}, "outside_indonesia"),
        ({"name": " "}, "settlement_nameless"),
        ({"people": -1}, "people_negative"),
        ({"village": 1605019999}, "settlement_village"),
        ({"village": 160501}, "settlement_village"),
        ({"village": 0}, "settlement_village"),
        ({"surface": "lumpur"}, "settlement_way_unknown"),
        ({"wet_season": "?"}, "settlement_way_unknown"),
        ({"channel": "merpati"}, "settlement_way_unknown"),
        ({"travel_min": -5}, "settlement_way_too_long"),
        ({"contact_phone": "08"}, "phone_impossible"),
        ({"contact_phone": "tanya kadus"}, "phone_unreadable"),
    ],
)
def test_a_settlement_that_cannot_be_is_refused_and_not_kept(said: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        keeping.report_settlement(**ROMPOK | said)
    assert [problem.kind.code for problem in refused.value.problems] == [code]
    assert settlements.settlements() == []
    assert not SettlementChange.objects.exists()


def test_an_emptied_settlement_is_marked_and_may_be_inhabited_again() -> None:
    number = keeping.report_settlement(**ROMPOK)
    change(number, uninhabited_on=Y2018)
    assert [one.uninhabited_on for one in settlements.settlements()] == [Y2018]
    change(number, uninhabited_on=None)
    assert [one.uninhabited_on for one in settlements.settlements()] == [None]
    assert history(number)[1:] == [("uninhabited_on", "", "2018-01-01"), ("uninhabited_on", "2018-01-01", "")]


def test_nobody_marks_a_place_empty_from_a_day_that_has_not_come() -> None:
    number = keeping.report_settlement(**ROMPOK)
    with pytest.raises(Refused):
        change(number, uninhabited_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("name", "Rompok Blok D", "Rompok Blok C", "Rompok Blok D"),
        ("kind", "camp", "rompok", "camp"),
        ("village", 1605012004, "1605012003", "1605012004"),
        ("point", Point(-3.3, 102.8), "-3.2157, 102.9393", "-3.3, 102.8"),
        ("point", None, "-3.2157, 102.9393", ""),
        ("estimated_people", 0, "15", "0"),
        ("estimated_people", None, "15", ""),
        ("description", "lewat jembatan", "", "lewat jembatan"),
        ("reported_by", "RT 3", "kadus II", "RT 3"),
        ("surface", "gravel", "", "gravel"),
        ("wet_season", "hard", "", "hard"),
        ("boat", True, "", "ya"),
        ("motorbike", True, "", "ya"),
        ("travel_min", 45, "", "45"),
        ("contact", "Pak Darto", "", "Pak Darto"),
        ("contact_phone", "0812-3456-7834", "", "+6281234567834"),
        ("channel", "letter", "", "letter"),
        ("uninhabited_on", Y2018, "", "2018-01-01"),
    ],
)
def test_every_field_can_be_changed_and_keeps_what_it_was(
    field: SettlementField, value: object, old: str, new: str
) -> None:
    number = keeping.report_settlement(**ROMPOK)
    for count in (1, 0):
        assert change(number, **{field: value}) == count
    assert history(number)[1:] == [(field, old, new)]
    assert field in get_args(SettlementField)


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "kota"), ("name", ""), ("village", 7), ("point", Point(52.0, 4.0))]
)
def test_a_change_that_cannot_be_is_refused_and_not_kept(field: SettlementField, value: object) -> None:
    number = keeping.report_settlement(**ROMPOK)
    before = settlements.settlements()
    with pytest.raises(Refused):
        change(number, description="lain", **{field: value})
    assert settlements.settlements() == before
    assert len(history(number)) == 1


def test_an_unknown_settlement_cannot_be_changed() -> None:
    with pytest.raises(Refused) as refused:
        change(7, name="x")
    assert refused.value.problems[0].kind.code == "no_such_settlement"


def test_a_settlement_cannot_be_deleted() -> None:
    keeping.report_settlement(**ROMPOK)
    with pytest.raises(models.ProtectedError):
        Settlement.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.all()._raw_delete("default")
        transaction.get_connection().check_constraints()


# --- one place twice -------------------------------------------------------------------------------------------------


def two(**more: Any) -> tuple[int, int]:
    """Return a row with a point and one told in words, with somebody to ask."""
    first = keeping.report_settlement(**ROMPOK)
    told = {"name": "Blok C", "point": None, "people": 20, "contact": "Pak Darto", "boat": True, "key": "sms-1"}
    return first, keeping.report_settlement(**ROMPOK | told | more)


def merge(kept: int, merged: int) -> int:
    return keeping.merge_settlements(kept, merged, office=HERE, by="kabid")


def test_a_merge_fills_what_was_missing_and_leaves_what_was_said() -> None:
    kept, merged = two()
    merge(kept, merged)
    one = settlements.settlement(kept)
    assert one is not None
    assert (one.estimated_people, one.contact, one.boat) == (15, "Pak Darto", True)
    assert [place.id for place in settlements.settlements(standing_only=True)] == [kept]
    assert [place.id for place in settlements.settlements()] == [merged, kept], "the merged row is still there"
    assert history(kept)[1:] == [("boat", "", "ya"), ("contact", "", "Pak Darto"), ("merged", "", str(merged))]
    assert history(merged)[-1] == ("merged_into", "", str(kept))


def test_an_undone_merge_leaves_both_as_they_were() -> None:
    kept, merged = two()
    before = settlements.settlements()
    number = merge(kept, merged)
    assert keeping.undo_merge(number, office=HERE, by="kabid") == merged
    assert settlements.settlements() == before
    with pytest.raises(Refused) as refused:
        keeping.undo_merge(number, office=HERE, by="kabid")
    assert refused.value.problems[0].kind.code == "no_such_merge"


def test_what_was_changed_since_a_merge_stays_when_it_is_undone() -> None:
    kept, merged = two()
    number = merge(kept, merged)
    change(kept, contact="Bu Rina")
    keeping.undo_merge(number, office=HERE, by="kabid")
    one = settlements.settlement(kept)
    assert one is not None
    assert (one.contact, one.boat) == ("Bu Rina", False)


def test_a_report_and_a_word_for_a_merged_row_reach_the_one_that_stands() -> None:
    kept, merged = two()
    merge(kept, merged)
    last = keeping.report_settlement(**ROMPOK | {"name": "Blok C lama"})
    merge(last, kept)
    assert keeping.report_settlement(**ROMPOK, key="sms-1") == last
    assert settlements.standing(merged) == last
    assert settlements.family(last) == {kept, merged, last}


@pytest.mark.parametrize(
    "code", ["merge_with_itself", "merge_other_village", "settlement_merged", "no_such_settlement"]
)
def test_a_merge_that_makes_no_sense_is_refused(code: str) -> None:
    kept, merged = two()
    if code == "merge_with_itself":
        merged = kept
    elif code == "merge_other_village":
        change(merged, village=1605012004)
    elif code == "settlement_merged":
        merge(kept, merged)
    else:
        merged = 999
    before = settlements.settlements()
    with pytest.raises(Refused) as refused:
        merge(kept, merged)
    assert refused.value.problems[0].kind.code == code
    assert settlements.settlements() == before


def test_a_merged_row_is_changed_no_more() -> None:
    kept, merged = two()
    merge(kept, merged)
    with pytest.raises(Refused) as refused:
        change(merged, name="x")
    assert refused.value.problems[0].kind.code == "settlement_merged"


def test_doubles_are_found_in_a_village_by_name_and_by_spot() -> None:
    first, second = two()
    near = keeping.report_settlement(**ROMPOK | {"name": "Umbul Pak Raji", "point": Point(-3.2160, 102.9393)})
    keeping.report_settlement(**ROMPOK | {"name": "Rompok Blok D", "point": Point(-3.24, 102.95)})
    keeping.report_settlement(**ROMPOK | {"village": 1605012004})
    found = settlements.likely_doubles(settlements.settlements())
    assert [(pair.first, pair.second) for pair in found] == [(first, second), (first, near)]
    merge(first, second)
    assert len(settlements.likely_doubles(settlements.settlements())) == 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_merged_in_whatever_order_undone_leaves_every_row_as_it_was(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a test's own luck
    rows = []
    for at in range(6):
        said = {"people": dice.choice([None, 5, 9]), "contact": dice.choice(["", "Pak Darto", "Bu Rina"])}
        said |= {"boat": dice.random() < 0.5, "travel_min": dice.choice([None, 30, 90])}
        said |= {"point": dice.choice([None, Point(-3.2, 102.9)]), "surface": dice.choice(["", "earth"])}
        rows.append(keeping.report_settlement(**ROMPOK | said | {"name": f"Blok {at}"}))
    before = settlements.settlements()
    merges = []
    for merged in dice.sample(rows, 4):
        standing = [one.id for one in settlements.settlements(standing_only=True) if one.id != merged]
        if settlements.standing(merged) == merged:
            merges.append(merge(dice.choice(standing), merged))
    assert len(settlements.settlements(standing_only=True)) == len(rows) - len(merges)
    for number in dice.sample(merges, len(merges)):
        keeping.undo_merge(number, office=HERE, by="kabid")
    assert settlements.settlements() == before
