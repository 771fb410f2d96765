"""Contacts in the villages and the cards of villages: put in, changed with what they were, ended; never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from django.db import transaction

from jemput.actions.papers import changed
from jemput.domain.aparat import card_problems, contact_problems
from jemput.domain.ids import area_text
from jemput.domain.phones import read_phone
from jemput.domain.places import DISTRICT_DIGITS, is_village
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.queries import places
from jemput.queries.office import Office
from jemput.store.models import Contact, VillageCard

CONTACT, CARD = "contact", "village_card"
"""Names of their tables, under which their history stands."""
NO_SUCH_CONTACT = ProblemKind(
    "no_such_contact",
    Text("Tidak ada kontak nomor {number}.", "There is no contact number {number}."),
    Text("Lihat `jemput contacts list`.", "See `jemput contacts list`."),
)
CONTACT_AREA = ProblemKind(
    "contact_area",
    Text("Desa atau kecamatan {kode} tidak ada di daftar wilayah.", "{kode} is no village or kecamatan of the list."),
    Text("Periksa kodenya.", "Check the code."),
)
CONTACT_TWICE = ProblemKind(
    "contact_twice",
    Text(
        "Nomor telepon ini sudah tercatat di wilayah yang sama pada kontak {number}.",
        "This telephone number already stands with contact {number} of the same area.",
    ),
    Text("Ubah kontak itu, atau akhiri dahulu.", "Change that contact, or end it first."),
)
DAY_TO_COME = ProblemKind(
    "contact_day_to_come",
    Text("{on} belum tiba; hari kantor {today}.", "{on} has not come yet; the office's day is {today}."),
    Text("Sebut tanggal yang sudah lewat.", "Name a day that has come."),
)

ContactField = Literal["area", "name", "role", "phone", "email", "channel", "dusun", "note", "ended_on"]
CardField = Literal[
    "signal",
    "kalangan",
    "road",
    "wet_season",
    "travel_min",
    "wall_consent_on",
    "wall_consent_by",
    "wall_consent_source",
]
CONSENT: tuple[CardField, ...] = ("wall_consent_on", "wall_consent_by", "wall_consent_source")
NOTE_CHARS = 500


def add_contact(
    *,
    area: int,
    name: str,
    role: str,
    phone: str = "",
    email: str = "",
    channel: str = "",
    dusun: str = "",
    note: str = "",
    office: Office,
    by: str,
) -> int:
    """Add one of the aparat of a village or kecamatan; return the contact's number.

    `phone` as people write it. Refused: no name, an unknown role, channel or area, a number that cannot be or that
    somebody else of the area has, a channel without what it needs.
    """
    one = Contact()
    values = {"area": area, "name": name, "role": role, "phone": phone, "email": email, "channel": channel}
    _put_contact(one, values | {"dusun": dusun, "note": note})
    with transaction.atomic():
        _refuse_contact(one, office)
        one.save()
        changed(CONTACT, one.pk, "added", "", one.name, now=office.now, by=by)
    return one.pk


def change_contact(number: int, values: Mapping[ContactField, object], *, office: Office, by: str) -> int:
    """Change fields of a contact and keep what they were; return how many changed.

    `ended_on` ends the contact from a day, None takes the end back. Refused as in `add_contact`.
    """
    with transaction.atomic():
        one = Contact.objects.select_for_update().filter(pk=number).first()
        if one is None:
            raise Refused(NO_SUCH_CONTACT.at("number", number=number))
        before = {field: getattr(one, field) for field in values}
        _put_contact(one, values)
        told = {field: old for field, old in before.items() if old != getattr(one, field)}
        if told:
            _refuse_contact(one, office)
            one.save()
            for field, old in told.items():
                changed(CONTACT, one.pk, field, old, getattr(one, field), now=office.now, by=by)
    return len(told)


def change_card(village: int, values: Mapping[CardField, object], *, office: Office, by: str) -> int:
    """Change what is known of a village and keep what it was; return how many fields changed.

    `kalangan` is a weekday, 0 for Monday; `travel_min` minutes from the office one way. Consent to wall lists has a
    day, a giver and a paper, all three or none. Refused: a choice there is not, half a consent, one of a day to come.
    """
    if not is_village(village) or not places.is_known_ever(village):
        raise Refused(CONTACT_AREA.at("village", kode=area_text(village)))
    with transaction.atomic():
        one = VillageCard.objects.select_for_update().filter(pk=village).first() or VillageCard(village=village)
        before = {field: getattr(one, field) for field in values}
        for field, value in values.items():
            _put_card(one, field, value)
        told = {field: old for field, old in before.items() if old != getattr(one, field)}
        if told:
            _refuse_card(one, office)
            one.save()
            for field, old in told.items():
                changed(CARD, village, field, old, getattr(one, field), now=office.now, by=by)
    return len(told)


def _put_contact(one: Contact, values: Mapping[ContactField, object] | Mapping[str, object]) -> None:
    for field, value in values.items():
        if field not in get_args(ContactField):
            raise KeyError(field)
        plain = _plain(value) if isinstance(value, str) else value
        if field == "phone" and isinstance(plain, str):
            read = read_phone(plain)
            plain = plain if isinstance(read, Problem) else read
        setattr(one, field, "" if plain is None and field != "ended_on" else plain)


def _put_card(one: VillageCard, field: CardField, value: object) -> None:
    empty = None if field in {"kalangan", "travel_min", "wall_consent_on"} else ""
    setattr(one, field, empty if value is None else _plain(value) if isinstance(value, str) else value)


def _refuse_contact(one: Contact, office: Office) -> None:
    problems = contact_problems(name=one.name, role=one.role, phone=one.phone, email=one.email, channel=one.channel)
    if isinstance(read := read_phone(one.phone), Problem):
        problems.append(read)
    elif one.phone and one.ended_on is None:
        others = Contact.objects.filter(area=one.area, phone=one.phone, ended_on=None).exclude(pk=one.pk)
        problems += [CONTACT_TWICE.at("phone", number=other.pk) for other in others[:1]]
    if len(str(one.area)) < DISTRICT_DIGITS or not places.is_known_ever(one.area):
        problems.append(CONTACT_AREA.at("area", kode=area_text(one.area)))
    problems += _to_come("ended_on", one.ended_on, office)
    if problems:
        raise Refused(*problems)


def _refuse_card(one: VillageCard, office: Office) -> None:
    problems = card_problems(
        signal=one.signal,
        kalangan=one.kalangan,
        road=one.road,
        wet_season=one.wet_season,
        travel_min=one.travel_min,
        consent=tuple(bool(getattr(one, field)) for field in CONSENT),
    )
    problems += _to_come("wall_consent_on", one.wall_consent_on, office)
    if problems:
        raise Refused(*problems)


def _to_come(column: str, on: date | None, office: Office) -> list[Problem]:
    if on is None or on <= office.today:
        return []
    return [DAY_TO_COME.at(column, on=on.isoformat(), today=office.today.isoformat())]


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())[:NOTE_CHARS]
