"""Plan the daily work: the check of the ledger, and the backup once the office has a key; settle messages left behind.

Work whose time went by while the machine was off is made up for at the next start, once; an office
that starts for the first time waits for the first time that comes.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from jemput.actions import outbox
from jemput.actions.conversations import fall_silent
from jemput.actions.jobs import enqueue
from jemput.domain.schedule import latest_due, time_of_day
from jemput.queries.office import ZONE, office, setting
from jemput.store import chain
from jemput.store.models import Job

BY = "jadwal"


def plan(now: datetime) -> list[int]:
    """Ask for the daily work that is due and was not asked for yet; return the numbers of the jobs."""
    outbox.settle_the_dead()
    fall_silent(office())
    if not chain.head().place:
        return []
    times = {"verify": setting("verify_time"), "backup": setting("backup_time") if setting("backup_key") else ""}
    return [_daily(kind, at, now) for kind, text in times.items() if (at := time_of_day(text))]


def _daily(kind: str, at: time, now: datetime) -> int:
    due = latest_due(now.astimezone(ZONE), at)
    last = Job.objects.filter(kind=kind, once__isnull=False).order_by("-due_at").first()
    if last is None:
        due += timedelta(days=1)
    elif last.due_at >= due:
        return last.pk
    return enqueue(kind, {}, now=now, asked_by=BY, due_at=due, once=f"{kind} {due:%Y-%m-%d}")
