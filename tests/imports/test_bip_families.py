"""The two books of families: what stands above the members is theirs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.offices import (
    BIP_2012,
    BIP_2016,
    CHILD,
    KK,
    MAN,
    OTHER_KK,
    WOMAN,
    bip_2012_family,
    bip_2012_row,
    bip_2016_row,
    codes,
    fields,
    read,
)
from tests.imports.xls import write_xls, write_xlsx

BOTH = pytest.mark.parametrize(("name", "write"), [("bip.xls", write_xls), ("bip.xlsx", write_xlsx)])
ADDRESS = "DUSUN II, RT:001, RW:002, Kodepos:31661,-"
HEADING = [
    ["BUKU INDUK KEPENDUDUKAN"],
    ["PROVINSI", "", "16", "SUMATERA SELATAN"],
    ["KABUPATEN", "", "05", "MUSI RAWAS"],
    ["KECAMATAN", "", "01", "MUARA BELITI"],
    ["DESA", "", "2003", "SUKA MAKMUR"],
]


@BOTH
def test_bip_2012_gives_each_member_the_kk_and_the_address_of_the_family_above(tmp_path, name, write):
    rows = [
        *HEADING,
        *bip_2012_family(
            KK,
            "BUDI",
            ADDRESS,
            [bip_2012_row(1, MAN, "BUDI", jk="L", hub_kel="KEPALA KELUARGA"), bip_2012_row(2, WOMAN, "SITI")],
        ),
        [],
        *bip_2012_family(
            OTHER_KK, "ANI", "JL. BARU", [bip_2012_row(1, CHILD, "ANI", ktpel="NULL", status="BELUM KAWIN")]
        ),
    ]
    parsed = read(write(tmp_path / name, {"A": rows}))
    assert (parsed.layout, parsed.area, parsed.person_rows) == ("bip-2012", 1605012003, 3)
    assert parsed.refused == []
    assert [(row.row, row.fields["no_kk"], row.fields["address"]) for row in parsed.rows] == [
        (9, KK, ADDRESS),
        (10, KK, ADDRESS),
        (15, OTHER_KK, "JL. BARU"),
    ]
    budi, siti, ani = parsed.rows
    assert fields(budi) == {
        "nik": MAN,
        "no_kk": KK,
        "name": "BUDI",
        "sex": "L",
        "born_at": "MUARA BELITI",
        "born_on": "1990-01-02",
        "status": "SENT_FOR_CARD_PRINTING",
        "religion": "Islam",
        "marital": "kawin",
        "role": "kepala keluarga",
        "education": "SLTA",
        "occupation": "PETANI/PEKEBUN",
        "mother": "FATIMAH",
        "address": ADDRESS,
        "dusun": "II",
        "rt": "001",
        "rw": "002",
    }
    assert siti.fields["role"] == "istri"
    assert "status" not in ani.fields
    assert "rt" not in ani.fields


@BOTH
def test_a_kk_that_stands_in_the_nik_column_of_the_members_is_nobodys_nik(tmp_path, name, write):
    family = [
        ["", "NO.KK", "NAMA.KK", "", "ALAMAT"],
        ["", KK, "BUDI", "", ADDRESS],
        BIP_2012,
        bip_2012_row(1, MAN, "BUDI"),
    ]
    parsed = read(write(tmp_path / name, {"A": [*family, *family[:2], bip_2012_row(2, WOMAN, "SITI")]}))
    assert [row.fields["nik"] for row in parsed.rows] == [MAN, WOMAN]
    assert parsed.refused == []


@BOTH
def test_merged_family_rows_are_read_where_their_cells_stand(tmp_path, name, write):
    rows = bip_2012_family(KK, "BUDI", ADDRESS, [bip_2012_row(1, MAN, "BUDI")])
    rows[1] = ["", KK, "", "", "BUDI", "", "", "", ADDRESS]
    merged = [
        ("A", 0, 0, 0, 2),
        ("A", 0, 3, 0, 5),
        ("A", 0, 6, 0, 14),
        ("A", 1, 1, 1, 2),
        ("A", 1, 4, 1, 5),
        ("A", 1, 8, 1, 14),
    ]
    parsed = read(write(tmp_path / name, {"A": rows}, merged=merged))
    assert [(row.fields["no_kk"], row.fields["address"]) for row in parsed.rows] == [(KK, ADDRESS)]


@BOTH
@pytest.mark.parametrize(
    ("cell", "code"), [("160501", "number_length"), ("1,605E+15", "number_rounded"), (1.605012e15, "number_rounded")]
)
def test_a_wrong_kk_is_dropped_with_a_note_and_its_members_stay(tmp_path, name, write, cell, code):
    rows = bip_2012_family(cell, "BUDI", ADDRESS, [bip_2012_row(1, MAN, "BUDI")])
    parsed = read(write(tmp_path / name, {"A": rows}))
    assert "no_kk" not in parsed.rows[0].fields
    assert parsed.rows[0].fields["address"] == ADDRESS
    assert codes(parsed.notes) == [(2, code)]


@BOTH
def test_a_family_with_a_dash_for_its_kk_is_taken_and_gets_no_other_familys(tmp_path, name, write):
    rows = [
        *bip_2012_family(KK, "BUDI", ADDRESS, [bip_2012_row(1, MAN, "BUDI")]),
        *bip_2012_family("-", "ANI", "-", [bip_2012_row(1, CHILD, "ANI")]),
    ]
    parsed = read(write(tmp_path / name, {"A": rows}))
    assert [row.fields.get("no_kk") for row in parsed.rows] == [KK, None]
    assert [row.fields.get("address") for row in parsed.rows] == [ADDRESS, None]


def numbers():
    return [-at for at in range(1, 13)]


def line(kk=KK, address="Alamat : JL. LINTAS NO 1, Nama Dusun : DUSUN II, RT/RW : 001/002"):
    return [f"No. KK : {kk}", "", address]


@BOTH
def test_bip_2016_is_read_with_two_header_rows_and_a_row_of_numbers(tmp_path, name, write):
    upper = [*BIP_2016]
    lower = [""] * 12
    upper[3], lower[3] = "Tempat", "Lahir"
    upper[8], lower[8] = "Pendidikan", "Terakhir"
    rows = [
        ["BUKU INDUK PENDUDUK WNI"],
        ["KECAMATAN : MUARA BELITI", "", "DESA/KELURAHAN : SUKA MAKMUR"],
        ["PERIODE", ":", "MARET 2019", "", "TANGGAL", ":", "28-03-2019"],
        upper,
        lower,
        numbers(),
        line(),
        bip_2016_row(1, MAN + "\u00a0", "BUDI", jk="L", shdk="Kepala Keluarga"),
        bip_2016_row(2, WOMAN + "\u00a0", "SITI"),
        line(OTHER_KK, "Alamat : MERANTI, Nama Dusun : -, RT/RW : -/-"),
        bip_2016_row(1, CHILD + "\u00a0", "ANI"),
        ["Keterangan:"],
        ["1. Data ini berasal dari pusat"],
    ]
    parsed = read(write(tmp_path / name, {"A": rows}))
    assert (parsed.layout, parsed.area_name, parsed.as_at) == (
        "bip-2016",
        "SUKA MAKMUR/MUARA BELITI/",
        date(2019, 3, 28),
    )
    assert parsed.refused == []
    assert [(row.row, row.fields["nik"], row.fields["no_kk"]) for row in parsed.rows] == [
        (8, MAN, KK),
        (9, WOMAN, KK),
        (11, CHILD, OTHER_KK),
    ]
    assert fields(parsed.rows[1]) == {
        "nik": WOMAN,
        "no_kk": KK,
        "name": "SITI",
        "born_at": "MUARA BELITI",
        "born_on": "1990-01-02",
        "sex": "P",
        "role": "istri",
        "religion": "Islam",
        "education": "SLTA",
        "occupation": "Petani/Pekebun",
        "mother": "FATIMAH",
        "address": "JL. LINTAS NO 1",
        "dusun": "DUSUN II",
        "rt": "001",
        "rw": "002",
    }
    assert "dusun" not in parsed.rows[2].fields
    assert parsed.rows[2].fields["address"] == "MERANTI"


@BOTH
@pytest.mark.parametrize(
    "row",
    [
        [f"No. KK : {KK} | Alamat : JL. LINTAS, Nama Dusun : II, RT/RW : 001/002"],
        [f"No. KK : {KK}\u00a0 |  Alamat :\u00a0JL. LINTAS, Nama Dusun : II, RT/RW : 001/002"],
        [f"NO.KK : {KK}", "", "", "ALAMAT : JL. LINTAS, NAMA DUSUN : II, RT/RW : 001 / 002"],
        ["No. KK :", KK, "Alamat : JL. LINTAS, Nama Dusun : II, RT/RW : 001/002"],
    ],
)
def test_the_line_of_a_family_is_read_in_one_merged_cell_or_in_several(tmp_path, name, write, row):
    rows = [BIP_2016, numbers(), row, bip_2016_row(1, MAN, "BUDI")]
    parsed = read(write(tmp_path / name, {"A": rows}, merged=[("A", 2, 0, 2, 11)] if len(row) == 1 else []))
    (one,) = parsed.rows
    assert {key: one.fields.get(key) for key in ("no_kk", "address", "dusun", "rt", "rw")} == {
        "no_kk": KK,
        "address": "JL. LINTAS",
        "dusun": "II",
        "rt": "001",
        "rw": "002",
    }


@BOTH
def test_bip_2016_with_the_columns_of_the_sweep_list_is_the_sweep_list(tmp_path, name, write):
    rows = [
        [*BIP_2016, "Wjb KTP", "KTP-eL", "Stat Rkm"],
        [*bip_2016_row(1, MAN, "BUDI"), "WAJIB", "BELUM", "BELUM REKAM"],
    ]
    assert read(write(tmp_path / name, {"A": rows})).layout == "bip-ktpel"
