from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import DatabaseError, transaction

from jemput.actions.audit import Actor, note
from jemput.domain.audit import VERBS, Verb
from jemput.domain.roles import Role
from jemput.store.models import AuditLine
from tests.office.conftest import ClientAs

AT = datetime(2019, 4, 1, 2, 30, tzinfo=UTC)
SRI = Actor("registrar", "registrar", "127.0.0.1")
DEDI = Actor("operator", "operator", "127.0.0.1", 160514)


def _note(actor: Actor, verb: Verb, **said: str) -> None:
    note(actor, verb, at=AT, **said)


def test_the_trail_says_who_did_what_when_and_why(client_as: ClientAs):
    _note(SRI, Verb.FULL_NIK_SEEN, subject="person 17", reason="surat pindah F-1.03")
    page = client_as(Role.AUDITOR).get("/jejak/?verb=full_nik_seen").content.decode()
    assert "melihat NIK lengkap" in page
    assert "surat pindah F-1.03" in page
    assert "1 April 2019, 09.30 WIB" in page
    assert "1–1 dari 1" in page


def test_the_trail_is_narrowed_by_person_day_and_word(client_as: ClientAs):
    _note(SRI, Verb.REPORT_MADE, subject="470/1")
    _note(DEDI, Verb.LIST_EXPORTED, subject="16.05.14")
    auditor = client_as(Role.AUDITOR)
    for query, found, other in (
        ("actor=operator", "16.05.14", "470/1"),
        ("text=470", "470/1", "16.05.14</td>"),
        ("since=2019-04-02", "Tidak ada baris", "470/1"),
    ):
        page = auditor.get(f"/jejak/?{query}").content.decode()
        assert found in page
        assert other not in page


def test_somebody_limited_to_an_area_reads_only_what_was_done_within_it(client_as: ClientAs):
    _note(SRI, Verb.REPORT_MADE, subject="470/1")
    _note(DEDI, Verb.LIST_EXPORTED, subject="daftar 14")
    page = client_as(Role.AUDITOR, 160514).get("/jejak/").content.decode()
    assert "daftar 14" in page
    assert "470/1" not in page


def test_the_trail_leaves_as_a_workbook_and_that_is_noted(client_as: ClientAs):
    _note(SRI, Verb.REPORT_MADE, subject="=cmd|'/c calc'!A1")
    client = client_as(Role.AUDITOR)
    answer = client.get("/jejak/?verb=report_made&excel=1")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd|'/c calc'!A1"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert AuditLine.objects.filter(verb=Verb.LIST_EXPORTED, actor="auditor").exists()


def test_the_database_refuses_to_change_or_delete_a_line(office):
    _note(SRI, Verb.REPORT_MADE)
    for change in (lambda: AuditLine.objects.update(actor="nobody"), lambda: AuditLine.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert AuditLine.objects.get().actor == "registrar"


def test_a_nik_typed_into_a_reason_is_masked_before_it_is_kept(office):
    _note(SRI, Verb.FULL_NIK_SEEN, reason="cek 1605 0115 0390 0001 dan 1605011503900001")
    assert AuditLine.objects.get().reason == "cek 160501••••••0001 dan 160501••••••0001"


def test_every_verb_has_its_words():
    assert set(VERBS) == set(Verb)


def test_rubbish_in_the_address_narrows_nothing(client_as: ClientAs):
    client = client_as(Role.AUDITOR)
    for query in ("from=-1", "from=99999999999999", "since=x", "until=9999-12-31", "verb=x", "text=%00", "actor=%00"):
        assert client.get(f"/jejak/?{query}").status_code == 200
