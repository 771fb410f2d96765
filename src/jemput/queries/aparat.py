"""Contacts and cards of villages, and the villages as a list: who is left, how they are reached, when they were visited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, Q

from jemput.domain.ids import VILLAGE_DIGITS, village_range
from jemput.domain.outreach import APARAT_ROLES, OPEN_VISITS
from jemput.queries import coverage, places
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.store import models

CARD, CONTACT = "village_card", "contact"
_RANK = {role: at for at, role in enumerate(APARAT_ROLES)}


@dataclass(frozen=True, slots=True)
class ContactNow:
    """One of the aparat of a village or kecamatan; `phone` as E.164, to be masked for who may not have it."""

    id: int
    area: int
    name: str
    role: str
    phone: str
    email: str
    channel: str
    dusun: str
    note: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a village besides its code; `kalangan` 0 for Monday, `travel_min` minutes from the office."""

    village: int
    signal: str = ""
    kalangan: int | None = None
    road: str = ""
    wet_season: str = ""
    travel_min: int | None = None
    wall_consent_on: date | None = None
    wall_consent_by: str = ""
    wall_consent_source: str = ""


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One line of a working paper's history."""

    number: int
    field: str
    old: str
    new: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One village as the list shows it: who is left on the day, its card, what is there, and where talks stand."""

    village: int
    name: str
    district: str
    id_obligated: int
    left: int
    card: Card
    contacts: int
    settlements: int
    last_visit: date | None
    next_visit: date | None
    open_talks: int


def contacts(within: int | None = None, *, current_only: bool = False) -> list[ContactNow]:
    """Return contacts of an area and all below it, by area, those in office first, then by role and name."""
    found = models.Contact.objects.all()
    if within:
        found = found.filter(places.inside(within, column="area"))
    if current_only:
        found = found.filter(ended_on=None)
    rows = [_contact(one) for one in found]
    return sorted(rows, key=lambda one: (str(one.area), one.ended_on is not None, _RANK.get(one.role, 99), one.name))


def contacts_of(village: int) -> list[ContactNow]:
    """Return the contacts of a village in office, its camat's office last."""
    found = models.Contact.objects.filter(area__in=(village, village // 10**4), ended_on=None)
    rows = [_contact(one) for one in found]
    return sorted(rows, key=lambda one: (one.area != village, _RANK.get(one.role, 99), one.name))


def contact(number: int) -> ContactNow | None:
    """Return one contact, None where no row has the number."""
    one = models.Contact.objects.filter(pk=number).first()
    return _contact(one) if one else None


def contacts_by_id(numbers: Iterable[int]) -> dict[int, ContactNow]:
    """Return contacts by their numbers, those that have ended too."""
    return {one.pk: _contact(one) for one in models.Contact.objects.filter(pk__in=set(numbers))}


def card(village: int) -> Card:
    """Return what is known of a village; an empty card where nothing is."""
    one = models.VillageCard.objects.filter(pk=village).first()
    return _card(one) if one else Card(village)


def cards(within: int | None = None) -> dict[int, Card]:
    """Return the cards kept of an area, by village."""
    found = models.VillageCard.objects.all()
    if within:
        found = found.filter(village__range=village_range(within))
    return {one.village: _card(one) for one in found}


def card_history(village: int) -> list[PaperEntry]:
    """Return who changed what of a village's card and of its contacts, newest first."""
    own = Q(paper=CARD, number=village)
    people = models.Contact.objects.filter(area=village).values_list("pk", flat=True)
    return _entries(own | Q(paper=CONTACT, number__in=list(people)))


def contact_history(number: int) -> list[PaperEntry]:
    """Return who changed what of a contact, newest first."""
    return _entries(Q(paper=CONTACT, number=number))


def villages(within: int | None, at: View, office: Office) -> list[VillageRow]:
    """Return the villages of an area, most left first."""
    held = [one for one in places.areas(office.today, within=within) if len(str(one.number)) == VILLAGE_DIGITS]
    districts = places.names_of({one.number // 10**4 for one in held}, office.today)
    figures = coverage.villages(at, within, rule_in_force=office.rule)
    known = cards(within)
    low, high = coverage.span(within)
    inside = {"village__range": (low, high)}
    asked = Counter(
        models.Contact.objects.filter(area__range=(low, high), ended_on=None).values_list("area", flat=True)
    )
    spots = Counter(
        models.Settlement.objects.filter(merged_into=None, withdrawn_at=None, uninhabited_on=None, **inside)
        .exclude(kind="dusun")
        .values_list("village", flat=True)
    )
    done, planned = _visits(inside, office.today)
    talks = Counter(models.Conversation.objects.filter(closed_at=None, **inside).values_list("village", flat=True))
    rows = [
        VillageRow(
            one.number,
            one.name,
            districts.get(one.number // 10**4, ""),
            figures[one.number].id_obligated if one.number in figures else 0,
            figures[one.number].unrecorded if one.number in figures else 0,
            known.get(one.number, Card(one.number)),
            asked[one.number],
            spots[one.number],
            done.get(one.number),
            planned.get(one.number),
            talks[one.number],
        )
        for one in held
    ]
    return sorted(rows, key=lambda row: (-row.left, row.village))


def _visits(inside: dict[str, tuple[int, int]], today: date) -> tuple[dict[int, date], dict[int, date]]:
    """Return the last day each village was visited, as host or guest, and the next day one is planned."""
    held = models.Visit.objects.filter(**inside).values_list("village")
    guest = models.VisitVillage.objects.filter(**inside).values_list("village")
    done: dict[int, date] = {}
    planned: dict[int, date] = {}
    for village, on in _rows(
        held.filter(state="done").annotate(Max("on")), guest.filter(visit__state="done").annotate(Max("visit__on"))
    ):
        done[village] = max(on, done.get(village, on))
    for village, on in _rows(
        held.filter(state__in=OPEN_VISITS, on__gte=today).annotate(Min("on")),
        guest.filter(visit__state__in=OPEN_VISITS, visit__on__gte=today).annotate(Min("visit__on")),
    ):
        planned[village] = min(on, planned.get(village, on))
    return done, planned


def _rows(*queries: Iterable[tuple[int, date | None]]) -> Iterable[tuple[int, date]]:
    for query in queries:
        for village, on in query:
            if on is not None:
                yield village, on


def _entries(condition: Q) -> list[PaperEntry]:
    found = models.PaperChange.objects.filter(condition).order_by("-pk")
    return [PaperEntry(*row) for row in found.values_list("number", "field", "old", "new", "changed_at", "changed_by")]


def _contact(one: models.Contact) -> ContactNow:
    return ContactNow(
        one.pk,
        one.area,
        one.name,
        one.role,
        one.phone,
        one.email,
        one.channel,
        one.dusun,
        one.note,
        one.ended_on,
    )


def _card(one: models.VillageCard) -> Card:
    return Card(
        one.village,
        one.signal,
        one.kalangan,
        one.road,
        one.wet_season,
        one.travel_min,
        one.wall_consent_on,
        one.wall_consent_by,
        one.wall_consent_source,
    )
