"""One person as the ledger has them: three axes, status chain, household, who said which field, all facts.

Everything is read off the person's own facts (by index) on a day as known with a batch; the
register's present entry only tells who shares the family card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from jemput.domain import facts, recording
from jemput.domain.axes import ALWAYS, Axes, Vote, axes, status_title, vote
from jemput.domain.biodata import FieldHistory, ToldFact, entry_on, histories
from jemput.domain.coverage import FIGURES, Figures, Rule, figures_of, standing
from jemput.domain.ids import area_number, area_text
from jemput.domain.lampid import STRUCK, Effects, effects
from jemput.domain.problems import Text
from jemput.queries import coverage, places, register
from jemput.queries.coverage import Closing
from jemput.queries.register import Known
from jemput.store import bulk
from jemput.store.models import Proposal

HOUSEHOLD_SHOWN = 40
"""People of one KK that are shown; a number more people share is a dummy and says so itself."""
ANSWERED_SHOWN = 10
"""Answered proposals that are shown beside the open ones."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """The fact that took another back: its place, when the office learnt it, why, and who said so."""

    place: int
    known_on: date
    reason: str
    said_by: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact with both clocks, where it came from, and what became of it.

    `source`, `file`, `taken_by` are the batch's: kind of source, its name, and who brought it in;
    `said_by` is who said so according to the fact.
    """

    place: int
    id: str
    batch: int
    kind: str
    on: date
    known_on: date
    known_at: datetime
    reported_on: date | None
    said: dict[str, Any]
    said_by: str
    source: str
    file: str
    taken_by: str
    reverses: int | None
    reversed_by: Reversal | None

    @property
    def title(self) -> Text:
        """What kind of fact it is."""
        return facts.BY_CODE[self.kind].title

    @property
    def may_be_reversed(self) -> bool:
        """Whether a fact can still be taken back."""
        return self.reversed_by is None and self.kind != facts.REVERSED

    @property
    def learnt_after_days(self) -> int:
        """Days from when it held to when the office learnt it."""
        return (self.known_on - self.on).days


@dataclass(frozen=True, slots=True)
class Step:
    """One status of the recording: raw and folded, when, where, how old, and how long the step before it took.

    `waited_days` are the days from the standing status before, None for the first or a reversed one.
    """

    fact: FactLine
    raw: str
    order: int
    place: str
    place_name: str
    age_days: int
    waited_days: int | None
    counts: bool

    @property
    def title(self) -> Text:
        """The folded status in words."""
        return status_title(self.order)


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody with the same KK number, with where they stand."""

    person: Known
    role: str
    born_on: date | None
    axes: Axes


@dataclass(frozen=True, slots=True)
class Moved:
    """What the person added to a village's figures: on which day, as learnt on which day, and why."""

    on: date
    known_on: date
    village: int
    cause: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Counted:
    """How one closed 28th counted the person: as closed, and as known now."""

    on: date
    closed: tuple[tuple[int, Figures], ...]
    now: tuple[tuple[int, Figures], ...]

    @property
    def differs(self) -> bool:
        """Whether what is known now would count otherwise."""
        return self.closed != self.now


@dataclass(frozen=True, slots=True)
class Run:
    """Closed 28ths in a row that counted the person alike, and are known alike now."""

    first: date
    last: date
    days: int
    closed: tuple[tuple[int, Figures], ...]
    now: tuple[tuple[int, Figures], ...]

    @property
    def differs(self) -> bool:
        """Whether what is known now would count otherwise."""
        return self.closed != self.now


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person on a day as known with a batch; `last_place` is the last fact about them in the ledger."""

    id: int
    on: date
    batch: int
    name: str
    nik: str
    no_kk: str
    sex: str
    born_on: date | None
    village: int
    last_place: int
    axes: Axes
    vote: Vote | None
    chain: tuple[Step, ...]
    fields: tuple[FieldHistory, ...]
    facts: tuple[FactLine, ...]
    household: tuple[Relative, ...]
    household_size: int
    moved: tuple[Moved, ...]
    counted: tuple[Counted, ...]
    proposals: tuple[Proposal, ...]
    merged_into: Known | None
    names: dict[int, str]

    def value(self, name: str) -> str:
        """Return what a field says now, empty where no fact says it."""
        held = next((one.current for one in self.fields if one.name == name), None)
        return held.value if held else ""

    def runs(self) -> list[Run]:
        """Return the closed 28ths, those in a row that say the same as one, newest first."""
        runs: list[Run] = []
        for one in self.counted:
            last = runs[-1] if runs else None
            if last and (last.closed, last.now) == (one.closed, one.now):
                runs[-1] = Run(last.first, one.on, last.days + 1, one.closed, one.now)
            else:
                runs.append(Run(one.on, one.on, 1, one.closed, one.now))
        return runs[::-1]

    def area(self, number: int) -> str:
        """Return an area's name with its code; a district's office, its code followed by 0000, by the district."""
        number = number // 10**4 if number > 10**9 and number % 10**4 == 0 else number
        return f"{self.names[number]} ({area_text(number)})" if number in self.names else area_text(number)


def told(persons: Iterable[int], *, batch: int = ALWAYS) -> dict[int, list[ToldFact]]:
    """Return the facts known with a batch of some persons, in the order of the ledger."""
    rows = bulk.select_in(
        "SELECT person, place, batch, kind, on_day, reverses, said FROM fact WHERE person IN ({marks}) ORDER BY place",
        persons,
    )
    found: dict[int, list[ToldFact]] = {}
    for person, place, learnt, kind, on_day, reverses, text in rows:
        if learnt <= batch:
            said = orjson.loads(text)
            legal = Effects() if kind == facts.REVERSED else effects(kind, said)
            found.setdefault(person, []).append(ToldFact(place, learnt, kind, on_day, legal, reverses, said))
    return found


def home_of(person: int) -> int | None:
    """Return the village a person belongs to for the rights of an area; None for nobody, 0 where none is known.

    Whoever moved out, was struck or whose facts were all taken back belongs to their last village.
    """
    rows = bulk.select("SELECT village FROM person WHERE id = %s", [person])
    if rows and rows[0][0] > STRUCK:
        return int(rows[0][0])
    rows = bulk.select(
        "SELECT home, recorded_at FROM fact WHERE person = %s ORDER BY on_day DESC, place DESC", [person]
    )
    homes = [home for home, _ in rows if home and home > STRUCK] + [where for _, where in rows if where]
    return (homes[0] if homes else 0) if rows else None


def belongs(person: int, area: int | None, *, whole: int | None) -> bool:
    """Whether a person belongs to an area; whoever never lived or was recorded anywhere belongs to the whole office."""
    village = home_of(person)
    if village is None or area is None:
        return village is not None
    low, high = coverage.span(area)
    return low <= village <= high or (village == 0 and area == whole)


def dossier(
    person: int, *, on: date, rule: Rule, batch: int = ALWAYS, polling_on: date | None = None
) -> Dossier | None:
    """Return one person as known with a batch; None where the ledger then knew nothing of them."""
    lines = _lines(person, batch)
    if not lines:
        return None
    known = [_told(line) for line in lines]
    day = on.toordinal()
    now = entry_on(known, on_day=day)
    biodata = now.biodata
    fields = histories(known, on_day=day)
    born_on = str(biodata.get("born_on", ""))
    no_kk = str(biodata.get("no_kk", ""))
    relatives, size = _household(person, no_kk, on, rule, batch)
    moved = _moved(person, batch)
    counted = _counted(known, coverage.closings(), batch)
    standing_now = axes(known, on=on, rule=rule, batch=batch)
    steps = [line for line in lines if line.kind == facts.REKAM]
    recorded_at = {area_number(str(line.said.get("recorded_at", ""))) for line in steps}
    homes = {fact.effects.home for fact in known} | {one.village for one in moved} | {standing_now.registry.village}
    named = {number for number in recorded_at | homes if number and number > STRUCK}
    named |= {number // 10**4 for number in named if number > 10**9}
    names = places.names_of(named, on)
    return Dossier(
        person,
        on,
        batch,
        now.name or next((str(line.said["name"]) for line in reversed(lines) if line.said.get("name")), ""),
        str(biodata.get("nik", "")),
        no_kk,
        str(biodata.get("sex", "")),
        date.fromisoformat(born_on) if born_on else None,
        standing_now.registry.village,
        lines[-1].place,
        standing_now,
        vote(known, polling_on=polling_on, occupation=str(biodata.get("occupation", "")), rule=rule, batch=batch)
        if polling_on
        else None,
        _chain(steps, on, rule, names),
        fields,
        tuple(lines),
        relatives,
        size,
        moved,
        counted,
        _proposals(person),
        _merged_into(lines),
        names,
    )


def _told(line: FactLine) -> ToldFact:
    legal = Effects() if line.kind == facts.REVERSED else effects(line.kind, line.said)
    return ToldFact(line.place, line.batch, line.kind, line.on.toordinal(), legal, line.reverses, line.said)


def _lines(person: int, batch: int) -> list[FactLine]:
    rows = bulk.select(
        "SELECT f.place, f.id, f.batch, f.kind, f.on_day, f.known_day, b.known_at, f.reported_day, f.said, f.said_by,"
        " b.source, b.name, b.said_by, f.reverses, r.place, r.known_day, r.said, r.said_by, r.batch, rb.said_by"
        " FROM fact f JOIN batch b ON b.batch = f.batch LEFT JOIN fact r ON r.reverses = f.place"
        " LEFT JOIN batch rb ON rb.batch = r.batch WHERE f.person = %s AND f.batch <= %s ORDER BY f.place",
        [person, batch],
    )
    return [_line(row, batch) for row in rows]


def _line(row: tuple[Any, ...], batch: int) -> FactLine:
    place, identity, learnt, kind, on_day, known_day, known_at, reported, said, said_by, source, file, taken_by = row[
        :13
    ]
    reverses, undone, undone_day, undone_said, undone_by, undone_batch, undone_taken_by = row[13:]
    reversal = None
    if undone is not None and undone_batch <= batch:
        reason = str(orjson.loads(undone_said).get("note", ""))
        reversal = Reversal(undone, date.fromordinal(undone_day), reason, undone_by or undone_taken_by)
    return FactLine(
        place,
        identity,
        learnt,
        kind,
        date.fromordinal(on_day),
        date.fromordinal(known_day),
        datetime.fromisoformat(known_at),
        date.fromordinal(reported) if reported else None,
        orjson.loads(said),
        said_by,
        source,
        file,
        taken_by,
        reverses,
        reversal,
    )


def _chain(lines: Sequence[FactLine], on: date, rule: Rule, names: dict[int, str]) -> tuple[Step, ...]:
    """Return the statuses in the order they held, those after the day too; each waits for the standing one before."""
    steps: list[Step] = []
    before: date | None = None
    for line in sorted(lines, key=lambda one: (one.on, one.place)):
        raw = str(line.said.get("status", ""))
        order = recording.fold(raw)
        number = area_number(str(line.said.get("recorded_at", "")))
        called = names.get(number, "") if number else ""
        stands = line.reversed_by is None
        waited = (line.on - before).days if before and stands else None
        order = recording.UNREGISTERED if order is None else order
        where = area_text(number) if number else ""
        steps.append(
            Step(line, raw, order, where, called, (on - line.on).days, waited, stands and order in rule.counted)
        )
        before = line.on if stands else before
    return tuple(steps)


def _household(person: int, no_kk: str, on: date, rule: Rule, batch: int) -> tuple[tuple[Relative, ...], int]:
    """Return who shares the family card now (the person too), in the order of the card, and how many they are."""
    if not no_kk:
        return (), 0
    members = register.by_kk(no_kk)
    shown = [one for one in members if one.id == person] + [one for one in members if one.id != person]
    shown = shown[:HOUSEHOLD_SHOWN]
    known = told((one.id for one in shown), batch=batch)
    relatives = [_relative(one, axes(known[one.id], on=on, rule=rule, batch=batch)) for one in shown if one.id in known]
    return tuple(sorted(relatives, key=_card_order)), len(members)


def _relative(one: Known, standing_now: Axes) -> Relative:
    biodata = one.biodata
    born_on = biodata.get("born_on")
    return Relative(one, str(biodata.get("role", "")), date.fromisoformat(born_on) if born_on else None, standing_now)


_CARD = ("kepala keluarga", "suami", "istri", "anak", "menantu", "cucu", "orang tua", "mertua", "famili lain")


def _card_order(one: Relative) -> tuple[int, date, int]:
    return (_CARD.index(one.role) if one.role in _CARD else len(_CARD), one.born_on or date.max, one.person.id)


def _moved(person: int, batch: int) -> tuple[Moved, ...]:
    columns = ", ".join(f"m.{figure}" for figure in FIGURES)
    rows = bulk.select(
        f"SELECT m.on_day, b.known_day, m.village, m.cause, {columns} FROM movement m"
        " JOIN batch b ON b.batch = m.batch WHERE m.person = %s AND m.batch <= %s"
        " ORDER BY m.on_day, m.batch, m.village, m.cause",
        [person, batch],
    )
    return tuple(
        Moved(date.fromordinal(on), date.fromordinal(known), village, cause, Figures(*figures))
        for on, known, village, cause, *figures in rows
    )


def _counted(known: Sequence[ToldFact], closings: Sequence[Closing], batch: int) -> tuple[Counted, ...]:
    """Return how each closed 28th counted these facts, by the rule it was closed with."""
    return tuple(
        Counted(
            closing.on,
            _figures(known, closing.on, closing.batch, closing.rule),
            _figures(known, closing.on, batch, closing.rule),
        )
        for closing in closings
        if closing.batch <= batch
    )


def _figures(known: Sequence[ToldFact], on: date, batch: int, rule: Rule) -> tuple[tuple[int, Figures], ...]:
    day = on.toordinal()
    person = standing(known, on_day=day, batch=batch, rule=rule)
    return tuple(figures_of(person, on_day=day, rule=rule))


def _proposals(person: int) -> tuple[Proposal, ...]:
    """Return the open proposals about a person, and the last answered ones."""
    found = Proposal.objects.filter(person=person).order_by("-id")
    waiting = list(found.filter(state="open"))
    return (*waiting, *found.exclude(state="open")[:ANSWERED_SHOWN])


def _merged_into(lines: Sequence[FactLine]) -> Known | None:
    niks = [str(line.said["merged_into"]) for line in lines if "merged_into" in line.said and not line.reversed_by]
    return register.by_nik(niks[-1:]).get(niks[-1]) if niks else None
