"""The first rows of a file as they are read: each column by the file's own header and the field it fills, NIK masked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from jemput.domain import ids
from jemput.imports.cells import said
from jemput.imports.read import recognise_file

ROWS = 5
CELL_CHARS = 60


@dataclass(frozen=True, slots=True)
class Preview:
    """The sheet that is shown, its columns as (header in the file, field; empty: known and not read), its first rows."""

    sheet: str
    columns: list[tuple[str, str]]
    rows: list[list[str]]
    unread: list[str]


def preview(path: Path, *, layout: str | None = None) -> Preview:
    """Return the first rows below the header of the first sheet that is read; refused as reading would be."""
    sheet, header = recognise_file(path, layout=layout).read[0]
    columns = [(at, column.field, title) for at, column, title in header.columns]
    rows: list[list[str]] = []
    for row in islice(sheet.rows(), header.last, None):
        if len(rows) == ROWS:
            break
        if any(said(cell) for cell in row):
            rows.append([_shown(row[at]) if at < len(row) else "" for at, _, _ in columns])
    return Preview(sheet.name, [(title, field) for _, field, title in columns], rows, list(header.unread))


def _shown(cell: str) -> str:
    return ids.mask_within(said(cell))[:CELL_CHARS]
