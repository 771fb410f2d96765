"""The chance to meet somebody who is looked for: learnt from what came of earlier visits, honest about how little that is.

A Beta posterior for people alike: by how long they stand on the list, and whether they were missed before. People
alike are shrunk to the others of their age on the list, and these to a prior that is written down here.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from jemput.domain.problems import Text

PRIOR_FOUND, PRIOR_TRIED = 4.0, 6.0
"""The prior, as six people tried of whom four were met: 0.84 times 0.8. In Kota Magelang 16 percent of the backlog lived
elsewhere, and of those who are asked to come some 0.8 do (domain notes); six is our choice, so that a single visit of
ten people already weighs more."""
WITHIN = 0.8
"""The part of the posterior an interval holds: 8 of 10 (our choice: wider ones say nothing about a village)."""
Z_WITHIN = 1.2816
"""The normal quantile that leaves a tenth on each side."""
AGE_LIMITS = (365, 5 * 365)
"""Days on the list at which the age of an entry changes its band (our choice): within a year a list knows where people
live, and after five, when an election's list has been made anew, it mostly does not."""
AGE_TITLES = (
    Text("kurang dari setahun di daftar", "less than a year on the list"),
    Text("setahun sampai lima tahun di daftar", "one to five years on the list"),
    Text("lebih dari lima tahun di daftar", "more than five years on the list"),
)
MET = frozenset({"recorded", "refused", "home_visit", "ill"})
"""Outcomes (`domain.outreach.OUTCOMES`) that say the person lives there and can be met; all others missed them."""

Alike = tuple[int, bool]
"""People alike: the band of their age on the list, and whether they were missed before."""
ALIKE: tuple[Alike, ...] = tuple(product(range(len(AGE_TITLES)), (False, True)))


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """The chance to meet one of some people alike: Beta(`met`, `missed`), learnt from `tried` people like them.

    `learnt` also counts the others of their age that they were shrunk to. A sweep has six, told apart by identity: ten
    thousand people are counted by them.
    """

    met: float
    missed: float
    tried: int
    learnt: int

    @property
    def mean(self) -> float:
        """The expected share of such people who are met."""
        return self.met / (self.met + self.missed)

    @property
    def low(self) -> float:
        """The share that is exceeded in nine of ten cases."""
        return beta_quantile((1 - WITHIN) / 2, self.met, self.missed)

    @property
    def high(self) -> float:
        """The share that is exceeded in one of ten cases."""
        return beta_quantile((1 + WITHIN) / 2, self.met, self.missed)

    @property
    def short(self) -> Text:
        """The chance as it stands in a table: about six of ten, and the interval."""
        about, low, high = (round(10 * share) for share in (self.mean, self.low, self.high))
        return Text(f"kira-kira {about} dari 10; {low}–{high}", f"about {about} of 10; {low}–{high}")

    @property
    def source(self) -> Text:
        """What the chance rests on."""
        if not self.learnt:
            return Text(
                "belum ada hasil kunjungan; perkiraan awal", "no outcome of a visit yet; what was assumed at the start"
            )
        return Text(f"dari {self.learnt} hasil kunjungan", f"from {self.learnt} outcomes of visits")


@dataclass(frozen=True, slots=True)
class Expected:
    """How many of some people are likely to be met: the mean, and whole numbers that hold it in eight of ten cases."""

    mean: float
    low: int
    high: int

    @property
    def about(self) -> int:
        """The mean as a whole number of people."""
        return round(self.mean)


def band(days: int) -> int:
    """Return the band of an age on the list, in days."""
    return bisect_right(AGE_LIMITS, days)


def chances(tried: Mapping[Alike, tuple[int, int]]) -> dict[Alike, Chance]:
    """Return the chance of all people alike; `tried` says how many of them were met, and how many looked for."""
    found = {}
    for age, before in ALIKE:
        met, of = tried.get((age, before), (0, 0))
        other_met, other_of = tried.get((age, not before), (0, 0))
        share = (PRIOR_FOUND + other_met) / (PRIOR_TRIED + other_of)
        alpha = PRIOR_TRIED * share + met
        beta = PRIOR_TRIED * (1 - share) + of - met
        found[age, before] = Chance(alpha, beta, of, of + other_of)
    return found


def expected(people: Mapping[Chance, int]) -> Expected:
    """Return how many of so many people of each chance are met.

    Each group is beta-binomial: what is not known of its chance is common to all of it, so that a hundred alike are not
    a hundred tosses of a known coin.
    """
    mean = sum(count * chance.mean for chance, count in people.items())
    variance = sum(_variance(chance, count) for chance, count in people.items())
    most = sum(people.values())
    reach = Z_WITHIN * math.sqrt(variance)
    return Expected(mean, max(0, round(mean - reach)), min(most, round(mean + reach)))


def counted(outcomes: Iterable[tuple[Alike, bool]]) -> dict[Alike, tuple[int, int]]:
    """Return how many were met and looked for among people alike, from one pair an outcome: who, and whether met."""
    met: Counter[Alike] = Counter()
    of: Counter[Alike] = Counter()
    for alike, was_met in outcomes:
        of[alike] += 1
        met[alike] += was_met
    return {alike: (met[alike], number) for alike, number in of.items()}


def _variance(chance: Chance, count: int) -> float:
    total = chance.met + chance.missed
    return count * chance.mean * (1 - chance.mean) * (total + count) / (total + 1)


# --- the beta distribution -------------------------------------------------------------------------------------------

STEPS = 200
TINY = 1e-300
CLOSE = 1e-10


@lru_cache(maxsize=512)
def beta_quantile(share: float, alpha: float, beta: float) -> float:
    """Return the value below which `share` of a Beta(alpha, beta) lies, by halving."""
    low, high = 0.0, 1.0
    while high - low > CLOSE:
        middle = (low + high) / 2
        low, high = (middle, high) if beta_below(middle, alpha, beta) < share else (low, middle)
    return (low + high) / 2


def beta_below(value: float, alpha: float, beta: float) -> float:
    """Return how much of a Beta(alpha, beta) lies below a value: the regularised incomplete beta function."""
    if value <= 0 or value >= 1:
        return float(value >= 1)
    if value > (alpha + 1) / (alpha + beta + 2):  # the fraction converges fast on the other side
        return 1 - beta_below(1 - value, beta, alpha)
    log = alpha * math.log(value) + beta * math.log1p(-value)
    log += math.lgamma(alpha + beta) - math.lgamma(alpha) - math.lgamma(beta)
    return math.exp(log) / alpha / _fraction(value, alpha, beta)


def _fraction(value: float, alpha: float, beta: float) -> float:
    """Return the continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's way."""
    result = front = 1.0
    back = 0.0
    for step in range(1, STEPS):
        half, odd = divmod(step, 2)
        if odd:
            term = -(alpha + half) * (alpha + beta + half) * value / ((alpha + step - 1) * (alpha + step))
        else:
            term = half * (beta - half) * value / ((alpha + step - 1) * (alpha + step))
        back = 1 / _kept(1 + term * back)
        front = _kept(1 + term / front)
        result *= front * back
        if abs(front * back - 1) < CLOSE:
            break
    return result


def _kept(value: float) -> float:
    return value if abs(value) > TINY else TINY
