from __future__ import annotations

from datetime import date

import pytest

from jemput.domain.problems import Refused
from jemput.imports.layouts import LAYOUTS
from jemput.imports.read import read_file
from tests.imports.offices import (
    BIP_2012,
    BIP_2016,
    CHILD,
    KTPEL,
    MAN,
    OFFICE,
    OPENSID,
    SIAK,
    TODAY,
    WOMAN,
    codes,
    ktpel_row,
    office_row,
    opensid_row,
    read,
    siak_row,
)
from tests.imports.xls import write_csv, write_xls, write_xlsx

HEADERS = {
    "office-csv": OFFICE,
    "bip-ktpel": KTPEL,
    "siak": SIAK,
    "opensid": OPENSID,
    "bip-2012": BIP_2012,
    "bip-2016": BIP_2016,
    "events": ["id", "peristiwa", "on", "nik"],
    "konsolidasi": ["hasil", "on", "nik", "gabung_ke"],
    "dkb": ["semester", "on", "desa", "penduduk", "wajib_ktp", "kk"],
}


def refusal_of(path, **options):
    with pytest.raises(Refused) as refused:
        read_file(path, **({"today": TODAY} | options))
    (problem,) = refused.value.problems
    assert "{" not in problem.reason("id") + problem.todo("id") + problem.reason("en") + problem.todo("en")
    return problem


def test_there_is_a_header_for_every_layout():
    assert set(HEADERS) == set(LAYOUTS)


@pytest.mark.parametrize("layout", HEADERS)
def test_a_file_of_a_header_only_is_refused_with_the_layout_it_has(tmp_path, layout):
    problem = refusal_of(write_csv(tmp_path / "a.csv", [HEADERS[layout]]))
    assert (problem.kind.code, problem.values["layout"]) == ("no_rows", layout)


@pytest.mark.parametrize("layout", HEADERS)
def test_a_header_without_one_needed_column_names_the_layout_and_the_column(tmp_path, layout):
    for needed in LAYOUTS[layout].needs:
        header = [title for title in HEADERS[layout] if title.lower() != needed.lower()]
        if layout == "bip-2016" and needed == "SHDK":
            header = [title for title in header if title != "Agama"]
        problem = refusal_of(write_csv(tmp_path / "a.csv", [["DAFTAR"], header, ["1"] * len(header)]), layout=layout)
        assert problem.kind.code == "columns_missing"
        assert problem.values["layout"] == layout
        assert f"“{needed}”" in problem.reason("id")


def test_the_nearest_layout_is_named_when_none_fits(tmp_path):
    header = [title for title in KTPEL if title != "Stat Rkm"]
    problem = refusal_of(write_xlsx(tmp_path / "a.xlsx", {"A": [header, ktpel_row()[:-1]]}))
    assert problem.kind.code == "columns_missing"
    assert (problem.values["layout"], problem.values["missing"]) == ("bip-ktpel", "“Stat Rkm”")
    assert all(name in problem.reason("en") for name in LAYOUTS)


def test_a_list_nobody_knows_says_what_was_looked_for(tmp_path):
    problem = refusal_of(write_csv(tmp_path / "a.csv", [["kode", "harga"], ["1", "2"]]))
    assert problem.kind.code == "not_recognised"
    assert all(name in problem.reason("id") for name in LAYOUTS)


def test_a_layout_nobody_knows_says_which_there_are(tmp_path):
    problem = refusal_of(write_csv(tmp_path / "a.csv", [OFFICE, office_row()]), layout="dapodik")
    assert problem.kind.code == "layout_unknown"
    assert all(name in problem.todo("en") for name in LAYOUTS)


def test_a_layout_given_by_name_is_the_only_one_looked_for(tmp_path):
    path = write_csv(tmp_path / "a.csv", [SIAK, siak_row()])
    assert read(path, layout="siak").layout == "siak"
    assert refusal_of(path, layout="bip-ktpel").kind.code in {"columns_missing", "not_recognised"}


def test_a_file_whose_rows_are_all_refused_is_read_so_that_they_can_be_mended(tmp_path):
    parsed = read(write_csv(tmp_path / "a.csv", [OFFICE, office_row(nik="123")]))
    assert (parsed.rows, codes(parsed.refused), parsed.person_rows) == ([], [(2, "number_length")], 1)


def test_rows_that_are_nobody_are_no_usable_rows(tmp_path):
    assert refusal_of(write_csv(tmp_path / "a.csv", [OFFICE, ["JUMLAH", "0"], []])).kind.code == "no_rows"


@pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx)])
@pytest.mark.parametrize(
    ("layout", "header", "row"),
    [
        ("bip-ktpel", KTPEL, ktpel_row()),
        ("siak", SIAK, siak_row()),
        ("opensid", OPENSID, opensid_row()),
        ("office-csv", OFFICE, office_row()),
    ],
)
def test_a_header_is_found_below_titles_and_to_the_right(tmp_path, name, write, *, layout, header, row):
    titles = [["PEMERINTAH KABUPATEN"], ["DINAS KEPENDUDUKAN", "", "NIK"], [], ["DAFTAR NAMA"]] * 8
    parsed = read(write(tmp_path / name, {"A": [*titles, ["", "", *header], ["", "", *row]]}))
    assert (parsed.layout, [one.row for one in parsed.rows]) == (layout, [34])
    assert parsed.rows[0].fields["nik"] == WOMAN


def test_the_columns_may_stand_in_any_order(tmp_path):
    parsed = read(write_csv(tmp_path / "a.csv", [KTPEL[::-1], ktpel_row()[::-1]]))
    assert parsed.rows[0].fields["status"] == "BELUM REKAM"


def test_a_header_repeated_with_its_columns_elsewhere_is_read_from_there(tmp_path):
    header = ["nik", "nama", "desa"]
    rows = [
        header,
        [WOMAN, "SITI", "1605012003"],
        header[::-1],
        ["1605012003", "BUDI", MAN],
        header,
        [CHILD, "ANI", "1605012003"],
    ]
    parsed = read(write_csv(tmp_path / "a.csv", rows))
    assert [row.fields["nik"] for row in parsed.rows] == [WOMAN, MAN, CHILD]
    assert parsed.refused == []


def test_of_two_columns_with_one_meaning_the_first_is_read_and_the_other_named(tmp_path):
    parsed = read(
        write_csv(tmp_path / "a.csv", [["nik", "nama", "tgl_lahir", "name"], [WOMAN, "SITI", "1990-01-02", "RINA"]])
    )
    assert parsed.rows[0].fields["name"] == "SITI"
    assert codes(parsed.notes) == [(1, "columns_not_read")]


def test_sheets_of_another_layout_are_not_mixed_in(tmp_path):
    sheets = {"A": [OFFICE, office_row()], "B": [SIAK, siak_row(nik=MAN, nama_penduduk="BUDI")]}
    parsed = read(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert (parsed.layout, len(parsed.rows)) == ("office-csv", 1)
    assert [(note.sheet, note.problem.kind.code) for note in parsed.notes] == [("B", "sheet_not_read")]


def test_today_is_the_offices_day_and_not_the_clock(tmp_path):
    path = write_csv(tmp_path / "a.csv", [OFFICE, office_row(tgl_lahir="2010-01-01")])
    assert read_file(path, today=date(2010, 1, 1)).rows
    assert read_file(path, today=date(2009, 12, 31)).refused
