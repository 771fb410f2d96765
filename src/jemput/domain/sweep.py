"""Penyisiran: who is left, apart by what a visit must do for them, and which places to go to first, with reasons in words.

A place ranks by how many of its people are likely to be met; while a polling day is ahead first-time voters count
double, for without a card or a recording they lose their vote (constitutional court 20/PUU-XVII/2019).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from jemput.domain import recording
from jemput.domain.chances import Chance, Expected, expected
from jemput.domain.outreach import SETTLING_WORDS
from jemput.domain.places import DISTRICT_DIGITS
from jemput.domain.problems import Text

Tag = Literal["pemula", "blocked", "vulnerable", "not_found"]
Group = Literal["all", "ordinary", "blocked", "vulnerable", "not_found", "settle", "pemula"]
GROUPS: dict[Group, Text] = {
    "all": Text("semua yang belum rekam", "everybody not recorded"),
    "ordinary": Text("untuk kunjungan biasa", "for an ordinary visit"),
    "vulnerable": Text("rentan, kunjungan rumah", "vulnerable, home visits"),
    "blocked": Text("diblokir", "blocked"),
    "not_found": Text("berulang tidak ditemukan", "repeatedly not found"),
    "settle": Text("catatan yang perlu diselesaikan", "records to settle"),
    "pemula": Text("pemula sebelum pemilu", "pemula before the election"),
}
"""The lists of a sweep. Whoever becomes wajib KTP only by the election stands apart: they are not in the count yet."""
TAG_TITLES: dict[Tag, Text] = {
    "pemula": Text("pemula", "pemula"),
    "blocked": Text("diblokir", "blocked"),
    "vulnerable": Text("rentan", "vulnerable"),
    "not_found": Text("berulang tidak ditemukan", "repeatedly not found"),
}
OLD_YEARS = 70
"""Age from which somebody is listed for a home visit (our choice: UU 13/1998 art. 1 calls 60 elderly, but most of these
still come by themselves). The register keeps no disability; illness is what the village or a visit said."""
HOME_WORDS = frozenset({"ill"})
HOME_OUTCOMES = frozenset({"ill", "home_visit"})
"""Words and outcomes that ask for a home visit: active service to the vulnerable (Permendagri 96/2019)."""
REPEATEDLY = 2
"""Outcomes `domain.outreach.MISSED` from which somebody is repeatedly not found (our choice: once is chance)."""
TERM_YEARS = 5
"""Years between two general elections (UU 7/2017 art. 167): whoever turned 17 since the last one votes for the first time."""
DAYS_A_YEAR = 365
FEBRUARY, FEBRUARY_DAYS = 2, 28
NO_TAGS: frozenset[Tag] = frozenset()

PlaceLevel = Literal["kecamatan", "desa", "dusun"]
LEVELS: tuple[PlaceLevel, ...] = ("kecamatan", "desa", "dusun")
LEVEL_TITLES: dict[PlaceLevel, Text] = {
    "kecamatan": Text("kecamatan", "kecamatan"),
    "desa": Text("desa", "villages"),
    "dusun": Text("dusun", "dusun"),
}
NO_DUSUN = Text("tanpa dusun", "no dusun")


class LastWord(NamedTuple):
    """The last word of the village about somebody: its code (`domain.outreach.WORDS`), the day, the channel."""

    word: str
    on: date
    channel: str


class LastOutcome(NamedTuple):
    """What became of somebody at the last visit that was for them, and how often they were missed in all."""

    outcome: str
    on: date
    missed: int


class Left(NamedTuple):
    """One person who is left (a tuple: a regency has ten thousand).

    `since`: the day from which they stand on the list, for a pemula the day they turn 17; `village` is that of the view;
    `status`: the folded order of a recording that does not count, None for none; `chance` None where the village's
    word says that the record is to be settled.
    """

    person: int
    nik: str
    name: str
    sex: str
    born_on: date | None
    village: int
    dusun: str
    rt: str
    rw: str
    address: str
    since: date
    status: int | None
    is_counted: bool
    votes_first: bool
    tags: frozenset[Tag]
    word: LastWord | None
    outcome: LastOutcome | None
    chance: Chance | None

    @property
    def has_failed(self) -> bool:
        """Whether a recording was made that does not count."""
        return self.status not in {None, recording.UNREGISTERED}

    @property
    def groups(self) -> tuple[Group, ...]:
        """The lists the person stands on."""
        return groups_of(self.is_counted, self.tags, self.chance is None)


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The last visit to a village that took place: its number, day, and what became of whom it was for."""

    number: int
    on: date
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a village besides its people: rompok, the last visit and the next."""

    rompok: int = 0
    rompok_people: int = 0
    last: LastVisit | None = None
    planned: tuple[int, date | None] | None = None


NOTHING = Around()


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan, a village or a dusun with whoever is left in it; `number` is the area's, for a dusun its village's.

    `half_since`: half of them stand on the list since that day or longer. `met`: how many of those who are not to be
    settled are likely to be met; `rank`: what it is ranked by.
    """

    level: PlaceLevel
    number: int
    dusun: str
    groups: Mapping[Group, int]
    voters: int
    failed: int
    half_since: date | None
    met: Expected
    learnt: int
    rank: float
    around: Around

    @property
    def left(self) -> int:
        """Everybody not recorded."""
        return self.groups["all"]


_Kind = tuple[bool, frozenset[Tag], bool, int | None, Chance | None]
"""What people of a place are counted alike by: counted, tags, first vote, recording status, chance."""


@dataclass(slots=True)
class _Sum:
    """People of one place while they are added up."""

    kinds: Counter[_Kind] = field(default_factory=Counter)
    since: list[date] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days a sweep looks to: today, the next 28th, the polling day where one is set and ahead."""

    today: date
    cut_off: date
    election: date | None = None


def first_time_voters(election: date) -> tuple[date, date]:
    """Return the seventeenth birthdays of those who vote for the first time: later than the one day, not than the other."""
    return election - timedelta(days=TERM_YEARS * DAYS_A_YEAR), election


def old_by(on: date) -> date:
    """Return the last birth date of those who are old enough for a home visit on a day; born on 29 February: a day later."""
    return on.replace(year=on.year - OLD_YEARS, day=min(on.day, FEBRUARY_DAYS) if on.month == FEBRUARY else on.day)


def tags_of(
    *, is_pemula: bool, is_blocked: bool, is_old: bool, word: LastWord | None, outcome: LastOutcome | None
) -> frozenset[Tag]:
    """Return what somebody stands apart for; `is_old`: of an age that asks for a home visit."""
    if word is None and outcome is None and not (is_pemula or is_blocked or is_old):
        return NO_TAGS
    tags: list[Tag] = []
    if is_pemula:
        tags.append("pemula")
    if is_blocked:
        tags.append("blocked")
    if is_old or (word and word.word in HOME_WORDS) or (outcome and outcome.outcome in HOME_OUTCOMES):
        tags.append("vulnerable")
    if outcome and outcome.missed >= REPEATEDLY:
        tags.append("not_found")
    return frozenset(tags)


@cache
def groups_of(is_counted: bool, tags: frozenset[Tag], to_settle: bool) -> tuple[Group, ...]:  # noqa: FBT001 - a key of the cache
    """Return the lists on which somebody stands who is counted, stands apart by tags, or whose record is to be settled."""
    found: list[Group] = ["all"] if is_counted else []
    if to_settle:
        found.append("settle")
    elif is_counted and not tags:
        found.append("ordinary")
    return (*found, *sorted(tags))


def is_to_settle(word: LastWord | None) -> bool:
    """Whether the village's last word speaks of the record, not of a person who could be met."""
    return word is not None and word.word in SETTLING_WORDS


def district_of(village: int) -> int:
    """Return the kecamatan of a village."""
    return int(str(village)[:DISTRICT_DIGITS])


def places(
    people: Iterable[Left], around: Mapping[int, Around], *, ahead: bool, levels: Collection[PlaceLevel] = LEVELS
) -> list[Place]:
    """Return the places of some levels in which some people are left, ranked within each level.

    `ahead`: a polling day lies ahead, so that first-time voters count double.
    """
    by_dusun = "dusun" in levels
    dusuns: defaultdict[tuple[int, str], _Sum] = defaultdict(_Sum)
    for one in people:
        into = dusuns[one.village, one.dusun if by_dusun else ""]
        into.kinds[one.is_counted, one.tags, one.votes_first, one.status, one.chance] += 1
        if one.is_counted:
            into.since.append(one.since)
    sums: defaultdict[tuple[PlaceLevel, int, str], _Sum] = defaultdict(_Sum)
    for (village, dusun), held in dusuns.items():
        for level in levels:
            into = sums[_key(level, village, dusun)]
            into.kinds.update(held.kinds)
            into.since += held.since
    return rank(_place(*key, held, _around(key, around), ahead=ahead) for key, held in sums.items())


def _key(level: PlaceLevel, village: int, dusun: str) -> tuple[PlaceLevel, int, str]:
    if level == "dusun":
        return level, village, dusun
    return level, village if level == "desa" else district_of(village), ""


def rank(found: Iterable[Place]) -> list[Place]:
    """Return places in the order to go to them, level by level; equals by the most left, then by code."""
    return sorted(found, key=lambda one: (LEVELS.index(one.level), -one.rank, -one.left, one.number, one.dusun))


def _around(key: tuple[PlaceLevel, int, str], around: Mapping[int, Around]) -> Around:
    level, number, _ = key
    if level == "desa":
        return around.get(number, NOTHING)
    if level == "dusun":  # rompok are known by village only; visits too, for most serve all of it
        held = around.get(number, NOTHING)
        return Around(last=held.last, planned=held.planned)
    inside = [one for village, one in around.items() if district_of(village) == number]
    lasts = [one.last for one in inside if one.last]
    nexts = sorted((one.planned for one in inside if one.planned), key=lambda visit: visit[1] or date.max)
    return Around(
        sum(one.rompok for one in inside),
        sum(one.rompok_people for one in inside),
        max(lasts, key=lambda visit: (visit.on, visit.number), default=None),
        nexts[0] if nexts else None,
    )


def _place(level: PlaceLevel, number: int, dusun: str, held: _Sum, around: Around, *, ahead: bool) -> Place:
    since = sorted(held.since)
    chances: Counter[Chance] = Counter()
    groups: dict[Group, int] = dict.fromkeys(GROUPS, 0)
    first = 0.0
    voters = failed = 0
    for (is_counted, tags, votes, status, chance), count in held.kinds.items():
        for group in groups_of(is_counted, tags, chance is None):
            groups[group] += count
        if chance is not None:
            chances[chance] += count
            first += chance.mean * count * votes
        voters += count * votes
        failed += count * (is_counted and status not in {None, recording.UNREGISTERED})
    met = expected(chances)
    return Place(
        level,
        number,
        dusun,
        groups,
        voters,
        failed,
        since[(len(since) - 1) // 2] if since else None,
        met,
        max((chance.learnt for chance in chances), default=0),
        met.mean + (first if ahead else 0.0),
        around,
    )
