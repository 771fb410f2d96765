"""A conversation with a village: one code, asked and reminded in time, answered by any channel into one record, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jemput import settings
from jemput.actions import conversations as act
from jemput.actions import links, village_forms
from jemput.actions.incoming import ECHOES_A_DAY, Taken, take_text
from jemput.actions.places import import_areas
from jemput.actions.settings import set_settings
from jemput.actions.visits import cancel_visit, close_visit, make_visit
from jemput.domain.conversations import MATTERS
from jemput.domain.messages import Reading, read_message
from jemput.domain.problems import Refused
from jemput.queries import conversations as reading
from jemput.store.models import Contact, Conversation, Job, Message, PaperChange, Settlement, Visit
from tests.builders import MUSI_RAWAS, TODAY, office_on

pytestmark = pytest.mark.usefixtures("office")
VILLAGE = 1605012003
CLOCK = datetime(2026, 11, 24, 3, tzinfo=UTC)
KADES = "+6281234567834"
CAMAT = "+6281234567856"
STRANGER = "+6281234567878"
TUESDAY, FRIDAY = date(2019, 4, 9), date(2019, 4, 12)
HERE = office_on(TODAY)


@pytest.fixture(autouse=True)
def the_office(monkeypatch, tmp_path, office):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("JEMPUT_TODAY", TODAY.isoformat())
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")


def later(days: int) -> object:
    return office_on(TODAY + timedelta(days=days))


def planned(on: date | None = TUESDAY) -> int:
    return make_visit(place_kind="village", village=VILLAGE, on=on, office=HERE, by="kabid")


def opened(visit: int | None = None, **more: object) -> Conversation:
    contact = Contact.objects.create(area=VILLAGE, name="Pak Kades", role="kades", phone=KADES, channel="whatsapp")
    return act.open_conversation(village=VILLAGE, visit=visit, contact=contact.pk, office=HERE, by="kabid", **more)


def asked(on: date | None = TUESDAY, channel: str = "whatsapp") -> Conversation:
    talk = opened(planned(on))
    message = act.ask(talk, channel, office=HERE, clock=CLOCK, by="kabid")
    if message.state == "draft":
        act.mark_sent(message.pk, office=HERE, by="kabid")
    return fresh(talk)


def fresh(talk: Conversation) -> Conversation:
    return Conversation.objects.select_related("visit", "contact").get(pk=talk.pk)


def comes(talk: Conversation, words: str, *, address: str = KADES, channel: str = "sms", **more: object) -> Taken:
    text = f"#JEMPUT#{talk.code}#{words}"
    return take_text(text, channel=channel, address=address, office=HERE, clock=CLOCK, **more)


# --- asking ----------------------------------------------------------------------------------------------------------


def test_a_visit_is_talked_over_under_one_code_however_often_it_is_opened():
    talk = opened(planned())
    again = act.open_conversation(village=VILLAGE, visit=talk.visit_id, office=HERE, by="operator")
    assert again.code == talk.code
    assert act.open_conversation(village=VILLAGE, subject="Balai desa", office=HERE, by="x").code != talk.code


def test_a_contact_of_another_village_is_refused_and_one_of_the_kecamatan_is_not():
    here, there = (
        Contact.objects.create(area=area, name="X", role="camat", phone=CAMAT).pk for area in (160501, 160502)
    )
    with pytest.raises(Refused):
        act.open_conversation(village=VILLAGE, contact=there, office=HERE, by="kabid")
    assert act.open_conversation(village=VILLAGE, contact=here, office=HERE, by="kabid").contact_id == here


def test_a_link_waits_for_a_person_to_say_that_it_was_sent_and_only_then_the_village_was_asked():
    talk = opened(planned())
    message = act.ask(talk, "whatsapp", office=HERE, clock=CLOCK, by="kabid")
    assert (message.state, message.address, fresh(talk).state) == ("draft", KADES, "new")
    assert talk.code in message.body
    assert "Selasa 9 April 2019" in message.body
    act.mark_sent(message.pk, office=HERE, by="kabid")
    now = fresh(talk)
    assert (now.state, now.reminders, now.visit.state) == ("asked", 0, "asked")
    assert now.remind_at == datetime(2019, 4, 4, 1, tzinfo=UTC), "two days on, at 08.00 WIB"


def test_what_the_machine_sends_is_queued_with_its_job_and_counts_as_asked():
    talk = asked(channel="gateway")
    assert Message.objects.get().state == "queued"
    assert Job.objects.get().args == {"message": Message.objects.get().pk}
    assert talk.state == "asked"


def test_asking_is_refused_without_an_address_without_the_code_by_no_channel_and_when_closed():
    talk = opened(planned())
    for channel, body in (("email", ""), ("whatsapp", "Siap, Pak?"), ("pigeon", "")):
        with pytest.raises(Refused):
            act.ask(talk, channel, body, office=HERE, clock=CLOCK, by="kabid")
    act.close_conversation(talk, office=HERE, by="kabid")
    with pytest.raises(Refused) as refused:
        act.ask(talk, "whatsapp", office=HERE, clock=CLOCK, by="kabid")
    assert refused.value.problems[0].kind.code == "talk_closed"
    assert not Message.objects.exists()


def test_no_number_of_a_person_ever_leaves_in_a_text():
    talk = opened(subject="NIK 1605011705809001 belum rekam")
    assert "1605011705809001" not in act.question(talk, HERE).id
    body = f"1605011705809001 #JEMPUT#{talk.code}#SIAP"
    assert "1605011705809001" not in act.ask(talk, "whatsapp", body, office=HERE, clock=CLOCK, by="kabid").body


def test_another_day_asked_for_moves_the_visit_with_it():
    talk = asked()
    message = act.ask(talk, "whatsapp", on=FRIDAY, office=HERE, clock=CLOCK, by="kabid")
    assert "Jumat 12 April 2019" in message.body
    assert Visit.objects.get().on == FRIDAY


def test_a_conversation_the_program_began_itself_asks_for_a_day_and_not_for_its_own_name():
    assert {links.SUBJECT, village_forms.SUBJECT} == set(MATTERS)
    for subject in MATTERS:
        talk = act.open_conversation(village=VILLAGE, subject=subject, office=HERE, by="kabid")
        assert subject not in act.question(talk, HERE).id


# --- reminders -------------------------------------------------------------------------------------------------------


def test_three_reminders_that_nobody_answers_make_a_village_silent():
    talk, days = asked(on=None), []
    for _ in range(3):
        due = fresh(talk).remind_at
        here = office_on(due.date())
        days.append((here.today - TODAY).days)
        assert act.fall_silent(here) == 0
        message = act.ask(talk, "whatsapp", again=True, office=here, clock=CLOCK, by="kabid")
        act.mark_sent(message.pk, office=here, by="kabid")
    assert days == [2, 5, 8]
    assert act.fall_silent(later(10)) == 0
    assert act.fall_silent(later(11)) == 1
    assert fresh(talk).state == "silent"
    assert act.fall_silent(later(12)) == 0


def test_a_village_that_did_not_answer_by_the_day_of_the_visit_is_silent_then_and_its_late_word_still_counts():
    talk = asked(on=TODAY + timedelta(days=2))
    message = act.ask(talk, "whatsapp", again=True, office=later(1), clock=CLOCK, by="kabid")
    act.mark_sent(message.pk, office=later(1), by="kabid")
    assert act.fall_silent(later(2)) == 1
    comes(talk, "SIAP")
    assert fresh(talk).state == "confirmed"


# --- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "email", "page", "letter", "telephone", "gateway"])
def test_an_answer_lands_in_the_same_record_whatever_the_channel(channel):
    Contact.objects.create(area=160501, name="Camat", role="camat", email="desa@contoh.id")
    talk = asked()
    address = "Desa@contoh.id" if channel == "email" else KADES
    reading = read_message(f"{talk.code} siap")
    by = "kabid" if channel in {"letter", "telephone"} else ""
    message = act.take_answer(
        code=talk.code,
        reading=reading,
        channel=channel,
        address=address,
        body="siap",
        key=f"k-{channel}",
        at=HERE.now,
        said_by="Pak Kades",
        office=HERE,
        by=by,
    )
    now = fresh(talk)
    assert (message.state, message.channel) == ("settled", channel)
    assert (now.state, now.visit.state, now.remind_at, now.answered_at) == ("confirmed", "confirmed", None, HERE.now)
    assert now.unread is (not by)


def test_ready_confirms_the_visit_and_is_said_back():
    talk = asked()
    taken = comes(talk, "SIAP")
    assert fresh(talk).visit.state == "confirmed"
    assert taken.echo
    assert (taken.echo.state, taken.echo.channel) == ("draft", "sms")
    assert "SIAP untuk Selasa 9 April 2019" in taken.echo.body


def test_another_day_becomes_the_villages_wish_and_the_offices_yes_moves_the_visit():
    talk = asked()
    comes(talk, "HARI LAIN#JUMAT")
    now = fresh(talk)
    assert (now.state, now.day, now.visit.on, now.visit.state) == ("other_day", "2019-04-12", FRIDAY, "requested")
    told = act.accept_day(now, None, office=HERE, clock=CLOCK, by="kabid", channel="whatsapp")
    now = fresh(talk)
    assert (now.state, now.visit.state, now.visit.on) == ("confirmed", "confirmed", FRIDAY)
    assert told
    assert "Jumat 12 April 2019" in told.body


def test_a_refusal_refuses_the_visit_and_a_later_word_goes_before_it():
    talk = asked()
    comes(talk, "TIDAK BISA")
    assert (fresh(talk).state, fresh(talk).visit.state) == ("refused", "refused")
    comes(talk, "SIAP")
    assert (fresh(talk).state, fresh(talk).visit.state) == ("confirmed", "confirmed")


def test_a_rompok_is_reported_once_under_the_village_and_changes_no_state():
    talk = asked()
    for _ in range(2):
        comes(talk, "ROMPOK#BLOK C#15", key="sms-1")
    one = Settlement.objects.get()
    assert (one.village, one.name, one.estimated_people) == (VILLAGE, "BLOK C", 15)
    assert fresh(talk).state == "asked"
    assert fresh(talk).remind_at, "the day is still to be agreed"


def test_the_same_message_twice_is_one_by_its_key_or_by_its_words_on_the_same_day():
    talk = asked()
    for key in ("modem-7", "modem-7"):
        comes(talk, "SIAP", key=key)
    for _ in range(2):
        comes(talk, "TIDAK BISA")
    assert Message.objects.filter(direction="in").count() == 2


def test_another_number_is_noted_and_nothing_is_done_until_an_officer_says_so():
    talk = asked()
    taken = comes(talk, "TIDAK BISA", address=STRANGER)
    assert (taken.message.state, taken.message.reading["flags"]) == ("received", ["other_number"])
    assert (fresh(talk).state, fresh(talk).visit.state, fresh(talk).unread) == ("asked", "asked", True)
    assert taken.echo
    assert "TIDAK BISA" not in taken.echo.body
    act.settle(taken.message.pk, Reading("refuse", talk.code), office=HERE, by="kabid")
    assert fresh(talk).state == "refused"
    with pytest.raises(Refused):
        act.settle(taken.message.pk, Reading("ready", talk.code), office=HERE, by="kabid")


def test_the_number_of_the_camat_is_known_too():
    Contact.objects.create(area=160501, name="Camat", role="camat", phone=CAMAT)
    talk = asked()
    comes(talk, "SIAP", address=CAMAT)
    assert fresh(talk).state == "confirmed"


def test_a_text_without_a_known_code_waits_and_an_officer_places_it():
    talk = asked()
    taken = take_text("kami siap pak", channel="sms", address=KADES, office=HERE, clock=CLOCK)
    assert (taken.message.conversation, taken.message.state) == (None, "received")
    assert taken.echo is None
    unknown = take_text("#JEMPUT#Z9Z9#SIAP", channel="sms", address=KADES, office=HERE, clock=CLOCK)
    assert unknown.message.reading["flags"] == ["unknown_code"]
    act.settle(taken.message.pk, Reading("ready"), code=talk.code, office=HERE, by="kabid")
    assert fresh(talk).state == "confirmed"
    act.settle(unknown.message.pk, None, office=HERE, by="kabid")
    assert Message.objects.filter(direction="in", state="received").count() == 0


def test_what_is_not_clear_changes_nothing_and_is_asked_back():
    talk = asked()
    taken = comes(talk, "SIAP TAPI MUNGKIN")
    assert taken.message.reading["flags"] == ["unclear"]
    assert taken.echo
    assert f"#JEMPUT#{talk.code}#SIAP" in taken.echo.body
    assert fresh(talk).state == "asked"


def test_a_word_for_a_visit_that_is_over_waits_with_the_reason():
    talk = asked(on=TODAY)
    close_visit(talk.visit_id, came=3, recorded=2, minutes="", office=HERE, by="kabid")
    taken = comes(talk, "SIAP")
    assert (taken.message.state, taken.message.reading["flags"]) == ("received", ["refused"])
    assert taken.message.error[0]["reason"]["id"]
    assert fresh(talk).state == "asked"
    assert Visit.objects.get().state == "done"


def test_a_word_after_the_end_waits_for_an_officer():
    talk = asked()
    act.close_conversation(talk, "sudah selesai", office=HERE, by="kabid")
    taken = comes(talk, "TIDAK BISA")
    assert (taken.message.state, taken.echo, fresh(talk).state) == ("received", None, "closed")
    act.reopen(talk, office=HERE, by="kabid")
    assert fresh(talk).state == "new"


def test_two_machines_that_answer_each_other_come_to_an_end():
    set_settings({"sms_gateway_url": "json://127.0.0.1:9/{phone}"})
    talk = asked()
    for at in range(ECHOES_A_DAY + 3):
        comes(talk, "SIAP", key=f"loop {at}")
        take_text("halo", channel="sms", address=STRANGER, key=f"stranger {at}", office=HERE, clock=CLOCK)
    echoes = Message.objects.filter(direction="out", reading__purpose__in=["echo", "back"])
    assert echoes.filter(address=KADES, state="queued").count() == ECHOES_A_DAY
    assert echoes.filter(address=STRANGER, state="queued").count() == 1


def test_a_call_is_kept_with_its_answer_or_as_not_reached():
    talk = asked()
    act.log_call(talk, reading=None, note="tidak diangkat", said_by="", office=HERE, by="operator")
    assert fresh(talk).state == "asked"
    act.log_call(
        talk, reading=Reading("ready"), note="siap, kumpul di balai", said_by="Sekdes", office=HERE, by="operator"
    )
    now = fresh(talk)
    assert (now.state, now.unread) == ("confirmed", False)
    assert now.visit.reason == "Sekdes, telepon, " + talk.code


def test_every_step_leaves_its_line_in_the_history():
    talk = asked()
    comes(talk, "SIAP")
    told = PaperChange.objects.filter(paper="conversation", number=talk.pk, field="state").order_by("pk")
    assert [(one.old, one.new) for one in told] == [("", "new"), ("new", "asked"), ("asked", "confirmed")]


@given(st.text(max_size=200), st.text(max_size=30))
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_in_is_kept_and_raises_nothing(text, address):
    taken = take_text(text, channel="sms", address=address, office=HERE, clock=CLOCK)
    assert taken.message.pk
    assert taken.message.state == "received"


def test_only_a_village_is_talked_with():
    with pytest.raises(Refused) as refused:
        act.open_conversation(village=160501, office=HERE, by="kabid")
    assert refused.value.problems[0].kind.code == "talk_village"


def test_a_closed_conversation_agrees_to_no_day_and_an_open_one_is_not_opened_again():
    talk = asked()
    act.reopen(talk, office=HERE, by="kabid")
    assert fresh(talk).state == "asked"
    act.close_conversation(talk, office=HERE, by="kabid")
    with pytest.raises(Refused) as refused:
        act.accept_day(talk, FRIDAY, office=HERE, clock=CLOCK, by="kabid")
    assert refused.value.problems[0].kind.code == "talk_closed"
    assert (fresh(talk).state, Visit.objects.get().on) == ("closed", TUESDAY)


def test_a_reminder_that_a_machine_could_not_send_and_a_person_did_is_one_reminder():
    talk = asked()
    message = act.ask(talk, "gateway", again=True, office=later(2), clock=CLOCK, by="kabid")
    Message.objects.filter(pk=message.pk).update(state="failed")
    act.mark_sent(message.pk, office=later(2), by="kabid")
    assert fresh(talk).reminders == 1


def test_nobody_is_reminded_of_a_visit_that_was_cancelled():
    talk = asked(TUESDAY + timedelta(days=30))
    assert [one.code for one in reading.due(None, later(2))] == [talk.code]
    cancel_visit(fresh(talk).visit.pk, "banjir", office=HERE, by="kabid")
    assert reading.due(None, later(2)) == []


def test_a_call_typed_in_twice_from_one_form_is_one_call():
    talk = asked()
    said = Reading("rompok", talk.code, None, "Blok C", 15)
    for _ in range(2):
        act.log_call(talk, reading=said, note="", said_by="Pak Kades", key="typed 1", office=HERE, by="kabid")
    assert (Message.objects.filter(direction="in").count(), Settlement.objects.count()) == (1, 1)


def test_ready_after_another_day_was_asked_for_waits_for_an_officer_to_say_for_which():
    talk = asked()
    comes(talk, "HARI LAIN#JUMAT")
    taken = comes(talk, "SIAP")
    assert (taken.message.state, taken.known.flags) == ("received", ("moved",))
    assert taken.echo is not None
    assert "petugas akan memastikannya" in taken.echo.body
    assert (fresh(talk).state, Visit.objects.get().state) == ("other_day", "requested")
    act.settle(taken.message.pk, taken.known.reading, office=HERE, by="kabid")
    assert (fresh(talk).state, Visit.objects.get().state) == ("confirmed", "confirmed")
