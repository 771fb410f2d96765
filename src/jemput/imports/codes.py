"""A workbook's own sheet of codes, which rules over the tables of the register.

Two columns, code and label, under a title that names the coded column (or on a sheet named so);
blocks may stand one below the other or side by side, or a third column names the coded column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jemput.imports.cells import coded, header_key, said
from jemput.imports.layout import Column, Layout
from jemput.imports.sheets import Cells

Codes = dict[str, dict[str, str]]
"""Field → code → label."""
CODE_CHARS = 3
"""Codes are short numbers (occupation ends at 89)."""


def read_codes(layout: Layout, name: str, rows: Iterable[Cells]) -> Codes:
    """Return the codes a sheet explains, by field; empty where it is no sheet of codes."""
    fields = _fields(layout)
    titled: dict[int, str] = {}
    found: Codes = {}
    at_start = fields.get(header_key(name), "")
    for row in rows:
        texts = [said(cell) for cell in row]
        for at, text in enumerate(texts):
            if at_field := fields.get(header_key(text)):
                titled[at] = at_field
                continue
            label = texts[at + 1] if at + 1 < len(texts) else ""
            if not _is_code(text) or not label or _is_code(label):
                continue
            field = fields.get(header_key(texts[at - 1]), "") if at else ""
            if field := field or titled.get(at, "") or titled.get(at + 1, "") or at_start:
                found.setdefault(field, {})[text.lstrip("0") or "0"] = label
    return found


def ruled_by(column: Column, codes: Codes) -> Column:
    """Return a coded column as the workbook's own codes make it, its labels folded where the register knows them."""
    own = codes.get(column.field)
    if not own or column.table is None:
        return column
    words = {word: folded for word, folded in column.table.items() if not _is_code(word)}
    meant = {code: coded(words, label) or label for code, label in own.items()}
    return replace(column, table=words | {own[code].lower(): word for code, word in meant.items()} | meant)


def _fields(layout: Layout) -> dict[str, str]:
    """Return the coded columns' fields by every key that may name them: agama_id, agama."""
    names = {}
    for column in layout.columns:
        if column.how in {"coded", "sex"}:
            for title in (column.header, *column.also):
                names[header_key(title)] = column.field
                names[header_key(title.removesuffix("_id"))] = column.field
    return names


def _is_code(text: str) -> bool:
    """Whether a cell is a code."""
    return text.isascii() and text.isdigit() and len(text) <= CODE_CHARS
