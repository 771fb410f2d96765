"""The month between two closed 28ths: who came, who went, who is left, and where recordings stand.

Opening and closing are counted each by itself from the people of its view, the lines between from the
movements; that they foot is a test of the ledger, held by laws, and never made by a remainder. Rows of a
district or village hold as they stand: a move inside the regency is a line there and none of the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jemput.domain import facts, recording
from jemput.domain.coverage import Figures
from jemput.domain.ids import VILLAGE_DIGITS
from jemput.domain.places import DISTRICT_DIGITS
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import bridge, coverage, traits
from jemput.queries.bridge import Bridge, Figure, title_of
from jemput.queries.coverage import Closing, View
from jemput.queries.office import Office
from jemput.queries.tied import Tie, tie
from jemput.queries.traits import FEMALE, MALE, Then, Traits
from jemput.store import bulk

NOT_CLOSED = ProblemKind(
    "month_not_closed",
    Text("Hitungan {on} belum ditutup.", "The count of {on} has not been closed."),
    Text(
        "Tutup hitungan tanggal 28 itu dahulu; laporan terikat pada hitungan tertutup.",
        "Close the count of that 28th first; a report is tied to a closed count.",
    ),
)
NO_OPENING = ProblemKind(
    "no_opening_count",
    Text("Tidak ada hitungan tertutup sebelum {on}.", "There is no closed count before {on}."),
    Text(
        "Laporan bulanan memerlukan dua hitungan tertutup, awal dan akhir.",
        "A monthly report needs two closed counts, an opening and a closing one.",
    ),
)
TRAITS_CHANGED = "traits_changed"
CORRECTED = Text("perubahan jenis kelamin atau kewarganegaraan", "change of sex or citizenship")
_ORDER = (
    facts.LAHIR,
    facts.DATANG,
    facts.MATI,
    facts.PINDAH,
    facts.RESIDENCE_CHANGED,
    facts.KONSOLIDASI_ADDED,
    facts.KONSOLIDASI_REMOVED,
    facts.KONSOLIDASI_MERGED,
    facts.REGISTERED,
)
LAMPID = (facts.LAHIR, facts.MATI, facts.PINDAH, facts.DATANG)
KONSOLIDASI = frozenset({facts.KONSOLIDASI_ADDED, facts.KONSOLIDASI_REMOVED, facts.KONSOLIDASI_MERGED})
FIGURES: tuple[Figure, ...] = ("id_obligated", "recorded", "unrecorded")
NO_STATUS = -1


@dataclass(frozen=True, slots=True)
class Heads:
    """People by sex and citizenship; `unsaid` are those whose sex no fact says. May be a difference."""

    male: int = 0
    female: int = 0
    unsaid: int = 0
    foreign: int = 0

    @property
    def total(self) -> int:
        """Everybody."""
        return self.male + self.female + self.unsaid

    @property
    def citizens(self) -> int:
        """Indonesian citizens."""
        return self.total - self.foreign

    def __add__(self, other: Heads) -> Heads:
        return Heads(
            self.male + other.male,
            self.female + other.female,
            self.unsaid + other.unsaid,
            self.foreign + other.foreign,
        )

    def times(self, factor: int) -> Heads:
        """Return so many times these heads; -1 takes them away."""
        return Heads(self.male * factor, self.female * factor, self.unsaid * factor, self.foreign * factor)


@dataclass(frozen=True, slots=True)
class Flow:
    """One line between opening and closing: what caused it, which way it goes, and the people it adds or takes.

    `late` marks what held by the opening day and was reported after it.
    """

    cause: str
    sign: int
    late: bool
    heads: Heads

    @property
    def title(self) -> Text:
        """What the line is called."""
        if self.cause == TRAITS_CHANGED:
            return CORRECTED
        if self.cause == facts.RESIDENCE_CHANGED:
            return MOVED_IN if self.sign > 0 else MOVED_OUT
        return title_of(self.cause, self.sign, "population")


MOVED_IN = Text("masuk dari wilayah lain di kabupaten", "moved in from elsewhere in the regency")
MOVED_OUT = Text("keluar ke wilayah lain di kabupaten", "moved out to elsewhere in the regency")


@dataclass(frozen=True, slots=True)
class Balance:
    """Opening + flows = closing, for the people of one area."""

    area: int | None
    opening: Heads
    flows: tuple[Flow, ...]
    closing: Heads

    @property
    def foots(self) -> bool:
        """Whether every column holds: each sex, each citizenship."""
        return self.opening + sum((flow.heads for flow in self.flows), Heads()) == self.closing

    def of(self, causes: AbstractSet[str]) -> int:
        """Return the people of the flows of some causes together."""
        return sum(flow.heads.total for flow in self.flows if flow.cause in causes)


@dataclass(frozen=True, slots=True)
class Households:
    """Family cards with a resident: opening + new - gone = closing; `without` are residents with no card number."""

    opening: int
    new: int
    gone: int
    closing: int
    without: int

    @property
    def foots(self) -> bool:
        """Whether the balance holds."""
        return self.opening + self.new - self.gone == self.closing


@dataclass(frozen=True, slots=True)
class Place:
    """Figures of one district or village at the opening and at the closing."""

    area: int
    start: Figures
    end: Figures


@dataclass(frozen=True, slots=True)
class Pipe:
    """Residents whose latest recording status is this one; `order` NO_STATUS where nothing was ever said."""

    order: int
    start: int
    end: int

    @property
    def title(self) -> Text:
        """What the status is called."""
        if self.order == NO_STATUS:
            return Text("tanpa status perekaman", "no recording status")
        if self.order == recording.UNKNOWN:
            return Text("status yang tidak dikenal", "a status not known")
        return recording.BY_ORDER[self.order].label


@dataclass(frozen=True, slots=True)
class Late:
    """Events of one kind that reached the office in the month: `late` of them held by the opening day already."""

    cause: str
    in_month: int
    late: int
    longest_days: int


@dataclass(frozen=True, slots=True)
class Monthly:
    """Everything the report of a month says of an area that the ledger knows."""

    opening: Tie
    closing: Tie
    start: Figures
    end: Figures
    balance: Balance
    districts: tuple[Balance, ...]
    villages: tuple[Balance, ...]
    households: Households
    places: tuple[Place, ...]
    pipeline: tuple[Pipe, ...]
    bridges: tuple[Bridge, ...]
    late: tuple[Late, ...]
    dkb: tuple[date, int] | None

    @property
    def foots(self) -> bool:
        """Whether every balance of the report holds, row by row."""
        balances = (self.balance, *self.districts, *self.villages)
        return (
            all(one.foots for one in balances)
            and self.households.foots
            and all(one.foots for one in self.bridges)
            and self.balance.opening.total == self.start.population
            and self.balance.closing.total == self.end.population
        )

    def districts_covered(self) -> list[Place]:
        """Return the figures by district."""
        return _grouped(self.places)


class _Move(NamedTuple):
    person: int
    on_day: int
    known_day: int
    village: int
    cause: str
    population: int


class _Resident(NamedTuple):
    person: int
    village: int
    traits: Traits


def closings_of(on: date) -> tuple[Closing, Closing]:
    """Return the closed count before that of `on`, and that of `on`; refuse where either is missing."""
    held = coverage.closings()
    if all(one.on != on for one in held):
        raise Refused(NOT_CLOSED.at(on=on.isoformat()))
    before = [one for one in held if one.on < on]
    if not before:
        raise Refused(NO_OPENING.at(on=on.isoformat()))
    return before[-1], next(one for one in held if one.on == on)


def closed_view(closing: Closing) -> View:
    """Return the view of a closed count."""
    return View(closing.on, closing.batch, closing.known_on, closing.rule, closing)


def monthly(on: date, area: int | None, here: Office) -> Monthly:
    """Return the month that was closed on `on`, for an area; refuse where it or the one before is not closed."""
    opened, closed = closings_of(on)
    return between(closed_view(opened), closed_view(closed), area, here)


def between(start: View, end: View, area: int | None, here: Office) -> Monthly:
    """Return what lies between two views, `end` of the later day."""
    before = coverage.villages(start, area, rule_in_force=here.rule)
    after = coverage.villages(end, area, rule_in_force=here.rule)
    with bulk.without_cycle_search():
        then, now = traits.as_of(start, end)
        residents_then, residents_now = _residents(start, end, area, then, now)
    opening, closing = _heads(residents_then), _heads(residents_now)
    moves = _moves(start, end, area)
    changed = _changed(residents_then, then, now)

    def balances(digits: int) -> list[Balance]:
        flows = _flows(moves, changed, digits, start, now)
        firsts, lasts = _by_group(opening, digits), _by_group(closing, digits)
        return [
            Balance(one or area, firsts.get(one, Heads()), flows.get(one, ()), lasts.get(one, Heads()))
            for one in sorted(flows.keys() | firsts.keys() | lasts.keys())
        ]

    frozen = coverage.dkb(end, area)
    return Monthly(
        opening=tie(start, area, here),
        closing=tie(end, area, here),
        start=coverage.total(before),
        end=coverage.total(after),
        balance=next(iter(balances(0)), Balance(area, Heads(), (), Heads())),
        districts=tuple(balances(DISTRICT_DIGITS)),
        villages=tuple(balances(VILLAGE_DIGITS)),
        households=_households(residents_then, residents_now),
        places=tuple(
            Place(village, before.get(village, Figures()), after.get(village, Figures()))
            for village in sorted(before.keys() | after.keys())
            if before.get(village, Figures()).population or after.get(village, Figures()).population
        ),
        pipeline=_pipeline(residents_then, residents_now),
        bridges=tuple(bridge.bridge(start, end, area, figure=figure, rule=here.rule) for figure in FIGURES),
        late=_late(moves, start),
        dkb=(frozen[0], sum(frozen[1].values())) if frozen else None,
    )


def _residents(
    start: View, end: View, area: int | None, then: Then, now: Then
) -> tuple[list[_Resident], list[_Resident]]:
    """Return the residents of an area in each of two views, read in one pass."""
    low, high = coverage.span(area)
    rows = bulk.select(
        f"""SELECT person, village, sum(CASE WHEN {_seen(start)} THEN population ELSE 0 END),
            sum(CASE WHEN {_seen(end)} THEN population ELSE 0 END)
        FROM movement WHERE population <> 0 AND village BETWEEN {low} AND {high} GROUP BY person, village"""
    )
    return (
        [_Resident(person, village, then.of(person)) for person, village, was, _ in rows if was > 0],
        [_Resident(person, village, now.of(person)) for person, village, _, is_now in rows if is_now > 0],
    )


def _seen(at: View) -> str:
    return f"on_day <= {at.on.toordinal()} AND batch <= {at.batch}"


def _moves(start: View, end: View, area: int | None) -> list[_Move]:
    """Return the movements of residents between two views, with the office's day each was learnt on.

    The plus keeps SQLite from looking villages up where days and batches are the few.
    """
    low, high = coverage.span(area)
    early, late = sorted((start.batch, end.batch))
    turned = "-" if start.batch > end.batch else ""
    rows = bulk.select(
        f"""SELECT m.person, m.on_day, b.known_day, m.village, m.cause,
            CASE WHEN m.on_day > {start.on.toordinal()} THEN m.population ELSE {turned}m.population END
        FROM movement m JOIN batch b ON b.batch = m.batch
        WHERE m.population <> 0 AND +m.village BETWEEN {low} AND {high}
        AND ((m.on_day > {start.on.toordinal()} AND m.on_day <= {end.on.toordinal()} AND m.batch <= {end.batch})
            OR (m.batch > {early} AND m.batch <= {late} AND m.on_day <= {start.on.toordinal()}))"""
    )
    return [_Move(*row) for row in rows]


def _one(said: Traits) -> Heads:
    foreign = int(said.is_foreign)
    if said.sex == MALE:
        return Heads(male=1, foreign=foreign)
    if said.sex == FEMALE:
        return Heads(female=1, foreign=foreign)
    return Heads(unsaid=1, foreign=foreign)


def _heads(residents: list[_Resident]) -> dict[int, Heads]:
    """Return the heads of every village."""
    found: dict[int, Heads] = defaultdict(Heads)
    for (village, sex, is_foreign), many in Counter(
        (one.village, one.traits.sex, one.traits.is_foreign) for one in residents
    ).items():
        found[village] += _one(Traits(sex, is_foreign)).times(many)
    return found


def _changed(residents: list[_Resident], then: Then, now: Then) -> list[tuple[int, Heads]]:
    """Return (village, change) of each resident of the opening whose sex or citizenship reads otherwise at the closing."""
    spoken_of = then.spoken_of | now.spoken_of
    return [
        (one.village, change)
        for one in residents
        if one.person in spoken_of and (change := _one(now.of(one.person)) + _one(one.traits).times(-1)) != Heads()
    ]


def _flows(
    moves: list[_Move], changed: list[tuple[int, Heads]], digits: int, start: View, now: Then
) -> dict[int, tuple[Flow, ...]]:
    """Return the flows of every group of villages, in the order of a report."""
    net: dict[tuple[int, int, int, str], int] = defaultdict(int)
    for move in moves:
        net[_group(move.village, digits), move.person, move.on_day, move.cause] += move.population
    lines: dict[tuple[int, str, int, bool], Heads] = defaultdict(Heads)
    for (group, person, on_day, cause), amount in net.items():
        if amount:
            sign = 1 if amount > 0 else -1
            lines[group, cause, sign, on_day <= start.on.toordinal()] += _one(now.of(person)).times(amount)
    for village, change in changed:
        lines[_group(village, digits), TRAITS_CHANGED, 0, False] += change
    flows: dict[int, list[Flow]] = defaultdict(list)
    for (group, cause, sign, late), heads in lines.items():
        if heads != Heads():
            flows[group].append(Flow(cause, sign, late, heads))
    return {group: tuple(sorted(found, key=_order)) for group, found in flows.items()}


def _order(flow: Flow) -> tuple[int, str, bool, int]:
    place = _ORDER.index(flow.cause) if flow.cause in _ORDER else len(_ORDER) + (flow.cause == TRAITS_CHANGED)
    return (place, flow.cause, flow.late, -flow.sign)


def _group(village: int, digits: int) -> int:
    """Return the area of so many digits a village lies in; 0 digits is everything."""
    return int(str(village)[:digits]) if digits else 0


def _by_group(heads: Mapping[int, Heads], digits: int) -> dict[int, Heads]:
    found: dict[int, Heads] = defaultdict(Heads)
    for village, some in heads.items():
        found[_group(village, digits)] += some
    return found


def _households(then: list[_Resident], now: list[_Resident]) -> Households:
    before = {one.traits.no_kk for one in then} - {""}
    after = {one.traits.no_kk for one in now} - {""}
    without = sum(not one.traits.no_kk for one in now)
    return Households(len(before), len(after - before), len(before - after), len(after), without)


def _pipeline(then: list[_Resident], now: list[_Resident]) -> tuple[Pipe, ...]:
    before, after = Counter(one.traits.status for one in then), Counter(one.traits.status for one in now)
    known = [(status.order, status.order) for status in recording.STATUSES]
    return tuple(
        Pipe(order, before[status], after[status])
        for order, status in (*known, (recording.UNKNOWN, recording.UNKNOWN), (NO_STATUS, None))
    )


def _late(moves: list[_Move], start: View) -> tuple[Late, ...]:
    net: dict[tuple[int, int, str], int] = defaultdict(int)
    learnt: dict[tuple[int, int, str], int] = {}
    for move in moves:
        key = (move.person, move.on_day, move.cause)
        net[key] += move.population
        learnt[key] = max(learnt.get(key, 0), move.known_day)
    found = []
    for cause in LAMPID:
        usual = -1 if cause in bridge.LEAVING else 1
        events = [key for key, amount in net.items() if key[2] == cause and amount * usual > 0]
        late = [key for key in events if key[1] <= start.on.toordinal()]
        longest = max((learnt[key] - key[1] for key in late), default=0)
        found.append(Late(cause, len(events) - len(late), len(late), longest))
    return tuple(found)


def _grouped(places: Iterable[Place]) -> list[Place]:
    found: dict[int, Place] = {}
    for one in places:
        area = _group(one.area, DISTRICT_DIGITS)
        held = found.get(area, Place(area, Figures(), Figures()))
        found[area] = Place(area, held.start + one.start, held.end + one.end)
    return [found[area] for area in sorted(found)]
