"""Jobs: asked for, claimed by one process, finished, failed and tried again, taken over from a dead process.

A claim is compare-and-set: the row must still be what was read, so that of two processes one gets it,
on SQLite and PostgreSQL alike. Every job may run twice: an import knows its file by its content.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.schedule import pause_after
from jemput.queries.jobs import STOPPED, is_dead
from jemput.store import pulse
from jemput.store.models import Job

BROKEN = ProblemKind(
    "job_broken",
    Text("Pekerjaan gagal: {found}.", "The work failed: {found}."),
    Text(
        "Sudah dicoba {tries} kali. Beri tahu administrator; rinciannya di catatan program.",
        "It was tried {tries} times. Tell the administrator; the details are in the program's log.",
    ),
)
CANCELLED = ProblemKind(
    "job_cancelled",
    Text("Dibatalkan sebelum dimulai.", "Cancelled before it began."),
    Text("Minta lagi bila masih perlu.", "Ask for it again if it is still needed."),
)


def enqueue(
    kind: str,
    args: Mapping[str, Any],
    *,
    now: datetime,
    asked_by: str,
    area: int | None = None,
    due_at: datetime | None = None,
    once: str | None = None,
) -> int:
    """Ask for a job and return its number; with `once` a second request for the same is the first one."""
    if once and (held := Job.objects.filter(once=once).values_list("pk", flat=True).first()):
        return int(held)
    try:
        with transaction.atomic():
            row = Job.objects.create(
                kind=kind, args=dict(args), area=area, once=once, asked_by=asked_by, asked_at=now, due_at=due_at or now
            )
    except IntegrityError:
        if once is None:
            raise
        row = Job.objects.get(once=once)
    return row.pk


def claim(owner: str, *, now: datetime, kinds: Collection[str]) -> Job | None:
    """Make the oldest job that is due one's own, or one whose process died; None where there is none.

    A dead one that was tried as often as any may be is reported as stopped instead.
    """
    for row in Job.objects.filter(state="running", kind__in=kinds).order_by("pk"):
        if not is_dead(row, now):
            continue
        if pause_after(row.tries) is None:
            _end(row, row.owner, now, state="failed", error=problem_words([STOPPED.at(tries=row.tries)]))
        elif _own(row, owner, now):
            return row
    for row in Job.objects.filter(state="waiting", due_at__lte=now, kind__in=kinds).order_by("due_at", "pk")[:10]:
        if _own(row, owner, now):
            return row
    return None


def finish(job: Job, *, result: Mapping[str, Any], now: datetime) -> bool:
    """Put down what came of a job; False where another process has taken it over meanwhile."""
    return _end(job, job.owner, now, state="done", result=dict(result), error=None)


def refuse(job: Job, problems: Collection[Problem], *, now: datetime) -> bool:
    """Put down why a job was refused; trying again would not help."""
    return _end(job, job.owner, now, state="failed", error=problem_words(problems))


def fail(job: Job, found: str, *, now: datetime) -> bool:
    """Put down that a job failed; it waits, longer each time, or is given up."""
    error = problem_words([BROKEN.at(found=found, tries=job.tries)])
    pause = pause_after(job.tries)
    if pause is None:
        return _end(job, job.owner, now, state="failed", error=error)
    held = Job.objects.filter(pk=job.pk, state="running", owner=job.owner)
    done = held.update(state="waiting", owner="", due_at=now + pause, error=error)
    pulse.clear(job.pk)
    return bool(done)


def cancel(number: int, *, now: datetime) -> bool:
    """Cancel a job that has not begun; False where it has."""
    waiting = Job.objects.filter(pk=number, state="waiting")
    return bool(waiting.update(state="failed", finished_at=now, error=problem_words([CANCELLED.at()])))


def _own(row: Job, owner: str, now: datetime) -> bool:
    """Make a job one's own if it still is what was read."""
    read = Job.objects.filter(pk=row.pk, state=row.state, owner=row.owner, tries=row.tries, due_at=row.due_at)
    if not read.update(state="running", owner=owner, tries=row.tries + 1, started_at=now):
        return False
    row.state, row.owner, row.tries, row.started_at = "running", owner, row.tries + 1, now
    pulse.beat(row.pk, pulse.Pulse(owner, now))
    return True


def _end(row: Job, owner: str, now: datetime, **values: Any) -> bool:  # noqa: ANN401 - columns of the table
    held = Job.objects.filter(pk=row.pk, state="running", owner=owner)
    if not held.update(finished_at=now, **values):
        return False
    pulse.clear(row.pk)
    return True


def problem_words(problems: Collection[Problem]) -> list[dict[str, dict[str, str]]]:
    """Return problems in words of both languages, as rows keep them."""
    return [
        {
            "reason": {"id": problem.reason("id"), "en": problem.reason("en")},
            "todo": {"id": problem.todo("id"), "en": problem.todo("en")},
        }
        for problem in problems
    ]
