"""Which misprint would explain a failure: offered, never applied.

A reading counts only if the failed relation holds under it; those that leave the fewest other
failures come first, then those that change least.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from jemput.domain.claims import percent, relations
from jemput.domain.claims.statement import NAMES, Claim, FigureName, Finding, PercentName, Reading, both
from jemput.domain.problems import Text

COUNTED: tuple[FigureName, ...] = ("remaining", "recorded", "wajib_ktp")
SCALES = (Fraction(1000), Fraction(1, 1000), Fraction(10), Fraction(1, 10))
"""A group of three digits, or one digit, lost or added between the dots."""
_SHOWN = 3
_WAJIB_SHARE = (Decimal("0.695"), Decimal("0.745"))
"""Wajib KTP as a share of the population, 0.70 to 0.74 in Musi Rawas and its districts (2019), as rounded."""

SWAPPED = Text("Mungkin angkanya tertukar: {name} {value}.", "Digits may be swapped: {name} {value}.")
OFF_BY_ONE = Text("Mungkin meleset satu: {name} {value}.", "It may be off by one: {name} {value}.")
BY_PARTS = Text("Jumlah rinciannya yang cocok: {name} {value}.", "The sum of the parts would fit: {name} {value}.")
THOUSANDS = Text("Mungkin titik ribuannya salah: {name} {value}.", "The thousands may be misplaced: {name} {value}.")
TRUNCATED = Text("Angkanya dipotong, tidak dibulatkan.", "It was cut off, not rounded.")
ROUNDED_UP = Text("Angkanya dibulatkan ke atas.", "It was rounded up.")
COMPLEMENT = Text("Itu persentase sebaliknya ({name}).", "It is the complement ({name}).")
DENOMINATOR = Text("Persentasenya terhadap {name} {value}.", "It is a share of {name} {value}.")
OTHERS_COUNTED = Text(
    "Mungkin penyebutnya lain: yang sudah rekam juga memuat pemula atau orang yang pindah.",
    "The denominator may be another: the recorded may include those under age or people who moved.",
)
OF_EVERYBODY = Text(
    "Persentasenya mungkin terhadap jumlah penduduk, bukan wajib KTP.",
    "It may be a share of the whole population, not of those required to hold a card.",
)
ONE_PART = Text("Satu rincian ({value}) mungkin terhitung dua kali.", "One part ({value}) may be counted twice.")


def mend(claim: Claim, finding: Finding) -> tuple[Reading, ...]:
    """Return the readings under which the failed relation would hold, the likeliest first, three at most."""
    if finding.relation in {relations.NEGATIVE, relations.OVER_HUNDRED}:
        return ()
    if finding.relation == relations.LEFT_OVER and None in {claim.figure(name) for name in COUNTED}:
        return ()  # a bound alone is mended by nearly any misprint
    if finding.relation == relations.PARTS and not claim.parts_complete:
        return ()
    if finding.relation == relations.OVER:
        return (Reading("other denominator", OTHERS_COUNTED),)
    if finding.relation == relations.HUNDRED:
        return (Reading("truncation", TRUNCATED),) if finding.weight == "truncation" else ()
    name = next((one for one, relation in relations.PERCENT.items() if relation == finding.relation), None)
    found = list(_of_percent(claim, name, finding)) if name else []
    ranked = sorted(_of_figures(claim, finding), key=lambda pair: pair[0])
    found += [reading for _, reading in ranked]
    found += list(_weak(claim, name, finding))
    return tuple(found[:_SHOWN])


def swaps(value: int) -> Iterator[tuple[int, int]]:
    """Yield each number that differs from `value` by two swapped digits, with how far apart they stand."""
    digits = str(abs(value))
    for one, other in combinations(range(len(digits)), 2):
        if digits[one] != digits[other]:
            swapped = list(digits)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            if swapped[0] != "0":
                yield int("".join(swapped)) * (-1 if value < 0 else 1), other - one


def _of_figures(claim: Claim, finding: Finding) -> Iterator[tuple[tuple[int, int], Reading]]:
    before = len(relations.test(claim).failed)
    for place, name in enumerate(COUNTED):
        value = claim.figure(name)
        if value is None:
            continue
        for rank, code, text, other in _candidates(claim, name, value):
            failed = relations.test(claim.with_figure(name, other)).failed
            if len(failed) < before and all(one.relation != finding.relation for one in failed):
                said = both(text, name=NAMES[name], value=other)
                yield (len(failed), rank * len(COUNTED) + place), Reading(code, said, name, other)


def _candidates(claim: Claim, name: FigureName, value: int) -> Iterator[tuple[int, str, Text, int]]:
    by_parts = sum(claim.parts)
    if claim.parts and claim.parts_of == name and claim.parts_complete and by_parts != value:
        yield 1, "sum of parts", BY_PARTS, by_parts
    for other, apart in swaps(value):
        yield (2 if apart == 1 else 5), "swapped digits", SWAPPED, other
    for other in (value + 1, value - 1):
        yield 0, "off by one", OFF_BY_ONE, other
    for scale in SCALES:
        scaled = value * scale
        if scaled.denominator == 1 and scaled != value:
            yield 4, "typography of thousands", THOUSANDS, int(scaled)


def _of_percent(claim: Claim, name: PercentName, finding: Finding) -> Iterator[Reading]:
    known, printed = relations.spans(claim), finding.printed
    part, whole = known[relations.NUMERATOR[name]].value, known["wajib_ktp"].value
    if not isinstance(printed, Decimal):
        return
    decimals = percent.decimals_of(printed)
    if finding.weight == "truncation":
        yield Reading("truncation", TRUNCATED)
    other: PercentName = "pct_remaining" if name == "pct_recorded" else "pct_recorded"
    complement = percent.share(whole - part, whole)
    if printed in {percent.half_up(complement, decimals), percent.truncated(complement, decimals)}:
        yield Reading("complement", both(COMPLEMENT, name=NAMES[other]), other, printed)
    counterpart: FigureName = "remaining" if name == "pct_recorded" else "recorded"
    denominators: tuple[FigureName, ...] = ("population", counterpart)
    for denominator in denominators:
        base = known.get(denominator)
        if base and base.value > 0 and percent.half_up(percent.share(part, base.value), decimals) == printed:
            said = both(DENOMINATOR, name=NAMES[denominator], value=base.value)
            yield Reading("other denominator", said, denominator, base.value)
    units = int(printed.scaleb(decimals))
    for swapped, _ in swaps(units):
        if Decimal(swapped).scaleb(-decimals) == finding.computed:
            value = Decimal(swapped).scaleb(-decimals)
            yield Reading("swapped digits", both(SWAPPED, name=NAMES[name], value=value), name, value)


def _weak(claim: Claim, name: PercentName | None, finding: Finding) -> Iterator[Reading]:
    if name and isinstance(finding.printed, Decimal):
        known = relations.spans(claim)
        exact = percent.share(known[relations.NUMERATOR[name]].value, known["wajib_ktp"].value)
        if percent.rounded_up(exact, percent.decimals_of(finding.printed)) == finding.printed:
            yield Reading("rounded up", ROUNDED_UP)
        lowest, highest = (Fraction(bound) * exact for bound in _WAJIB_SHARE)
        if claim.population is None and exact > 0 and lowest <= Fraction(finding.printed) <= highest:
            yield Reading("other denominator", OF_EVERYBODY, "population")
    if finding.relation == relations.PARTS and isinstance(finding.printed, int):
        for index, part in enumerate(claim.parts):
            rest = replace(claim, parts=claim.parts[:index] + claim.parts[index + 1 :])
            if part and sum(rest.parts) == finding.printed:
                yield Reading("part counted twice", both(ONE_PART, value=part), "parts", part)
            for other, _ in swaps(part):
                if sum(rest.parts) + other == finding.printed:
                    said = both(SWAPPED, name=str(part), value=other)
                    yield Reading("swapped digits", said, "parts", other)
