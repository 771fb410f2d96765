"""The exchange as the public pages see it: a batch of the office taken once, and the answers that wait given in return.

Taking is one transaction. A batch that was taken already is answered again with what waits now; an older one is refused.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jemput.domain import batches
from jemput.domain.batches import OLD_BATCH, Batch
from jemput.domain.problems import Refused
from jemput.domain.village_links import PIN_TRIES
from jemput.public import kept, keys

ANSWERS_A_BATCH = 500
"""Answers in one reply; the office asks again until none is left."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch of the office brought: its number, whether it was new, the links held after it, answers acknowledged."""

    number: int
    is_new: bool
    links: int
    acknowledged: int


def take(home: Path, data: bytes, *, now: datetime) -> Taken:
    """Take a batch of the office; refuse what is not signed by it, not for these pages, or older than the last one."""
    own = keys.own_keys(home)
    batch = batches.opened(data, sender="office", signer=keys.office_key(home), receiver=own.text)
    with kept.writing(home) as db:
        last = db.execute("SELECT number, digest FROM batch WHERE sender = 'office' ORDER BY number DESC").fetchone()
        if last and batch.digest == last[1]:
            return Taken(batch.number, False, _held(db), 0)
        if last and batch.number <= last[0]:
            raise Refused(OLD_BATCH.at(number=batch.number, last=last[0]))
        db.execute("INSERT INTO batch VALUES ('office', ?, ?, ?)", [batch.number, batch.digest, _seconds(now)])
        acknowledged = _apply(db, batch, now)
        return Taken(batch.number, True, _held(db), acknowledged)


def give(home: Path, *, now: datetime) -> bytes:
    """Return a batch for the office: the answers it has not acknowledged, what these pages hold, and whose names are locked."""
    own, office = keys.own_keys(home), keys.office_key(home)
    with kept.writing(home) as db:
        last = db.execute("SELECT max(number) FROM batch WHERE sender = 'public'").fetchone()[0] or 0
        answered = db.execute(
            "SELECT number, digest FROM batch WHERE sender = 'office' ORDER BY number DESC"
        ).fetchone()
        body = {
            "answers": _waiting(db),
            "holds": dict(db.execute("SELECT number, digest FROM link")),
            "locked": _locked(db),
            "last": answered[0] if answered else 0,
            "answers_to": answered[1] if answered else "",
        }
        number = batches.next_number(last, _seconds(now))
        data = batches.packed(body, sender="public", number=number, receiver=office, key=own.secret)
        db.execute("INSERT INTO batch VALUES ('public', ?, ?, ?)", [number, batches.digest(data), _seconds(now)])
        db.execute("DELETE FROM batch WHERE sender = 'public' AND number < ?", [number])
        return data


def _apply(db: sqlite3.Connection, batch: Batch, now: datetime) -> int:
    body = batch.body
    office: Mapping[str, Any] = body["office"]
    kept.remember(db, "office", json.dumps(office))
    said = office.get("today")
    shift = (date.fromisoformat(said) - now.astimezone(kept.ZONE).date()).days if said else 0
    kept.remember(db, "day_shift", str(shift))
    for link in body["links"]:
        db.execute(
            "INSERT INTO link VALUES (?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET token_hash = excluded.token_hash,"
            " expires_on = excluded.expires_on, digest = excluded.digest, shown = excluded.shown",
            [link["number"], link["token_hash"], link["expires_on"], link["digest"], json.dumps(link["shown"])],
        )
    keep = set(body["keep"])
    gone = [row[0] for row in db.execute("SELECT number FROM link") if row[0] not in keep]
    for number in gone:
        db.execute("DELETE FROM link WHERE number = ?", [number])
        db.execute("DELETE FROM pin_try WHERE link = ?", [number])
    db.execute("DELETE FROM batch WHERE sender = 'office' AND number < ?", [batch.number])
    done = [_acknowledge(db, key, state, now) for key, state in body["taken"].items()]
    db.execute("DELETE FROM answer WHERE state <> 'waiting' AND link NOT IN (SELECT number FROM link)")
    return sum(done)


def _acknowledge(db: sqlite3.Connection, key: str, state: str, now: datetime) -> int:
    """Mark an answer as taken or refused; what was sealed for the office is no longer needed here."""
    return db.execute(
        "UPDATE answer SET state = ?, taken_at = ?, sealed = x'' WHERE key = ? AND state = 'waiting'",
        ["taken" if state == "taken" else "refused", _seconds(now), key],
    ).rowcount


def _waiting(db: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = db.execute(
        "SELECT key, link, kind, handle, at, sealed FROM answer WHERE state = 'waiting' ORDER BY serial LIMIT ?",
        [ANSWERS_A_BATCH],
    )
    names = ("key", "link", "kind", "handle", "at")
    return [dict(zip(names, row, strict=False)) | {"sealed": base64.b64encode(row[5]).decode()} for row in rows]


def _locked(db: sqlite3.Connection) -> list[str]:
    """Return the links whose present PIN was tried too often."""
    rows = db.execute(
        "SELECT l.number FROM link l JOIN pin_try t ON t.link = l.number"
        " AND t.pin = json_extract(l.shown, '$.names.pin') WHERE t.tries >= ? ORDER BY l.number",
        [PIN_TRIES],
    )
    return [row[0] for row in rows]


def _held(db: sqlite3.Connection) -> int:
    held: int = db.execute("SELECT count(*) FROM link").fetchone()[0]
    return held


def _seconds(now: datetime) -> int:
    return int(now.timestamp())
