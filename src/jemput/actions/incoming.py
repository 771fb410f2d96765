"""Texts that come in by SMS, WhatsApp or mail: read, kept once, acted on where certain, and said back for confirmation.

What is said back goes by itself only where the channel can, and only a few times a day to one address: two machines that
answer each other must come to an end.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from jemput.actions import outbox
from jemput.actions.conversations import take_answer
from jemput.domain.message_texts import asking_back, echo, held
from jemput.domain.messages import QUESTION, UNSURE, Reading, read_message
from jemput.domain.phones import read_phone
from jemput.queries.office import Office, setting
from jemput.queries.understanding import Understood, as_address, plain_text, understood
from jemput.store.models import Message

ECHOES_A_DAY = 5
"""Texts said back by itself to one address in a day (our choice: a village that mends its answer needs two)."""
SAID_BACK = ("echo", "back")
WRITES_BACK = frozenset({"whatsapp", "sms", "gateway", "email"})
"""Channels by which something can be said back."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that was taken: its row, how it was understood, what is said back (None: nothing), whether it was new."""

    message: Message
    known: Understood
    echo: Message | None
    is_new: bool


def take_text(
    text: str,
    *,
    channel: str,
    address: str = "",
    key: str = "",
    at: datetime | None = None,
    said_by: str = "",
    office: Office,
    clock: datetime,
    by: str = "",
) -> Taken:
    """Take a text as it came in by a channel from an address; `by` is the officer who pasted it and vouches for it.

    The same `key` is one message; without one the same words from the same address on the same day are. `clock` is the
    machine's time.
    """
    text, said_by = plain_text(text), plain_text(said_by)
    sender = as_address(address)
    key = plain_text(key) or text_key(text, channel=channel, address=sender, at=at, office=office)
    reading = read_message(text)
    held_already = Message.objects.select_related("conversation").filter(key=key).first()
    known = understood(reading, channel=channel, address=sender, office=office, vouched=bool(by))
    if held_already is not None:
        return Taken(held_already, known, None, is_new=False)
    with transaction.atomic():
        message = take_answer(
            code=reading.code or "",
            reading=reading,
            channel=channel,
            address=sender,
            body=text,
            key=key,
            at=at or office.now,
            said_by=said_by,
            office=office,
            by=by,
        )
        said = _say_back(message, known, office=office, clock=clock, by=by)
    return Taken(message, known, said, is_new=True)


def text_key(text: str, *, channel: str, address: str, at: datetime | None, office: Office) -> str:
    """Return the key of a text that brings none: its words, whence it came, and when (the day, where no more is known)."""
    when = at.isoformat() if at else office.today.isoformat()
    words = "\x1f".join((channel, address, when, " ".join(text.split())))
    return f"text {hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _say_back(message: Message, known: Understood, *, office: Office, clock: datetime, by: str) -> Message | None:
    """Say back what was understood, or ask back; nothing where there is no address or the conversation is closed."""
    talk = message.conversation
    channel = message.channel
    if channel not in WRITES_BACK or not message.address or "closed" in known.flags:
        return None
    if channel == "sms" and setting("sms_gateway_url"):
        channel = "gateway"
    reading: Reading = known.reading
    purpose = "echo"
    undone = known.is_certain and message.state != "settled"
    if talk is not None and (undone or {"other_number", "moved"} & set(known.flags)):
        body = held(talk.code)
    elif reading.intent == UNSURE or known.flags:
        body, purpose = asking_back(talk.code if talk else ""), "back"
    else:
        people = reading.people
        code = talk.code if talk else ""
        body = echo(code, reading.intent, day=known.day or reading.day, place=reading.place or "", people=people)
    since = office.now - timedelta(days=1)
    today = Message.objects.filter(
        direction="out", address=message.address, reading__purpose__in=SAID_BACK, at__gt=since
    ).count()
    most = ECHOES_A_DAY if talk is not None else 1
    by_itself = today < most and (channel == "email" or read_phone(message.address) == message.address)
    if talk is None and (channel not in {"gateway", "email"} or not by_itself):
        return None  # a draft to a stranger helps nobody: an officer looks at the message itself
    if reading.intent == QUESTION and not by_itself:
        return None
    return outbox.put_out(
        talk,
        channel=channel,
        address=message.address,
        body=body.id,
        now=office.now,
        clock=clock,
        by=by,
        purpose=purpose,
        key=f"echo {message.pk}",
        by_hand=not by_itself,
    )
