"""Koordinasi as officers use it: asked, reminded, answered, pasted, placed; within the area, without a script, nothing leaks."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from jemput import settings
from jemput.actions import conversations as act
from jemput.actions.aparat import add_contact
from jemput.actions.incoming import take_text
from jemput.actions.visits import make_visit
from jemput.domain.roles import Role
from jemput.queries import places
from jemput.queries.office import office
from jemput.store.models import AuditLine, Conversation, Message, Visit
from tests.office.conftest import ClientAs

DISTRICT, ELSEWHERE = 160514, 160501
PHONE, STRANGER = "+6281234567834", "+6281234567878"


@pytest.fixture
def empty_desk(demo_office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's office before it talked with anybody."""
    monkeypatch.setattr(settings, "HOME", demo_office)
    Message.objects.all().delete()
    Conversation.objects.all().delete()
    return demo_office


def village_of(district: int) -> int:
    return min(places.names(office().today, within=district).keys() - {district})


def begun(district: int = DISTRICT) -> Conversation:
    """Return a conversation about a visit six days on, with a contact; nothing was said yet."""
    here, village = office(), village_of(district)
    contact = add_contact(
        area=village, name="Pak Kades", role="kades", phone=PHONE, channel="whatsapp", office=here, by="x"
    )
    on = here.today + timedelta(days=6)
    visit = make_visit(place_kind="village", village=village, on=on, office=here, by="kabid")
    return act.open_conversation(village=village, visit=visit, contact=contact, office=here, by="kabid")


def asked(district: int = DISTRICT) -> Conversation:
    talk, here = begun(district), office()
    message = act.ask(talk, "whatsapp", office=here, clock=here.now, by="kabid")
    act.mark_sent(message.pk, office=here, by="kabid")
    return fresh(talk)


def fresh(talk: Conversation) -> Conversation:
    return Conversation.objects.select_related("visit", "contact").get(pk=talk.pk)


def page(client: Client, address: str = "/koordinasi/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(client: Client, address: str, **said: object) -> str:
    answer = client.post(address, said, follow=True)
    return answer.content.decode()


def come(talk: Conversation, words: str, address: str = PHONE, **more: object) -> Message:
    here = office()
    text = f"#JEMPUT#{talk.code}#{words}"
    return take_text(text, channel="whatsapp", address=address, office=here, clock=here.now, **more).message


def test_a_visit_is_asked_for_by_a_link_that_a_person_sends_and_marks(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), begun()
    where = f"/koordinasi/{talk.code}/"
    told = post(client, where, step="ask", channel="whatsapp", body="")
    link = re.search(r'href="(https://wa\.me/[^"]+)"', told)
    assert link
    assert f"%23JEMPUT%23{talk.code}%23SIAP" in link[1]
    assert fresh(talk).state == "new"
    draft = Message.objects.get()
    post(client, where, step="message", message=draft.pk, do="sent")
    assert (fresh(talk).state, fresh(talk).visit.state) == ("asked", "asked")
    assert AuditLine.objects.filter(verb="village_asked", subject__startswith=talk.code).exists()


def test_a_mistake_is_said_beside_what_was_typed(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), begun()
    answer = client.post(f"/koordinasi/{talk.code}/", {"step": "ask", "channel": "whatsapp", "body": "Siap, Pak?"})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Siap, Pak?" in told
    assert f"tidak memuat kode {talk.code}" in told
    assert not Message.objects.exists()


def test_an_answer_from_paper_or_telephone_is_typed_in_once(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.OPERATOR), asked()
    where = f"/koordinasi/{talk.code}/"
    post(client, where, step="answer", by="letter", intent="other_day", weekday="jumat", said_by="Sekdes", key="1")
    now = fresh(talk)
    assert (now.state, now.visit.state) == ("other_day", "requested")
    assert now.visit.on.weekday() == 4
    form = re.search(r'name="step" value="answer"><input type="hidden" name="key" value="(\w+)"', page(client, where))
    said = {"by": "telephone", "intent": "rompok", "place": "Blok C", "said_by": "Sekdes", "key": form[1]}
    for _ in range(2):
        post(client, where, step="answer", **said)
    assert Message.objects.filter(conversation=talk, channel="telephone").count() == 1
    told = post(client, where, step="answer", by="telephone", intent="none", note="tidak diangkat")
    assert "tidak tersambung" in told
    assert fresh(talk).state == "other_day"


def test_two_clicks_are_one(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), begun()
    where = f"/koordinasi/{talk.code}/"
    (key,) = set(re.findall(r'name="key" value="(\w+)"', page(client, where)))
    for _ in range(2):
        post(client, where, step="ask", channel="whatsapp", body="", key=key)
        post(client, where, step="answer", by="telephone", intent="ready", key=key)
        post(client, where, step="answer", by="letter", intent="ready", key=key)
        post(client, where, step="accept", channel="whatsapp", key=key)
    told = Message.objects.values_list("channel", "direction")
    assert sorted(told) == [("letter", "in"), ("telephone", "in"), ("whatsapp", "out"), ("whatsapp", "out")]


def test_a_day_asked_for_is_agreed_to_and_moves_the_visit(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    come(talk, "HARI LAIN#JUMAT")
    told = page(client, f"/koordinasi/{talk.code}/")
    assert told.index('id="accept"') < told.index('id="ask"'), "what waits for the officer comes first"
    wanted = fresh(talk).visit.on
    post(client, f"/koordinasi/{talk.code}/", step="accept", on=(wanted + timedelta(weeks=1)).isoformat(), channel="")
    now = fresh(talk)
    assert (now.state, now.visit.state, now.visit.on) == ("confirmed", "confirmed", wanted + timedelta(weeks=1))
    answer = client.post(f"/koordinasi/{talk.code}/", {"step": "accept", "other": "2019-01-01"})
    assert answer.status_code == 422


def test_whoever_is_due_is_reminded_in_bulk(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    assert "Ingatkan yang dicentang" not in page(client)
    Conversation.objects.update(remind_at=office().now - timedelta(hours=1))
    assert "Ingatkan yang dicentang" in page(client)
    assert "Belum ada desa yang dicentang" in post(client, "/koordinasi/", step="remind")
    post(client, "/koordinasi/", step="remind", pick=talk.pk)
    reminder = Message.objects.get(reading__purpose="remind")
    assert (reminder.state, reminder.address) == ("draft", PHONE)
    assert "Ingatkan yang dicentang" not in page(client), "it is on its way"
    post(client, "/koordinasi/", step="message", message=reminder.pk, do="sent")
    assert fresh(talk).reminders == 1


def test_another_number_waits_in_the_thread_until_an_officer_enters_it(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    message = come(talk, "TIDAK BISA", STRANGER)
    told = page(client, f"/koordinasi/{talk.code}/")
    assert "nomor lain" in told
    assert fresh(talk).state == "asked"
    post(client, f"/koordinasi/{talk.code}/", step="settle", message=message.pk, intent="refuse")
    assert (fresh(talk).state, fresh(talk).unread) == ("refused", False)


def test_a_text_without_a_conversation_is_placed_from_the_inbox(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    here = office()
    message = take_text("kami siap pak", channel="sms", address=PHONE, office=here, clock=here.now).message
    told = page(client)
    assert "kami siap pak" in told
    assert f'<option value="{talk.code}">' in told, "the one its number points to is offered"
    assert "belum dipilih" in post(client, "/koordinasi/", step="place", message=message.pk, code=talk.code)
    post(client, "/koordinasi/", step="place", message=message.pk, code=talk.code, intent="ready")
    assert fresh(talk).state == "confirmed"


def test_pasted_messages_are_shown_as_understood_before_anything_is_kept(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    pasted = (
        f"[09.15, 2/4/2019] Pak Kades: #jemput {talk.code} siap\n"
        f"[09.20, 2/4/2019] +62 812-3456-7878: #JEMPUT#{talk.code}#TIDAK BISA\n"
        "[09.30, 2/4/2019] Pak RT: halo"
    )
    told = post(client, "/koordinasi/tempel/", text=pasted, channel="whatsapp")
    assert "nomor lain" in told
    assert "tanpa kode" in told
    assert Message.objects.filter(direction="in").count() == 0
    assert fresh(talk).state == "asked"
    said = {"text": pasted, "channel": "whatsapp", "step": "save", "pick": [0, 1, 2]}
    post(client, "/koordinasi/tempel/", **said)
    assert fresh(talk).state == "confirmed"
    assert sorted(Message.objects.filter(direction="in").values_list("state", flat=True)) == [
        "received",
        "received",
        "settled",
    ]
    post(client, "/koordinasi/tempel/", **said)
    assert Message.objects.filter(direction="in").count() == 3
    assert "sudah pernah masuk" in post(client, "/koordinasi/tempel/", text=pasted, channel="whatsapp")


def test_an_operator_sees_only_the_conversations_of_their_kecamatan(client_as: ClientAs, empty_desk):
    client, here, there = client_as(Role.OPERATOR), asked(), asked(ELSEWHERE)
    stranger = office()
    loose = take_text("halo", channel="sms", address=STRANGER, office=stranger, clock=stranger.now).message
    told = page(client)
    assert here.code in told
    assert there.code not in told
    assert "halo" not in told
    for address in (f"/koordinasi/{there.code}/", f"/koordinasi/{there.code}/surat.pdf"):
        assert client.get(address).status_code == 404
    assert client.get(f"/koordinasi/?area=16.05.{ELSEWHERE % 100:02}").status_code == 404
    outgoing = Message.objects.filter(conversation=there, direction="out").first()
    for said in (
        {"step": "message", "message": outgoing.pk, "do": "again"},
        {"step": "place", "message": loose.pk, "code": here.code, "intent": "ready"},
    ):
        assert client.post("/koordinasi/", said).status_code == 404
    pasted = post(client, "/koordinasi/tempel/", text=f"#JEMPUT#{there.code}#SIAP")
    assert "di luar wilayah Anda" in pasted
    post(client, "/koordinasi/tempel/", text=f"#JEMPUT#{there.code}#SIAP", step="save", pick=0)
    assert fresh(there).state == "asked"


def test_a_conversation_begins_from_its_page_with_visit_and_contact(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), begun()
    village = f"16.05.{talk.village // 10**4 % 100:02}.{talk.village % 10**4:04}"
    told = page(client, f"/koordinasi/baru/?village={village}")
    assert "Pak Kades" in told
    post(client, "/koordinasi/baru/", step="open", village=village, visit=talk.visit_id, contact=talk.contact_id)
    assert Conversation.objects.count() == 1, "the visit has one already"
    told = post(client, "/koordinasi/baru/", step="open", village=village, subject="Boleh pinjam balai desa?")
    assert "Boleh pinjam balai desa?" in told
    assert Conversation.objects.count() == 2
    assert "belum dipilih" in post(client, "/koordinasi/baru/", step="open")


def test_the_letter_is_a_pdf_and_its_making_is_noted(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), begun()
    answer = client.get(f"/koordinasi/{talk.code}/surat.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert AuditLine.objects.filter(verb="letter_made", subject=f"konfirmasi {talk.code}").exists()


def test_the_inbox_leaves_as_a_workbook_with_the_same_filter(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    begun(ELSEWHERE)
    answer = client.get("/koordinasi/?state=asked&excel=1")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet
    codes = [row[0].value for row in sheet.iter_rows(min_row=4)]
    assert talk.code in codes
    assert len([code for code in codes if code]) == 1


def test_what_a_village_writes_is_only_ever_text(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    come(talk, "<script>alert(1)</script> 1605141705809001")
    for address in ("/koordinasi/", f"/koordinasi/{talk.code}/"):
        told = page(client, address)
        assert "<script>alert" not in told
        assert "1605141705809001" not in told


def test_a_closed_conversation_is_opened_again(client_as: ClientAs, empty_desk):
    client, talk = client_as(Role.KABID), asked()
    post(client, f"/koordinasi/{talk.code}/", step="close", note="kunjungan selesai")
    assert (fresh(talk).state, fresh(talk).note) == ("closed", "kunjungan selesai")
    assert 'id="ask"' not in page(client, f"/koordinasi/{talk.code}/")
    post(client, f"/koordinasi/{talk.code}/", step="reopen")
    assert fresh(talk).state == "new"
    assert Visit.objects.filter(pk=talk.visit_id).exists()
