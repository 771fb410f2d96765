"""Refused rows, written back as a file: where, why, what to do, and the row as it was.

The file keeps the heading and the header of its source, so that once mended it can be imported
as it is. Every cell is text: a NIK keeps its digits and nothing that looks like a formula is one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # 3.3 ships no type information

from jemput.domain.problems import Language, Problem
from jemput.domain.rows import RowProblem
from jemput.domain.spreadsheets import CELL_CHARS, csv_cell, sheet_name
from jemput.imports.layout import REFUSAL_HEADERS
from jemput.imports.read import recognise_file
from jemput.imports.recognise import Header
from jemput.imports.sheets import Cells, Sheet
from jemput.imports.table import families_of

_WIDTHS = (12, 8, 18, 60, 50)


@dataclass(frozen=True, slots=True)
class Line:
    """One row to write: the problems' columns (empty for a row that is only there to be understood) and the original cells."""

    told: tuple[str, ...]
    cells: Cells
    is_header: bool = False


def write_refusals(
    target: Path, source: Path, refused: Sequence[RowProblem], *, language: Language, layout: str | None = None
) -> int:
    """Write the refused rows of `source` to `target` (.csv, else a workbook) and return how many.

    `layout` is the name of the layout the source was read by (`Parsed.layout`).
    """
    recognised = recognise_file(source, layout=layout)
    by_sheet: dict[str, dict[int, list[Problem]]] = {}
    for one in refused:
        by_sheet.setdefault(one.sheet, {}).setdefault(one.row, []).append(one.problem)
    parts = [
        (sheet.name or source.stem, _lines(sheet, header, by_sheet[sheet.name], language))
        for sheet, header in recognised.read
        if sheet.name in by_sheet
    ]
    if target.suffix.lower() == ".csv":
        return _write_csv(target, parts)
    return _write_workbook(target, parts)


def _lines(sheet: Sheet, header: Header, problems: dict[int, list[Problem]], language: Language) -> Iterator[Line]:
    """Return a sheet's heading, header and refused rows, each family's own rows above its refused members."""
    families = families_of(header)
    nothing = ("",) * len(REFUSAL_HEADERS)
    family: list[Cells] = []
    in_family = False
    for number, cells in enumerate(sheet.rows(), start=1):
        is_family = bool(families and families.take(cells))
        if is_family and number > header.last:
            family = [*family, cells] if in_family else [cells]
        elif number in problems:
            yield from (Line(nothing, row) for row in family)
            family = []
            yield Line(_told(sheet.name, number, problems[number], language), cells)
        elif number < header.first or header.first < number <= header.last:
            yield Line(nothing, cells)
        elif number == header.first:
            yield Line(tuple(title.say(language) for title in REFUSAL_HEADERS), cells, is_header=True)
        in_family = is_family


def _told(sheet: str, number: int, problems: Sequence[Problem], language: Language) -> tuple[str, ...]:
    """Return what is said of a refused row: sheet, row, column, reason, what to do."""
    columns = ", ".join(dict.fromkeys(problem.column for problem in problems if problem.column))
    reasons = " ".join(dict.fromkeys(problem.reason(language) for problem in problems))
    todos = " ".join(dict.fromkeys(problem.todo(language) for problem in problems))
    return sheet, str(number), columns, reasons, todos


def _write_workbook(target: Path, parts: Sequence[tuple[str, Iterator[Line]]]) -> int:
    """Write a workbook with one sheet for each of the source."""
    written = 0
    book = xlsxwriter.Workbook(
        str(target),
        {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
    )
    with book:
        text = book.add_format({"num_format": "@", "valign": "top"})
        wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        bold = book.add_format({"num_format": "@", "bold": True, "valign": "top", "text_wrap": True})
        for name, lines in parts:
            sheet = book.add_worksheet(_name(name, book))
            for at, width in enumerate(_WIDTHS):
                sheet.set_column(at, at, width)
            for number, line in enumerate(lines):
                for at, cell in enumerate((*line.told, *line.cells)):
                    if cell:
                        style = bold if line.is_header else wrapped if at < len(line.told) else text
                        sheet.write_string(number, at, cell[:CELL_CHARS], style)
                written += bool(line.told[1]) and not line.is_header
                if line.is_header:
                    sheet.freeze_panes(number + 1, 0)
    return written


def _write_csv(target: Path, parts: Sequence[tuple[str, Iterator[Line]]]) -> int:
    """Write a CSV; an apostrophe keeps a formula and a long number text, and is dropped again on reading."""
    written = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for _, lines in parts:
            for line in lines:
                writer.writerow([csv_cell(cell) for cell in (*line.told, *line.cells)])
                written += bool(line.told[1]) and not line.is_header
    return written


def _name(name: str, book: xlsxwriter.Workbook) -> str:
    return sheet_name(name, {one.get_name().lower() for one in book.worksheets()}, otherwise="ditolak")
