"""One statement judged: the relations, the readings that would mend them, and our own count beside it."""

from __future__ import annotations

from dataclasses import replace

from jemput.domain.claims import percent, relations
from jemput.domain.claims.readings import mend
from jemput.domain.claims.statement import (
    NAMES,
    PERCENTS,
    Claim,
    FigureName,
    Finding,
    Notice,
    Reading,
    Verdict,
    VerdictWord,
    both,
)
from jemput.domain.problems import Text

TYPOGRAPHY = Text("“{printed}” bukan penulisan angka yang benar.", "“{printed}” is not how a number is written.")
MAY_BE = Text("Mungkin dimaksud {value}.", "It may mean {value}.")
TWO_CUT_OFFS = Text("Angkanya dari dua tanggal berbeda: {printed}.", "Its figures are of different dates: {printed}.")
COUNTED = Text(
    "{name}: tercetak {printed}, menurut hitungan kita {computed}.",
    "{name}: printed {printed}, our own count is {computed}.",
)


def check(claim: Claim) -> Verdict:
    """Compare a statement with itself: what holds, what fails and by how much; typography and cut-offs only warn."""
    read, noticed = _best_reading(claim)
    tested = relations.test(read)
    failed = tuple(replace(one, readings=mend(read, one)) for one in tested.failed)
    word: VerdictWord = "consistent"
    if any(one.weight == "failure" for one in failed):
        word = "inconsistent"
    elif failed:
        word = "rounding"
    elif not tested.equalities:
        word = "not checkable"
    return Verdict(claim.id, word, (*failed, *noticed))


def against_count(claim: Claim, *, wajib: int, recorded: int, remaining: int) -> list[Finding]:
    """Return where the printed figures and percentages differ from our own count of the same area and day."""
    ours: dict[FigureName, int] = {"wajib_ktp": wajib, "recorded": recorded, "remaining": remaining}
    vague = relations.round_names(claim)
    findings = []
    for name, computed in ours.items():
        printed = claim.figure(name)
        if printed is None or name in vague:
            continue
        unit = relations.step(claim, name)
        if 2 * abs(printed - computed) > (unit if unit > 1 else 0):
            sentence = both(COUNTED, name=NAMES[name], printed=printed, computed=computed)
            findings.append(Finding(f"{name} = counted", printed, computed, sentence))
    for share in PERCENTS:
        stated = claim.percentage(share)
        if stated is None or share in vague or wajib <= 0:
            continue
        exact = percent.share(ours[relations.NUMERATOR[share]], wajib)
        true = percent.half_up(exact, percent.decimals_of(stated))
        if stated != true:
            sentence = both(COUNTED, name=NAMES[share], printed=stated, computed=true)
            cut = percent.truncated(exact, percent.decimals_of(stated)) == stated
            findings.append(
                Finding(
                    f"{relations.PERCENT[share]} = counted",
                    stated,
                    true,
                    sentence,
                    weight="truncation" if cut else "failure",
                )
            )
    return findings


def _best_reading(claim: Claim) -> tuple[Claim, list[Finding]]:
    """Return the statement with each broken number read so that fewest relations fail, and the warnings."""
    read, warnings = claim, []
    for notice in claim.notices:
        value = notice.readings[0] if notice.readings else None
        if notice.figure and notice.readings:
            figure = notice.figure
            value = min(notice.readings, key=lambda one: len(relations.test(read.with_figure(figure, one)).failed))
            read = read.with_figure(figure, value)
        warnings.append(_warning(notice, value))
    return read, warnings


def _warning(notice: Notice, value: int | None) -> Finding:
    if notice.relation == "two cut-offs":
        return Finding(
            notice.relation, notice.printed, None, both(TWO_CUT_OFFS, printed=notice.printed), weight="warning"
        )
    readings: tuple[Reading, ...] = ()
    if value is not None:
        readings = (Reading("typography of thousands", both(MAY_BE, value=value), notice.figure or "", value),)
    return Finding(
        notice.relation, notice.printed, value, both(TYPOGRAPHY, printed=notice.printed), readings, "warning"
    )
