"""Random ledgers of a few people: late facts, reversals, same-day moves, leap days, the dead who arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from jemput.domain import facts
from jemput.domain.coverage import KnownFact, Rule
from jemput.domain.facts import NewFact
from jemput.domain.lampid import Effects
from jemput.domain.recording import STATUSES
from jemput.store import bulk, ledger
from jemput.store.chain import Origin
from jemput.store.ledger import FACT_COLUMNS

FIRST = date(2019, 2, 1)
VILLAGES = ("16.05.01.2003", "16.05.01.2004", "16.05.02.1019", "16.05.09.2016")
BIRTHS = (
    date(2002, 2, 10),
    date(2002, 2, 28),
    date(2004, 2, 29),
    date(2002, 3, 1),
    date(2003, 1, 15),
    date(1950, 6, 1),
    date(2019, 2, 3),
    date(1996, 2, 29),
)
MARITAL = ("belum kawin", "kawin", "cerai mati", "tidak jelas")
CITIZENSHIPS = ("WNI", "WNA", "ITAP")
PLACES = ("16.05", "16.05.01", "32.73", "16.05.02.1019")
CODES = (*(status.code for status in STATUSES), "SESUATU_YANG_BARU", "-")

days = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def said_of(draw: st.DrawFn, kind: str) -> dict[str, object]:
    if kind == facts.REKAM:
        said: dict[str, object] = {"status": draw(st.sampled_from(CODES))}
        where = draw(st.sampled_from(["", "elsewhere", *PLACES]))
        return said | ({"elsewhere": True} if where == "elsewhere" else {"recorded_at": where} if where else {})
    said = {}
    if kind in facts.RESIDENCE_KINDS:
        said["village"] = draw(st.sampled_from(VILLAGES))
    if kind in facts.RESIDENCE_KINDS | {facts.BIODATA_CHANGED}:
        said["name"] = "NAMA"
        if draw(st.booleans()):
            said["born_on"] = draw(st.sampled_from(BIRTHS)).isoformat()
        if draw(st.booleans()):
            said["marital"] = draw(st.sampled_from(MARITAL))
        if draw(st.integers(0, 3)) == 0:
            said["citizenship"] = draw(st.sampled_from(CITIZENSHIPS))
        if draw(st.integers(0, 2)) == 0:
            said |= {"sex": draw(st.sampled_from("LP")), "no_kk": f"160501010101900{draw(st.integers(0, 2))}"}
    if kind == facts.KONSOLIDASI_MERGED:
        said["merged_into"] = "1605010101019001"
    return said


KINDS = (
    facts.REGISTERED,
    facts.REGISTERED,
    facts.REKAM,
    facts.REKAM,
    facts.REKAM,
    facts.LAHIR,
    facts.MATI,
    facts.PINDAH,
    facts.DATANG,
    facts.KAWIN,
    facts.RESIDENCE_CHANGED,
    facts.BIODATA_CHANGED,
    facts.BLOCKED,
    facts.REACTIVATED,
    facts.KONSOLIDASI_REMOVED,
    facts.KONSOLIDASI_MERGED,
    facts.KONSOLIDASI_ADDED,
    facts.REVERSED,
)


@dataclass(frozen=True)
class Step:
    """One batch: the office's day, and its facts; a reversal names the n-th earlier fact."""

    today: date
    new: tuple[tuple[int, str, date, dict[str, object], int], ...]


@st.composite
def ledgers(draw: st.DrawFn) -> list[Step]:
    today = FIRST
    steps = []
    for _ in range(draw(st.integers(1, 5))):
        today += timedelta(days=draw(st.integers(0, 15)))
        new = []
        for _ in range(draw(st.integers(1, 5))):
            kind = draw(st.sampled_from(KINDS))
            new.append((draw(st.integers(1, 3)), kind, draw(days), draw(said_of(kind)), draw(st.integers(0, 20))))
        steps.append(Step(today, tuple(new)))
    return steps


rules = st.builds(Rule, count_blocked=st.booleans())


def write(steps: list[Step], rule: Rule, *, after: Callable[[int], None] = lambda _: None) -> list[list[KnownFact]]:
    """Append a random ledger batch by batch; return what the reference folds, by person.

    `after` is called with the number of steps written, after each.
    """
    written: list[tuple[int, NewFact]] = []
    reversed_places: set[int] = set()
    for number, step in enumerate(steps):
        new: list[NewFact] = []
        for index, (person, kind, on, said, pick) in enumerate(step.new):
            reverses = None
            if kind == facts.REVERSED:
                open_places = [p for p, f in written if p not in reversed_places and f.kind != facts.REVERSED]
                if not open_places:
                    continue
                reverses = open_places[pick % len(open_places)]
                reversed_places.add(reverses)
                person = written[reverses - 1][1].person  # noqa: PLW2901 - a reversal is of the reversed fact's person
            new.append(NewFact(f"{number}-{index}", kind, on, person, said, reverses=reverses))
        append(new, step.today, rule)
        written += [(len(written) + offset, fact) for offset, fact in enumerate(new, 1)]
        after(number + 1)
    return reference()


def append(new: list[NewFact], today: date, rule: Rule) -> None:
    now = datetime(today.year, today.month, today.day, tzinfo=UTC)
    with transaction.atomic():
        ledger.append(new, today=today, now=now, origin=Origin("test"), rule=rule)


def reference() -> list[list[KnownFact]]:
    """Return the facts of the ledger by person, for the plain fold."""
    people: dict[int, list[KnownFact]] = {}
    for row in bulk.select(f"SELECT {', '.join(FACT_COLUMNS)} FROM fact WHERE person IS NOT NULL ORDER BY place"):
        fact: dict[str, Any] = dict(zip(FACT_COLUMNS, row, strict=True))
        legal = Effects(*(fact[name] for name in Effects._fields))
        known = KnownFact(fact["place"], fact["batch"], fact["kind"], fact["on_day"], legal, fact["reverses"])
        people.setdefault(fact["person"], []).append(known)
    return list(people.values())
