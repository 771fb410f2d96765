"""The inbox: unread first, what is due, what belongs nowhere, what did not leave, who answers; within the area of who asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from jemput.queries import conversations as reading
from jemput.queries.conversations import Wanted
from jemput.store.models import Contact, Conversation, Message, Visit
from tests.builders import OFFICE, TODAY, office_on

pytestmark = pytest.mark.usefixtures("office")
HERE = office_on(TODAY)
NOW = HERE.now
VILLAGE, FAR = 1605012003, 1605022001
PHONE = "+6281234567834"


def talk(code: str, *, village: int = VILLAGE, **said: object) -> Conversation:
    return Conversation.objects.create(code=code, village=village, made_at=NOW, made_by="kabid", **said)


def message(
    conversation: Conversation | None, direction: str = "in", state: str = "settled", **said: object
) -> Message:
    values = {"channel": "sms", "body": "…", "at": NOW, "reading": {}} | said
    return Message.objects.create(conversation=conversation, direction=direction, state=state, **values)


def codes(**wanted: object) -> list[str]:
    return [one.code for one in reading.inbox(Wanted(**wanted), HERE)]


def test_unread_comes_first_then_the_newest_and_what_is_closed_last_among_the_read():
    talk("A2AA")
    talk("B2BB", unread=True)
    talk("C2CC")
    assert codes()[0] == "B2BB"
    assert set(codes()[1:]) == {"A2AA", "C2CC"}


def test_it_is_filtered_by_area_state_channel_and_unread():
    first = talk("A2AA", state="asked")
    talk("B2BB", village=FAR, state="asked", unread=True)
    message(first, channel="whatsapp")
    assert codes(area=160501) == ["A2AA"]
    assert codes(channel="whatsapp") == ["A2AA"]
    assert codes(unread=True) == ["B2BB"]
    assert codes(state="refused") == []
    assert reading.by_state(Wanted()) == [("asked", 2)]
    assert reading.by_state(Wanted(160501)) == [("asked", 1)]


def test_a_conversation_shows_its_newest_message_visit_and_contact():
    visit = Visit.objects.create(
        place_kind="village", village=VILLAGE, on=date(2019, 4, 9), state="asked", made_at=NOW, made_by="x"
    )
    contact = Contact.objects.create(area=VILLAGE, name="Pak Kades", role="kades", phone=PHONE, channel="sms")
    one = talk("A2AA", visit=visit, contact=contact, day="2019-04-12")
    message(one, body="lama")
    message(one, body="baru")
    found = reading.one("a2aa", HERE)
    assert found
    assert found.last
    assert (found.last.body, found.visit_on, found.channel, found.day) == (
        "baru",
        date(2019, 4, 9),
        "sms",
        date(2019, 4, 12),
    )
    assert [line.body for line in reading.thread(found)] == ["lama", "baru"]


def test_what_is_due_leaves_out_the_silent_to_be_and_what_is_on_its_way():
    past = NOW - timedelta(hours=1)
    talk("A2AA", state="asked", remind_at=past)
    on_its_way = talk("B2BB", state="asked", remind_at=past)
    message(on_its_way, "out", "draft", reading={"purpose": "remind"})
    talk("C2CC", state="asked", remind_at=past, reminders=3)
    talk("D2DD", state="asked", remind_at=NOW + timedelta(hours=1))
    talk("E2EE", state="confirmed", remind_at=past)
    assert [one.code for one in reading.due(None, HERE)] == ["A2AA"]
    assert reading.due(160502, HERE) == []


def test_a_text_without_a_conversation_is_seen_by_the_whole_office_and_by_whoever_keeps_its_number():
    Contact.objects.create(area=VILLAGE, name="Pak Kades", role="kades", phone=PHONE)
    open_one = talk("A2AA")
    talk("B2BB", closed_at=NOW, state="closed")
    known = message(None, state="received", address=PHONE)
    stranger = message(None, state="received", address="+6281234567856")
    message(None, state="settled", address=PHONE)
    everything = reading.unplaced(OFFICE, HERE)
    assert [line.id for line, _ in everything] == [known.pk, stranger.pk]
    assert [[one.code for one in near] for _, near in everything] == [[open_one.code], []]
    assert [line.id for line, _ in reading.unplaced(160501, HERE)] == [known.pk]
    assert reading.unplaced(160502, HERE) == []
    assert not reading.is_unplaced(stranger.pk, 160501, HERE)


def test_what_did_not_leave_is_listed_within_the_area():
    message(talk("A2AA"), "out", "failed")
    message(talk("B2BB", village=FAR), "out", "unsure")
    message(None, "out", "failed")
    assert [line.code for line in reading.outgoing(OFFICE, reading.TROUBLED, HERE)] == ["A2AA", "B2BB", ""]
    assert [line.code for line in reading.outgoing(160502, reading.TROUBLED, HERE)] == ["B2BB"]


def test_the_response_counts_by_kecamatan_and_by_the_channel_first_asked_by():
    for at, (code, village, hours) in enumerate((("A2AA", VILLAGE, 4), ("B2BB", VILLAGE, None), ("C2CC", FAR, 10))):
        asked = NOW - timedelta(days=at + 1)
        answered = asked + timedelta(hours=hours) if hours else None
        one = talk(code, village=village, state="asked", asked_at=asked, answered_at=answered)
        message(one, "out", "sent", channel="whatsapp", reading={"purpose": "ask"})
        message(one, "out", "sent", channel="letter", reading={"purpose": "ask"})
    talk("D2DD", asked_at=NOW - timedelta(days=400), state="silent")
    districts, channels = reading.answering(None, HERE)
    told = [(one.area, one.response.asked, one.response.answered, one.response.hours) for one in districts]
    assert told == [(160501, 2, 1, Decimal(4)), (160502, 1, 1, Decimal(10))]
    assert [(one.title.id, one.response.asked) for one in channels] == [("WhatsApp", 3)]
    assert channels[0].response.percent == Decimal("66.6")


def test_a_thread_holds_the_last_hundred_messages():
    one = talk("A2AA")
    for minute in range(120):
        message(one, body=str(minute), at=datetime(2019, 4, 1, tzinfo=UTC) + timedelta(minutes=minute))
    found = reading.one("A2AA", HERE)
    assert found
    lines = reading.thread(found)
    assert (len(lines), lines[0].body, lines[-1].body) == (100, "20", "119")
