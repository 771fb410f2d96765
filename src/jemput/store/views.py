"""What is derived from the ledger: the register, its names, the movements and their sums. All of it can be dropped and rebuilt.

An append renews only what its batch touched, inside its own transaction; `rebuild` makes everything
anew from the facts. A test holds the two row for row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson

from jemput.domain.coverage import FIGURES, Rule
from jemput.domain.lampid import Effects, effects
from jemput.domain.people import name_key
from jemput.domain.register import Entry, SaidFact, entry
from jemput.store import bulk, name_words
from jemput.store.bulk import Params
from jemput.store.counting.rule import MOVEMENT_COLUMNS, Scope, movements_sql

PERSON_COLUMNS = (
    "id",
    "nik",
    "no_kk",
    "name",
    "name_key",
    "sex",
    "born_day",
    "adult_on",
    "village",
    "dead_day",
    "blocked",
    "status",
    "status_raw",
    "status_day",
    "biodata",
)
_HOLDING = """
SELECT f.person, f.place, f.kind, f.on_day, f.said
FROM fact f LEFT JOIN fact r ON r.reverses = f.place
WHERE f.person {condition} AND f.kind <> 'reversed' AND r.place IS NULL
ORDER BY f.person, f.on_day, f.place
"""
SPAN = 20_000
"""Persons folded at a time: the whole of a regency took 1.7 GB, and a check runs beside the pages."""
LOWEST = -(2**63)
"""The first span begins here: a number nobody gave is found as well."""
_TALLIED = ", ".join(f"sum({figure})" for figure in FIGURES)
_NONZERO = " OR ".join(f"sum({figure}) <> 0" for figure in FIGURES)


def said_fact(place: int, kind: str, on_day: int, said: Mapping[str, Any], legal: Effects | None = None) -> SaidFact:
    """Return a stored fact as the register folds it."""
    return SaidFact(place, kind, on_day, said, legal if legal is not None else effects(kind, said))


def person_row(person: int, now: Entry) -> tuple[Any, ...]:
    """Return the register row (PERSON_COLUMNS) of an entry."""
    biodata = now.biodata
    born_on = biodata.get("born_on")
    return (
        person,
        biodata.get("nik"),
        biodata.get("no_kk"),
        now.name,
        name_key(now.name),
        biodata.get("sex"),
        _ordinal(str(born_on)) if born_on else None,
        now.adult_on,
        now.village,
        now.dead_day,
        now.blocked,
        now.status,
        now.status_raw,
        now.status_day,
        orjson.dumps(biodata, option=orjson.OPT_SORT_KEYS).decode(),
    )


def name_rows(person: int, now: Entry) -> list[tuple[Any, ...]]:
    """Return the rows of an entry's name (`name_words.NAME_WORD_COLUMNS`)."""
    born_on = now.biodata.get("born_on")
    born_day = _ordinal(str(born_on)) if born_on else None
    return name_words.name_rows(
        person, now.name, now.village, dead=now.dead_day is not None, born_day=born_day, biodata=now.biodata
    )


def renew(batch: int, *, touched: Collection[int], fresh: Mapping[int, list[SaidFact]], rule: Rule) -> None:
    """Bring every derived table up to a batch just appended.

    `touched` are all persons the batch speaks of; `fresh` those of them who were unknown before,
    with their facts in the order (day, place), which spares reading them back.
    """
    known = [person for person in touched if person not in fresh]
    _renew_register(known)
    _fill_register((person, entry(said)) for person, said in fresh.items())
    if touched:
        bulk.execute(_increment(rule), {"batch": batch})
        _tally("WHERE batch = %(batch)s", {"batch": batch})


def rebuild(rule: Rule) -> None:
    """Make every derived table anew from the facts; the caller holds the transaction."""
    for table in ("person", "name_word", "movement", "tally"):
        bulk.execute(f"DELETE FROM {table}")
    _fill_register(register_from_facts())
    rebuild_movements(rule)


def rebuild_movements(rule: Rule) -> None:
    """Make movements and their sums anew, as a change of the rule requires."""
    for table in ("movement", "tally"):
        bulk.execute(f"DELETE FROM {table}")
    bulk.execute(f"INSERT INTO movement ({', '.join(MOVEMENT_COLUMNS)}) {movements_sql(rule, Scope.everyone())}")
    _tally("")


def spans() -> Iterator[tuple[int, int]]:
    """Yield first and last number of so many persons as are looked at together, up to the last anybody knows of."""
    tops = bulk.select(
        "SELECT max(person) FROM fact UNION ALL SELECT max(id) FROM person UNION ALL SELECT max(person) FROM name_word"
    )
    last = max(row[0] or 0 for row in tops)
    yield from ((first or LOWEST, first + SPAN - 1) for first in range(0, last + 1, SPAN))


def register_from_facts(span: tuple[int, int] | None = None) -> Iterator[tuple[int, Entry]]:
    """Yield each person's entry as the facts alone give it, of all or of a span of numbers."""
    for first, last in [span] if span else spans():
        yield from _entries(bulk.select(_HOLDING.format(condition=f"BETWEEN {int(first)} AND {int(last)}")))


def _renew_register(persons: Collection[int]) -> None:
    for chunk in bulk.chunks(persons):
        marks = ", ".join(str(int(person)) for person in chunk)
        rows = bulk.select(_HOLDING.format(condition=f"IN ({marks})"))
        bulk.execute(f"DELETE FROM person WHERE id IN ({marks})")
        now_known = list(_entries(rows))
        bulk.insert("person", PERSON_COLUMNS, [person_row(person, now) for person, now in now_known])
        name_words.renew([row for person, now in now_known for row in name_rows(person, now)], chunk)


def _fill_register(entries: Iterable[tuple[int, Entry]]) -> None:
    for part in bulk.chunks(entries, name_words.AT_ONCE):
        bulk.insert("person", PERSON_COLUMNS, (person_row(person, now) for person, now in part))
        name_words.fill(row for person, now in part for row in name_rows(person, now))


def _entries(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Entry]]:
    for person, group in groupby(rows, key=itemgetter(0)):
        yield (
            person,
            entry(said_fact(place, kind, on_day, orjson.loads(said)) for _, place, kind, on_day, said in group),
        )


@cache
def _increment(rule: Rule) -> str:
    """Return the statement that adds a batch's movements: one text a rule, so that engines parse it once."""
    mark = "{batch}"
    query = movements_sql(rule, Scope.touched_by(mark), batch=mark)
    escaped = query.replace("%", "%%").replace(mark, "%(batch)s")
    return f"INSERT INTO movement ({', '.join(MOVEMENT_COLUMNS)}) {escaped}"


def _tally(where: str, params: Params = ()) -> None:
    bulk.execute(
        f"INSERT INTO tally (on_day, batch, village, {', '.join(FIGURES)})"
        f" SELECT on_day, batch, village, {_TALLIED} FROM movement {where}"
        f" GROUP BY on_day, batch, village HAVING {_NONZERO}",
        params,
    )


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()
