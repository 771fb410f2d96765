"""The people of the demo as they stand on 28 March 2019: households, ages, and how far each recording has come.

Everything is built backwards from that day, so that the published totals hold exactly; what happened in
the year before and happens after is laid over it by `year`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from jemput.demo import names
from jemput.demo.musi_rawas import BEGINNING, CUT_OFF, REMAINING_AUGUST, Totals, Village, shares
from jemput.demo.names import Numbers
from jemput.domain import recording
from jemput.domain.people import seventeenth_birthday

ADULTS_IN_HOUSEHOLD = (1, 2, 2, 2, 2, 2, 3, 3, 4)
MOST_CHILDREN = 6
IN_ROMPOK = 0.7
"""Share of those left who live in rompok: "most" (Sripoku, 24 April 2019)."""
PEMULA_OF_SIXTEEN = 0.26
"""Share of sixteen-year-olds recorded before the duty (national: 1,340,232 pemula of 184 million recorded)."""
ADULT_OLDEST, YOUNG_BRIDE = 80, 16
WITH_GROWN_CHILDREN, GROWN_OLDEST = (43, 68), 25
"""Ages of a head whose grown children live at home, and the oldest of these: so that about twenty people a
day turn 17 (1.8 percent a year) and eight in a hundred are 60 or older (our choice)."""
RECORDING_BEGAN = date(2011, 6, 1)
"""Mass recording of the e-KTP began in 2011 (Perpres 67/2011)."""


@dataclass(slots=True)
class Status:
    """One status of a recording: its day, the raw code, the place, and the day it became known."""

    on: date
    raw: str
    place: str
    known: date


@dataclass(slots=True)
class Happening:
    """Something that brings, moves or takes a person: its kind, its day, and the day it became known."""

    kind: str
    on: date
    known: date
    detail: str = ""


@dataclass(slots=True, eq=False)
class Person:
    """One made-up person."""

    nik: str
    name: str
    sex: str
    born: date
    village: Village
    no_kk: str = ""
    role: str = "anak"
    marital: str = "belum kawin"
    mother: str = ""
    father: str = ""
    occupation: str = ""
    education: str = ""
    citizenship: str = "WNI"
    dusun: str = ""
    rt: str = "001"
    rw: str = "001"
    born_at: str = "MUSI RAWAS"
    came: Happening | None = None
    moved_from: Village | None = None
    moved: Happening | None = None
    left: Happening | None = None
    married: Happening | None = None
    others: list[Happening] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)

    @property
    def adult_on(self) -> date:
        """The day of the seventeenth birthday."""
        return seventeenth_birthday(self.born)

    @property
    def is_touched(self) -> bool:
        """Whether anything already happens to this person."""
        return bool(self.came or self.moved or self.left or self.married or self.others)

    def lives_here(self, on: date, known: date) -> bool:
        """Whether the office counts the person as resident on a day as known on a day."""
        if self.came and (self.came.on > on or self.came.known > known):
            return False
        return not (self.left and self.left.on <= on and self.left.known <= known)

    def is_wajib(self, on: date, known: date) -> bool:
        """Whether the person must hold a card on a day as known on a day."""
        if self.citizenship == "WNA" or not self.lives_here(on, known):
            return False
        bride = self.married is not None and self.married.on <= on and self.married.known <= known
        return self.adult_on <= on or bride

    def is_recorded(self, on: date, known: date) -> bool:
        """Whether the recording counts on a day as known on a day."""
        orders = [recording.fold(status.raw) for status in self.statuses if status.on <= on and status.known <= known]
        return bool(orders) and (orders[-1] in recording.COUNTED or any(o in recording.ACCEPTED for o in orders))

    def home(self, on: date, known: date) -> Village:
        """The village the person lives in on a day as known on a day."""
        if self.moved_from and self.moved and (self.moved.on > on or self.moved.known > known):
            return self.moved_from
        return self.village


class Maker:
    """Makes households of a village; `rng` decides, `numbers` hands out NIKs."""

    def __init__(self, rng: random.Random, numbers: Numbers, *, brides: int) -> None:
        self.rng = rng
        self.numbers = numbers
        self.brides = brides

    def households(self, village: Village, *, adults: int, children: int) -> list[list[Person]]:
        """Return households with exactly so many wajib KTP and so many who are not."""
        rng = self.rng
        sizes: list[int] = []
        while adults > 0:
            size = min(rng.choice(ADULTS_IN_HOUSEHOLD), adults)
            sizes.append(size)
            adults -= size
        young = [0] * len(sizes)
        families = [index for index, size in enumerate(sizes) if size > 1] or list(range(len(sizes)))
        while children > 0:
            index = rng.choice(families)
            if young[index] < MOST_CHILDREN or rng.random() < 0.01:
                young[index] += 1
                children -= 1
        return [self._household(village, size, kids) for size, kids in zip(sizes, young, strict=True)]

    def person(self, village: Village, sex: str, born: date, *, outside: bool = False) -> Person:
        """Return one person with a NIK of the village's district, or of elsewhere."""
        rng = self.rng
        prefix = rng.choice(names.OUTSIDE_PREFIXES) if outside else village.prefix
        nik = self.numbers.nik(prefix, born, sex)
        one = Person(nik, names.name_of(sex, rng), sex, born, village)
        one.born_at = rng.choice(names.PLACES_OF_BIRTH) if outside or rng.random() < 0.2 else "MUSI RAWAS"
        one.education = rng.choice(names.EDUCATION)
        one.occupation = rng.choice(names.OCCUPATIONS)
        return one

    def born_at_age(self, age: int) -> date:
        """Return a birth date of somebody of that age on 28 March 2019."""
        return CUT_OFF.replace(year=CUT_OFF.year - age) - timedelta(days=self.rng.randrange(365))

    def _household(self, village: Village, size: int, kids: int) -> list[Person]:
        rng = self.rng
        outside = rng.random() < 0.15
        if size == 1:
            age = int(rng.triangular(19, ADULT_OLDEST, 45))
        elif size > 2:
            age = rng.randint(*WITH_GROWN_CHILDREN)
        else:
            age = rng.randint(24, 54) if kids else int(rng.triangular(20, ADULT_OLDEST, 45))
        head = self.person(
            village, "L" if size > 1 or rng.random() < 0.5 else "P", self.born_at_age(age), outside=outside
        )
        head.role = "kepala keluarga"
        members = [head]
        partner_age = max(18, age - rng.randint(-2, 6))
        if size > 1:
            members.append(self._wife(village, head, partner_age, kids=kids, outside=outside))
        else:
            head.marital = "belum kawin" if age < 30 else rng.choice(("cerai hidup", "cerai mati"))
        mother = members[1].name if size > 1 else names.name_of("P", rng)
        father = head.name if head.sex == "L" else names.name_of("L", rng)
        for _ in range(size - 2):
            grown = rng.randint(17, min(GROWN_OLDEST, min(age, partner_age) - 20))
            members.append(self._child(village, grown, mother, father))
        for _ in range(kids):
            oldest = max(0, min(16, min(age, partner_age) - 17))
            members.append(self._child(village, rng.randint(0, oldest), mother, father))
        registered = date(2009, 1, 1) + timedelta(days=rng.randrange(3300))
        no_kk = self.numbers.family_card(village.prefix, registered)
        dusun, rt, rw = rng.choice(names.DUSUN), f"{rng.randint(1, 9):03}", f"{rng.randint(1, 4):03}"
        for one in members:
            one.no_kk, one.dusun, one.rt, one.rw = no_kk, dusun, rt, rw
            if not one.mother:
                one.mother, one.father = names.name_of("P", rng), names.name_of("L", rng)
        return members

    def _wife(self, village: Village, head: Person, age: int, *, kids: int, outside: bool) -> Person:
        if self.brides and not kids and age <= 22:
            self.brides -= 1
            age = YOUNG_BRIDE
        wife = self.person(village, "P", self.born_at_age(age), outside=outside)
        wife.role, wife.marital, head.marital = "istri", "kawin", "kawin"
        wife.occupation = "MENGURUS RUMAH TANGGA"
        if age == YOUNG_BRIDE:
            on = max(BEGINNING + timedelta(days=40), seventeenth_birthday(wife.born) - timedelta(days=330))
            wife.married = Happening("kawin", min(on, CUT_OFF - timedelta(days=10)), CUT_OFF - timedelta(days=5))
            wife.marital = "belum kawin"
        return wife

    def _child(self, village: Village, age: int, mother: str, father: str) -> Person:
        child = self.person(village, self.rng.choice("LP"), self.born_at_age(age))
        child.mother, child.father = mother, father
        if child.adult_on > CUT_OFF:
            child.occupation = "PELAJAR/MAHASISWA" if age > 5 else "BELUM/TIDAK BEKERJA"
            child.education = "BELUM TAMAT SD" if age > 5 else "TIDAK/BELUM SEKOLAH"
        return child


def remaining_by_village(places: list[Village], totals: Totals, wajib: list[int]) -> list[int]:
    """Split those left over the districts as on 28 August 2019, then over villages by size and distance."""
    left = [0] * len(places)
    by_district = dict(zip(REMAINING_AUGUST, shares(REMAINING_AUGUST, totals.remaining), strict=True))
    for district, remaining in by_district.items():
        inside = [index for index, village in enumerate(places) if village.district == district]
        weights = [wajib[index] * (1 + places[index].km_to_office / 20) for index in inside]
        for index, part in zip(inside, shares(weights, remaining), strict=True):
            left[index] = part
    return left


def residents(totals: Totals, places: list[Village], maker: Maker) -> Iterator[list[Person]]:
    """Yield every household living in Musi Rawas on 28 March 2019 as known at the close of that day."""
    population = shares([village.weight for village in places], totals.population)
    wajib = shares(population, totals.wajib)
    left = remaining_by_village(places, totals, wajib)
    for index, village in enumerate(places):
        households = maker.households(village, adults=wajib[index], children=population[index] - wajib[index])
        _record(households, left[index], maker.rng)
        yield from households


def _record(households: list[list[Person]], left: int, rng: random.Random) -> None:
    """Decide who of a village is left unrecorded, and give everyone else a finished recording."""
    order = list(households)
    rng.shuffle(order)
    unrecorded: set[int] = set()
    in_rompok = int(left * IN_ROMPOK + rng.random())
    for household in order:
        if len(unrecorded) >= in_rompok:
            break
        rompok = f"Rompok {rng.choice(names.ROMPOK)}"
        for one in household:
            one.dusun = rompok
            if one.is_wajib(CUT_OFF, CUT_OFF) and len(unrecorded) < in_rompok and rng.random() < 0.8:
                unrecorded.add(id(one))
    others = [one for household in order for one in household if one.is_wajib(CUT_OFF, CUT_OFF)]
    others.sort(key=lambda one: rng.random() * (0.4 if (CUT_OFF - one.born).days < 23 * 365 else 1.0))
    for one in others:
        if len(unrecorded) >= left:
            break
        unrecorded.add(id(one))
    for household in households:
        for one in household:
            if one.is_wajib(CUT_OFF, CUT_OFF):
                (_fail if id(one) in unrecorded else _succeed)(one, rng)
            elif (CUT_OFF - one.born).days > 16 * 365.3 and rng.random() < PEMULA_OF_SIXTEEN:
                _capture(one, CUT_OFF - timedelta(days=rng.randrange(5, 80)), rng)


def _succeed(one: Person, rng: random.Random) -> None:
    """Give a wajib KTP a recording that counts on the cut-off."""
    earliest = max(RECORDING_BEGAN, one.adult_on - timedelta(days=300))
    if one.adult_on > BEGINNING - timedelta(days=30):
        on = min(one.adult_on + timedelta(days=rng.randint(-300, 200)), CUT_OFF - timedelta(days=rng.randint(1, 40)))
    elif rng.random() < 0.02:
        on = BEGINNING + timedelta(days=rng.randint(1, 360))
    else:
        span = max(1, (BEGINNING - timedelta(days=1) - earliest).days)
        on = earliest + timedelta(days=int(span * rng.random() ** 1.7))
    if one.married and one.married.detail != "grown":
        on = max(on, CUT_OFF - timedelta(days=4))
    dice = rng.random()
    if dice < 0.012 and on < date(2017, 1, 1):
        one.statuses = [Status(on, spelled("BIO_CAPTURED", rng), place(one, rng), on)]
        return
    _capture(one, on, rng)


def _capture(one: Person, on: date, rng: random.Random) -> None:
    """Run a recording through its pipeline, as far as it has come by 28 March 2020."""
    where = place(one, rng)
    chain = [("BIO_CAPTURED", 0)]
    accepted = rng.randint(1, 180)
    if accepted > 20:
        chain.append(("SENT_FOR_ENROLLMENT", accepted // 2))
    chain += [("PRINT_READY_RECORD", accepted), ("CARD_PRINTED", accepted + rng.randint(1, 90))]
    if rng.random() < 0.3:
        chain.append(("CARD_ISSUED", accepted + 100 + rng.randint(1, 90)))
    for code, days in chain:
        day = on + timedelta(days=days)
        one.statuses.append(Status(day, spelled(code, rng), where if code == "BIO_CAPTURED" else "", day))


def _fail(one: Person, rng: random.Random) -> None:
    """Leave a wajib KTP unrecorded: never captured, or captured and failed."""
    dice = rng.random()
    if dice > 0.09:
        return
    on = max(one.adult_on - timedelta(days=100), date(2014, 1, 1)) + timedelta(days=rng.randrange(60))
    on = min(on + timedelta(days=rng.randrange(900)), CUT_OFF - timedelta(days=40))
    failure = rng.choice(
        (
            "ENROLL_FAILURE_AT_CENTRAL",
            "ENROLL_FAILURE_AT_REGIONAL",
            "SEARCH_FAILURE_AT_CENTRAL",
            "ADJUDICATE_RECORD",
            "REQUEST_VALIDATION",
            "DUPLICATE_RECORD",
        )
    )
    if dice < 0.004:
        failure = rng.choice(("BIOMETRIC_REVIEW_2", "HOLD AT DC"))
    day = on + timedelta(days=rng.randint(3, 38))
    one.statuses = [
        Status(on, "BIO_CAPTURED", place(one, rng), on),
        Status(day, spelled(failure, rng), "", day),
    ]


def spelled(code: str, rng: random.Random) -> str:
    """Return a status as offices write it: with underscores, blanks, or a line break in the cell."""
    dice = rng.random()
    if dice < 0.6:
        return code.replace("_", " ")
    if dice < 0.62 and "_" in code:
        first, rest = code.split("_", 1)
        return f"{first}\n{rest.replace('_', ' ')}"
    return code


def place(one: Person, rng: random.Random) -> str:
    """Return where a recording was made: mostly at the district, some at the office, a few elsewhere."""
    dice = rng.random()
    if dice < 0.006:
        return rng.choice(("16.73", "32.73", "16.71"))
    return one.village.code[:8] if dice < 0.85 else "16.05"
