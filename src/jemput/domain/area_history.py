"""What a code was called when, drawn from lists ("on this day it was called so") and from lists of changes.

A history is a tuple of periods, oldest first, that never overlap. What was once known stays: a code that a
decree ends gets an end, one that was listed by mistake a period of no day. The later import is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from jemput.domain.place_names import place_key
from jemput.domain.places import AreaChange


class Period(NamedTuple):
    """A name from `start` to the day before `end` (None: still)."""

    start: date
    end: date | None
    name: str
    source: str


History = tuple[Period, ...]

ADDED, REMOVED, RENAMED = "added", "removed", "renamed"
CHANGES = (ADDED, REMOVED, RENAMED)


def period_at(history: History, on: date) -> Period | None:
    """Return the period that holds on a day."""
    return next((one for one in history if one.start <= on and (one.end is None or on < one.end)), None)


def listed(history: History, on: date, name: str, source: str) -> History:
    """Return a history in which the code is called `name` on a day.

    Another name before ends that day; one that began that very day was a slip and is put right. A later period of
    the same name begins on this day instead, for both lists saw it.
    """
    held = period_at(history, on)
    if held:
        if held.name == name:
            return history
        others = [one for one in history if one is not held]
        if held.start < on:
            others.append(held._replace(end=on))
        return _joined([*others, Period(on, held.end, name, source)])
    later = next((one for one in history if one.start > on), None)
    if later and later.name == name:
        return _joined([one._replace(start=on) if one is later else one for one in history])
    return _joined([*history, Period(on, later.start if later else None, name, source)])


def unlisted(history: History, on: date) -> History:
    """Return a history in which the code no longer holds from a day; a later period stays."""
    held = period_at(history, on)
    return tuple(one._replace(end=on) if one is held else one for one in history) if held else history


def changed(history: History, changes: Sequence[AreaChange], *, since: date, until: date, source: str) -> History:
    """Return a history as a list of changes tells it, which knows every change of the code from `since` to `until`.

    `changes` are this code's, oldest first, at least one. A name known from before `since` stays, unless it is a
    name the code got only later: then a list of today was given an early day, and the older name takes that day.
    Of two spellings of the name at the end, the one already known stays.
    """
    names = {place_key(name) for change in changes for name in (change.old_name, change.new_name) if name}
    told: list[Period] = []
    start = since
    for change in changes:
        if change.change != ADDED:
            told.append(Period(start, change.on, change.old_name, source))
        start = change.on
    before = [one for one in history if one.start < since]
    if before and (before[-1].end is None or before[-1].end > since):
        spanning = before.pop()
        if told and told[0].start == since and place_key(spanning.name) in names:
            told[0] = told[0]._replace(start=spanning.start)
        elif place_key(spanning.name) not in names:
            before.append(spanning._replace(end=since))
    after = [one for one in history if one.start > until]
    if changes[-1].change != REMOVED:
        held = period_at(history, until)
        end = held.end if held else None
        if end is None and after:
            end = after[0].start
        name = changes[-1].new_name
        if held and place_key(held.name) == place_key(name):
            name = held.name
        told.append(Period(start, end, name, source))
    return _joined([*before, *told, *after])


def unchanged(history: History, *, since: date, until: date) -> History:
    """Return a history a complete list of changes does not speak of: what held inside its time held since its first day."""
    if history and since < history[0].start <= until:
        return (history[0]._replace(start=since), *history[1:])
    return history


def _joined(periods: Sequence[Period]) -> History:
    """Return periods in order; neighbours of one name are one, a period of no day yields to one of its first day."""
    joined: list[Period] = []
    for one in sorted(periods, key=lambda period: (period.start, period.end or date.max)):
        last = joined[-1] if joined else None
        if last and last.start == one.start and last.end == last.start:
            joined[-1] = one
        elif last and last.end == one.start and last.name == one.name:
            joined[-1] = last._replace(end=one.end)
        else:
            joined.append(one)
    return tuple(joined)
