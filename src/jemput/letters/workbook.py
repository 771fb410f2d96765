"""The one way a table leaves as Excel: heading, what it shows, header, typed cells, ready to print.

Rows are written as they come, so that 300,000 of them take no more memory than ten. A NIK is text,
a number a number, a date a date; what somebody typed is never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Literal

import xlsxwriter  # type: ignore[import-untyped]  # 3.3 ships no type information

from jemput.domain.problems import Language, Text
from jemput.domain.spreadsheets import CELL_CHARS, SHEET_ROWS, is_like_a_formula, sheet_name

Kind = Literal["text", "code", "number", "percent", "day"]
Cell = str | Text | int | Decimal | date | None
"""A `Text` is said in the language of the file."""
Cells = Sequence[Cell]
Paper = Literal["A4", "F4"]

PAPERS: dict[Paper, int] = {"A4": 9, "F4": 14}
"""Paper numbers of the file format; 14 is Folio, 8.5 by 13 inches, which Indonesia calls F4 (215 by 330 mm)."""
_WIDTHS: dict[Kind, int] = {"text": 28, "code": 20, "number": 12, "percent": 10, "day": 18}
_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"num_format": "@", "valign": "top", "text_wrap": True},
    "code": {"num_format": "@", "valign": "top"},
    "number": {"num_format": "#,##0", "valign": "top"},
    "percent": {"num_format": "0.00", "valign": "top"},
    "day": {"align": "left", "valign": "top"},
}
_DAY_FORMATS: dict[Language, str] = {"id": "[$-421]d mmmm yyyy", "en": "[$-809]d mmmm yyyy"}
"""A date in words, in the language of the file whatever the reader's spreadsheet speaks."""
_LINE = "#c8d3d2"
_HEADER = {"num_format": "@", "bold": True, "valign": "top", "text_wrap": True, "bg_color": "#dbe9e7", "bottom": 1}
_MARGIN_INCH = 0.5


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, the kind of its cells, its width in characters (default: by kind).

    text: words, wrapped · code: NIK, KK, area code: text that is never a number · number: people ·
    percent: a share in percent · day: a date.
    """

    title: Text
    kind: Kind = "text"
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    """A row that stands out: a sum, or the heading of a part."""

    cells: Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, title, the lines that say what it shows (`Tie.about`), columns, and rows as they come."""

    name: Text
    title: Text
    about: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Iterable[Cells | Strong]


def write_workbook(
    target: Path | IO[bytes], sheets: Sequence[Sheet], *, language: Language, made_at: datetime, paper: Paper = "A4"
) -> int:
    """Write a workbook of `sheets`, each read once from its first row to its last; return the rows written.

    A sheet longer than a spreadsheet takes goes on in a second one. `made_at` is aware UTC.
    """
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    options["strings_to_urls"] = False
    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
    with book:
        book.set_properties({"title": sheets[0].title.say(language), "created": made_at.replace(tzinfo=None)})
        styles = _Styles(book, language)
        return sum(_write(book, sheet, styles, language, PAPERS[paper]) for sheet in sheets)


class _Styles:
    """The formats of a book, made once each: plain, strong, and as text that is like a formula."""

    def __init__(self, book: Any, language: Language) -> None:  # noqa: ANN401 - the library is untyped
        formats = _FORMATS | {"day": _FORMATS["day"] | {"num_format": _DAY_FORMATS[language]}}
        self.title = book.add_format({"bold": True, "font_size": 14, "num_format": "@"})
        self.about = book.add_format({"font_color": "#4a5a59", "num_format": "@"})
        self.header = book.add_format(_HEADER | {"bottom_color": _LINE})
        self.plain = {kind: book.add_format(how) for kind, how in formats.items()}
        self.strong = {kind: book.add_format(how | {"bold": True, "top": 1}) for kind, how in formats.items()}
        self.quoted = book.add_format(_FORMATS["code"] | {"quote_prefix": True})


def _write(book: Any, sheet: Sheet, styles: _Styles, language: Language, paper: int) -> int:  # noqa: ANN401 - the same
    rows = iter(sheet.rows)
    written = 0
    while True:
        page = _page(book, sheet, styles, language, paper)
        first = len(sheet.about) + 3
        room = SHEET_ROWS - first
        last = first - 1
        for number, row in _some(rows, room):
            last = first + number
            _row(page, last, row, sheet.columns, styles, language)
            written += 1
        page.autofilter(first - 1, 0, last, len(sheet.columns) - 1)
        if written == 0 or written % room:
            return written
        try:
            following = next(rows)
        except StopIteration:
            return written
        rows = _pushed(following, rows)


def _page(book: Any, sheet: Sheet, styles: _Styles, language: Language, paper: int) -> Any:  # noqa: ANN401 - the same
    """Return a new sheet with its heading and header written, ready to print."""
    taken = {one.get_name().lower() for one in book.worksheets()}
    page = book.add_worksheet(sheet_name(sheet.name.say(language), taken, otherwise="data"))
    header = len(sheet.about) + 2
    page.set_landscape()
    page.set_paper(paper)
    page.set_margins(*[_MARGIN_INCH] * 4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.set_footer("&L&A&R&P / &N")
    page.freeze_panes(header + 1, 0)
    page.ignore_errors({"number_stored_as_text": f"A{header + 2}:XFD{SHEET_ROWS}"})
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width or _WIDTHS[column.kind])
    page.write_string(0, 0, sheet.title.say(language)[:CELL_CHARS], styles.title)
    for number, line in enumerate(sheet.about, start=1):
        page.write_string(number, 0, line[:CELL_CHARS], styles.about)
    for at, column in enumerate(sheet.columns):
        page.write_string(header, at, column.title.say(language), styles.header)
    return page


def _row(  # noqa: PLR0917 - one place calls it
    page: Any,  # noqa: ANN401 - the same
    number: int,
    row: Cells | Strong,
    columns: Sequence[Column],
    styles: _Styles,
    language: Language,
) -> None:
    cells, formats = (row.cells, styles.strong) if isinstance(row, Strong) else (row, styles.plain)
    for at, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        style = formats[column.kind]
        match cell:
            case Text():
                words = cell.say(language)
                page.write_string(number, at, words[:1].upper() + words[1:], style)
            case None | "":
                if isinstance(row, Strong):
                    page.write_blank(number, at, None, style)
            case str():
                quoted = is_like_a_formula(cell) and not isinstance(row, Strong)
                page.write_string(number, at, cell[:CELL_CHARS], styles.quoted if quoted else style)
            case date():
                page.write_datetime(number, at, cell, style)
            case _:
                page.write_number(number, at, cell, style)


def _some(rows: Iterator[Cells | Strong], room: int) -> Iterator[tuple[int, Cells | Strong]]:
    """Yield at most `room` rows with their numbers; take no row more than that."""
    return zip(range(room), rows, strict=False)


def _pushed(first: Cells | Strong, rest: Iterator[Cells | Strong]) -> Iterator[Cells | Strong]:
    yield first
    yield from rest
