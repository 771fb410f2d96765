"""Copies of the ledger and its figures, for keeping elsewhere and for other engines."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from jemput.domain.coverage import FIGURES
from jemput.domain.ids import area_text
from jemput.queries import coverage
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.store import bulk

PRIVATE = 0o600
PAGE = 50_000


def export(folder: Path, here: Office) -> dict[str, int]:
    """Write ledger.jsonl, closings.csv and live.csv into `folder`; return the rows of each file.

    ledger.jsonl has one fact a line with its place, both clocks and its hash in hexadecimal, and is
    readable by its owner only, because it holds personal data.
    """
    folder.mkdir(parents=True, exist_ok=True)
    at = coverage.view(here.today, as_known="now", rule=here.rule)
    return {
        "ledger.jsonl": _lines(folder / "ledger.jsonl"),
        "closings.csv": _table(folder / "closings.csv", _closed()),
        "live.csv": _table(folder / "live.csv", _live(at, here)),
    }


def _lines(path: Path) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    place = written = 0
    with os.fdopen(descriptor, "wb") as file:
        while rows := bulk.select(
            "SELECT f.place, f.batch, f.id, f.kind, f.person, f.on_day, b.known_at, f.reported_day, f.reverses, f.said,"
            " f.said_by, f.hash FROM fact f JOIN batch b ON b.batch = f.batch"
            f" WHERE f.place > %s ORDER BY f.place LIMIT {PAGE}",
            [place],
        ):
            for row in rows:
                file.write(orjson.dumps(_fact(row)) + b"\n")
            place = rows[-1][0]
            written += len(rows)
    return written


def _fact(row: tuple[Any, ...]) -> dict[str, Any]:
    place, batch, identity, kind, person, on, known_at, reported, reverses, said, said_by, digest = row
    return {
        "place": place,
        "batch": batch,
        "id": identity,
        "kind": kind,
        "person": person,
        "on": date.fromordinal(on).isoformat(),
        "known_at": known_at,
        "reported_on": date.fromordinal(reported).isoformat() if reported else None,
        "reverses": reverses,
        "said": orjson.loads(said),
        "said_by": said_by,
        "hash": bytes(digest).hex(),
    }


def _closed() -> Iterator[list[Any]]:
    for closing in coverage.closings():
        at = View(closing.on, closing.batch, closing.known_on, closing.rule, closing)
        for village, figures in coverage.villages(at, None, rule_in_force=closing.rule).items():
            yield [closing.on.isoformat(), area_text(village), *(getattr(figures, name) for name in FIGURES)]


def _live(at: View, here: Office) -> Iterator[list[Any]]:
    for village, figures in coverage.villages(at, None, rule_in_force=here.rule).items():
        yield [at.on.isoformat(), area_text(village), *(getattr(figures, name) for name in FIGURES)]


def _table(path: Path, rows: Iterable[list[Any]]) -> int:
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["on", "village", *FIGURES])
        for row in rows:
            table.writerow(row)
            written += 1
    return written
