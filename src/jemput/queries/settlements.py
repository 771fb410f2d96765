"""Settlements of an area with what is known of each: its history, its merges, its likely doubles, and who remains there.

The village's estimate stays as said. Beside it stands a count: those not recorded today whose dusun or address in the
register names the settlement, and those of whom the latest word is that they are there; each person once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

import orjson

from jemput.domain.coverage import Rule
from jemput.domain.ids import village_range
from jemput.domain.places import Point
from jemput.domain.settlements import Alike, Spot, likely_duplicates, names_settlement
from jemput.queries.coverage import View
from jemput.queries.left import left
from jemput.store import bulk, models

FEW_VILLAGES = 8
"""Villages up to which each is asked for alone; the whole office takes as long as some ten of them."""


@dataclass(frozen=True, slots=True)
class SettlementPlace:
    """One settlement; `lat`, `lng` in degrees or None, `uninhabited_on` the day nobody lived there any more.

    `estimated_people` is what was said; `travel_min` minutes one way from the village's centre; `merged_into` the row
    that stands for it; `is_withdrawn` with an import that was taken back.
    """

    id: int
    kind: str
    name: str
    village: int
    lat: float | None
    lng: float | None
    estimated_people: int | None
    uninhabited_on: date | None
    description: str
    reported_by: str
    surface: str
    wet_season: str
    boat: bool
    motorbike: bool
    travel_min: int | None
    contact: str
    contact_phone: str
    channel: str
    merged_into: int | None
    is_withdrawn: bool

    @property
    def point(self) -> Point | None:
        """The point, None where only words tell where it is."""
        return None if self.lat is None or self.lng is None else Point(self.lat, self.lng)

    @property
    def counts(self) -> bool:
        """Whether it counts as a place: not merged, not withdrawn."""
        return self.merged_into is None and not self.is_withdrawn


@dataclass(frozen=True, slots=True)
class SettlementEntry:
    """One line of a settlement's history: which field was what, is what, by whom and when."""

    field: str
    old: str
    new: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge: which rows, what the kept one took over, when and by whom; `undone_at` None while it holds."""

    id: int
    kept: int
    merged: int
    merged_name: str
    filled: Mapping[str, str]
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True, slots=True)
class Remaining:
    """Who is left in a settlement by person number: named there by the register, said there by the village."""

    listed: frozenset[int] = field(default_factory=frozenset)
    told: frozenset[int] = field(default_factory=frozenset)

    @property
    def people(self) -> frozenset[int]:
        """Everybody, once."""
        return self.listed | self.told


def settlements(
    within: int | None = None, *, standing_only: bool = False, numbers: Collection[int] = ()
) -> list[SettlementPlace]:
    """Return settlements by village and name: of an area of any level or of all, the uninhabited among them.

    `standing_only` leaves out what was merged or withdrawn; `numbers` asks for these rows alone.
    """
    found = models.Settlement.objects.order_by("village", "name", "pk")
    if within:
        found = found.filter(village__range=village_range(within))
    if standing_only:
        found = found.filter(merged_into=None, withdrawn_at=None)
    if numbers:
        found = found.filter(pk__in=numbers)
    return [_place(one) for one in found]


def settlement(number: int) -> SettlementPlace | None:
    """Return one settlement, None where no row has the number."""
    one = models.Settlement.objects.filter(pk=number).first()
    return _place(one) if one else None


def standing(number: int) -> int:
    """Return the row that stands for a settlement: itself, or the one it was merged into, over any number of merges."""
    seen = {number}
    while (
        into := models.Settlement.objects.filter(pk=number).values_list("merged_into", flat=True).first()
    ) is not None:
        if into in seen:
            break
        seen.add(into)
        number = into
    return number


def family(number: int) -> set[int]:
    """Return a settlement and every row merged into it, over any number of merges."""
    found, edge = {number}, {number}
    while edge:
        rows = models.Settlement.objects.filter(merged_into__in=edge).values_list("pk", flat=True)
        edge = set(rows) - found
        found |= edge
    return found


def settlement_history(number: int) -> list[SettlementEntry]:
    """Return who changed what of a settlement, oldest first."""
    found = models.SettlementChange.objects.filter(settlement_id=number).order_by("pk")
    return [SettlementEntry(*row) for row in found.values_list("field", "old", "new", "changed_at", "changed_by")]


def merges_of(number: int) -> list[Merge]:
    """Return the merges into a settlement, newest first."""
    found = models.SettlementMerge.objects.select_related("merged").filter(kept_id=number).order_by("-pk")
    return [
        Merge(
            one.pk,
            one.kept_id,
            one.merged_id,
            one.merged.name,
            one.before["filled"],
            one.merged_at,
            one.merged_by,
            one.undone_at,
            one.undone_by,
        )
        for one in found
    ]


def likely_doubles(places: Iterable[SettlementPlace]) -> list[Alike]:
    """Return which of these settlements may be one, the most alike first; merged and withdrawn rows are left out."""
    return likely_duplicates([Spot(one.id, one.village, one.name, one.point) for one in places if one.counts])


def remaining(places: Sequence[SettlementPlace], at: View, *, rule_in_force: Rule) -> dict[int, Remaining]:
    """Return who is not recorded in each of these settlements in a view, by its number.

    A word counts for the row that stands for the settlement it names.
    """
    wanted = [one for one in places if one.counts]
    if not wanted:
        return {}
    by_village: dict[int, list[SettlementPlace]] = defaultdict(list)
    for one in wanted:
        by_village[one.village].append(one)
    merged = models.Settlement.objects.exclude(merged_into=None).values_list("pk", "merged_into_id")
    into = {pk: kept for pk, kept in merged if kept is not None}
    listed: dict[int, set[int]] = defaultdict(set)
    told: dict[int, set[int]] = defaultdict(set)
    homes = _left(by_village.keys(), at, rule_in_force)
    named: dict[tuple[int, str], list[int]] = {}
    for person, text in _addresses(homes):
        village = homes[person]
        if (village, text) not in named:
            named[village, text] = [one.id for one in by_village[village] if names_settlement(text, one.name)]
        for number in named[village, text]:
            listed[number].add(person)
    for person, number in _told(homes):
        told[_root(number, into)].add(person)
    return {one.id: Remaining(frozenset(listed[one.id]), frozenset(told[one.id])) for one in wanted}


def _left(villages: Collection[int], at: View, rule_in_force: Rule) -> dict[int, int]:
    """Return those not recorded in some villages, each with the village."""
    whole = [None] if len(villages) > FEW_VILLAGES else villages
    rows = chain.from_iterable(left(at, area, rule_in_force=rule_in_force) for area in whole)
    return {one.person: one.village for one in rows if one.is_counted and one.village in villages}


def _addresses(persons: Collection[int]) -> Iterable[tuple[int, str]]:
    """Yield dusun and address of persons as the register says them now, where it does."""
    rows = bulk.select_in("SELECT id, biodata FROM person WHERE id IN ({marks})", persons)
    for person, biodata in rows:
        said = orjson.loads(biodata)
        for text in {said.get("dusun", ""), said.get("address", "")} - {""}:
            yield person, text


def _told(persons: Collection[int]) -> Iterable[tuple[int, int]]:
    """Yield persons whose latest word is that they are in a settlement, with its number."""
    latest: dict[int, tuple[str, int | None]] = {}
    for chunk in bulk.chunks(persons):
        words = models.PersonWord.objects.filter(person__in=chunk).order_by("said_at", "pk")
        for person, word, number in words.values_list("person", "word", "settlement"):
            latest[person] = (word, number)
    for person, (word, settled) in latest.items():
        if word == "at_rompok" and settled is not None:
            yield person, settled


def _root(number: int, into: Mapping[int, int]) -> int:
    seen = set()
    while number in into and number not in seen:
        seen.add(number)
        number = into[number]
    return number


def _place(one: models.Settlement) -> SettlementPlace:
    return SettlementPlace(
        one.pk,
        one.kind,
        one.name,
        one.village,
        one.lat,
        one.lng,
        one.estimated_people,
        one.uninhabited_on,
        one.description,
        one.reported_by,
        one.surface,
        one.wet_season,
        one.boat,
        one.motorbike,
        one.travel_min,
        one.contact,
        one.contact_phone,
        one.channel,
        one.merged_into_id,
        one.withdrawn_at is not None,
    )
