"""Tempel pesan: texts copied from a telephone, each shown as it is understood before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jemput.actions.incoming import take_text, text_key
from jemput.domain.audit import Verb
from jemput.domain.messages import INTENT_TITLES, read_message
from jemput.domain.outreach import CHANNELS, WEEKDAYS
from jemput.domain.pasted import Pasted, split_pasted
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.roles import Right
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries import places
from jemput.queries.office import ZONE
from jemput.queries.understanding import FLAGS, Understood, as_address, understood
from jemput.store.models import Message

LONGEST = 50_000
BY = ("whatsapp", "sms")
EMPTY = ProblemKind(
    "nothing_pasted",
    Text("Belum ada pesan yang ditempel.", "No message was pasted."),
    Text("Salin pesannya dari HP, lalu tempel di kotak ini.", "Copy the messages from the phone and paste them here."),
)
OUTSIDE = Text("desa di luar wilayah Anda", "a village outside your area")
HELD = Text("sudah pernah masuk", "came in before")


@dataclass(frozen=True, slots=True)
class Seen:
    """One pasted message as it is understood: what it means in words, whose it is, what is doubtful, whether it is new."""

    at: int
    one: Pasted
    known: Understood
    meaning: Text
    village: str
    doubts: tuple[Text, ...]
    is_new: bool
    is_ours: bool


@page(
    "koordinasi/tempel/",
    "talk-paste",
    title=Text("Tempel pesan masuk", "Paste messages"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def paste(request: OfficeRequest) -> HttpResponseBase:
    """Take a paste, show how each message is understood, keep those that are ticked."""
    seat, said = request.seat, request.POST
    text = said.get("text", "").replace("\x00", "")[:LONGEST]
    channel = said.get("channel", "") if said.get("channel", "") in BY else BY[0]
    sender = said.get("sender", "").replace("\x00", "")[:60]
    problems: tuple[Problem, ...] = ()
    seen: list[Seen] = []
    if request.method == "POST":
        seen = [_seen(seat, at, one, channel, sender) for at, one in enumerate(split_pasted(text))]
        if not seen:
            problems = (EMPTY.at("text"),)
        elif said.get("step") == "save":
            return _save(request, seen, channel, sender, {*said.getlist("pick")})
    context = {
        "text": text,
        "channel": channel,
        "sender": sender,
        "channels": [(code, CHANNELS[code]) for code in BY],
        "seen": seen,
        "new": sum(one.is_new and one.is_ours for one in seen),
        "problems": problems,
    }
    return render(request, "office/talk_paste.html", context, status=422 if problems else 200)


def _save(request: OfficeRequest, seen: list[Seen], channel: str, sender: str, picked: set[str]) -> HttpResponseBase:
    seat = request.seat
    kept = waits = 0
    for one in seen:
        if str(one.at) not in picked or not one.is_ours:
            continue
        taken = take_text(
            one.one.body,
            channel=channel,
            address=_address(one.one, sender),
            key=_key(one.one, channel, sender, seat),
            at=_moment(one.one),
            said_by=_name(one.one, sender),
            office=seat.office,
            clock=seat.clock,
            by="" if "other_number" in one.known.flags else seat.user.username,
        )
        kept += taken.is_new
        waits += taken.is_new and taken.message.state == "received"
    seat.note(Verb.ANSWER_ENTERED, subject=f"{kept} {channel}")
    done = Text(
        "{n} pesan masuk, {m} di antaranya menunggu petugas.", "{n} messages taken, {m} of them wait for an officer."
    )
    messages.success(request, done.say(seat.language, {"n": kept, "m": waits}))
    return HttpResponseRedirect(reverse("talks"))


def _seen(seat: Seat, at: int, one: Pasted, channel: str, sender: str) -> Seen:
    address = _address(one, sender)
    reading = read_message(one.body)
    # an officer vouches for a paste without a number; a number that nobody knows is not vouched for
    known = understood(reading, channel=channel, address=address, office=seat.office, vouched=not address)
    talk = known.conversation
    is_ours = talk is None or seat.sees(talk.village)
    names = places.names_of([talk.village], seat.office.today) if talk and is_ours else {}
    doubts = [FLAGS[flag] for flag in known.flags] if is_ours else [OUTSIDE]
    is_new = not Message.objects.filter(key=_key(one, channel, sender, seat)).exists()
    if not is_new:
        doubts.append(HELD)
    village = names.get(talk.village, "") if talk else ""
    return Seen(at, one, known, _meaning(known), village, tuple(doubts), is_new, is_ours)


def _meaning(known: Understood) -> Text:
    """Return what a message means, with the day, place and people it names."""
    reading, title = known.reading, INTENT_TITLES[known.reading.intent]
    day = WEEKDAYS.get(reading.day or "")
    parts = [(day.id, day.en)] if day else []
    if reading.place:
        parts.append((reading.place, reading.place))
    if reading.people is not None:
        parts.append((f"{reading.people} orang", f"{reading.people} people"))
    return Text(
        ", ".join([title.id, *(part[0] for part in parts)]), ", ".join([title.en, *(part[1] for part in parts)])
    )


def _address(one: Pasted, sender: str) -> str:
    """Return the number a message came from, empty where the telephone showed a name."""
    found = as_address(one.sender or sender)
    return found if found.startswith("+") or "@" in found else ""


def _name(one: Pasted, sender: str) -> str:
    said = one.sender or sender
    return "" if _address(one, sender) else said.strip()


def _moment(one: Pasted) -> datetime | None:
    return datetime.combine(one.on, one.clock, ZONE) if one.on and one.clock else None


def _key(one: Pasted, channel: str, sender: str, seat: Seat) -> str:
    address = _address(one, sender) or _name(one, sender)
    return text_key(one.body, channel=channel, address=address, at=_moment(one), office=seat.office)
