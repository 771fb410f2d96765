from __future__ import annotations

import csv

import openpyxl
import pytest

from jemput.domain.problems import ProblemKind, Text
from jemput.domain.rows import RowProblem
from jemput.imports.refusals import write_refusals
from tests.imports.offices import (
    BIP_2016,
    CHILD,
    KK,
    KTPEL,
    KTPEL_HEADING,
    MAN,
    OFFICE,
    OTHER_KK,
    WOMAN,
    bip_2012_family,
    bip_2012_row,
    bip_2016_row,
    codes,
    ktpel_row,
    office_row,
    read,
)
from tests.imports.xls import write_csv, write_xls, write_xlsx

CLASH = ProblemKind("held", Text("NIK milik orang lain.", "The NIK is someone else's."), Text("Periksa.", "Check."))


def sheet_rows(path, name):
    book = openpyxl.load_workbook(path)
    return [["" if cell is None else cell for cell in row] for row in book[name].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("language", "title", "what"), [("id", "Alasan", "Nama kosong."), ("en", "Reason", "The name is empty.")]
)
def test_refused_rows_come_back_with_where_why_and_what_to_do(tmp_path, language, title, what):
    source = write_xls(
        tmp_path / "a.xls", {"RT 01": [*KTPEL_HEADING, KTPEL, ktpel_row(), ktpel_row(2, nik=MAN, nama_lengkap="-")]}
    )
    parsed = read(source)
    target = tmp_path / "ditolak.xlsx"
    assert write_refusals(target, source, parsed.refused, language=language, layout=parsed.layout) == 1
    rows = sheet_rows(target, "RT 01")
    header = rows[len(KTPEL_HEADING)]
    assert header[3] == title
    assert header[5:] == KTPEL
    (row,) = rows[len(KTPEL_HEADING) + 1 :]
    assert row[:4] == ["RT 01", "9", "Nama Lengkap", what]
    assert row[4]
    assert row[7] == MAN


def test_a_refused_file_once_mended_can_be_imported_as_it_is(tmp_path):
    rows = [ktpel_row(), ktpel_row(2, nik=MAN, nama_lengkap="-"), ktpel_row(3, nik="16050117", nama_lengkap="ANI")]
    source = write_xlsx(tmp_path / "a.xlsx", {"RT 01": [*KTPEL_HEADING, KTPEL, *rows]})
    target = tmp_path / "ditolak.xlsx"
    write_refusals(target, source, read(source).refused, language="id")
    again = read(target)
    assert (again.layout, again.area_name, again.person_rows) == ("bip-ktpel", "SUKA MAKMUR/MUARA BELITI/MUSI RAWAS", 2)
    assert [code for _, code in codes(again.refused)] == ["name_missing", "number_length"]
    book = openpyxl.load_workbook(target)
    sheet = book["RT 01"]
    at = {cell.value: cell.column for cell in sheet[len(KTPEL_HEADING) + 1]}
    sheet.cell(len(KTPEL_HEADING) + 2, at["Nama Lengkap"]).value = "BUDI"
    sheet.cell(len(KTPEL_HEADING) + 3, at["NIK"]).value = CHILD
    book.save(target)
    assert [(row.fields["nik"], row.fields["name"]) for row in read(target).rows] == [(MAN, "BUDI"), (CHILD, "ANI")]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_mended_csv_comes_back_too(tmp_path, suffix):
    source = write_csv(tmp_path / "a.csv", [OFFICE, office_row(nama=""), office_row(nik=MAN, nama="BUDI")])
    target = tmp_path / f"ditolak{suffix}"
    assert write_refusals(target, source, read(source).refused, language="en") == 1
    again = read(target)
    assert (again.layout, [code for _, code in codes(again.refused)]) == ("office-csv", ["name_missing"])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_nothing_that_looks_like_a_formula_is_one_and_a_nik_stays_text(tmp_path, suffix):
    evil = ['=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(A1)", "\tx", "https://x.example"]
    rows = [office_row(nik=WOMAN, nama="", alamat=one, rt="-") for one in evil]
    source = write_csv(tmp_path / "a.csv", [OFFICE, *rows])
    target = tmp_path / f"ditolak{suffix}"
    assert write_refusals(target, source, read(source).refused, language="id") == len(evil)
    if suffix == ".xlsx":
        book = openpyxl.load_workbook(target)
        cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert WOMAN in {cell.value for cell in cells}
        assert not any(cell.hyperlink for cell in cells)
    else:
        with target.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert f"'{WOMAN}" in cells
        assert "-" in cells
        assert not [
            cell for cell in cells if cell.startswith(("=", "+", "@", "\t")) or (cell.startswith("-") and cell != "-")
        ]


def test_a_rounded_number_stays_refused_until_it_is_mended(tmp_path):
    source = write_xlsx(tmp_path / "a.xlsx", {"A": [OFFICE, office_row(nik=1605014201909010)]})
    target = tmp_path / "ditolak.xlsx"
    write_refusals(target, source, read(source).refused, language="id")
    assert [code for _, code in codes(read(target).refused)] == ["number_rounded"]


def test_problems_an_action_found_are_written_beside_the_readers(tmp_path):
    source = write_csv(tmp_path / "a.csv", [OFFICE, office_row(), office_row(nik="1", nama="BUDI")])
    parsed = read(source)
    refused = [*parsed.refused, RowProblem("", 2, CLASH.at("nik")), RowProblem("", 2, CLASH.at("nama"))]
    target = tmp_path / "ditolak.xlsx"
    assert write_refusals(target, source, refused, language="en") == 2
    rows = sheet_rows(target, "a")
    assert [row[1:4] for row in rows[1:]] == [
        ["2", "nik, nama", "The NIK is someone else's."],
        ["3", "nik", "NIK must have 16 digits; this has 1."],
    ]


def test_only_sheets_with_refused_rows_come_back_each_as_its_own(tmp_path):
    sheets = {
        "RT 01": [KTPEL, ktpel_row(nama_lengkap="")],
        "RT 02": [KTPEL, ktpel_row(nik=MAN, nama_lengkap="BUDI")],
        "RT 03": [["", *KTPEL], ["", *ktpel_row(nik=CHILD, nama_lengkap="")]],
    }
    source = write_xlsx(tmp_path / "a.xlsx", sheets)
    target = tmp_path / "ditolak.xlsx"
    assert write_refusals(target, source, read(source).refused, language="id") == 2
    assert openpyxl.load_workbook(target).sheetnames == ["RT 01", "RT 03"]


def test_refused_members_keep_their_familys_rows_above_them(tmp_path):
    rows = [
        BIP_2016,
        [-at for at in range(1, 13)],
        [f"No. KK : {KK}", "", "Alamat : JL. A, Nama Dusun : II, RT/RW : 001/002"],
        bip_2016_row(1, MAN, "BUDI"),
        [f"No. KK : {OTHER_KK}", "", "Alamat : JL. B, Nama Dusun : III, RT/RW : 003/004"],
        bip_2016_row(1, WOMAN, "-"),
        bip_2016_row(2, "123", "ANI"),
    ]
    source = write_xlsx(tmp_path / "a.xlsx", {"A": rows})
    target = tmp_path / "ditolak.xlsx"
    assert write_refusals(target, source, read(source).refused, language="id") == 2
    book = openpyxl.load_workbook(target)
    sheet = book["A"]
    assert [sheet.cell(row, 6).value for row in range(1, sheet.max_row + 1)] == ["No", f"No. KK : {OTHER_KK}", "1", "2"]
    sheet.cell(3, 7).value, sheet.cell(4, 8).value = "SITI", CHILD
    book.save(target)
    mended = read(target)
    assert [(row.fields["name"], row.fields["no_kk"], row.fields["dusun"]) for row in mended.rows] == [
        ("SITI", OTHER_KK, "III"),
        ("ANI", OTHER_KK, "III"),
    ]


def test_refused_members_of_bip_2012_keep_their_family_too(tmp_path):
    rows = [
        *bip_2012_family(KK, "BUDI", "DUSUN II", [bip_2012_row(1, MAN, "-")]),
        *bip_2012_family(OTHER_KK, "SITI", "DUSUN III", [bip_2012_row(1, WOMAN, "-")]),
    ]
    source = write_xls(tmp_path / "a.xls", {"A": rows})
    target = tmp_path / "ditolak.xlsx"
    assert write_refusals(target, source, read(source).refused, language="id") == 2
    book = openpyxl.load_workbook(target)
    for row in book["A"].iter_rows():
        for cell in row:
            if cell.value == "-":
                cell.value = "NAMA"
    book.save(target)
    assert [(row.fields["nik"], row.fields["no_kk"], row.fields["dusun"]) for row in read(target).rows] == [
        (MAN, KK, "II"),
        (WOMAN, OTHER_KK, "III"),
    ]
