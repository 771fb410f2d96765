"""Lists of settlements: a table, waypoints of a GPS (GPX), or points of a map (GeoJSON).

Waypoints name no village, and points of a map seldom do: then the village is the one their spot lies in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gpxpy
import gpxpy.gpx
import orjson

from jemput.domain.outreach import CHANNELS, SURFACES, WET_SEASONS
from jemput.domain.place_names import VillageNames
from jemput.domain.places import Point, read_degrees, read_point
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.domain.settlements import SETTLEMENT_KINDS, SettlementRow
from jemput.imports import file_findings
from jemput.imports.cells import header_key, said
from jemput.imports.plain import count_of, read_table, village_of, yes_of

LARGEST = 5_000_000
"""Bytes of a file; a GPX of a thousand waypoints has some 200 KB."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "name", "namapermukiman", "namarompok", "rompok", "dusun", "title"),
    "kind": ("jenis", "kind", "type", "tipe"),
    "code": ("kodedesa", "kode", "kodewilayah", "kddesa", "kdepum", "code", "villagecode"),
    "village": ("desa", "namadesa", "village", "wadmkd", "kelurahan", "desakelurahan"),
    "district": ("kecamatan", "namakecamatan", "district", "wadmkc", "kec"),
    "lat": ("lat", "latitude", "lintang", "y"),
    "lng": ("lng", "lon", "long", "longitude", "bujur", "x"),
    "point": ("titik", "koordinat", "point", "coordinates", "lokasi", "tautanpeta"),
    "people": ("orang", "perkiraan", "perkiraanorang", "jumlah", "people", "estimate", "jiwa"),
    "description": ("keterangan", "deskripsi", "description", "desc", "cmt", "catatan", "ancerancer"),
    "surface": ("jalan", "permukaan", "surface", "jenisjalan"),
    "wet_season": ("musimhujan", "hujan", "wetseason"),
    "boat": ("perahu", "boat"),
    "motorbike": ("motor", "motorbike", "sepedamotor"),
    "minutes": ("menit", "minutes", "travelmin", "waktutempuh"),
    "contact": ("kontak", "contact", "narahubung"),
    "phone": ("telepon", "hp", "nohp", "phone", "telp", "notelepon", "wa"),
    "reported_by": ("pelapor", "reportedby", "sumber", "dilaporkanoleh"),
    "channel": ("saluran", "channel"),
}
"""Header keys by field: headers of a table, properties of a GeoJSON feature."""
GPX_UNREADABLE = ProblemKind(
    "gpx_unreadable",
    Text("Berkas {file} bukan GPX yang utuh.", "The file {file} is no whole GPX."),
    Text("Ekspor lagi titiknya (waypoint) sebagai GPX.", "Export the waypoints as GPX again."),
)
GPX_EMPTY = ProblemKind(
    "gpx_without_waypoints",
    Text("Berkas {file} tidak memuat titik (waypoint), hanya jejak.", "The file {file} has no waypoints, only tracks."),
    Text("Tandai titik di GPS, lalu ekspor lagi.", "Mark waypoints in the GPS, then export again."),
)
NOT_A_MAP = ProblemKind(
    "settlements_not_geojson",
    Text("Berkas {file} bukan FeatureCollection GeoJSON.", "The file {file} is no GeoJSON FeatureCollection."),
    Text("Ekspor titiknya sebagai GeoJSON, WGS 84.", "Export the points as GeoJSON, WGS 84."),
)
NOT_A_POINT = ProblemKind(
    "settlement_not_a_point",
    Text("Fitur ini bukan titik melainkan {found}.", "This feature is no point but {found}."),
    Text("Beri satu titik di tengah permukimannya.", "Give one point in the middle of the settlement."),
)
FILE_LARGE = ProblemKind(
    "settlements_file_large",
    Text("Berkas {file} lebih dari 5 MB.", "The file {file} is larger than 5 MB."),
    Text("Bagi per kecamatan.", "Split it by kecamatan."),
)
NO_SPOT = ProblemKind(
    "settlement_village_untold",
    Text(
        "Desanya tidak disebut, dan titiknya tidak terletak di desa mana pun.",
        "The village is not named, and the point lies in none.",
    ),
    Text("Isi kode desanya.", "Give the village's code."),
)
CHOICE_UNKNOWN = ProblemKind(
    "settlement_choice_unknown",
    Text("“{found}” tidak dikenal di kolom ini.", "“{found}” is not known in this column."),
    Text("Pilih: {choices}.", "Choose one of: {choices}."),
)
_OTHER_WORDS = {
    "kind": {"kamp": "camp", "kemp": "camp", "camp": "camp", "kebun": "camp", "afdeling": "camp", "hut": "rompok"},
    "surface": {"batu kerikil": "gravel", "koral": "gravel", "beton": "paved", "tanah merah": "earth", "air": "river"},
    "wet_season": {"bisa": "passable", "sulit": "hard", "tidak bisa": "closed", "putus": "closed"},
    "channel": {"wa": "whatsapp"},
}

VillageAt = Callable[[Point], int | None]


@dataclass(slots=True)
class SettlementFile:
    """A file of settlements as read; rows are counted as a spreadsheet, features and waypoints from 1."""

    rows: list[SettlementRow] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)


def read_settlements(path: Path, *, names: VillageNames, village_at: VillageAt, name: str = "") -> SettlementFile:
    """Read a file of settlements; `village_at` tells the village of a spot, `name` is what refusals call the file.

    Refused: what is no table, GPX or GeoJSON of points; row by row, what cannot be.
    """
    file = name or path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused(file_findings.FILE_MISSING.at(file=file)) from error
    if len(raw) > LARGEST:
        raise Refused(FILE_LARGE.at(file=file))
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:400]
    read = SettlementFile()
    for sheet, row, told in (
        _features(raw, file)
        if start.startswith((b"{", b"["))
        else _waypoints(raw, file)
        if start.startswith(b"<") and b"<gpx" in raw[:4_000].lower()
        else [(one.sheet, one.row, one.cells) for one in read_table(path, COLUMNS, needed={"name"}, name=file)]
    ):
        found = _row(told, sheet, row, names, village_at)
        if isinstance(found, SettlementRow):
            read.rows.append(found)
        else:
            read.refused += [RowProblem(sheet, row, problem) for problem in found]
    return read


def _waypoints(raw: bytes, file: str) -> list[tuple[str, int, Mapping[str, str]]]:
    if b"<!ENTITY" in raw or b"<!DOCTYPE" in raw:
        raise Refused(GPX_UNREADABLE.at(file=file))
    try:
        found = gpxpy.parse(raw.decode("utf-8-sig"))
    except (gpxpy.gpx.GPXException, UnicodeDecodeError, ValueError):
        raise Refused(GPX_UNREADABLE.at(file=file)) from None
    if not found.waypoints:
        raise Refused(GPX_EMPTY.at(file=file))
    rows: list[tuple[str, int, Mapping[str, str]]] = []
    for number, one in enumerate(found.waypoints, 1):
        words = [said(text) for text in (one.description, one.comment) if text]
        told = {"name": said(one.name or ""), "description": "; ".join(dict.fromkeys(filter(None, words)))}
        told |= {"lat": str(one.latitude), "lng": str(one.longitude), "kind": said(one.type or "")}
        if told["kind"] and isinstance(_code("kind", told["kind"], SETTLEMENT_KINDS), Problem):
            told["kind"] = ""  # a GPS writes "Waypoint" or a symbol there
        rows.append(("waypoints", number, {key: text for key, text in told.items() if text}))
    return rows


def _features(raw: bytes, file: str) -> list[tuple[str, int, Mapping[str, str]]]:
    try:
        features = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))["features"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise Refused(NOT_A_MAP.at(file=file)) from None
    if not isinstance(features, list):
        raise Refused(NOT_A_MAP.at(file=file))
    return [("features", number, _feature(one)) for number, one in enumerate(features, 1)]


def _feature(one: Any) -> Mapping[str, str]:  # noqa: ANN401 - JSON
    if not isinstance(one, dict):
        return {}
    properties = one.get("properties")
    named = {key: field for field, keys in COLUMNS.items() for key in keys}
    told = {}
    for key, value in (properties if isinstance(properties, dict) else {}).items():
        wanted = named.get(header_key(str(key)))
        if wanted and wanted not in told and isinstance(value, (str, int, float)) and (text := said(_text(value))):
            told[wanted] = text
    geometry = one.get("geometry")
    if isinstance(geometry, dict):
        spot = geometry.get("coordinates")
        if geometry.get("type") == "Point" and isinstance(spot, list) and len(spot) in (2, 3):
            told |= {"lng": str(spot[0]), "lat": str(spot[1])}
        else:
            told["shape"] = said(str(geometry.get("type")))[:40]
    return told


def _text(value: float | str) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _row(
    told: Mapping[str, str], sheet: str, row: int, names: VillageNames, village_at: VillageAt
) -> SettlementRow | list[Problem]:
    """Return a row as an action takes it, or everything that is wrong with it."""
    problems: list[Problem] = []

    def kept(found: Any) -> Any:  # noqa: ANN401 - whatever the field holds
        if isinstance(found, Problem):
            problems.append(found)
            return None
        return found

    if "shape" in told:
        problems.append(NOT_A_POINT.at("geometry", found=told["shape"]))
    point = kept(_point(told))
    village = None
    if told.get("code") or told.get("village") or point is None:
        village = kept(village_of(told, names))
    elif (village := village_at(point)) is None:
        problems.append(NO_SPOT.at("desa"))
    taken = SettlementRow(
        sheet=sheet,
        row=row,
        name=told.get("name", ""),
        kind=kept(_code("kind", told.get("kind", ""), SETTLEMENT_KINDS)) or "rompok",
        village=village or 0,
        point=point,
        people=kept(count_of("people", told.get("people", ""))),
        description=told.get("description", ""),
        surface=kept(_code("surface", told.get("surface", ""), SURFACES)) or "",
        wet_season=kept(_code("wet_season", told.get("wet_season", ""), WET_SEASONS)) or "",
        boat=bool(kept(yes_of("boat", told.get("boat", "")))),
        motorbike=bool(kept(yes_of("motorbike", told.get("motorbike", "")))),
        travel_min=kept(count_of("minutes", told.get("minutes", ""))),
        contact=told.get("contact", ""),
        contact_phone=told.get("phone", ""),
        reported_by=told.get("reported_by", ""),
        channel=kept(_code("channel", told.get("channel", ""), CHANNELS)) or "",
    )
    return problems or taken


def _point(told: Mapping[str, str]) -> Point | Problem | None:
    if told.get("lat") or told.get("lng"):
        return read_degrees(told.get("lat", ""), told.get("lng", ""))
    return read_point(told["point"]) if told.get("point") else None


def _code(column: str, text: str, known: Mapping[str, Text]) -> str | Problem:
    """Return the code of a choice as a file writes it, empty for nothing, or what is wrong with it."""
    plain = text.strip().lower()
    titles = {title.lower(): code for code, words in known.items() for title in (words.id, words.en)}
    code = plain if plain in known else titles.get(plain) or _OTHER_WORDS[column].get(plain)
    if code or not plain:
        return code or ""
    return CHOICE_UNKNOWN.at(column, found=text[:80], choices=", ".join(words.id for words in known.values()))
