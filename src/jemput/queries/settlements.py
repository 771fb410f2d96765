"""Settlements of an area, and the history of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from jemput.domain.ids import village_range
from jemput.store import models


@dataclass(frozen=True, slots=True)
class SettlementPlace:
    """One settlement; `lat`, `lng` in degrees or None, `uninhabited_on` the day nobody lived there any more."""

    id: int
    kind: str
    name: str
    village: int
    lat: float | None
    lng: float | None
    estimated_people: int | None
    uninhabited_on: date | None
    description: str
    reported_by: str


@dataclass(frozen=True, slots=True)
class SettlementEntry:
    """One line of a settlement's history: which field was what, is what, by whom and when."""

    field: str
    old: str
    new: str
    changed_at: datetime
    changed_by: str


def settlements(within: int | None = None) -> list[SettlementPlace]:
    """Return settlements, of an area of any level or of all, the uninhabited among them."""
    found = models.Settlement.objects.order_by("village", "name", "pk")
    if within:
        found = found.filter(village__range=village_range(within))
    return [
        SettlementPlace(
            one.pk,
            one.kind,
            one.name,
            one.village,
            one.lat,
            one.lng,
            one.estimated_people,
            one.uninhabited_on,
            one.description,
            one.reported_by,
        )
        for one in found
    ]


def settlement_history(number: int) -> list[SettlementEntry]:
    """Return who changed what of a settlement, oldest first."""
    found = models.SettlementChange.objects.filter(settlement_id=number).order_by("pk")
    return [SettlementEntry(*row) for row in found.values_list("field", "old", "new", "changed_at", "changed_by")]
