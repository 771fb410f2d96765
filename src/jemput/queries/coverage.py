"""The number: coverage of an area on a day, as known on a day, and as it was closed.

Three ways to the same figures, each held to the others by tests: the closed 28th as stored; the
closed 28th plus the movements since; the sum of all movements. A recount from the ledger is a fourth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import orjson

from jemput.domain.coverage import FIGURES, Figures, Rule, percent
from jemput.domain.ids import village_range
from jemput.store import bulk, chain
from jemput.store.counting.rule import Scope, movements_sql, recount_sql

Denominator = Literal["live", "dkb"]
Now = Literal["now"]
EVERYWHERE = (10, 9_999_999_999)
"""Village numbers of the whole office, where its area is not set."""

_SUMS = ", ".join(f"sum({figure})" for figure in FIGURES)
_COLUMNS = ", ".join(FIGURES)


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed 28th: the day, the batch and ledger place it was made at, and the rule it was made by."""

    on: date
    batch: int
    place: int
    known_on: date
    rule: Rule
    digest: str


@dataclass(frozen=True, slots=True)
class View:
    """A point of both clocks: figures on `on` as known with ledger batch `batch`.

    `closing` is set where the view is a 28th as it was closed; `known_on` is the office's day of it.
    """

    on: date
    batch: int
    known_on: date
    rule: Rule
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures of one area with the denominator named; `dkb` is the frozen wajib KTP where asked for."""

    area: int | None
    figures: Figures
    dkb: int | None = None

    @property
    def id_obligated(self) -> int:
        """Wajib KTP by the denominator asked for."""
        return self.figures.id_obligated if self.dkb is None else self.dkb

    @property
    def unrecorded(self) -> int:
        """Denominator minus recorded; below zero where the frozen denominator is too small."""
        return self.id_obligated - self.figures.recorded

    @property
    def percent(self) -> Decimal | None:
        """Recorded of the denominator in percent, two decimals, half up, never clipped."""
        return percent(self.figures.recorded, self.id_obligated)


def span(area: int | None) -> tuple[int, int]:
    """Return the range of village numbers of an area, or of everything."""
    return village_range(area) if area else EVERYWHERE


def closings() -> list[Closing]:
    """Return the closed counts, oldest first."""
    rows = bulk.select("SELECT on_day, batch, place, known_day, rule, digest FROM closing ORDER BY on_day")
    return [
        Closing(date.fromordinal(on), batch, place, date.fromordinal(known), Rule.from_json(orjson.loads(rule)), digest)
        for on, batch, place, known, rule, digest in rows
    ]


def closing_on(on: date) -> Closing | None:
    """Return the closed count of a day, if there is one."""
    return next((closing for closing in closings() if closing.on == on), None)


def view(on: date, *, as_known: date | Now | None, rule: Rule) -> View:
    """Return the view asked for: a closed 28th as closed unless `as_known` says otherwise."""
    if as_known is None and (closing := closing_on(on)):
        return View(on, closing.batch, closing.known_on, closing.rule, closing)
    end = chain.head()
    if as_known is None or as_known == "now":
        known_on = date.fromordinal(end.known_day) if end.known_day else on
        return View(on, end.batch, known_on, rule)
    rows = bulk.select("SELECT max(batch) FROM batch WHERE known_day <= %s", [as_known.toordinal()])
    return View(on, rows[0][0] or 0, as_known, rule)


def movements(at: View, rule_in_force: Rule, *, escaped: bool = False) -> str:
    """Return what a view's movements are read from: the table, or by a rule no longer in force the ledger.

    `escaped`: as SQL must be written where parameters go with it.
    """
    if at.rule == rule_in_force:
        return "movement"
    made = f"({movements_sql(at.rule, Scope.everyone())})"
    return made.replace("%", "%%") if escaped else made


def villages(at: View, area: int | None, *, rule_in_force: Rule) -> dict[int, Figures]:
    """Return the figures of every village of an area; `rule_in_force` is the rule the movements were made by."""
    if at.closing:
        return _closed(at.on, area)
    if at.rule != rule_in_force:
        return recount(at, area)
    base = [
        closing
        for closing in closings()
        if closing.on <= at.on and closing.batch <= at.batch and closing.rule == rule_in_force
    ]
    if not base:
        return _summed("on_day <= %s AND batch <= %s", (at.on.toordinal(), at.batch), area)
    last = max(base, key=lambda closing: (closing.on, closing.batch))
    since = _summed(
        "on_day > %s AND on_day <= %s AND batch <= %s", (last.on.toordinal(), at.on.toordinal(), at.batch), area
    )
    late = _summed("batch > %s AND batch <= %s AND on_day <= %s", (last.batch, at.batch, last.on.toordinal()), area)
    return add(_closed(last.on, area), since, late)


def summed(at: View, area: int | None) -> dict[int, Figures]:
    """Return the same figures as the plain sum of all movements."""
    return _summed("on_day <= %s AND batch <= %s", (at.on.toordinal(), at.batch), area)


def recount(at: View, area: int | None) -> dict[int, Figures]:
    """Return the same figures counted anew from the facts, by the view's own rule."""
    low, high = span(area)
    rows = bulk.select(recount_sql(at.rule, on_day=at.on.toordinal(), batch=at.batch))
    return {row[0]: Figures(*map(int, row[1:])) for row in rows if low <= row[0] <= high}


def add(*parts: Mapping[int, Figures]) -> dict[int, Figures]:
    """Return the sum of figures by village, without the villages that come to nothing."""
    total: dict[int, Figures] = {}
    for part in parts:
        for village, figures in part.items():
            total[village] = total.get(village, Figures()) + figures
    return {village: figures for village, figures in sorted(total.items()) if figures != Figures()}


def total(by_village: Mapping[int, Figures]) -> Figures:
    """Return the figures of the villages together."""
    return sum(by_village.values(), Figures())


def dkb(at: View, area: int | None) -> tuple[date, dict[int, int]] | None:
    """Return the day and the frozen wajib KTP by village of the latest DKB known in the view."""
    low, high = span(area)
    rows = bulk.select(
        "SELECT on_day, said FROM fact WHERE kind = 'konsolidasi_total' AND person IS NULL"
        " AND on_day <= %s AND batch <= %s"
        " AND NOT EXISTS (SELECT 1 FROM fact r WHERE r.reverses = fact.place AND r.batch <= %s)"
        " ORDER BY place",
        [at.on.toordinal(), at.batch, at.batch],
    )
    if not rows:
        return None
    latest = max(on_day for on_day, _ in rows)
    frozen: dict[int, int] = {}
    for on_day, text in rows:
        said = orjson.loads(text)
        village = int(said["village"].replace(".", ""))
        if on_day == latest and low <= village <= high:
            frozen[village] = int(said["id_obligated"])
    return date.fromordinal(latest), frozen


def grouped(by_village: Mapping[int, Figures], digits: int) -> dict[int, Figures]:
    """Return figures added up by the first `digits` of the village number (6 kecamatan, 10 desa)."""
    groups: dict[int, Figures] = {}
    for village, figures in by_village.items():
        key = int(str(village)[:digits])
        groups[key] = groups.get(key, Figures()) + figures
    return dict(sorted(groups.items()))


def _closed(on: date, area: int | None) -> dict[int, Figures]:
    low, high = span(area)
    rows = bulk.select(
        f"SELECT village, {_COLUMNS} FROM closed_figures WHERE on_day = %s AND village BETWEEN %s AND %s",
        [on.toordinal(), low, high],
    )
    return {row[0]: Figures(*row[1:]) for row in rows}


def _summed(where: str, params: tuple[int, ...], area: int | None) -> dict[int, Figures]:
    low, high = span(area)
    rows = bulk.select(
        f"SELECT village, {_SUMS} FROM tally WHERE {where} AND village BETWEEN %s AND %s GROUP BY village",
        [*params, low, high],
    )
    return add({row[0]: Figures(*map(int, row[1:])) for row in rows})
