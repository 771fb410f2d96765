"""What a reader hands over: rows of cleaned text, the rows it refused, and what it noticed.

A field nobody spoke of is absent from `fields`, so that an empty cell can never overwrite.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from jemput.domain.problems import Problem

Kind = Literal["list", "events", "konsolidasi", "dkb"]
Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read; `row` as a spreadsheet numbers it (1-based), `sheet` empty for CSV."""

    sheet: str
    row: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem of one row; row 0 speaks of the whole sheet, sheet and row empty of the whole file."""

    sheet: str
    row: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as read.

    `area` is the code in the file's own heading rows, `area_name` the names found there as
    "desa/kecamatan/kabupaten" (a part may be empty; wholly empty where the heading names none),
    `as_at` the day the heading gives, `person_rows` all rows seen: taken, refused and repeated.
    """

    layout: str
    kind: Kind
    rows: list[Row]
    refused: list[RowProblem]
    notes: list[RowProblem]
    area: int | None
    area_name: str
    as_at: date | None
    person_rows: int
