"""The small database of the public pages: links by the hash of their token, sealed names, answers sealed for the office, and limits.

No name and no NIK stands in it in clear, so that whoever takes the file has neither.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jemput.domain.village_links import PIN_TRIES

FILE = "public.db"
ZONE = ZoneInfo("Asia/Jakarta")
BUSY_S = 10.0
TABLES = """
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS batch (
  sender TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sender, number)
) STRICT;
CREATE TABLE IF NOT EXISTS link (
  number TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, expires_on TEXT NOT NULL, digest TEXT NOT NULL, shown TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS pin_try (
  link TEXT NOT NULL, pin TEXT NOT NULL, tries INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (link, pin)
) STRICT;
CREATE TABLE IF NOT EXISTS asked (
  bucket TEXT NOT NULL, minute INTEGER NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (bucket, minute)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answer (
  serial INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  link TEXT NOT NULL,
  kind TEXT NOT NULL,
  handle TEXT NOT NULL DEFAULT '',
  sealed BLOB NOT NULL,
  told BLOB NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'refused')),
  taken_at INTEGER
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS answer_of_person ON answer (link, handle) WHERE handle <> '';
CREATE INDEX IF NOT EXISTS answer_of_link ON answer (link, serial);
CREATE INDEX IF NOT EXISTS answer_waiting ON answer (state, serial);
"""


@dataclass(frozen=True, slots=True)
class Link:
    """One link as the office sent it; `shown` holds village, visit, numbers and sealed names."""

    number: str
    expires_on: date
    shown: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that was given: when, and what became of it; times in seconds since 1970."""

    key: str
    kind: str
    handle: str
    told: bytes
    at: int
    state: str
    taken_at: int | None


def prepare(home: Path) -> None:
    """Make the folder and the tables where they are not there yet."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with reading(home) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.executescript(TABLES)


@contextmanager
def reading(home: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for the length of a block; each statement stands for itself."""
    db = sqlite3.connect(home / FILE, timeout=BUSY_S, isolation_level=None)
    try:
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA secure_delete=ON")
        yield db
    finally:
        db.close()


@contextmanager
def writing(home: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for one transaction: all of the block is kept, or nothing."""
    with reading(home) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def note(db: sqlite3.Connection, name: str) -> str:
    """Return a remembered value, empty where there is none."""
    row = db.execute("SELECT value FROM note WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else ""


def remember(db: sqlite3.Connection, name: str, value: str) -> None:
    """Remember a value."""
    db.execute("INSERT INTO note VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value])


def today(db: sqlite3.Connection, now: datetime) -> date:
    """Return the office's day: that of western Indonesia, moved where the office lives on another day (a demo)."""
    return now.astimezone(ZONE).date() + timedelta(days=int(note(db, "day_shift") or 0))


def office_said(db: sqlite3.Connection) -> dict[str, Any]:
    """Return what the office says of itself: its name and the telephone number that takes answers."""
    said: dict[str, Any] = json.loads(note(db, "office") or "{}")
    return said


def link_of(db: sqlite3.Connection, token_hash: str) -> Link | None:
    """Return the link of a token's hash."""
    row = db.execute("SELECT number, expires_on, shown FROM link WHERE token_hash = ?", [token_hash]).fetchone()
    return Link(row[0], date.fromisoformat(row[1]), json.loads(row[2])) if row else None


def count_request(db: sqlite3.Connection, bucket: str, now: int) -> int:
    """Count a request of a bucket and return how many it made within this minute."""
    minute = now // 60
    db.execute("DELETE FROM asked WHERE minute < ?", [minute - 1])
    row = db.execute(
        "INSERT INTO asked VALUES (?, ?, 1) ON CONFLICT (bucket, minute) DO UPDATE SET times = times + 1 RETURNING times",
        [bucket, minute],
    ).fetchone()
    return int(row[0])


def tries_left(db: sqlite3.Connection, link: str, pin: str) -> int:
    """Return how often a PIN of a link may still be tried."""
    row = db.execute("SELECT tries FROM pin_try WHERE link = ? AND pin = ?", [link, pin]).fetchone()
    return PIN_TRIES - (row[0] if row else 0)


def count_try(db: sqlite3.Connection, link: str, pin: str, now: int) -> bool:
    """Count a try before it is looked at; False where none is left."""
    if tries_left(db, link, pin) <= 0:
        return False
    db.execute(
        "INSERT INTO pin_try VALUES (?, ?, 1, ?) ON CONFLICT (link, pin) DO UPDATE SET tries = tries + 1, at = excluded.at",
        [link, pin, now],
    )
    return True


def forget_tries(db: sqlite3.Connection, link: str, pin: str) -> None:
    """Forget the tries of a PIN that was right."""
    db.execute("DELETE FROM pin_try WHERE link = ? AND pin = ?", [link, pin])


def put_answer(
    db: sqlite3.Connection,
    *,
    key: str,
    link: str,
    kind: str,
    sealed: bytes,
    told: bytes,
    now: int,
    handle: str = "",
) -> bool:
    """Keep an answer; False where its key was kept before, or where the office has what was said of this person already."""
    if handle:
        db.execute("DELETE FROM answer WHERE link = ? AND handle = ? AND state = 'waiting'", [link, handle])
    done = db.execute(
        "INSERT INTO answer (key, link, kind, handle, sealed, told, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [key, link, kind, handle, sealed, told, now],
    )
    return done.rowcount > 0


def take_word_back(db: sqlite3.Connection, link: str, handle: str) -> None:
    """Forget what was said of a person, as long as the office does not have it."""
    db.execute("DELETE FROM answer WHERE link = ? AND handle = ? AND state = 'waiting'", [link, handle])


def answer_of(db: sqlite3.Connection, link: str, key: str) -> Answer | None:
    """Return one answer of a link."""
    found = _answers(db, "link = ? AND key = ? AND handle = ''", [link, key])
    return found[0] if found else None


def answers_of(db: sqlite3.Connection, link: str, most: int) -> list[Answer]:
    """Return the last answers of a link that are not about a person, the newest first."""
    return _answers(db, "link = ? AND handle = '' ORDER BY serial DESC LIMIT ?", [link, most])


def answered_since(db: sqlite3.Connection, link: str, since: int) -> int:
    """Return how many answers of a link that are not about a person came since a moment."""
    counted: int = db.execute(
        "SELECT count(*) FROM answer WHERE link = ? AND handle = '' AND at >= ?", [link, since]
    ).fetchone()[0]
    return counted


def words_of(db: sqlite3.Connection, link: str) -> dict[str, Answer]:
    """Return what was said of people on a link, by handle."""
    return {one.handle: one for one in _answers(db, "link = ? AND handle <> ''", [link])}


def _answers(db: sqlite3.Connection, where: str, params: list[Any]) -> list[Answer]:
    rows = db.execute(f"SELECT key, kind, handle, told, at, state, taken_at FROM answer WHERE {where}", params)
    return [Answer(*row) for row in rows]
