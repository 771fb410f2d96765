"""One person's page: three axes, what is masked, who may see whom, and the look at a full NIK."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from jemput.domain import facts
from jemput.domain.roles import Right, Role, may
from jemput.queries.dossier import home_of
from jemput.store import bulk
from jemput.store.models import AuditLine, Setting
from tests.office.conftest import ClientAs

MISSING = {facts.REVERSED, facts.REACTIVATED}
"""Kinds that no person of the small demo begins with, or that it does not hold."""
WHOLE_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


def one_of(kind: str) -> int:
    """Return somebody with a fact of a kind."""
    return int(bulk.select("SELECT min(person) FROM fact WHERE kind = %s", [kind])[0][0])


def number_of(person: int) -> str:
    return str(bulk.select("SELECT nik FROM person WHERE id = %s", [person])[0][0])


@pytest.mark.parametrize("kind", [kind.code for kind in facts.KINDS if kind.of_person and kind.code not in MISSING])
def test_a_person_of_every_kind_of_fact_can_be_read_and_no_number_is_whole(kind, client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = one_of(kind)
    for language in ("id", "en"):
        client.post("/bahasa/", {"language": language, "next": "/"})
        answer = client.get(f"/orang/{person}/")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert not WHOLE_NUMBER.search(text)
        assert number_of(person)[6:12] not in text


def test_the_chain_the_duty_and_the_facts_stand_on_the_page(client_as: ClientAs):
    person = bulk.select("SELECT person FROM fact WHERE kind = 'rekam' GROUP BY person ORDER BY count(*) DESC LIMIT 1")[
        0
    ][0]
    text = client_as(Role.AUDITOR).get(f"/orang/{person}/").content.decode()
    statuses = bulk.select("SELECT count(*) FROM fact WHERE kind = 'rekam' AND person = %s", [person])[0][0]
    assert text.count('<li class="is-counted">') == statuses > 2
    assert "hari sesudah status sebelumnya" in text
    assert "Wajib KTP" in text
    assert "Batalkan" not in text, "who may not enter facts is offered no reversal"


def test_a_reversed_fact_is_struck_through_and_names_its_reversal(client_as: ClientAs):
    place, person, by = bulk.select(
        "SELECT f.place, f.person, r.place FROM fact f JOIN fact r ON r.reverses = f.place WHERE f.person IS NOT NULL LIMIT 1"
    )[0]
    text = client_as(Role.REGISTRAR).get(f"/orang/{person}/").content.decode()
    assert f'<tr id="no-{place}" class="is-struck">' in text
    assert f'href="#no-{by}"' in text
    assert f"/batal/{place}/" not in text


def test_the_past_can_be_seen_by_day_and_by_what_was_known(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person, batch = bulk.select("SELECT person, batch FROM fact WHERE kind = 'mati' ORDER BY place LIMIT 1")[0]
    assert "Meninggal" in client.get(f"/orang/{person}/").content.decode()
    then = client.get(f"/orang/{person}/?kiriman={batch - 1}").content.decode()
    assert "Meninggal" not in then
    assert "/catat/" not in then, "nothing is entered from a view of the past"
    assert client.get(f"/orang/{person}/?pada=28 Maret 2018").status_code == 200
    assert client.get(f"/orang/{person}/?pada=kemarin").status_code == 422
    for odd in ("", "x", "0", "9" * 40, "-1", "²"):
        assert client.get(f"/orang/{person}/", {"kiriman": odd}).status_code in {200, 404}


def test_nobody_sees_a_person_of_another_area(client_as: ClientAs):
    person = one_of(facts.REKAM)
    own = home_of(person)
    assert own
    elsewhere = next(
        row[0]
        for row in bulk.select("SELECT DISTINCT village / 10000 FROM person WHERE village > 9")
        if row[0] != own // 10**4
    )
    client = client_as(Role.REGISTRAR, elsewhere)
    address = f"/orang/{person}/"
    for path in (address, f"{address}catat/mati/", f"{address}batal/1/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"step": "save"}).status_code in {404, 405}
    assert client.post(f"{address}nik/", {"reason": "mencocokkan KK"}).status_code == 404
    assert AuditLine.objects.filter(verb="full_nik_seen").count() == 0
    assert client_as(Role.REGISTRAR, own // 10**4).get(address).status_code == 200


def test_somebody_nobody_knows_is_not_there(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    for person in (0, 10**7, 10**17, 10**30):
        assert client.get(f"/orang/{person}/").status_code == 404


# --- the full NIK ------------------------------------------------------------------------------


def test_a_full_nik_is_shown_once_with_its_reason_in_the_audit_trail(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = one_of(facts.REKAM)
    nik = number_of(person)
    answer = client.post(f"/orang/{person}/nik/", {"reason": f"mencocokkan KK, NIK {nik}"})
    assert answer.status_code == 200
    assert nik in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    (line,) = AuditLine.objects.filter(verb="full_nik_seen")
    assert (line.actor, line.subject) == ("registrar", f"person {person}")
    assert line.reason.startswith("mencocokkan KK")
    assert nik not in line.reason
    assert nik not in client.get(f"/orang/{person}/").content.decode()
    assert client.get(f"/orang/{person}/nik/").status_code == 302


@pytest.mark.parametrize("reason", ["", "   ", "x", "\u200b\u200b\u200b\u200b\u200b\u200b"])
def test_without_a_reason_nothing_is_shown_and_nothing_noted(reason, client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = one_of(facts.REKAM)
    answer = client.post(f"/orang/{person}/nik/", {"reason": reason})
    assert answer.status_code == 422
    assert number_of(person) not in answer.content.decode()
    assert AuditLine.objects.filter(verb="full_nik_seen").count() == 0


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Right.FULL_NIK)])
def test_who_may_not_see_a_full_nik_is_not_asked_and_not_answered(role, client_as: ClientAs):
    client = client_as(role)
    person = one_of(facts.REKAM)
    assert client.post(f"/orang/{person}/nik/", {"reason": "ingin tahu saja"}).status_code == 403
    if may(role, Right.PEOPLE):
        assert "/nik/" not in client.get(f"/orang/{person}/").content.decode()


# --- as a workbook -----------------------------------------------------------------------------


def test_a_person_leaves_as_a_workbook_with_masked_numbers_and_a_line_in_the_audit_trail(client_as: ClientAs):
    client = client_as(Role.AUDITOR)
    person = one_of(facts.MATI)
    answer = client.get(f"/orang/{person}/unduh/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Fakta", "Perekaman", "Satu KK", "Gerak"]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any(WHOLE_NUMBER.search(cell) for cell in cells)
    assert "Mati" in " ".join(cells).title()
    assert AuditLine.objects.filter(verb="list_exported", subject=f"person {person}").count() == 1


def test_who_votes_is_told_once_the_polling_day_is_set(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = one_of(facts.REKAM)
    Setting.objects.update_or_create(name="election_on", defaults={"value": ""})
    assert "Pemilih pada" not in client.get(f"/orang/{person}/").content.decode()
    Setting.objects.update_or_create(name="election_on", defaults={"value": "2019-04-17"})
    assert "Pemilih pada 17 April 2019" in client.get(f"/orang/{person}/").content.decode()
