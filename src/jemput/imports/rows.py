"""What a reader hands over: rows of cleaned text, the rows it refused, and what it noticed.

A field nobody spoke of is absent from a row's `fields`, so that an empty cell can never overwrite.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from jemput.domain.rows import Row, RowProblem

Kind = Literal["list", "events", "konsolidasi", "dkb"]
Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as read.

    A row's number is the spreadsheet's (1-based), its sheet empty for a CSV; a problem of row 0
    speaks of a whole sheet or file. `area` is the code in the file's own heading rows, `area_name`
    the names found there as "desa/kecamatan/kabupaten" (a part may be empty; wholly empty where the
    heading names none), `as_at` the day the heading gives, `person_rows` all rows of data seen:
    taken, refused and repeated.
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
