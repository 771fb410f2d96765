"""Koordinasi: every conversation in one inbox, what waits for whom, what did not leave, and who answers how fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from jemput.domain.conversations import MATTERS, Response, due_for, response
from jemput.domain.outreach import CHANNELS, OPEN_VISITS, TALK_STATES, VISIT_STATES
from jemput.domain.problems import Text
from jemput.queries import aparat, coverage, places
from jemput.queries.aparat import ContactNow, PaperEntry
from jemput.queries.office import ZONE, Office
from jemput.queries.understanding import FLAGS, suggested
from jemput.store.models import Contact, Conversation, Message, PaperChange, Visit

OPEN_OUT = ("draft", "queued", "sending")
"""States of a message on its way."""
TROUBLED = ("failed", "unsure")
MESSAGE_STATES = {
    "draft": Text("menunggu Anda kirim", "waits for you to send it"),
    "queued": Text("antre kirim", "queued"),
    "sending": Text("sedang dikirim", "being sent"),
    "sent": Text("terkirim", "sent"),
    "failed": Text("gagal", "failed"),
    "unsure": Text("belum pasti terkirim", "perhaps sent"),
    "dropped": Text("tidak jadi dikirim", "not to be sent"),
    "received": Text("menunggu petugas", "waits for an officer"),
    "settled": Text("tercatat", "entered"),
}
PURPOSES = {
    "ask": Text("pertanyaan", "question"),
    "remind": Text("pengingat", "reminder"),
    "agreed": Text("persetujuan hari", "the day agreed"),
    "echo": Text("pengulangan untuk dipastikan", "said back to be sure"),
    "back": Text("tanya balik", "asked back"),
    "call": Text("telepon, tidak tersambung", "call, not reached"),
    "text": Text("pesan", "message"),
}
RESPONSE_DAYS = 365
"""Days whose questions count in the response: one year, with harvest, fasting month and rains in it (our choice)."""
MESSAGES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations: of an area, in a state, with a message by a channel, only unread or only open ones."""

    area: int | None = None
    state: str = ""
    channel: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a thread shows it; `reading` how it is understood, `problems` why it did not go ({"reason", "todo"})."""

    id: int
    code: str
    village: int | None
    direction: str
    channel: str
    address: str
    body: str
    state: str
    purpose: str
    reading: dict[str, Any]
    problems: tuple[dict[str, dict[str, str]], ...]
    at: datetime
    sent_at: datetime | None
    by: str
    said_by: str

    @property
    def channel_title(self) -> Text:
        """By which channel."""
        return CHANNELS.get(self.channel, Text(self.channel, self.channel))

    @property
    def state_title(self) -> Text:
        """How it stands."""
        return MESSAGE_STATES.get(self.state, Text(self.state, self.state))

    @property
    def purpose_title(self) -> Text:
        """What an outgoing message is for."""
        return PURPOSES.get(self.purpose, Text("", ""))

    @property
    def flags(self) -> tuple[Text, ...]:
        """What is doubtful about an incoming one."""
        return tuple(FLAGS[flag] for flag in self.reading.get("flags", ()) if flag in FLAGS)


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation as the inbox shows it; `due` is remind, silent or nothing, `last` its newest message."""

    id: int
    code: str
    village: int
    name: str
    subject: str
    state: str
    unread: bool
    day: date | None
    day_said: str
    note: str
    visit: int | None
    visit_on: date | None
    visit_state: str
    contact: ContactNow | None
    asked_at: datetime | None
    remind_at: datetime | None
    reminders: int
    answered_at: datetime | None
    closed_at: datetime | None
    made_at: datetime
    made_by: str
    due: str
    last: Line | None

    @property
    def state_title(self) -> Text:
        """What its state is called."""
        return TALK_STATES[self.state]

    @property
    def matter(self) -> Text:
        """What it is about besides a visit."""
        return MATTERS.get(self.subject, Text(self.subject, self.subject))

    @property
    def visit_title(self) -> Text:
        """What the state of its visit is called."""
        return VISIT_STATES.get(self.visit_state, Text("", ""))

    @property
    def channel(self) -> str:
        """The channel by which one would ask again: the contact's, else the last one used."""
        said = self.contact.channel if self.contact else ""
        return said or (self.last.channel if self.last else "")


@dataclass(frozen=True, slots=True)
class Answering:
    """How an area or a channel answers."""

    title: Text
    area: int | None
    response: Response


def inbox(wanted: Wanted, here: Office, *, start: int = 0, count: int | None = None) -> list[Talk]:
    """Return conversations, unread first, then the open ones, the newest before older ones."""
    found = matching(wanted).order_by("-unread", "closed_at", "-pk")
    return _talks(found[start : start + count] if count else found[start:], here)


def total(wanted: Wanted) -> int:
    """Return how many conversations match."""
    return matching(wanted).count()


def by_state(wanted: Wanted) -> list[tuple[str, int]]:
    """Return how many conversations are in each state that has any, whichever state is asked for."""
    rows = matching(Wanted(wanted.area, "", wanted.channel, wanted.unread)).values_list("state", flat=True)
    counted = Counter(rows)
    return [(state, counted[state]) for state in TALK_STATES if counted[state]]


def matching(wanted: Wanted) -> QuerySet[Conversation]:
    """Return the conversations asked for."""
    found = Conversation.objects.filter(village__range=coverage.span(wanted.area))
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.channel:
        by = Message.objects.filter(channel=wanted.channel, conversation__isnull=False).values("conversation")
        found = found.filter(pk__in=by)
    return found.filter(unread=True) if wanted.unread else found


def due(area: int | None, here: Office) -> list[Talk]:
    """Return the conversations that are due for a reminder and have none on its way, the longest waiting first.

    Nobody is reminded of a visit that was cancelled, refused or held.
    """
    on_its_way = Message.objects.filter(state__in=OPEN_OUT, reading__purpose__in=("ask", "remind")).values(
        "conversation"
    )
    still = Q(visit=None) | Q(visit__state__in=OPEN_VISITS)
    found = matching(Wanted(area, "asked")).filter(still, remind_at__lte=here.now).exclude(pk__in=on_its_way)
    return [talk for talk in _talks(found.order_by("remind_at", "pk"), here) if talk.due == "remind"]


def one(code: str, here: Office) -> Talk | None:
    """Return one conversation by its code."""
    found = _talks(Conversation.objects.filter(code=code.upper()), here)
    return found[0] if found else None


def thread(talk: Talk) -> list[Line]:
    """Return the messages of a conversation in their order, the last hundred of them."""
    rows = Message.objects.select_related("conversation").filter(conversation=talk.id).order_by("-at", "-pk")
    return [_line(row) for row in rows[:MESSAGES_SHOWN]][::-1]


def history(talk: Talk) -> list[PaperEntry]:
    """Return who changed what of a conversation, the newest first."""
    rows = PaperChange.objects.filter(paper="conversation", number=talk.id).order_by("-pk")
    return [PaperEntry(one.number, one.field, one.old, one.new, one.changed_at, one.changed_by) for one in rows]


def unplaced(area: int | None, here: Office) -> list[tuple[Line, list[Talk]]]:
    """Return the texts that belong to no conversation yet, each with those it may belong to by its number.

    Whoever sees the whole office sees all; whoever sees a part sees those from the numbers of its contacts.
    """
    rows = Message.objects.filter(direction="in", conversation=None, state="received").order_by("at", "pk")
    if area != here.area:
        phones = Contact.objects.filter(places.inside(area, column="area") if area else Q())
        rows = rows.filter(address__in=phones.exclude(phone="").values("phone"))
    lines = [_line(row) for row in rows[:MESSAGES_SHOWN]]
    near = suggested([line.address for line in lines])
    known = {talk.id: talk for talk in _talks([one for found in near.values() for one in found], here)}
    return [(line, [known[one.pk] for one in near.get(line.address, ())]) for line in lines]


def is_unplaced(number: int, area: int | None, here: Office) -> bool:
    """Tell whether somebody who sees an area sees a text that belongs to no conversation."""
    return any(line.id == number for line, _ in unplaced(area, here))


def outgoing(area: int | None, states: Sequence[str], here: Office) -> list[Line]:
    """Return outgoing messages in some states, the oldest first; those to nobody known to whoever sees the whole office."""
    rows = Message.objects.select_related("conversation").filter(direction="out", state__in=states)
    mine = Q(conversation__village__range=coverage.span(area))
    rows = rows.filter(mine | Q(conversation=None) if area == here.area else mine)
    return [_line(row) for row in rows.order_by("at", "pk")[:MESSAGES_SHOWN]]


def message(number: int) -> Line | None:
    """Return one message."""
    row = Message.objects.select_related("conversation").filter(pk=number).first()
    return _line(row) if row else None


def open_visits(area: int | None, states: Sequence[str]) -> list[Visit]:
    """Return visits in some states, by day, that one may ask a village for."""
    return list(Visit.objects.filter(village__range=coverage.span(area), state__in=states).order_by("on", "pk")[:200])


def answering(area: int | None, here: Office) -> tuple[list[Answering], list[Answering]]:
    """Return how the kecamatan of an area and the channels answered what was asked within RESPONSE_DAYS."""
    since = datetime.fromtimestamp(here.now.timestamp() - RESPONSE_DAYS * 86_400, tz=here.now.tzinfo)
    found = matching(Wanted(area)).filter(asked_at__gte=since)
    rows = list(found.values_list("pk", "village", "asked_at", "answered_at"))
    asked = Message.objects.filter(direction="out", reading__purpose="ask", conversation__in=[row[0] for row in rows])
    channels = dict(asked.order_by("-pk").values_list("conversation", "channel"))  # the first one asked by stays
    by_area: dict[int, list[float | None]] = {}
    by_channel: dict[str, list[float | None]] = {}
    for number, village, asked_at, answered_at in rows:
        wait = max((answered_at - asked_at).total_seconds() / 3600, 0.0) if answered_at and asked_at else None
        by_area.setdefault(village // 10**4, []).append(wait)
        if number in channels:
            by_channel.setdefault(channels[number], []).append(wait)
    names = places.names_of(by_area, here.today)
    districts = [
        Answering(Text(names.get(number, ""), names.get(number, "")), number, response(by_area[number]))
        for number in sorted(by_area)
    ]
    return districts, [
        Answering(CHANNELS[channel], None, response(by_channel[channel]))
        for channel in CHANNELS
        if channel in by_channel
    ]


# --- how -------------------------------------------------------------------------------------------------------------


def _talks(found: QuerySet[Conversation] | list[Conversation], here: Office) -> list[Talk]:
    rows = list(found.select_related("visit") if isinstance(found, QuerySet) else found)
    contacts = aparat.contacts_by_id(row.contact_id for row in rows if row.contact_id)
    numbers = [row.pk for row in rows]
    newest = (
        Message.objects.filter(conversation__in=numbers).values("conversation").annotate(last=Max("pk")).values("last")
    )
    lasts = Message.objects.select_related("conversation").filter(pk__in=[row["last"] for row in newest])
    last = {row.conversation_id: _line(row) for row in lasts}
    names = places.names_of({row.village for row in rows}, here.today)
    return [
        _talk(row, names.get(row.village, ""), contacts.get(row.contact_id or 0), last.get(row.pk), here)
        for row in rows
    ]


def _talk(row: Conversation, name: str, contact: ContactNow | None, last: Line | None, here: Office) -> Talk:
    visit = row.visit
    due_on = row.remind_at.astimezone(ZONE).date() if row.remind_at else None
    day = _date(row.day)
    return Talk(
        row.pk,
        row.code,
        row.village,
        name,
        row.subject,
        row.state,
        row.unread,
        day,
        "" if day else row.day,
        row.note,
        visit.pk if visit else None,
        visit.on if visit else None,
        visit.state if visit else "",
        contact,
        row.asked_at,
        row.remind_at,
        row.reminders,
        row.answered_at,
        row.closed_at,
        row.made_at,
        row.made_by,
        due_for(row.state, row.reminders, due_on, visit.on if visit else None, here.today),
        last,
    )


def _line(row: Message) -> Line:
    reading = row.reading or {}
    talk = row.conversation
    return Line(
        row.pk,
        talk.code if talk else "",
        talk.village if talk else None,
        row.direction,
        row.channel,
        row.address,
        row.body,
        row.state,
        str(reading.get("purpose", "")),
        reading,
        tuple(row.error or ()),
        row.at,
        row.sent_at,
        row.by,
        str(reading.get("said_by", "")),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
