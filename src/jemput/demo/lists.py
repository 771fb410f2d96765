"""The newer lists of a few villages, as their officials sent them at the end of March 2019: what differs is proposed.

Nothing in them counts before an officer has answered, so that the published figures stay as they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from jemput.demo.musi_rawas import TODAY
from jemput.demo.names import OCCUPATIONS, given, name_of
from jemput.demo.people import Person
from jemput.demo.plan import ImportFile
from jemput.demo.rows import PERSON_COLUMNS, person_row, write_rows

VILLAGES = ("16.05.02.2003", "16.05.12.2002", "16.05.14.2004", "16.05.14.2016", "16.05.19.2007")
LISTED_ON = date(2019, 3, 31)
GONE, NEW, RECORDED, CHANGED = 0.01, 0.004, 0.006, 0.005
"""Shares of a village's people whom its list leaves out, knows besides, calls recorded, or describes otherwise (our choice).

Unreported deaths alone are some 0.6 percent a year (domain notes: 165 reported where 2,500 are to be expected).
"""
FIRST_SERIAL = 9_980


def write_village_list(folder: Path, people: Iterable[Person], rng: random.Random) -> ImportFile:
    """Write the villages' list and return it as a file to import."""
    by_village: dict[str, list[Person]] = {code: [] for code in VILLAGES}
    for one in people:
        if one.lives_here(TODAY, TODAY) and (village := one.home(TODAY, TODAY).code) in by_village:
            by_village[village].append(one)
    path = folder / f"daftar-desa-{LISTED_ON.isoformat()}.csv"
    write_rows(path, PERSON_COLUMNS, [row for code, them in by_village.items() for row in _rows(code, them, rng)])
    return ImportFile(path, "office-csv", None, LISTED_ON)


def _rows(village: str, people: list[Person], rng: random.Random) -> list[dict[str, str]]:
    """Return the rows of one village: its people as the office has them, but for a few."""
    grown = [one for one in people if one.is_wajib(TODAY, TODAY)]
    gone = {one.nik for one in _some(grown, len(people) * GONE, rng)}
    unrecorded = [one for one in grown if not one.is_recorded(TODAY, TODAY) and one.nik not in gone]
    recorded = {one.nik for one in _some(unrecorded, len(people) * RECORDED, rng)}
    settled = [one for one in grown if one.nik not in gone | recorded]
    changed = {one.nik for one in _some(settled, len(people) * CHANGED, rng)}
    rows = []
    for one in people:
        row = person_row(one, village, TODAY)
        if one.nik in gone:
            continue
        if one.nik in recorded:
            row |= {"status_rekam": "BIO_CAPTURED", "tgl_rekam": "2019-03-30", "tempat_rekam": village[:8]}
        if one.nik in changed:
            row["pekerjaan"] = rng.choice([other for other in OCCUPATIONS if other != one.occupation])
        rows.append(row)
    return rows + [_newcomer(village, people[0], number, rng) for number in range(max(1, round(len(people) * NEW)))]


def _some(people: list[Person], wanted: float, rng: random.Random) -> list[Person]:
    return rng.sample(people, min(len(people), max(1, round(wanted))))


def _newcomer(village: str, neighbour: Person, number: int, rng: random.Random) -> dict[str, str]:
    """Return somebody whom the village knows and the office does not."""
    sex = rng.choice("LP")
    born = date(rng.randint(1960, 2001), rng.randint(1, 12), rng.randint(1, 28))
    day = born.day + (40 if sex == "P" else 0)
    prefix = village[:8].replace(".", "")
    return {
        "nik": f"{prefix}{day:02}{born.month:02}{born.year % 100:02}{FIRST_SERIAL + number:04}",
        "nama": name_of(sex, rng),
        "jk": sex,
        "tempat_lahir": "MUSI RAWAS",
        "tgl_lahir": born.isoformat(),
        "agama": "Islam",
        "ibu": rng.choice(given("P")),
        "kewarganegaraan": "WNI",
        "dusun": neighbour.dusun,
        "rt": neighbour.rt,
        "rw": neighbour.rw,
        "desa": village,
    }
