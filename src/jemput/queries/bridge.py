"""The bridge from one number to another: opening balance, movements, closing balance, with the people of each line.

A person stands in one line at most: what they add to the figure between the two views, net, under
the cause of the last movement of that sign. So every line has as many people as its figure says,
and opening + lines = closing by construction; what a change of settings did is a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from jemput.domain import facts
from jemput.domain.coverage import Figures, Rule
from jemput.domain.places import is_village
from jemput.domain.problems import Text
from jemput.queries import coverage
from jemput.queries.coverage import View
from jemput.queries.tied import place_and_head
from jemput.store import bulk

Figure = Literal["id_obligated", "recorded", "unrecorded"]
BIRTHDAY = "birthday"
KEPT = 128
"""Bridges kept in memory: a month has some 8,000 persons in its lines, 0.3 MB."""

TITLES = {kind.code: kind.title for kind in facts.KINDS} | {BIRTHDAY: Text("genap 17 tahun", "turned 17")}


@dataclass(frozen=True, slots=True)
class Line:
    """One movement: its cause, what it adds, the persons it consists of.

    `late` marks what held by the opening day but was learnt after it; a line without persons is no
    movement of people (`settings_changed`, `unexplained`).
    """

    cause: str
    amount: int
    late: bool
    persons: tuple[int, ...] = ()


LEAVING = frozenset({facts.MATI, facts.PINDAH, facts.KONSOLIDASI_REMOVED, facts.KONSOLIDASI_MERGED})
EITHER_WAY = frozenset(
    {
        facts.RESIDENCE_CHANGED,
        facts.BIODATA_CHANGED,
        facts.BLOCKED,
        facts.REACTIVATED,
        "settings_changed",
        "unexplained",
    }
)
"""Causes that add or take away by their nature."""
RECORDING_FAILED = Text("perekaman gagal", "recording failed")
OTHER_TITLES = {
    "settings_changed": Text("perubahan pengaturan hitung", "change of the counting settings"),
    "unexplained": Text("tak dijelaskan daftar konsolidasi", "not explained by the consolidation list"),
}


def title_of(cause: str, amount: int, figure: Figure | Literal["population"]) -> Text:
    """Return what a line is called; one against its usual sign is something that failed or was taken back."""
    title = TITLES.get(cause) or OTHER_TITLES[cause]
    usual = -1 if cause in LEAVING or (cause == facts.REKAM and figure == "unrecorded") else 1
    if cause in EITHER_WAY or amount * usual >= 0:
        return title
    if cause == facts.REKAM:
        return RECORDING_FAILED
    return Text(f"{title.id}, ditarik kembali", f"{title.en}, taken back")


@dataclass(frozen=True, slots=True)
class Bridge:
    """Opening + lines = closing, for one figure of one area."""

    figure: Figure
    opening: int
    lines: tuple[Line, ...]
    closing: int

    def title(self, line: Line) -> Text:
        """Return what a line is called."""
        return title_of(line.cause, line.amount, self.figure)

    @property
    def foots(self) -> bool:
        """Whether the balance holds."""
        return self.opening + sum(line.amount for line in self.lines) == self.closing


def bridge(start: View, end: View, area: int | None, *, figure: Figure, rule: Rule) -> Bridge:
    """Return the bridge of one figure between two views; `rule` is the rule the movements were made by."""
    opening = _value(coverage.total(coverage.villages(start, area, rule_in_force=rule)), figure)
    closing = _value(coverage.total(coverage.villages(end, area, rule_in_force=rule)), figure)
    lines = _lines(start, end, area, figure)
    rest = closing - opening - sum(line.amount for line in lines)
    if rest and (start.rule != rule or end.rule != rule):
        lines.append(Line("settings_changed", rest, late=False))
    return Bridge(figure, opening, tuple(lines), closing)


def dkb_bridge(at: View, area: int | None, *, rule: Rule) -> tuple[date, Bridge] | None:
    """Return the bridge from the frozen DKB to the live wajib KTP, or None where there is no DKB yet.

    What the centre's list of persons does not explain is the line "unexplained": a difference of two
    totals, never people.
    """
    frozen = coverage.dkb(at, area)
    if frozen is None:
        return None
    on, by_village = frozen
    start = View(on, at.batch, at.known_on, rule)
    live = bridge(start, at, area, figure="id_obligated", rule=rule)
    total = sum(by_village.values())
    unexplained = Line("unexplained", live.opening - total, late=False)
    return on, Bridge("id_obligated", total, (unexplained, *live.lines), live.closing)


def kept(start: View, end: View, area: int | None, *, figure: Figure, rule: Rule) -> Bridge:
    """Return the same bridge, from memory where it was made before: between two views it never changes.

    The chain's hash at the later of the two commits to every fact either of them knows.
    """
    later = max(start, end, key=lambda at: at.batch)
    return _kept(start, end, area, figure=figure, rule=rule, head=place_and_head(later)[1])


def dkb_kept(at: View, area: int | None, *, rule: Rule) -> tuple[date, Bridge] | None:
    """Return the bridge from the frozen DKB, from memory where it was made before."""
    return _dkb_kept(at, area, rule, place_and_head(at)[1])


@lru_cache(maxsize=KEPT)
def _kept(
    start: View,
    end: View,
    area: int | None,
    *,
    figure: Figure,
    rule: Rule,
    head: str,  # noqa: ARG001 - part of the key
) -> Bridge:
    return bridge(start, end, area, figure=figure, rule=rule)


@lru_cache(maxsize=KEPT)
def _dkb_kept(
    at: View,
    area: int | None,
    rule: Rule,
    head: str,  # noqa: ARG001 - part of the key
) -> tuple[date, Bridge] | None:
    return dkb_bridge(at, area, rule=rule)


def _value(figures: Figures, figure: Figure) -> int:
    value: int = getattr(figures, figure)
    return value


def _lines(start: View, end: View, area: int | None, figure: Figure) -> list[Line]:
    column = "id_obligated - recorded" if figure == "unrecorded" else figure
    low, high = coverage.span(area)
    village = (
        "village" if area and is_village(area) else "+village"
    )  # SQLite: days and batches are the few, villages all
    if end.on < start.on:
        return [_turned(line) for line in _lines(end, start, area, figure)]
    since = f"""SELECT person, on_day, batch, cause, {column} FROM movement
        WHERE on_day > %s AND on_day <= %s AND batch <= %s AND {village} BETWEEN %s AND %s AND {column} <> 0"""
    rows = bulk.select(since, [start.on.toordinal(), end.on.toordinal(), end.batch, low, high])
    learnt = f"""SELECT person, on_day, batch, cause, {column} FROM movement
        WHERE batch > %s AND batch <= %s AND on_day <= %s AND {village} BETWEEN %s AND %s AND {column} <> 0"""
    low_batch, high_batch = sorted((start.batch, end.batch))
    sign = 1 if end.batch >= start.batch else -1
    late = bulk.select(learnt, [low_batch, high_batch, start.on.toordinal(), low, high])
    rows += [(person, on, batch, cause, sign * amount) for person, on, batch, cause, amount in late]
    by_person: dict[int, list[tuple[int, int, str, int]]] = defaultdict(list)
    for person, on, batch, cause, amount in rows:
        by_person[person].append((on, batch, cause, amount))
    groups: dict[tuple[bool, str, int], list[int]] = defaultdict(list)
    for person, moves in by_person.items():
        if net := sum(move[3] for move in moves):
            on, _, cause, _ = max(move for move in moves if move[3] * net > 0)
            groups[on <= start.on.toordinal(), cause, net].append(person)
    return [
        Line(cause, net * len(persons), late=is_late, persons=tuple(sorted(persons)))
        for (is_late, cause, net), persons in sorted(groups.items())
    ]


def _turned(line: Line) -> Line:
    return Line(line.cause, -line.amount, late=line.late, persons=line.persons)
