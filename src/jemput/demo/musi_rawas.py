"""The facts of Musi Rawas the demo stands on, each with its source.

Villages, kinds and districts: Kepmendagri 300.2.2-2430/2025; points: centroids of the village areas;
census_2010: BPS census of 2010, 192 villages that sum to the published 356,076; seven newer villages
have none. Published totals: Sripoku, 24 April 2019; Harian Silampari, 10 September 2019;
linggauklik.com (population of semester I 2019).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

OFFICE = "16.05"
CUT_OFF = date(2019, 3, 28)
BEGINNING = date(2018, 3, 28)
TODAY = date(2019, 4, 2)
CLEANSED = date(2018, 6, 30)
CLEANSED_AGAIN = date(2019, 6, 30)
AUGUST = date(2019, 8, 28)
END = date(2020, 3, 28)

NEW_VILLAGE_RESIDENTS = 900
"""Census weight of a village that is younger than the census (our choice: a small village)."""

REMAINING_AUGUST = {
    "Tugumulyo": 605,
    "Muara Lakitan": 1542,
    "Muara Kelingi": 1050,
    "Jayaloka": 142,
    "Muara Beliti": 707,
    "STL Ulu Terawas": 884,
    "Selangit": 559,
    "Megang Sakti": 1054,
    "Purwodadi": 237,
    "BTS. Ulu": 839,
    "Tiang Pumpung Kepungut": 418,
    "Sumber Harta": 129,
    "Tuah Negeri": 557,
    "Suka Karya": 382,
}
"""Not recorded on 28 August 2019 by kecamatan (Harian Silampari, 10 September 2019); they sum to 9,105."""


@dataclass(frozen=True, slots=True)
class Village:
    """One village: its code, names, point, and the weight of its population."""

    code: str
    name: str
    kind: str
    district: str
    weight: int
    km_to_office: float

    @property
    def prefix(self) -> str:
        """The six digits its NIKs begin with."""
        return self.code[:8].replace(".", "")


@dataclass(frozen=True, slots=True)
class Totals:
    """What the finished demo must count at a cut-off."""

    population: int
    wajib: int
    recorded: int
    august_wajib: int
    august_remaining: int

    @property
    def remaining(self) -> int:
        """Wajib KTP not recorded."""
        return self.wajib - self.recorded


FULL = Totals(402_580, 293_578, 283_755, 284_914, 9_105)
"""Population as in the DKB of semester I 2019; wajib KTP and recorded as published for 28 March 2019;
wajib KTP as published for 28 August 2019 and the remaining as its fourteen kecamatan sum."""
SMALL = Totals(10_064, 7_339, 7_093, 7_123, 210)
"""A fortieth of it; what is left in August is its own."""


def villages() -> list[Village]:
    """Return the 199 villages in the order of their codes."""
    text = resources.files("jemput.demo").joinpath("musi_rawas.csv").read_text("utf-8")
    return [
        Village(
            row["code"],
            row["village"],
            row["kind"],
            row["district"],
            int(row["census_2010"] or NEW_VILLAGE_RESIDENTS),
            float(row["km_to_office"]),
        )
        for row in csv.DictReader(text.splitlines())
    ]


def area_rows() -> list[tuple[str, str]]:
    """Return (code, name) of the province, the regency, its districts and its villages."""
    rows = [("16", "Sumatera Selatan"), (OFFICE, "Kabupaten Musi Rawas")]
    seen: set[str] = set()
    for village in villages():
        district = village.code[:8]
        if district not in seen:
            seen.add(district)
            rows.append((district, village.district))
        rows.append((village.code, village.name))
    return rows


def points() -> list[tuple[str, str, str]]:
    """Return (code, lat, lng) of the villages, degrees as they are kept."""
    text = resources.files("jemput.demo").joinpath("musi_rawas.csv").read_text("utf-8")
    return [(row["code"], row["lat"], row["lng"]) for row in csv.DictReader(text.splitlines())]


def shares(weights: Sequence[float] | Mapping[str, float], total: int) -> list[int]:
    """Split a total by weights into whole numbers that sum to it (largest remainder)."""
    values = list(weights.values()) if isinstance(weights, Mapping) else list(weights)
    whole = sum(values)
    exact = [value * total / whole for value in values]
    parts = [int(value) for value in exact]
    rest = sorted(range(len(values)), key=lambda index: (parts[index] - exact[index], index))
    for index in rest[: total - sum(parts)]:
        parts[index] += 1
    return parts
