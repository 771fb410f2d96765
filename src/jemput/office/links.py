"""Where a figure leads: to the people behind it, for whoever may see people; to nothing for everybody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.http import urlencode

from jemput.domain.ids import area_text
from jemput.office.pages import PAGES
from jemput.office.seat import Seat
from jemput.queries.coverage import View


def to(seat: Seat, name: str, query: Mapping[str, object] | None = None) -> str:
    """Return the address of a page, or nothing where there is none or the reader may not open it."""
    page = PAGES.get(name)
    if page is None or (page.right is not None and not seat.may(page.right)):
        return ""
    said = {key: str(value) for key, value in (query or {}).items() if value not in {"", None}}
    return reverse(name) + (f"?{urlencode(said)}" if said else "")


def people(seat: Seat, at: View, area: int | None, group: str) -> str:
    """Return the address of the people of a group in an area as a view counts them."""
    return to(seat, "people", {**point(at), "area": coded(area), "group": group})


def people_in(seat: Seat, at: View, group: str) -> Callable[[int], str]:
    """Return what gives the address of the people of a group in each of many areas."""
    whole = people(seat, at, None, group)
    return (lambda area: f"{whole}&area={area_text(area)}") if whole else (lambda _: "")


def point(at: View, prefix: str = "") -> dict[str, str]:
    """Return a view as addresses name it: a closed 28th by its day, any other with the day it is known on."""
    known = "" if at.closing else at.known_on.isoformat()
    return {f"{prefix}on": at.on.isoformat(), f"{prefix}as_known": known}


def coded(area: int | None) -> str:
    """Return an area as addresses name it."""
    return area_text(area) if area else ""
