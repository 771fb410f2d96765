"""One day as the province is told of it: what was recorded and learnt, where coverage stands, who is left.

It is the day as known at its end, so that it reads the same whenever it is made; what was recorded that
day and told later stands in the report of the day it was told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from jemput.domain import facts, recording
from jemput.domain.coverage import Figures
from jemput.domain.places import DISTRICT_DIGITS
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import bridge, coverage
from jemput.queries.coverage import View
from jemput.queries.monthly import LAMPID
from jemput.queries.office import Office
from jemput.queries.tied import Tie, tie
from jemput.store import bulk

DAY_TO_COME = ProblemKind(
    "report_day_to_come",
    Text("{on} belum tiba; hari kantor {today}.", "{on} has not come yet; the office's day is {today}."),
    Text("Buat laporan hari itu pada hari itu atau sesudahnya.", "Make that day's report on that day or after it."),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """People whose recording began to count: of that day, and of earlier days but told only now.

    `here` are recordings made in the area whoever was recorded, guests of other regencies among them.
    """

    today: int = 0
    earlier: int = 0
    here: int = 0

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(self.today + other.today, self.earlier + other.earlier, self.here + other.here)


@dataclass(frozen=True, slots=True)
class Event:
    """LAMPID of one kind the office learnt that day; `late` of them held on an earlier day."""

    cause: str
    learnt: int
    late: int

    @property
    def title(self) -> Text:
        """What the event is called."""
        return bridge.TITLES[self.cause]


@dataclass(frozen=True, slots=True)
class District:
    """Coverage of one district at the end of the day, and what was recorded that day."""

    area: int
    figures: Figures
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Daily:
    """One day of an area; `official` is the last closed count by then, None where there is none."""

    tie: Tie
    figures: Figures
    day_before: Figures
    official: tuple[Tie, Figures] | None
    recorded: Recorded
    events: tuple[Event, ...]
    statuses: tuple[tuple[Text, int], ...]
    districts: tuple[District, ...]


def daily(on: date, area: int | None, here: Office) -> Daily:
    """Return a day as known at its end; refuse one that has not come."""
    if on > here.today:
        raise Refused(DAY_TO_COME.at(on=on.isoformat(), today=here.today.isoformat()))
    at = coverage.view(on, as_known=on, rule=here.rule)
    before = coverage.view(on - timedelta(days=1), as_known=on - timedelta(days=1), rule=here.rule)
    by_village = coverage.villages(at, area, rule_in_force=here.rule)
    recorded = _recorded(at, area)
    districts = coverage.grouped(by_village, DISTRICT_DIGITS)
    return Daily(
        tie=tie(at, area, here),
        figures=coverage.total(by_village),
        day_before=coverage.total(coverage.villages(before, area, rule_in_force=here.rule)),
        official=_official(at, area, here),
        recorded=sum(recorded.values(), Recorded()),
        events=_events(at, area),
        statuses=_statuses(at, area),
        districts=tuple(
            District(one, districts.get(one, Figures()), recorded.get(one, Recorded()))
            for one in sorted(districts.keys() | recorded.keys())
            if districts.get(one, Figures()).population or recorded.get(one, Recorded()) != Recorded()
        ),
    )


def _official(at: View, area: int | None, here: Office) -> tuple[Tie, Figures] | None:
    closed = [one for one in coverage.closings() if one.on <= at.on and one.batch <= at.batch]
    if not closed:
        return None
    last = closed[-1]
    view = View(last.on, last.batch, last.known_on, last.rule, last)
    return tie(view, area, here), coverage.total(coverage.villages(view, area, rule_in_force=here.rule))


def _batches(at: View) -> str:
    """Return the batches of the day as an IN list, written out so that the index on them is used."""
    rows = bulk.select("SELECT batch FROM batch WHERE known_day = %s", [at.on.toordinal()])
    return ", ".join(str(batch) for (batch,) in rows) or "0"


def _recorded(at: View, area: int | None) -> dict[int, Recorded]:
    """Return what was recorded by district."""
    low, high = coverage.span(area)
    day = at.on.toordinal()
    rows = bulk.select(
        f"""SELECT m.village, m.on_day, sum(m.recorded + m.pemula), sum(m.recorded_here)
        FROM movement m
        WHERE m.cause = '{facts.REKAM}' AND +m.village BETWEEN {low} AND {high}
        AND ((m.on_day = {day} AND m.batch <= {at.batch}) OR (m.batch IN ({_batches(at)}) AND m.on_day < {day}))
        GROUP BY m.village, m.on_day"""
    )
    found: dict[int, Recorded] = defaultdict(Recorded)
    for village, on_day, residents, here in rows:
        today = on_day == day
        district = int(str(village)[:DISTRICT_DIGITS])
        found[district] += Recorded(
            today=int(residents) if today else 0,
            earlier=0 if today else int(residents),
            here=int(here) if today else 0,
        )
    return found


def _events(at: View, area: int | None) -> tuple[Event, ...]:
    low, high = coverage.span(area)
    day = at.on.toordinal()
    rows = bulk.select(
        f"""SELECT m.cause, m.on_day, sum(m.population) FROM movement m
        WHERE m.batch IN ({_batches(at)}) AND +m.on_day <= {day} AND m.population <> 0 AND +m.village BETWEEN {low} AND {high}
        GROUP BY m.person, m.cause, m.on_day HAVING sum(m.population) <> 0"""
    )
    learnt, late = Counter[str](), Counter[str]()
    for cause, on_day, amount in rows:
        if amount * (-1 if cause in bridge.LEAVING else 1) > 0:
            learnt[cause] += 1
            late[cause] += on_day < day
    return tuple(Event(cause, learnt[cause], late[cause]) for cause in LAMPID)


def _statuses(at: View, area: int | None) -> tuple[tuple[Text, int], ...]:
    """Return the recording statuses told that day of people who live in the area, in the order of the pipeline."""
    low, high = coverage.span(area)
    told = bulk.select(
        f"""SELECT f.person, f.status FROM fact f LEFT JOIN fact r ON r.reverses = f.place
        WHERE f.batch IN ({_batches(at)}) AND f.kind = '{facts.REKAM}' AND f.status IS NOT NULL
        AND (r.batch IS NULL OR r.batch > {at.batch})"""
    )
    living = {
        person
        for (person,) in bulk.select_in(
            f"""SELECT person FROM movement WHERE on_day <= {at.on.toordinal()} AND batch <= {at.batch}
            AND village BETWEEN {low} AND {high} AND population <> 0 AND person IN ({{marks}})
            GROUP BY person HAVING sum(population) > 0""",
            {person for person, _ in told},
        )
    }
    many = Counter(status for person, status in told if person in living)
    named = [(status.label, many[status.order]) for status in recording.STATUSES if many[status.order]]
    if many[recording.UNKNOWN]:
        named.append((Text("status yang tidak dikenal", "a status not known"), many[recording.UNKNOWN]))
    return tuple(named)
