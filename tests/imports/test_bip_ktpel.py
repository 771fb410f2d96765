"""The sweep list of 19 columns, as .xls and .xlsx, with every trap it is known for."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.domain.ids import mask
from tests.imports.offices import (
    CHILD,
    KTPEL,
    KTPEL_HEADING,
    MAN,
    WOMAN,
    codes,
    fields,
    ktpel_row,
    read,
)
from tests.imports.xls import write_xls, write_xlsx

BOTH = pytest.mark.parametrize(("name", "write"), [("bip.xls", write_xls), ("bip.xlsx", write_xlsx)])


def ktpel(tmp_path, name, write, rows, **options):
    return read(write(tmp_path / name, {"RT 01": [*KTPEL_HEADING, KTPEL, *rows]}, **options))


@BOTH
def test_the_sweep_list_is_read_with_place_and_words(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(tglblnth=date(1990, 1, 2))])
    assert (parsed.layout, parsed.kind, parsed.person_rows) == ("bip-ktpel", "list", 1)
    assert (parsed.area, parsed.area_name) == (None, "SUKA MAKMUR/MUARA BELITI/MUSI RAWAS")
    assert (parsed.refused, parsed.notes) == ([], [])
    (row,) = parsed.rows
    assert (row.sheet, row.row) == ("RT 01", 8)
    assert fields(row) == {
        "nik": WOMAN,
        "name": "SITI AMINAH",
        "born_at": "MUARA BELITI",
        "born_on": "1990-01-02",
        "sex": "P",
        "marital": "belum kawin",
        "role": "anak",
        "religion": "Islam",
        "education": "SLTA",
        "occupation": "PETANI/PEKEBUN",
        "mother": "FATIMAH",
        "wajib_said": "WAJIB",
        "card_said": "BELUM",
        "voter_said": "SDH DPT",
        "status": "BELUM REKAM",
    }


@BOTH
@pytest.mark.parametrize(
    "cell",
    [
        WOMAN + "\u00a0",
        "\u200b" + WOMAN,
        f"'{WOMAN}",
        f" {WOMAN[:6]} {WOMAN[6:12]} {WOMAN[12:]}",
        float(WOMAN),
        WOMAN + "\n",
    ],
    ids=["non-breaking space", "zero width", "apostrophe", "blanks", "number", "line break"],
)
def test_a_nik_survives_invisible_characters_and_being_a_number(tmp_path, name, write, cell):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(nik=cell)])
    assert parsed.rows[0].fields["nik"] == WOMAN
    assert not parsed.refused


@BOTH
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,605E+15", "number_rounded"),
        ("1.60501E+15", "number_rounded"),
        (1605014201909010, "number_rounded"),
        (1.605e15, "number_rounded"),
        ("160501420190900", "number_length"),
        ("16050142019090011", "number_length"),
        ("1605O14201909001", "number_letters"),
        ("1605019901909001", "nik_day"),
        ("1605013002909001", "nik_day"),
        ("1605014213909001", "nik_month"),
        ("1605014201900000", "nik_serial"),
        ("0005014201909001", "nik_area"),
        ("-", "number_missing"),
        ("", "number_missing"),
        (0, "number_length"),
    ],
)
def test_a_nik_that_cannot_be_one_is_refused_and_the_rest_goes_in(tmp_path, name, write, cell, code):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(nik=cell), ktpel_row(2, nik=MAN, nama_lengkap="BUDI")])
    assert codes(parsed.refused) == [(8, code)]
    assert parsed.refused[0].problem.column == "NIK"
    assert [row.fields["nik"] for row in parsed.rows] == [MAN]
    assert parsed.person_rows == 2


@BOTH
def test_a_line_break_in_a_status_is_a_blank(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(stat_rkm="SENT FOR\nCARD PRINTING")])
    assert parsed.rows[0].fields["status"] == "SENT FOR CARD PRINTING"


@BOTH
def test_an_unknown_status_is_kept_as_it_is(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(stat_rkm="Biometric_Exception?")])
    assert parsed.rows[0].fields["status"] == "Biometric_Exception?"
    assert not parsed.refused


@BOTH
@pytest.mark.parametrize("cell", [32875, 32875.0, "32875", date(1990, 1, 2), "02-01-1990", "2 Januari 1990"])
def test_a_birth_date_is_read_as_serial_number_day_or_text(tmp_path, name, write, cell):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(tglblnth=cell)])
    assert parsed.rows[0].fields["born_on"] == "1990-01-02"


@BOTH
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/1990", "date_unreadable"),
        (1990, "date_unreadable"),
        ("02/01/90", "date_unreadable"),
        (date(2019, 4, 3), "born_later"),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused(tmp_path, name, write, cell, code):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(tglblnth=cell)])
    assert codes(parsed.refused) == [(8, code)]
    assert parsed.refused[0].problem.column == "Tgl/Bln/Th"


@BOTH
def test_born_today_is_no_future(tmp_path, name, write):
    assert ktpel(tmp_path, name, write, [ktpel_row(tglblnth=date(2019, 4, 2))]).rows


@BOTH
def test_an_unknown_birth_date_is_taken_with_a_note(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(tglblnth="00/00/0000")])
    assert "born_on" not in parsed.rows[0].fields
    assert codes(parsed.notes) == [(8, "born_missing")]


@BOTH
@pytest.mark.parametrize("cell", ["-", "", " ", ".", "12"])
def test_a_person_without_a_name_is_refused(tmp_path, name, write, cell):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(nama_lengkap=cell)])
    assert codes(parsed.refused) == [(8, "name_missing")]


@BOTH
def test_one_nik_for_two_names_refuses_the_later_row_and_names_both(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(), ktpel_row(2, nama_lengkap="RINA WATI")])
    assert [row.fields["name"] for row in parsed.rows] == ["SITI AMINAH"]
    assert codes(parsed.refused) == [(9, "name_clash")]
    problem = parsed.refused[0].problem
    for language in ("id", "en"):
        sentence = problem.reason(language)
        assert all(word in sentence for word in ("SITI AMINAH", "RINA WATI", "RT 01!8", mask(WOMAN)))
        assert WOMAN not in sentence + problem.todo(language)


@BOTH
def test_a_name_written_with_other_dots_and_capitals_is_the_same_name(tmp_path, name, write):
    rows = [ktpel_row(nama_lengkap="SITI AMINAH, S.Pd"), ktpel_row(2, nama_lengkap="Siti  Aminah S.PD.")]
    assert not ktpel(tmp_path, name, write, rows).refused


@BOTH
def test_the_same_row_twice_is_one_person_and_a_note(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(), ktpel_row(2)])
    assert len(parsed.rows) == 1
    assert codes(parsed.notes) == [(9, "same_row_twice")]
    assert parsed.person_rows == 2


@BOTH
def test_a_person_twice_with_other_contents_refuses_the_later_row(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(), ktpel_row(2, stat_kwn="K")])
    assert codes(parsed.refused) == [(9, "person_twice")]
    assert parsed.refused[0].problem.column == "Stat Kwn"


@BOTH
def test_a_person_twice_is_completed_by_what_the_first_row_left_open(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(nama_ayah="-"), ktpel_row(2, nama_ayah="HASAN", agama="-")])
    (row,) = parsed.rows
    assert (row.row, row.fields["father"], row.fields["religion"]) == (8, "HASAN", "Islam")
    assert codes(parsed.notes) == [(9, "person_completed")]


@BOTH
def test_an_unknown_code_is_kept_and_reported_once(tmp_path, name, write):
    rows = [ktpel_row(stat_kwn="XX", nik=one, nama_lengkap=who) for one, who in ((WOMAN, "SITI"), (MAN, "BUDI"))]
    parsed = ktpel(tmp_path, name, write, rows)
    assert [row.fields["marital"] for row in parsed.rows] == ["XX", "XX"]
    assert codes(parsed.notes) == [(8, "code_unknown")]


@BOTH
def test_an_unknown_sex_is_never_guessed(tmp_path, name, write):
    parsed = ktpel(tmp_path, name, write, [ktpel_row(jk="?")])
    assert "sex" not in parsed.rows[0].fields
    assert parsed.rows[0].fields["sex_said"] == "?"
    assert codes(parsed.notes) == [(8, "sex_unknown")]


@BOTH
def test_blank_rows_numbers_totals_and_signatures_are_nobody(tmp_path, name, write):
    rows = [
        [-at for at in range(1, 20)],
        ktpel_row(),
        [],
        [*KTPEL],
        ktpel_row(2, nik=MAN, nama_lengkap="BUDI"),
        ["JUMLAH", "", "", 2],
        ["", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "Muara Beliti, 28 Maret 2019"],
        ["", "KEPALA DESA SUKA MAKMUR"],
        ["Keterangan: daftar ini dicetak dari pusat"],
    ]
    parsed = ktpel(tmp_path, name, write, rows)
    assert [row.row for row in parsed.rows] == [9, 12]
    assert parsed.refused == []
    assert parsed.person_rows == 2
    assert {code for _, code in codes(parsed.notes)} == {"row_skipped"}


@BOTH
def test_a_person_whose_nik_is_missing_is_refused_and_not_taken_for_writing(tmp_path, name, write):
    row = [""] * len(KTPEL)
    row[1], row[3] = "SITI AMINAH", "MUARA BELITI"
    parsed = ktpel(tmp_path, name, write, [row])
    assert codes(parsed.refused) == [(8, "number_missing")]


@BOTH
def test_header_cells_with_line_breaks_dots_and_other_capitals_are_known(tmp_path, name, write):
    header = [title.upper().replace(" ", "\n").replace("/", " / ") for title in KTPEL]
    header[2] = "N.I.K\u00a0"
    path = write(tmp_path / name, {"A": [["DAFTAR"], header, ktpel_row()]})
    assert read(path).rows[0].fields["status"] == "BELUM REKAM"


@BOTH
def test_every_sheet_with_the_header_is_read_and_the_others_are_noted(tmp_path, name, write):
    sheets = {
        "RT 01": [*KTPEL_HEADING, KTPEL, ktpel_row()],
        "Sampul": [["BUKU INDUK"]],
        "kosong": [],
        "RT 02": [*KTPEL_HEADING, ["", *KTPEL], ["", *ktpel_row(nik=MAN, nama_lengkap="BUDI")]],
        "arsip": [KTPEL, ktpel_row(nik=CHILD, nama_lengkap="ANI")],
    }
    parsed = read(write(tmp_path / name, sheets, hidden=["arsip"]))
    assert [(row.sheet, row.row, row.fields["nik"]) for row in parsed.rows] == [("RT 01", 8, WOMAN), ("RT 02", 8, MAN)]
    assert [(note.sheet, note.problem.kind.code) for note in parsed.notes] == [
        ("Sampul", "sheet_not_read"),
        ("arsip", "sheet_hidden"),
    ]
    assert parsed.area_name == "SUKA MAKMUR/MUARA BELITI/MUSI RAWAS"


@BOTH
def test_a_nik_is_one_persons_over_all_sheets(tmp_path, name, write):
    sheets = {"RT 01": [KTPEL, ktpel_row()], "RT 02": [KTPEL, ktpel_row(nama_lengkap="RINA")]}
    parsed = read(write(tmp_path / name, sheets))
    assert [(one.sheet, one.row) for one in parsed.refused] == [("RT 02", 2)]
    assert "RT 01!2" in parsed.refused[0].problem.reason("id")


@BOTH
def test_sheets_of_different_villages_keep_each_its_own_village_in_the_rows(tmp_path, name, write):
    sheets = {
        "A": [["KODE DESA", "16.05.01.2003"], KTPEL, ktpel_row()],
        "B": [["DESA : MANA RESMI"], ["KECAMATAN : MUARA BELITI"], KTPEL, ktpel_row(nik=MAN, nama_lengkap="BUDI")],
    }
    parsed = read(write(tmp_path / name, sheets))
    assert (parsed.area, parsed.area_name) == (None, "")
    first, second = parsed.rows
    assert first.fields["village"] == "16.05.01.2003"
    assert (second.fields["village_name"], second.fields["district_name"]) == ("MANA RESMI", "MUARA BELITI")


@BOTH
def test_the_day_in_the_heading_is_the_day_of_the_list_but_never_a_later_one(tmp_path, name, write):
    path = write(tmp_path / name, {"A": [["PERIODE : 28-03-2019"], KTPEL, ktpel_row()]})
    assert read(path).as_at == date(2019, 3, 28)
    path = write(tmp_path / name, {"A": [["PERIODE : 28-04-2019"], KTPEL, ktpel_row()]})
    parsed = read(path)
    assert parsed.as_at is None
    assert codes(parsed.notes) == [(0, "heading_later")]


@BOTH
def test_many_notes_of_one_kind_are_counted_after_the_first_fifty(tmp_path, name, write):
    rows = [
        ktpel_row(nik=f"{WOMAN[:12]}{9000 + at}", tglblnth="-", nama_lengkap=f"SITI {chr(65 + at % 26)}")
        for at in range(80)
    ]
    parsed = ktpel(tmp_path, name, write, rows)
    assert len(parsed.rows) == 80
    assert len(parsed.notes) == 51
    last = parsed.notes[-1].problem
    assert (last.kind.code, last.values["count"]) == ("more_like_this", 30)
    assert "30" in last.reason("id")
    assert "birth" in last.reason("en")
