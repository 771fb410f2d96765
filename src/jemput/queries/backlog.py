"""The backlog split into people to record and records to settle; it sums to exactly what the view calls unrecorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jemput.domain.backlog import DUPLICATE, LINES, TO_RECORD, TO_SETTLE, Line, line_of
from jemput.domain.proposals import REJECTIONS
from jemput.domain.sweep import Left
from jemput.queries import coverage
from jemput.queries.coverage import View
from jemput.queries.office import ZONE, Office
from jemput.queries.waiting import UNSETTLED
from jemput.store import bulk
from jemput.store.models import PersonWord, VisitPerson


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many unrecorded people of an area stand in each line; every line is there."""

    area: int | None
    lines: Mapping[Line, int]

    @property
    def to_record(self) -> int:
        """People who are to be met and recorded."""
        return sum(self.lines[line] for line in TO_RECORD)

    @property
    def to_settle(self) -> int:
        """Records that are to be settled: for these nobody need travel."""
        return sum(self.lines[line] for line in TO_SETTLE)

    @property
    def total(self) -> int:
        """All of them: the unrecorded figure of the view."""
        return self.to_record + self.to_settle


def backlog(area: int | None, at: View, office: Office) -> Backlog:
    """Return what the unrecorded people of an area in a view wait for; words and outcomes are today's.

    Only those of whom something was said, and duplicates, are looked at one by one: the rest is what the figures leave.
    """
    said = last_said()
    duplicates = _duplicates()
    whole = coverage.total(coverage.villages(at, area, rule_in_force=office.rule))
    held = _counted(said.keys() | duplicates, at, area, office)
    found = Counter(
        line_of(said.get(person, ""), status=DUPLICATE if person in duplicates else None, is_blocked=is_blocked)
        for person, is_blocked in held
    )
    found["blocked"] += (whole.blocked if at.rule.count_blocked else 0) - sum(is_blocked for _, is_blocked in held)
    found["no_word"] += whole.unrecorded - sum(found.values())
    return Backlog(area, {line: found[line] for line in LINES})


def among(area: int | None, people: Iterable[Left]) -> Backlog:
    """Return the same of people of a sweep already read, with their status of its view."""
    said = last_said()
    found = Counter(
        line_of(said.get(one.person, ""), status=one.status, is_blocked="blocked" in one.tags)
        for one in people
        if one.is_counted
    )
    return Backlog(area, {line: found[line] for line in LINES})


def last_said() -> dict[int, str]:
    """Return the last word or outcome of each person of whom there is one that nobody found untrue."""
    words = (
        PersonWord.objects.exclude(proposal__answer__in=REJECTIONS)
        .order_by("said_at", "pk")
        .values_list("person", "word", "said_at")
    )
    found: dict[int, tuple[date, str]] = {
        person: (said_at.astimezone(ZONE).date(), word) for person, word, said_at in words
    }
    outcomes = (
        VisitPerson.objects.filter(outcome="home_visit", visit__on__isnull=False)
        .order_by("visit__on", "visit_id")
        .values_list("person", "outcome", "visit__on")
    )
    for person, outcome, on in outcomes:
        if on is not None and (person not in found or found[person][0] < on):
            found[person] = (on, outcome)
    return {person: said for person, (_, said) in found.items()}


def _duplicates() -> set[int]:
    """Return the people whose last recording turned out to be a duplicate."""
    return {row[0] for row in bulk.select(f"SELECT id FROM person WHERE status = {DUPLICATE} AND {UNSETTLED}")}


def _counted(persons: Collection[int], at: View, area: int | None, office: Office) -> list[tuple[int, bool]]:
    """Return (person, whether blocked) of those whom a view counts as unrecorded in an area."""
    low, high = coverage.span(area)
    rows = bulk.select_in(
        "SELECT person, sum(blocked) FROM"
        f" {coverage.movements(at, office.rule, escaped=True)} AS m WHERE person IN ({{marks}})"
        f" AND village BETWEEN {low} AND {high} AND on_day <= {at.on.toordinal()} AND batch <= {at.batch}"
        " GROUP BY person HAVING sum(id_obligated - recorded) > 0",
        persons,
    )
    return [(person, blocked > 0) for person, blocked in rows]
