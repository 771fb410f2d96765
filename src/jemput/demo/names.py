"""Names, numbers and words that make a person plausible; given names by sex as listed by the faker project (MIT)."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from datetime import date
from functools import cache
from importlib import resources

FIRST_SERIAL = 9000
LAST_SERIAL = 9999
SECOND_NAME = 0.72
"""Share of people with two names (our choice)."""

OUTSIDE_PREFIXES = ("167305", "167302", "160304", "160702", "180105", "160612", "160504", "160515")
"""Where people who moved in were first registered; 160504 and 160515 lie in districts that left Musi
Rawas for other regencies in 2003 and 2013: a NIK may name a dead code."""

PLACES_OF_BIRTH = ("MUSI RAWAS", "LUBUKLINGGAU", "PALEMBANG", "CURUP", "BENGKULU", "SRAGEN", "KLATEN", "BLITAR")
OCCUPATIONS = ("PETANI/PEKEBUN", "BURUH TANI", "WIRASWASTA", "KARYAWAN SWASTA", "PEDAGANG", "GURU", "SOPIR")
EDUCATION = ("TAMAT SD", "SLTP", "SLTA", "BELUM TAMAT SD", "DIPLOMA IV/STRATA I")
DUSUN = ("Dusun I", "Dusun II", "Dusun III", "Dusun IV")
ROMPOK = ("Talang Jaya", "Air Kati", "Blok C", "Sungai Pinang", "Kebun Sepuluh", "Bukit Ulu", "Talang Tengah", "SP 7")


@cache
def given(sex: str) -> tuple[str, ...]:
    """Return the given names of a sex ("L" or "P"), in capitals as a register has them."""
    text = resources.files("jemput.demo").joinpath("given_names.csv").read_text("utf-8")
    return tuple(row["name"].upper() for row in csv.DictReader(text.splitlines()) if row["sex"] == sex)


def name_of(sex: str, rng: random.Random) -> str:
    """Return a name of one or two words."""
    names = given(sex)
    first = rng.choice(names)
    if rng.random() > SECOND_NAME:
        return first
    second = rng.choice(names)
    return first if second == first else f"{first} {second}"


class Numbers:
    """Hands out NIKs and family card numbers; none twice, none below serial 9000."""

    def __init__(self) -> None:
        self._next: defaultdict[str, int] = defaultdict(lambda: FIRST_SERIAL)

    def nik(self, prefix: str, born: date, sex: str) -> str:
        """Return a new NIK of a person born on a day, first registered in an area."""
        day = born.day + (40 if sex == "P" else 0)
        return self._numbered(f"{prefix}{day:02}{born.month:02}{born.year % 100:02}")

    def family_card(self, prefix: str, registered: date) -> str:
        """Return a new family card number registered on a day."""
        return self._numbered(f"{prefix}{registered.day:02}{registered.month:02}{registered.year % 100:02}", "kk")

    def _numbered(self, head: str, kind: str = "nik") -> str:
        key = kind + head
        serial = self._next[key]
        if serial > LAST_SERIAL:
            raise OverflowError(f"more than a thousand numbers begin {head}")
        self._next[key] = serial + 1
        return f"{head}{serial:04}"
