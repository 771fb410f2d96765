from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import ids
from tests.imports.offices import (
    KK,
    MAN,
    OFFICE,
    TODAY,
    WOMAN,
    codes,
    fields,
    office_row,
    read,
    record,
)
from tests.imports.xls import write_csv, write_xls, write_xlsx

SITI = {
    "nik": WOMAN,
    "no_kk": KK,
    "name": "SITI AMINAH",
    "sex": "P",
    "born_on": "1990-01-02",
    "marital": "belum kawin",
    "village": "16.05.01.2003",
    "status": "BELUM REKAM",
}


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_offices_own_csv_is_read(tmp_path, delimiter, encoding):
    path = write_csv(tmp_path / "daftar.csv", [OFFICE, office_row()], delimiter=delimiter, encoding=encoding)
    parsed = read(path)
    assert (parsed.layout, parsed.kind, parsed.person_rows) == ("office-csv", "list", 1)
    assert (parsed.area, parsed.area_name, parsed.as_at, parsed.notes) == (None, "", None, [])
    (row,) = parsed.rows
    assert (row.sheet, row.row, fields(row)) == ("", 2, SITI)


@pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx)])
def test_the_same_headers_in_a_workbook_are_the_same_layout(tmp_path, name, write):
    parsed = read(write(tmp_path / name, {"A": [OFFICE, office_row(desa=1605012003)]}))
    assert [fields(row) for row in parsed.rows] == [SITI]


def test_headers_may_be_english_in_any_capitals_with_blanks_for_underscores(tmp_path):
    header = ["NIK", "No KK", "Name", "Sex", "Born On", "marital", "VILLAGE", "Status"]
    row = [WOMAN, KK, "SITI AMINAH", "female", "1990-01-02", "1", "1605012003", "BELUM REKAM"]
    assert [fields(row) for row in read(write_csv(tmp_path / "a.csv", [header, row])).rows] == [SITI]


def test_a_full_row_fills_every_field(tmp_path):
    row = office_row(
        tempat_lahir="MUARA BELITI",
        shdk="4",
        agama="1",
        pendidikan="5",
        pekerjaan="PETANI",
        gol_darah="O",
        ibu="FATIMAH",
        ayah="HASAN",
        nik_ibu=MAN,
        nik_ayah=MAN,
        kewarganegaraan="WNA ITAP",
        alamat="JL. A, NO 1",
        dusun="II",
        rt="001",
        rw="002",
        akta_lahir="AL.1",
        status_rekam="CARD_SHIPPED",
        tgl_rekam="05/05/2018",
        tempat_rekam="16.73",
    )
    (one,) = read(write_csv(tmp_path / "a.csv", [OFFICE, row])).rows
    assert len(one.fields) == len(OFFICE)
    said = one.fields
    assert (said["role"], said["religion"], said["education"], said["citizenship"]) == ("anak", "Islam", "SLTA", "ITAP")
    assert (said["status_on"], said["recorded_at"], said["father_nik"]) == ("2018-05-05", "16.73", MAN)


def test_a_recording_day_in_the_future_and_a_place_that_is_no_code_are_dropped_with_notes(tmp_path):
    path = write_csv(tmp_path / "a.csv", [OFFICE, office_row(tgl_rekam="2020-01-01", tempat_rekam="Kantor Camat")])
    parsed = read(path)
    assert {"status_on", "recorded_at"}.isdisjoint(parsed.rows[0].fields)
    assert sorted(codes(parsed.notes)) == [(2, "area_code"), (2, "day_later")]


@pytest.mark.parametrize("cell", ["SUKA MAKMUR", "16.05.01", "16050120030"])
def test_a_village_that_is_no_village_code_refuses_the_row(tmp_path, cell):
    parsed = read(write_csv(tmp_path / "a.csv", [OFFICE, office_row(desa=cell)]))
    assert codes(parsed.refused) == [(2, "village_code")]
    assert parsed.refused[0].problem.column == "desa"


def test_a_list_without_a_village_column_is_read_for_the_area_a_person_names(tmp_path):
    parsed = read(write_csv(tmp_path / "a.csv", [["nik", "nama"], [WOMAN, "SITI"]]))
    assert (parsed.layout, parsed.area) == ("office-csv", None)
    assert [fields(row) for row in parsed.rows] == [{"nik": WOMAN, "name": "SITI"}]


def test_an_unquoted_separator_shifts_no_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"nik,nama,alamat,desa\n{WOMAN},SITI,JL. A, RT 1,16.05.01.2003\n{MAN},BUDI,JL. B,16.05.01.2003,,\n")
    parsed = read(path)
    assert codes(parsed.refused) == [(2, "cells_shifted")]
    assert [row.fields["nik"] for row in parsed.rows] == [MAN]


def test_a_short_row_says_nothing_of_the_columns_it_lacks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"nik,nama,alamat,desa\n{WOMAN},SITI\n\n{MAN},BUDI,JL. B,16.05.01.2003\n")
    parsed = read(path)
    assert [(row.row, len(row.fields)) for row in parsed.rows] == [(2, 2), (4, 4)]


def test_columns_nobody_knows_are_named_in_a_note(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        [["nik", "nama", "tgl_lahir", "desa", "Hobi"], [WOMAN, "SITI", "1990-01-02", "1605012003", "-"]],
    )
    parsed = read(path)
    assert codes(parsed.notes) == [(1, "columns_not_read")]
    assert "Hobi" in parsed.notes[0].problem.reason("id")


def test_a_missing_column_of_birth_dates_is_noted_but_not_four_hundred_thousand_times(tmp_path):
    rows = [[f"{WOMAN[:12]}{9000 + at}", "SITI", "1605012003"] for at in range(200)]
    parsed = read(write_csv(tmp_path / "a.csv", [["nik", "nama", "desa"], *rows]))
    assert len(parsed.rows) == 200
    assert len(parsed.notes) <= 51


@given(st.dates(min_value=date(1920, 1, 1), max_value=TODAY), st.booleans(), st.integers(1, 9999))
def test_every_valid_nik_is_taken_and_every_other_is_refused_as_the_rule_says(born, woman, serial):
    nik = f"160501{born.day + 40 * woman:02}{born:%m%y}{serial:04}"
    for cell in (nik, nik[:6] + "99" + nik[8:], nik[:8] + "13" + nik[10:], nik[:12] + "0000", "00" + nik[2:], nik[:-1]):
        taken, refused = _read_one(cell)
        problem = ids.nik_problem(cell)
        assert taken == ([] if problem else [cell])
        assert refused == ([problem.kind.code] if problem else [])


def _read_one(nik):
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "a.csv", [["nik", "nama", "desa"], [nik, "SITI", "1605012003"]])
        parsed = read(path)
    return [row.fields["nik"] for row in parsed.rows], [one.problem.kind.code for one in parsed.refused]


def test_an_empty_cell_says_nothing(tmp_path):
    parsed = read(
        write_csv(
            tmp_path / "a.csv", [OFFICE, record(OFFICE, nik=WOMAN, nama="SITI", desa="1605012003", rt="-", agama=" ")]
        )
    )
    assert fields(parsed.rows[0]) == {"nik": WOMAN, "name": "SITI", "village": "16.05.01.2003"}
