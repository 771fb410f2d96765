"""Usulan: who may answer, nothing from outside the area, the effect before saving, singly and in bulk, without a script."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.actions.take_list import take_list
from jemput.actions.words import take_words
from jemput.domain.ids import area_number, area_text
from jemput.domain.roles import Right, Role, may
from jemput.domain.rows import Row
from jemput.domain.words import SaidWord
from jemput.queries import coverage
from jemput.queries.office import office
from jemput.store import bulk
from jemput.store.chain import Origin
from jemput.store.models import AuditLine, Conversation, PersonWord, Proposal
from tests.office.conftest import ClientAs

DISTRICT = 160514
WHOLE_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
SOURCE = "Kades, WhatsApp 2 April"


def list_of(village: int, *, gone: int, moved: int = 3) -> None:
    """Take a newer list of a village: without its first people, with other words about the next, with one more."""
    here = office()
    rows = []
    for at, (text,) in enumerate(
        bulk.select("SELECT biodata FROM person WHERE village = %s AND dead_day IS NULL ORDER BY id", [village])
    ):
        said = {name: str(value) for name, value in orjson.loads(text).items()} | {"village": area_text(village)}
        if at < gone:
            continue
        if at < gone + moved:
            said |= {"address": "<b>JL. BARU</b>", "occupation": "GURU"}
        rows.append(Row("", at + 2, said))
    nik = f"{village // 10**4}0101909999"
    rows.append(
        Row("", 9999, {"nik": nik, "name": "ORANG BARU", "born_on": "1990-01-01", "village": area_text(village)})
    )
    origin = Origin("office-csv", f"daftar-{village}.csv", str(village))
    take_list(
        rows, office=here, resolve=lambda row: area_number(row["village"]), area=None, as_at=here.today, origin=origin
    )


@pytest.fixture
def lists(demo_office: Path) -> tuple[int, ...]:
    """Newer lists of two villages and no other, one inside the operator's district and one outside; the villages."""
    villages = tuple(
        bulk.select(
            "SELECT village FROM person WHERE village BETWEEN %s AND %s AND dead_day IS NULL GROUP BY village"
            " HAVING count(*) > 20 ORDER BY village LIMIT 1",
            [area * 10**4, area * 10**4 + 9999],
        )[0][0]
        for area in (DISTRICT, 160501)
    )
    PersonWord.objects.all().delete()
    Proposal.objects.all().delete()
    for village in villages:
        list_of(village, gone=4)
    return villages


def opened(village: int, kind: str = "") -> list[Proposal]:
    found = Proposal.objects.filter(state="open", village=village).order_by("id")
    return list(found.filter(kind=kind) if kind else found)


def said(**fields: object) -> dict[str, object]:
    return {"answer": "died", "source": SOURCE, "on": "2019-03-30"} | fields


def reviewed(page: str) -> dict[str, object]:
    """Return what the form of the page that asks for confirmation would send."""
    form = page[page.index('name="step"') - 50 :]
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    sent: dict[str, object] = {}
    for name, value in inputs:
        sent[name] = [*sent[name], value] if isinstance(sent.get(name), list) else [value]
    return sent


def test_the_queue_shows_each_proposal_beside_the_registers_words_and_masked(client_as: ClientAs, lists):
    client = client_as(Role.REGISTRAR)
    page = client.get("/usulan/").content.decode()
    assert not WHOLE_NUMBER.search(page)
    assert "tidak ada lagi di daftar 8" in page
    assert "<mark>&lt;b&gt;JL. BARU&lt;/b&gt;</mark>" in page
    assert "ORANG BARU" in page
    assert f"daftar-{lists[0]}.csv (8)" in page
    for name in {one.said.get("name", "") for one in opened(lists[0])}:
        assert str(name) in page


def test_the_queue_is_filtered_by_kind_place_and_file(client_as: ClientAs, lists):
    client = client_as(Role.KABID)
    inside, outside = lists
    numbers = {one.pk for one in opened(inside, "gone")}
    page = client.get("/usulan/", {"kind": "gone", "area": area_text(inside)}).content.decode()
    assert {int(found) for found in re.findall(r'name="pick" value="(\d+)"', page)} == numbers
    page = client.get("/usulan/", {"kind": "gone", "file": f"daftar-{inside}.csv"}).content.decode()
    assert {int(found) for found in re.findall(r'name="pick" value="(\d+)"', page)} == numbers
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/usulan/", {"area": area_text(outside), "excel": 1}).streaming_content))
    ).active
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], (int, float))]
    assert {int(row[0]) for row in rows} == {one.pk for one in opened(outside)}
    assert not any(WHOLE_NUMBER.search(str(row)) for row in rows)


def test_an_answer_shows_its_effect_and_saves_nothing_before_it_is_confirmed(client_as: ClientAs, lists):
    client = client_as(Role.REGISTRAR)
    inside, _ = lists
    chosen = opened(inside, "gone")[:2]
    facts = bulk.select("SELECT count(*) FROM fact")
    form = said(pick=[one.pk for one in chosen], which="picked")
    page = client.post("/usulan/", form).content.decode()
    assert "hanya pembatalan yang menghidupkannya kembali" in page
    assert '<td class="right">−2</td>' in page
    assert bulk.select("SELECT count(*) FROM fact") == facts
    assert len(opened(inside, "gone")) == 4
    answer = client.post("/usulan/", reviewed(page))
    assert answer.status_code == 302
    assert len(opened(inside, "gone")) == 2
    kept = Proposal.objects.filter(pk__in=[one.pk for one in chosen])
    assert {(one.answer, one.answer_source, one.answered_by) for one in kept} == {("died", SOURCE, "registrar")}
    dead = bulk.select("SELECT count(*) FROM person WHERE id IN (%s, %s) AND dead_day = %s", [
        chosen[0].person, chosen[1].person, 737_148,
    ])  # fmt: skip
    assert dead == [(2,)]
    line = AuditLine.objects.get(verb="proposals_answered")
    assert (line.subject, line.reason) == ("2 gone 16.05: died", SOURCE)


def test_all_that_match_are_answered_with_the_number_confirmed(client_as: ClientAs, lists):
    client = client_as(Role.REGISTRAR)
    inside, outside = lists
    form = said(which="all", kind="gone", area=area_text(inside))
    page = client.post("/usulan/", form).content.decode()
    assert "Jawab 4 usulan" in page
    Proposal.objects.filter(pk=opened(inside, "gone")[0].pk).update(state="answered")
    again = client.post("/usulan/", reviewed(page))
    assert again.status_code == 422
    assert "Yang cocok sekarang 3 usulan, bukan 4." in again.content.decode()
    assert len(opened(inside, "gone")) == 3
    page = client.post("/usulan/", form).content.decode()
    before = coverage.total(
        coverage.villages(
            coverage.view(office().today, as_known="now", rule=office().rule), inside, rule_in_force=office().rule
        )
    )
    assert client.post("/usulan/", reviewed(page)).status_code == 302
    after = coverage.total(
        coverage.villages(
            coverage.view(office().today, as_known="now", rule=office().rule), inside, rule_in_force=office().rule
        )
    )
    assert after.population == before.population - 3
    assert opened(inside, "gone") == []
    assert len(opened(outside, "gone")) == 4
    assert len(opened(inside)) == 4


def test_what_cannot_be_answered_so_is_refused_in_words_and_stays_as_typed(client_as: ClientAs, lists):
    client = client_as(Role.REGISTRAR)
    inside, _ = lists
    gone, other = opened(inside, "gone")[0].pk, opened(inside, "biodata_changed")[0].pk
    for form, words in (
        (said(), "Belum ada usulan yang dipilih"),
        (said(pick=gone, answer=""), "Jawabannya belum dipilih"),
        (said(pick=gone, answer="apa"), "Jawabannya belum dipilih"),
        (said(pick=gone, source=" "), "belum menyebut sumbernya"),
        (said(pick=gone, on="kemarin"), "bukan tanggal"),
        (said(pick=gone, on="2030-01-01"), "belum tiba"),
        (said(pick=[gone, other]), "bukan jawaban untuk usulan"),
        (said(pick=999_999), "Belum ada usulan yang dipilih"),
    ):
        answer = client.post("/usulan/", form)
        page = answer.content.decode()
        assert answer.status_code == 422, words
        assert words in page
        if form["source"] == SOURCE:
            assert f'value="{SOURCE}"' in page
    assert len(opened(inside)) == 8


def test_nothing_from_outside_the_area_is_shown_or_answered(client_as: ClientAs, lists):
    client = client_as(Role.REGISTRAR, DISTRICT)
    inside, outside = lists
    page = client.get("/usulan/").content.decode()
    assert f"daftar-{outside}" not in page
    assert "tidak ada lagi di daftar 4" in page
    for area in (area_text(outside), "16.05", "16.05.01", "x"):
        assert client.get("/usulan/", {"area": area}).status_code == 404
        assert client.post("/usulan/", said(area=area, which="all")).status_code == 404
    strangers = [one.pk for one in opened(outside)]
    for step in ("", "save"):
        assert client.post("/usulan/", said(pick=strangers, step=step)).status_code == 422
    answer = client.post("/usulan/", said(which="all", kind="gone", step="save"))
    assert answer.status_code == 302
    assert len(opened(outside)) == 8
    assert opened(inside, "gone") == []


def test_two_officers_do_not_answer_the_same_question_twice(client_as: ClientAs, lists):
    client = client_as(Role.REGISTRAR)
    inside, _ = lists
    page = client.post("/usulan/", said(pick=[one.pk for one in opened(inside, "gone")])).content.decode()
    form = reviewed(page)
    assert client.post("/usulan/", form).status_code == 302
    facts = bulk.select("SELECT count(*) FROM fact")
    assert client.post("/usulan/", form).status_code == 422
    assert bulk.select("SELECT count(*) FROM fact") == facts


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Right.ANSWER)])
def test_who_may_not_answer_sees_no_queue(role, client_as: ClientAs):
    client = client_as(role)
    assert client.get("/usulan/").status_code == 403
    assert client.post("/usulan/", said(which="all", step="save")).status_code == 403
    assert 'href="/usulan/"' not in client.get("/").content.decode()


WORDS = st.sampled_from(
    ["gone", "rekam", "all", "picked", "save", "died", "accept", "16.05.14", "-1", "0", "99999999999999999999", "2019-03-28",
     "9999-12-31", "x", "\x00", "'", "<b>", "²", "🙂", "1"]
)  # fmt: skip
FIELDS = st.sampled_from(
    ["kind", "area", "file", "page", "excel", "pick", "which", "answer", "on", "source", "step", "count"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FIELDS, st.one_of(WORDS, st.text(max_size=20)), max_size=7))
def test_no_address_and_no_form_breaks_the_queue(client_as: ClientAs, lists, fields: dict[str, str]):
    client = client_as(Role.REGISTRAR)
    for answer in (client.get("/usulan/", fields), client.post("/usulan/", fields)):
        answer.close()
        assert answer.status_code < 500


# --- the word of a village -------------------------------------------------------------------------------------------


@pytest.fixture
def words(lists: tuple[int, ...]) -> list[int]:
    """Somebody said dead, somebody recorded elsewhere, in the first village; the persons."""
    here = office()
    people = [
        row[0]
        for row in bulk.select(
            "SELECT id FROM person WHERE village = %s AND dead_day IS NULL ORDER BY id DESC LIMIT 2", [lists[0]]
        )
    ]
    told = [
        SaidWord(f"w{at}", person, word, "whatsapp", "Kades Sukamaju", here.now, when=when, note=note)
        for at, (person, word, when, note) in enumerate(
            zip(people, ("died", "recorded_elsewhere"), ("2016", ""), ("dimakamkan di sini", "di Bandung"), strict=True)
        )
    ]
    take_words(told, office=here)
    return people


def test_a_villages_word_stands_in_the_queue_with_who_said_it_how_and_when(client_as: ClientAs, words):
    page = client_as(Role.KABID).get("/usulan/", {"file": "@desa"}).content.decode()
    assert len(re.findall(r'name="pick"', page)) == 2
    for told in ("Kades Sukamaju", "WhatsApp", "katanya: 2016", "dimakamkan di sini", "meninggal", "kata desa (2)"):
        assert told in page
    assert not WHOLE_NUMBER.search(page)


def test_a_death_of_a_year_is_answered_with_the_day_the_officer_names(client_as: ClientAs, words, lists):
    client = client_as(Role.REGISTRAR)
    (proposal,) = opened(lists[0], "mati")
    sent = {"answer": "accept", "source": SOURCE, "on": "2019-03-31", "pick": [proposal.pk]}
    page = client.post("/usulan/", sent).content.decode()
    assert "sejak 31 Maret 2019" in page
    client.post("/usulan/", reviewed(page))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("answered", "accept")
    assert bulk.select("SELECT dead_day FROM person WHERE id = %s", [words[0]])[0][0] is not None


def test_recorded_elsewhere_is_answered_with_what_siak_shows(client_as: ClientAs, words, lists):
    client = client_as(Role.REGISTRAR)
    (proposal,) = opened(lists[0], "elsewhere")
    page = client.post("/usulan/", {"answer": "accept", "source": SOURCE, "pick": [proposal.pk]})
    assert page.status_code == 422
    page = client.post("/usulan/", {"answer": "card_issued", "source": SOURCE, "pick": [proposal.pk]}).content.decode()
    assert "bukan sebagai rekaman di wilayah ini" in page


def test_a_village_is_asked_back_and_the_proposal_stays_open_with_its_question(client_as: ClientAs, words, lists):
    client = client_as(Role.KABID)
    (proposal,) = opened(lists[0], "mati")
    answered = client.post("/usulan/", {"step": "ask", "question": "Kapan tepatnya?", "pick": [proposal.pk]})
    assert answered.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.question) == ("open", "Kapan tepatnya?")
    talk = Conversation.objects.get(village=lists[0], subject__startswith="Usulan")
    assert str(proposal.pk) in talk.subject
    assert "Kapan tepatnya?" in client.get("/usulan/", {"kind": "mati"}).content.decode()
    assert AuditLine.objects.filter(verb="village_asked").exists()
    assert client.post("/usulan/", {"step": "ask", "question": " ", "pick": [proposal.pk]}).status_code == 422
