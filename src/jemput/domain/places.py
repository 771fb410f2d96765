"""Areas and settlements: codes by level, names as people write them, points and boundaries that can be trusted.

A code lives as long as a decree holds it (2022→2023: 4,957 village codes added, 4,661 removed); a NIK keeps
the code it was given, dead or not. A rompok has no code and never gets one here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from jemput.domain.ids import LEVELS
from jemput.domain.problems import Problem, ProblemKind, Text

SETTLEMENT_KINDS = {
    "dusun": Text("dusun", "hamlet"),
    "rompok": Text("rompok", "huts in a plantation"),
    "camp": Text("kamp kebun", "estate camp"),
}
LATITUDES = (-11.2, 6.2)
LONGITUDES = (94.8, 141.2)
"""Indonesia's box: Rote to Weh, Weh to Merauke (rounded outwards)."""
AGREEING = 0.8
"""Overlap (intersection over union) from which two boundaries agree; the two sets of Musi Rawas have a
median of 0.95 and reach down to 0.00 (data collected 2026, see DECISIONS.md)."""

_ABBREVIATIONS = {"kel": "", "kelurahan": "", "desa": "", "ds": "", "kec": "", "kecamatan": ""}
_WORD = re.compile(r"[a-z0-9]+")

OUTSIDE_INDONESIA = ProblemKind(
    "outside_indonesia",
    Text("Titik {lat}, {lng} di luar Indonesia.", "Point {lat}, {lng} lies outside Indonesia."),
    Text("Periksa urutan lintang dan bujur.", "Check the order of latitude and longitude."),
)
BOUNDARIES_DISAGREE = ProblemKind(
    "boundaries_disagree",
    Text(
        "Batas {village} dari {source} tumpang tindih {overlap} dengan {other}; kodenya tetap.",
        "The boundary of {village} from {source} overlaps {overlap} with {other}; its code stays.",
    ),
    Text("Tanyakan batas yang berlaku ke bagian pemerintahan.", "Ask the government section which boundary holds."),
)


@dataclass(frozen=True, slots=True)
class AreaName:
    """A code and its name; `number` as in `ids.area_number`."""

    number: int
    name: str

    @property
    def level(self) -> str:
        """provinsi, kabupaten, kecamatan or desa."""
        return LEVELS[len(str(self.number))]


def parent(number: int) -> int | None:
    """Return the area one level up, None above a province."""
    digits = str(number)
    above = {10: 6, 6: 4, 4: 2}.get(len(digits))
    return int(digits[:above]) if above else None


def place_key(name: str) -> str:
    """Return a place name as compared: small letters and digits only, without "desa", "kel." or "kec."."""
    words = [word for word in _WORD.findall(name.lower()) if word not in _ABBREVIATIONS]
    return "".join(words)


def point_problem(lat: float, lng: float) -> Problem | None:
    """Return why a point cannot be in Indonesia, or None."""
    if LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lng <= LONGITUDES[1]:
        return None
    return OUTSIDE_INDONESIA.at("lat/lng", lat=lat, lng=lng)


def is_valid(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether a code held on a day; the last day of its validity is the day before `valid_to`."""
    return valid_from <= on and (valid_to is None or on < valid_to)
