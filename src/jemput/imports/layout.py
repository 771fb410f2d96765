"""What a layout is: columns by their headers, which of them it cannot be without, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jemput.domain.problems import Text
from jemput.imports.cells import header_key
from jemput.imports.rows import Kind

How = Literal[
    "text",  # free text: names, addresses
    "word",  # text of few different values, kept once in memory
    "nik",  # the person's NIK: cannot be without
    "nik_said",  # a NIK that may be left empty, but not be wrong
    "nik_other",  # a parent's NIK: dropped with a note where wrong
    "kk",  # KK number: dropped with a note where wrong
    "birth",  # a day, never after today
    "on",  # the day of an event: a day, never after today, cannot be without
    "day_said",  # a day kept as said; a note where it lies after today
    "day",  # a day; dropped with a note where it lies after today
    "coded",  # folded by `table`; an unknown code is kept as text with a note
    "sex",  # folded by `table`; unknown words go to the field `sex_said`
    "one_of",  # folded by `table`; an unknown word refuses the row
    "village",  # a village code; anything else refuses the row
    "area",  # an area code of any level; anything else is dropped with a note
    "count",  # a whole number
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as the layout writes it, the field it fills (empty: known and not read), how it is read."""

    header: str
    field: str
    how: How = "word"
    also: tuple[str, ...] = ()
    table: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of files.

    `needs` are headers without which it is not this layout, `never` headers that make it another;
    `mostly` where at least half of the headers must be known, for layouts with common words.
    `families` names how rows above a family's members are read, `code_sheet` whether a sheet of
    codes beside the list is looked for.
    """

    name: str
    kind: Kind
    title: Text
    columns: tuple[Column, ...]
    needs: tuple[str, ...]
    never: tuple[str, ...] = ()
    mostly: bool = False
    families: Literal["", "rows", "line"] = ""
    code_sheet: bool = False

    def by_key(self) -> dict[str, Column]:
        """Return the columns by every header they may stand under, as compared."""
        return {header_key(name): column for column in self.columns for name in (column.header, *column.also)}


REFUSAL_HEADERS = (
    Text("Lembar", "Sheet"),
    Text("Baris", "Row"),
    Text("Kolom", "Column"),
    Text("Alasan", "Reason"),
    Text("Yang harus dilakukan", "What to do"),
)
"""Columns that stand before the original ones in a file of refused rows; known in every layout and not read."""
