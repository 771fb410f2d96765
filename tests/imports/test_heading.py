from __future__ import annotations

from datetime import date

import pytest

from jemput.imports.heading import read_heading


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["PROVINSI : SUMATERA SELATAN"],
            ["KABUPATEN : MUSI RAWAS"],
            ["KECAMATAN : MUARA BELITI"],
            ["DESA : SUKA MAKMUR"],
        ],
        [
            ["PROVINSI", "", ": SUMATERA SELATAN"],
            ["KABUPATEN", ":", "MUSI RAWAS"],
            ["KECAMATAN", "MUARA BELITI"],
            ["DESA", ":SUKA MAKMUR"],
        ],
        [
            ["Provinsi: Sumatera Selatan", "", "Kecamatan: MUARA BELITI"],
            ["Kabupaten/Kota: MUSI RAWAS", "", "Desa/Kelurahan: SUKA MAKMUR"],
        ],
        [["KABUPATEN MUSI RAWAS"], ["KECAMATAN MUARA BELITI"], ["DESA\u00a0SUKA MAKMUR"]],
    ],
)
def test_the_places_of_a_heading_are_read_however_they_are_spread(rows):
    heading = read_heading(rows)
    assert heading.area is None
    assert heading.area_name == "SUKA MAKMUR/MUARA BELITI/MUSI RAWAS"


@pytest.mark.parametrize(
    "rows",
    [
        [["KODE DESA", "16.05.01.2003"]],
        [["DESA : 1605012003 SUKA MAKMUR"]],
        [
            ["PROVINSI : 16 - SUMATERA SELATAN"],
            ["KABUPATEN : 05 - MUSI RAWAS"],
            ["KECAMATAN : 01 - X"],
            ["DESA : 2003 - Y"],
        ],
        [
            ["PROVINSI", ":", "16", "SUMATERA SELATAN"],
            ["KABUPATEN", ":", "16.05", "A"],
            ["KECAMATAN", "", "16.05.01"],
            ["DESA", "2003", "Y"],
        ],
        [["DESA : SUKA MAKMUR (16.05.01.2003)"]],
    ],
)
def test_a_code_in_the_heading_is_the_area_in_one_piece_or_level_by_level(rows):
    assert read_heading(rows).area == 1605012003


def test_a_heading_that_stops_at_the_kecamatan_gives_the_kecamatan():
    heading = read_heading([["PROVINSI : 16"], ["KABUPATEN : 05"], ["KECAMATAN : 01 MUARA BELITI"]])
    assert heading.area == 160501
    assert heading.area_name == "/MUARA BELITI/"


def test_a_part_of_a_code_without_its_parents_is_no_area():
    assert read_heading([["DESA : 2003 SUKA MAKMUR"]]).area is None


@pytest.mark.parametrize(
    "rows",
    [
        [["PERIODE", ":", "28-03-2019"]],
        [["PERIODE/TANGGAL : 28/03/2019"]],
        [["TANGGAL", "2019-03-28"]],
        [["DAFTAR PENDUDUK KEADAAN TANGGAL 28 MARET 2019"]],
        [["per 28-03-2019"]],
    ],
)
def test_the_day_of_the_list_is_read_from_the_heading(rows):
    assert read_heading(rows).days == (date(2019, 3, 28),)


def test_a_period_without_a_day_gives_no_day():
    assert read_heading([["PERIODE : MARET 2019"]]).days == ()


def test_rt_and_rw_of_a_heading_hold_for_the_sheet():
    heading = read_heading([["DUSUN : II", "RT : 001", "RW : 002"]])
    assert heading.below == {"dusun": "II", "rt": "001", "rw": "002"}


def test_a_title_and_an_empty_heading_say_nothing():
    heading = read_heading([["BUKU INDUK KEPENDUDUKAN"], ["", ""], []])
    assert (heading.area, heading.area_name, heading.days, heading.below) == (None, "", (), {})
