"""When daily work is due, how long a failed piece of work waits, and which backups are kept.

All of it plain rules on times that are passed in; whoever calls knows the clock and the zone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

NEVER = "-"
"""What stands for a time of day where daily work is not wanted."""

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=25))
"""Waits after the first, second and third failure, each five times the last (our choice: a full disk or a
locked database is seen to within the hour; whoever fails four times needs a person)."""

LATE = timedelta(hours=2)
"""So long after its time a daily backup may still be under way before anybody is warned (our choice)."""


def pause_after(tries: int) -> timedelta | None:
    """Return how long work waits after it failed for the `tries`-th time; None where it is given up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def time_of_day(text: str) -> time | None:
    """Return the time of day that `text` names (HH:MM or HH.MM), None where it names none."""
    hour, _, minute = text.strip().replace(".", ":").partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        return None
    return time(int(hour), int(minute)) if int(hour) <= 23 and int(minute) <= 59 else None  # noqa: PLR2004 - a day


def latest_due(now: datetime, at: time) -> datetime:
    """Return the last moment, up to `now` and in its zone, at which daily work was due."""
    today = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def is_overdue(last: datetime | None, now: datetime, at: time) -> bool:
    """Whether the daily backup is missing: none was made since the last time that is past by more than LATE."""
    return last is None or last < latest_due(now - LATE, at)


@dataclass(frozen=True, slots=True)
class Keep:
    """How many backups are kept: the last of each of so many days, weeks and months."""

    daily: int
    weekly: int
    monthly: int

    @classmethod
    def parse(cls, text: str) -> Keep | None:
        """Return what “7, 5, 12” says; None where it is not three whole numbers with at least one day."""
        parts = [part.strip() for part in text.split(",")]
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004 - three
            return None
        daily, weekly, monthly = map(int, parts)
        return cls(daily, weekly, monthly) if daily else None


def kept(made: Collection[datetime], keep: Keep) -> frozenset[datetime]:
    """Return which of some backups are kept; the newest always is.

    Of each day, ISO week and month that has one the last stands for it; periods without a backup use up nothing, so
    that an office which was closed for a month still has its seven days.
    """
    newest_first = sorted(made, reverse=True)
    stays = set(newest_first[:1])
    day: Callable[[datetime], Hashable] = datetime.date
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (keep.daily, day),
        (keep.weekly, lambda one: one.isocalendar()[:2]),
        (keep.monthly, lambda one: (one.year, one.month)),
    )
    for number, period in periods:
        stands: dict[Hashable, datetime] = {}
        for one in newest_first:
            stands.setdefault(period(one), one)
        stays.update(list(stands.values())[:number])
    return frozenset(stays)
