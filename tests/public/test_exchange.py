"""The exchange over the line and by files: what is taken once, what is refused, and that nothing is lost when a process is killed."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jemput import settings
from jemput.actions import exchange as exchanging
from jemput.actions.visits import change_visit
from jemput.domain import batches
from jemput.domain.problems import Refused
from jemput.public import kept, keys
from jemput.public.pages import ANSWERS_A_DAY
from jemput.queries.office import office
from jemput.store.models import Exchange, Message, PersonWord, VillageLink, Visit
from tests.program import Program
from tests.public.running import Pages, Village, exchange, serving_pages
from tests.public.visitor import Forms, Visitor


def clock() -> datetime:
    return datetime.now(UTC)


def test_what_the_village_answers_arrives_in_the_office_once(pages: Pages, village: Village):
    kades = Visitor(pages.address)
    assert kades.open(village.url).status_code == 200
    thanks = kades.send(0, said_by="Pak Kades")
    assert "Terima kasih" in thanks.text
    assert exchange()["answers"] == {"confirm": 1}
    assert exchange()["answers"] == {}
    assert Visit.objects.get(pk=village.visit).state == "confirmed"
    assert Message.objects.filter(key__startswith="page:").count() == 1
    assert "diterima" in kades.open(str(thanks.url)).text


def test_an_answer_that_the_office_had_and_could_not_acknowledge_is_counted_once(pages: Pages, village: Village):
    confirm(pages, village)
    batch = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    first = post(pages, batch)
    take(first.content)  # and here the office is killed, before it calls again
    assert Message.objects.filter(key__startswith="page:").count() == 1
    again = exchange()
    assert again["answers"] == {}
    assert Message.objects.filter(key__startswith="page:").count() == 1


def test_a_reply_that_never_arrived_comes_again(pages: Pages, village: Village):
    confirm(pages, village)
    batch = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    assert post(pages, batch).status_code == httpx.codes.OK  # and here the line breaks
    assert exchange()["answers"] == {"confirm": 1}


def test_another_answer_from_the_same_form_after_going_back_is_an_answer_of_its_own(pages: Pages, village: Village):
    kades = Visitor(pages.address)
    form = kades.open(village.url)
    kades.send(0)
    kades.page = form
    thanks = kades.send(1, date="2019-04-17")
    assert "17 April 2019" in thanks.text
    kades.page = form
    assert kades.send(0).status_code == httpx.codes.OK
    kades.page = form
    kades.send(1, date="2019-04-17")
    assert exchange()["answers"] == {"confirm": 1, "other_day": 2}
    assert Visit.objects.get(pk=village.visit).on == date(2019, 4, 17)


def test_a_word_changed_after_going_back_reaches_the_office_though_it_had_the_first(pages: Pages, village: Village):
    kades = Visitor(pages.address)
    kades.open(f"{village.url}pin/")
    form = kades.send(0, pin=village.pin)
    word = next(name for name in Forms(form.text).forms[0][1] if name.startswith("w."))
    kades.send(0, **{word: "died"})
    take(post(pages, exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())).content)
    kades.page = form
    kades.send(0, **{word: "will_come"})
    exchange()
    said = PersonWord.objects.filter(key__startswith="page:").order_by("pk")
    assert [one.word for one in said] == ["died", "will_come"]


def test_a_link_answers_no_more_than_a_village_has_to_say_in_a_day(pages: Pages, village: Village):
    with sqlite3.connect(pages.home / kept.FILE) as db:
        row = "INSERT INTO answer (key, link, kind, sealed, told, at) VALUES (?, ?, 'rompok', x'', x'', ?)"
        now = int(clock().timestamp())
        db.executemany(row, [(f"k{number}", village.link.number, now - number) for number in range(ANSWERS_A_DAY - 1)])
    kades = Visitor(pages.address)
    form = kades.open(village.url)
    assert "Terima kasih" in kades.send(0).text
    kades.page = form
    assert "Terima kasih" in kades.send(0).text, "the same once more is no other answer"
    kades.page = form
    refused = kades.send(2, reason="banjir")
    assert refused.status_code == httpx.codes.TOO_MANY_REQUESTS
    assert "terlalu banyak jawaban" in refused.text


def test_pages_killed_at_any_moment_give_their_answers_after_the_next_start(pages: Pages, village: Village):
    confirm(pages, village)
    pages.kill()
    assert exchange() == {"reached": False, "why": "ConnectError", "answers": {}}
    pages.start()
    assert exchange()["answers"] == {"confirm": 1}


def test_a_batch_brought_twice_changes_nothing_and_is_answered(pages: Pages, village: Village):
    batch = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    first = post(pages, batch)
    second = post(pages, batch)
    assert (first.status_code, second.status_code) == (200, 200)
    assert take(first.content).is_new
    assert not take(first.content).is_new
    assert take(second.content).answers == 0


def test_an_older_batch_is_refused_on_either_side_and_says_so_in_both_languages(pages: Pages, village: Village):
    old = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    old_reply = post(pages, old).content
    new = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    new_reply = post(pages, new).content
    refused = post(pages, old)
    assert refused.status_code == httpx.codes.CONFLICT
    assert refused.text.startswith("batch_old\n")
    assert "sudah lewat" in refused.text
    assert "went by" in refused.text
    take(new_reply)
    with pytest.raises(Refused, match="went by"):
        take(old_reply)


def test_a_batch_that_somebody_else_signed_or_changed_or_meant_for_others_is_refused(pages: Pages, village: Village):
    batch = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    own = keys.own_keys(pages.home)
    stranger = Ed25519PrivateKey.generate()
    body = {"office": {}, "links": [], "keep": [], "taken": {}}
    forged = batches.packed(body, sender="office", number=2**40, receiver=own.text, key=stranger)
    elsewhere = batches.packed(
        body,
        sender="office",
        number=2**40,
        receiver=batches.public_text(stranger, "public"),
        key=exchanging.keys().signing,
    )
    for wrong, code in (
        (forged, "batch_forged"),
        (batch[:-1] + bytes([batch[-1] ^ 1]), "batch_forged"),
        (elsewhere, "batch_other_addressee"),
        (b"", "not_a_batch"),
        (b"x" * 10_000, "not_a_batch"),
        (post(pages, batch).content, "batch_forged"),
    ):
        answer = post(pages, wrong)
        assert (answer.status_code, answer.text.split("\n")[0]) == (409, code)
    assert httpx.get(village.url).status_code == httpx.codes.OK


def test_pages_that_changed_their_key_are_not_believed(pages: Pages, village: Village):
    pages.kill()
    (pages.home / keys.SECRET).unlink()
    (pages.home / keys.OWN).rename(pages.home / "old.pub")
    trusted = (pages.home / "old.pub").read_text()
    pages.start()
    exchanging.trust_pages(trusted, by="admin")
    with pytest.raises(Refused, match="another machine"):
        exchange()


def test_an_answer_that_cannot_be_used_is_told_and_keeps_no_other_back(pages: Pages, village: Village):
    confirm(pages, village)
    kades = Visitor(pages.address)
    kades.open(f"{village.url}rompok/")
    kades.send(0, name="Blok D")
    VillageLink.objects.filter(pk=village.link.pk).update(village=16_05_99_9999)  # a village that is none
    came = exchange()
    assert came["answers"] == {"confirm": 1, "rompok": 1}
    assert [one["en"] for one in came["problems"]] != []
    assert Visit.objects.get(pk=village.visit).state == "confirmed"
    assert "tidak dapat memakainya" in kades.open(str(kades.page.url)).text


def test_an_answer_of_another_shape_than_its_kind_is_told_and_keeps_no_other_back(pages: Pages, village: Village):
    confirm(pages, village)
    kades = Visitor(pages.address)
    kades.open(f"{village.url}rompok/")
    kades.send(0, name="Blok D")
    with sqlite3.connect(pages.home / kept.FILE) as database:
        database.execute("UPDATE answer SET kind = 'word' WHERE kind = 'rompok'")
    database.close()
    came = exchange()
    assert came["answers"] == {"confirm": 1, "word": 1}
    assert len(came["problems"]) == 1
    assert Visit.objects.get(pk=village.visit).state == "confirmed"


def test_two_exchanges_at_once_take_every_answer_once(pages: Pages, village: Village):
    confirm(pages, village)
    replies = [
        post(pages, exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())) for _ in range(2)
    ]
    take(replies[1].content)
    with pytest.raises(Refused):
        take(replies[0].content)
    assert Message.objects.filter(key__startswith="page:").count() == 1


def test_what_changes_in_the_office_shows_on_the_page_after_the_next_exchange_and_nothing_else_is_sent(
    pages: Pages, village: Village
):
    before = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    post(pages, before)
    change_visit(village.visit, {"on": date(2019, 4, 24)}, office=office(), by="kabid")
    change = exchanging.make_batch(settings.PUBLIC_HOME, office=office(), clock=clock())
    assert Exchange.objects.filter(direction="out").order_by("-pk")[0].held["links"] == 1
    post(pages, change)
    assert "24 April 2019" in httpx.get(village.url).text


def test_batches_travel_on_a_stick_between_machines_that_know_each_other_by_their_keys(
    small_demo: Path, tmp_path: Path
):
    shutil.copytree(small_demo, tmp_path / "home")
    kantor = Program(tmp_path / "home")
    far = Program(tmp_path / "far", JEMPUT_PUBLIC_HOME=str(tmp_path / "pages"))
    kantor.run("setting", "public_address", "https://desa.example.go.id")
    assert "does not know the key" in kantor.run("exchange", "--out", tmp_path / "a", exit_code=2).stderr
    kantor.run("exchange", "trust", far.json("public", "key")["key"])
    assert "do not know" in far.run("public", "give", tmp_path / "x", exit_code=2).stderr
    far.run("public", "trust", kantor.json("exchange", "key")["key"])
    kantor.run("exchange", "--out", tmp_path / "a")
    assert far.json("public", "take", tmp_path / "a")["new"] is True
    assert far.json("public", "take", tmp_path / "a")["new"] is False
    far.run("public", "give", tmp_path / "b")
    assert kantor.json("exchange", "--in", tmp_path / "b")["answers"] == {}
    (tmp_path / "b").write_bytes((tmp_path / "b").read_bytes()[:-3])
    assert kantor.run("exchange", "--in", tmp_path / "b", exit_code=2)
    assert not (tmp_path / "far" / "jemput.db").exists(), "the machine of the pages made tables of an office"


@pytest.mark.parametrize("origin", ["http://desa.example.go.id", "desa.example.go.id", "https://desa.example.go.id/x"])
def test_an_address_without_https_is_refused_in_words(tmp_path: Path, origin):
    pages = Program(tmp_path, JEMPUT_PUBLIC_ORIGIN=origin)
    assert "is no https address" in pages.run("public", exit_code=2).stderr
    assert "cannot be used" in Program(tmp_path).run("setting", "public_address", origin, exit_code=2).stderr


def test_behind_a_server_for_https_cookies_are_secure_and_plain_http_is_sent_on(demo_office, tmp_path: Path):
    with serving_pages(tmp_path / "public", JEMPUT_PUBLIC_ORIGIN="https://desa.example.go.id") as pages:
        plain = httpx.get(f"{pages.address}/", headers={"Host": "desa.example.go.id"})
        assert (plain.status_code, plain.headers["Location"]) == (301, "https://desa.example.go.id/")
        secure = {"Host": "desa.example.go.id", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        page = httpx.get(f"{pages.address}/?bahasa=en", headers=secure)
        assert page.status_code == httpx.codes.OK
        assert "Secure" in page.headers["Set-Cookie"]
        assert "max-age" in page.headers["Strict-Transport-Security"]
        assert (
            httpx.get(f"{pages.address}/", headers=secure | {"Host": "evil.example"}).status_code
            == httpx.codes.BAD_REQUEST
        )


def confirm(pages: Pages, village: Village) -> None:
    kades = Visitor(pages.address)
    kades.open(village.url)
    assert "Terima kasih" in kades.send(0).text


def post(pages: Pages, batch: bytes) -> httpx.Response:
    return httpx.post(f"{pages.address}/tukar/", content=batch, timeout=30)


def take(data: bytes) -> exchanging.Took:
    return exchanging.take_batch(settings.PUBLIC_HOME, data, office=office(), clock=clock())
