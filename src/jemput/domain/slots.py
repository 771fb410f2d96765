"""Who is to come when: slots of half an hour, as many people in each as the sets can record.

6 minutes a person a set in a village and 30 minutes to set up (field notes: 3–5 minutes normally, more than 10 where a
device fails). Nobody is asked to come at noon, on a Friday from half past eleven: prayer and rest.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

MINUTES_A_PERSON = 6
SETUP_MINUTES = 30
SHOW_UP = Decimal("0.8")
"""Of those invited so many come (field notes)."""
MOST_A_SET = 100
"""Recordings a set a day: a cap, not a mean (field notes)."""
SLOT_MINUTES = 30
"""Our choice: short enough that nobody waits long, long enough to be kept without a watch."""
STARTS, ENDS = "08.00", "15.00"
"""When a visit begins and ends where nobody says otherwise (our choice: between the way there and the way back)."""
FRIDAY = 4
REST, FRIDAY_REST = (12 * 60, 13 * 60), (11 * 60 + 30, 13 * 60)
LAST_MINUTE = 24 * 60 - 1
T = TypeVar("T", bound=Hashable)
_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


def read_clock(text: str) -> str:
    """Return a time of day as letters write it, 08.00, from "8:00", "08.00" or "8.00"; ValueError where it is none."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return f"{int(match[1]):02}.{match[2]}"


def expected_of(invited: int) -> int:
    """Return how many of the people invited are likely to come."""
    return int((invited * SHOW_UP).to_integral_value(ROUND_HALF_UP))


def slots(people: Sequence[T], *, starts: str, on: date | None, sets: int) -> dict[T, str]:
    """Return the beginning of each person's slot ("08.30"), in the order given; the day ends where the last one is served.

    Whoever would come after midnight has none: no list of people is that long in earnest.
    """
    at_a_time = max(sets, 1) * SLOT_MINUTES // MINUTES_A_PERSON
    minute = _minutes(starts or STARTS) + SETUP_MINUTES
    given: dict[T, str] = {}
    for first in range(0, len(people), at_a_time):
        minute = _after_rest(minute, on)
        for one in people[first : first + at_a_time]:
            given[one] = _clock(minute) if minute <= LAST_MINUTE else ""
        minute += SLOT_MINUTES
    return given


def slot_text(starts: str) -> str:
    """Return a slot with its end, as an invitation prints it: 08.30–09.00."""
    return f"{starts}–{_clock(_minutes(starts) + SLOT_MINUTES)}" if starts else ""


def capacity(*, starts: str, ends: str, on: date | None, sets: int) -> int:
    """Return how many people the sets can record between two times of day, at most 100 a set."""
    minute = _minutes(starts or STARTS) + SETUP_MINUTES
    until = _minutes(ends or ENDS)
    rest = FRIDAY_REST if on is not None and on.weekday() == FRIDAY else REST
    rested = max(0, min(until, rest[1]) - max(minute, rest[0]))
    working = max(0, until - minute - rested)
    return max(sets, 1) * min(working // MINUTES_A_PERSON, MOST_A_SET)


def ends_of(given: Mapping[T, str]) -> str:
    """Return when the last slot ends, nothing where there is none."""
    last = max((slot for slot in given.values() if slot), default="")
    return _clock(_minutes(last) + SLOT_MINUTES) if last else ""


def _after_rest(minute: int, on: date | None) -> int:
    """Return a minute of the day put off until the rest is over, where its slot would fall into it."""
    begins, over = FRIDAY_REST if on is not None and on.weekday() == FRIDAY else REST
    return over if begins < minute + SLOT_MINUTES and minute < over else minute


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(".")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}.{minute % 60:02}"
