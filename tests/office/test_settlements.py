"""Rompok: who may report and merge, nothing outside the area, points as people give them, phones masked, files in and out."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from jemput.actions.settlements import report_settlement
from jemput.actions.visits import make_visit
from jemput.domain.places import Point
from jemput.domain.roles import Role
from jemput.queries import places, settlements
from jemput.queries.office import office
from jemput.store.models import AuditLine, Settlement
from tests.office.conftest import ClientAs
from tests.office.fuzzing import text_of

INSIDE, OUTSIDE = 1605142001, 1605012003
PHONE = "+6281234567834"


@pytest.fixture
def two(demo_office: Path) -> tuple[int, int]:
    """Two rows of one rompok in the operator's kecamatan, one with a point and one with somebody to ask."""
    said = {"village": INSIDE, "kind": "rompok", "office": office(), "by": "kabid"}
    first = report_settlement(name="Rompok Blok C", point=Point(-2.9345, 103.1012), people=15, **said)
    second = report_settlement(name="Blok C", contact="Pak Darto", contact_phone=PHONE, **said)
    return first, second


def form(**more: str) -> dict[str, str]:
    return {"name": "Rompok Bukit Ulu", "kind": "rompok", "village": "16.05.14.2001", "where": ""} | more


def newest() -> Settlement:
    return Settlement.objects.latest("pk")


def test_a_report_is_kept_with_its_point_however_it_is_given(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    for where in ("-2.9345, 103.1012", "https://maps.google.com/?q=-2.9345,103.1012", "2,9345 LS 103,1012 BT"):
        answer = client.post("/rompok/baru/", form(where=where, people="12", boat="1", travel_min="90"))
        assert answer.status_code == 302, text_of(answer)
        one = newest()
        assert (one.lat, one.lng, one.estimated_people, one.boat) == (-2.9345, 103.1012, 12, True)
    assert AuditLine.objects.filter(verb="settlement_changed").count() == 3


def test_a_way_told_in_words_is_kept_as_words_and_a_short_link_is_refused(client_as: ClientAs):
    client = client_as(Role.KABID)
    client.post("/rompok/baru/", form(where="seberang jembatan gantung", description="dua jam jalan"))
    assert (newest().lat, newest().description) == (None, "dua jam jalan seberang jembatan gantung")
    answer = client.post("/rompok/baru/", form(where="https://maps.app.goo.gl/abc", contact="Pak Darto"))
    assert answer.status_code == 422
    assert "koordinat" in text_of(answer)
    assert "Pak Darto" in text_of(answer), "what was typed is still there"


def test_the_village_may_be_left_to_the_point(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    lat, lng = places.points(160514)[INSIDE]
    client.post("/rompok/baru/", form(village="", where=f"{lat}, {lng}"))
    assert newest().village == INSIDE
    assert client.post("/rompok/baru/", form(village="", where="-5.9, 104.9")).status_code == 422
    assert client.post("/rompok/baru/", form(village="")).status_code == 422


def test_everything_wrong_with_a_form_is_said(client_as: ClientAs):
    answer = client_as(Role.KABID).post("/rompok/baru/", form(where="51.5, 0.1", people="banyak", travel_min="-3"))
    said = text_of(answer)
    assert answer.status_code == 422
    assert said.count("<li><strong>") == 3


def test_a_settlement_changes_is_emptied_and_lived_in_again(client_as: ClientAs, two: tuple[int, int]):
    client, number = client_as(Role.OPERATOR), two[0]
    client.post(f"/rompok/{number}/", form(name="Blok C Ulu", where="-2.95, 103.1", do="change"))
    client.post(f"/rompok/{number}/", {"do": "empty", "on": "2019-04-01"})
    one = settlements.settlement(number)
    assert (one.name, one.lat, str(one.uninhabited_on)) == ("Blok C Ulu", -2.95, "2019-04-01")
    assert client.post(f"/rompok/{number}/", {"do": "empty", "on": "2029-04-01"}).status_code == 422
    client.post(f"/rompok/{number}/", {"do": "inhabited"})
    assert settlements.settlement(number).uninhabited_on is None
    said = text_of(client.get(f"/rompok/{number}/"))
    assert "Blok C Ulu" in said
    assert "1 April 2019" in said, "the history says it as people write days"


def test_two_rows_are_compared_merged_and_taken_apart(client_as: ClientAs, two: tuple[int, int]):
    client, (kept, merged) = client_as(Role.KABID), two
    assert f"/rompok/{kept}/gabung/{merged}/" in text_of(client.get(f"/rompok/{kept}/"))
    shown = text_of(client.get(f"/rompok/{kept}/gabung/{merged}/"))
    assert "<mark>Pak Darto</mark>" in shown
    assert Settlement.objects.get(pk=merged).merged_into is None, "looking merges nothing"
    client.post(f"/rompok/{kept}/gabung/{merged}/")
    assert Settlement.objects.get(pk=merged).merged_into_id == kept
    assert str(merged) in text_of(client.get("/rompok/?show=merged&area=16.05.14"))
    number = settlements.merges_of(kept)[0].id
    assert client.post(f"/rompok/{merged}/", {"do": "undo", "merge": number}).status_code == 404, "not its own"
    client.post(f"/rompok/{kept}/", {"do": "undo", "merge": number})
    assert Settlement.objects.get(pk=merged).merged_into is None
    assert Settlement.objects.get(pk=kept).contact == ""


def test_a_visit_to_a_merged_row_stands_with_the_one_that_was_kept(client_as: ClientAs, two: tuple[int, int]):
    kept, merged = two
    number = make_visit(
        place_kind="rompok", village=INSIDE, settlement=merged, on=date(2019, 4, 10), office=office(), by="kabid"
    )
    client = client_as(Role.KABID)
    client.post(f"/rompok/{kept}/gabung/{merged}/")
    assert f"/kunjungan/{number}/" in text_of(client.get(f"/rompok/{kept}/"))
    assert client.get(f"/kunjungan/{number}/").status_code == 200
    offered = text_of(client.get("/kunjungan/baru/?village=16.05.14.2001"))
    assert f'<option value="{kept}"' in offered
    assert f'<option value="{merged}"' not in offered, "a merged row is no place"


def test_nothing_outside_the_area_is_there(client_as: ClientAs, two: tuple[int, int]):
    other = report_settlement(village=OUTSIDE, kind="rompok", name="Rompok Jauh", office=office(), by="kabid")
    client = client_as(Role.OPERATOR)
    assert client.get(f"/rompok/{other}/").status_code == 404
    assert client.get(f"/rompok/{two[0]}/gabung/{other}/").status_code == 404
    assert client.get("/rompok/?area=16.05.01").status_code == 404
    assert client.post("/rompok/baru/", form(village="16.05.01.2003")).status_code == 404
    assert client.post(f"/rompok/{two[0]}/", form(village="16.05.01.2003", do="change")).status_code == 404
    assert "Rompok Jauh" not in text_of(client.get("/rompok/"))
    assert "Rompok Jauh" not in rows_of(client, "/rompok/?excel=1")


def test_a_telephone_number_is_whole_for_outreach_and_masked_for_everybody_else(
    client_as: ClientAs, two: tuple[int, int]
):
    assert "+62 812-3456-7834" in text_of(client_as(Role.OPERATOR).get(f"/rompok/{two[1]}/"))
    for role in (Role.INSPECTORATE, Role.AUDITOR, Role.KEPALA_DINAS, Role.ADMINISTRATOR):
        client = client_as(role)
        page, sheet = text_of(client.get(f"/rompok/{two[1]}/")), rows_of(client, "/rompok/?excel=1")
        for said in (page, sheet):
            assert "+62 812-••••-34" in said
            assert "3456" not in said


def test_names_of_people_are_for_those_who_see_people(client_as: ClientAs):
    place = next(one for one in settlements.settlements(1605) if one.kind == "rompok" and one.point)
    shown = text_of(client_as(Role.KABID).get(f"/rompok/{place.id}/"))
    hidden = text_of(client_as(Role.INSPECTORATE).get(f"/rompok/{place.id}/"))
    assert "Yang belum rekam di sini" in shown
    assert "/orang/" not in hidden
    assert "Yang belum rekam di sini" not in hidden


def test_the_list_is_narrowed_and_leaves_as_excel_and_geojson(client_as: ClientAs, two: tuple[int, int]):
    client = client_as(Role.KABID)
    assert "Blok C" in text_of(client.get("/rompok/?show=double&area=16.05.14"))
    assert str(two[0]) in rows_of(client, "/rompok/?area=16.05.14.2001&excel=1")
    map_file = json.loads(b"".join(client.get("/rompok/?area=16.05.14.2001&geojson=1")))
    [feature] = map_file["features"]
    assert feature["geometry"]["coordinates"] == [103.1012, -2.9345]
    assert PHONE not in json.dumps(map_file)
    assert AuditLine.objects.filter(verb="list_exported").count() == 2


def test_a_file_is_tried_kept_and_taken_back_and_its_refused_rows_leave_as_excel(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    rows = b"nama;desa;kode desa\nRompok Baru;;16.05.14.2001\nRompok Jauh;;16.05.01.2003\nTanpa Desa;;\n"
    before = Settlement.objects.count()
    tried = text_of(client.post("/rompok/impor/", {"file": upload("rompok.csv", rows)}))
    assert Settlement.objects.count() == before, "a trial keeps nothing"
    held = tried.split('name="held" value="', 1)[1][:64]
    refused = client.post("/rompok/impor/", {"step": "refused", "held": held, "name": "rompok.csv"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(refused))).active
    assert "di luar wilayah Anda" in str([[cell.value for cell in row] for row in sheet.iter_rows()])
    client.post("/rompok/impor/", {"step": "save", "held": held, "name": "rompok.csv"})
    assert Settlement.objects.count() == before + 1
    assert newest().village == INSIDE
    page = text_of(client.get("/rompok/impor/"))
    number = page.split('name="number" value="', 1)[1].split('"', 1)[0]
    assert (
        client_as(Role.OPERATOR, area=160501).post("/rompok/impor/", {"step": "undo", "number": "999"}).status_code
        == 404
    )
    client_as(Role.OPERATOR, area=160514).post("/rompok/impor/", {"step": "undo", "number": number})
    assert newest().withdrawn_at is not None


def test_an_upload_that_is_no_list_says_so_by_its_own_name(client_as: ClientAs):
    client = client_as(Role.KABID)
    answer = client.post("/rompok/impor/", {"file": upload("liburan.csv", b"foto;tanggal\n1;2\n")})
    assert answer.status_code == 422
    assert "liburan.csv" in text_of(answer)
    assert client.post("/rompok/impor/", {"step": "save", "held": "../../etc/passwd"}).status_code == 422
    assert client.post("/rompok/impor/", {}).status_code == 422


def upload(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def rows_of(client: Client, address: str) -> str:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address))))
    return str([[cell.value for cell in row] for row in book.active.iter_rows()])
