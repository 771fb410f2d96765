"""Laporan: looked at before they are made, numbered, kept, signed copies taken back, each in its area."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jemput.domain.roles import Right, Role, may
from jemput.jobs import clock
from jemput.office import reports as page
from jemput.store import blobs
from jemput.store.models import AuditLine, Job, Report, SignedCopy
from tests.office.conftest import ClientAs

MONTHLY = {"kind": "monthly", "on": "2019-03-28"}
KEY = "k" * 20


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def made(client, **said: str) -> Report:
    answer = client.post("/laporan/pratinjau/", MONTHLY | {"key": KEY} | said)
    assert answer.status_code == 302, words(answer)
    return Report.objects.order_by("-pk")[0]


def sent(content: bytes, name: str = "ttd.pdf") -> dict[str, SimpleUploadedFile]:
    return {"signed": SimpleUploadedFile(name, content, "application/pdf")}


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# --- looking and making ----------------------------------------------------------------------------------------------


def test_a_month_is_shown_whole_before_it_is_made_and_nothing_is_numbered(client_as: ClientAs) -> None:
    shown = words(client_as(Role.REGISTRAR).get("/laporan/pratinjau/", MONTHLY))
    for said in (
        "Penduduk dari awal sampai akhir",
        "Awal, 28 Februari 2019",
        "Akhir, 28 Maret 2019",
        "Buat dan beri nomor",
    ):
        assert said in shown
    assert not Report.objects.exists()


def test_a_month_is_made_numbered_noted_and_handed_out_as_pdf_and_excel(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    report = made(client, blanks_used="477", notes="Server gangguan.")
    assert (report.number, report.made_by, report.form["blanks_used"]) == ("470/1/DUKCAPIL/IV/2019", "registrar", 477)
    shown = words(client.get(f"/laporan/{report.pk}/"))
    for said in (report.number, "hitungan tertutup 28 Maret 2019", "477", "Server gangguan."):
        assert said in shown
    pdf = client.get(f"/laporan/{report.pk}/unduh/pdf/")
    assert body(pdf).startswith(b"%PDF-1.7")
    assert pdf["Content-Disposition"].startswith("attachment")
    openpyxl.load_workbook(io.BytesIO(body(client.get(f"/laporan/{report.pk}/unduh/xlsx/"))))
    assert client.get(f"/laporan/{report.pk}/unduh/docx/").status_code == 404
    assert AuditLine.objects.filter(verb="report_made", subject=report.number).exists()


def test_a_form_sent_twice_makes_one_report(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    assert made(client).pk == made(client).pk
    assert made(client, key="another-key-of-mine").serial == 2


def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(client_as: ClientAs) -> None:
    answer = client_as(Role.REGISTRAR).post(
        "/laporan/pratinjau/", MONTHLY | {"key": KEY, "blanks_used": "banyak", "notes": "tetap di sini"}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "“banyak” tidak dapat dipakai" in text
    assert 'value="banyak"' in text
    assert "tetap di sini" in text
    assert not Report.objects.exists()


def test_a_day_and_a_press_card_are_shown_and_made(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    assert "LAMPID yang dilaporkan hari ini" in words(
        client.get("/laporan/pratinjau/", {"kind": "daily", "on": "2019-04-02"})
    )
    assert made(client, kind="daily", on="2019-04-02").closed_on is None
    sentence = re.search(
        r"Per 28 Maret 2019, dari [^.]*\.[^<]*?belum rekam\.",
        words(client.get("/laporan/pratinjau/", {"kind": "press", "on": "2019-03-28"})),
    )
    assert sentence
    card = made(client, kind="press", key="another-key-of-mine")
    assert (card.number, card.closed_on) == ("", date(2019, 3, 28))
    assert sentence[0] in words(client.get(f"/laporan/{card.pk}/"))
    for suffix, start in (("png", b"\x89PNG"), ("thumb.png", b"\x89PNG"), ("svg", b"<svg"), ("txt", b"Per 28 Maret")):
        assert body(client.get(f"/laporan/{card.pk}/unduh/{suffix}/")).startswith(start)


@pytest.mark.parametrize(
    "asked", [{}, {"kind": "yearly", "on": "2019-03-28"}, {"kind": "daily", "on": "kemarin"}, {"kind": "daily", "on": "2019-04-03"},
              {"kind": "monthly", "on": "2019-03-27"}, {"kind": "monthly", "on": "2018-03-28"}]
)  # fmt: skip
def test_a_report_that_cannot_be_is_refused_in_words(client_as: ClientAs, asked: dict[str, str]) -> None:
    client = client_as(Role.REGISTRAR)
    for answer in (client.get("/laporan/pratinjau/", asked), client.post("/laporan/pratinjau/", asked)):
        assert answer.status_code == 422
    assert not Report.objects.exists()


def test_what_is_shown_leaves_as_a_workbook_before_anything_is_made(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    for asked, name in ((MONTHLY, "Penduduk"), ({"kind": "daily", "on": "2019-04-02"}, "Cakupan")):
        book = openpyxl.load_workbook(io.BytesIO(body(client.get("/laporan/pratinjau/", asked | {"excel": "1"}))))
        assert book.sheetnames[0] == name
    assert client.get("/laporan/pratinjau/", {"kind": "press", "on": "2019-03-28", "excel": "1"}).status_code == 404
    assert AuditLine.objects.filter(verb="list_exported").count() == 2


# --- a whole regency -------------------------------------------------------------------------------------------------


def test_a_long_month_is_prepared_once_by_the_clock_while_the_page_waits(client_as: ClientAs, monkeypatch) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 0)
    client = client_as(Role.REGISTRAR)
    for _ in range(2):
        waiting = client.get("/laporan/pratinjau/", MONTHLY).content.decode()
        assert 'hx-trigger="every 2s"' in waiting
        assert '<noscript><meta http-equiv="refresh"' in waiting
    assert Job.objects.filter(kind="month").count() == 1
    clock.work("test", kinds=["month"])
    assert "Akhir, 28 Maret 2019" in words(client.get("/laporan/pratinjau/", MONTHLY))
    book = openpyxl.load_workbook(io.BytesIO(body(client.get("/laporan/pratinjau/", MONTHLY | {"excel": "1"}))))
    assert "Belum rekam desa" in book.sheetnames


def test_a_long_report_is_made_by_the_clock_once_and_the_page_goes_to_it(client_as: ClientAs, monkeypatch) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 0)
    client = client_as(Role.REGISTRAR)
    addresses = {client.post("/laporan/pratinjau/", MONTHLY | {"key": KEY})["Location"] for _ in range(2)}
    [waits] = addresses
    assert "sedang dibuat" in words(client.get(waits))
    clock.work("test", kinds=["report"])
    [report] = Report.objects.all()
    assert client.get(waits)["Location"] == f"/laporan/{report.pk}/"
    assert report.made_by == "registrar"


def test_somebody_elses_area_does_not_see_a_report_being_made(client_as: ClientAs, monkeypatch) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 0)
    waits = client_as(Role.REGISTRAR).post("/laporan/pratinjau/", MONTHLY | {"key": KEY})["Location"]
    assert client_as(Role.KABID, 160501).get(waits).status_code == 404


# --- the list, and areas ---------------------------------------------------------------------------------------------


def test_the_list_names_number_count_maker_and_leaves_as_a_workbook(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    report = made(client)
    shown = words(client.get("/laporan/"))
    for said in (report.number, "hitungan tertutup 28 Maret 2019", "registrar", "belum"):
        assert said in shown
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get("/laporan/?excel=1")))).active
    assert report.number in [cell.value for cell in sheet["A"]]


def test_who_may_not_make_reports_sees_them_and_no_form(client_as: ClientAs) -> None:
    report = made(client_as(Role.REGISTRAR))
    for role in (role for role in Role if not may(role, Right.REPORT)):
        client = client_as(role)
        shown = client.get("/laporan/").content.decode()
        assert "report-preview" not in shown
        assert "/laporan/pratinjau/" not in shown
        assert "multipart" not in shown
        assert client.post(f"/laporan/{report.pk}/", sent(b"%PDF-")).status_code == 403


def test_a_report_of_the_regency_is_not_there_for_somebody_of_a_district(client_as: ClientAs) -> None:
    whole = made(client_as(Role.REGISTRAR))
    client = client_as(Role.REGISTRAR, 160501)
    for address in ("", "unduh/pdf/", "bertanda-tangan/1/"):
        assert client.get(f"/laporan/{whole.pk}/{address}").status_code == 404
    assert whole.number not in words(client.get("/laporan/"))
    own = made(client, key="another-key-of-mine")
    assert own.area == 160501
    assert client.get(f"/laporan/{own.pk}/").status_code == 200
    assert client.get("/laporan/pratinjau/", MONTHLY | {"area": "16.05.02"}).status_code == 404


# --- signed copies ---------------------------------------------------------------------------------------------------


def test_a_signed_file_goes_to_its_report_by_itself_and_comes_out_as_it_came(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    report = made(client)
    ours = body(client.get(f"/laporan/{report.pk}/unduh/pdf/"))
    back = ours + b"\n<< /Type /Sig /ByteRange [0 10 20 99999999] >>\n%%EOF\n"
    answer = client.post("/laporan/", sent(back), follow=True)
    assert "dimulai dengan laporan kita, utuh" in words(answer)
    copy = SignedCopy.objects.get()
    assert body(client.get(f"/laporan/{report.pk}/bertanda-tangan/{copy.pk}/")) == back
    assert AuditLine.objects.filter(verb="report_signed").exists()


@pytest.mark.parametrize(
    ("content", "said"), [(b"PK", "bukan PDF"), (b"%PDF-1.4 lain", "tidak dimulai dengan laporan")]
)
def test_a_file_that_is_not_ours_is_refused_with_what_to_do(client_as: ClientAs, content: bytes, said: str) -> None:
    client = client_as(Role.REGISTRAR)
    made(client)
    answer = client.post("/laporan/", sent(content))
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_form_without_a_file_is_refused(client_as: ClientAs) -> None:
    assert client_as(Role.REGISTRAR).post("/laporan/", {}).status_code == 422


def test_a_scan_is_kept_with_the_report_it_is_given_to_and_says_what_it_is(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    report = made(client)
    shown = words(client.post(f"/laporan/{report.pk}/", sent(b"%PDF-1.4 pindaian", "<b>x</b>.pdf"), follow=True))
    assert "bukan laporan kita" in shown
    assert "Tidak ada tanda tangan elektronik" in shown


def test_a_file_the_disk_lost_is_told_with_what_to_do(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    report = made(client, kind="daily", on="2019-04-02")
    kept = blobs.folder() / report.sha256[:2] / report.sha256
    content = kept.read_bytes()
    kept.write_bytes(b"x")
    answer = client.get(f"/laporan/{report.pk}/unduh/pdf/")
    kept.write_bytes(content)
    assert answer.status_code == 422
    assert "Pulihkan dari cadangan" in words(answer)
