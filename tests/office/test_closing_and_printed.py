"""Closing a 28th from the browser, and what was printed entered as it was printed."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl

from jemput.actions.settings import set_setting
from jemput.domain.roles import Role
from jemput.office import reports
from jemput.queries import coverage, printed
from jemput.queries.office import office
from jemput.store.models import AuditLine, Job
from tests.office.conftest import ClientAs

APRIL = date(2019, 4, 28)
PRINTED = "Per 28 Maret 2019 dari 293.578 wajib KTP, 283.755 sudah rekam atau 96,65 persen, tinggal 9.822."


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# --- closing ---------------------------------------------------------------------------------------------------------


def test_where_every_28th_is_closed_there_is_nothing_to_close(client_as: ClientAs) -> None:
    assert "sudah ditutup" in words(client_as(Role.KABID).get("/laporan/tutup/"))


def test_a_28th_is_closed_with_its_figures_in_front_of_whoever_closes(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    set_setting("today", "2019-05-02")
    shown = client.get("/laporan/tutup/")
    assert "Angka 28 April 2019 seperti diketahui sekarang" in words(shown)
    answer = client.post("/laporan/tutup/", {"on": "2019-04-28"}, follow=True)
    assert "Hitungan 28 April 2019 ditutup" in words(answer)
    closing = coverage.closing_on(APRIL)
    assert closing
    figures = coverage.total(
        coverage.villages(coverage.view(APRIL, as_known=None, rule=office().rule), 1605, rule_in_force=office().rule)
    )
    assert f"{figures.id_obligated:,}".replace(",", ".") in words(shown)
    assert AuditLine.objects.get(verb="count_closed").subject == "2019-04-28"


def test_the_month_just_closed_is_made_ready_where_that_takes_long(client_as: ClientAs, monkeypatch) -> None:
    monkeypatch.setattr(reports, "AT_ONCE", 0)
    client = client_as(Role.KABID)
    set_setting("today", "2019-05-02")
    client.post("/laporan/tutup/", {"on": "2019-04-28"})
    assert Job.objects.get(kind="month").args["on"] == "2019-04-28"


def test_what_cannot_be_closed_is_refused_in_words(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    for on in ("2019-03-28", "2019-04-01", "2019-04-28", "kemarin", ""):
        assert client.post("/laporan/tutup/", {"on": on}).status_code == 422
    assert client.get("/laporan/tutup/?on=kemarin").status_code == 422
    assert coverage.closing_on(APRIL) is None


def test_only_somebody_of_the_whole_office_closes_a_count(client_as: ClientAs) -> None:
    client = client_as(Role.KABID, 160501)
    set_setting("today", "2019-05-02")
    assert client.post("/laporan/tutup/", {"on": "2019-04-28"}).status_code == 422
    assert coverage.closing_on(APRIL) is None
    assert "/laporan/tutup/" not in client.get("/laporan/").content.decode()


# --- what was printed ------------------------------------------------------------------------------------------------


def test_a_sentence_is_read_back_and_judged_before_it_is_kept(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    read = words(client.post("/laporan/angka-terbit/", {"text": PRINTED, "source": "Sripoku, 24 April 2019"}))
    for said in ("Terbaca begini", "293.578", "9.822", "tidak cocok", "Simpan seperti tercetak"):
        assert said in read
    assert printed.printed(office()) == []


def test_a_sentence_is_kept_as_printed_and_stands_beside_the_closed_count(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    said = {"text": PRINTED, "source": "Sripoku, 24 April 2019", "keep": "1"}
    assert "Disimpan seperti tercetak" in words(client.post("/laporan/angka-terbit/", said, follow=True))
    assert "Sudah pernah disimpan" in words(client.post("/laporan/angka-terbit/", said, follow=True))
    [kept] = printed.printed(office())
    assert (kept.claim.remaining, kept.claim.source, kept.on) == (9822, "Sripoku, 24 April 2019", date(2019, 3, 28))
    shown = words(client.get("/laporan/angka-terbit/"))
    assert "menurut hitungan kita" in shown
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/laporan/angka-terbit/?excel=1").streaming_content))
    ).active
    assert 9822 in [cell.value for row in sheet.iter_rows() for cell in row]
    assert AuditLine.objects.filter(verb="figure_claimed").count() == 2


def test_a_text_without_figures_or_a_source_is_refused_and_stays_in_the_form(client_as: ClientAs) -> None:
    client = client_as(Role.REGISTRAR)
    for said in (
        {"text": "Pelayanan dibuka.", "source": "x"},
        {"text": PRINTED, "source": ""},
        {"text": "x" * 4001, "source": "x"},
        {},
    ):
        answer = client.post("/laporan/angka-terbit/", said | {"keep": "1"})
        assert answer.status_code == 422
        assert said.get("text", "") in answer.content.decode()
    assert printed.printed(office()) == []


def test_the_inspectorate_reads_what_was_printed_and_enters_nothing(client_as: ClientAs) -> None:
    client = client_as(Role.INSPECTORATE)
    assert "<textarea" not in client.get("/laporan/angka-terbit/").content.decode()
    assert client.post("/laporan/angka-terbit/", {"text": PRINTED, "source": "x"}).status_code == 403
