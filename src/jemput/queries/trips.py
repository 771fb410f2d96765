"""The trips of a month as the monthly report's form takes them: filled in from closed visits before anybody types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jemput.domain import wording
from jemput.domain.ids import area_text
from jemput.domain.reports import trip_lines
from jemput.queries import places, visits
from jemput.queries.monthly import closings_of


def trips_said(on: date, area: int | None) -> str:
    """Return the visits closed between the count before and that of a day, one a line: place; day; team; present; recorded."""
    opened, closed = closings_of(on)
    found = visits.trips_made(opened.on, closed.on, area)
    names = places.names_of([one.village for one in found], closed.on)
    return trip_lines(_trip(one, names) for one in found)


def _trip(one: visits.Visit, names: Mapping[int, str]) -> tuple[str, ...]:
    village = names.get(one.village, area_text(one.village))
    place = f"{one.place_name}, {village}" if one.place_name else village
    day = wording.day(one.on, "id") if one.on else ""
    return (place, day, one.team, str(one.came or 0), str(one.recorded or 0))
