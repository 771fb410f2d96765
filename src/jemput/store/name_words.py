"""The words of every name, by the key that all spellings of a word share: what the search looks in.

Derived from the register and renewed with it. A row carries all that a search asks of a person beside a
word (the rest of the name, village, birth day, RT and RW), so that no other table is read until it is over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson

from jemput.domain.lampid import STRUCK
from jemput.domain.name_keys import name_keys
from jemput.domain.people import name_key
from jemput.store import bulk

NAME_WORD_COLUMNS = ("key", "gone", "name", "person", "keys", "village", "born_day", "rt", "rw")
"""`gone` is 1 for whoever has died, moved out or was struck; `keys` are all of the name's, between blanks."""
REGISTER = "id, name, village, dead_day, born_day, biodata"
"""What of a register entry the words are made from."""
AT_ONCE = 50_000
"""Persons whose words are sorted together before they are written: a table kept by key is filled faster in order."""

NameRow = tuple[Any, ...]


def name_rows(
    person: int, name: str, village: int, *, dead: bool, born_day: int | None, biodata: Mapping[str, object]
) -> list[NameRow]:
    """Return the rows (NAME_WORD_COLUMNS) of one person."""
    folded = name_key(name)
    keys = name_keys(name)
    together = f" {' '.join(keys)} "
    gone = 1 if dead or village <= STRUCK else 0
    rt, rw = _ordinal(str(biodata.get("rt", ""))), _ordinal(str(biodata.get("rw", "")))
    return [(key, gone, folded, person, together, village, born_day, rt, rw) for key in keys]


def from_register(rows: Iterable[tuple[Any, ...]]) -> Iterator[NameRow]:
    """Yield the rows of register entries (REGISTER)."""
    for person, name, village, dead_day, born_day, biodata in rows:
        said = orjson.loads(biodata)
        yield from name_rows(person, name, village, dead=dead_day is not None, born_day=born_day, biodata=said)


def fill(rows: Iterable[NameRow]) -> None:
    """Write rows of persons who have none."""
    for part in bulk.chunks(rows, AT_ONCE):
        part.sort()
        bulk.insert("name_word", NAME_WORD_COLUMNS, part)


def renew(rows: Sequence[NameRow], persons: Collection[int]) -> None:
    """Bring the rows of persons up to date: whoever keeps their words, village and birth day is not touched."""
    marks = ", ".join(str(int(person)) for person in persons)
    kept = bulk.select(f"SELECT {', '.join(NAME_WORD_COLUMNS)} FROM name_word WHERE person IN ({marks})")
    changed = {row[3] for row in set(kept).symmetric_difference(rows)}
    if changed:
        marks = ", ".join(map(str, changed))
        bulk.execute(f"DELETE FROM name_word WHERE person IN ({marks})")
        fill(row for row in rows if row[3] in changed)


@lru_cache(maxsize=4096)
def _ordinal(text: str) -> int | None:
    """Return the number of an RT or RW, written "003" or "3"."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else None  # noqa: PLR2004 - "0003"
