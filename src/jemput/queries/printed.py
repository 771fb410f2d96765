"""What was printed of a day, beside what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from jemput.domain.claims import Claim
from jemput.domain.ids import area_number
from jemput.domain.place_names import place_key
from jemput.domain.places import DISTRICT_DIGITS
from jemput.queries import places
from jemput.queries.office import Office
from jemput.store import bulk


@dataclass(frozen=True, slots=True)
class Printed:
    """A statement as it was printed, the day its figures are of, and the area it speaks of (None: not one of ours)."""

    claim: Claim
    on: date
    area: int | None


def printed(here: Office) -> list[Printed]:
    """Return every statement recorded and not taken back, by the day of its figures; areas found by code or name."""
    rows = bulk.select(
        "SELECT f.on_day, f.said FROM fact f LEFT JOIN fact r ON r.reverses = f.place"
        " WHERE f.kind = 'figure_claimed' AND f.person IS NULL AND r.place IS NULL ORDER BY f.on_day, f.place"
    )
    if not rows:
        return []
    called = _area_names(here)
    found = [(_claim(orjson.loads(said)), date.fromordinal(on)) for on, said in rows]
    return [Printed(claim, on, _area_of(claim.area, called, here)) for claim, on in found]


def area_of(claim: Claim, here: Office) -> int | None:
    """Return the area a statement speaks of; the office's own where it names none."""
    return _area_of(claim.area, _area_names(here), here)


def _area_names(here: Office) -> dict[str, int]:
    """Return the office's area and its districts by the name they are compared by; the larger before the smaller."""
    if here.area is None:
        return {}
    own = [one for one in places.areas(here.today, within=here.area) if len(str(one.number)) <= DISTRICT_DIGITS]
    return {place_key(one.name): one.number for one in reversed(own)}


def _area_of(said: str, called: dict[str, int], here: Office) -> int | None:
    if not said.strip():
        return here.area
    number = area_number(said)
    return number or called.get(place_key(said))


def claims_on(on: date) -> list[Claim]:
    """Return the statements recorded of a day that were not taken back, oldest first."""
    rows = bulk.select(
        "SELECT f.said FROM fact f LEFT JOIN fact r ON r.reverses = f.place"
        " WHERE f.kind = 'figure_claimed' AND f.person IS NULL AND f.on_day = %s AND r.place IS NULL ORDER BY f.place",
        [on.toordinal()],
    )
    return [_claim(orjson.loads(row[0])) for row in rows]


def _claim(said: dict[str, Any]) -> Claim:
    return Claim(
        id=said["claim"],
        area=said.get("area", ""),
        as_of=said.get("as_of", ""),
        published=said.get("published", ""),
        source=said.get("source", ""),
        wajib_ktp=said.get("wajib_ktp"),
        recorded=said.get("recorded"),
        remaining=said.get("remaining"),
        pct_recorded=_decimal(said.get("pct_recorded")),
        pct_remaining=_decimal(said.get("pct_remaining")),
    )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
