"""Which layout a sheet has, told by its header wherever that stands: below titles, over one row or two.

The header is the first row that carries what some layout cannot be without; of the layouts that
fit, the one that knows most of its columns is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jemput.domain.problems import Problem
from jemput.imports import file_findings
from jemput.imports.cells import header_key, said
from jemput.imports.layout import REFUSAL_HEADERS, Column, Layout
from jemput.imports.layouts import LAYOUTS
from jemput.imports.sheets import HEAD_ROWS, Cells

KNOWN_KEYS = frozenset(key for layout in LAYOUTS.values() for key in layout.by_key())
_PASSED_OVER = frozenset(header_key(text) for title in REFUSAL_HEADERS for text in (title.id, title.en))
_BY_KEY = {name: layout.by_key() for name, layout in LAYOUTS.items()}
_NEAR = 2
"""So many known headers in one row make a layout worth naming as the nearest."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: rows `first` to `last` (1-based), the columns by position, and headers nobody knows."""

    layout: Layout
    first: int
    last: int
    columns: tuple[tuple[int, Column, str], ...]
    width: int
    unread: tuple[str, ...]

    def title_of(self, field: str) -> str:
        """Return the header a field stands under in this file, or the layout's own where the file lacks it."""
        for _, column, title in self.columns:
            if column.field == field:
                return title
        return next((column.header for column in self.layout.columns if column.field == field), field)


def find(head: Sequence[Cells], layouts: Iterable[Layout], *, forced: bool = False) -> Header | None:
    """Return the header among a sheet's first rows, or None; `forced` where a person named the layout."""
    choices = list(layouts)
    for index, upper in enumerate(head):
        lower = head[index + 1] if index + 1 < len(head) else []
        fits = [fit for layout in choices if (fit := _fit(layout, upper, lower, index + 1, forced=forced))]
        if fits:
            return max(fits, key=lambda fit: len(fit.columns))
    return None


def is_header(header: Header, row: Cells) -> bool:
    """Whether a row further down repeats the header, as printed pages do: half of its columns are named again."""
    by_key = _BY_KEY[header.layout.name]
    return sum(1 for cell in row if header_key(cell) in by_key) * 2 >= len(header.columns)


def again(header: Header, row: Cells, number: int) -> Header:
    """Return the header as a repeated header row places it."""
    moved = _fit(header.layout, row, [], number, forced=True)
    return moved if moved and len(moved.columns) >= len(header.columns) else header


def not_found(heads: Iterable[Sequence[Cells]], layouts: Sequence[Layout], file: str) -> Problem:
    """Return the refusal of a file in which no header was found: what was looked for, what came nearest, what it lacks."""
    looked_for = ", ".join(layout.name for layout in layouts)
    nearest: tuple[int, int, Layout | None, list[str]] = (0, 0, None, [])
    for head in heads:
        for row in head:
            keys = {header_key(cell) for cell in row}
            for layout in layouts:
                lacking = [header for header in layout.needs if not _under(layout, header) & keys]
                others = {header_key(header) for header in layout.never} & keys
                known = sum(1 for key in keys if key in _BY_KEY[layout.name])
                if lacking and not others and known >= _NEAR and (known, -len(lacking)) > nearest[:2]:
                    nearest = (known, -len(lacking), layout, lacking)
    if nearest[2]:
        missing = ", ".join(f"“{header}”" for header in nearest[3])
        return file_findings.COLUMNS_MISSING.at(
            file=file, layout=nearest[2].name, missing=missing, looked_for=looked_for
        )
    return file_findings.NOT_RECOGNISED.at(file=file, looked_for=looked_for, rows=HEAD_ROWS)


def _under(layout: Layout, header: str) -> set[str]:
    """Return every key under which a header of this layout may stand."""
    column = _BY_KEY[layout.name][header_key(header)]
    return {header_key(name) for name in (column.header, *column.also)}


def _fit(layout: Layout, upper: Cells, lower: Cells, number: int, *, forced: bool) -> Header | None:
    """Return a layout's header read from one row, or from it and the next where that tells more."""
    one = _placed(layout, [[header_key(cell)] for cell in upper])
    width = max(len(upper), len(lower))
    pairs = [(_cell(upper, at), _cell(lower, at)) for at in range(width)]
    two = _placed(layout, [[header_key(top + below), header_key(below), header_key(top)] for top, below in pairs])
    below_alone = _placed(layout, [[header_key(cell)] for cell in lower])
    both = len(two) > max(len(one), len(below_alone)) and _is_heading(lower)
    placed = two if both else one
    if not all(any(column.header == needed for column in placed.values()) for needed in layout.needs):
        return None
    titles = [said(f"{top} {below}" if both else top) for top, below in pairs]
    filled = [at for at, title in enumerate(titles) if title and header_key(title) not in _PASSED_OVER]
    keys = {header_key(titles[at]) for at in filled}
    if keys & {header_key(header) for header in layout.never}:
        return None
    if layout.mostly and not forced and len(placed) * 2 < len(filled):
        return None
    return Header(
        layout,
        number,
        number + 1 if both else number,
        tuple((at, column, titles[at]) for at, column in placed.items()),
        width if both else len(upper),
        tuple(titles[at] for at in filled if at not in placed),
    )


def _is_heading(row: Cells) -> bool:
    """Whether a row can be the second row of a header: words only, no figures."""
    return not any(cell.strip()[:1].isdigit() for cell in row)


def _placed(layout: Layout, keys: Sequence[Sequence[str]]) -> dict[int, Column]:
    """Return the columns by position; where two headers mean one field, the first is taken."""
    by_key = _BY_KEY[layout.name]
    placed: dict[int, Column] = {}
    for at, forms in enumerate(keys):
        column = next((by_key[form] for form in forms if form in by_key), None)
        if column and column not in placed.values():
            placed[at] = column
    return placed


def _cell(row: Cells, at: int) -> str:
    """Return a cell of a row that may be shorter."""
    return row[at] if at < len(row) else ""
