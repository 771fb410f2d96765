"""Read boundaries from GeoJSON: the code a feature names, its geometry made whole, its axes put right.

Only properties that hold Kemendagri codes are looked at: a BPS code has ten digits too and means another village.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from jemput.actions.places import Drawn
from jemput.domain.ids import AREA_CODE, area_number, area_text
from jemput.domain.place_names import place_key
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.imports.cells import header_key, said
from jemput.solve.shapes import Misplaced, Shape, read_shape, united

CODE_PROPERTIES = (
    "kode",
    "kodewilayah",
    "kodedesa",
    "kddesa",
    "kdepum",  # BIG's village code of Kemendagri, with kdcpum, kdpkab, kdppum for the levels above
    "kodekecamatan",
    "kdcpum",
    "kodekabupaten",
    "kdpkab",
    "kodeprovinsi",
    "kdppum",
    "code",
)
"""Keys of a property as `header_key` compares them, the lowest level first."""
NAME_PROPERTIES = ("nama", "namadesa", "name", "wadmkd", "desa")

NOT_GEOJSON = ProblemKind(
    "not_geojson",
    Text("Berkas {file} bukan FeatureCollection GeoJSON.", "The file {file} is no GeoJSON FeatureCollection."),
    Text("Ekspor batasnya sebagai GeoJSON, WGS 84.", "Export the boundaries as GeoJSON, WGS 84."),
)
NOT_AN_AREA = ProblemKind(
    "not_an_area",
    Text("Geometri {kode} bukan bidang yang utuh.", "The geometry of {kode} is not a whole area."),
    Text("Ekspor ulang sebagai Polygon atau MultiPolygon.", "Export it again as Polygon or MultiPolygon."),
)
NOT_DEGREES = ProblemKind(
    "not_degrees",
    Text(
        "Batas {kode} terletak di {x}, {y}: bukan derajat bujur dan lintang di Indonesia.",
        "The boundary of {kode} lies at {x}, {y}: no degrees of longitude and latitude in Indonesia.",
    ),
    Text(
        "Ekspor ulang dalam WGS 84 (EPSG:4326), bukan meter.", "Export it again in WGS 84 (EPSG:4326), not in metres."
    ),
)
BOUNDARY_TWICE = ProblemKind(
    "boundary_twice",
    Text(
        "Kode {kode} sudah ada di fitur {row} dengan nama “{first}”; fitur ini bernama “{second}”.",
        "Code {kode} already stands in feature {row} as “{first}”; this feature is named “{second}”.",
    ),
    Text("Betulkan kode salah satunya.", "Put the code of one of them right."),
)
AXES_SWAPPED = ProblemKind(
    "axes_swapped",
    Text(
        "Batas {kode} menulis lintang sebelum bujur; urutannya dibetulkan.",
        "The boundary of {kode} has latitude first; put right.",
    ),
    Text("Tidak perlu berbuat apa-apa.", "Nothing to do."),
)
MENDED = ProblemKind(
    "boundary_mended",
    Text(
        "Garis batas {kode} memotong dirinya sendiri; diperbaiki.",
        "The boundary of {kode} crosses itself; it was mended.",
    ),
    Text("Bandingkan dengan peta sumbernya.", "Compare it with the map it comes from."),
)
PARTS_UNITED = ProblemKind(
    "boundary_parts_united",
    Text(
        "Kode {kode} terbagi atas beberapa fitur; digabung.",
        "Code {kode} stands in several features; they were joined.",
    ),
    Text("Tidak perlu berbuat apa-apa.", "Nothing to do."),
)


@dataclass(slots=True)
class BoundaryFile:
    """Boundaries as read; rows are the places of features in the file, from 1."""

    drawn: list[Drawn] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What a code's features gave so far."""

    shape: Shape
    name: str
    row: int


def read_boundaries(text: str, path: Path) -> BoundaryFile:
    """Read a FeatureCollection; refuse text that is none, and feature by feature what cannot be taken."""
    read = BoundaryFile()
    found: dict[int, _Found] = {}
    for row, feature in enumerate(_features(text, path), 1):
        problem = _take(feature, row, found, read)
        if problem:
            read.refused.append(RowProblem("features", row, problem))
    for number, one in found.items():
        shape = one.shape
        read.drawn.append(Drawn(number, shape.geometry, shape.area_km2, shape.lat, shape.lng, one.row))
    return read


def _features(text: str, path: Path) -> Iterable[Any]:
    try:
        features = orjson.loads(text)["features"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise Refused(NOT_GEOJSON.at(file=path.name)) from None
    if not isinstance(features, list):
        raise Refused(NOT_GEOJSON.at(file=path.name))
    return features


def _take(feature: Any, row: int, found: dict[int, _Found], read: BoundaryFile) -> Problem | None:  # noqa: ANN401 - JSON
    """Take a feature into what was found, or return why not."""
    if not isinstance(feature, dict):
        return AREA_CODE.at("kode", found="")
    said_of = feature.get("properties")
    properties = {header_key(str(key)): value for key, value in said_of.items()} if isinstance(said_of, dict) else {}
    kode = _first(properties, CODE_PROPERTIES) or _text(feature.get("id"))
    number = area_number(kode)
    if number is None:
        return AREA_CODE.at("kode", found=kode)
    kode, name = area_text(number), _first(properties, NAME_PROPERTIES)
    before = found.get(number)
    if before and place_key(before.name) != place_key(name):
        return BOUNDARY_TWICE.at("kode", kode=kode, row=before.row, first=before.name, second=name)
    shape = read_shape(geometry) if isinstance(geometry := feature.get("geometry"), dict) else None
    if shape is None:
        return NOT_AN_AREA.at("geometry", kode=kode)
    if isinstance(shape, Misplaced):
        return NOT_DEGREES.at("geometry", kode=kode, x=shape.x, y=shape.y)
    notes = [(AXES_SWAPPED, shape.was_swapped), (MENDED, shape.was_mended), (PARTS_UNITED, before is not None)]
    read.notes += [RowProblem("features", row, kind.at("geometry", kode=kode)) for kind, holds in notes if holds]
    if before:
        before.shape = united(before.shape, shape)
    else:
        found[number] = _Found(shape, name, row)
    return None


def _first(properties: dict[str, Any], keys: Iterable[str]) -> str:
    return next((text for key in keys if (text := _text(properties.get(key)))), "")


def _text(value: object) -> str:
    """Return a property as text; a code kept as a number (1605012003.0) loses its decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return said(str(value)) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
