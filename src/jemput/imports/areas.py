"""Read lists of area codes (`kode,nama`), of points (`kode,lat,lng`) and of changes; hand GeoJSON to `boundaries`.

Plain, gzipped, or a workbook. A release is a year; what holds with it holds from its 1 January, for the lists
name no day.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jemput.actions.places import Drawn
from jemput.domain.area_history import ADDED, CHANGES, REMOVED
from jemput.domain.ids import AREA_CODE, area_number
from jemput.domain.places import AreaChange, AreaPoint, AreaRow, read_degrees
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.imports import file_findings, findings
from jemput.imports.boundaries import read_boundaries
from jemput.imports.cells import header_key, said
from jemput.imports.sheets import DELIMITERS, HEAD_ROWS, Cells, open_book

CODE_KEYS = ("kode", "code", "kodewilayah", "kdwilayah", "kodekemendagri", "kodedagri")
LAT_KEYS = ("lat", "latitude", "lintang")
LNG_KEYS = ("lng", "lon", "long", "longitude", "bujur")
NAME_KEYS = ("nama", "name", "namawilayah", "wilayah")
CHANGE_KEYS = ("kode", "change", "torelease", "oldname", "newname")
FROM_RELEASE = "fromrelease"
_GZIP = b"\x1f\x8b"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)

UNREADABLE = ProblemKind(
    "areas_unreadable",
    Text(
        "Berkas {file} tidak terbaca sebagai daftar wilayah atau GeoJSON.",
        "The file {file} reads neither as a list of areas nor as GeoJSON.",
    ),
    Text(
        "Perlu kolom `kode` dan `nama` (atau `lat` dan `lng`), atau FeatureCollection dengan properti `kode`.",
        "It needs the columns `kode` and `nama` (or `lat` and `lng`), or a FeatureCollection with the property `kode`.",
    ),
)
NO_NAME = ProblemKind(
    "area_without_name",
    Text("Kode {kode} tidak bernama.", "Code {kode} has no name."),
    Text("Isi namanya.", "Fill in its name."),
)
TWICE = ProblemKind(
    "area_twice",
    Text(
        "Kode {kode} sudah ada di baris {row} dengan nama “{first}”; baris ini menulis “{second}”.",
        "Code {kode} already stands in row {row} as “{first}”; this row says “{second}”.",
    ),
    Text("Hapus yang keliru.", "Delete the wrong one."),
)
CHANGE_UNKNOWN = ProblemKind(
    "area_change_unknown",
    Text("“{found}” bukan perubahan kode.", "“{found}” is no change of a code."),
    Text("Pilih salah satu: {known}.", "Choose one of: {known}."),
)
RELEASE_UNREADABLE = ProblemKind(
    "area_release_unreadable",
    Text(
        "Rilis “{found}” bukan tahun sesudah rilis asalnya.",
        "Release “{found}” is no year after the release before it.",
    ),
    Text(
        "Isi from_release dan to_release dengan tahun, misalnya 2022 dan 2023.",
        "Give from_release and to_release as years.",
    ),
)


@dataclass(slots=True)
class AreaFile:
    """A file of areas as read; one of codes, changes and boundaries is filled, points alone or beside codes.

    Rows are counted as a spreadsheet does.

    `release` is the year the file's name gives.
    """

    areas: list[AreaRow] = field(default_factory=list)
    points: list[AreaPoint] = field(default_factory=list)
    changes: list[AreaChange] = field(default_factory=list)
    boundaries: list[Drawn] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    release: int | None = None


def release_day(release: int) -> date:
    """Return the day from which a release is taken to hold."""
    return date(release, 1, 1)


def read_areas(path: Path) -> AreaFile:
    """Read a list of codes, a list of their changes, or boundaries; refuse what is none of them."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused(file_findings.FILE_MISSING.at(file=path.name)) from error
    zipped = raw.startswith(_GZIP)
    text = ""
    if zipped or raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        text = _text(raw, path)
    if text.lstrip().startswith("{"):
        boundaries = read_boundaries(text, path)
        return AreaFile(boundaries=boundaries.drawn, refused=boundaries.refused, notes=boundaries.notes)
    years = _YEAR.findall(path.name)
    read = AreaFile(release=int(years[-1]) if years else None)
    for sheet, rows in [("", _csv(text))] if zipped else _sheets(path):
        if _read_table(sheet, rows, read):
            return read
    raise Refused(UNREADABLE.at(file=path.name))


def _text(raw: bytes, path: Path) -> str:
    try:
        plain = gzip.decompress(raw) if raw.startswith(_GZIP) else raw
    except (OSError, EOFError, zlib.error):
        raise Refused(UNREADABLE.at(file=path.name)) from None
    try:
        return plain.decode("utf-8-sig")
    except UnicodeDecodeError:
        return plain.decode("cp1252", errors="replace")


def _csv(text: str) -> Iterator[Cells]:
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheets(path: Path) -> Iterator[tuple[str, Iterable[Cells]]]:
    book = open_book(path, known={*CODE_KEYS, *NAME_KEYS, *CHANGE_KEYS, FROM_RELEASE})
    return ((sheet.name, sheet.rows()) for sheet in book.sheets)


def _read_table(sheet: str, rows: Iterable[Cells], read: AreaFile) -> bool:
    """Read a sheet that holds a list or changes; False where no header of either is among its first rows."""
    numbered = enumerate(rows, 1)
    for number, row in numbered:
        keys = [header_key(cell) for cell in row]
        if set(CHANGE_KEYS) <= set(keys):
            _read_changes(sheet, numbered, keys, read)
            return True
        code, name, lat, lng = (
            next((keys.index(key) for key in known if key in keys), None)
            for known in (CODE_KEYS, NAME_KEYS, LAT_KEYS, LNG_KEYS)
        )
        point = None if lat is None or lng is None else (lat, lng)
        if code is not None and (name is not None or point):
            listed = [(number, row) for number, row in numbered if any(row)]
            if point:
                _read_points(sheet, listed, (code, *point), read, alone=name is None)
            if name is not None:
                _read_list(sheet, listed, (code, name), read)
            return True
        if number >= HEAD_ROWS:
            break
    return False


def _read_list(sheet: str, rows: Iterable[tuple[int, Cells]], columns: Sequence[int], read: AreaFile) -> None:
    first: dict[int, AreaRow] = {}
    for number, row in rows:
        kode, name = _cells(row, columns)
        area = area_number(kode)
        problem: Problem | None = None
        if area is None:
            problem = AREA_CODE.at("kode", found=kode)
        elif not name:
            problem = NO_NAME.at("nama", kode=kode)
        elif area not in first:
            first[area] = AreaRow(area, name, number)
        elif first[area].name != name:
            before = first[area]
            problem = TWICE.at("kode", kode=kode, row=before.row, first=before.name, second=name)
        else:
            read.notes.append(RowProblem(sheet, number, findings.SAME_ROW_TWICE.at("kode", where=first[area].row)))
        if problem:
            read.refused.append(RowProblem(sheet, number, problem))
    read.areas = list(first.values())


def _read_points(
    sheet: str, rows: Iterable[tuple[int, Cells]], columns: Sequence[int], read: AreaFile, *, alone: bool
) -> None:
    """Read points; beside a list of codes a row without one is nothing to remark, and a wrong one keeps no code out."""
    for number, row in rows:
        kode, lat, lng = _cells(row, columns)
        area = area_number(kode)
        if not alone and (area is None or not (lat or lng)):
            continue
        problem = AREA_CODE.at("kode", found=kode)
        if area is not None:
            point = read_degrees(lat, lng)
            if not isinstance(point, Problem):
                read.points.append(AreaPoint(area, point.lat, point.lng, number))
                continue
            problem = point
        (read.refused if alone else read.notes).append(RowProblem(sheet, number, problem))


def _cells(row: Cells, columns: Sequence[int]) -> Iterator[str]:
    return (said(row[index]) if index < len(row) else "" for index in columns)


def _read_changes(sheet: str, rows: Iterable[tuple[int, Cells]], keys: Sequence[str], read: AreaFile) -> None:
    for number, row in rows:
        if not any(row):
            continue
        cells = dict(zip(keys, map(said, row), strict=False))
        change = _change(cells)
        if isinstance(change, Problem):
            read.refused.append(RowProblem(sheet, number, change))
        else:
            read.changes.append(change)


def _change(cells: dict[str, str]) -> AreaChange | Problem:
    kode, kind = cells.get("kode", ""), cells.get("change", "").lower()
    area = area_number(kode)
    if area is None:
        return AREA_CODE.at("kode", found=kode)
    if kind not in CHANGES:
        return CHANGE_UNKNOWN.at("change", found=kind, known=", ".join(CHANGES))
    until = cells.get("torelease", "")
    since = cells.get(FROM_RELEASE, "") or str(int(until) - 1 if _YEAR.fullmatch(until) else "")
    if not (_YEAR.fullmatch(since) and _YEAR.fullmatch(until) and since < until):
        return RELEASE_UNREADABLE.at("to_release", found=until)
    old, new = cells.get("oldname", ""), cells.get("newname", "")
    if (not old and kind != ADDED) or (not new and kind != REMOVED):
        return NO_NAME.at("old_name" if kind != ADDED and not old else "new_name", kode=kode)
    return AreaChange(area, kind, old, new, release_day(int(since)), release_day(int(until)))
