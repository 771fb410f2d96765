"""What a spreadsheet would do to a cell, and how a cell is kept from it."""

from __future__ import annotations

import pytest

from jemput.domain.spreadsheets import csv_cell, is_like_a_formula, sheet_name


@pytest.mark.parametrize("cell", ["=1+1", "+628123", "@SUM(A1)", "-A1", "\t=1", "\r=1"])
def test_what_a_spreadsheet_could_run_is_kept_text(cell: str) -> None:
    assert is_like_a_formula(cell)
    assert csv_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-", "--", "-12", "-1.5", "ADI", "", "12"])
def test_a_dash_and_a_number_with_its_sign_are_what_they_are(cell: str) -> None:
    assert not is_like_a_formula(cell)
    assert csv_cell(cell) == cell


def test_a_nik_keeps_its_last_digits_in_a_csv() -> None:
    assert csv_cell("1605011705809001") == "'1605011705809001"


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Desa: [1]/2", set(), "Desa 12"),
        ("History", set(), "history_"),
        ("'?*'", set(), "data"),
        ("x" * 40, {"x" * 31}, f"{'x' * 29}_2"),
        ("Sisa", {"sisa", "sisa_2"}, "Sisa_3"),
    ],
)
def test_a_sheet_has_a_name_a_workbook_takes(name: str, taken: set[str], expected: str) -> None:
    found = sheet_name(name, taken, otherwise="data")
    assert found == expected
    assert len(found) <= 31
