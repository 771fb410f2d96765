"""Who is left in a view, and since when: read off the movements that bear on it, a tenth of all.

The sum of wajib KTP less recorded is not changed by movements in which both are alike, so an index of the others
gives exactly the people the count calls unrecorded, at a fiftieth of the time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from jemput.domain.coverage import Rule
from jemput.queries.coverage import View, movements, span
from jemput.store import bulk

BEARING = "(id_obligated <> recorded OR blocked <> 0)"
"""Movements that bear on who is left: written as the index has it, or no engine uses it."""


class Stands(NamedTuple):
    """One person on a village's list of a view: since when (ordinal), and as what.

    Who moved stands anew on the list of where they moved: an address is as fresh as its entry.
    `is_counted`: wajib KTP and not recorded in the view · `is_blocked` · neither: becomes so by the later day asked for.
    """

    person: int
    village: int
    since: int
    is_counted: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A time somebody stood on a village's list; both days are ordinals, `until` is None while it lasts."""

    village: int
    since: int
    until: int | None


def left(at: View, area: int | None, *, rule_in_force: Rule, until: date | None = None) -> list[Stands]:
    """Return who is left in an area; with `until` also who becomes so by that day, by what the view knows."""
    low, high = span(area)
    now = at.on.toordinal()
    last = max(now, until.toordinal()) if until else now
    rows = bulk.select(
        "SELECT person, village, now_left, now_blocked, first_day, moves FROM ("
        f"SELECT person, village, sum(CASE WHEN on_day <= {now} THEN id_obligated - recorded ELSE 0 END) AS now_left,"
        f" sum(CASE WHEN on_day <= {now} THEN blocked ELSE 0 END) AS now_blocked,"
        " sum(id_obligated - recorded) AS then_left, min(on_day) AS first_day, count(*) AS moves"
        f" FROM {movements(at, rule_in_force)} AS m WHERE {BEARING} AND village BETWEEN {low} AND {high}"
        f" AND on_day <= {last} AND batch <= {at.batch} GROUP BY village, person) AS s"
        " WHERE now_left > 0 OR now_blocked > 0 OR then_left > 0"
    )
    moved = [row[0] for row in rows if row[5] > 1 and (row[2] > 0 or row[3] > 0)]
    began = {
        (person, run.village): run.since
        for person, held in runs(moved, at, rule_in_force=rule_in_force).items()
        for run in held
        if run.until is None
    }
    return [
        Stands(person, village, began.get((person, village), first_day), now_left > 0, now_blocked > 0)
        for person, village, now_left, now_blocked, first_day, _ in rows
    ]


def runs(persons: Collection[int], at: View, *, rule_in_force: Rule) -> dict[int, list[Run]]:
    """Return every time these people stood on a list, as the view knows it, village by village."""
    held_by: dict[int, list[Run]] = {}
    sql = (
        "SELECT person, village, on_day, sum(id_obligated - recorded + blocked) FROM"
        f" {movements(at, rule_in_force, escaped=True)} AS m WHERE {BEARING} AND person IN ({{marks}})"
        f" AND on_day <= {at.on.toordinal()} AND batch <= {at.batch} GROUP BY person, village, on_day"
        " ORDER BY person, village, on_day"
    )
    for (person, village), days in groupby(bulk.select_in(sql, persons), key=itemgetter(0, 1)):
        total, since = 0, 0
        found = held_by.setdefault(person, [])
        for *_, on_day, change in days:
            before, total = total, total + int(change)
            if before <= 0 < total:
                since = on_day
            elif total <= 0 < before:
                found.append(Run(village, since, on_day))
        if total > 0:
            found.append(Run(village, since, None))
    return held_by
