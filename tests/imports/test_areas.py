"""Lists of area codes and of their changes, plain, gzipped and in workbooks."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jemput.domain.places import AreaChange, AreaPoint, AreaRow
from jemput.domain.problems import Refused
from jemput.imports.areas import AreaFile, read_areas, release_day
from tests.conftest import SHARED

LIST = (
    'kode,nama\n16,Sumatera Selatan\n16.05,Kabupaten Musi Rawas\n16.05.01,Tugumulyo\n16.05.01.2003,"Tegal Rejo I, II"\n'
)
ROWS = [
    AreaRow(16, "Sumatera Selatan", 2),
    AreaRow(1605, "Kabupaten Musi Rawas", 3),
    AreaRow(160501, "Tugumulyo", 4),
    AreaRow(1605012003, "Tegal Rejo I, II", 5),
]
CHANGES = (
    "from_release,to_release,level,change,kode,old_name,new_name\n"
    "2018,2020,desakel,renamed,11.01.08.2011,Air Berundang,Air Berudang\n"
    "2022,2023,kabkota,removed,91.01,KAB. MERAUKE,\n"
    "2022,2023,kabkota,added,93.01,,KAB. MERAUKE\n"
)


def written(folder: Path, text: str, name: str = "areas.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def codes(read: AreaFile) -> list[tuple[int, str]]:
    return [(one.row, one.problem.kind.code) for one in read.refused]


def test_a_list_gives_codes_names_and_rows_and_a_name_may_hold_a_comma(tmp_path: Path) -> None:
    read = read_areas(written(tmp_path, LIST))
    assert read.areas == ROWS
    assert read.refused == []


def test_a_gzipped_list_reads_alike_and_its_name_gives_the_release(tmp_path: Path) -> None:
    path = tmp_path / "id_areas_2025.csv.gz"
    path.write_bytes(gzip.compress(LIST.encode()))
    read = read_areas(path)
    assert read.areas == ROWS
    assert read.release == 2025
    assert release_day(read.release) == date(2025, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + LIST,
        LIST.replace(",", ";").replace("I; II", "I, II"),
        LIST.replace("kode,nama", "Kode Wilayah,Nama_Wilayah"),
        LIST.replace("kode,nama", "CODE,Name"),
        LIST.replace("16.05.01.2003", "1605012003"),
        LIST.replace("\n", "\r\n"),
    ],
)
def test_marks_separators_headers_and_dots_do_not_matter(tmp_path: Path, text: str) -> None:
    assert read_areas(written(tmp_path, text)).areas == ROWS


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    read = read_areas(written(tmp_path, "id;nama;ibukota;kode\n1;Tugumulyo;x;16.05.01\n"))
    assert read.areas == [AreaRow(160501, "Tugumulyo", 2)]


def test_a_workbook_with_a_title_above_its_header_reads_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["DAFTAR KODE WILAYAH"])
    sheet.append(["Kode", "Nama"])
    for row in [(16, "Sumatera Selatan"), (16.05, "Kabupaten Musi Rawas"), ("16.05.01", "Tugumulyo")]:
        sheet.append(row)
    sheet.append([1605012003, "Tegal Rejo"])
    book.save(tmp_path / "areas.xlsx")
    read = read_areas(tmp_path / "areas.xlsx")
    assert [(row.number, row.row) for row in read.areas] == [(16, 3), (1605, 4), (160501, 5), (1605012003, 6)]


def test_a_code_whose_last_zero_a_spreadsheet_dropped_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [("kode", "nama"), (16.1, "Kabupaten Ogan Ilir")]:
        book.active.append(row)
    book.save(tmp_path / "areas.xlsx")
    assert codes(read_areas(tmp_path / "areas.xlsx")) == [(2, "area_code")]


def test_rows_without_a_code_or_a_name_are_refused_with_their_row(tmp_path: Path) -> None:
    read = read_areas(
        written(tmp_path, "kode,nama\n16.05,Musi Rawas\n16.5,Lahat\nx,y\n,z\n16.06,\n16.07, - \n\n16.08,OKU\n")
    )
    assert [row.number for row in read.areas] == [1605, 1608]
    assert codes(read) == [
        (3, "area_code"),
        (4, "area_code"),
        (5, "area_code"),
        (6, "area_without_name"),
        (7, "area_without_name"),
    ]


def test_a_code_twice_under_two_names_keeps_the_first_and_names_both(tmp_path: Path) -> None:
    read = read_areas(written(tmp_path, "kode,nama\n16.05,Musi Rawas\n16.05,Lahat\n"))
    assert read.areas == [AreaRow(1605, "Musi Rawas", 2)]
    [refused] = read.refused
    assert refused.row == 3
    assert "Musi Rawas" in refused.problem.reason("id")
    assert "Lahat" in refused.problem.reason("en")


def test_the_very_same_row_twice_is_a_note(tmp_path: Path) -> None:
    read = read_areas(written(tmp_path, "kode,nama\n16.05,Musi Rawas\n16.05,Musi  Rawas\n"))
    assert (len(read.areas), read.refused) == (1, [])
    assert [(one.row, one.problem.kind.code) for one in read.notes] == [(3, "same_row_twice")]


def test_changes_are_dated_by_their_releases(tmp_path: Path) -> None:
    read = read_areas(written(tmp_path, CHANGES))
    assert read.changes == [
        AreaChange(1101082011, "renamed", "Air Berundang", "Air Berudang", date(2018, 1, 1), date(2020, 1, 1)),
        AreaChange(9101, "removed", "KAB. MERAUKE", "", date(2022, 1, 1), date(2023, 1, 1)),
        AreaChange(9301, "added", "", "KAB. MERAUKE", date(2022, 1, 1), date(2023, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2022,2023,x,renamed,9,A,B", "area_code"),
        ("2022,2023,x,moved,91.01,A,B", "area_change_unknown"),
        ("2023,2022,x,renamed,91.01,A,B", "area_release_unreadable"),
        ("2022,soon,x,renamed,91.01,A,B", "area_release_unreadable"),
        ("2022,2023,x,renamed,91.01,,B", "area_without_name"),
        ("2022,2023,x,renamed,91.01,A,", "area_without_name"),
        ("2022,2023,x,removed,91.01,,", "area_without_name"),
        ("2022,2023,x,added,91.01,A,", "area_without_name"),
        ("2022,2023", "area_code"),
    ],
)
def test_a_change_that_cannot_be_read_is_refused(tmp_path: Path, row: str, code: str) -> None:
    read = read_areas(written(tmp_path, CHANGES + row + "\n"))
    assert codes(read) == [(5, code)]
    assert len(read.changes) == 3


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"{}", b"[1]", b"{", b"\x1f\x8bnonsense", b"kode\n16\n", b"\x1f\x8b"]
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_areas(path)
    assert "x.csv" in refused.value.problems[0].reason("id")


def test_a_cut_off_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv.gz"
    path.write_bytes(gzip.compress(LIST.encode())[:-12])
    with pytest.raises(Refused):
        read_areas(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        read_areas(tmp_path / "none.csv")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
def test_the_national_lists_are_read_whole() -> None:
    read = read_areas(SHARED / "data/areas/id_areas_2025.csv.gz")
    assert (len(read.areas), read.refused, read.release) == (91_599, [], 2025)
    changes = read_areas(SHARED / "data/areas/id_area_changes_2018_2025.csv.gz")
    assert (len(changes.changes), changes.refused) == (16_704, [])


# --- points ----------------------------------------------------------------------------------------------------------


def test_a_list_of_points_gives_them_whatever_the_decimal_mark(tmp_path: Path) -> None:
    read = read_areas(written(tmp_path, "kode;lat;lng\n16.05.01.2003;-3,2;102,9\n16.05.01.2004;-3.21;102.91\n"))
    assert read.points == [AreaPoint(1605012003, -3.2, 102.9, 2), AreaPoint(1605012004, -3.21, 102.91, 3)]
    assert (read.areas, read.refused) == ([], [])


def test_a_point_that_is_none_is_refused_in_its_row(tmp_path: Path) -> None:
    text = "kode,lintang,bujur\n16.5,-3.2,102.9\n16.05.01.2003,-3.2,\n16.05.01.2004,102.9,-3.2\n"
    assert codes(read_areas(written(tmp_path, text))) == [
        (2, "area_code"),
        (3, "point_unreadable"),
        (4, "outside_indonesia"),
    ]


def test_a_list_of_codes_may_carry_points_and_a_wrong_one_keeps_no_code_out(tmp_path: Path) -> None:
    text = "kode,nama,lat,lng\n16,Sumatera Selatan,,\n16.05,Musi Rawas,-3.2,102.9\n16.05.01,Tugumulyo,-93,102.9\n"
    read = read_areas(written(tmp_path, text))
    assert [one.number for one in read.areas] == [16, 1605, 160501]
    assert [one.number for one in read.points] == [1605]
    assert ([one.row for one in read.notes], read.refused) == ([4], [])
