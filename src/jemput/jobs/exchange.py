"""The exchange with the public pages over the line: the office calls, brings its batch, takes the answers; never inside a transaction.

Pages that cannot be reached are no failure: the result says so, and the next minute tries again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from jemput import settings
from jemput.actions import exchange
from jemput.actions.taking import Progress
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries.office import office, setting

ROUNDS = 6
"""Calls in one exchange: the batch, its answers acknowledged, and more answers than one reply holds (500 each)."""
TIMEOUT_S = 30.0
BATCH = "application/vnd.jemput.batch"

NOT_TAKEN = ProblemKind(
    "exchange_not_taken",
    Text("Halaman desa menolak kiriman: {said_id}", "The village's pages refused the batch: {said_en}"),
    Text(
        "Lihat `jemput exchange key` dan docs/administrator.md.", "See `jemput exchange key` and docs/administrator.md."
    ),
)
NO_PAGES_THERE = ProblemKind(
    "exchange_not_pages",
    Text(
        "Di {address} tidak ada halaman desa Jemput ({status}).",
        "At {address} there are no village pages of Jemput ({status}).",
    ),
    Text(
        "Periksa `public_address` dan server HTTPS di depannya.",
        "Check `public_address` and the HTTPS server before it.",
    ),
)


def exchange_batches(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:  # noqa: ARG001 - every kind takes arguments
    """Exchange batches until neither side has anything new; say what came, or that nobody answered."""
    address = str(setting("public_address") or "")
    if not address:
        return {"reached": False, "why": "no_address", "answers": {}}
    exchange.pair(settings.PUBLIC_HOME)
    came: dict[str, int] = {}
    told: list[dict[str, str]] = []
    with httpx.Client(timeout=TIMEOUT_S, headers={"Content-Type": BATCH}) as line:
        for round_ in range(ROUNDS):
            progress("exchange", round_, 0)
            data = exchange.make_batch(settings.PUBLIC_HOME, office=office(), clock=datetime.now(UTC))
            try:
                answer = line.post(f"{address}/tukar/", content=data)
            except httpx.TransportError as error:
                return {"reached": False, "why": type(error).__name__, "answers": came}
            took = exchange.take_batch(
                settings.PUBLIC_HOME, _batch_of(answer, address), office=office(), clock=datetime.now(UTC)
            )
            for kind, count in took.by_kind.items():
                came[kind] = came.get(kind, 0) + count
            told += [
                {"id": f"{one.reason('id')} {one.todo('id')}", "en": f"{one.reason('en')} {one.todo('en')}"}
                for one in took.problems
            ]
            if not took.wants_more:
                break
    return {"reached": True, "why": "", "answers": came, "problems": told}


def _batch_of(answer: httpx.Response, address: str) -> bytes:
    if answer.status_code == httpx.codes.CONFLICT and answer.headers.get("content-type", "").startswith("text/plain"):
        _, _, said = answer.text.partition("\n")
        indonesian, _, english = said.partition("\n")
        raise Refused(NOT_TAKEN.at(said_id=indonesian.strip()[:300], said_en=english.strip()[:300]))
    if answer.status_code != httpx.codes.OK or answer.headers.get("content-type") != BATCH:
        raise Refused(NO_PAGES_THERE.at("public_address", address=address, status=answer.status_code))
    return answer.content
