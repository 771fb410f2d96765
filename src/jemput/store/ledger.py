"""The ledger: append is the one way in. Facts are chained by hash and never changed.

`known_at` is the office's day and time at the append and never runs backwards. A fact whose id the
ledger already holds is left out: sending twice counts once. Everything derived is renewed in the
same transaction, which the calling action holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection

from jemput.domain.coverage import Rule
from jemput.domain.facts import NewFact
from jemput.domain.lampid import Effects, effects
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.register import SaidFact
from jemput.store import bulk, views
from jemput.store.chain import Head, Origin, batch_line, fact_line, head, link

FACT_COLUMNS = (
    "place",
    "batch",
    "id",
    "kind",
    "person",
    "on_day",
    "known_day",
    "reported_day",
    "reverses",
    *Effects._fields,
    "said",
    "said_by",
    "hash",
)
BATCH_COLUMNS = (
    "batch",
    "known_day",
    "known_at",
    "first_place",
    "last_place",
    "source",
    "name",
    "digest",
    "said_by",
    "head",
)
LOCK = 0x6A656D70
"""Number of the PostgreSQL advisory lock that keeps one chain from being written twice at once."""

DAY_BACKWARDS = ProblemKind(
    "day_backwards",
    Text(
        "Hari kantor {today} lebih awal dari catatan terakhir ({last}); buku besar tidak mundur.",
        "The office's day {today} is before the last entry ({last}); the ledger never runs backwards.",
    ),
    Text("Setel pengaturan `today` ke {last} atau sesudahnya.", "Set the setting `today` to {last} or later."),
)


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: its batch (None where nothing was new), facts written, facts already held."""

    batch: int | None
    written: int
    held: int


def lock() -> None:
    """Keep other writers out until the transaction ends (SQLite: it began IMMEDIATE)."""
    if connection.vendor == "postgresql":
        bulk.execute(f"SELECT pg_advisory_xact_lock({LOCK})")


def append(new: Sequence[NewFact], *, today: date, now: datetime, origin: Origin, rule: Rule) -> Appended:
    """Append facts as one batch and renew what is derived; refuse an office day that runs backwards."""
    if not connection.in_atomic_block:
        raise RuntimeError("append without a transaction: the action holds it")
    lock()
    end = head()
    if today.toordinal() < end.known_day:
        raise Refused(DAY_BACKWARDS.at(today=today.isoformat(), last=date.fromordinal(end.known_day).isoformat()))
    unheld = _unheld(new, ledger_empty=end.place == 0)
    if not unheld:
        return Appended(None, 0, len(new))
    batch = end.batch + 1
    known_at = max(now.isoformat(), end.known_at) if today.toordinal() == end.known_day else now.isoformat()
    oldest_fresh = bulk.select("SELECT coalesce(max(person), 0) FROM fact WHERE person IS NOT NULL")[0][0]
    chain = _Chain(end, batch=batch, known_day=today.toordinal(), known_at=known_at)
    chain.hash = link(chain.hash, batch_line(batch, known_at, origin))
    fresh: dict[int, list[SaidFact]] = {}
    touched: set[int] = set()
    bulk.insert("fact", FACT_COLUMNS, _rows(unheld, chain, fresh, touched, oldest_fresh))
    for said in fresh.values():
        if len(said) > 1:
            said.sort(key=lambda fact: (fact.on_day, fact.place))
    row = (batch, chain.known_day, known_at, end.place + 1, chain.place)
    origins = (origin.source, origin.name, origin.digest, origin.said_by, chain.hash)
    bulk.insert("batch", BATCH_COLUMNS, [row + origins])
    views.renew(batch, touched=touched, fresh=fresh, rule=rule)
    return Appended(batch, len(unheld), len(new) - len(unheld))


class _Chain:
    """The running end of the chain while a batch is written."""

    __slots__ = ("batch", "hash", "known_at", "known_day", "place")

    def __init__(self, end: Head, *, batch: int, known_day: int, known_at: str) -> None:
        self.place = end.place
        self.hash = end.hash
        self.batch = batch
        self.known_day = known_day
        self.known_at = known_at


def _unheld(new: Sequence[NewFact], *, ledger_empty: bool) -> list[NewFact]:
    held: set[str] = set()
    if not ledger_empty:
        held = {row[0] for row in bulk.select_in("SELECT id FROM fact WHERE id IN ({marks})", (f.id for f in new))}
    unheld = []
    for fact in new:
        if fact.id not in held:
            held.add(fact.id)
            unheld.append(fact)
    return unheld


def _rows(
    new: Iterable[NewFact], chain: _Chain, fresh: dict[int, list[SaidFact]], touched: set[int], oldest_fresh: int
) -> Iterator[tuple[Any, ...]]:
    for fact in new:
        chain.place += 1
        place = chain.place
        on_day = fact.on.toordinal()
        reported = fact.reported_on.toordinal() if fact.reported_on else None
        said = orjson.dumps(fact.said, option=orjson.OPT_SORT_KEYS).decode()
        line = fact_line(
            place,
            chain.batch,
            fact.id,
            fact.kind,
            fact.person,
            on_day,
            chain.known_at,
            reported,
            fact.reverses,
            said,
            fact.said_by,
        )
        chain.hash = link(chain.hash, line)
        legal = effects(fact.kind, fact.said)
        if fact.person is not None:
            touched.add(fact.person)
            if fact.person > oldest_fresh:
                fresh.setdefault(fact.person, []).append(SaidFact(place, fact.kind, on_day, fact.said, legal))
        yield (
            place,
            chain.batch,
            fact.id,
            fact.kind,
            fact.person,
            on_day,
            chain.known_day,
            reported,
            fact.reverses,
            *legal,
            said,
            fact.said_by,
            chain.hash,
        )
