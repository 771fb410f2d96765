"""Recordings that have not arrived: failed ones, and those on their way for too long; who must act, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from jemput.domain import recording
from jemput.domain.problems import Text
from jemput.domain.recording import Status
from jemput.queries import coverage, people
from jemput.queries.office import Office
from jemput.queries.people import Person
from jemput.queries.waiting import BROKEN, FAILED, SLOW, SLOW_DAYS, UNDER_WAY, UNSETTLED
from jemput.store import bulk

Which = Literal["failed", "slow"]
TITLES: dict[Which, Text] = {"failed": BROKEN, "slow": SLOW}
TODO = {
    "local": Text("tanyakan ke pusat dengan daftar ini", "ask the centre, with this list"),
    "re-record": Text("rekam ulang orangnya", "record the person again"),
    "re-send": Text("kirim ulang datanya", "send the data again"),
    "check": Text("periksa dan jawab permintaan validasi", "check, and answer the request for validation"),
    "duplicate": Text("selesaikan rekaman ganda", "settle the duplicate recording"),
}
"""What has to be done, by how a status bears on "recorded"."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """One person whose recording has not arrived: its status, and the days since."""

    person: Person
    status: Status
    days: int | None

    @property
    def todo(self) -> Text:
        """What has to be done about it."""
        return TODO[self.status.counts]


def counts(which: Which, area: int | None, here: Office) -> list[tuple[Status, int]]:
    """Return how many people stand at each status, in the order of the pipeline."""
    where, params = _where(which, area, here, None)
    rows = bulk.select(f"SELECT status, count(*) FROM person WHERE {where} GROUP BY status ORDER BY status", params)
    return [(recording.BY_ORDER[order], count) for order, count in rows]


def stuck(
    which: Which, area: int | None, here: Office, *, status: int | None, start: int, count: int | None
) -> list[Stuck]:
    """Return people `start` to `start + count`, the longest waiting first; of one status where it is named."""
    where, params = _where(which, area, here, status)
    limit = "" if count is None else f" LIMIT {count} OFFSET {start}"
    rows = bulk.select(
        f"SELECT id, status, status_day FROM person WHERE {where} ORDER BY status_day, id{limit}", params
    )
    known = {person.id: person for person in people.by_id(row[0] for row in rows)}
    today = here.today.toordinal()
    return [
        Stuck(known[number], recording.BY_ORDER[order], None if day is None else today - day)
        for number, order, day in rows
    ]


def _where(which: Which, area: int | None, here: Office, status: int | None) -> tuple[str, list[int]]:
    low, high = coverage.span(area)
    orders = FAILED if which == "failed" else UNDER_WAY
    chosen = [order for order in orders if status in {None, order}] or [0]
    where = f"{UNSETTLED} AND dead_day IS NULL AND village BETWEEN %s AND %s"
    where += f" AND status IN ({', '.join(map(str, chosen))})"
    if which == "failed":
        return where, [low, high]
    return f"{where} AND status_day < %s", [low, high, (here.today - timedelta(days=SLOW_DAYS)).toordinal()]
