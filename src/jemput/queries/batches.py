"""Imports as the ledger holds them: a file's batches together, what they wrote, and whether they were taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from jemput.store import bulk

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was imported: its batches, when, from what layout, by whom, facts written, and what of it was undone."""

    batches: tuple[int, ...]
    known_on: date
    known_at: datetime
    source: str
    name: str
    said_by: str
    facts: int
    undone: bool

    @property
    def number(self) -> int:
        """The first batch, by which the import is named."""
        return self.batches[0]


def imports(sources: Collection[str], *, only: Iterable[int] | None = None, limit: int = 50) -> list[Import]:
    """Return the last imports from some layouts, newest first; `only` those of these batches where given."""
    if only is None:
        marks = ", ".join(["%s"] * len(sources))
        rows = bulk.select(
            f"{_BATCHES} WHERE source IN ({marks}) ORDER BY batch DESC LIMIT %s", [*sources, limit * _PARTS]
        )
    else:
        rows = sorted(bulk.select_in(f"{_BATCHES} WHERE batch IN ({{marks}})", sorted(only)), reverse=True)
    undone = {row[0] for row in bulk.select("SELECT name FROM batch WHERE source = %s", [UNDO])}
    found: list[list[tuple[object, ...]]] = []
    for row in rows:
        last = found[-1][-1] if found else None
        if last is not None and last[1:6] == row[1:6] and int(str(last[0])) == row[0] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    return [_import(parts, undone) for parts in found][:limit]


def one(number: int, sources: Collection[str]) -> Import | None:
    """Return the import that begins with a batch, None where that batch is none."""
    rows = bulk.select(f"{_BATCHES} WHERE batch = %s", [number])
    if not rows or rows[0][3] not in sources:
        return None
    marks = ", ".join(["%s"] * len(sources))
    following = bulk.select(
        f"{_BATCHES} WHERE batch >= %s AND source IN ({marks}) ORDER BY batch LIMIT %s", [number, *sources, _PARTS]
    )
    parts: list[tuple[object, ...]] = []
    for at, row in enumerate(following):
        if row[0] != number + at or row[1:6] != rows[0][1:6]:
            break
        parts.insert(0, row)
    undone = {row[0] for row in bulk.select("SELECT name FROM batch WHERE source = %s", [UNDO])}
    return _import(parts, undone)


def kinds(batches: Collection[int]) -> dict[str, int]:
    """Return how many facts of each kind some batches hold that still stand."""
    counted: dict[str, int] = {}
    for kind, number in bulk.select_in(
        "SELECT f.kind, count(*) FROM fact f LEFT JOIN fact r ON r.reverses = f.place"
        " WHERE f.batch IN ({marks}) AND r.place IS NULL AND f.kind <> 'reversed' GROUP BY f.kind ORDER BY f.kind",
        batches,
    ):
        counted[kind] = counted.get(kind, 0) + number
    return counted


_PARTS = 20
"""Batches a file may have at most: a regency's list of a million people in parts of 50,000."""
_BATCHES = (
    "SELECT batch, known_day, digest, source, name, said_by, known_at, last_place - first_place + 1 AS facts FROM batch"
)


def _import(parts: list[tuple[object, ...]], undone: set[str]) -> Import:
    """Return one import from its batches, the last one first."""
    numbers = tuple(sorted(int(str(row[0])) for row in parts))
    last = parts[0]
    return Import(
        numbers,
        date.fromordinal(int(str(last[1]))),
        datetime.fromisoformat(str(last[6])),
        str(last[3]),
        str(last[4]),
        str(last[5]),
        sum(int(str(row[7])) for row in parts),
        all(f"batch {number}" in undone for number in numbers),
    )
