"""A file as sheets of text rows, whatever its name ends in: .xls, .xlsx, .ods, CSV.

What a file is, its first bytes say; its name may lie. Rows come as an iterator, so that a large
CSV is never held whole. Row 1 is row 1 as the spreadsheet numbers it, also after empty rows.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jemput.domain.problems import Problem, Refused
from jemput.imports import cells, file_findings, findings

Cells = list[str]

HEAD_ROWS = 60
"""A header is looked for in so many rows: the longest heading met (BIP, with its title, place and first family) has 12."""
DELIMITERS = (",", ";", "\t")
MAX_CELLS = 64_000_000
"""A sheet is laid out in memory at about 32 bytes a cell: 2 GB. The whole register of 402,600 people x 43 columns is 17 million."""
CHUNK_BYTES = 1 << 20
SNIFF_BYTES = 4096
MAX_CELL_CHARS = 131_072

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAGIC = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"PK\x05\x06": "ZIP",
    b"\x1f\x8b": "GZIP",
}
_DIMENSION = re.compile(rb'<dimension[^>]*ref="[A-Z]{1,3}\d+:([A-Z]{1,3})(\d+)"')
_MARKUP = re.compile(rb"\s*(?:<!doctype|<html|<table|<\?xml|<meta|<style|<head)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows()` starts again from row 1. `exact` where a row longer than its header is a fault (CSV)."""

    name: str
    hidden: bool
    exact: bool
    rows: Callable[[], Iterator[Cells]]

    def head(self) -> list[Cells]:
        """Return the first rows, among which the header must be."""
        return list(islice(self.rows(), HEAD_ROWS))


@dataclass(frozen=True, slots=True)
class Book:
    """A file: its sheets, and what was noticed on opening it."""

    sheets: list[Sheet]
    notes: list[Problem] = field(default_factory=list)


def open_book(path: Path, *, known: AbstractSet[str]) -> Book:
    """Open a file; `known` are the header keys by which the separator of a CSV is told.

    Refused: no such file, an empty one, one that is no table, a damaged or a locked workbook.
    """
    try:
        with path.open("rb") as file:
            first = file.read(SNIFF_BYTES)
    except OSError as error:
        raise Refused(file_findings.FILE_MISSING.at(file=path.name)) from error
    if not first.strip(b"\x00\r\n\t ") or first in {codecs.BOM_UTF8, *_UTF16}:
        raise Refused(file_findings.FILE_EMPTY.at(file=path.name))
    if first.startswith((_OLE, _ZIP)):
        return Book(_workbook(path))
    for magic, name in _MAGIC.items():
        if first.startswith(magic):
            raise Refused(file_findings.NOT_A_TABLE.at(file=path.name, found=name))
    if _MARKUP.match(first.removeprefix(codecs.BOM_UTF8)):
        raise Refused(file_findings.WEB_PAGE.at(file=path.name))
    if b"\x00" in first and not first.startswith(_UTF16):
        raise Refused(file_findings.NOT_A_TABLE.at(file=path.name, found="data biner"))
    return _csv(path, first, known)


# --- workbooks ---------------------------------------------------------------------------------


def _workbook(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook; charts and macro sheets hold no rows."""
    _refuse_boundless(path)
    with _readable(path):
        book = _opened(path.read_bytes())
        metadata = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        sheets = [(meta, book.get_sheet_by_name(meta.name)) for meta in metadata]
    return [
        Sheet(meta.name, meta.visible != SheetVisibleEnum.Visible, exact=False, rows=_rows_of(sheet, path))
        for meta, sheet in sheets
    ]


def _opened(content: bytes) -> CalamineWorkbook:
    """Open a workbook by its content; where that fails, once more by fitting names, because only then a lock is told."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError:
        with tempfile.TemporaryDirectory(prefix="jemput-") as folder:
            for name in ("book.xls", "book.xlsx"):
                named = Path(folder) / name
                named.write_bytes(content)
                try:
                    return CalamineWorkbook.from_path(named)
                except PasswordError:
                    raise
                except CalamineError:
                    continue
        raise


def _rows_of(sheet: CalamineSheet, path: Path) -> Callable[[], Iterator[Cells]]:
    """Return how to walk a sheet's rows as text."""

    def rows() -> Iterator[Cells]:
        with _readable(path):
            for row in sheet.iter_rows():
                yield [cell if cell.__class__ is str else cells.as_text(cell) for cell in row]

    return rows


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what the reading library raises on a bad workbook into a refusal."""
    try:
        yield
    except PasswordError as error:
        raise Refused(file_findings.WORKBOOK_LOCKED.at(file=path.name)) from error
    except CalamineError as error:
        raise Refused(file_findings.WORKBOOK_BROKEN.at(file=path.name)) from error
    except BaseException as error:
        # a panic of the library's Rust derives from BaseException and has no importable name
        if type(error).__name__ == "PanicException":
            raise Refused(file_findings.WORKBOOK_BROKEN.at(file=path.name)) from error
        raise


def _refuse_boundless(path: Path) -> None:
    """Refuse a workbook whose sheet would not fit into memory, before it is laid out."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                    continue
                with archive.open(name) as part:
                    match = _DIMENSION.search(part.read(SNIFF_BYTES))
                cells_spanned = _columns(match[1]) * int(match[2]) if match else 0
                if cells_spanned > MAX_CELLS:
                    problem = file_findings.WORKBOOK_TOO_LARGE.at(file=path.name, cells=cells_spanned, limit=MAX_CELLS)
                    raise Refused(problem)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Refused(file_findings.WORKBOOK_BROKEN.at(file=path.name)) from error


def _columns(letters: bytes) -> int:
    """Return the number of a column: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


# --- CSV ---------------------------------------------------------------------------------------


def _csv(path: Path, first: bytes, known: AbstractSet[str]) -> Book:
    """Return a CSV as a book of one nameless sheet."""
    encoding, notes = _encoding(path, first)
    delimiter = max(DELIMITERS, key=lambda one: _likeness(path, encoding, one, known))
    return Book([Sheet("", hidden=False, exact=True, rows=_csv_rows(path, encoding, delimiter))], notes)


def _encoding(path: Path, first: bytes) -> tuple[str, list[Problem]]:
    """Return the encoding of a text file: as its mark says, else UTF-8 if all of it is, else Windows-1252 with a note."""
    if first.startswith(_UTF16):
        return "utf-16", []
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", [findings.READ_AS_CP1252.at()]
    return "utf-8-sig", []


def _likeness(path: Path, encoding: str, delimiter: str, known: AbstractSet[str]) -> tuple[int, int]:
    """Return how much a separator makes of the first rows: known headers in the best row, then columns."""
    best = (0, 0)
    try:
        for row in islice(_csv_rows(path, encoding, delimiter)(), HEAD_ROWS):
            best = max(best, (sum(cells.header_key(cell) in known for cell in row), len(row)))
    except Refused:
        pass  # a quote that makes no sense with this separator may with another
    return best


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Callable[[], Iterator[Cells]]:
    """Return how to walk a CSV's rows; a quote left open would swallow people, so it is refused."""

    def rows() -> Iterator[Cells]:
        csv.field_size_limit(MAX_CELL_CHARS)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise Refused(file_findings.QUOTE_OPEN.at(file=path.name, row=reader.line_num)) from error

    return rows
