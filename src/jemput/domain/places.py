"""Areas: codes by level and the time they held, points that can be trusted, boundaries that disagree.

A code lives as long as a decree holds it (2022→2023: 4,957 village codes added, 4,661 removed); a NIK keeps
the code it was given, dead or not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jemput.domain.ids import LEVELS, VILLAGE_DIGITS, area_text
from jemput.domain.problems import Problem, ProblemKind, Text

LATITUDES = (-11.2, 6.2)
LONGITUDES = (94.8, 141.2)
"""Indonesia's box: Rote to Weh, Weh to Merauke (rounded outwards)."""
AGREEING = 0.8
"""Overlap (intersection over union) from which two boundaries agree; the two sets of Musi Rawas have a
median of 0.95 and reach down to 0.00 (data collected 2026, see DECISIONS.md)."""
DISTRICT_DIGITS = 6
EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG); off by 0.5 % at most, which no village path notices."""

_NUMBER = r"[-−+]?\d{1,3}(?:[.,]\d+)?"
_PAIR = re.compile(rf"({_NUMBER})\s*°?\s*(LS|LU|S|N)?\s*[,;/ ]\s*({_NUMBER})\s*°?\s*(BT|E)?", re.IGNORECASE)
_SOUTH = frozenset({"s", "ls"})

OUTSIDE_INDONESIA = ProblemKind(
    "outside_indonesia",
    Text("Titik {lat}, {lng} di luar Indonesia.", "Point {lat}, {lng} lies outside Indonesia."),
    Text("Periksa urutan lintang dan bujur.", "Check the order of latitude and longitude."),
)
POINT_UNREADABLE = ProblemKind(
    "point_unreadable",
    Text("“{found}” bukan titik koordinat.", "“{found}” is no point."),
    Text("Tulis lintang, bujur; contoh -3.2157, 102.9393.", "Write latitude, longitude, such as -3.2157, 102.9393."),
)
POINT_HALF = ProblemKind(
    "point_half",
    Text(
        "Titik memerlukan lintang dan bujur; baru satu yang diisi.",
        "A point needs latitude and longitude; one is missing.",
    ),
    Text("Isi keduanya, atau kosongkan keduanya.", "Fill in both, or neither."),
)
BOUNDARIES_DISAGREE = ProblemKind(
    "boundaries_disagree",
    Text(
        "Batas {village} dari {source} tumpang tindih {overlap} dengan {other}; kodenya tetap.",
        "The boundary of {village} from {source} overlaps {overlap} with {other}; its code stays.",
    ),
    Text("Tanyakan batas yang berlaku ke bagian pemerintahan.", "Ask the government section which boundary holds."),
)


class AreaRow(NamedTuple):
    """One row of a list of codes; `row` as a spreadsheet numbers it."""

    number: int
    name: str
    row: int = 0


class AreaPoint(NamedTuple):
    """A point inside an area (degrees, WGS 84); `row` as a spreadsheet numbers it."""

    number: int
    lat: float
    lng: float
    row: int = 0


class AreaChange(NamedTuple):
    """One change of a code between two releases, both days given: added, removed or renamed, with both names."""

    number: int
    change: str
    old_name: str
    new_name: str
    since: date
    on: date


@dataclass(frozen=True, slots=True)
class AreaName:
    """A code and its name; `number` as in `ids.area_number`."""

    number: int
    name: str

    @property
    def level(self) -> str:
        """provinsi, kabupaten, kecamatan or desa."""
        return LEVELS[len(str(self.number))]


@dataclass(frozen=True, slots=True)
class Area:
    """A code under one name for the time it held: from `valid_from` to the day before `valid_to` (None: still)."""

    number: int
    name: str
    valid_from: date
    valid_to: date | None
    source: str

    @property
    def level(self) -> str:
        """provinsi, kabupaten, kecamatan or desa."""
        return LEVELS[len(str(self.number))]

    def is_valid(self, on: date) -> bool:
        """Whether the code held under this name on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees (WGS 84)."""

    lat: float
    lng: float

    def __str__(self) -> str:
        return f"{self.lat}, {self.lng}"


def parent(number: int) -> int | None:
    """Return the area one level up, None above a province."""
    digits = str(number)
    above = {10: 6, 6: 4, 4: 2}.get(len(digits))
    return int(digits[:above]) if above else None


def is_village(number: int) -> bool:
    """Whether an area is a desa or kelurahan."""
    return len(str(number)) == VILLAGE_DIGITS


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return kilometres between two points (latitude, longitude in degrees) along a great circle of the mean earth radius."""
    (lat, lng), (other_lat, other_lng) = ((math.radians(lat), math.radians(lng)) for lat, lng in (one, other))
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((other_lng - lng) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def point_problem(lat: float, lng: float) -> Problem | None:
    """Return why a point cannot be in Indonesia, or None."""
    if LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lng <= LONGITUDES[1]:
        return None
    return OUTSIDE_INDONESIA.at("lat/lng", lat=lat, lng=lng)


def read_point(text: str) -> Point | Problem:
    """Return the first point a text holds, or why it holds none.

    Read: "lat, lng" with points or decimal commas, LS/LU/BT or S/N/E behind the numbers, and the pair inside a
    link to a map. Longitude first is put right: no latitude of Indonesia is a longitude of it.
    """
    outside: Problem | None = None
    for match in _PAIR.finditer(text):
        first, second = _degrees(match[1]), _degrees(match[3])
        if (match[2] or "").lower() in _SOUTH:
            first = -abs(first)
        for lat, lng in ((first, second), (second, first)):
            problem = point_problem(lat, lng)
            if problem is None:
                return Point(lat, lng)
            outside = outside or problem
    return outside or POINT_UNREADABLE.at("lat/lng", found=text.strip())


def read_degrees(lat: str, lng: str) -> Point | Problem:
    """Return the point of two cells, decimal point or comma; refuse what is no number or lies outside Indonesia."""
    try:
        point = Point(_degrees(lat), _degrees(lng))
    except ValueError:
        return POINT_UNREADABLE.at("lat/lng", found=f"{lat}, {lng}")
    return point_problem(point.lat, point.lng) or point


def disagreement(number: int, *, source: str, other: str, overlap: float, agreeing: float = AGREEING) -> Problem | None:
    """Return that two sources draw an area otherwise: `overlap` is intersection over union, 0 to 1."""
    if overlap >= agreeing:
        return None
    return BOUNDARIES_DISAGREE.at(village=area_text(number), source=source, overlap=f"{overlap:.2f}", other=other)


def _degrees(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))
