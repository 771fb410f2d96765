"""Settlements below a village: put in, changed with what they were kept; never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction

from jemput.domain.ids import area_text
from jemput.domain.places import Point, is_village
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.settlements import settlement_problems
from jemput.queries import places
from jemput.store.models import Settlement, SettlementChange

NO_SUCH_SETTLEMENT = ProblemKind(
    "no_such_settlement",
    Text("Tidak ada permukiman nomor {number}.", "There is no settlement number {number}."),
    Text("Lihat `jemput settlements list`.", "See `jemput settlements list`."),
)
SETTLEMENT_VILLAGE = ProblemKind(
    "settlement_village",
    Text("Desa {kode} tidak ada di daftar wilayah.", "Village {kode} is not in the list of areas."),
    Text(
        "Periksa kode desanya, atau impor dahulu daftar kode wilayah.",
        "Check the code, or import the list of areas first.",
    ),
)
SettlementField = Literal[
    "kind", "name", "village", "point", "estimated_people", "description", "reported_by", "uninhabited_on"
]


def add_settlement(
    *,
    kind: str,
    name: str,
    village: int,
    lat: float | None,
    lng: float | None,
    estimated_people: int | None,
    description: str = "",
    reported_by: str = "",
    now: datetime,
    said_by: str,
) -> int:
    """Add a settlement; return its number.

    Refused: an unknown kind or village, no name, half a point or one outside Indonesia, fewer than no people.
    """
    with transaction.atomic():
        one = Settlement(
            kind=kind,
            name=" ".join(name.split()),
            village=village,
            lat=lat,
            lng=lng,
            estimated_people=estimated_people,
            description=description,
            reported_by=reported_by,
        )
        _refuse_settlement(one)
        one.save()
        SettlementChange.objects.create(
            settlement=one, field="added", old="", new=one.name, changed_at=now, changed_by=said_by
        )
    return one.pk


def change_settlement(number: int, field: SettlementField, value: object, *, now: datetime, said_by: str) -> None:
    """Change one field of a settlement and keep what it was; None takes a value away.

    `point` is a `Point`; `uninhabited_on` None marks it inhabited again. Refused as in `add_settlement`.
    """
    with transaction.atomic():
        one = Settlement.objects.filter(pk=number).first()
        if one is None:
            raise Refused(NO_SUCH_SETTLEMENT.at("number", number=number))
        old = _said(one, field)
        if field == "point":
            one.lat, one.lng = (value.lat, value.lng) if isinstance(value, Point) else (None, None)
        else:
            setattr(one, field, value)
        new = _said(one, field)
        if old == new:
            return
        _refuse_settlement(one)
        one.save()
        SettlementChange.objects.create(
            settlement=one, field=field, old=old, new=new, changed_at=now, changed_by=said_by
        )


def _said(one: Settlement, field: SettlementField) -> str:
    """Return a field of a settlement as its history says it."""
    if field == "point":
        return "" if one.lat is None or one.lng is None else str(Point(one.lat, one.lng))
    value = getattr(one, field)
    return "" if value is None else str(value)


def _refuse_settlement(one: Settlement) -> None:
    problems = settlement_problems(
        kind=one.kind, name=one.name, lat=one.lat, lng=one.lng, estimated_people=one.estimated_people
    )
    if not is_village(one.village) or not places.is_known_ever(one.village):
        problems.append(SETTLEMENT_VILLAGE.at("village", kode=area_text(one.village)))
    if problems:
        raise Refused(*problems)
