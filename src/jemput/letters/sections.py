"""A part of a report as rows and columns, once: the same part is shown on a page, set in type and written to Excel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jemput.domain import wording
from jemput.domain.problems import Language, Text
from jemput.letters.workbook import Cell, Cells, Column, Kind, Sheet, Strong
from jemput.queries.tied import Tie

NOTHING = "–"
TO_FILL_IN = "…" * 8
"""A line of dots where the office writes with its own hand."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part: its name (as a sheet), title, columns, rows, and a note below it.

    `by_hand` marks what the office fills in, so that an empty cell is a line to write on; `is_long` a
    list that is set small, on pages of its own.
    """

    name: Text
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Cells | Strong, ...]
    note: Text | None = None
    by_hand: bool = False
    is_long: bool = False

    def sheet(self, tie: Tie, language: Language) -> Sheet:
        """Return the part as a sheet of a workbook."""
        about = (*tie.about(language), *([self.note.say(language)] if self.note else []))
        return Sheet(self.name, self.title, about, self.columns, self.rows)

    def as_data(self, language: Language) -> dict[str, object]:
        """Return the part as a template or a page takes it: every cell in words, numbers marked to stand right."""
        return {
            "title": self.title.say(language),
            "note": self.note.say(language) if self.note else "",
            "long": self.is_long,
            "by_hand": self.by_hand,
            "columns": [
                {
                    "title": column.title.say(language),
                    "right": column.kind in {"number", "percent"},
                    "wide": column.kind == "text",
                }
                for column in self.columns
            ],
            "rows": [self._row(row, language) for row in self.rows],
        }

    def _row(self, row: Cells | Strong, language: Language) -> dict[str, object]:
        cells = row.cells if isinstance(row, Strong) else row
        empty = TO_FILL_IN if self.by_hand else NOTHING
        return {
            "strong": isinstance(row, Strong),
            "cells": [
                said(cell, column.kind, language, empty) for cell, column in zip(cells, self.columns, strict=True)
            ],
        }


def said(cell: Cell, kind: Kind, language: Language, empty: str = NOTHING) -> str:
    """Return a cell as the language writes it; `empty` where it says nothing."""
    match cell:
        case None | "":
            return empty if kind in {"number", "percent"} or (kind == "text" and empty == TO_FILL_IN) else ""
        case str():
            return cell
        case Text():
            return capitalised(cell.say(language))
        case Decimal():
            return wording.decimal(cell, language)
        case date():
            return wording.day(cell, language)
        case _:
            return wording.number(cell, language)


def capitalised(words: str) -> str:
    """Return words that begin a line of a table: the first letter great, all others as they are."""
    return words[:1].upper() + words[1:]
