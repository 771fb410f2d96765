"""How a message that came in is understood against what the office knows: whose code it is, whose number, which day it means.

Nothing is kept here: a preview and the action that keeps the message ask the same question.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jemput.domain.messages import OTHER_DAY, READY, ROMPOK, UNSURE, Reading
from jemput.domain.phones import read_phone
from jemput.domain.problems import Text
from jemput.domain.visits import other_day
from jemput.queries import aparat
from jemput.queries.office import Office
from jemput.store.models import Contact, Conversation, Message

LONGEST_ADDRESS = 254
"""Letters of the longest mail address (RFC 5321, 4.5.3.1.3, less its angle brackets)."""
BY_HAND = frozenset({"telephone", "letter", "in_person"})
"""Channels whose words an officer types in, and so vouches for."""
SIGNED = frozenset({"page"})
"""Channels that know who speaks: the village's page is opened by a signed link."""
FLAGS = {
    "no_code": Text("tanpa kode", "without a code"),
    "unknown_code": Text("kode tidak dikenal", "unknown code"),
    "unclear": Text("belum jelas", "not clear"),
    "other_number": Text("nomor lain", "another number"),
    "closed": Text("percakapan sudah selesai", "the conversation is closed"),
    "no_such_day": Text("harinya belum jelas", "the day is not clear"),
    "moved": Text("hari lain belum disetujui", "another day is not agreed yet"),
    "refused": Text("tidak dapat dicatat", "could not be entered"),
}
"""What keeps a message from being acted on by itself; an officer decides."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A message as understood: its conversation (None: unknown), the day it means as a date, and what is doubtful."""

    reading: Reading
    conversation: Conversation | None
    day: date | None
    flags: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Whether it may be acted on without asking a person."""
        return not self.flags


def understood(reading: Reading, *, channel: str, address: str, office: Office, vouched: bool = False) -> Understood:
    """Return how a message is understood; `vouched` where an officer says that it comes from the village."""
    flags = []
    found = find(reading.code) if reading.code else None
    if found is None:
        flags.append("unknown_code" if reading.code else "no_code")
    if reading.intent == UNSURE and (reading.code or found):
        flags.append("unclear")
    day = None
    if found is not None:
        planned = found.visit.on if found.visit else None
        day = other_day(reading.day, planned=planned, today=office.today) if reading.day else planned
        if reading.intent == OTHER_DAY and day is None:
            flags.append("no_such_day")
        if found.state == "closed":
            flags.append("closed")
        if reading.intent == READY and found.visit and found.visit.state == "requested" and not vouched:
            flags.append(
                "moved"
            )  # ready for which day: the planned one, or the one they asked for and nobody agreed to
        if not (vouched or channel in SIGNED | BY_HAND or address in numbers_of(found)):
            flags.append("other_number")
    if reading.intent == ROMPOK and not reading.place:
        flags.append("unclear")
    return Understood(reading, found, day, tuple(dict.fromkeys(flags)))


def find(code: str) -> Conversation | None:
    """Return the conversation under a code, whatever its capitals."""
    return Conversation.objects.select_related("visit", "contact").filter(code=code.upper()).first()


def numbers_of(conversation: Conversation) -> set[str]:
    """Return the addresses the office knows for a conversation: its village's contacts in office, and whom it asked."""
    known = {value for one in aparat.contacts_of(conversation.village) for value in (one.phone, one.email.lower())}
    asked = Message.objects.filter(conversation=conversation, direction="out", state="sent", reading__purpose="ask")
    return (known | set(asked.values_list("address", flat=True))) - {""}


def plain_text(text: str) -> str:
    """Return a text as a database can keep it: without NUL, and with a mark for what is no letter at all."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def as_address(text: str) -> str:
    """Return an address as it is compared: a telephone number as E.164, a mail address in small letters."""
    plain = plain_text(text).strip()[:LONGEST_ADDRESS]
    if "@" in plain:
        return plain.lower()
    number = read_phone(plain)
    return number if isinstance(number, str) else plain


def suggested(addresses: Collection[str]) -> dict[str, list[Conversation]]:
    """Return by address the open conversations of the villages whose contact it is: where a message without a code may belong."""
    contacts = Contact.objects.filter(phone__in=set(addresses) - {""}, ended_on=None)
    areas: dict[str, set[int]] = {}
    for phone, area in contacts.values_list("phone", "area"):
        areas.setdefault(phone, set()).add(area)
    wanted = {area for found in areas.values() for area in found}
    talks = Conversation.objects.filter(village__in=wanted, closed_at=None).order_by("-pk")
    return {phone: [one for one in talks if one.village in found] for phone, found in areas.items()}
