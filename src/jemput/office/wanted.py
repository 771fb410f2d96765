"""What an address asks for: an area that the reader sees, a day, one of some words; anything else is not there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.http import Http404

from jemput.domain.ids import area_number
from jemput.office.seat import OfficeRequest
from jemput.queries import places

T = TypeVar("T", bound=str)


def area(request: OfficeRequest) -> int | None:
    """Return the area asked for, the reader's own where none is; 404 where it is none, unknown, or outside their own."""
    said = request.GET.get("area", "")
    if not said:
        return request.seat.area
    number = area_number(said)
    if number is None or not request.seat.sees(number) or not places.is_known_ever(number):
        raise Http404(said)
    return number


def day(request: OfficeRequest, name: str, default: date) -> date:
    """Return the day asked for; 404 where it is none, for a mistyped day must not show another day's figures."""
    said = request.GET.get(name, "")
    if not said:
        return default
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Http404(said) from None


def word(request: OfficeRequest, name: str, words: Collection[T]) -> T:
    """Return the word asked for, the first where none or another is."""
    said = request.GET.get(name, "")
    return next((one for one in words if one == said), next(iter(words)))
