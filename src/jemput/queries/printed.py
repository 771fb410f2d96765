"""What was printed of a day, beside what was counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from jemput.domain.claims import Claim
from jemput.store import bulk


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
