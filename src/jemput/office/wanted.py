"""What an address asks for: an area that the reader sees, a day, one of some words; anything else is not there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Literal, TypeVar

from django.http import Http404

from jemput.domain.ids import area_number
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries import coverage, places
from jemput.queries.coverage import View

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days an office can be asked about; beyond them a day is a slip of the hand."""
T = TypeVar("T", bound=str)


def area(request: OfficeRequest) -> int | None:
    """Return the area asked for, the reader's own where none is; 404 where it is none, unknown, or outside their own."""
    number = area_in(request.GET, request.seat)
    if request.GET.get("area") and number is not None and not places.is_known_ever(number):
        raise Http404("no such area")
    return number


def area_in(said: Any, seat: Seat) -> int | None:  # noqa: ANN401 - a query or a form
    """Return the area that a query or a form names, the reader's own where none is; 404 where it is none or outside their own."""
    if not said.get("area"):
        return seat.area
    number = area_number(said["area"])
    if number is None or not seat.sees(number):
        raise Http404("no such area")
    return number


def day(request: OfficeRequest, name: str, default: date) -> date:
    """Return the day asked for; 404 where it is none, for a mistyped day must not show another day's figures."""
    said = request.GET.get(name, "")
    if not said:
        return default
    try:
        found = date.fromisoformat(said)
    except ValueError:
        raise Http404(said) from None
    if not EARLIEST <= found <= LATEST:
        raise Http404(said)
    return found


def view(request: OfficeRequest, prefix: str, default: View) -> View:
    """Return the view asked for by `on` and `as_known` (`from_on` and `from_as_known` with that prefix)."""
    if not request.GET.get(f"{prefix}on") and not request.GET.get(f"{prefix}as_known"):
        return default
    on = day(request, f"{prefix}on", default.on)
    known: date | Literal["now"] | None = None
    if request.GET.get(f"{prefix}as_known"):
        known = "now" if request.GET[f"{prefix}as_known"] == "now" else day(request, f"{prefix}as_known", on)
    return coverage.view(on, as_known=known, rule=request.seat.office.rule)


LONGEST_NUMBER = 12
"""Digits of a number of a row; no office has so many."""


def number_in(text: str, *, longest: int = LONGEST_NUMBER) -> int | None:
    """Return the whole number that a text is, of at most so many digits; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None


def whole(request: OfficeRequest, name: str, *, longest: int = 6) -> int:
    """Return the number asked for, 1 where none or another thing is; `longest` in digits."""
    return max(1, number_in(request.GET.get(name, ""), longest=longest) or 1)


def word(request: OfficeRequest, name: str, words: Collection[T]) -> T:
    """Return the word asked for, the first where none or another is."""
    said = request.GET.get(name, "")
    return next((one for one in words if one == said), next(iter(words)))
