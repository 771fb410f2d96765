"""Take in lists of codes, changes of codes, boundaries and settlements; nothing of them is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from shapely import from_geojson
from shapely.geometry.base import BaseGeometry

from jemput.domain.ids import area_text
from jemput.domain.places import AGREEING, BOUNDARIES_DISAGREE, SETTLEMENT_KINDS, point_problem
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.store.models import Area, Boundary, Settlement, SettlementChange

CHUNK = 5_000

NO_SUCH_SETTLEMENT = ProblemKind(
    "no_such_settlement",
    Text("Tidak ada permukiman nomor {number}.", "There is no settlement number {number}."),
    Text("Lihat `jemput settlements list`.", "See `jemput settlements list`."),
)
KIND_UNKNOWN = ProblemKind(
    "settlement_kind_unknown",
    Text("“{found}” bukan jenis permukiman.", "“{found}” is no kind of settlement."),
    Text("Pilih: {kinds}.", "Choose one of: {kinds}."),
)


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One change of a code between two releases: added, removed or renamed, with both names."""

    number: int
    change: str
    old_name: str
    new_name: str
    on: date


@dataclass(frozen=True, slots=True)
class Drawn:
    """One boundary as a source draws it: GeoJSON text, size, and a point inside."""

    number: int
    geometry: str
    area_km2: float
    lat: float
    lng: float


@dataclass(slots=True)
class Changed:
    """What an import of areas or boundaries did."""

    added: int = 0
    renamed: int = 0
    ended: int = 0
    unchanged: int = 0


def import_areas(rows: Iterable[tuple[int, str]], *, valid_from: date, source: str) -> Changed:
    """Take a list of codes and names valid from a day; a code absent from it is left as it is."""
    done = Changed()
    with transaction.atomic():
        held = {area.number: area for area in Area.objects.filter(valid_to__isnull=True)}
        new: list[Area] = []
        for number, name in rows:
            before = held.get(number)
            if before and before.name == name:
                done.unchanged += 1
                continue
            if before:
                done.renamed += 1
                _rename(before, name, valid_from, new, source)
            else:
                done.added += 1
                new.append(Area(number=number, name=name, valid_from=valid_from, source=source))
        Area.objects.bulk_create(new, batch_size=CHUNK)
    return done


def import_changes(changes: Sequence[AreaChange], *, source: str) -> Changed:
    """Take changes of codes, oldest first: what was removed keeps its name and gets an end.

    A code the office never heard of is written with the time it must have held.
    """
    done = Changed()
    with transaction.atomic():
        periods: dict[int, list[Area]] = {}
        for area in Area.objects.filter(number__in={change.number for change in changes}).order_by("valid_from"):
            periods.setdefault(area.number, []).append(area)
        new: list[Area] = []
        ended: list[Area] = []
        for change in sorted(changes, key=lambda one: (one.on, one.number)):
            known = periods.setdefault(change.number, [])
            if change.change in {"removed", "renamed"}:
                _end(change, known, new, ended, source, done)
            if change.change in {"added", "renamed"} and not any(area.name == change.new_name for area in known):
                area = Area(number=change.number, name=change.new_name, valid_from=change.on, source=source)
                known.append(area)
                new.append(area)
                done.added += 1
        Area.objects.bulk_create(new, batch_size=CHUNK)
        Area.objects.bulk_update([area for area in ended if area.pk], ["valid_to"], batch_size=1000)
    return done


def import_boundaries(drawn: Sequence[Drawn], *, source: str) -> tuple[Changed, list[Problem]]:
    """Keep boundaries by source; say where another source draws a village otherwise. Codes stay."""
    done = Changed()
    found: list[Problem] = []
    with transaction.atomic():
        held = {boundary.number: boundary for boundary in Boundary.objects.filter(source=source)}
        others: dict[int, list[Boundary]] = {}
        for boundary in Boundary.objects.exclude(source=source).filter(number__in=[one.number for one in drawn]):
            others.setdefault(boundary.number, []).append(boundary)
        for one in drawn:
            before = held.get(one.number)
            if before and before.geometry == one.geometry:
                done.unchanged += 1
            else:
                done.added += 1
                Boundary.objects.update_or_create(
                    number=one.number,
                    source=source,
                    defaults={"geometry": one.geometry, "area_km2": one.area_km2, "lat": one.lat, "lng": one.lng},
                )
            found += [problem for other in others.get(one.number, []) if (problem := _disagreement(one, other, source))]
    return done, found


def add_settlement(
    *,
    kind: str,
    name: str,
    village: int,
    lat: float | None,
    lng: float | None,
    estimated_people: int | None,
    description: str = "",
    now: datetime,
    said_by: str,
) -> int:
    """Add a settlement; return its number. Refuse an unknown kind or a point outside Indonesia."""
    if kind not in SETTLEMENT_KINDS:
        raise Refused(KIND_UNKNOWN.at("kind", found=kind, kinds=", ".join(SETTLEMENT_KINDS)))
    if lat is not None and lng is not None and (problem := point_problem(lat, lng)):
        raise Refused(problem)
    with transaction.atomic():
        one = Settlement.objects.create(
            kind=kind,
            name=name,
            village=village,
            lat=lat,
            lng=lng,
            estimated_people=estimated_people,
            description=description,
        )
        SettlementChange.objects.create(
            settlement=one, field="added", old="", new=name, changed_at=now, changed_by=said_by
        )
    return one.pk


def change_settlement(number: int, field: str, value: object, *, now: datetime, said_by: str) -> None:
    """Change one field of a settlement and keep what it was; `uninhabited_on` None marks it inhabited again."""
    with transaction.atomic():
        one = Settlement.objects.filter(pk=number).first()
        if one is None:
            raise Refused(NO_SUCH_SETTLEMENT.at("number", number=number))
        old = getattr(one, field)
        if old == value:
            return
        setattr(one, field, value)
        one.save(update_fields=[field])
        SettlementChange.objects.create(
            settlement=one, field=field, old=str(old or ""), new=str(value or ""), changed_at=now, changed_by=said_by
        )


def _rename(before: Area, name: str, valid_from: date, new: list[Area], source: str) -> None:
    """End the old name the day the new one begins; a name of the same day was a slip and is put right."""
    if before.valid_from >= valid_from:
        before.name = name
        before.save(update_fields=["name"])
        return
    before.valid_to = valid_from
    before.save(update_fields=["valid_to"])
    new.append(Area(number=before.number, name=name, valid_from=valid_from, source=source))


def _end(  # noqa: PLR0917 - one step of import_changes
    change: AreaChange, known: list[Area], new: list[Area], ended: list[Area], source: str, done: Changed
) -> None:
    holding = [area for area in known if area.name == change.old_name]
    if not holding:
        area = Area(
            number=change.number, name=change.old_name, valid_from=date(2000, 1, 1), valid_to=change.on, source=source
        )
        known.append(area)
        new.append(area)
        done.ended += 1
    elif holding[-1].valid_to is None and holding[-1].valid_from < change.on:
        holding[-1].valid_to = change.on
        ended.append(holding[-1])
        done.ended += 1
    else:
        done.unchanged += 1


def _disagreement(one: Drawn, other: Boundary, source: str) -> Problem | None:
    mine: BaseGeometry = from_geojson(one.geometry)
    theirs: BaseGeometry = from_geojson(other.geometry)
    union = mine.union(theirs).area
    overlap = mine.intersection(theirs).area / union if union else 0.0
    if overlap >= AGREEING:
        return None
    return BOUNDARIES_DISAGREE.at(
        village=area_text(one.number), source=source, overlap=f"{overlap:.2f}", other=other.source
    )
