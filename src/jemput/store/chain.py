"""The chain of the ledger as it is read: where it ends, and how one fact follows another.

Whoever may append is held elsewhere (`ledger`); whoever verifies reads here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import orjson

from jemput.store import bulk

GENESIS = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the ledger: last batch and place, when it was written, and the hash there."""

    batch: int
    place: int
    known_day: int
    known_at: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a batch comes from: the kind of source, its name, the sha256 of the file, and who says so."""

    source: str
    name: str = ""
    digest: str = ""
    said_by: str = ""


def head() -> Head:
    """Return the end of the ledger."""
    rows = bulk.select("SELECT batch, last_place, known_day, known_at, head FROM batch ORDER BY batch DESC LIMIT 1")
    if not rows:
        return Head(0, 0, 0, "", GENESIS)
    batch, place, known_day, known_at, digest = rows[0]
    return Head(batch, place, known_day, known_at, bytes(digest))


def fact_line(*columns: object) -> bytes:
    """Return the canonical form of a fact that is hashed: a JSON array of what it is and says."""
    return orjson.dumps(columns)


def batch_line(batch: int, known_at: str, origin: Origin) -> bytes:
    """Return the canonical form of where a batch comes from; it is chained before the batch's facts."""
    return orjson.dumps([batch, known_at, origin.source, origin.name, origin.digest, origin.said_by])


def link(previous: bytes, line: bytes) -> bytes:
    """Return the chain's hash after `line`."""
    return hashlib.sha256(previous + line).digest()
