from __future__ import annotations

import pytest

from jemput.imports.layouts import LAYOUTS
from tests.imports.offices import (
    CHILD,
    KK,
    MAN,
    OPENSID,
    SIAK,
    WOMAN,
    codes,
    fields,
    opensid_row,
    read,
    siak_row,
)
from tests.imports.xls import write_csv, write_xls, write_xlsx

BOTH = pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx)])


@BOTH
def test_the_siak_list_is_read_with_the_names_of_district_and_village(tmp_path, name, write):
    parsed = read(write(tmp_path / name, {"Sheet1": [SIAK, siak_row()]}))
    assert (parsed.layout, parsed.refused, parsed.notes) == ("siak", [], [])
    assert fields(parsed.rows[0]) == {
        "nik": WOMAN,
        "no_kk": KK,
        "name": "SITI AMINAH",
        "register_status": "Hidup",
        "born_at": "MUARA BELITI",
        "born_on": "1990-01-02",
        "sex": "P",
        "mother": "FATIMAH",
        "marital": "belum kawin",
        "role": "kepala keluarga",
        "religion": "Islam",
        "district_name": "MUARA BELITI",
        "village_name": "SUKA MAKMUR",
        "address": "JL. LINTAS NO. 1",
        "rw": "002",
        "rt": "001",
        "education": "SLTA",
        "occupation": "Petani/Pekebun",
    }


@BOTH
@pytest.mark.parametrize("status", ["Tidak Valid", "Mati", "Pindah", "Status Baru 7"])
def test_the_register_status_of_siak_is_kept_as_written(tmp_path, name, write, status):
    parsed = read(write(tmp_path / name, {"A": [SIAK, siak_row(status=status)]}))
    assert parsed.rows[0].fields["register_status"] == status


@BOTH
def test_a_parents_nik_that_is_wrong_is_dropped_with_a_note_and_a_right_one_is_kept(tmp_path, name, write):
    rows = [
        siak_row(nik_ayah=MAN + "\u00a0", nik_ibu="160501"),
        siak_row(nik=CHILD, nama_penduduk="ANI", nik_ayah=1.605e15),
    ]
    parsed = read(write(tmp_path / name, {"A": [SIAK, *rows]}))
    assert parsed.rows[0].fields["father_nik"] == MAN
    assert "mother_nik" not in parsed.rows[0].fields
    assert "father_nik" not in parsed.rows[1].fields
    assert codes(parsed.notes) == [(2, "number_length"), (3, "number_rounded")]


@BOTH
@pytest.mark.parametrize(
    ("cell", "noted"),
    [
        ("-", []),
        ("", []),
        ("0", []),
        ("0000000000000000", []),
        ("160501", ["number_length"]),
        (1605010102189010, ["number_rounded"]),
    ],
)
def test_a_missing_kk_is_accepted_and_a_wrong_one_only_noted(tmp_path, name, write, cell, noted):
    parsed = read(write(tmp_path / name, {"A": [SIAK, siak_row(nomor_kk=cell)]}))
    assert "no_kk" not in parsed.rows[0].fields
    assert [code for _, code in codes(parsed.notes)] == noted


@BOTH
def test_every_column_of_siak_and_opensid_is_known(tmp_path, name, write):
    for header, row in ((SIAK, siak_row()), (OPENSID, opensid_row())):
        parsed = read(write(tmp_path / name, {"A": [header, row]}))
        assert parsed.notes == []
    assert (len(SIAK), len(OPENSID)) == (37, 43)


@BOTH
def test_the_opensid_workbook_is_read_with_its_codes_as_words(tmp_path, name, write):
    parsed = read(write(tmp_path / name, {"Data Penduduk": [OPENSID, opensid_row()]}))
    assert (parsed.layout, parsed.refused, parsed.notes) == ("opensid", [], [])
    assert fields(parsed.rows[0]) == {
        "nik": WOMAN,
        "no_kk": KK,
        "name": "SITI AMINAH",
        "address": "JL. LINTAS",
        "dusun": "II",
        "rt": "1",
        "sex": "P",
        "born_at": "MUARA BELITI",
        "born_on": "1990-01-02",
        "religion": "Islam",
        "education": "SLTA",
        "occupation": "PETANI/PEKEBUN",
        "marital": "belum kawin",
        "role": "kepala keluarga",
        "citizenship": "WNI",
        "card_said": "1",
        "status": "BELUM REKAM",
        "register_status": "hidup",
    }


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("1", "BELUM WAJIB"),
        ("2", "BELUM REKAM"),
        ("3", "SUDAH REKAM"),
        ("4", "CARD PRINTED"),
        ("5", "PRINT READY RECORD"),
        ("6", "CARD SHIPPED"),
        ("7", "SENT FOR CARD PRINTING"),
        ("8", "CARD ISSUED"),
        ("9", "9"),
        ("card issued", "CARD ISSUED"),
    ],
)
def test_recording_codes_of_opensid_become_the_words_of_the_pipeline(tmp_path, code, status):
    parsed = read(write_csv(tmp_path / "a.csv", [OPENSID, opensid_row(status_rekam=code)], delimiter=";"))
    assert parsed.rows[0].fields["status"] == status


@pytest.mark.parametrize(
    ("code", "status"),
    [("1", "hidup"), ("2", "mati"), ("3", "pindah"), ("4", "hilang"), ("6", "pergi"), ("9", "tidak valid"), ("5", "5")],
)
def test_the_basic_status_of_opensid_is_a_word(tmp_path, code, status):
    parsed = read(write_csv(tmp_path / "a.csv", [OPENSID, opensid_row(status_dasar=code)]))
    assert parsed.rows[0].fields["register_status"] == status


def test_an_unknown_code_is_kept_as_text_and_reported(tmp_path):
    parsed = read(write_csv(tmp_path / "a.csv", [OPENSID, opensid_row(agama_id="8", pekerjaan_id="9", kk_level="12")]))
    one = parsed.rows[0].fields
    assert (one["religion"], one["occupation"], one["role"]) == ("8", "9", "12")
    assert sorted(note.problem.column for note in parsed.notes) == ["agama_id", "kk_level", "pekerjaan_id"]
    assert {code for _, code in codes(parsed.notes)} == {"code_unknown"}


CODE_SHEETS = {
    "stacked": [
        ["agama_id"],
        ["kode", "arti"],
        [1, "Kristen"],
        [2, "Islam"],
        [],
        ["pekerjaan_id"],
        [9, "PETANI/PEKEBUN"],
    ],
    "side by side": [
        ["agama_id", "", "", "pekerjaan_id", ""],
        [1, "KRISTEN", "", 9, "PETANI/PEKEBUN"],
        [2, "ISLAM", "", 10, "GURU"],
    ],
    "three columns": [
        ["kolom", "kode", "arti"],
        ["agama_id", 1, "Kristen"],
        ["agama_id", 2, "Islam"],
        ["pekerjaan_id", 9, "PETANI/PEKEBUN"],
    ],
}


@BOTH
@pytest.mark.parametrize("hidden", [[], ["Kode Data"]])
@pytest.mark.parametrize("rows", CODE_SHEETS.values(), ids=CODE_SHEETS.keys())
def test_a_sheet_of_codes_in_the_workbook_rules_over_the_usual_codes(tmp_path, name, write, rows, hidden):
    people = [
        OPENSID,
        opensid_row(agama_id=2, pekerjaan_id=9),
        opensid_row(nik=MAN, nama="BUDI", agama_id=3, pekerjaan_id=""),
    ]
    parsed = read(write(tmp_path / name, {"Kode Data": rows, "Data": people}, hidden=hidden))
    first, second = (row.fields for row in parsed.rows)
    assert (first["religion"], first["occupation"]) == ("Islam", "PETANI/PEKEBUN")
    assert second["religion"] == "3"
    assert [note.problem.kind.code for note in parsed.notes] == ["codes_read", "code_unknown"]


@BOTH
def test_a_sheet_named_like_a_coded_column_explains_it(tmp_path, name, write):
    people = [OPENSID, opensid_row(sex=1)]
    parsed = read(
        write(tmp_path / name, {"Data": people, "sex": [["kode", "label"], ["1", "Perempuan"], ["2", "Laki-laki"]]})
    )
    assert parsed.rows[0].fields["sex"] == "P"


def test_the_codes_stated_for_siak_are_all_in_the_tables():
    by_field = {column.field: column.table or {} for column in LAYOUTS["opensid"].columns if column.table}
    expected = {
        "sex": 2,
        "marital": 4,
        "role": 11,
        "religion": 7,
        "education": 10,
        "citizenship": 3,
        "status": 8,
    }
    for field, count in expected.items():
        assert all(str(code) in by_field[field] for code in range(1, count + 1)), field
