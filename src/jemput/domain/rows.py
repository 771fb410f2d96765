"""A row of a file from elsewhere, as readers hand it on: where it stands and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jemput.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row: sheet, row number as Excel counts, and its cells as cleaned text by canonical field name."""

    sheet: str
    row: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row; `problem.column` is the column as the file names it."""

    sheet: str
    row: int
    problem: Problem
