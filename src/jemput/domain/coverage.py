"""Who is counted: the reference fold, in plain Python, that every engine is held to.

Truth is the list of facts of a person, each with the day it holds from and the batch the office
learnt it with. The view on a day as known with a batch is a fold of the facts that hold and are
known, in the order (day, place); a reversed fact takes no part from the batch of its reversal on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jemput.domain import facts, recording
from jemput.domain.lampid import STRUCK, Effects
from jemput.domain.people import ADULT_YEARS
from jemput.domain.problems import Text

RULE_VERSION = 1
"""Raised whenever the meaning of a figure changes; a closed count names the version it was made by."""

FIGURES = ("population", "id_obligated", "recorded", "pemula", "blocked", "itap", "recorded_here")
FIGURE_TITLES = {
    "population": Text("penduduk", "residents"),
    "id_obligated": Text("wajib KTP", "wajib KTP"),
    "recorded": Text("sudah rekam", "recorded"),
    "unrecorded": Text("belum rekam", "not recorded"),
    "pemula": Text("pemula, direkam sebelum wajib KTP", "pemula, recorded before the duty began"),
    "blocked": Text("diblokir dan belum rekam", "blocked and not recorded"),
    "itap": Text("orang asing ITAP", "foreigners with ITAP"),
    "recorded_here": Text("direkam di sini, di mana pun tinggal", "recorded here, wherever they live"),
}
"""What each figure counts, and the one that is a difference of two."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The settings a count depends on; they are stored with every closed count.

    counted: status orders that count as recorded while they are the latest · accepted: those that a
    later failure does not undo · count_blocked: whether blocked unrecorded adults stay wajib KTP
    (default yes: the law has not released them).
    """

    counted: frozenset[int] = recording.COUNTED
    accepted: frozenset[int] = recording.ACCEPTED
    count_blocked: bool = True

    def as_json(self) -> dict[str, object]:
        """Return the rule as stored in a closed count."""
        return {
            "version": RULE_VERSION,
            "adult_years": ADULT_YEARS,
            "counted": sorted(self.counted),
            "accepted": sorted(self.accepted),
            "count_blocked": self.count_blocked,
        }

    @classmethod
    def from_json(cls, said: dict[str, object]) -> Rule:
        """Return the rule a closed count was made by."""
        return cls(
            counted=frozenset(said["counted"]),  # type: ignore[call-overload]  # written by as_json
            accepted=frozenset(said["accepted"]),  # type: ignore[call-overload]  # written by as_json
            count_blocked=bool(said["count_blocked"]),
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an area on a day; each counts people.

    id_obligated: wajib KTP · recorded: wajib KTP whose recording counts · pemula: recorded before
    the duty began · blocked: wajib KTP, blocked and unrecorded · itap: wajib KTP with ITAP ·
    recorded_here: recordings made in the area that count, wherever the person lives.
    """

    population: int = 0
    id_obligated: int = 0
    recorded: int = 0
    pemula: int = 0
    blocked: int = 0
    itap: int = 0
    recorded_here: int = 0

    @property
    def unrecorded(self) -> int:
        """Wajib KTP who are left: id_obligated = recorded + unrecorded, always."""
        return self.id_obligated - self.recorded

    @property
    def recorded_total(self) -> int:
        """Residents recorded, pemula included."""
        return self.recorded + self.pemula

    def __add__(self, other: Figures) -> Figures:
        # written out: a page adds some thousand of these, and walking over the fields takes four times as long
        return Figures(
            self.population + other.population,
            self.id_obligated + other.id_obligated,
            self.recorded + other.recorded,
            self.pemula + other.pemula,
            self.blocked + other.blocked,
            self.itap + other.itap,
            self.recorded_here + other.recorded_here,
        )


def percent(part: int, whole: int, decimals: int = 2) -> Decimal | None:
    """Return part of whole in percent, half up; None where there is no whole. Never clipped at 100."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of one person as the ledger holds it; days are ordinals."""

    place: int
    batch: int
    kind: str
    on_day: int
    effects: Effects
    reverses: int | None = None


@dataclass(slots=True)
class Standing:
    """Where one person stands on a day: the fold of what holds and is known."""

    home: int = 0
    adult_on: int | None = None
    citizen: int = 1
    married: bool = False
    dead: bool = False
    blocked: bool = False
    status: int | None = None
    accepted: bool = False
    recorded_at: int | None = None

    @property
    def is_resident(self) -> bool:
        """Whether the person lives, and lives in a village of this office."""
        return not self.dead and self.home > STRUCK

    def is_adult(self, on_day: int) -> bool:
        """Whether the seventeenth birthday has come; not where no fact says the birth date."""
        return self.adult_on is not None and self.adult_on <= on_day

    def owes(self, on_day: int) -> bool:
        """Whether the law asks a card of this person, wherever they live (UU 24/2013 art. 63)."""
        return self.citizen >= 1 and (self.is_adult(on_day) or self.married)

    def is_recorded(self, rule: Rule) -> bool:
        """Whether the recording counts: accepted once, or by its latest status."""
        return self.accepted or self.status in rule.counted

    def take(self, fact: KnownFact, rule: Rule) -> None:
        """Apply one fact. A death is never undone by what comes after it, only by its reversal."""
        said = fact.effects
        self.home = said.home if said.home is not None else self.home
        self.adult_on = said.adult_on if said.adult_on is not None else self.adult_on
        self.citizen = said.citizen if said.citizen is not None else self.citizen
        self.married = bool(said.married) if said.married is not None else self.married
        self.dead = self.dead or said.dead == 1
        self.blocked = bool(said.blocked) if said.blocked is not None else self.blocked
        if said.status is not None:
            self.status = said.status
            self.accepted = self.accepted or said.status in rule.accepted
            if said.status in rule.counted and said.recorded_at is not None:
                self.recorded_at = said.recorded_at


def standing(known: Iterable[KnownFact], *, on_day: int, batch: int, rule: Rule) -> Standing:
    """Return where a person stands on `on_day` as known with `batch`."""
    learnt = [fact for fact in known if fact.batch <= batch]
    reversed_places = {fact.reverses for fact in learnt if fact.reverses is not None}
    holding = [
        fact
        for fact in learnt
        if fact.kind != facts.REVERSED and fact.place not in reversed_places and fact.on_day <= on_day
    ]
    person = Standing()
    for fact in sorted(holding, key=lambda fact: (fact.on_day, fact.kind != facts.REKAM, fact.place)):
        person.take(fact, rule)
    return person


def figures_of(person: Standing, *, on_day: int, rule: Rule) -> list[tuple[int, Figures]]:
    """Return what one person adds to the figures, as (village, figures): at home and where recorded."""
    holder, duty, done = person.citizen >= 1, person.owes(on_day), person.is_recorded(rule)
    counted = duty and (not person.blocked or done or rule.count_blocked)
    added: list[tuple[int, Figures]] = []
    if person.is_resident:
        at_home = Figures(
            population=1,
            id_obligated=int(counted),
            recorded=int(duty and done),
            pemula=int(holder and not duty and done),
            blocked=int(duty and not done and person.blocked),
            itap=int(counted and person.citizen == 2),  # noqa: PLR2004 - the code of ITAP
        )
        added.append((person.home, at_home))
    known_alive = not person.dead and person.home != STRUCK
    place = person.recorded_at or (person.home if person.home > STRUCK else 0)
    if done and known_alive and place > STRUCK:
        added.append((place, Figures(recorded_here=1)))
    return added


def count(people: Iterable[Iterable[KnownFact]], *, on_day: int, batch: int, rule: Rule) -> dict[int, Figures]:
    """Return the figures of every village on `on_day` as known with `batch`: the reference."""
    villages: dict[int, Figures] = {}
    for known in people:
        person = standing(known, on_day=on_day, batch=batch, rule=rule)
        for village, added in figures_of(person, on_day=on_day, rule=rule):
            villages[village] = villages.get(village, Figures()) + added
    return {village: total for village, total in sorted(villages.items()) if total != Figures()}
