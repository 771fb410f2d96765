from __future__ import annotations

from datetime import date

import pytest

from jemput.domain.problems import Refused
from jemput.imports import sheets
from jemput.imports.recognise import KNOWN_KEYS
from jemput.imports.sheets import open_book
from tests.imports.xls import locked_xls, locked_xlsx, write_csv, write_ods, write_xls, write_xlsx

ROWS = [["judul"], [], ["NIK", "Nama"], ["1605014101909001", "SITI"]]


def rows_of(path):
    return [list(sheet.rows()) for sheet in open_book(path, known=KNOWN_KEYS).sheets]


def refusal_of(path):
    with pytest.raises(Refused) as refused:
        rows_of(path)
    (problem,) = refused.value.problems
    assert problem.reason("id") != problem.reason("en")
    assert problem.todo("id") != problem.todo("en")
    return problem.kind.code


@pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx), ("a.ods", write_ods)])
def test_row_numbers_are_the_spreadsheets_own_also_after_empty_rows(tmp_path, name, write):
    path = write(tmp_path / name, {"RT 01": [[], *ROWS]})
    (rows,) = rows_of(path)
    assert rows[3][:2] == ["NIK", "Nama"]
    assert rows[4][:2] == ["1605014101909001", "SITI"]


@pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx), ("a.ods", write_ods)])
def test_days_and_numbers_of_a_workbook_become_text(tmp_path, name, write):
    path = write(tmp_path / name, {"A": [[date(1990, 1, 2), 36000, 1605014101909001, 1.5, "x"]]})
    assert rows_of(path) == [[["1990-01-02", "36000", "1605014101909001.0", "1.5", "x"]]]


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path):
    path = write_xlsx(tmp_path / "daftar.xls", {"A": ROWS})
    assert rows_of(path)[0][2][:2] == ["NIK", "Nama"]
    path = write_csv(tmp_path / "daftar.xlsx", ROWS)
    assert rows_of(path)[0][2] == ["NIK", "Nama"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_with_any_separator_and_encoding(tmp_path, delimiter, encoding):
    rows = [["nik", "nama", "alamat"], ["1605014101909001", "SITI NURBAYÁ", "JL. A, RT 1; BLOK B, C, D"]]
    path = write_csv(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding)
    book = open_book(path, known=KNOWN_KEYS)
    assert list(book.sheets[0].rows()) == rows
    assert not book.notes


def test_a_csv_that_is_not_utf8_is_read_as_windows_1252_with_a_note(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["nik", "nama"], ["1", "JOSÉ"]], encoding="cp1252")
    book = open_book(path, known=KNOWN_KEYS)
    assert list(book.sheets[0].rows())[1] == ["1", "JOSÉ"]
    assert [note.kind.code for note in book.notes] == ["read_as_cp1252"]


def test_a_line_break_inside_a_quoted_cell_is_one_row(tmp_path):
    rows = [["nik", "nama"], ["1", "SITI\nAMINAH"], ["2", "BUDI"]]
    assert rows_of(write_csv(tmp_path / "a.csv", rows))[0] == rows


def test_a_quote_left_open_is_refused_and_swallows_nobody(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('nik,nama\n1,"SITI\n2,BUDI\n3,TONO\n')
    assert refusal_of(path) == "quote_open"


@pytest.mark.parametrize("content", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal_of(path) == "file_empty"


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refusal_of(tmp_path / "tidak-ada.xlsx") == "file_missing"
    assert refusal_of(tmp_path) == "file_missing"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 400, "not_a_table"),
        (b"\xff\xd8\xff\xe0" + b"JFIF" * 50, "not_a_table"),
        (b"%PDF-1.4\n%", "not_a_table"),
        (b"\x01\x02\x00\x03" * 100, "not_a_table"),
        (b"<html><body><table><tr><td>NIK</td></tr></table></body></html>", "web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web_page"),
        (b"PK\x03\x04" + b"x" * 400, "workbook_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "workbook_broken"),
    ],
)
def test_what_is_no_table_is_refused_whatever_its_name_says(tmp_path, content, code):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    assert refusal_of(path) == code


@pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx), ("a.ods", write_ods)])
def test_a_workbook_cut_off_anywhere_is_refused_in_words(tmp_path, name, write):
    whole = write(tmp_path / name, {"A": ROWS * 50}).read_bytes()
    for tenth in range(1, 10):
        path = tmp_path / f"{tenth}-{name}"
        path.write_bytes(whole[: len(whole) * tenth // 10])
        assert refusal_of(path) == "workbook_broken"


def test_a_workbook_with_a_password_is_refused_as_such(tmp_path):
    assert refusal_of(locked_xls(tmp_path / "a.xls")) == "workbook_locked"
    assert refusal_of(locked_xlsx(tmp_path / "a.xlsx")) == "workbook_locked"
    assert refusal_of(locked_xlsx(tmp_path / "b.xls")) == "workbook_locked"


def test_a_stray_cell_at_the_end_of_the_sheet_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"A": [["NIK", "Nama"], *[[]] * 400, [*[""] * 40, "x"]]})
    assert len(rows_of(path)[0]) == 402
    monkeypatch.setattr(sheets, "MAX_CELLS", 10_000)
    assert refusal_of(path) == "workbook_too_large"


def test_a_hidden_sheet_is_known_as_hidden(tmp_path):
    for name, write in (("a.xls", write_xls), ("a.xlsx", write_xlsx)):
        book = open_book(write(tmp_path / name, {"A": ROWS, "kode": ROWS}, hidden=["kode"]), known=KNOWN_KEYS)
        assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("A", False), ("kode", True)]
