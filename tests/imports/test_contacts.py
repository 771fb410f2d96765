"""Lists of the aparat as offices keep them in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from jemput.domain.place_names import VillageNames
from jemput.domain.places import AreaName
from jemput.domain.problems import Refused
from jemput.imports.contacts import ContactFile, read_contacts

NAMES = VillageNames([AreaName(160501, "Tugumulyo"), AreaName(1605012003, "Tegal Rejo")], within="Musi Rawas")


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("DAFTAR APARAT DESA",), (), *rows]):
            sheet.write_row(at, 0, row)
    return path


def read(path: Path) -> ContactFile:
    return read_contacts(path, names=NAMES, name="aparat.xlsx")


HEAD = ("No", "Nama", "Jabatan", "No. HP", "Desa", "Kecamatan", "Kode Desa", "Saluran")


def test_a_workbook_is_read_below_its_heading_and_a_dropped_zero_comes_back(tmp_path: Path) -> None:
    found = read(
        workbook(
            tmp_path / "aparat.xlsx",
            HEAD,
            (1, "Sutrisno", "Kepala Desa", 81234567834, "Tegal Rejo", "Tugumulyo", "", "WA"),
            (2, "Hartono", "Camat", "0733-451234", "", "", "16.05.01", "telepon"),
            (3, "Rini", "Kadus II", "", "Tegal Rejo", "", "", ""),
        )
    )
    assert found.refused == []
    kades, camat, kadus = found.rows
    assert (kades.area, kades.role, kades.phone, kades.channel) == (1605012003, "kades", "+6281234567834", "whatsapp")
    assert (camat.area, camat.role, camat.phone) == (160501, "camat", "+62733451234")
    assert (kadus.row, kadus.role, kadus.phone) == (6, "kadus", "")


def test_what_is_wrong_with_a_row_is_said_with_its_place(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "aparat.xlsx", HEAD, (1, "Budi", "raja", "0812", "Entah", "", "", "merpati")))
    assert found.rows == []
    assert {(one.row, one.problem.kind.code) for one in found.refused} == {
        (4, "contact_choice_unknown"),
        (4, "phone_impossible"),
        (4, "village_name_unknown"),
    }


def test_a_table_without_a_role_is_refused_with_the_columns_known(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(workbook(tmp_path / "aparat.xlsx", ("Nama", "HP"), ("Budi", "0812")))
    assert refused.value.problems[0].kind.code == "plain_columns_lacking"
    assert "role" in refused.value.problems[0].reason("id")
