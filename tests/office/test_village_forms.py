"""Formulir desa: made and printed with a note in the audit trail, typed in with names shown first, all within one's area."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from jemput.actions.visits import ask_visit, make_visit
from jemput.domain.ids import area_text
from jemput.domain.roles import Role
from jemput.queries import register
from jemput.queries.office import office
from jemput.store import bulk
from jemput.store.models import AuditLine, PersonWord, Proposal, VillageForm, Visit
from tests.office.conftest import ClientAs

WHERE = "/koordinasi/formulir/"
INSIDE = 1605141017


@pytest.fixture
def form(client_as: ClientAs) -> VillageForm:
    """A form of a village in the operator's kecamatan, made by the operator."""
    answer = client_as(Role.OPERATOR).post(WHERE, {"village": area_text(INSIDE)})
    assert answer.status_code == 302
    return VillageForm.objects.latest("pk")


def first_name(form: VillageForm) -> str:
    return register.by_id(form.people[:1])[0].name


def filled(**more: object) -> dict[str, object]:
    return {"said_by": "Kades", "on": "2019-04-01", "lines": "1 M 2016\n2 H"} | more


def test_the_print_holds_numbered_names_the_code_and_no_nik_and_is_noted(client_as: ClientAs, form: VillageForm):
    answer = client_as(Role.OPERATOR).get(f"{WHERE}{form.pk}/cetak/")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert form.conversation.code in text
    assert first_name(form) in text
    niks = [nik for (nik,) in bulk.select("SELECT nik FROM person WHERE village = %s", [INSIDE])]
    assert not any(nik in text for nik in niks if nik)
    assert len(answer.content) < 1_000_000
    line = AuditLine.objects.filter(verb="form_printed").latest("pk")
    assert form.conversation.code in line.subject
    assert first_name(form) not in line.subject


def test_what_was_typed_is_shown_beside_the_names_before_anything_is_kept(client_as: ClientAs, form: VillageForm):
    client = client_as(Role.OPERATOR)
    page = client.post(f"{WHERE}{form.pk}/", filled()).content.decode()
    assert first_name(form) in page
    assert "meninggal" in page
    assert not PersonWord.objects.filter(conversation=form.conversation).exists()
    answer = client.post(f"{WHERE}{form.pk}/", filled(step="save"))
    assert answer.status_code == 302
    assert PersonWord.objects.filter(conversation=form.conversation).count() == 2
    assert Proposal.objects.filter(evidence__conversation=form.conversation_id, kind="mati").count() == 1
    assert AuditLine.objects.filter(verb="answer_entered").exists()


@pytest.mark.parametrize(
    "wrong",
    [{"lines": "1 X"}, {"lines": "999 M"}, {"on": "kemarin"}, {"lines": ""}, {"place": "Blok C", "people": "banyak"}],
)
def test_what_cannot_be_read_is_said_and_stays_in_the_form(client_as: ClientAs, form: VillageForm, wrong):
    answer = client_as(Role.OPERATOR).post(f"{WHERE}{form.pk}/", filled(**wrong))
    assert answer.status_code == 422
    assert "Kades" in answer.content.decode()
    assert not PersonWord.objects.filter(conversation=form.conversation).exists()


def test_a_form_of_another_kecamatan_is_not_there(client_as: ClientAs, form: VillageForm):
    outside = client_as(Role.OPERATOR, 160501)
    assert outside.get(f"{WHERE}{form.pk}/").status_code == 404
    assert outside.get(f"{WHERE}{form.pk}/cetak/").status_code == 404
    assert form.conversation.code not in outside.get(WHERE).content.decode()
    assert outside.post(WHERE, {"village": area_text(INSIDE)}).status_code == 404


def test_a_form_for_a_visit_brings_the_answer_back_to_it(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    number = make_visit(place_kind="village", village=INSIDE, on=date(2019, 4, 11), office=office(), by="kabid")
    ask_visit(number, office=office(), by="kabid")
    assert f'<option value="{number}"' in client.get(WHERE).content.decode()
    assert client.post(WHERE, {"village": "", "visit": number}).status_code == 302
    form = VillageForm.objects.latest("pk")
    assert (form.village, form.conversation.visit_id) == (INSIDE, number)
    assert client.post(f"{WHERE}{form.pk}/", filled(step="save", answer="ready")).status_code == 302
    assert Visit.objects.get(pk=number).state == "confirmed"
    assert client_as(Role.OPERATOR, 160501).post(WHERE, {"visit": number}).status_code == 404


def test_a_form_made_before_seven_in_the_morning_bears_the_day_of_musi_rawas(client_as: ClientAs, form: VillageForm):
    VillageForm.objects.filter(pk=form.pk).update(made_at=datetime(2019, 4, 1, 18, 30, tzinfo=UTC))
    client = client_as(Role.OPERATOR)
    printed = PdfReader(io.BytesIO(client.get(f"{WHERE}{form.pk}/cetak/").content)).pages[0].extract_text()
    assert "2 April 2019" in printed
    assert "1 April 2019" not in printed
