"""How long until the next 28th and until the election, and at which pace everybody would be recorded by then.

Before an election everybody who votes needs a card or a recording (constitutional court 20/PUU-XVII/2019), so what
is left then, not now, sets the pace: whoever turns 17 until polling day is among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from jemput.domain.coverage import Figures
from jemput.domain.cut_offs import cut_off_from, cut_offs_between
from jemput.queries import coverage
from jemput.queries.coverage import View
from jemput.queries.office import Office, setting
from jemput.store import bulk

PACE_DAYS = 28
"""Days whose recordings give the pace: four weeks hold every weekday alike, and a month between two counts has 28 to 31."""
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Pace:
    """Recordings that began to count in the last days, net of failures, and what that is a day."""

    recorded: int
    days: int

    @property
    def a_day(self) -> Decimal:
        """Recordings a calendar day, one decimal."""
        return (Decimal(self.recorded) / self.days).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Election:
    """Polling day with its source; `left_then` would be unrecorded on that day if nobody were recorded any more."""

    on: date
    source: str
    days: int
    left_now: int
    left_then: int

    @property
    def coming(self) -> int:
        """How many more become wajib KTP until then than leave by what is known now."""
        return self.left_then - self.left_now

    @property
    def needed_a_day(self) -> int | None:
        """Recordings a calendar day that leave nobody; None once polling day is there."""
        if self.days <= 0:
            return None
        return int((Decimal(max(0, self.left_then)) / self.days).to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The next 28th and the days to it, 28ths that went by and are not closed, the pace, the election if one is set."""

    cut_off: date
    cut_off_days: int
    missing: tuple[date, ...]
    pace: Pace
    election: Election | None


def deadlines(area: int | None, here: Office, *, live: View, figures: Figures) -> Deadlines:
    """Return the deadlines as they stand in the live view given, with its figures of the area."""
    missing = unclosed(here.today)
    cut_off = cut_off_from(here.today)
    if cut_off == here.today and cut_off not in missing:  # today's count is closed already
        cut_off = cut_off_from(here.today + timedelta(days=1))
    pace = _pace(area, live)
    election = _election(area, here, live, figures)
    return Deadlines(cut_off, (cut_off - here.today).days, missing, pace, election)


def unclosed(today: date) -> tuple[date, ...]:
    """Return the 28ths up to today that were not closed since the last closed one; none before the first closing."""
    closed = coverage.closings()
    return tuple(cut_offs_between(closed[-1].on, today)) if closed else ()


def _pace(area: int | None, live: View) -> Pace:
    low, high = coverage.span(area)
    since = live.on.toordinal() - PACE_DAYS
    rows = bulk.select(
        "SELECT coalesce(sum(recorded + pemula), 0) FROM movement WHERE on_day > %s AND on_day <= %s AND batch <= %s"
        " AND cause = 'rekam' AND village + 0 BETWEEN %s AND %s",  # + 0: by day, or SQLite reads every village's years
        [since, live.on.toordinal(), live.batch, low, high],
    )
    return Pace(int(rows[0][0]), PACE_DAYS)


def _election(area: int | None, here: Office, live: View, figures: Figures) -> Election | None:
    said = setting("election_on")
    if not said:
        return None
    on = date.fromisoformat(said)
    left = figures.unrecorded
    if on > live.on:
        then = coverage.villages(replace(live, on=on), area, rule_in_force=here.rule)
        left = coverage.total(then).unrecorded
    return Election(on, setting("election_source"), (on - here.today).days, figures.unrecorded, left)
