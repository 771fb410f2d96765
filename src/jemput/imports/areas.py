"""Read lists of area codes (`kode,nama`), their changes between releases, and GeoJSON boundaries."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shapely import make_valid, to_geojson
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

from jemput.actions.places import AreaChange, Drawn
from jemput.domain.ids import AREA_CODE, area_number
from jemput.domain.places import parent, point_problem
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem

CODE_NAMES = ("kode", "code", "kode_wilayah", "kd_wilayah")
NAME_NAMES = ("nama", "name", "wilayah", "nama_wilayah")
EARTH_RADIUS_KM = 6371.0072
"""Radius of the sphere of the earth's own area (IUGG authalic radius)."""
FIRST_OF_YEAR = (1, 1)

UNREADABLE = ProblemKind(
    "areas_unreadable",
    Text(
        "Berkas {file} tidak terbaca sebagai daftar wilayah atau GeoJSON.",
        "The file {file} reads neither as a list of areas nor as GeoJSON.",
    ),
    Text(
        "Perlu kolom `kode` dan `nama`, atau FeatureCollection dengan properti `kode`.",
        "It needs the columns `kode` and `nama`, or a FeatureCollection with the property `kode`.",
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
        "Kode {kode} sudah ada di baris {row} dengan nama lain.",
        "Code {kode} already stands in row {row} with another name.",
    ),
    Text("Hapus yang keliru.", "Delete the wrong one."),
)
NO_PARENT = ProblemKind(
    "area_without_parent",
    Text("Wilayah di atas {kode} tidak ada di daftar ini.", "The area above {kode} is not in this list."),
    Text("Sertakan kecamatan dan kabupatennya.", "Include its district and regency."),
)
NOT_AN_AREA = ProblemKind(
    "not_an_area",
    Text("Geometri {kode} bukan bidang yang utuh.", "The geometry of {kode} is not a whole area."),
    Text("Ekspor ulang sebagai Polygon atau MultiPolygon.", "Export it again as Polygon or MultiPolygon."),
)


@dataclass(slots=True)
class AreaFile:
    """A file of areas as read; exactly one of the three lists is filled. Rows are counted as a spreadsheet does."""

    areas: list[tuple[int, str]] = field(default_factory=list)
    changes: list[AreaChange] = field(default_factory=list)
    boundaries: list[Drawn] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)


def read_areas(path: Path) -> AreaFile:
    """Read a list of codes, a list of their changes, or boundaries; refuse what is none of them."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError, gzip.BadGzipFile):
        raise Refused(UNREADABLE.at(file=path.name)) from None
    if text.lstrip().startswith("{"):
        return _boundaries(text, path)
    head = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    columns = [cell.strip().lower() for cell in next(rows, [])]
    if {"change", "kode", "to_release"} <= set(columns):
        return _changes(columns, rows)
    code = next((columns.index(name) for name in CODE_NAMES if name in columns), None)
    name = next((columns.index(name) for name in NAME_NAMES if name in columns), None)
    if code is None or name is None:
        raise Refused(UNREADABLE.at(file=path.name))
    return _areas(rows, code, name)


def _areas(rows: Iterator[list[str]], code: int, name: int) -> AreaFile:
    read = AreaFile()
    first: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        kode, title = (row[index].strip() if index < len(row) else "" for index in (code, name))
        area = area_number(kode)
        problem: Problem | None = None
        if area is None:
            problem = AREA_CODE.at("kode", found=kode)
        elif not title:
            problem = NO_NAME.at("nama", kode=kode)
        elif area in first and first[area][1] != title:
            problem = TWICE.at("kode", kode=kode, row=first[area][0])
        if problem or area is None:
            read.refused.append(RowProblem("", number, problem or AREA_CODE.at("kode", found=kode)))
        else:
            first.setdefault(area, (number, title))
    for area, (number, title) in first.items():
        above = parent(area)
        if above is not None and above not in first and len(first) > 1 and parent(above) in first:
            read.refused.append(RowProblem("", number, NO_PARENT.at("kode", kode=area)))
        else:
            read.areas.append((area, title))
    return read


def _changes(columns: list[str], rows: Iterator[list[str]]) -> AreaFile:
    read = AreaFile()
    for number, row in enumerate(rows, 2):
        said = dict(zip(columns, row, strict=False))
        area = area_number(said.get("kode", ""))
        year = said.get("to_release", "")
        if area is None or not year.isdigit():
            read.refused.append(RowProblem("", number, AREA_CODE.at("kode", found=said.get("kode", ""))))
            continue
        on = date(int(year), *FIRST_OF_YEAR)
        old, new = said.get("old_name", ""), said.get("new_name", "")
        read.changes.append(AreaChange(area, said["change"], old, new, on))
    return read


def _boundaries(text: str, path: Path) -> AreaFile:
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError):
        raise Refused(UNREADABLE.at(file=path.name)) from None
    read = AreaFile()
    for number, feature in enumerate(features, 1):
        problem, drawn = _drawn(feature)
        if problem:
            read.refused.append(RowProblem("features", number, problem))
        elif drawn:
            read.boundaries.append(drawn)
    return read


def _drawn(feature: dict[str, Any]) -> tuple[Problem | None, Drawn | None]:
    properties = feature.get("properties") or {}
    kode = next((str(properties[key]) for key in properties if key.lower() in CODE_NAMES), str(feature.get("id", "")))
    area = area_number(kode)
    if area is None:
        return AREA_CODE.at("kode", found=kode), None
    try:
        geometry = make_valid(shape(feature["geometry"]))
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError):
        return NOT_AN_AREA.at("geometry", kode=kode), None
    if geometry.is_empty or not geometry.area:
        return NOT_AN_AREA.at("geometry", kode=kode), None
    point = geometry.representative_point()
    if problem := point_problem(point.y, point.x):
        return problem, None
    return None, Drawn(area, to_geojson(geometry), round(_km2(geometry), 4), round(point.y, 6), round(point.x, 6))


def _km2(geometry: BaseGeometry) -> float:
    """Return the size of a geometry in degrees by the cylindrical equal-area projection (Lambert 1772)."""

    def flat(lng: Any, lat: Any) -> tuple[Any, Any]:  # noqa: ANN401 - shapely hands over numbers or arrays
        return (
            [math.radians(x) * EARTH_RADIUS_KM for x in lng],
            [math.sin(math.radians(y)) * EARTH_RADIUS_KM for y in lat],
        )

    return float(transform(flat, geometry).area)  # type: ignore[arg-type]  # shapely hands over arrays, its stubs say numbers
