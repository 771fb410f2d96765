"""What happened in the year before 28 March 2019, in the days after it, and in the year that follows.

Rates are published where there are any: 5,335 moved out and 3,757 in (2017), 165 deaths reported in a
year that had some 2,500, about 445 recordings a month and 284,914 wajib KTP on 28 August 2019.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from jemput.demo import musi_rawas, names
from jemput.demo.musi_rawas import (
    AUGUST,
    BEGINNING,
    CLEANSED,
    CLEANSED_AGAIN,
    CUT_OFF,
    END,
    FULL,
    TODAY,
    Totals,
    Village,
)
from jemput.demo.names import Numbers
from jemput.demo.people import Happening, Maker, Person, Status, residents, spelled
from jemput.domain import recording

MOVED_OUT, MOVED_IN, DEATHS = 5_335, 3_757, 165
MOVED_WITHIN, LATE_BIRTHS, GROWN_MARRIAGES, BIODATA = 600, 300, 2_000, 300
REMOVED, MERGED, ADDED = 320, 40, 60
GUESTS, DOUBLES, ITAP, WNA, REVERSED, RE_RECORDED = 250, 20, 12, 30, 12, 150
BLOCKED_SHARE, REACTIVATED_SHARE = 0.16, 0.05
MOTHERS = (18, 44)
"""Ages at which the wives of the demo bear (our choice)."""
BLOCKED_ON = date(2018, 12, 31)
BRIDES = 40
MONTHLY_RECORDINGS, MONTHLY_DEATHS, MONTHLY_OUT, MONTHLY_IN, MONTHLY_BIRTHS = 445, 14, 440, 310, 520
"""Yearly and monthly numbers at full scale; those without a published source are our choice."""
SINCE_DEATHS, SINCE_OUT, SINCE_RECORDED, SINCE_IN = 25, 70, 40, 12
LISTS_KNOWN = date(2018, 7, 28)
LISTS_KNOWN_AGAIN = date(2019, 7, 28)


@dataclass(slots=True)
class World:
    """Everyone the demo speaks of, and where its calendar stands."""

    totals: Totals
    villages: list[Village]
    people: list[Person] = field(default_factory=list)
    guests: list[Person] = field(default_factory=list)
    months: list[date] = field(default_factory=list)


def month_ends(first: date, last: date) -> list[date]:
    """Return the 28ths after `first` up to `last`."""
    days = []
    year, month = first.year, first.month
    while (year, month) < (last.year, last.month):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        days.append(date(year, month, 28))
    return days


def make_world(totals: Totals, seed: int, *, plain: frozenset[str]) -> World:
    """Return the world of a seed; villages in `plain` hold nobody a village list cannot carry."""
    rng = random.Random(seed)  # noqa: S311 - a demo must be the same on every run
    return _Year(totals, rng, plain).world()


class _Year:
    """Lays the years over the people of one day."""

    def __init__(self, totals: Totals, rng: random.Random, plain: frozenset[str]) -> None:
        self.totals = totals
        self.rng = rng
        self.plain = plain
        self.scale = totals.wajib / FULL.wajib
        self.numbers = Numbers()
        self.maker = Maker(rng, self.numbers, brides=self.some(BRIDES))
        self.villages = musi_rawas.villages()
        self.households: list[list[Person]] = []
        self.extra: list[Person] = []
        self.guests: list[Person] = []

    def some(self, number: int) -> int:
        """Return a number at the demo's scale, at least one."""
        return max(1, round(number * self.scale))

    def world(self) -> World:
        """Make everybody and everything."""
        self.households = list(residents(self.totals, self.villages, self.maker))
        self._came()
        self._left()
        self._changed()
        self._special()
        self._since()
        self._ahead()
        months = month_ends(BEGINNING, END)
        everyone = [one for household in self.households for one in household] + self.extra
        return World(self.totals, self.villages, everyone, self.guests, months)

    def day(self, first: date, last: date) -> date:
        """Return a day between two, both included."""
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def known(self, on: date, last: date, *, late: float = 0.12) -> date:
        """Return when something of a day is reported: mostly within days, some months later."""
        lag = self.rng.randint(20, 200) if self.rng.random() < late else self.rng.randint(0, 6)
        return min(on + timedelta(days=lag), last)

    def untouched(self, wanted: int, fits: Iterable[Person]) -> list[Person]:
        """Return so many people to whom nothing happens yet."""
        pool = [one for one in fits if not one.is_touched]
        return self.rng.sample(pool, min(wanted, len(pool)))

    def everyone(self) -> Iterable[Person]:
        """Yield everybody who lives here on the cut-off."""
        return (one for household in self.households for one in household)

    def _came(self) -> None:
        """Births, arrivals and the centre's added people of the year."""
        rng = self.rng
        wanted = self.some(MOVED_IN)
        for household in rng.sample(self.households, len(self.households)):
            if wanted <= 0:
                break
            if len(household) <= wanted and not any(one.married for one in household):
                on = self.day(BEGINNING + timedelta(days=1), CUT_OFF - timedelta(days=2))
                known = self.known(on, CUT_OFF)
                for one in household:
                    if one.born <= on:
                        one.came = Happening(
                            "datang", on, known, rng.choice(("Lubuklinggau", "Rejang Lebong", "Palembang"))
                        )
                wanted -= len(household)
        for one in self.everyone():
            if one.came is None and one.born > BEGINNING:
                one.came = Happening("lahir", one.born, self.known(one.born, CUT_OFF))
        small = (one for one in self.everyone() if BEGINNING.year - 6 < one.born.year < BEGINNING.year)
        for one in self.untouched(self.some(LATE_BIRTHS), small):
            one.came = Happening(
                "lahir", one.born, self.day(BEGINNING + timedelta(days=3), CUT_OFF - timedelta(days=1))
            )
        alone = (household[0] for household in self.households if len(household) == 1)
        for one in self.untouched(self.some(ADDED), alone):
            one.came = Happening("ditambah", CLEANSED, LISTS_KNOWN)

    def _left(self) -> None:
        """Moves out, deaths reported, and what the centre removed or merged: people beyond those who stay."""
        rng = self.rng
        wanted = self.some(MOVED_OUT)
        while wanted > 0:
            adults = rng.randint(1, 3)
            household = self._leavers(adults, rng.randint(0, 3) if adults > 1 else 0)
            on = self.day(BEGINNING + timedelta(days=2), CUT_OFF - timedelta(days=2))
            known = self.known(on, CUT_OFF)
            for one in household:
                one.left = Happening("pindah", on, known, rng.choice(("Palembang", "Bengkulu", "Jambi", "Bekasi")))
            wanted -= len(household)
        for _ in range(self.some(DEATHS)):
            one = self._leavers(1, 0)[0]
            on = self.day(BEGINNING + timedelta(days=2), CUT_OFF - timedelta(days=2))
            one.left = Happening("mati", on, self.known(on, CUT_OFF, late=0.4))
        for _ in range(self.some(REMOVED)):
            self._leavers(1, 0)[0].left = Happening("dihapus", CLEANSED, LISTS_KNOWN)
        stay = (household[0] for household in self.households if len(household) == 1)
        for kept in self.untouched(self.some(MERGED), (one for one in stay if one.village.code not in self.plain)):
            twin = self._leavers(1, 0)[0]
            twin.name, twin.sex, twin.born = kept.name, kept.sex, kept.born
            twin.mother, twin.father, twin.village = kept.mother, kept.father, kept.village
            twin.nik = self.numbers.nik(kept.village.prefix, kept.born, kept.sex)
            twin.left = Happening("digabung", CLEANSED, LISTS_KNOWN, kept.nik)

    def _leavers(self, adults: int, children: int) -> list[Person]:
        """Return a household that does not stay; recorded for the most part, as those who stay are."""
        village = self.rng.choice(self.villages)
        brides, self.maker.brides = self.maker.brides, 0
        household = self.maker.households(village, adults=adults, children=children)[0]
        self.maker.brides = brides
        for one in household:
            if one.born > BEGINNING:
                one.born = BEGINNING - timedelta(days=self.rng.randint(1, 300))
                one.nik = self.numbers.nik(village.prefix, one.born, one.sex)
            if one.adult_on <= BEGINNING and self.rng.random() < 0.9:
                on = self.day(max(date(2012, 1, 1), one.adult_on - timedelta(days=200)), BEGINNING)
                one.statuses = [Status(on, spelled("CARD_PRINTED", self.rng), "16.05", on)]
        self.extra.extend(household)
        return household

    def _changed(self) -> None:
        """Moves within the regency, marriages, biodata, blocks, failed second recordings, mistaken deaths."""
        rng = self.rng
        for household in rng.sample(self.households, self.some(MOVED_WITHIN) // 2):
            if any(one.is_touched for one in household):
                continue
            before = rng.choice(self.villages)
            on = self.day(BEGINNING + timedelta(days=2), CUT_OFF - timedelta(days=2))
            known = self.known(on, CUT_OFF)
            for one in household:
                if before is not one.village:
                    one.moved_from, one.moved = before, Happening("pindah_dalam", on, known, one.village.code)
        grown = [one for one in self.everyone() if one.role == "anak" and one.adult_on < BEGINNING]
        for one in self.untouched(self.some(GROWN_MARRIAGES), grown):
            on = self.day(BEGINNING + timedelta(days=2), CUT_OFF - timedelta(days=2))
            one.married = Happening("kawin", on, self.known(on, CUT_OFF), "grown")
        left = [one for one in self.everyone() if one.adult_on <= CUT_OFF and not one.is_recorded(CUT_OFF, CUT_OFF)]
        old = [one for one in left if (BLOCKED_ON - one.born).days >= 23 * 365.25 and one.is_wajib(CUT_OFF, CUT_OFF)]
        for one in self.untouched(round(len(left) * BLOCKED_SHARE), old):
            one.others.append(Happening("blokir", BLOCKED_ON, self.day(date(2019, 1, 3), date(2019, 1, 25))))
            if rng.random() < REACTIVATED_SHARE:
                on = self.day(date(2019, 2, 1), date(2019, 3, 20))
                one.others.append(Happening("aktif", on, on))
        some = self.untouched(self.some(BIODATA), (one for one in self.everyone() if one.adult_on < BEGINNING))
        for one in some:
            on = self.day(BEGINNING + timedelta(days=2), CUT_OFF - timedelta(days=2))
            one.others.append(Happening("biodata", on, on, rng.choice(names.OCCUPATIONS)))
        for one in self.untouched(self.some(REVERSED), (one for one in self.everyone() if one.adult_on < BEGINNING)):
            on = self.day(date(2018, 9, 1), date(2018, 10, 20))
            one.others += [Happening("mati", on, on), Happening("batal", on, on + timedelta(days=40))]
        done = (one for one in self.everyone() if one.statuses and one.statuses[-1].on < BEGINNING)
        for one in self.untouched(self.some(RE_RECORDED), (one for one in done if _accepted(one))):
            on = self.day(BEGINNING + timedelta(days=2), CUT_OFF - timedelta(days=60))
            later = on + timedelta(days=rng.randint(10, 50))
            one.statuses += [
                Status(on, "BIO_CAPTURED", one.village.code[:8], on),
                Status(later, spelled("DUPLICATE_RECORD", rng), "", later),
            ]
            one.others.append(Happening("", on, on))

    def _special(self) -> None:
        """Foreigners, one person with two NIKs, and guests of other regencies recorded here."""
        rng = self.rng
        alone = [
            household[0]
            for household in self.households
            if len(household) == 1 and household[0].village.code not in self.plain and not household[0].is_touched
        ]
        for one in rng.sample(alone, self.some(ITAP)):
            one.citizenship = "ITAP"
            one.others.append(Happening("", CUT_OFF, CUT_OFF))
        outside = [village for village in self.villages if village.code not in self.plain]
        for _ in range(self.some(WNA)):
            one = self.maker.person(rng.choice(outside), rng.choice("LP"), self.maker.born_at_age(rng.randint(25, 60)))
            one.citizenship, one.role, one.mother = "WNA", "lainnya", names.name_of("P", rng)
            one.no_kk = self.numbers.family_card(one.village.prefix, date(2017, 3, 1))
            self.extra.append(one)
        spare = [one for one in alone if not one.is_touched and one.adult_on < BEGINNING]
        for first, second in zip(spare[: self.some(DOUBLES)], spare[-self.some(DOUBLES) :], strict=True):
            second.name, second.sex, second.born = first.name, first.sex, first.born
            second.mother, second.father = first.mother, first.father
            second.nik = self.numbers.nik(second.village.prefix, second.born, second.sex)
            for one in (first, second):
                one.others.append(Happening("", CUT_OFF, CUT_OFF))
        for _ in range(self.some(GUESTS)):
            guest = self.maker.person(
                rng.choice(self.villages), rng.choice("LP"), self.maker.born_at_age(rng.randint(17, 60))
            )
            guest.nik = self.numbers.nik(rng.choice(("160304", "167305", "170203")), guest.born, guest.sex)
            on = self.day(BEGINNING + timedelta(days=2), CUT_OFF - timedelta(days=2))
            guest.statuses = [Status(on, "BIO_CAPTURED", guest.village.code[:8], on)]
            self.guests.append(guest)

    def _since(self) -> None:
        """What arrived between the close and the demo's today: it changes what is known now, not what was closed."""
        first, last = CUT_OFF + timedelta(days=1), TODAY
        old = [one for one in self.everyone() if one.adult_on < date(2010, 1, 1) and not one.is_touched]
        for one in self.untouched(self.some(SINCE_DEATHS), old):
            one.left = Happening("mati", self.day(date(2018, 11, 1), date(2019, 3, 30)), self.day(first, last))
        for one in self.untouched(self.some(SINCE_OUT), self.everyone()):
            one.left = Happening(
                "pindah", self.day(date(2019, 3, 5), date(2019, 3, 31)), self.day(first, last), "Palembang"
            )
        for one in self.untouched(self.some(SINCE_RECORDED), self._unrecorded(CUT_OFF)):
            on = self.day(date(2019, 3, 20), date(2019, 4, 1))
            one.statuses.append(Status(on, "BIO_CAPTURED", one.village.code[:8], max(on, self.day(first, last))))
            one.others.append(Happening("", on, on))
        for _ in range(self.some(SINCE_IN)):
            self._newcomer(self.day(date(2019, 3, 10), date(2019, 3, 31)), self.day(first, last))

    def _unrecorded(self, day: date) -> list[Person]:
        return [
            one
            for one in self.everyone()
            if not one.is_touched and not any(s.on <= END for s in one.statuses) and one.is_wajib(day, day)
        ]

    def _newcomer(self, on: date, known: date, *, age: int | None = None) -> Person:
        village = self.rng.choice(self.villages)
        sex = self.rng.choice("LP")
        born = self.maker.born_at_age(age if age is not None else self.rng.randint(18, 55))
        one = self.maker.person(village, sex, min(born, on - timedelta(days=30)), outside=True)
        one.role, one.mother, one.father = "kepala keluarga", names.name_of("P", self.rng), names.name_of("L", self.rng)
        one.no_kk = self.numbers.family_card(village.prefix, on)
        one.dusun = self.rng.choice(names.DUSUN)
        one.came = Happening("datang", on, known, "Lubuklinggau")
        if self.rng.random() < 0.95 and one.adult_on < date(2017, 1, 1):
            done = self.day(max(date(2012, 1, 1), one.adult_on), date(2018, 1, 1))
            one.statuses = [Status(done, "CARD_PRINTED", "16.73", done)]
        self.extra.append(one)
        return one

    def _ahead(self) -> None:
        """The twelve months after, month by month, and the consolidation that makes the stock of August jump."""
        rng = self.rng
        candidates = [one for one in self.everyone() if not one.is_touched and not one.statuses and one.adult_on <= END]
        rng.shuffle(candidates)
        start = TODAY
        for month in month_ends(CUT_OFF, END):
            first = start + timedelta(days=1)
            wanted = self.some(MONTHLY_RECORDINGS)
            taken = [one for one in candidates if one.adult_on <= first][:wanted]
            for one in taken:
                self._recorded_ahead(one, first, month)
            chosen = set(map(id, taken))
            candidates = [one for one in candidates if id(one) not in chosen]
            for one in self._leaving(self.some(MONTHLY_DEATHS), before=date(1965, 1, 1)):
                on = self.day(first - timedelta(days=20), month)
                one.left = Happening("mati", on, max(first, min(on + timedelta(days=rng.randint(0, 9)), month)))
            for one in self._leaving(self.some(MONTHLY_OUT), before=BEGINNING):
                on = self.day(first, month)
                one.left = Happening("pindah", on, month, "Palembang")
            for _ in range(self.some(MONTHLY_IN)):
                on = self.day(first, month)
                self._newcomer(on, month)
            for _ in range(self.some(MONTHLY_BIRTHS)):
                self._born(self.day(first, month), month)
            start = month
        self._cleanse()

    def _recorded_ahead(self, one: Person, first: date, month: date) -> None:
        on = self.day(first, month)
        accepted = on + timedelta(days=self.rng.randint(5, 120))
        one.statuses = [
            Status(on, "BIO_CAPTURED", one.village.code[:8], on),
            Status(accepted, "PRINT_READY_RECORD", "", accepted),
        ]
        one.others.append(Happening("", on, on))

    def _leaving(self, wanted: int, *, before: date) -> list[Person]:
        """Return people to whom nothing happens yet, found without looking at everyone."""
        found: list[Person] = []
        while len(found) < wanted:
            one = self.rng.choice(self.rng.choice(self.households))
            if one.born < before and not one.is_touched and (not one.statuses or one.statuses[-1].on <= CUT_OFF):
                found.append(one)
                one.others.append(Happening("", CUT_OFF, CUT_OFF))
        return found

    def _born(self, on: date, known: date) -> None:
        mother = self._mother(on)
        sex = self.rng.choice("LP")
        child = Person(
            self.numbers.nik(mother.village.prefix, on, sex), names.name_of(sex, self.rng), sex, on, mother.village
        )
        child.no_kk, child.dusun, child.rt, child.rw = mother.no_kk, mother.dusun, mother.rt, mother.rw
        child.mother = mother.name
        child.came = Happening("lahir", on, known)
        self.extra.append(child)

    def _mother(self, on: date) -> Person:
        """Return a wife of an age to bear, who has not left."""
        while True:
            for one in self.rng.choice(self.households):
                years = (on - one.born).days / 365.25
                if one.role == "istri" and not one.left and MOTHERS[0] <= years <= MOTHERS[1]:
                    return one

    def _cleanse(self) -> None:
        """Let the consolidation of 30 June 2019 remove just as many as the stock published for August asks."""
        everyone = [*self.everyone(), *self.extra]
        wajib = [one for one in everyone if one.is_wajib(AUGUST, AUGUST)]
        recorded = [one for one in wajib if one.is_recorded(AUGUST, AUGUST)]
        unrecorded_target = self.totals.august_remaining
        recorded_target = self.totals.august_wajib - unrecorded_target
        fits = [one for one in wajib if not one.is_touched and one.adult_on < CLEANSED_AGAIN]
        done = [
            one for one in fits if one.statuses and one.statuses[-1].on < CUT_OFF and one.is_recorded(AUGUST, AUGUST)
        ]
        left = [one for one in fits if not one.statuses]
        counts = (len(recorded) - recorded_target, len(wajib) - len(recorded) - unrecorded_target)
        for pool, number in zip((done, left), counts, strict=True):
            for one in self.rng.sample(pool, number):
                one.left = Happening("dihapus", CLEANSED_AGAIN, LISTS_KNOWN_AGAIN)


def _accepted(one: Person) -> bool:
    return recording.fold(one.statuses[-1].raw) in recording.ACCEPTED
