"""A link that leaked: whoever opens every address with it, but has no PIN, learns no name and no NIK; nor does a thief of the file."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from jemput.actions.links import end_link, make_link, make_pin
from jemput.domain.outreach import CODE_LETTERS
from jemput.queries.office import office
from jemput.store import bulk
from jemput.store.models import VillageLink
from tests.public.running import Pages, Village, exchange, niks, village_of_many
from tests.public.visitor import Forms, Visitor, links_of

SECRET_NAMES = ("Zubaidah Qomariah", "Xaverius Wulandari")
"""Nobody's names, which only an answer holds."""
NIK_TYPED = "1605014107809999"


def names_of(village: Village) -> set[str]:
    """Return the names of everybody in the village that consist of more than one word: a single one may be a word of the page."""
    rows = bulk.select("SELECT name FROM person WHERE village = %s", [village.number])
    return {row[0] for row in rows if " " in row[0]} | {one.name for one in village.people()}


def walk(visitor: Visitor, start: str) -> set[str]:
    """Open every address that can be reached from one, and send every form as it stands and with rubbish."""
    waiting, opened = [start], set()
    while waiting and len(opened) < 60:
        where = waiting.pop()
        if where in opened:
            continue
        opened.add(where)
        page = visitor.open(where)
        while page.status_code == httpx.codes.TOO_MANY_REQUESTS:
            time.sleep(5)
            page = visitor.open(where)
        assert page.status_code < httpx.codes.INTERNAL_SERVER_ERROR, where
        waiting += sorted(links_of(page.text) - opened)
        if "pin/" in where:  # the tries are counted, and tried elsewhere
            continue
        for number in range(len(Forms(page.text).forms)):
            visitor.open(where)
            sent = visitor.send(number, date="2019-04-20", reason="x", names="a", name="b", where="c")
            assert sent.status_code < httpx.codes.INTERNAL_SERVER_ERROR
    return opened


def read_and_answer(pages: Pages, village: Village) -> Visitor:
    """Do what a kades does with the names: open them, say a word, and write names and a NIK where they do not belong."""
    kades = Visitor(pages.address)
    kades.open(f"{village.url}pin/")
    kades.send(0, pin=village.pin)
    form = Forms(kades.page.text).forms[0][1]
    handle = next(name for name in form if name.startswith("w."))
    kades.send(0, **{handle: "died", f"n{handle[1:]}": f"2016, kata {SECRET_NAMES[0]}, NIK {NIK_TYPED}"})
    kades.open(f"{village.url}minta/")
    kades.send(0, names="\n".join(SECRET_NAMES), note=f"NIK {NIK_TYPED}")
    kades.open(f"{village.url}rompok/")
    kades.send(0, name=f"Rompok {SECRET_NAMES[1]}", people="3", where="di hulu")
    return kades


def test_a_stranger_with_the_link_walks_every_address_and_meets_no_name_and_no_nik(pages: Pages, village: Village):
    kades = read_and_answer(pages, village)
    assert any(one.name in kades.everything for one in village.people()), "the kades did not see the names"
    stranger = Visitor(pages.address)
    opened = walk(stranger, village.url)
    token = village.url.split("/")[-2]
    for more in ("siapa/?hal=2", "siapa/?hal=x", "tutup/", "tercatat/abc/", "minta/?hal=3", "pin/?ke=minta"):
        stranger.open(f"{village.url}{more}")
    assert {f"/{token}/{part}" for part in ("siapa/", "minta/", "rompok/", "pesan/")} <= opened
    seen = stranger.everything
    found = [name for name in (*names_of(village), *SECRET_NAMES) if name.lower() in seen.lower()]
    assert found == []
    assert [number for number in niks() | {NIK_TYPED} if number in seen] == []
    assert re.findall(r"(?<!\d)\d{16}(?!\d)", seen) == []


def test_whoever_takes_the_database_has_no_name_and_no_nik_even_after_the_kades_used_it(pages: Pages, village: Village):
    read_and_answer(pages, village)
    pages.kill()  # nothing is still on its way to the disk
    held = pages.bytes.lower()
    people = [*names_of(village), *SECRET_NAMES]
    assert [name for name in people if name.lower().encode() in held] == []
    assert [number for number in niks() | {NIK_TYPED} if number.encode() in held] == []
    assert village.url.split("/")[-2].lower().encode() not in held, "the token itself lies in the file"
    assert village.pin.encode() not in held.replace(village.link.number.lower().encode(), b"")
    assert village.url.split("/")[-2] not in pages.log


def test_the_pages_never_open_a_file_of_the_office_and_do_not_know_where_it_is(
    pages: Pages, village: Village, demo_office
):
    assert pages.process is not None
    assert httpx.get(village.url).status_code == httpx.codes.OK
    process = Path(f"/proc/{pages.process.pid}")
    environment = (process / "environ").read_bytes()
    opened = {str(one.readlink()) for one in (process / "fd").iterdir()}
    assert not any(str(demo_office) in one for one in opened)
    names = {line.split(b"=")[0] for line in environment.split(b"\0")}
    assert not names & {b"JEMPUT_HOME", b"JEMPUT_DATABASE", b"JEMPUT_SECRET_KEY"}
    assert str(demo_office).encode() not in environment


def test_a_wrong_an_ended_and_a_forgotten_link_are_answered_alike(pages: Pages, village: Village):
    wrong = f"{pages.address}/{CODE_LETTERS[:17]}/"
    before = httpx.get(wrong)
    end_link(village.link.pk, office=office(), by="kabid")
    exchange()
    ended = httpx.get(village.url)
    short = httpx.get(f"{pages.address}/abc/")
    assert (before.status_code, ended.status_code, short.status_code) == (404, 404, 404)

    def bare(page: httpx.Response) -> str:
        return page.text.replace(page.url.path, "/")

    assert bare(before) == bare(ended) == bare(short)
    assert village.pin not in pages.bytes.decode("latin1")


def test_an_expired_link_says_so_and_nothing_else(pages: Pages, village: Village):
    VillageLink.objects.filter(pk=village.link.pk).update(expires_on=office().today - timedelta(days=1))
    exchange()
    name = "Sungai Pinang"
    page = httpx.get(village.url)
    assert page.status_code == httpx.codes.GONE
    assert "sudah tidak berlaku" in page.text
    assert name not in page.text
    assert httpx.get(f"{village.url}siapa/").status_code == httpx.codes.GONE
    VillageLink.objects.filter(pk=village.link.pk).update(expires_on=office().today - timedelta(days=200))
    exchange()
    assert httpx.get(village.url).status_code == httpx.codes.NOT_FOUND


def test_a_link_opens_its_own_village_and_visit_only(pages: Pages, village: Village):
    here = office()
    other = min(set(bulk_villages()) - {village.number})
    url, link = make_link(village=other, office=here, by="kabid")
    pin = make_pin(link.pk, office=here, by="kabid")
    exchange()
    kades = read_and_answer(pages, village)
    cookie = kades.client.cookies.get("nama")
    assert cookie
    thief = Visitor(pages.address)
    thief.client.cookies.set("nama", cookie, domain="localhost.local", path="/")
    thief.client.headers["Cookie"] = f"nama={cookie}"
    assert "PIN" in thief.open(f"{url}siapa/").text
    assert not any(one.name in thief.everything for one in village.people())
    stranger = Visitor(pages.address)
    stranger.open(f"{village.url}pin/")
    assert "PIN itu salah" in stranger.send(0, pin=pin).text
    thanks = str(kades.page.url).rstrip("/").split("/")[-1]
    assert httpx.get(f"{village.url}tercatat/{thanks}/").status_code == httpx.codes.OK
    assert httpx.get(f"{url}tercatat/{thanks}/").status_code == httpx.codes.NOT_FOUND


def bulk_villages() -> list[int]:
    """Return the villages where somebody is not recorded."""
    here = office()
    assert here.area is not None
    return [row[0] for row in bulk.select("SELECT DISTINCT village FROM person WHERE village > 1000")]


def test_five_wrong_pins_lock_the_names_until_the_office_makes_another_and_a_restart_forgets_nothing(
    pages: Pages, village: Village
):
    wrong = f"{(int(village.pin) + 1) % 10**6:06}"
    guesser = Visitor(pages.address)
    for left in (4, 3, 2):
        guesser.open(f"{village.url}pin/")
        assert f"Sisa percobaan: {left}" in guesser.send(0, pin=wrong).text
    pages.kill()
    pages.start()
    for _ in range(2):
        guesser.open(f"{village.url}pin/")
        guesser.send(0, pin=wrong)
    assert "terkunci" in guesser.page.text
    page = guesser.open(f"{village.url}pin/")
    assert "terkunci" in page.text
    assert Forms(page.text).forms == []
    kades = Visitor(pages.address)
    kades.open(village.url)
    token = kades.client.cookies.get("csrftoken")
    said = {"pin": village.pin, "csrfmiddlewaretoken": token}
    assert "terkunci" in kades.client.post(f"{village.url}pin/", data=said, headers={"Origin": pages.address}).text
    exchange()
    pin = make_pin(village.link.pk, office=office(), by="kabid")
    exchange()
    kades.open(f"{village.url}pin/")
    assert "Siapa belum direkam" in kades.send(0, pin=pin).text


def test_somebody_who_asks_too_often_waits_a_minute_whatever_they_ask_and_after_a_restart_too(
    pages: Pages, village: Village
):
    with httpx.Client(headers={"Connection": "close"}) as client:
        until_refused(client, village.url, 61)
        pages.kill()
        pages.start()
        until_refused(client, village.url, 61)
        assert until_refused(client, f"{pages.address}/{CODE_LETTERS[5:22]}/", 130) <= 130


def until_refused(client: httpx.Client, where: str, most: int) -> int:
    """Ask until it is refused; at most twice as often, as a minute may turn meanwhile."""
    for number in range(1, 2 * most + 1):
        page = client.get(where)
        if page.status_code == httpx.codes.TOO_MANY_REQUESTS:
            assert page.headers["Retry-After"]
            return number
    raise AssertionError(f"{where} was answered {2 * most} times")


@pytest.mark.parametrize("header", ["nama", "csrftoken"])
def test_cookies_are_kept_from_scripts_and_from_other_sites(pages: Pages, village: Village, header):
    kades = Visitor(pages.address)
    kades.open(f"{village.url}pin/")
    kades.send(0, pin=village.pin)
    cookies = [
        line.lower() for line in kades.everything.splitlines() if line.lower().startswith(f"set-cookie: {header}=")
    ]
    assert cookies
    assert all("httponly" in one and "samesite=strict" in one for one in cookies)
    path = village.url.removeprefix(pages.address).lower()
    assert header != "nama" or all(f"path={path}" in one for one in cookies)


def test_a_form_without_its_token_and_one_from_elsewhere_change_nothing(pages: Pages, village: Village):
    said = {"answer": "confirm", "key": "0" * 24}
    assert httpx.post(f"{village.url}jawab/", data=said).status_code == httpx.codes.FORBIDDEN
    foreign = Visitor(pages.address)
    page = foreign.open(village.url)
    action, fields = Forms(page.text).forms[0]
    sent = foreign.client.post(action, data=fields, headers={"Origin": "https://elsewhere.example"})
    assert sent.status_code == httpx.codes.FORBIDDEN
    assert exchange()["answers"] == {}


def test_no_page_says_where_a_reader_came_from_and_none_may_be_framed_or_kept(pages: Pages, village: Village):
    page = httpx.get(village.url)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert village_of_many(1605) == village.number
