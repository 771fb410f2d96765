"""Days on which a village is not to be asked: national holidays and joint leave, what the office typed, polling day.

The `holidays` package holds what the ministers' joint decrees (SKB) said year by year, and estimates for years without
a decree yet; what the office types goes before it, also that a day is worked after all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

from jemput.domain.problems import Text

POLLING_DAY = Text("hari pemungutan suara", "polling day")
UNNAMED = Text("hari libur", "a holiday")
WORKED = "-"
"""Typed behind a day, it says that the office works on it."""


def holiday(on: date, declared: Mapping[date, str], election_on: date | None) -> Text | None:
    """Return what a day is kept as, None where it is a day like any other; `declared` are the days the office typed."""
    if on == election_on:
        return POLLING_DAY
    if on in declared:
        name = declared[on]
        if name == WORKED:
            return None
        return Text(name, name) if name else UNNAMED
    indonesian, english = (_national(on.year, language).get(on) for language in ("id", "en_US"))
    return Text(indonesian, english or indonesian) if indonesian else None


@cache
def _national(year: int, language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("ID", years=year, categories=("public", "government"), language=language)
