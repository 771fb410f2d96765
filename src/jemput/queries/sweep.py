"""Penyisiran: everybody who is left in an area by name and address, and its places ranked; as any view counts them.

Who is left is the view's. What villages said and what came of visits is today's word, whatever the view: a list of
the last 28th goes out today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

import orjson

from jemput.domain import recording
from jemput.domain.chances import MET, Alike, Chance, band, chances, counted
from jemput.domain.cut_offs import cut_off_from
from jemput.domain.outreach import MISSED, OPEN_VISITS
from jemput.domain.people import seventeenth_birthday
from jemput.domain.proposals import REJECTIONS
from jemput.domain.sweep import (
    Around,
    Calendar,
    LastOutcome,
    LastVisit,
    LastWord,
    Left,
    Place,
    PlaceLevel,
    first_time_voters,
    is_to_settle,
    old_by,
    places,
    tags_of,
)
from jemput.queries import people as people_query
from jemput.queries.coverage import View, span
from jemput.queries.left import Stands, left, runs
from jemput.queries.office import ZONE, Office, polling_day
from jemput.queries.settlements import settlements
from jemput.store import bulk, chain
from jemput.store.models import PersonWord, Visit, VisitPerson, VisitVillage

LEARNT_DAYS = 3 * 365
"""Visits of so many days back teach the chances (our choice: villages and their lists change)."""
PEOPLED = frozenset({"rompok", "camp"})
"""Kinds of settlements that are no part of a village's own streets."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweep of an area in a view: who is left, by village, dusun and name; the places ranked; what it looks to.

    `chances`: of people alike, as learnt from past visits of the whole office.
    """

    area: int | None
    at: View
    people: tuple[Left, ...]
    places: tuple[Place, ...]
    days: Calendar
    chances: Mapping[Alike, Chance]


def sweep(
    area: int | None, at: View, office: Office, *, levels: Collection[PlaceLevel] = ("kecamatan", "desa")
) -> Sweep:
    """Return who is left in an area, exactly the people the view counts as not recorded, and its places ranked.

    `levels`: of which places; a regency has two thousand dusun, which are told only where somebody asks.
    Beside them whoever is blocked without being counted, and whoever becomes wajib KTP until the polling day.
    """
    days = calendar(office)
    with bulk.without_cycle_search():
        stands = left(at, area, rule_in_force=office.rule, until=days.election)
        outcomes = _outcomes(office)
        learnt = chances(counted(_teachings(outcomes, at, office)))
        found = _people(stands, at, office, days=days, outcomes=outcomes, learnt=learnt)
        ranked = places(found, _around(area, office), levels=levels, ahead=days.election is not None)
    return Sweep(area, at, tuple(found), tuple(ranked), days, learnt)


def calendar(office: Office) -> Calendar:
    """Return the days a sweep looks to; a polling day that went by is none."""
    election = polling_day()
    return Calendar(
        office.today, cut_off_from(office.today), election if election and election > office.today else None
    )


# --- people ----------------------------------------------------------------------------------------------------------


def _people(
    stands: Sequence[Stands],
    at: View,
    office: Office,
    *,
    days: Calendar,
    outcomes: Mapping[int, Sequence[_Outcome]],
    learnt: Mapping[Alike, Chance],
) -> list[Left]:
    rows = {row[0]: row for row in bulk.select_in(_REGISTER, [one.person for one in stands])}
    gone = [one.person for one in stands if one.person not in rows or not rows[one.person][2]]
    named = {one.id: one for one in people_query.as_of(at, gone, rule_in_force=office.rule)} if gone else {}
    statuses = _statuses(at, rows)
    words = _words()
    voters = tuple(day.toordinal() for day in first_time_voters(days.election)) if days.election else (0, 0)
    today, old = office.today.toordinal(), old_by(at.on)
    found = []
    for person, village, since, is_counted, is_blocked in stands:
        said: dict[str, Any] = {}
        if person in named:
            then = named[person]
            nik, name, sex, born_on, status = then.nik, then.name, then.sex, then.born_on, recording.fold(then.status)
            said = {"dusun": then.dusun, "rt": then.rt, "rw": then.rw}
            adult_on = seventeenth_birthday(born_on).toordinal() if born_on else None
        else:
            _, nik, name, sex, born_day, adult_on, status, _, biodata = rows[person]
            said = orjson.loads(biodata)
            born_on = date.fromordinal(born_day) if born_day else None
            status = statuses.get(person, status)
        is_pemula = not is_counted and not is_blocked
        if is_pemula:
            if adult_on is None or adult_on <= at.on.toordinal():
                continue  # comes by another way than a birthday: not known to be due
            since = adult_on  # noqa: PLW2901 - the day the list is entered
        word = words.get(person)
        history = outcomes.get(person)
        outcome = _last(history) if history else None
        is_old = born_on is not None and born_on <= old
        tags = tags_of(is_pemula=is_pemula, is_blocked=is_blocked, is_old=is_old, word=word, outcome=outcome)
        alike = (band(today - since), bool(outcome and outcome.missed))
        found.append(
            Left(
                person,
                nik or "",
                name,
                sex or "",
                born_on,
                village,
                said.get("dusun", ""),
                said.get("rt", ""),
                said.get("rw", ""),
                said.get("address", ""),
                date.fromordinal(since),
                status,
                is_counted,
                voters[0] < (adult_on or 0) <= voters[1],
                tags,
                word,
                outcome,
                None if word and is_to_settle(word) else learnt[alike],
            )
        )
    found.sort(key=attrgetter("village", "dusun", "name", "person"))
    return found


_REGISTER = (
    "SELECT id, nik, name, sex, born_day, adult_on, status, status_day, biodata FROM person WHERE id IN ({marks})"
)


def _statuses(at: View, rows: Mapping[int, tuple[Any, ...]]) -> dict[int, int | None]:
    """Return the recording status in the view of those of whom the register says a later one."""
    on = at.on.toordinal()
    later = {person for person, row in rows.items() if row[7] is not None and row[7] > on}
    later |= _spoken_of_since(at, rows)
    if not later:
        return {}
    then = people_query.statuses(at, list(later))
    return {person: recording.fold(then[person][1]) if person in then else None for person in later}


def _spoken_of_since(at: View, persons: Collection[int]) -> set[int]:
    """Return of whom a fact about their recording, or a reversal, became known only after the view."""
    head = chain.head()
    if at.batch >= head.batch:
        return set()
    held = bulk.select(f"SELECT max(last_place) FROM batch WHERE batch <= {at.batch}")[0][0] or 0
    later = f"batch > {at.batch} AND kind IN ('rekam', 'reversed')"
    if head.place - held <= len(persons):  # read what came since, not everybody's facts
        came = bulk.select(f"SELECT DISTINCT person FROM fact{bulk.by_index('fact_batch')} WHERE {later}")
        return {row[0] for row in came}.intersection(persons)
    sql = f"SELECT DISTINCT person FROM fact WHERE {later} AND person IN ({{marks}})"
    return {row[0] for row in bulk.select_in(sql, persons)}


def _words() -> dict[int, LastWord]:
    """Return the last word of a village about each person of whom there is one that no officer found untrue."""
    believed = PersonWord.objects.exclude(proposal__answer__in=REJECTIONS).order_by("said_at", "pk")
    said = believed.values_list("person", "word", "on", "said_at", "channel")
    return {
        person: LastWord(word, on or said_at.astimezone(ZONE).date(), channel)
        for person, word, on, said_at, channel in said
    }


# --- visits ----------------------------------------------------------------------------------------------------------

_Outcome = tuple[date, str]
"""The day of a visit, and what became of somebody it was for."""


def _outcomes(office: Office) -> dict[int, list[_Outcome]]:
    """Return what became of people at visits, by person, oldest first."""
    since = office.today - timedelta(days=LEARNT_DAYS)
    rows = (
        VisitPerson.objects.exclude(outcome="")
        .filter(visit__on__gte=since, visit__on__lte=office.today)
        .order_by("visit__on", "visit_id")
        .values_list("person", "visit__on", "outcome")
    )
    found: defaultdict[int, list[_Outcome]] = defaultdict(list)
    for person, on, outcome in rows:
        if on is not None:
            found[person].append((on, outcome))
    return found


def _last(history: Sequence[_Outcome]) -> LastOutcome:
    """Return the last outcome, with how often the person was missed since they were last met."""
    missed = 0
    for _, outcome in history:
        missed = 0 if outcome in MET else missed + (outcome in MISSED)
    on, outcome = history[-1]
    return LastOutcome(outcome, on, missed)


def _teachings(outcomes: Mapping[int, Sequence[_Outcome]], at: View, office: Office) -> Iterable[tuple[Alike, bool]]:
    """Yield what each outcome teaches: of whom, and whether they were met; nothing of people who stood on no list."""
    now = View(office.today, chain.head().batch, office.today, at.rule)
    listed = runs(list(outcomes), now, rule_in_force=office.rule) if outcomes else {}
    for person, history in outcomes.items():
        for number, (on, outcome) in enumerate(history):
            day = on.toordinal()
            stood = [
                run for run in listed.get(person, ()) if run.since <= day and (run.until is None or day <= run.until)
            ]
            if stood:
                before = _last(history[:number]).missed > 0 if number else False
                yield (band(day - max(run.since for run in stood)), before), outcome in MET


def _around(area: int | None, office: Office) -> dict[int, Around]:
    """Return what is known of each village besides its people."""
    huts: Counter[int] = Counter()
    living: Counter[int] = Counter()
    for one in settlements(area, standing_only=True):
        if one.kind in PEOPLED and one.uninhabited_on is None:
            huts[one.village] += 1
            living[one.village] += one.estimated_people or 0
    last, planned = _visits(area, office)
    return {
        village: Around(huts[village], living[village], last.get(village), planned.get(village))
        for village in {*huts, *last, *planned}
    }


def _visits(area: int | None, office: Office) -> tuple[dict[int, LastVisit], dict[int, tuple[int, date | None]]]:
    """Return the last visit done and the next one open of each village, as host or as a neighbour invited."""
    low, high = span(area)
    hosts = Visit.objects.filter(village__range=(low, high)).values_list("pk", "village")
    guests = VisitVillage.objects.filter(village__range=(low, high)).values_list("visit_id", "village")
    served: defaultdict[int, set[int]] = defaultdict(set)
    for number, village in (*hosts, *guests):
        served[number].add(village)
    last: dict[int, tuple[int, date]] = {}
    planned: dict[int, tuple[int, date | None]] = {}
    dated: set[int] = set()
    known = Visit.objects.filter(pk__in=list(served)).order_by("on", "pk").values_list("pk", "on", "state")
    for number, on, state in known:
        for village in served[number]:
            if state == "done" and on and on <= office.today:
                last[village] = (number, on)
            elif state in OPEN_VISITS and (on is None or on >= office.today) and village not in dated:
                planned[village] = (number, on)
                if on is not None:
                    dated.add(village)
    told: defaultdict[int, Counter[str]] = defaultdict(Counter)
    numbers = {number for number, _ in last.values()}
    for number, outcome in VisitPerson.objects.filter(visit_id__in=numbers).values_list("visit_id", "outcome"):
        if outcome:
            told[number][outcome] += 1
    return {village: LastVisit(number, on, dict(told[number])) for village, (number, on) in last.items()}, planned


def biodata_of(persons: Collection[int]) -> dict[int, dict[str, object]]:
    """Return what the register says of people, field by field."""
    rows = bulk.select_in("SELECT id, biodata FROM person WHERE id IN ({marks})", persons)
    return {person: orjson.loads(said) for person, said in rows}
