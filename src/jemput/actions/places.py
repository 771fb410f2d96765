"""Take in lists of codes, changes of codes, points and boundaries; nothing once known of them is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from jemput.domain import area_history, area_lists
from jemput.domain.area_history import History, Period, period_at
from jemput.domain.ids import area_text
from jemput.domain.place_names import place_key
from jemput.domain.places import (
    AGREEING,
    AreaChange,
    AreaPoint,
    AreaRow,
    disagreement,
    parent,
)
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.queries import places
from jemput.solve import shapes
from jemput.store import bulk, models
from jemput.store.models import Area, Boundary

BOUNDARY_CHUNK = 2_000
"""Boundaries written by one statement; a village's text is some kilobytes."""
SCOPES = 100
"""Above so many topmost areas a list is compared with all codes known rather than area by area."""

BOUNDARY_UNKNOWN = ProblemKind(
    "boundary_unknown",
    Text("Kode {kode} tidak ada di daftar wilayah.", "Code {kode} is not in the list of areas."),
    Text(
        "Impor dahulu daftar kode Kemendagri; kode BPS bukan kode itu.",
        "Import the list of Kemendagri codes first; a BPS code is not one of them.",
    ),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One boundary as a source draws it: GeoJSON text, size, a point inside, and its place in the file."""

    number: int
    geometry: str
    area_km2: float
    lat: float
    lng: float
    row: int = 0


@dataclass(slots=True)
class Changed:
    """What an import of areas or boundaries did.

    `respelled` of the `renamed` differ in spelling only; `dated` codes keep their name and learnt since when they
    held or until when; `refused` rows were left out.
    """

    added: int = 0
    renamed: int = 0
    respelled: int = 0
    ended: int = 0
    dated: int = 0
    unchanged: int = 0
    refused: list[RowProblem] = field(default_factory=list)


# --- codes -----------------------------------------------------------------------------------------------------------


def import_areas(rows: Iterable[AreaRow], *, valid_from: date, source: str, complete: bool = False) -> Changed:
    """Take a list of codes and names as they hold on a day.

    `complete` says that the list names every area of its levels inside its topmost areas: a code absent from it
    ends that day and stays known. Refused: a row below an area nobody knows; the whole of a complete list that
    is older than what is known and would revive codes.
    """
    done = Changed()
    with transaction.atomic(), bulk.without_cycle_search():
        listed = list(rows)
        held = _held(area_lists.topmost([row.number for row in listed]))
        taken = _below_known(listed, held, done)
        told: dict[int, History] = {}
        for number, name, _ in taken:
            before = held.get(number, ())
            after = area_history.listed(before, valid_from, name, source)
            if after is before:
                done.unchanged += 1
            else:
                told[number] = after
                _tally(done, period_at(before, valid_from), after, valid_from, known=bool(before))
        if complete:
            if problem := area_lists.revived(held, told, valid_from):
                raise Refused(problem)
            for number in area_lists.left_out(held, {row.number for row in taken}):
                after = area_history.unlisted(held[number], valid_from)
                if after is not held[number]:
                    told[number] = after
                    done.ended += 1
        _write(told)
    return done


def import_changes(changes: Sequence[AreaChange], *, source: str, complete: bool = True) -> Changed:
    """Take a list of what became of codes between releases; the days it covers must follow on each other.

    A code it removes keeps its name and gets an end, also where the office never heard of it. `complete` says that
    it knows every change in the provinces it names: what it does not speak of held since its first day.
    """
    done = Changed()
    if not changes:
        return done
    span = area_lists.covered(changes)
    if isinstance(span, Problem):
        raise Refused(span)
    since, until = span
    by_code: dict[int, list[AreaChange]] = {}
    for change in sorted(changes, key=lambda one: one.on):
        by_code.setdefault(change.number, []).append(change)
    with transaction.atomic(), bulk.without_cycle_search():
        held = _held({int(str(number)[:2]) for number in by_code})
        told: dict[int, History] = {}
        for number, own in by_code.items():
            before = held.get(number, ())
            after = area_history.changed(before, own, since=since, until=until, source=source)
            if after == before:
                done.unchanged += 1
            else:
                told[number] = after
                _tally(done, period_at(before, until), after, until, known=bool(before))
        for number, before in held.items() if complete else ():
            if number not in by_code and (after := area_history.unchanged(before, since=since, until=until)) != before:
                told[number] = after
                done.dated += 1
        _write(told)
    return done


# --- boundaries ------------------------------------------------------------------------------------------------------


def import_boundaries(
    drawn: Sequence[Drawn], *, source: str, agreeing: float = AGREEING
) -> tuple[Changed, list[Problem]]:
    """Keep boundaries by source; say where another source draws a village otherwise. Codes stay.

    Refused: a boundary of a code that never held, for it may be a code of another system.
    """
    done = Changed()
    found: list[Problem] = []
    with transaction.atomic():
        known = places.known_ever(one.number for one in drawn)
        taken = [one for one in drawn if one.number in known]
        for one in drawn:
            if one.number not in known:
                done.refused.append(
                    RowProblem("features", one.row, BOUNDARY_UNKNOWN.at("kode", kode=area_text(one.number)))
                )
        held, others = _boundaries_of(known, source)
        new: list[Boundary] = []
        for one in taken:
            before = held.get(one.number)
            if before == one.geometry:
                done.unchanged += 1
            else:
                done.dated += before is not None
                done.added += before is None
                new.append(
                    Boundary(
                        number=one.number,
                        source=source,
                        geometry=one.geometry,
                        area_km2=one.area_km2,
                        lat=one.lat,
                        lng=one.lng,
                    )
                )
            for other, geometry in others.get(one.number, []):
                overlap = shapes.overlap(one.geometry, geometry)
                if problem := disagreement(one.number, source=source, other=other, overlap=overlap, agreeing=agreeing):
                    found.append(problem)
        Boundary.objects.bulk_create(
            new,
            batch_size=BOUNDARY_CHUNK,
            update_conflicts=True,
            unique_fields=["number", "source"],
            update_fields=["geometry", "area_km2", "lat", "lng"],
        )
    return done, found


def import_points(points: Sequence[AreaPoint], *, source: str) -> Changed:
    """Keep a point for each area, the latest import holds; refused: a point of a code that never held."""
    done = Changed()
    with transaction.atomic():
        known = places.known_ever(one.number for one in points)
        held = {number: (lat, lng) for number, lat, lng in models.AreaPoint.objects.values_list("number", "lat", "lng")}
        new: dict[int, models.AreaPoint] = {}
        for number, lat, lng, row in points:
            if number not in known:
                done.refused.append(RowProblem("", row, BOUNDARY_UNKNOWN.at("kode", kode=area_text(number))))
            elif held.get(number) == (lat, lng):
                done.unchanged += 1
            else:
                done.dated += number in held
                done.added += number not in held
                new[number] = models.AreaPoint(number=number, lat=lat, lng=lng, source=source)
        models.AreaPoint.objects.bulk_create(
            new.values(),
            batch_size=BOUNDARY_CHUNK,
            update_conflicts=True,
            unique_fields=["number"],
            update_fields=["lat", "lng", "source"],
        )
    return done


# --- how -------------------------------------------------------------------------------------------------------------


def _held(tops: Collection[int]) -> dict[int, History]:
    """Return the histories of some areas and of everything below them."""
    condition = Q()
    if len(tops) <= SCOPES:
        for top in tops:
            condition |= places.inside(top)
    found: dict[int, list[Period]] = {}
    rows = Area.objects.filter(condition).order_by("number", "valid_from")
    for number, start, end, name, source in rows.values_list("number", "valid_from", "valid_to", "name", "source"):
        found.setdefault(number, []).append(Period(start, end, name, source))
    return {number: tuple(periods) for number, periods in found.items()}


def _below_known(rows: Sequence[AreaRow], held: Mapping[int, History], done: Changed) -> list[AreaRow]:
    """Return the rows whose area above is in the file or known; refuse the others, and what lies below them."""
    above = {area for row in rows if (area := parent(row.number)) is not None and area not in held}
    known = places.known_ever(above) | held.keys()
    taken = []
    for row in sorted(rows, key=lambda one: len(str(one.number))):
        if problem := area_lists.orphan(row.number, known):
            done.refused.append(RowProblem("", row.row, problem))
        else:
            known.add(row.number)
            taken.append(row)
    return taken


def _tally(done: Changed, before: Period | None, after: History, on: date, *, known: bool) -> None:
    """Count what a code's new history means for the day it was told for."""
    now = period_at(after, on)
    if now is None:
        done.ended += 1
    elif before is None:
        done.dated += known
        done.added += not known
    elif before.name == now.name:
        done.dated += 1
    else:
        done.renamed += 1
        done.respelled += place_key(before.name) == place_key(now.name)


def _write(told: Mapping[int, History]) -> None:
    """Put the histories of codes in the place of what was kept of them."""
    for chunk in bulk.chunks(told):
        Area.objects.filter(number__in=chunk).delete()
    columns = ("number", "name", "valid_from", "valid_to", "source")
    bulk.insert("area", columns, _rows(told))


def _rows(told: Mapping[int, History]) -> Iterable[Sequence[Any]]:
    for number, history in told.items():
        for start, end, name, source in history:
            yield number, name, start.isoformat(), end.isoformat() if end else None, source


def _boundaries_of(numbers: set[int], source: str) -> tuple[dict[int, str], dict[int, list[tuple[str, str]]]]:
    """Return the geometry a source drew of each area, and what every other source drew."""
    held: dict[int, str] = {}
    others: dict[int, list[tuple[str, str]]] = {}
    for chunk in bulk.chunks(numbers):
        rows = Boundary.objects.filter(number__in=chunk).order_by("pk").values_list("number", "source", "geometry")
        for number, drawn_by, geometry in rows:
            if drawn_by == source:
                held[number] = geometry
            else:
                others.setdefault(number, []).append((drawn_by, geometry))
    return held, others
