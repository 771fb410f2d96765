"""The kades's own story, on a small telephone without script: from the link in the message to “the office has it”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from jemput.actions.links import make_link, make_pin
from jemput.queries.office import office
from jemput.store.models import Conversation, PersonWord, Proposal, Settlement, Visit
from tests.public.running import Pages, Village, exchange

PHONE = {"width": 360, "height": 640}


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=PHONE, java_script_enabled=False, locale="id-ID", has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def recorded(phone: Page) -> str:
    assert "Terima kasih, tercatat" in phone.inner_text("h1")
    return phone.inner_text("main")


def open_names(phone: Page, village: Village) -> None:
    phone.goto(village.url)
    phone.click("text=Lihat nama")
    phone.fill("#pin", village.pin)
    phone.click("text=Buka daftar")
    assert "Siapa belum direkam" in phone.inner_text("h1")


def test_a_kades_confirms_tells_of_two_people_reports_a_rompok_and_asks_for_a_visit(
    phone, pages: Pages, village: Village
):
    dead, away = village.people()[:2]
    phone.goto(village.url)
    assert "Rabu, 10 April 2019" in phone.inner_text("main")
    assert f"{len(village.people())} orang" in phone.inner_text("main")
    phone.fill("#csaid_by", "Pak Kades")
    phone.click("text=Ya, kami siap")
    assert "menunggu diambil kantor" in recorded(phone)
    confirmed = phone.url

    open_names(phone, village)
    for person, word, note in ((dead, "meninggal", "2016"), (away, "di rompok", "Blok C")):
        card = phone.locator("fieldset", has=phone.locator("legend", has_text=person.name)).first
        card.get_by_label(word, exact=True).check()
        card.locator("input[name^='n.']").fill(note)
    phone.click("button.yes")
    assert "Tersimpan: 2 orang" in phone.inner_text("main")

    phone.goto(f"{village.url}rompok/")
    phone.fill("#name", "Blok C")
    phone.fill("#people", "15")
    phone.fill("#way", "perahu 30 menit")
    phone.fill("#where", "https://www.google.com/maps/place/@-3.2157,102.9393,17z")
    phone.click("text=Kirim laporan")
    assert "-3.2157, 102.9393" in recorded(phone)

    phone.goto(f"{village.url}minta/")
    phone.select_option("#weekday", "kamis")
    phone.locator("input[type=checkbox]").first.check()
    phone.fill("#names", "Siti Rahma\nUjang Karim")
    phone.click("text=Kirim permintaan")
    assert "Warga disiapkan" in recorded(phone)

    came = exchange()
    assert came["answers"] == {"confirm": 1, "word": 2, "rompok": 1, "request": 1}
    assert came["problems"] == []
    assert Visit.objects.get(pk=village.visit).state == "confirmed"
    assert Conversation.objects.get(visit=village.visit).state == "confirmed"
    words = {one.person: (one.word, one.note) for one in PersonWord.objects.filter(key__startswith="page:")}
    assert words == {dead.id: ("died", "2016"), away.id: ("at_rompok", "Blok C")}
    proposed = Proposal.objects.get(person=dead.id, source="village")
    assert (proposed.kind, proposed.state) == ("mati", "open")
    place = Settlement.objects.get(name="Blok C", village=village.number)
    assert (place.estimated_people, place.lat, place.lng) == (15, -3.2157, 102.9393)
    assert place.description == "perahu 30 menit"
    wish = Visit.objects.get(state="requested", village=village.number, request_key__startswith="page:")
    assert wish.people.count() == 1
    assert "Siti Rahma" in wish.request_note

    phone.goto(confirmed)
    assert re.search(r"diterima \d", recorded(phone))
    open_names_again = f"{village.url}siapa/"
    phone.goto(open_names_again)
    assert phone.inner_text("main").count("sudah diterima kantor") == 2


def test_a_word_can_be_changed_until_the_office_has_it(phone, pages: Pages, village: Village):
    open_names(phone, village)
    first = phone.locator("fieldset").first
    first.get_by_label("pindah", exact=True).check()
    phone.click("button.yes")
    phone.goto(f"{village.url}siapa/")
    first.get_by_label("akan hadir", exact=True).check()
    phone.click("button.yes")
    exchange()
    assert [one.word for one in PersonWord.objects.filter(key__startswith="page:")] == ["will_come"]
    phone.goto(f"{village.url}siapa/")
    assert first.locator("input").count() == 0


def test_a_kades_asks_for_another_day_and_may_name_a_date(phone, pages: Pages, village: Village):
    phone.goto(village.url)
    phone.click("text=Minta hari lain")
    phone.fill("#odate", "2019-04-17")
    phone.click("details[open] button")
    assert "17 April 2019" in recorded(phone)
    exchange()
    visit = Visit.objects.get(pk=village.visit)
    assert (visit.state, visit.on) == ("requested", date(2019, 4, 17))


def test_a_kades_who_cannot_must_say_why(phone, pages: Pages, village: Village):
    phone.goto(village.url)
    phone.click("text=Belum bisa")
    phone.click("details[open] button")
    assert "Alasannya belum ditulis" in phone.inner_text("[role=alert]")
    phone.fill("#reason", "Panen sawit sampai akhir bulan")
    phone.click("details[open] button")
    recorded(phone)
    exchange()
    assert Visit.objects.get(pk=village.visit).state == "refused"


def test_where_no_form_can_be_sent_the_same_answer_goes_as_a_text(phone, pages: Pages, village: Village):
    code = Conversation.objects.get(visit=village.visit).code
    phone.goto(village.url)
    phone.click("text=Kirim lewat WhatsApp atau SMS")
    assert f"#JEMPUT#{code}#SIAP" in phone.inner_text("main")
    phone.select_option("#hari", "senin")
    phone.fill("#rompok", "Blok C")
    phone.fill("#orang", "15")
    phone.click("text=Buat teksnya")
    assert f"#JEMPUT#{code}#HARI LAIN#SENIN" in phone.inner_text("main")
    assert f"#JEMPUT#{code}#ROMPOK#BLOK C#15" in phone.inner_text("main")
    addresses = phone.eval_on_selector_all(
        "a[href^='https://wa.me/'], a[href^='sms:']", "all => all.map(one => one.href)"
    )
    assert any(one.startswith("https://wa.me/6281234567834?text=%23JEMPUT%23") for one in addresses)
    assert any(one.startswith("sms:+6281234567834?body=%23JEMPUT%23") for one in addresses)


def test_the_position_comes_by_one_tap_where_script_and_a_secure_page_exist(chromium, pages: Pages, village: Village):
    context = chromium.new_context(
        viewport=PHONE, geolocation={"latitude": -3.05, "longitude": 103.01}, permissions=["geolocation"]
    )
    page = context.new_page()
    page.goto(f"{village.url}rompok/")
    page.fill("#name", "Rompok Atas")
    page.click("#here")
    page.wait_for_function("document.getElementById('gps').value !== ''")
    page.click("text=Kirim laporan")
    assert "-3.05, 103.01" in page.inner_text("main")
    context.close()


def test_a_link_without_a_visit_asks_for_one_and_knows_no_answer(phone, pages: Pages, village: Village):
    url, link = make_link(village=village.number, office=office(), by="kabid")
    make_pin(link.pk, office=office(), by="kabid")
    exchange()
    phone.goto(url)
    assert "Belum ada rencana kunjungan" in phone.inner_text("main")
    assert phone.locator("text=Ya, kami siap").count() == 0
