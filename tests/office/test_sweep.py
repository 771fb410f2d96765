"""Penyisiran: the same people as the count, by place and by name; nothing on a wall without consent; a visit in one step."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import openpyxl
import pypdf
import pytest

from jemput.domain.ids import area_text
from jemput.domain.roles import Right, Role, may
from jemput.domain.sweep import GROUPS
from jemput.domain.wording import number
from jemput.imports.layouts import LAYOUTS
from jemput.queries import coverage, places
from jemput.queries.office import office
from jemput.queries.sweep import sweep
from jemput.store.models import AuditLine, PersonWord, Setting, VillageCard, Visit, VisitPerson
from tests.office.conftest import ClientAs

DISTRICT = 160514
WHOLE_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


def swept(area: int | None = 1605, on: date | None = None, **more: object):
    here = office()
    at = coverage.view(on or here.today, as_known=None if on else "now", rule=here.rule)
    return sweep(area, at, here, **more)


@pytest.fixture
def village(demo_office) -> int:
    """The village of the district that ranks first; nobody has agreed to lists on a wall yet."""
    VillageCard.objects.update(wall_consent_on=None)
    return swept(DISTRICT, levels=["desa"]).places[0].number


@pytest.fixture
def kode(village: int) -> str:
    return area_text(village)


def in_village(village: int) -> list:
    return [one for one in swept(village).people if one.is_counted]


def newest() -> Visit:
    return Visit.objects.order_by("-pk")[0]


def consent(village: int) -> None:
    VillageCard.objects.update_or_create(
        village=village, defaults={"wall_consent_on": date(2019, 3, 1), "wall_consent_by": "Kades Rahman"}
    )


def book_of(answer) -> list[tuple]:
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


def text_of(answer) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)


def last_line() -> AuditLine:
    return AuditLine.objects.order_by("-pk")[0]


@pytest.mark.parametrize(("area", "level"), [("", "desa"), ("", "kecamatan"), ("", "dusun"), ("16.05.14", "dusun")])
def test_the_places_together_hold_as_many_as_the_count(area, level, client_as: ClientAs):
    page = client_as(Role.KABID).get("/penyisiran/", {"area": area, "level": level}).content.decode()
    left = sum(one.is_counted for one in swept(int(area.replace(".", "")) if area else 1605).people)
    assert f">{number(left, 'id')} orang</a>" in page
    assert not WHOLE_NUMBER.search(page)


def test_the_ranking_of_the_page_is_the_rule_s_and_leads_on_to_places_and_people(client_as: ClientAs):
    page = client_as(Role.KEPALA_DINAS).get("/penyisiran/").content.decode()
    names = places.names(office().today, within=1605)
    ranked = [names[one.number] for one in swept(levels=["desa"]).places][:20]
    assert re.findall(r"<b>([^<]+)</b></a><ul class=\"reasons\">", page) == ranked
    assert "belum pernah dikunjungi" in page
    assert 'class="map"' in page
    assert "perkiraan awal" in page


@pytest.mark.parametrize("sort", ["name", "-name", "-left", "left", "-met", "-since", "x"])
def test_places_sort_by_every_column(sort, client_as: ClientAs):
    page = client_as(Role.KABID).get("/penyisiran/", {"sort": sort, "level": "kecamatan"}).content.decode()
    shown = re.findall(r"<b>([^<]+)</b></a><ul", page)
    assert len(shown) > 3
    if sort.endswith("name"):
        assert shown == sorted(shown, reverse=sort.startswith("-"))


def test_filters_leave_the_places_that_fit(client_as: ClientAs):
    client = client_as(Role.KABID)
    names = places.names(office().today, within=1605)
    one = next(place for place in swept(levels=["desa"]).places if place.around.planned is None)
    name = names[one.number]
    page = client.get("/penyisiran/", {"q": name.lower(), "visit": "none"}).content.decode()
    assert name in re.findall(r"<b>([^<]+)</b></a><ul", page)
    assert "Tidak ada tempat yang cocok" in client.get("/penyisiran/", {"q": "tidak ada ini"}).content.decode()
    visit = {"place_kind": "village", "village": one.number, "on": date(2019, 4, 9), "state": "asked"}
    Visit.objects.create(**visit, made_at=datetime(2019, 4, 1, tzinfo=UTC), made_by="kabid")
    page = client.get("/penyisiran/", {"q": name, "visit": "none"}).content.decode()
    assert name not in re.findall(r"<b>([^<]+)</b></a><ul", page)
    assert "kunjungan direncanakan 9 April 2019" in client.get("/penyisiran/", {"q": name}).content.decode()
    with_rompok = client.get("/penyisiran/", {"rompok": "1"}).content.decode()
    assert all(" rompok" in told for told in re.findall(r'<ul class="reasons">(.*?)</ul>', with_rompok))


@pytest.mark.parametrize("group", GROUPS)
def test_every_list_apart_holds_whom_the_rule_puts_on_it(group, client_as: ClientAs):
    people = [one for one in swept().people if group in one.groups]
    answer = client_as(Role.REGISTRAR).get("/penyisiran/orang/", {"group": group})
    page = answer.content.decode()
    assert f"<b>{number(len(people), 'id')} orang</b>" in page
    shown = [int(found) for found in re.findall(r'href="/orang/(\d+)/"', page)]
    assert shown == [one.person for one in people[:50]]
    assert not WHOLE_NUMBER.search(page)


def test_a_closed_count_has_its_own_list(client_as: ClientAs):
    people = [one for one in swept(on=date(2019, 3, 28)).people if one.is_counted]
    page = client_as(Role.KABID).get("/penyisiran/orang/", {"on": "2019-03-28"}).content.decode()
    assert f"<b>{number(len(people), 'id')} orang</b> · 28 Maret 2019, seperti ditutup" in page


def test_a_list_by_dusun_and_by_words_of_the_address(kode, village, client_as: ClientAs):
    client = client_as(Role.KABID)
    people = in_village(village)
    dusun = people[0].dusun
    page = client.get("/penyisiran/orang/", {"area": kode, "dusun": dusun or "-"}).content.decode()
    assert f"<b>{sum(one.dusun == dusun for one in people)} orang</b>" in page
    rt = people[0].rt
    page = client.get("/penyisiran/orang/", {"area": kode, "q": f"rt {rt}"}).content.decode()
    assert f"<b>{sum(one.rt == rt for one in people)} orang</b>" in page


def test_the_villages_word_and_the_last_outcome_stand_beside_a_person(kode, village, client_as: ClientAs):
    client = client_as(Role.KABID)
    one = in_village(village)[0]
    now = datetime(2019, 3, 31, 3, 0, tzinfo=UTC)
    visit = Visit.objects.create(
        place_kind="village", village=village, on=date(2019, 3, 20), state="done", made_at=now, made_by="x"
    )
    VisitPerson.objects.create(visit=visit, person=one.person, outcome="not_found")
    PersonWord.objects.create(
        person=one.person, village=village, word="moved", channel="page", said_by="kadus", said_at=now, key="w1"
    )
    page = client.get("/penyisiran/orang/", {"area": kode}).content.decode()
    assert "Desa: pindah, 31 Maret 2019" in page
    assert "Kunjungan: tidak ditemukan, 20 Maret 2019" in page
    assert "catatan perlu diselesaikan" in page
    page = client.get("/penyisiran/", {"area": "16.05.14"}).content.decode()
    assert "kunjungan terakhir 20 Maret 2019: 1 tidak ditemukan" in page


def test_the_workbook_has_everybody_masked_and_is_noted(client_as: ClientAs):
    answer = client_as(Role.OPERATOR, DISTRICT).get("/penyisiran/orang/", {"excel": 1})
    rows = [row for row in book_of(answer) if isinstance(row[0], (int, float))]
    people = [one for one in swept(DISTRICT).people if one.is_counted]
    assert [row[2] for row in rows] == [one.name for one in people]
    assert all("••••••" in row[1] for row in rows)
    assert all(len(str(row[4])) == 4 for row in rows if row[4])
    line = last_line()
    assert line.verb == "sweep_list_made"
    assert line.subject == "daftar-sisir-16.05.14-all-2019-04-02.xlsx"


def test_whole_numbers_go_out_as_a_bip_ktpel_only_with_a_reason_and_a_right(kode, village, client_as: ClientAs):
    client = client_as(Role.KABID)
    assert client.post(f"/penyisiran/orang/?area={kode}", {"reason": " "}).status_code == 422
    answer = client.post(f"/penyisiran/orang/?area={kode}", {"reason": "dibawa tim ke desa"})
    rows = book_of(answer)
    layout = LAYOUTS["bip-ktpel"]
    header = next(row for row in rows if row[0] == "NO")
    assert {column.header for column in layout.columns} <= set(header) | {"No"}
    people = in_village(village)
    body = rows[rows.index(header) + 1 :]
    assert [row[2] for row in body] == [one.nik for one in people]
    assert {row[15] for row in body} == {"WAJIB"}
    assert [(one.verb, one.reason) for one in AuditLine.objects.order_by("-pk")[:2]] == [
        ("full_nik_seen", "dibawa tim ke desa"),
        ("sweep_list_made", "dibawa tim ke desa"),
    ]
    assert client_as(Role.AUDITOR).post(f"/penyisiran/orang/?area={kode}", {"reason": "x"}).status_code == 404


def test_the_officers_print_has_names_masked_numbers_and_an_empty_column(kode, village, client_as: ClientAs):
    answer = client_as(Role.KABID).get("/penyisiran/orang/", {"area": kode, "pdf": 1})
    text = text_of(answer)
    assert all(one.name in text for one in in_village(village))
    assert "Hasil" in text
    assert not WHOLE_NUMBER.search(text)
    assert last_line().subject == f"daftar-sisir-{kode}-all-2019-04-02.pdf"


def test_a_wall_list_is_refused_in_words_until_the_village_agreed(kode, village, client_as: ClientAs):
    client = client_as(Role.KABID)
    page = client.get("/penyisiran/orang/", {"area": kode}).content.decode()
    assert "Persetujuan desa belum dicatat" in page
    answer = client.get("/penyisiran/tempel/", {"area": kode})
    assert answer.status_code == 422
    assert "persetujuan" in answer.content.decode()
    assert not AuditLine.objects.filter(verb="wall_list_printed").exists()
    consent(village)
    page = client.get("/penyisiran/orang/", {"area": kode}).content.decode()
    assert "Disetujui Kades Rahman, 1 Maret 2019." in page
    assert client.get("/penyisiran/tempel/", {"area": kode}).status_code == 200


@pytest.mark.parametrize("sheets", ["", "1"])
def test_a_wall_list_has_name_rt_and_dusun_and_nothing_else(sheets, kode, village, client_as: ClientAs):
    consent(village)
    client = client_as(Role.OPERATOR, DISTRICT)
    people = in_village(village)
    gone = people[0]
    PersonWord.objects.create(
        person=gone.person,
        village=village,
        word="died",
        channel="page",
        said_by="kadus",
        said_at=datetime(2019, 3, 31, tzinfo=UTC),
        key="w1",
    )
    answer = client.get("/penyisiran/tempel/", {"area": kode, "sheets": sheets})
    text = text_of(answer)
    listed = [one for one in people if one.person != gone.person]
    for one in listed:
        assert one.name in text
        assert f"RT {one.rt}" in text
    assert text.count(gone.name) == sum(one.name == gone.name for one in listed)
    assert not re.search(r"\d{6}", text)
    assert not any(word in text for word in ("diblokir", "rentan", "gagal", "••"))
    assert not any(one.born_on.isoformat() in text or f"{one.born_on:%d-%m-%Y}" in text for one in listed)
    pages = len(pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    dusuns = len({one.dusun for one in listed})
    assert pages >= dusuns if sheets else pages < dusuns
    line = last_line()
    assert (line.verb, line.subject) == (
        "wall_list_printed",
        f"daftar-tempel-{kode}-all-2019-04-02: 1 desa, {len(listed)} nama",
    )


def test_of_many_villages_only_those_that_agreed_are_printed(village, client_as: ClientAs):
    consent(village)
    client = client_as(Role.KABID)
    assert "1 dari " in client.get("/penyisiran/orang/", {"area": "16.05.14"}).content.decode()
    text = text_of(client.get("/penyisiran/tempel/", {"area": "16.05.14"}))
    names = places.names(office().today, within=DISTRICT)
    assert names[village] in text
    assert not any(
        f"{name}, {names[DISTRICT]}" in text for code, name in names.items() if code not in {village, DISTRICT}
    )


def test_places_that_were_ticked_become_one_visit_with_its_people(village, client_as: ClientAs):
    client = client_as(Role.KABID)
    villages = [one.number for one in swept(DISTRICT, levels=["desa"]).places][:2]
    people = [one for one in swept(DISTRICT).people if one.is_counted and one.village in villages]
    answer = client.post("/penyisiran/kunjungan/?area=16.05.14", {"place": [str(number) for number in villages]})
    assert answer.status_code == 302
    visit = newest()
    assert (visit.village, visit.state, visit.made_by) == (villages[0], "draft", "kabid")
    assert set(visit.people.values_list("person", flat=True)) == {one.person for one in people}
    assert list(visit.neighbours.values_list("village", flat=True)) == villages[1:]
    line = AuditLine.objects.filter(verb="visit_changed").latest("pk")
    assert line.subject.startswith(f"visit {visit.pk}: made")


def test_a_dusun_or_people_of_a_group_become_a_visit(kode, village, client_as: ClientAs):
    client = client_as(Role.OPERATOR, DISTRICT)
    one = in_village(village)[0]
    client.post(f"/penyisiran/kunjungan/?area={kode}", {"place": f"{village}/{one.dusun or '-'}"})
    assert newest().people.count() == sum(other.dusun == one.dusun for other in in_village(village))
    client.post("/penyisiran/kunjungan/", {"person": [one.person, "x", "9" * 30]})
    assert list(newest().people.values_list("person", flat=True)) == [one.person]


def test_nothing_ticked_is_refused_and_what_lies_outside_is_not_there(village, client_as: ClientAs):
    client = client_as(Role.OPERATOR, DISTRICT)
    before = Visit.objects.count()
    assert client.post("/penyisiran/kunjungan/", {}).status_code == 422
    assert client.post("/penyisiran/kunjungan/", {"place": "1605012003"}).status_code == 404
    outside = next(one.person for one in swept().people if one.village // 10_000 != DISTRICT)
    assert client.post("/penyisiran/kunjungan/", {"person": outside}).status_code == 422
    assert client.get("/penyisiran/kunjungan/").status_code == 302
    assert Visit.objects.count() == before


@pytest.mark.parametrize("address", ["/penyisiran/", "/penyisiran/orang/", "/penyisiran/tempel/"])
def test_nobody_outside_the_area_of_who_looks_is_told(address, client_as: ClientAs):
    client = client_as(Role.OPERATOR, DISTRICT)
    for area in ("16.05", "16.05.01", "16.05.01.2003", "x"):
        assert client.get(address, {"area": area}).status_code == 404
    assert client.get(address, {"group": "x"}).status_code == 404
    if address != "/penyisiran/tempel/":
        assert client.get(address, {"page": "99999"}).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Right.OUTREACH)])
def test_who_arranges_no_visits_prints_no_wall_list_and_sees_no_boxes(role, kode, village, client_as: ClientAs):
    client = client_as(role)
    consent(village)
    assert client.get("/penyisiran/tempel/", {"area": kode}).status_code == 403
    assert client.post("/penyisiran/kunjungan/", {"place": str(village)}).status_code == 403
    if may(role, Right.PEOPLE):
        for address in ("/penyisiran/?area=16.05.14", f"/penyisiran/orang/?area={kode}"):
            page = client.get(address).content.decode()
            assert 'name="place"' not in page
            assert 'name="person"' not in page
            assert "/penyisiran/tempel/" not in page


def test_without_a_polling_day_the_page_says_so(client_as: ClientAs):
    Setting.objects.update_or_create(name="election_on", defaults={"value": ""})
    client = client_as(Role.KABID)
    assert "Hari pemungutan suara belum diatur" in client.get("/penyisiran/", {"group": "pemula"}).content.decode()
    page = client.get("/penyisiran/").content.decode()
    assert "hitungan berikut" in page
    assert "pemilih pertama" not in page


def test_the_ranking_goes_out_as_a_workbook_with_its_reasons(client_as: ClientAs):
    rows = book_of(client_as(Role.KABID).get("/penyisiran/", {"excel": 1}))
    header = next(at for at, row in enumerate(rows) if row[0] == "Urutan")
    body = rows[header + 1 :]
    assert len(body) == len(swept(levels=["desa"]).places)
    assert sum(row[3] for row in body) == sum(one.is_counted for one in swept().people)
    assert all("belum rekam" in row[-1] for row in body)
