"""Small tables of working papers: columns by any of their names, in any order, from a CSV or a workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jemput.domain.ids import AREA_CODE, area_number
from jemput.domain.place_names import VillageNames
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.imports import cells
from jemput.imports.sheets import HEAD_ROWS, Sheet, open_book

MOST_ROWS = 20_000
"""Rows of a list of settlements or contacts; the regency of the demo has 199 villages (our choice)."""
COLUMNS_LACKING = ProblemKind(
    "plain_columns_lacking",
    Text(
        "Berkas {file} tidak memuat kolom {lacking}. Kolom yang dikenal: {known}.",
        "The file {file} has no column {lacking}. Columns known: {known}.",
    ),
    Text("Beri judul kolom di baris pertama, lalu unggah lagi.", "Head the columns in the first row, then try again."),
)
TOO_MANY_ROWS = ProblemKind(
    "plain_too_many_rows",
    Text("Berkas {file} berisi lebih dari {most} baris.", "The file {file} has more than {most} rows."),
    Text("Bagi per kecamatan.", "Split it by kecamatan."),
)
NOT_A_NUMBER = ProblemKind(
    "plain_not_a_number",
    Text("“{found}” bukan bilangan bulat.", "“{found}” is no whole number."),
    Text("Tulis angka saja, atau kosongkan.", "Write digits only, or leave it empty."),
)
NOT_YES_OR_NO = ProblemKind(
    "plain_not_yes_or_no",
    Text("“{found}” bukan ya atau tidak.", "“{found}” is neither yes nor no."),
    Text("Tulis ya, tidak, atau kosongkan.", "Write yes, no, or leave it empty."),
)
VILLAGE_LACKING = ProblemKind(
    "plain_village_lacking",
    Text("Desanya tidak disebut.", "The village is not named."),
    Text("Isi kode desa, atau nama desa dan kecamatannya.", "Give the village's code, or its name and kecamatan."),
)
_YES = frozenset({"ya", "y", "yes", "true", "1", "x", "v", "ada", "perlu"})
_NO = frozenset({"tidak", "t", "no", "n", "false", "0", "-", "tidak ada"})
_LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row with something in it: its sheet, its number as a spreadsheet counts, its cells by field, empty ones left out."""

    sheet: str
    row: int
    cells: Mapping[str, str]


def read_table(
    path: Path, columns: Mapping[str, Sequence[str]], *, needed: Collection[str], name: str = ""
) -> list[PlainRow]:
    """Return the rows of the first sheet whose header has every column `needed`; `columns` are header keys by field.

    `name` is what refusals call the file. Refused: what is no table, one without the columns, one too long.
    """
    file = name or path.name
    known = {key: field for field, keys in columns.items() for key in keys}
    book = open_book(path, known=set(known))
    for sheet in book.sheets:
        rows = list(_rows(sheet, known, set(needed)))
        if len(rows) > MOST_ROWS:
            raise Refused(TOO_MANY_ROWS.at(file=file, most=MOST_ROWS))
        if rows or _header(sheet, known, set(needed)) is not None:
            return rows
    raise Refused(COLUMNS_LACKING.at(file=file, lacking=", ".join(sorted(needed)), known=", ".join(columns)))


def village_of(row: Mapping[str, str], names: VillageNames) -> int | Problem:
    """Return the village a row names by its code (`code`) or by name (`village`, `district`), or why there is none."""
    if code := row.get("code"):
        number = area_number(code.removesuffix(".0"))
        return AREA_CODE.at("kode", found=code) if number is None else number
    if village := row.get("village"):
        return names.find(village, row.get("district", ""))
    return VILLAGE_LACKING.at("desa")


def count_of(column: str, text: str) -> int | Problem | None:
    """Return the whole number of a cell, None for nothing."""
    digits = cells.count_of(text.removesuffix(".0")) if text else ""
    if digits is None or len(digits) > _LONGEST_NUMBER:
        return NOT_A_NUMBER.at(column, found=text)
    return int(digits) if digits else None


def yes_of(column: str, text: str) -> bool | Problem:
    """Return yes for a cell that says so, no for an empty one."""
    word = text.strip().lower()
    if word in _YES or not word or word in _NO:
        return word in _YES
    return NOT_YES_OR_NO.at(column, found=text)


def _rows(sheet: Sheet, known: Mapping[str, str], needed: set[str]) -> Iterator[PlainRow]:
    found = _header(sheet, known, needed)
    if found is None:
        return
    at, fields = found
    for number, row in enumerate(sheet.rows(), 1):
        if number > at:
            said = ((field, cells.said(cell)) for field, cell in zip(fields, row, strict=False) if field)
            filled = {field: text for field, text in said if text}
            if filled:
                yield PlainRow(sheet.name, number, filled)


def _header(sheet: Sheet, known: Mapping[str, str], needed: set[str]) -> tuple[int, list[str]] | None:
    """Return the row of the header and the field of each of its columns, empty where it is not known."""
    for number, row in enumerate(sheet.rows(), 1):
        fields = [known.get(cells.header_key(cell), "") for cell in row]
        if needed <= set(fields):
            return number, fields
        if number >= HEAD_ROWS:
            return None
    return None
