"""The office counts on the 28th of each month (Sripoku, 24 April 2019): which 28th comes, and which went by."""

from __future__ import annotations

from datetime import date

CLOSING_DAY = 28
DECEMBER = 12


def cut_off_from(day: date) -> date:
    """Return the first 28th that is not before a day."""
    if day.day <= CLOSING_DAY:
        return day.replace(day=CLOSING_DAY)
    return _following(day.replace(day=CLOSING_DAY))


def cut_offs_between(after: date, until: date) -> list[date]:
    """Return the 28ths later than `after` and not later than `until`, oldest first."""
    found = []
    day = cut_off_from(after)
    while day <= until:
        if day > after:
            found.append(day)
        day = _following(day)
    return found


def _following(day: date) -> date:
    return date(day.year + day.month // DECEMBER, day.month % DECEMBER + 1, day.day)
