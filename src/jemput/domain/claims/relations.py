"""What must hold between the figures of one statement, and which of it fails.

A relation is computed only where its figures are printed, or follow from two others. A bound that
holds (recorded <= wajib) proves nothing; only an equality that holds makes a statement checkable.
A figure "printed in millions" stands for every number that rounds to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jemput.domain.claims import percent
from jemput.domain.claims.statement import (
    FIGURES,
    NAMES,
    PERCENTS,
    Claim,
    FigureName,
    Finding,
    Name,
    PercentName,
    both,
)
from jemput.domain.problems import Text

SUBTRACTION = "remaining = wajib - recorded"
PARTS = "sum of parts"
OVER = "recorded <= wajib"
LEFT_OVER = "remaining <= wajib"
NEGATIVE = "figures >= 0"
HUNDRED = "percent recorded + percent remaining = 100"
OVER_HUNDRED = "percent <= 100"
PERCENT: dict[PercentName, str] = {"pct_recorded": "percent recorded", "pct_remaining": "percent remaining"}
NUMERATOR: dict[PercentName, FigureName] = {"pct_recorded": "recorded", "pct_remaining": "remaining"}

_ROUND = re.compile(
    r"\b(?:rounded (?:sources?|figures?|numbers?)|(?:sources?|figures?|numbers?) (?:is|are|was|were) (?:rounded|round)"
    r"|(?:said to be |in )?round (?:figures?|numbers?)|said to be round|angka bulat|dibulatkan|angka pembulatan)\b",
    re.IGNORECASE,
)
_PRINTED_IN = re.compile(
    r"\b(?:printed|given|in|dalam|tercetak)\s+(?:in\s+|dalam\s+)?(millions?|jutaan|juta|thousands?|ribuan|ribu)\b",
    re.IGNORECASE,
)
_MILLION, _THOUSAND = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Tested:
    """The relations of one statement: how many equalities could be tested, and what failed."""

    equalities: int
    failed: tuple[Finding, ...]


def round_names(claim: Claim) -> frozenset[Name]:
    """Return the figures said to be round: by the print itself ("sekitar 9 ribu"), or by a note ("rounded source").

    A note speaks of those figures only that end in 0; it never speaks of percentages.
    """
    by_note = _ROUND.search(claim.note)
    named = {name for name in FIGURES if by_note and (value := claim.figure(name)) is not None and value % 10 == 0}
    return claim.said_round | named


def step(claim: Claim, name: FigureName) -> int:
    """Return the unit a figure was printed to; a note "printed in millions" gives the finest unit seen."""
    said = claim.step(name)
    found = _PRINTED_IN.search(claim.note)
    if said > 1 or not found:
        return said
    unit = _MILLION if found[1].lower().startswith(("million", "juta")) else _THOUSAND
    for value in (claim.wajib_ktp, claim.recorded, claim.remaining):
        while value is not None and unit > 1 and value % unit:
            unit //= 10
    return unit


@dataclass(frozen=True, slots=True)
class Span:
    """A figure as printed or derived, with the half unit to either side that its print leaves open."""

    value: int
    slack: Fraction = Fraction(0)


def spans(claim: Claim) -> dict[FigureName, Span]:
    """Return the figures that can be compared: printed exactly, or following from two others or from complete parts."""
    vague = round_names(claim)
    known: dict[FigureName, Span] = {}
    for name in FIGURES:
        value = claim.figure(name)
        if value is not None and name not in vague:
            unit = step(claim, name)
            known[name] = Span(value, Fraction(unit, 2) if unit > 1 else Fraction(0))
    if claim.parts and claim.parts_complete and claim.figure(claim.parts_of) is None:
        known[claim.parts_of] = Span(sum(claim.parts))
    wajib, recorded, remaining = (known.get(name) for name in ("wajib_ktp", "recorded", "remaining"))
    if wajib and remaining and claim.recorded is None and not recorded:
        known["recorded"] = Span(wajib.value - remaining.value, wajib.slack + remaining.slack)
    elif wajib and recorded and claim.remaining is None and not remaining:
        known["remaining"] = Span(wajib.value - recorded.value, wajib.slack + recorded.slack)
    elif recorded and remaining and claim.wajib_ktp is None and not wajib:
        known["wajib_ktp"] = Span(recorded.value + remaining.value, recorded.slack + remaining.slack)
    return known


def test(claim: Claim) -> Tested:
    """Test every relation that can be computed; findings come in a fixed order."""
    known = spans(claim)
    failed: list[Finding] = []
    equalities = 0
    for tested in (_subtraction(claim, known), _parts(claim, known), _hundred(claim, known)):
        if tested is not None:
            equalities += tested.equalities
            failed.extend(tested.failed)
    for name in PERCENTS:
        if (one := _percent(claim, name, known)) is not None:
            equalities += 1
            failed.extend(one.failed)
    return Tested(equalities, (*_bounds(claim, known), *failed))


def _bounds(claim: Claim, known: dict[FigureName, Span]) -> list[Finding]:
    failed = []
    for name in FIGURES:
        value = claim.figure(name)
        if value is not None and value < 0:
            sentence = both(NEGATIVE_TEXT, name=NAMES[name], printed=value)
            failed.append(Finding(NEGATIVE, value, 0, sentence))
    wajib = known.get("wajib_ktp")
    limits: tuple[tuple[FigureName, str], ...] = (("recorded", OVER), ("remaining", LEFT_OVER))
    for name, relation in limits:
        part = known.get(name)
        if claim.figure(name) is None or claim.wajib_ktp is None or not part or not wajib or wajib.value < 0:
            continue
        if part.value - part.slack > wajib.value + wajib.slack:
            sentence = both(
                OVER_TEXT, name=NAMES[name], printed=part.value, whole=wajib.value, by=part.value - wajib.value
            )
            failed.append(Finding(relation, part.value, wajib.value, sentence))
    for percentage in PERCENTS:
        share = claim.percentage(percentage)
        if share is not None and not 0 <= share <= percent.HUNDRED and percentage not in round_names(claim):
            limit = percent.HUNDRED if share > 0 else 0
            sentence = both(OVER_HUNDRED_TEXT, name=NAMES[percentage], printed=share)
            failed.append(Finding(OVER_HUNDRED, share, limit, sentence))
    return failed


def _subtraction(claim: Claim, known: dict[FigureName, Span]) -> Tested | None:
    wajib, recorded, remaining = (known.get(name) for name in ("wajib_ktp", "recorded", "remaining"))
    if not wajib or not recorded or not remaining:
        return None
    printed = sum(claim.figure(name) is not None for name in ("wajib_ktp", "recorded", "remaining"))
    by_parts = claim.parts_complete and claim.parts and claim.figure(claim.parts_of) is None
    if printed + bool(by_parts) < len(("wajib_ktp", "recorded", "remaining")):
        return None
    computed = wajib.value - recorded.value
    if abs(remaining.value - computed) <= wajib.slack + recorded.slack + remaining.slack:
        return Tested(1, ())
    sentence = both(
        SUBTRACTION_TEXT,
        printed=remaining.value,
        computed=computed,
        by=abs(remaining.value - computed),
        wajib=wajib.value,
        recorded=recorded.value,
    )
    return Tested(1, (Finding(SUBTRACTION, remaining.value, computed, sentence),))


def _parts(claim: Claim, known: dict[FigureName, Span]) -> Tested | None:
    whole = known.get(claim.parts_of)
    if not claim.parts or not whole:
        return None
    if claim.figure(claim.parts_of) is None and claim.parts_complete:
        return None
    total = sum(claim.parts)
    values: dict[str, int | Text | str] = {
        "total": total,
        "name": NAMES[claim.parts_of],
        "printed": whole.value,
        "n": str(len(claim.parts)),
    }
    if claim.parts_complete:
        if abs(total - whole.value) <= whole.slack:
            return Tested(1, ())
        return Tested(1, (Finding(PARTS, whole.value, total, both(PARTS_TEXT, **values)),))
    if total > whole.value + whole.slack:
        return Tested(1, (Finding(PARTS, whole.value, total, both(PARTS_OVER_TEXT, **values)),))
    return None


def _percent(claim: Claim, name: PercentName, known: dict[FigureName, Span]) -> Tested | None:
    printed, part, whole = claim.percentage(name), known.get(NUMERATOR[name]), known.get("wajib_ktp")
    if printed is None or not part or not whole or whole.value - whole.slack <= 0 or name in round_names(claim):
        return None
    decimals = percent.decimals_of(printed)
    exact = Fraction(part.value * percent.HUNDRED, whole.value)
    low = (part.value - part.slack) * percent.HUNDRED / (whole.value + whole.slack)
    high = (part.value + part.slack) * percent.HUNDRED / (whole.value - whole.slack)
    if percent.half_up(Fraction(low), decimals) <= printed <= percent.half_up(Fraction(high), decimals):
        return Tested(1, ())
    cut = percent.truncated(exact, decimals) == printed
    computed = percent.half_up(exact, decimals)
    sentence = both(
        PERCENT_TEXT, name=NAMES[name], printed=printed, computed=computed, part=part.value, whole=whole.value
    )
    return Tested(1, (Finding(PERCENT[name], printed, computed, sentence, weight="truncation" if cut else "failure"),))


def _hundred(claim: Claim, known: dict[FigureName, Span]) -> Tested | None:
    recorded, remaining = claim.pct_recorded, claim.pct_remaining
    if recorded is None or remaining is None or set(PERCENTS) & round_names(claim):
        return None
    whole = known.get("wajib_ktp")
    if whole and ("recorded" in known or "remaining" in known):
        return None
    units = [Decimal(1).scaleb(-percent.decimals_of(one)) for one in (recorded, remaining)]
    beyond = recorded + remaining - percent.HUNDRED
    short = beyond < 0 and units[0] == units[1]  # half up, two shares of one whole never fall short of 100
    if not short and abs(beyond) <= sum(units, Decimal(0)) / 2:
        return Tested(1, ())
    weight = "truncation" if -sum(units, Decimal(0)) < beyond < 0 else "failure"
    computed = percent.HUNDRED - recorded
    sentence = both(HUNDRED_TEXT, recorded=recorded, remaining=remaining, total=recorded + remaining)
    return Tested(
        1,
        (
            Finding(
                HUNDRED, remaining, computed, sentence, weight="truncation" if weight == "truncation" else "failure"
            ),
        ),
    )


NEGATIVE_TEXT = Text(
    "{name}: {printed}; jumlah orang tidak mungkin kurang dari nol.",
    "{name}: {printed}; people cannot number less than none.",
)
OVER_TEXT = Text(
    "{name} {printed} melebihi wajib KTP {whole}, lebih {by}.", "{name} {printed} exceeds wajib KTP {whole} by {by}."
)
OVER_HUNDRED_TEXT = Text("{name}: {printed} persen tidak mungkin.", "{name}: {printed} percent is not possible.")
SUBTRACTION_TEXT = Text(
    "Tercetak belum rekam {printed}; wajib KTP {wajib} dikurangi sudah rekam {recorded} adalah {computed}, selisih {by}.",
    "Printed as not yet recorded: {printed}; wajib KTP {wajib} less recorded {recorded} is {computed}, off by {by}.",
)
PARTS_TEXT = Text(
    "{n} rinciannya berjumlah {total}, bukan {printed} ({name}).",
    "Its {n} parts sum to {total}, not {printed} ({name}).",
)
PARTS_OVER_TEXT = Text(
    "{n} rinciannya sudah berjumlah {total}, lebih dari {printed} ({name}).",
    "Its {n} parts already sum to {total}, more than {printed} ({name}).",
)
PERCENT_TEXT = Text(
    "{name}: tercetak {printed}; {part} dari {whole} adalah {computed} persen.",
    "{name}: printed {printed}; {part} of {whole} is {computed} percent.",
)
HUNDRED_TEXT = Text(
    "{recorded} persen sudah dan {remaining} persen belum rekam berjumlah {total}, bukan 100.",
    "{recorded} percent recorded and {remaining} percent not sum to {total}, not 100.",
)
