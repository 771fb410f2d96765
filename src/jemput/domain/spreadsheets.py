"""What a spreadsheet does to a cell it opens: what it takes for a formula, rounds, cuts off or refuses as a name.

Every file that leaves the house as a table keeps to this, so that a NIK stays a NIK and nothing typed
by somebody is ever run.
"""

from __future__ import annotations

from collections.abc import Collection

CELL_CHARS = 32_767
"""A spreadsheet's longest cell."""
SHEET_ROWS = 1_048_576
"""Rows of one sheet of a workbook."""
LONG_NUMBER = 15
"""A spreadsheet that opens a CSV rounds numbers of more digits."""
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell may not begin with where a spreadsheet could take it for a formula (OWASP, CSV injection)."""
_NAME_CHARS = 31
_FORBIDDEN_IN_A_NAME = "[]:*?/\\"


def is_like_a_formula(cell: str) -> bool:
    """Say whether a spreadsheet could run a cell; a dash, or a number with its sign, is none."""
    return cell.startswith(FORMULA_MARKS) and bool(cell.strip("-")) and not _is_number(cell)


def csv_cell(cell: str) -> str:
    """Return a cell that a spreadsheet opening the CSV will show as it is."""
    rounded = _is_number(cell) and len(cell) > LONG_NUMBER
    return f"'{cell}" if rounded or is_like_a_formula(cell) else cell


def sheet_name(name: str, taken: Collection[str], *, otherwise: str) -> str:
    """Return a name a workbook takes: at most 31 characters, no sign it forbids, none of `taken` (in lower case)."""
    plain = "".join(c for c in name if c not in _FORBIDDEN_IN_A_NAME).strip("' ")[:_NAME_CHARS].strip("' ") or otherwise
    if plain.lower() == "history":
        plain = "history_"
    number = 2
    unique = plain
    while unique.lower() in taken:
        end = f"_{number}"
        unique = f"{plain[: _NAME_CHARS - len(end)]}{end}"
        number += 1
    return unique


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()
