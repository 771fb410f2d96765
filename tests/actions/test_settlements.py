"""Settlements below a village: each change is kept, none is deleted."""

from __future__ import annotations

from datetime import UTC, date, datetime
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
from tests.builders import MUSI_RAWAS

pytestmark = pytest.mark.usefixtures("known_areas")

Y2020 = date(2020, 1, 1)
NOW = datetime(2019, 4, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def known_areas(office: dict[str, Any]) -> None:
    """An office that knows two kecamatan and three villages."""
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")


ROMPOK: dict[str, Any] = {
    "kind": "rompok",
    "name": "Rompok  Blok C",
    "village": 1605012003,
    "lat": -3.2157,
    "lng": 102.9393,
    "estimated_people": 15,
    "reported_by": "kadus II",
    "now": NOW,
    "said_by": "operator",
}


def test_a_settlement_has_a_point_and_a_history_and_no_code() -> None:
    number = keeping.add_settlement(**ROMPOK)
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
    assert (entry.field, entry.new, entry.changed_at, entry.changed_by) == ("added", "Rompok Blok C", NOW, "operator")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "kota"}, "settlement_kind_unknown"),
        ({"lat": 102.9, "lng": -3.2}, "outside_indonesia"),
        ({"lng": None}, "point_half"),
        ({"name": " "}, "settlement_nameless"),
        ({"estimated_people": -1}, "people_negative"),
        ({"village": 1605019999}, "settlement_village"),
        ({"village": 160501}, "settlement_village"),
        ({"village": 0}, "settlement_village"),
    ],
)
def test_a_settlement_that_cannot_be_is_refused_and_not_kept(said: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        keeping.add_settlement(**ROMPOK | said)
    assert [problem.kind.code for problem in refused.value.problems] == [code]
    assert settlements.settlements() == []
    assert not SettlementChange.objects.exists()


def test_an_emptied_settlement_is_marked_and_may_be_inhabited_again() -> None:
    number = keeping.add_settlement(**ROMPOK)
    keeping.change_settlement(number, "uninhabited_on", Y2020, now=NOW, said_by="kades")
    assert [one.uninhabited_on for one in settlements.settlements()] == [Y2020]
    keeping.change_settlement(number, "uninhabited_on", None, now=NOW, said_by="kades")
    assert [one.uninhabited_on for one in settlements.settlements()] == [None]
    assert [(entry.field, entry.old, entry.new) for entry in settlements.settlement_history(number)][1:] == [
        ("uninhabited_on", "", "2020-01-01"),
        ("uninhabited_on", "2020-01-01", ""),
    ]


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
    ],
)
def test_every_field_can_be_changed_and_keeps_what_it_was(
    field: SettlementField, value: object, old: str, new: str
) -> None:
    number = keeping.add_settlement(**ROMPOK)
    for _ in range(2):
        keeping.change_settlement(number, field, value, now=NOW, said_by="operator")
    assert [(entry.field, entry.old, entry.new) for entry in settlements.settlement_history(number)][1:] == [
        (field, old, new)
    ]
    assert field in get_args(SettlementField)


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "kota"), ("name", ""), ("village", 7), ("point", Point(52.0, 4.0))]
)
def test_a_change_that_cannot_be_is_refused_and_not_kept(field: SettlementField, value: object) -> None:
    number = keeping.add_settlement(**ROMPOK)
    before = settlements.settlements()
    with pytest.raises(Refused):
        keeping.change_settlement(number, field, value, now=NOW, said_by="operator")
    assert settlements.settlements() == before
    assert len(settlements.settlement_history(number)) == 1


def test_an_unknown_settlement_cannot_be_changed() -> None:
    with pytest.raises(Refused) as refused:
        keeping.change_settlement(7, "name", "x", now=NOW, said_by="")
    assert refused.value.problems[0].kind.code == "no_such_settlement"


def test_a_settlement_cannot_be_deleted() -> None:
    keeping.add_settlement(**ROMPOK)
    with pytest.raises(models.ProtectedError):
        Settlement.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.all()._raw_delete("default")
        transaction.get_connection().check_constraints()
