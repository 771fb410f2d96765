"""Jobs as they stand: what waits, what runs and how far, what came of it, and which have no living process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from jemput.domain.problems import ProblemKind, Text
from jemput.store import pulse
from jemput.store.models import Job

DEAD_AFTER = timedelta(seconds=60)
"""A running job without a sign of life for so long has no process any more; one beats every few seconds."""

STOPPED = ProblemKind(
    "job_stopped",
    Text(
        "Proses yang mengerjakannya berhenti di tengah jalan; tidak ada yang setengah jadi.",
        "The process that worked on it stopped in the middle; nothing is half done.",
    ),
    Text(
        "Dicoba {tries} kali. Periksa listrik, memori dan ruang disk, lalu jalankan lagi.",
        "It was tried {tries} times. Check power, memory and disk space, then start it again.",
    ),
)

AREA_DIGITS = (2, 4, 6, 10)
"""Digits of the codes of a province, a regency, a kecamatan and a village."""


@dataclass(frozen=True, slots=True)
class JobNow:
    """A job as it stands: `state` is waiting, running, done or failed; `stage`, `done`, `total` how far it is.

    `error` is a list of problems in words ({"reason": {"id", "en"}, "todo": {"id", "en"}}).
    """

    id: int
    kind: str
    args: dict[str, Any]
    area: int | None
    state: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    tries: int
    result: dict[str, Any]
    error: tuple[dict[str, Any], ...]
    stage: str = ""
    done: int = 0
    total: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in {"done", "failed"}

    @property
    def percent(self) -> int | None:
        """Share of the stage that is done, 0 to 100; None where its size is not known."""
        return min(100, 100 * self.done // self.total) if self.total else None


def one(number: int) -> JobNow | None:
    """Return one job."""
    row = Job.objects.filter(pk=number).first()
    return _now(row) if row else None


def asked_once(once: str) -> JobNow | None:
    """Return the job that was asked for under a name that is given once."""
    row = Job.objects.filter(once=once).first()
    return _now(row) if row else None


def recent(*, kinds: Iterable[str] = (), area: int | None = None, limit: int = 50, brief: bool = False) -> list[JobNow]:
    """Return the last jobs of some kinds (all, where none is named), newest first, of an area only where one is given.

    `brief` leaves out what came of them, which may be long.
    """
    rows = Job.objects.order_by("-pk")
    if wanted := list(kinds):
        rows = rows.filter(kind__in=wanted)
    if area is not None:
        rows = rows.filter(_lies_within(area))
    if brief:
        rows = rows.defer("result")
    return [_now(row, brief=brief) for row in rows[:limit]]


def batches_made(area: int) -> list[int]:
    """Return the ledger's batches that imports of an area, and of it alone, have made."""
    done = Job.objects.filter(_lies_within(area), kind="import", state="done")
    return [int(batch) for made in done.values_list("result__batches", flat=True) for batch in made or ()]


def with_refusals(area: int | None, *, since: datetime) -> int:
    """Return how many files were imported since a moment with rows refused; trials are none."""
    done = Job.objects.filter(kind="import", state="done", asked_at__gte=since, result__refused__gt=0)
    if area is not None:
        done = done.filter(_lies_within(area))
    return done.exclude(args__dry_run=True).count()


def unsound() -> int:
    """Return how many findings the last check of the ledger had."""
    last = Job.objects.filter(kind="verify", state="done").order_by("-finished_at").first()
    return len((last.result or {}).get("findings", ())) if last else 0


def is_within(job: JobNow, area: int | None) -> bool:
    """Whether a job concerns an area or a part of it, and nothing outside."""
    return area is None or (job.area is not None and str(job.area).startswith(str(area)))


def _lies_within(area: int) -> Q:
    """Return the condition that a job's area is an area or a part of it."""
    condition = Q(area=area)
    for digits in AREA_DIGITS:
        if (more := digits - len(str(area))) > 0:
            condition |= Q(area__range=(area * 10**more, (area + 1) * 10**more - 1))
    return condition


def is_dead(job: Job, now: datetime) -> bool:
    """Whether a running job has given no sign of life for DEAD_AFTER; its start counts as one."""
    last = pulse.read(job.pk)
    beat_at = last.beat_at if last and last.owner == job.owner else job.started_at
    return beat_at is None or now - beat_at > DEAD_AFTER


def _now(row: Job, *, brief: bool = False) -> JobNow:
    last = pulse.read(row.pk) if row.state == "running" else None
    told = last if last and last.owner == row.owner else pulse.Pulse("", row.asked_at)
    return JobNow(
        row.pk,
        row.kind,
        row.args,
        row.area,
        row.state,
        row.asked_by,
        row.asked_at,
        row.due_at,
        row.started_at,
        row.finished_at,
        row.tries,
        {} if brief else row.result or {},
        tuple(row.error or ()),
        told.stage,
        told.done,
        told.total,
    )
