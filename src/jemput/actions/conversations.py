"""Conversations with villages: opened under a code, asked, reminded, answered by whatever channel, closed.

What a village says lands in one record and moves its visit; what is doubtful waits for an officer.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction

from jemput.actions import outbox
from jemput.actions.jobs import problem_words
from jemput.actions.papers import changed
from jemput.actions.settlements import report_settlement
from jemput.actions.visits import ask_visit, change_visit, confirm_visit, move_visit, refuse_visit
from jemput.domain.conversations import ADDRESSED, MATTERS, after_asking, due_for, leads_to, may_ask, new_code
from jemput.domain.ids import area_text, mask_within
from jemput.domain.message_texts import agreed, asking
from jemput.domain.messages import OTHER_DAY, READY, REFUSE, ROMPOK, Reading
from jemput.domain.outreach import CHANNELS, OPEN_VISITS
from jemput.domain.places import is_village
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.queries import places
from jemput.queries.office import ZONE, Office
from jemput.queries.understanding import Understood, as_address, plain_text, understood
from jemput.store.models import Contact, Conversation, Message, Visit

PAPER = "conversation"
LONGEST_BODY = 2_000
OPENS = time(8, 0)
"""When a reminder falls due on its day: as the office opens (our choice)."""
ASKED = frozenset({"ask", "remind"})
"""Purposes of a message that wait for an answer."""

NO_SUCH_TALK = ProblemKind(
    "no_such_talk",
    Text("Tidak ada percakapan {code}.", "There is no conversation {code}."),
    Text("Lihat daftarnya di halaman Koordinasi.", "See the list on the page Coordination."),
)
TALK_VILLAGE = ProblemKind(
    "talk_village",
    Text("Desa {kode} tidak ada di daftar wilayah.", "Village {kode} is not in the list of areas."),
    Text("Pilih desa yang akan dihubungi.", "Choose the village to talk with."),
)
NO_SUCH_CONTACT = ProblemKind(
    "talk_contact",
    Text("Kontak {number} bukan aparat desa ini.", "Contact {number} is not of this village."),
    Text("Pilih kontak dari desa atau kecamatannya.", "Choose a contact of the village or its kecamatan."),
)
NO_ADDRESS = ProblemKind(
    "talk_no_address",
    Text("Tidak ada nomor atau alamat untuk {channel_id}.", "There is no number or address for {channel_en}."),
    Text(
        "Isi di kontak desa, atau pilih saluran lain.",
        "Fill it in at the village's contact, or choose another channel.",
    ),
)
CODE_MISSING = ProblemKind(
    "talk_text_without_code",
    Text("Pesan tidak memuat kode {code}.", "The message does not hold the code {code}."),
    Text("Biarkan kode dan cara menjawabnya di dalam pesan.", "Leave the code and how to answer in the message."),
)
WRONG_CHANNEL = ProblemKind(
    "talk_channel",
    Text("“{found}” bukan saluran untuk bertanya.", "“{found}” is no channel to ask by."),
    Text("Pilih: {channels}.", "Choose one of: {channels}."),
)
NO_DAY = ProblemKind(
    "talk_no_day",
    Text("Hari yang disetujui belum jelas.", "The day that is agreed is not clear."),
    Text("Isi tanggalnya.", "Fill in the day."),
)
NOT_WAITING = ProblemKind(
    "message_not_waiting",
    Text("Pesan ini sudah ditangani.", "This message has been dealt with."),
    Text("Muat ulang percakapannya.", "Load the conversation again."),
)
ASKS_BY = ADDRESSED | {"letter"}
"""Channels a question goes out by; a call is logged, and a page is opened by whoever has its link."""


def open_conversation(
    *, village: int, visit: int | None = None, contact: int | None = None, subject: str = "", office: Office, by: str
) -> Conversation:
    """Return the open conversation with a village over a visit, or begin one under a new code.

    Refused: a village that is not known, a contact of elsewhere. One without a visit is always new.
    """
    if contact is not None and not _is_of(contact, village):
        raise Refused(NO_SUCH_CONTACT.at("contact", number=contact))
    if not is_village(village) or not places.is_known_ever(village):
        raise Refused(TALK_VILLAGE.at("village", kode=area_text(village)))
    with transaction.atomic():
        held = Conversation.objects.filter(visit=visit, village=village, closed_at=None).first() if visit else None
        if held is not None:
            if contact is not None:
                _change(held, office=office, by=by, contact_id=contact)
            return held
        values = {
            "village": village,
            "visit_id": visit,
            "contact_id": contact,
            "subject": mask_within(" ".join(subject.split()))[:200],
            "made_at": office.now,
            "made_by": by,
        }
        while True:
            try:
                with transaction.atomic():
                    made = Conversation.objects.create(code=new_code(secrets.choice), **values)
            except IntegrityError:
                if visit is not None and not Visit.objects.filter(pk=visit).exists():
                    raise
                continue
            changed(PAPER, made.pk, "state", "", made.state, now=office.now, by=by)
            return made


def ask(
    conversation: Conversation,
    channel: str,
    body: str = "",
    *,
    address: str = "",
    on: date | None = None,
    again: bool = False,
    key: str | None = None,
    office: Office,
    clock: datetime,
    by: str,
) -> Message:
    """Ask a village, or remind it (`again`), by a channel; return the message, queued or for a person to send.

    The same `key` asks once. `on` moves the visit to that day first. Refused: a closed conversation, a channel one cannot ask by, no address for
    it, a text without the code. `clock` is the machine's time.
    """
    with transaction.atomic():
        talk = _held(conversation.code)
        if key and (held := Message.objects.filter(key=key).first()) is not None:
            return held
        if problem := may_ask(talk.state, talk.code):
            raise Refused(problem)
        if channel not in ASKS_BY:
            raise Refused(WRONG_CHANNEL.at("channel", found=channel, channels=", ".join(sorted(ASKS_BY))))
        to = as_address(address) if address else address_for(talk.contact, channel)
        if channel in ADDRESSED and not to:
            raise Refused(_no_address(channel))
        if on and talk.visit and on != talk.visit.on:
            change_visit(talk.visit.pk, {"on": on}, office=office, by=by)
            talk = _held(talk.code)
        text = mask_within(body.replace("\r\n", "\n").strip())[:LONGEST_BODY] or question(talk, office, again=again).id
        if talk.code not in text:
            raise Refused(CODE_MISSING.at("body", code=talk.code))
        purpose = "remind" if again else "ask"
        message = outbox.put_out(
            talk, channel=channel, address=to, body=text, now=office.now, clock=clock, by=by, purpose=purpose, key=key
        )
        if message.state == "queued":
            _asked(talk, purpose, channel, office=office, by=by)
    return message


def mark_sent(number: int, *, office: Office, by: str) -> None:
    """Put down that a person sent a message; a question then waits for its answer. Refused where it is done.

    A question that a machine was to send waits since it was queued, and is not counted a second time.
    """
    with transaction.atomic():
        was_draft = Message.objects.filter(pk=number, state="draft").exists()
        outbox.mark_sent(number, now=office.now, by=by)
        message = Message.objects.select_related("conversation__visit").get(pk=number)
        purpose = (message.reading or {}).get("purpose", "")
        talk = message.conversation
        if (
            was_draft
            and talk is not None
            and purpose in ASKED
            and talk.state in {"new", "asked", "silent", "other_day", "refused"}
        ):
            _asked(talk, purpose, message.channel, office=office, by=by)


def log_call(
    conversation: Conversation,
    *,
    reading: Reading | None,
    note: str,
    address: str = "",
    said_by: str,
    key: str | None = None,
    office: Office,
    by: str,
) -> Message:
    """Keep a telephone call: what was said and how it is understood, or that nobody answered (`reading` None).

    The same `key` is one call.
    """
    words = mask_within(note.strip())[:LONGEST_BODY]
    key = key or f"call {secrets.token_hex(8)}"
    if (held := Message.objects.filter(key=key).first()) is not None:
        return held
    if reading is not None:
        return take_answer(
            code=conversation.code,
            reading=reading,
            channel="telephone",
            address=address,
            body=words,
            key=key,
            at=office.now,
            said_by=said_by,
            office=office,
            by=by,
        )
    return Message.objects.create(
        conversation=conversation,
        direction="out",
        channel="telephone",
        address=as_address(address) if address else address_for(conversation.contact, "telephone"),
        body=words,
        reading={"purpose": "call"},
        state="sent",
        key=key,
        at=office.now,
        sent_at=office.now,
        by=by,
    )


def take_answer(
    *,
    code: str,
    reading: Reading,
    channel: str,
    address: str,
    body: str,
    key: str,
    at: datetime,
    said_by: str,
    office: Office,
    by: str = "",
) -> Message:
    """Keep what a village said and act on it where nothing is doubtful; the same `key` is one answer, however often sent.

    `by` is the officer who vouches for it, empty where it came by itself. Ready, refusing and another day move the visit; a
    rompok is reported. What is doubtful, or what the visit refuses, stays `received` with its flags for an officer.
    """
    if (held := Message.objects.filter(key=key).first()) is not None:
        return held
    sender = as_address(address)
    place = plain_text(reading.place) if reading.place else reading.place
    said = Reading(reading.intent, code or reading.code, reading.day, place, reading.people, reading.notes)
    known = understood(said, channel=channel, address=sender, office=office, vouched=bool(by))
    try:
        with transaction.atomic():
            message = Message.objects.create(
                conversation=known.conversation,
                direction="in",
                channel=channel,
                address=sender,
                body=mask_within(plain_text(body).strip())[:LONGEST_BODY],
                reading=said.as_json() | {"said_by": plain_text(said_by)[:200], "flags": list(known.flags)},
                state="received",
                key=key,
                at=at,
                by=by,
            )
            _act(message, known, office=office, by=by)
    except IntegrityError:
        return Message.objects.get(key=key)  # the same answer, kept by another process meanwhile
    return message


def settle(
    number: int, reading: Reading | None, *, code: str = "", day: date | None = None, office: Office, by: str
) -> Message:
    """Answer for a message that waits: place it with a conversation (`code`) and act on it as an officer understands it.

    `reading` None: it was read, and nothing follows. `day` is the other day as a date. Refused where it was dealt with, the code
    is unknown, or the visit refuses.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=number, direction="in").first()
        if message is None or message.state != "received":
            raise Refused(NOT_WAITING.at())
        talk = _held(code) if code else message.conversation
        if talk is not None and message.conversation_id != talk.pk:
            changed(outbox.PAPER, number, "conversation", message.conversation, talk.code, now=office.now, by=by)
            message.conversation = talk
        message.state = "settled"
        if reading is None or talk is None:
            message.save()
            changed(outbox.PAPER, number, "state", "received", "settled", now=office.now, by=by)
            return message
        known = understood(
            Reading(reading.intent, talk.code, reading.day, reading.place, reading.people, reading.notes),
            channel=message.channel,
            address=message.address,
            office=office,
            vouched=True,
        )
        problems = _apply(message, Understood(known.reading, talk, day or known.day, ()), office=office, by=by)
        if problems:
            raise Refused(*problems)
        message.reading = (message.reading or {}) | known.reading.as_json() | {"read_by": by}
        message.save()
        changed(outbox.PAPER, number, "state", "received", "settled", now=office.now, by=by)
    return message


def accept_day(
    conversation: Conversation,
    on: date | None,
    *,
    office: Office,
    clock: datetime,
    by: str,
    channel: str = "",
    key: str | None = None,
) -> Message | None:
    """Say yes to the day a village named, or to another (`on`): the visit is set, and the village is told by `channel`.

    The same `key` tells it once.
    """
    with transaction.atomic():
        talk = _held(conversation.code)
        if key and (held := Message.objects.filter(key=key).first()) is not None:
            return held
        if problem := may_ask(talk.state, talk.code):
            raise Refused(problem)
        day = on or (talk.visit.on if talk.visit else None) or _date(talk.day)
        if day is None:
            raise Refused(NO_DAY.at("on"))
        if talk.visit:
            if talk.visit.on != day:
                move_visit(talk.visit.pk, day, by, office=office, by=by)
            confirm_visit(talk.visit.pk, by, office=office, by=by)
        _change(talk, office=office, by=by, state="confirmed", day=day.isoformat(), unread=False, remind_at=None)
        to = address_for(talk.contact, channel) if channel else ""
        if not channel or (channel in ADDRESSED and not to):
            return None
        body = agreed(talk.code, _village(talk, office), day).id
        return outbox.put_out(
            talk, channel=channel, address=to, body=body, now=office.now, clock=clock, by=by, purpose="agreed", key=key
        )


def set_contact(conversation: Conversation, contact: int | None, *, office: Office, by: str) -> None:
    """Say with whom the office talks; refused where the contact is of elsewhere. None: with whoever answers."""
    if contact is not None and not _is_of(contact, conversation.village):
        raise Refused(NO_SUCH_CONTACT.at("contact", number=contact))
    with transaction.atomic():
        _change(_held(conversation.code), office=office, by=by, contact_id=contact)


def mark_read(conversation: Conversation, *, office: Office, by: str) -> None:
    """Put down that an officer has read what came in."""
    with transaction.atomic():
        _change(_held(conversation.code), office=office, by=by, unread=False)


def close_conversation(conversation: Conversation, note: str = "", *, office: Office, by: str) -> None:
    """Close a conversation; a word that still comes waits for an officer."""
    with transaction.atomic():
        talk = _held(conversation.code)
        values: dict[str, Any] = {"state": "closed", "closed_at": office.now, "remind_at": None, "unread": False}
        if note.strip():
            values["note"] = mask_within(note.strip())[:LONGEST_BODY]
        _change(talk, office=office, by=by, **values)


def reopen(conversation: Conversation, *, office: Office, by: str) -> None:
    """Open a closed conversation again, as if it had not been asked; one that is open stays as it is."""
    with transaction.atomic():
        talk = _held(conversation.code)
        if talk.state != "closed":
            return
        _change(talk, office=office, by=by, state="new", closed_at=None, reminders=0)


def fall_silent(office: Office) -> int:
    """Call every village silent that answered none of its reminders, or whose visit's day has come; return how many."""
    found = 0
    for talk in Conversation.objects.select_related("visit").filter(state="asked", remind_at__lte=office.now):
        due_on = talk.remind_at.astimezone(ZONE).date() if talk.remind_at else None
        if due_for(talk.state, talk.reminders, due_on, talk.visit.on if talk.visit else None, office.today) == "silent":
            rows = Conversation.objects.filter(pk=talk.pk, state="asked", remind_at=talk.remind_at)
            with transaction.atomic():
                if rows.update(state="silent", remind_at=None):
                    changed(PAPER, talk.pk, "state", "asked", "silent", now=office.now, by="")
                    found += 1
    return found


def question(conversation: Conversation, office: Office, *, again: bool = False) -> Text:
    """Return what a village is asked, as it goes out."""
    on = conversation.visit.on if conversation.visit else None
    subject = "" if conversation.subject in MATTERS else conversation.subject
    return asking(conversation.code, _village(conversation, office), on, subject=subject, again=again)


def address_for(contact: Contact | None, channel: str) -> str:
    """Return where a contact is reached by a channel, empty where nowhere."""
    if contact is None or contact.ended_on:
        return ""
    return contact.email if channel == "email" else contact.phone


# --- how -------------------------------------------------------------------------------------------------------------


def _act(message: Message, known: Understood, *, office: Office, by: str) -> None:
    """Act on what came in where it is certain; a refusal on the way leaves it for an officer."""
    talk = known.conversation
    problems: list[Problem] = []
    if talk is not None and known.is_certain:
        problems = _apply(message, known, office=office, by=by)
        if problems:
            message.reading = (message.reading or {}) | {"flags": ["refused"]}
            message.error = problem_words(problems)
        else:
            message.state = "settled"
        message.save()
    if talk is not None:
        needs_look = not by or message.state == "received"
        _change(talk, office=office, by=by, unread=needs_look or talk.unread, quietly=True)


def _apply(message: Message, known: Understood, *, office: Office, by: str) -> list[Problem]:
    """Move the visit, report the rompok and set the state; return what the visit refuses, and then nothing is changed."""
    talk, reading = known.conversation, known.reading
    if talk is None:
        return []
    source = _source(message, talk)
    try:
        with transaction.atomic():
            if reading.intent == ROMPOK:
                _report(message, known, source, office=office, by=by)
            elif talk.visit is not None:
                _move(talk.visit, known, source, office=office, by=by)
            values: dict[str, Any] = {"state": leads_to(talk.state, reading.intent)}
            if reading.intent == OTHER_DAY:
                values["day"] = known.day.isoformat() if known.day else reading.day or ""
            if values["state"] != "asked":
                values["remind_at"] = None
            if talk.answered_at is None:
                values["answered_at"] = message.at
            _change(talk, office=office, by=by or source, **values)
    except Refused as refused:
        return list(refused.problems)
    return []


def _move(visit: Visit, known: Understood, source: str, *, office: Office, by: str) -> None:
    if known.reading.intent == READY:
        confirm_visit(visit.pk, source, office=office, by=by)
    elif known.reading.intent == REFUSE:
        refuse_visit(visit.pk, source, office=office, by=by)
    elif known.reading.intent == OTHER_DAY:
        move_visit(visit.pk, known.day or known.reading.day or "", source, office=office, by=by)


def _report(message: Message, known: Understood, source: str, *, office: Office, by: str) -> None:
    """Report a rompok under the village of the conversation."""
    if known.conversation is None:
        return
    report_settlement(
        village=known.conversation.village,
        kind="rompok",
        name=(known.reading.place or "")[:120],
        people=known.reading.people,
        said_by=source,
        channel=message.channel,
        key=f"message {message.pk}",
        office=office,
        by=by,
    )


def _asked(talk: Conversation, purpose: str, channel: str, *, office: Office, by: str) -> None:
    """Put down that a question or a reminder left: what the village is due for next, and that its visit was asked for."""
    visit = talk.visit
    reminders = talk.reminders + 1 if purpose == "remind" else 0
    due = after_asking(office.today, reminders, visit.on if visit else None)
    remind_at = datetime.combine(due.on, OPENS, ZONE)
    values: dict[str, Any] = {"state": "asked", "reminders": reminders, "remind_at": remind_at}
    if purpose == "ask" or talk.asked_at is None:
        values |= {"asked_at": office.now, "answered_at": None}
    _change(talk, office=office, by=by, **values)
    if visit and visit.on and visit.state in OPEN_VISITS and visit.state != "confirmed":
        ask_visit(visit.pk, f"{talk.code}, {CHANNELS[channel].id}", office=office, by=by)


def _change(talk: Conversation, *, office: Office, by: str, quietly: bool = False, **values: Any) -> None:  # noqa: ANN401 - columns
    """Change columns of a conversation; its state and day leave a line in its history."""
    for name, value in values.items():
        if name in {"state", "day", "note", "contact_id"} and not quietly:
            changed(PAPER, talk.pk, name, getattr(talk, name), value, now=office.now, by=by)
        setattr(talk, name, value)
    talk.save(update_fields=list(values))


def _held(code: str) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("visit", "contact")
    found = rows.filter(code=code.upper()).first()
    if found is None:
        raise Refused(NO_SUCH_TALK.at("code", code=code))
    return found


def _is_of(contact: int, village: int) -> bool:
    area = Contact.objects.filter(pk=contact).values_list("area", flat=True).first()
    return area is not None and str(village).startswith(str(area))


def _source(message: Message, talk: Conversation) -> str:
    """Return who said it, by which channel, for the history of what it changes."""
    said_by = str((message.reading or {}).get("said_by") or "")
    contact = talk.contact
    who = said_by or (contact.name if contact and message.address in {contact.phone, contact.email} else "")
    return ", ".join(part for part in (who, CHANNELS[message.channel].id, talk.code) if part)


def _village(talk: Conversation, office: Office) -> str:
    return places.names_of([talk.village], office.today).get(talk.village, "")


def _no_address(channel: str) -> Problem:
    title = CHANNELS[channel]
    return NO_ADDRESS.at("address", channel_id=title.id, channel_en=title.en)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
