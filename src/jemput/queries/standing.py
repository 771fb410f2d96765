"""Where an area stands, for whoever answers for it: the number as at the last closed 28th, and the live one beside it.

The official number rises while the backlog stands still and the other way round (Musi Rawas printed 284.914 on
28 August and again on 28 September 2019), so neither is shown without the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jemput.domain.coverage import Figures
from jemput.queries import coverage, deadlines, trend, waiting
from jemput.queries.coverage import Coverage, Denominator, View
from jemput.queries.deadlines import Deadlines
from jemput.queries.office import Office
from jemput.queries.trend import Count
from jemput.queries.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Side:
    """The figures of an area in one view, by village; and together.

    `frozen` is the wajib KTP of the DKB of `frozen_on`, where asked for.
    """

    area: int | None
    at: View
    by_village: Mapping[int, Figures]
    whole: Coverage
    frozen_on: date | None = None
    frozen: Mapping[int, int] | None = None

    def rows(self, digits: int) -> dict[int, Coverage]:
        """Return the figures by the first digits of the village number (6 kecamatan, 10 desa)."""
        live = coverage.grouped(self.by_village, digits)
        fixed: dict[int, int] = {}
        for village, wajib in (self.frozen or {}).items():
            key = int(str(village)[:digits])
            fixed[key] = fixed.get(key, 0) + wajib
        return {
            number: Coverage(number, live.get(number, Figures()), None if self.frozen is None else fixed.get(number, 0))
            for number in sorted(live.keys() | fixed.keys())
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """An area as it stands: as closed (None before the first closing), live, over time, what presses and what waits."""

    closed: Side | None
    live: Side
    trend: tuple[Count, ...]
    deadlines: Deadlines
    waiting: tuple[Waiting, ...]


def standing(area: int | None, here: Office, *, denominator: Denominator, clock: datetime) -> Standing:
    """Return where an area stands; with the denominator `dkb` a side without a known DKB stays live. `clock`: the true time."""
    live = side(coverage.view(here.today, as_known="now", rule=here.rule), area, here, denominator=denominator)
    last = next(reversed(coverage.closings()), None)
    figures = live.whole.figures
    return Standing(
        closed=side(_as_closed(last), area, here, denominator=denominator) if last else None,
        live=live,
        trend=tuple(trend.trend(area, live=live.at, figures=figures, denominator=denominator)),
        deadlines=deadlines.deadlines(area, here, live=live.at, figures=figures),
        waiting=tuple(waiting.waiting(area, here, clock=clock)),
    )


def side(at: View, area: int | None, here: Office, *, denominator: Denominator) -> Side:
    """Return the figures of an area in a view by a denominator."""
    by_village = coverage.villages(at, area, rule_in_force=here.rule)
    frozen_on, frozen = (coverage.dkb(at, area) if denominator == "dkb" else None) or (None, None)
    total = None if frozen is None else sum(frozen.values())
    return Side(area, at, by_village, Coverage(area, coverage.total(by_village), total), frozen_on, frozen)


def _as_closed(closing: coverage.Closing) -> View:
    return View(closing.on, closing.batch, closing.known_on, closing.rule, closing)
