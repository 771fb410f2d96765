"""Tautan desa as an officer uses it: a link and a PIN shown once, ended, within one's own area; nothing secret anywhere else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from httpx import codes

from jemput.actions.links import make_link
from jemput.actions.settings import set_settings
from jemput.actions.visits import make_visit
from jemput.domain.roles import Role
from jemput.domain.village_links import canonical, token_hash
from jemput.queries.office import office
from jemput.store.models import AuditLine, Conversation, Job, VillageLink
from tests.office.conftest import ClientAs

VILLAGE = 16_05_14_2001
ELSEWHERE = 16_05_01_2003


@pytest.fixture
def with_pages(demo_office):
    set_settings({"public_address": "https://desa.example.go.id"}, said_by="admin")


def address_in(text: str) -> str:
    found = re.search(r'id="link-url">(https://desa\.example\.go\.id/(\w+)/)<', text)
    assert found
    return found[2]


def test_a_link_is_made_for_a_visit_shown_once_and_kept_as_a_hash(client_as: ClientAs, with_pages):
    visit = make_visit(place_kind="village", village=VILLAGE, on=date(2019, 4, 10), office=office(), by="kabid")
    kabid = client_as(Role.KABID)
    assert "10 April 2019" in kabid.get("/tautan/").content.decode()
    page = kabid.post("/tautan/", {"visit": visit, "days": "7"})
    token = address_in(page.content.decode())
    assert canonical(token) == token
    link = VillageLink.objects.get()
    assert (link.village, link.visit_id, link.expires_on) == (VILLAGE, visit, date(2019, 4, 17))
    assert link.token_hash == token_hash(token)
    assert token not in repr(VillageLink.objects.values().get())
    assert Conversation.objects.get(visit=visit).pk == link.conversation_id
    for where in ("/tautan/", f"/tautan/{link.pk}/", f"/tautan/?visit={visit}"):
        again = kabid.get(where)
        assert again.status_code == codes.OK
        assert token not in again.content.decode()
    assert not AuditLine.objects.filter(subject__contains=token).exists()
    assert AuditLine.objects.filter(verb="link_made", actor="kabid").count() == 1
    assert Job.objects.filter(kind="exchange", asked_by="kabid").count() == 1


def test_a_pin_is_shown_once_and_a_new_one_takes_its_place(client_as: ClientAs, with_pages):
    _, link = make_link(village=VILLAGE, office=office(), by="kabid")
    kabid = client_as(Role.KABID)
    pins = []
    for _ in range(2):
        page = kabid.post(f"/tautan/{link.pk}/", {})
        found = re.search(r'<code class="secret">(\d{3} \d{3})</code>', page.content.decode())
        assert found
        assert page["Cache-Control"] == "no-store"
        pins.append(found[1].replace(" ", ""))
    link.refresh_from_db()
    assert not any(pin in repr(link.secret["names"]) for pin in pins)
    assert not any(pin in kabid.get(f"/tautan/{link.pk}/").content.decode() for pin in pins)
    assert AuditLine.objects.filter(verb="pin_made").count() == 2


def test_an_ended_link_takes_no_pin_and_keeps_no_name(client_as: ClientAs, with_pages):
    _, link = make_link(village=VILLAGE, office=office(), by="kabid")
    kabid = client_as(Role.KABID)
    kabid.post(f"/tautan/{link.pk}/", {})
    assert kabid.post(f"/tautan/{link.pk}/", {"do": "end"}).status_code == codes.FOUND
    assert "diakhiri" in kabid.get(f"/tautan/{link.pk}/").content.decode()
    refused = kabid.post(f"/tautan/{link.pk}/", {})
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY
    link.refresh_from_db()
    assert {"names", "people"} & link.secret.keys() == set()


def test_nobody_makes_or_sees_a_link_outside_their_area(client_as: ClientAs, with_pages):
    _, link = make_link(village=ELSEWHERE, office=office(), by="kabid")
    operator = client_as(Role.OPERATOR)
    assert operator.get(f"/tautan/{link.pk}/").status_code == codes.NOT_FOUND
    assert link.number not in operator.get("/tautan/").content.decode()
    made = operator.post("/tautan/", {"village": "16.05.01.2003"})
    assert made.status_code == codes.UNPROCESSABLE_ENTITY
    assert VillageLink.objects.count() == 1


def test_a_visit_of_another_village_takes_no_link_and_a_neighbour_that_was_invited_does(
    client_as: ClientAs, with_pages
):
    here = office()
    visit = make_visit(
        place_kind="village", village=VILLAGE, neighbours=[16_05_14_2002], on=date(2019, 4, 10), office=here, by="kabid"
    )
    kabid = client_as(Role.KABID)
    refused = kabid.post("/tautan/", {"visit": visit, "village": "16.05.01.2003"})
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY
    assert "bukan untuk desa" in refused.content.decode()
    assert kabid.post("/tautan/", {"visit": visit, "village": "16.05.14.2002"}).status_code == codes.OK


@pytest.mark.parametrize("days", ["0001" + "9" * 5000, "00019999", "0", "x"])
def test_days_that_no_link_lives_are_taken_as_the_setting(days, client_as: ClientAs, with_pages):
    assert client_as(Role.KABID).post("/tautan/", {"village": "16.05.14.2001", "days": days}).status_code == codes.OK
    link = VillageLink.objects.get()
    assert (link.expires_on - office().today).days == 30


def test_without_an_address_the_page_says_that_villages_answer_otherwise(client_as: ClientAs):
    kabid = client_as(Role.KABID)
    assert "belum diatur" in kabid.get("/tautan/").content.decode()
    assert kabid.post("/tautan/", {"village": "16.05.14.2001"}).status_code == codes.UNPROCESSABLE_ENTITY


def test_the_list_leaves_as_a_workbook_with_no_secret_in_it(client_as: ClientAs, with_pages):
    make_link(village=VILLAGE, office=office(), by="kabid")
    page = client_as(Role.KABID).get("/tautan/?excel=1")
    assert page.status_code == codes.OK
    assert AuditLine.objects.filter(verb="list_exported", subject="tautan").exists()
    assert b"".join(page.streaming_content)[:2] == b"PK"
