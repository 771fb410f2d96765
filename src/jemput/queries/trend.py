"""How the number went: every closed 28th as it was closed, and today as known now.

Stocks jump where the centre cleanses its list (Musi Rawas, March to August 2019: wajib KTP down by 8,664) or where the
office changes what it counts; both are told beside the figures, so that nobody reads them as work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jemput.domain import facts
from jemput.domain.coverage import FIGURES, Figures, percent
from jemput.queries import coverage
from jemput.queries.coverage import Denominator, View
from jemput.store import bulk

LAST = 24
"""Counts shown at most: two years (our choice: more would touch on a telephone)."""
CLEANSING = (facts.KONSOLIDASI_ADDED, facts.KONSOLIDASI_MERGED, facts.KONSOLIDASI_REMOVED)
_SUMS = ", ".join(f"sum({figure})" for figure in FIGURES)


@dataclass(frozen=True, slots=True)
class Count:
    """One count of the trend: the view, its figures, the frozen wajib KTP where that is the denominator.

    `cleansed` is what the centre's cleansing moved in the wajib KTP since the count before; `rule_changed`
    says that the office counted otherwise from here on, `refrozen` that another DKB is the denominator from here on.
    """

    at: View
    figures: Figures
    frozen: int | None
    cleansed: int
    rule_changed: bool
    refrozen: bool = False

    @property
    def is_live(self) -> bool:
        """Whether this is today's count, not a closed one."""
        return self.at.closing is None

    @property
    def id_obligated(self) -> int:
        """Wajib KTP by the denominator asked for."""
        return self.figures.id_obligated if self.frozen is None else self.frozen

    @property
    def remaining(self) -> int:
        """Denominator less recorded."""
        return self.id_obligated - self.figures.recorded

    @property
    def percent(self) -> Decimal | None:
        """Recorded of the denominator, never clipped."""
        return percent(self.figures.recorded, self.id_obligated)


def trend(area: int | None, *, live: View, figures: Figures, denominator: Denominator = "live") -> list[Count]:
    """Return the last closed counts of an area, oldest first, and then the live one given."""
    closed = coverage.closings()[-LAST - 1 :]
    by_day = _closed_figures([closing.on for closing in closed], area)
    views = [View(one.on, one.batch, one.known_on, one.rule, one) for one in closed]
    views.append(live)
    frozen = _frozen(views, area) if denominator == "dkb" else {}
    moved = _cleansed(area)
    counts = []
    for number, at in enumerate(views):
        before = views[number - 1] if number else None
        own = by_day.get(at.on, Figures()) if at.closing else figures
        since = _moved(moved, at) - _moved(moved, before) if before else 0
        changed = before is not None and before.rule != at.rule
        refrozen = before is not None and frozen.get(number) != frozen.get(number - 1)
        counts.append(Count(at, own, frozen.get(number), since, changed, refrozen))
    return counts[-LAST - 1 :]


def _closed_figures(days: Iterable[date], area: int | None) -> dict[date, Figures]:
    low, high = coverage.span(area)
    ordinals = [day.toordinal() for day in days]
    rows = bulk.select(
        f"SELECT on_day, {_SUMS} FROM closed_figures WHERE on_day >= %s AND village BETWEEN %s AND %s GROUP BY on_day",
        [min(ordinals, default=0), low, high],
    )
    return {date.fromordinal(on): Figures(*map(int, sums)) for on, *sums in rows}


def _cleansed(area: int | None) -> list[tuple[int, int, int]]:
    """Return day, batch and change of the wajib KTP of every cleansing; the index of migration 0007 holds just these."""
    low, high = coverage.span(area)
    causes = ", ".join(f"'{cause}'" for cause in CLEANSING)
    rows = bulk.select(
        f"SELECT on_day, batch, sum(id_obligated) FROM movement WHERE cause IN ({causes})"
        " AND village BETWEEN %s AND %s GROUP BY on_day, batch",
        [low, high],
    )
    return [(on, batch, int(change)) for on, batch, change in rows]


def _moved(cleansed: Iterable[tuple[int, int, int]], at: View) -> int:
    return sum(change for on, batch, change in cleansed if on <= at.on.toordinal() and batch <= at.batch)


def _frozen(views: Iterable[View], area: int | None) -> Mapping[int, int]:
    """Return the frozen wajib KTP each view knows, by its place; none where there was no DKB yet."""
    found: dict[int, int] = {}
    for number, at in enumerate(views):
        dkb = coverage.dkb(at, area)
        if dkb is not None:
            found[number] = sum(dkb[1].values())
    return found
