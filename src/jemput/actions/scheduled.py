"""Plan what comes by itself: the daily check and backup, the exchange each minute; settle messages left behind.

Work whose time went by while the machine was off is made up for at the next start, once; an office
that starts for the first time waits for the first time that comes.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from jemput.actions import outbox
from jemput.actions.conversations import fall_silent
from jemput.actions.jobs import enqueue
from jemput.domain.schedule import PAUSES, latest_due, time_of_day
from jemput.queries.office import ZONE, office, setting
from jemput.store import chain
from jemput.store.models import Job

BY = "jadwal"
EXCHANGE_EVERY = timedelta(minutes=1)
"""A village that answered reads “the office has it” after a minute (our choice); pages out of reach are asked more rarely."""
EXCHANGES_KEPT = 10
"""Rows of exchanges that are over; there is one a minute."""


def plan(now: datetime) -> list[int]:
    """Ask for the daily work that is due and was not asked for yet; return the numbers of the jobs."""
    outbox.settle_the_dead()
    fall_silent(office())
    if not chain.head().place:
        return []
    times = {"verify": setting("verify_time"), "backup": setting("backup_time") if setting("backup_key") else ""}
    daily = [_daily(kind, at, now) for kind, text in times.items() if (at := time_of_day(text))]
    return daily + _exchange(now) if setting("public_address") else daily


def _exchange(now: datetime) -> list[int]:
    """Ask for the next exchange with the village's pages, unless one is under way or the last is too recent."""
    known = Job.objects.filter(kind="exchange").order_by("-pk")
    if known.filter(state__in=("waiting", "running")).exists():
        return []
    last = list(known[:EXCHANGES_KEPT])
    if last and now < (last[0].finished_at or last[0].asked_at) + _pause(last):
        return []
    Job.objects.filter(kind="exchange").exclude(pk__in=[one.pk for one in last]).delete()
    return [enqueue("exchange", {}, now=now, asked_by=BY)]


def _pause(last: list[Job]) -> timedelta:
    """Return how long to wait after some exchanges, the newest first: longer with each that reached nobody."""
    silent = 0
    for one in last:
        if (one.result or {}).get("reached"):
            break
        silent += 1
    return PAUSES[min(silent, len(PAUSES)) - 1] if silent else EXCHANGE_EVERY


def _daily(kind: str, at: time, now: datetime) -> int:
    due = latest_due(now.astimezone(ZONE), at)
    last = Job.objects.filter(kind=kind, once__isnull=False).order_by("-due_at").first()
    if last is None:
        due += timedelta(days=1)
    elif last.due_at >= due:
        return last.pk
    return enqueue(kind, {}, now=now, asked_by=BY, due_at=due, once=f"{kind} {due:%Y-%m-%d}")
