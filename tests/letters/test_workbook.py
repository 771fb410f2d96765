"""A table that leaves as Excel keeps its NIKs, its numbers and its dates, runs nothing, and is ready to print."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from jemput.domain.problems import Text
from jemput.domain.spreadsheets import FORMULA_MARKS
from jemput.letters import workbook
from jemput.letters.workbook import Cells, Column, Sheet, Strong, write_workbook

MADE_AT = datetime(2019, 4, 2, 5, tzinfo=UTC)
NIK = "1605011705809001"
COLUMNS = (
    Column(Text("NIK", "NIK"), "code"),
    Column(Text("Nama", "Name")),
    Column(Text("Belum rekam", "Not recorded"), "number"),
    Column(Text("Persen", "Percent"), "percent"),
    Column(Text("Lahir", "Born"), "day"),
)
ABOUT = ("KAB. MUSI RAWAS (16.05)", "Hitungan tertutup 28 Maret 2019, buku besar tempat 402.610")


def sheet(*rows: Cells | Strong, name: str = "Sisa") -> Sheet:
    return Sheet(Text(name, name), Text("Belum rekam", "Not recorded"), ABOUT, COLUMNS, rows)


def written(*sheets: Sheet, **how) -> openpyxl.Workbook:
    target = io.BytesIO()
    write_workbook(target, sheets, **{"language": "id", "made_at": MADE_AT} | how)
    target.seek(0)
    return openpyxl.load_workbook(target)


def row(name: str = "ADI", left: int | None = 9823) -> Cells:
    return (NIK, name, left, Decimal("96.65"), date(1980, 5, 17))


def test_a_sheet_opens_with_its_title_what_it_shows_and_its_header() -> None:
    page = written(sheet(row()))["Sisa"]
    assert [page.cell(n, 1).value for n in range(1, 4)] == ["Belum rekam", *ABOUT]
    assert [cell.value for cell in page[5]] == ["NIK", "Nama", "Belum rekam", "Persen", "Lahir"]


def test_a_nik_is_text_a_number_a_number_and_a_date_a_date() -> None:
    nik, name, left, share, born = written(sheet(row()))["Sisa"][6]
    assert (nik.value, nik.data_type, nik.number_format) == (NIK, "s", "@")
    assert (name.value, name.data_type) == ("ADI", "s")
    assert (left.value, left.data_type, left.number_format) == (9823, "n", "#,##0")
    assert (share.value, share.number_format) == (96.65, "0.00")
    assert born.is_date
    assert born.value.date() == date(1980, 5, 17)


@pytest.mark.parametrize("mark", FORMULA_MARKS)
def test_nothing_that_was_typed_is_a_formula(mark: str) -> None:
    typed = f"{mark}HYPERLINK(A1)"
    page = written(sheet(row(typed), Strong(row(typed))))["Sisa"]
    for number in (6, 7):
        cell = page.cell(number, 2)
        assert cell.data_type != "f"
        assert cell.value.endswith("HYPERLINK(A1)")
    assert page.cell(6, 2).style_id != page.cell(7, 2).style_id
    assert page.cell(6, 2).quotePrefix


def test_a_cell_that_says_nothing_is_empty_and_one_too_long_is_cut_to_what_a_spreadsheet_holds() -> None:
    page = written(sheet(("", "x" * 40_000, None, None, None)))["Sisa"]
    assert page.cell(6, 1).value is None
    assert page.cell(6, 3).value is None
    assert len(page.cell(6, 2).value) == 32_767


def test_a_sheet_is_ready_to_print() -> None:
    page = written(sheet(row()), paper="F4")["Sisa"]
    assert page.freeze_panes == "A6"
    assert page.print_title_rows == "$5:$5"
    assert page.page_setup.orientation == "landscape"
    assert int(page.page_setup.paperSize) == 14
    assert page.page_setup.fitToHeight == 0
    assert page.auto_filter.ref == "A5:E6"
    assert page.column_dimensions["B"].width > page.column_dimensions["C"].width


def test_sheets_with_one_name_or_a_name_no_workbook_takes_are_told_apart() -> None:
    book = written(sheet(row(), name="Desa [1/2]"), sheet(row(), name="DESA 12"), sheet(row(), name="?"))
    assert book.sheetnames == ["Desa 12", "DESA 12_2", "data"]


def test_a_sheet_goes_on_in_a_second_where_the_first_is_full(monkeypatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 8)
    book = written(sheet(*[row(str(n)) for n in range(7)]))
    assert book.sheetnames == ["Sisa", "Sisa_2", "Sisa_3"]
    names = [page.cell(n, 2).value for page in book for n in range(6, page.max_row + 1)]
    assert names == [str(n) for n in range(7)]


def test_a_full_sheet_is_not_followed_by_an_empty_one(monkeypatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 8)
    assert written(sheet(row(), row(), row())).sheetnames == ["Sisa"]


def test_the_rows_written_are_counted_and_a_sheet_of_none_still_has_its_header() -> None:
    target = io.BytesIO()
    assert write_workbook(target, [sheet(), sheet(row())], language="en", made_at=MADE_AT) == 1
    assert written(sheet(), language="en")["Sisa"].cell(5, 2).value == "Name"


def test_the_same_rows_at_the_same_time_are_the_same_file() -> None:
    one, other = io.BytesIO(), io.BytesIO()
    for target in (one, other):
        write_workbook(target, [sheet(row())], language="id", made_at=MADE_AT)
    assert one.getvalue() == other.getvalue()


def test_many_rows_take_no_more_memory_than_few(tmp_path) -> None:
    def rows(many: int) -> Iterator[Cells]:
        return (row(f"ORANG {n}") for n in range(many))

    def peak(many: int) -> int:
        tracemalloc.start()
        long = Sheet(Text("Sisa", "Left"), Text("Belum", "Left"), ABOUT, COLUMNS, rows(many))
        assert write_workbook(tmp_path / "daftar.xlsx", [long], language="id", made_at=MADE_AT) == many
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(12_000) < 1.5 * peak(3_000)
