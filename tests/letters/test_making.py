"""From a day to a numbered report: every balance on paper adds up, Excel holds the same, and what is filled in stands there."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pypdf
import pytest

from jemput.domain import facts
from jemput.domain.problems import Refused
from jemput.letters import making
from jemput.letters.sections import Section
from jemput.letters.workbook import Strong
from jemput.queries import reports
from jemput.queries.reports import Made
from jemput.store.models import Report
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    LAKITAN,
    NEXT_DOOR,
    RINA,
    SITI,
    TODAY,
    close,
    event,
    happen,
    newcomer,
    nik,
    office_on,
    person,
    take,
)

FEBRUARY = date(2019, 2, 28)
BABY = nik("2019-02-05", 9011, woman=True)
HERE = office_on(TODAY)


@pytest.fixture
def month(office) -> None:
    """A month of everything between two closed counts, and a day after it."""
    take(
        person(ADI, sex="L", no_kk="1605010101019001", status="PRR"),
        person(SITI, row=3, sex="P", village=NEXT_DOOR),
        person(BUDI, row=4, sex="L", village=LAKITAN),
        person(ANI, row=5, sex="P"),
    )
    close(FEBRUARY)
    happen(
        newcomer(facts.LAHIR, BABY, "2019-02-05", row=3, born_on="2019-02-05", name="BAYI", sex="P"),
        newcomer(facts.DATANG, RINA, "2019-03-10", row=4, village=LAKITAN, sex="P"),
        event(facts.MATI, BUDI, "2019-03-01", row=5),
        event(facts.REKAM, SITI, "2019-03-20", row=6, status="BIO_CAPTURED"),
        event(facts.KONSOLIDASI_REMOVED, ANI, "2019-03-21", row=7),
        today=CUT_OFF,
    )
    close(CUT_OFF)
    happen(event(facts.REKAM, RINA, "2019-04-02", status="BIO_CAPTURED"), today=TODAY)


def made(kind: str, on: date = CUT_OFF, area: int | None = 1605, **how) -> Made:
    row = making.make(kind, on, area, here=HERE, said_by="Siti", **how)
    found = reports.one(row.pk)
    assert found
    return found


def text_of(report: Made) -> str:
    reader = pypdf.PdfReader(io.BytesIO(reports.content(report.files["pdf"])))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def numbers(row) -> list[int]:
    cells = row.cells if isinstance(row, Strong) else row
    return [cell for cell in cells if isinstance(cell, int)]


def parts(**how) -> dict[str, Section]:
    return {one.name.en: one for one in making.prepare("monthly", CUT_OFF, 1605, here=HERE, **how).parts}


@pytest.mark.parametrize("name", ["Population", "Family cards", "Bridge"])
def test_every_column_from_opening_to_closing_adds_up(month, name: str) -> None:
    first, *lines, last = map(numbers, parts()[name].rows)
    assert [sum(column) for column in zip(first, *lines, strict=True)] == last


@pytest.mark.parametrize("name", ["Population by kecamatan", "Population by desa"])
def test_every_row_of_the_places_adds_up_and_so_does_their_sum(month, name: str) -> None:
    rows = [numbers(row) for row in parts()[name].rows]
    for row in rows:
        assert sum(row[:-1]) == row[-1]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]


def test_konsolidasi_and_what_was_reported_late_are_lines_of_their_own(month) -> None:
    titles = [
        cells[0].id for cells in (row.cells if isinstance(row, Strong) else row for row in parts()["Population"].rows)
    ]
    assert titles == [
        "awal, 28 Februari 2019",
        "lahir, baru dilaporkan",
        "datang",
        "mati",
        "dihapus konsolidasi",
        "akhir, 28 Maret 2019",
    ]


def test_the_places_left_sum_to_the_whole(month) -> None:
    for name in ("Not recorded by kecamatan", "Not recorded by desa"):
        rows = [numbers(row) for row in parts()[name].rows]
        assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]


def test_a_monthly_report_is_numbered_tied_and_kept_with_its_workbook(month) -> None:
    report = made("monthly")
    text = text_of(report)
    assert report.number == "470/1/DUKCAPIL/IV/2019"
    assert (report.closed_on, report.made_by) == (CUT_OFF, "Siti")
    for said in ("MARET 2019", report.number, f"buku besar tempat {report.place}", report.head[:16], "2 April 2019"):
        assert said in text
    book = openpyxl.load_workbook(io.BytesIO(reports.content(report.files["xlsx"])))
    assert book.sheetnames[0] == "Penduduk"
    assert {"Belum rekam desa", "Diisi kantor", "Keliling"} <= set(book.sheetnames)
    assert "Hitungan tertutup 28 Maret 2019" in book["Penduduk"]["A3"].value


def test_what_the_ledger_does_not_hold_is_a_line_to_write_on_until_somebody_fills_it_in(month) -> None:
    assert "………" in text_of(made("monthly"))
    form = {
        "blanks_used": 477,
        "notes": "Server gangguan dua hari.",
        "trips": [["Sri Pengantin", "12 Maret 2019", "tim 2", "60", "41"]],
    }
    report = made("monthly", form=form)
    text = text_of(report)
    assert report.form == form
    for said in ("477", "Server gangguan dua hari.", "Sri Pengantin", "12 Maret 2019", "60", "41"):
        assert said in text


def test_the_same_closed_month_is_the_same_report_whatever_was_learnt_since(month) -> None:
    before = text_of(made("monthly"))
    happen(event(facts.MATI, ADI, "2019-03-02"), today=TODAY)
    after = text_of(made("monthly"))
    assert re.sub(r"470/\d+", "", after) == re.sub(r"470/\d+", "", before)


def test_a_daily_report_tells_the_day_live_and_official(month) -> None:
    report = made("daily", TODAY)
    text = text_of(report)
    assert report.closed_on is None
    for said in ("2 April 2019", "direkam 1 orang", "Angka berjalan 2 April 2019", "hitungan tertutup 28 Maret 2019"):
        assert said in text
    assert {"pdf", "xlsx"} == report.files.keys()


def test_a_press_card_is_kept_as_sentence_and_pictures_and_takes_no_number(month) -> None:
    report = made("press")
    assert (report.number, report.closed_on) == ("", CUT_OFF)
    assert report.files.keys() == {"pdf", "png", "svg", "txt", "thumb.png"}
    assert len(reports.content(report.files["thumb.png"])) < 25_000
    sentence = reports.content(report.files["txt"]).decode()
    assert sentence.startswith("Per 28 Maret 2019, dari 3 penduduk wajib KTP di ")
    assert "Hitungan tertutup 28 Maret 2019" in sentence


def test_a_page_shows_the_same_parts_in_the_readers_language(month) -> None:
    ready = making.prepare("monthly", CUT_OFF, 1605, here=HERE).shown("en")
    assert ready["title"].startswith("March 2019")
    shown = ready["parts"][0]
    assert [column["title"] for column in shown["columns"]][:2] == ["Line", "M"]
    assert shown["rows"][0]["cells"][0] == "Opening, 28 February 2019"


@pytest.mark.parametrize(
    ("kind", "on", "code"),
    [("monthly", date(2019, 4, 28), "month_not_closed"), ("daily", date(2019, 4, 3), "report_day_to_come")],
)
def test_what_is_not_closed_or_not_come_is_refused_and_uses_no_number(month, kind, on, code) -> None:
    with pytest.raises(Refused) as refused:
        making.make(kind, on, 1605, here=HERE)
    assert refused.value.problems[0].kind.code == code
    assert not Report.objects.exists()
