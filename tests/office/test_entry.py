"""Facts entered through the pages: filled in, the effect read, saved, and seen in the count."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain.coverage import FIGURES, Figures
from jemput.domain.roles import Right, Role, may
from jemput.office import entry_form
from jemput.queries import coverage
from jemput.queries.office import office
from jemput.store import bulk
from jemput.store.models import AuditLine
from tests.office.conftest import ClientAs

LETTER = {"document": "surat desa", "document_number": "470/12", "reporter": "Kadus II"}
NIK = "1605015203199001"


def count(area: int | None = None) -> Figures:
    """Return the live figures of today, as a page would show them."""
    here = office()
    at = coverage.view(here.today, as_known="now", rule=here.rule)
    return coverage.total(coverage.villages(at, area, rule_in_force=here.rule))


def difference(before: Figures, after: Figures) -> dict[str, int]:
    changed = {name: getattr(after, name) - getattr(before, name) for name in FIGURES}
    return {name: amount for name, amount in changed.items() if amount}


def somebody(where: str) -> int:
    """Return a resident for whom a condition on the register holds."""
    rows = bulk.select(f"SELECT id FROM person WHERE village > 9 AND dead_day IS NULL AND {where} ORDER BY id LIMIT 1")
    return int(rows[0][0])


UNRECORDED = "status IS NULL AND blocked = 0 AND adult_on < 737000 AND adult_on > 700000"
RECORDED = "status = 6 AND blocked = 0 AND adult_on < 737000"
CHILD = "adult_on BETWEEN 737160 AND 737500 AND status IS NULL"


def hidden(answer: HttpResponse) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    text = answer.content.decode()
    main = text[text.index('<form method="post" class="') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', main)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def walk(client: Client, address: str, **words: str) -> HttpResponse:
    """Fill a form in, read the effect, save; return the page it ends on."""
    first = client.get(address)
    assert first.status_code == 200, address
    shown = client.post(address, hidden(first) | LETTER | words | {"step": "effect"})
    assert shown.status_code == 200, shown.content.decode()[-3000:]
    assert "Sesudah disimpan" in shown.content.decode()
    saved = client.post(address, hidden(shown) | {"step": "save"}, follow=True)
    assert saved.status_code == 200
    assert "Tersimpan:" in saved.content.decode()
    return saved


# --- each kind, through the pages --------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "who", "words", "changed"),
    [
        ("mati", UNRECORDED, {"on": "28 Maret 2019"}, {"population": -1, "id_obligated": -1}),
        ("pindah", UNRECORDED, {"on": "01/04/2019", "place": "Palembang"}, {"population": -1, "id_obligated": -1}),
        ("kawin", CHILD, {"on": "2019-03-30"}, {"id_obligated": 1}),
        ("rekam", UNRECORDED, {"on": "30-3-2019", "status": "BIO_CAPTURED"}, {"recorded": 1, "recorded_here": 1}),
        ("blokir", UNRECORDED, {"on": "30/03/2019"}, {"blocked": 1}),
        ("biodata", CHILD, {"on": "30/03/2019", "born_on": "3 Januari 2001"}, {"id_obligated": 1}),
        ("pindah-dalam", UNRECORDED, {"on": "30/03/2019", "village": "16.05.02.1019"}, {}),
    ],
)
def test_a_fact_is_entered_and_counts(slug, who, words, changed, client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = somebody(who)
    village = bulk.select("SELECT village FROM person WHERE id = %s", [person])[0][0]
    before, there = count(), count(village)
    page = walk(client, f"/orang/{person}/catat/{slug}/", **words).content.decode()
    assert difference(before, count()) == changed
    if slug == "pindah-dalam":
        assert difference(there, count(village))["population"] == -1
    assert f'href="/orang/{person}/batal/' in page
    assert "470/12" in page
    assert AuditLine.objects.filter(verb="fact_entered", actor="registrar").count() == 1


def test_a_birth_comes_in_by_the_name_of_its_village(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    before = count()
    page = walk(
        client, "/orang/baru/lahir/", name="BAYI UJI", sex="P", on="12 Maret 2019", village="Ngadirejo, Tugumulyo", nik=NIK
    ).content.decode()  # fmt: skip
    assert difference(before, count()) == {"population": 1}
    assert "BAYI UJI" in page
    assert NIK not in page


def test_an_arrival_brings_its_recording_and_one_who_left_comes_back_as_themselves(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    before = count()
    walk(
        client, "/orang/baru/datang/", name="PENDATANG UJI", sex="L", born_on="2 Februari 1990", on="20/03/2019",
        village="16.05.01.2003", status="CARD_ISSUED", status_on="1/2/2017", recorded_at="16.73",
    )  # fmt: skip
    assert difference(before, count()) == {"population": 1, "id_obligated": 1, "recorded": 1, "recorded_here": 1}
    gone, nik, name, sex, born = bulk.select(
        "SELECT id, nik, name, sex, born_day FROM person WHERE village = 1 AND dead_day IS NULL AND nik IS NOT NULL"
        " AND born_day < 730000 AND status IS NOT NULL LIMIT 1"
    )[0]
    assert born
    page = walk(
        client, "/orang/baru/datang/", nik=nik, name=name, sex=sex, born_on="2 Februari 1990", on="20/03/2019",
        village="16.05.01.2003",
    ).content.decode()  # fmt: skip
    assert f"/orang/{gone}/catat/" in page


def test_a_guest_counts_where_recorded_only(client_as: ClientAs):
    before = count()
    walk(
        client_as(Role.REGISTRAR), "/orang/baru/tamu/", nik="1673011203909001", name="TAMU UJI", sex="L",
        born_on="12/03/1990", on="20/03/2019", status="BIO_CAPTURED", recorded_at="Tugumulyo",
    )  # fmt: skip
    assert difference(before, count()) == {"recorded_here": 1}


def test_a_family_ticked_on_the_form_moves_along(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    card = bulk.select(
        "SELECT no_kk FROM person WHERE village > 9 AND dead_day IS NULL AND no_kk IS NOT NULL GROUP BY no_kk"
        " HAVING count(*) = 4 AND count(DISTINCT village) = 1 ORDER BY no_kk LIMIT 1"
    )[0][0]
    family = [
        row[0] for row in bulk.select("SELECT id FROM person WHERE no_kk = %s AND village > 9 ORDER BY id", [card])
    ]
    address = f"/orang/{family[0]}/catat/pindah/"
    first = client.get(address)
    assert first.content.decode().count('name="with"') == 3
    outsider = next(row[0] for row in bulk.select("SELECT id FROM person WHERE village > 9") if row[0] not in family)
    words = LETTER | {"on": "28/03/2019", "place": "Palembang", "with": [*family[1:3], outsider, "x"]}
    shown = client.post(address, hidden(first) | words | {"step": "effect"})
    text = shown.content.decode()
    assert "penduduk" in text
    assert text.count('type="hidden" name="with"') == 2, "only the family goes along"
    before = count()
    client.post(address, hidden(shown) | {"with": family[1:3], "step": "save"})
    assert difference(before, count())["population"] == -3


def test_a_fact_is_taken_back_from_the_list_of_facts(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = somebody(UNRECORDED)
    before = count()
    page = walk(client, f"/orang/{person}/catat/mati/", on="28/03/2019").content.decode()
    place = re.search(rf"/orang/{person}/batal/(\d+)/", page)
    assert place
    back = walk(client, place[0], note="orangnya hidup, kades salah lapor").content.decode()
    assert count() == before
    assert "kades salah lapor" in back
    assert AuditLine.objects.filter(verb="fact_reversed").count() == 1


# --- what is shown before saving ---------------------------------------------------------------


def test_the_effect_names_the_axes_the_figures_and_the_28th_known_otherwise(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = somebody(UNRECORDED)
    address = f"/orang/{person}/catat/mati/"
    before = bulk.select("SELECT count(*) FROM fact")
    text = client.post(address, LETTER | {"on": "10 Maret 2019", "step": "effect"}).content.decode()
    assert "Tidak wajib KTP: sudah meninggal." in text
    assert re.search(r"Angka 28 Maret 2019 seperti diketahui kini, .+: penduduk −1, wajib KTP −1, belum rekam −1", text)
    assert "<dd>10 Maret 2019</dd>" in text, "a day is repeated as it was understood"
    assert "Simpan" in text
    assert bulk.select("SELECT count(*) FROM fact") == before, "looking saves nothing"


def test_doubts_are_said_and_do_not_refuse(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    address = f"/orang/{somebody(CHILD)}/catat/kawin/"
    text = client.post(address, LETTER | {"on": "30/03/2019", "step": "effect"}).content.decode()
    assert "UU 16/2019" in text
    client.post("/bahasa/", {"language": "en", "next": "/"})
    text = client.post(address, LETTER | {"on": "30/03/2019", "step": "effect"}).content.decode()
    assert "a court&#x27;s dispensation" in text


# --- refusals, old forms, forms sent twice -----------------------------------------------------


def test_a_refused_form_keeps_what_was_typed_and_says_at_the_field_what_is_wrong(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    answer = client.post(
        "/orang/baru/lahir/",
        LETTER | {"name": "BAYI <b>UJI</b>", "on": "31 Februari 2019", "village": "Tidak Ada", "nik": "12", "sex": "X"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count('class="wrong"') == 4
    assert 'value="31 Februari 2019"' in text
    assert "BAYI &lt;b&gt;UJI&lt;/b&gt;" in text
    assert "<b>UJI" not in text


def test_a_second_press_on_save_counts_once(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    address = f"/orang/{somebody(UNRECORDED)}/catat/mati/"
    shown = client.post(address, LETTER | {"on": "28/03/2019", "step": "effect"})
    form = hidden(shown) | {"step": "save"}
    first, second = client.post(address, form, follow=True), client.post(address, form, follow=True)
    assert "Tersimpan: catat kematian" in first.content.decode()
    assert "tidak dicatat dua kali" in second.content.decode()
    assert AuditLine.objects.filter(verb="fact_entered").count() == 1


def test_a_form_shown_before_another_fact_came_in_is_shown_again_before_it_saves(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = somebody(UNRECORDED)
    address = f"/orang/{person}/catat/pindah/"
    shown = client.post(address, LETTER | {"on": "28/03/2019", "step": "effect"})
    walk(client, f"/orang/{person}/catat/rekam/", on="20/03/2019", status="BIO_CAPTURED")
    stale = client.post(address, hidden(shown) | {"step": "save"})
    assert stale.status_code == 422
    assert "Ada fakta baru tentang orang ini" in stale.content.decode()
    assert not bulk.select("SELECT 1 FROM fact WHERE person = %s AND kind = 'pindah'", [person])
    saved = client.post(address, hidden(stale) | {"step": "save"}, follow=True)
    assert "Tersimpan: catat pindah keluar" in saved.content.decode()


def test_going_back_to_the_form_keeps_the_words(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    address = f"/orang/{somebody(UNRECORDED)}/catat/pindah/"
    shown = client.post(address, LETTER | {"on": "28/03/2019", "place": "Palembang", "step": "effect"})
    back = client.post(address, hidden(shown) | {"step": "edit"}).content.decode()
    assert 'value="Palembang"' in back
    assert 'value="28/03/2019"' in back


def test_a_correction_of_a_word_the_list_kept_unfolded_may_stay(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person = somebody("biodata LIKE '%%\"education\":%%' AND " + UNRECORDED)
    address = f"/orang/{person}/catat/biodata/"
    walk(client, address, on="30/03/2019", occupation="PETANI UJI")
    said = bulk.select(
        "SELECT said FROM fact WHERE person = %s AND kind = 'biodata_changed' ORDER BY place DESC", [person]
    )
    assert "PETANI UJI" in said[0][0]


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Right.FACTS)])
def test_who_may_not_enter_facts_writes_nothing(role, client_as: ClientAs):
    client = client_as(role)
    person = somebody(UNRECORDED)
    before = bulk.select("SELECT count(*) FROM fact")
    addresses = ["/orang/baru/lahir/", f"/orang/{person}/batal/1/"]
    addresses += [f"/orang/{person}/catat/{form.slug}/" for form in entry_form.FORMS]
    for address in addresses:
        assert client.get(address).status_code == 403
        assert client.post(address, LETTER | {"on": "28/03/2019", "step": "save"}).status_code == 403
    assert bulk.select("SELECT count(*) FROM fact") == before


def test_a_registrar_of_a_district_brings_nobody_into_another(client_as: ClientAs):
    client = client_as(Role.REGISTRAR, 160502)
    words = LETTER | {"name": "BAYI", "sex": "L", "on": "28/03/2019", "village": "16.05.01.2003", "step": "save"}
    answer = client.post("/orang/baru/lahir/", words)
    assert answer.status_code == 422
    assert "di luar wilayah" in answer.content.decode()
    taken = bulk.select("SELECT nik FROM person WHERE village / 10000 = 160501 AND nik IS NOT NULL LIMIT 1")[0][0]
    name = bulk.select("SELECT name FROM person WHERE nik = %s", [taken])[0][0]
    words |= {"nik": taken, "village": "16.05.02.1019"}
    answer = client.post("/orang/baru/lahir/", words)
    assert answer.status_code == 422
    assert name not in answer.content.decode(), "a number of another area tells no name"


def test_whoever_moves_their_person_out_of_their_own_district_still_hears_that_it_is_saved(client_as: ClientAs):
    person = somebody(UNRECORDED)
    village = bulk.select("SELECT village FROM person WHERE id = %s", [person])[0][0]
    client = client_as(Role.REGISTRAR, village // 10**4)
    there = "16.05.02.1019" if village // 10**4 != 160502 else "16.05.01.2003"
    walk(client, f"/orang/{person}/catat/pindah-dalam/", on="30/03/2019", village=there)
    assert client.get(f"/orang/{person}/").status_code == 404


# --- whatever is typed ---------------------------------------------------------------------------

NAMES = sorted(
    {field.name for form in (*entry_form.FORMS, *entry_form.NEW_FORMS) for field in entry_form.all_fields(form)}
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "28/03/2019", "28 Maret 2019", "0001-01-01", "9999-12-31", "31/02/2019", "1/1/1", "46000", "2019", NIK,
            "16.05.01.2003", "16.05", "Ngadirejo", "PRR", "CARD_ISSUED", "L", "kawin", "ITAP", "-", "0" * 16, "9" * 400,
            "\x00", "\u202e", "=1+1", "<script>", "1605015203199001 ", "１６", "²", "{0}", "{name}", "%s", "'; --",
        ]
    ),
)  # fmt: skip


@given(st.data())
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_is_typed_is_answered_and_never_breaks(registrar: tuple[Client, list[int]], data: st.DataObject):
    client, persons = registrar
    person = data.draw(st.sampled_from(persons))
    addresses = [f"/orang/baru/{form.slug}/" for form in entry_form.NEW_FORMS]
    addresses += [f"/orang/{person}/catat/{form.slug}/" for form in entry_form.FORMS]
    address = data.draw(st.sampled_from([*addresses, f"/orang/{person}/batal/{{}}/"]))
    if "{}" in address:
        places = [row[0] for row in bulk.select("SELECT place FROM fact WHERE person = %s", [person])]
        address = address.format(data.draw(st.sampled_from([*places, 1, 10**20])))
    words: dict[str, Any] = data.draw(st.dictionaries(st.sampled_from([*NAMES, "form", "seen"]), WORDS, max_size=12))
    words["step"] = data.draw(st.sampled_from(["effect", "save", "edit", "", "x"]))
    answer = client.post(address, words)
    assert answer.status_code in {200, 302, 404, 422}, address


@pytest.fixture
def registrar(client_as: ClientAs) -> tuple[Client, list[int]]:
    return client_as(Role.REGISTRAR), [somebody(UNRECORDED), somebody(RECORDED), somebody(CHILD)]
