"""Links of villages and the exchange with their pages, as an officer sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from jemput.domain.problems import Text
from jemput.queries import coverage
from jemput.queries.office import Office
from jemput.store import models

STATES = {
    "live": Text("berlaku", "live"),
    "expired": Text("habis waktunya", "run out"),
    "ended": Text("diakhiri", "ended"),
}
NAMES = {
    "none": Text("tanpa PIN", "no PIN"),
    "open": Text("ada PIN", "has a PIN"),
    "locked": Text("terkunci: PIN salah lima kali", "locked: five wrong PINs"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link; `names` tells whether a PIN opens names, `is_known` whether the pages have it already."""

    id: int
    number: str
    village: int
    visit: int | None
    visit_on: date | None
    code: str
    state: str
    names: str
    is_known: bool
    expires_on: date
    made_at: datetime
    made_by: str
    pin_set_at: datetime | None

    @property
    def state_title(self) -> Text:
        """What has become of it, in words."""
        return STATES[self.state]

    @property
    def names_title(self) -> Text:
        """Whether its names can be opened, in words."""
        return NAMES[self.names]


@dataclass(frozen=True, slots=True)
class Standing:
    """The exchange as it stands: when it last reached the pages, what came last, what was wrong, whether one is under way."""

    reached_at: datetime | None
    came_at: datetime | None
    came: Mapping[str, int]
    problems: tuple[Text, ...]
    unreached: str
    under_way: bool


def links(
    area: int | None, here: Office, *, visit: int | None = None, village: int | None = None, living: bool = False
) -> list[Link]:
    """Return the links of an area, the newest first; of one visit or village where it is named."""
    found = _rows(area)
    if visit is not None:
        found = found.filter(visit=visit)
    if village is not None:
        found = found.filter(village=village)
    if living:
        found = found.filter(ended_at=None, expires_on__gte=here.today)
    last = _last_in()
    return [_link(one, last, here) for one in found]


def link(number: int, area: int | None, here: Office) -> Link | None:
    """Return one link of an area."""
    row = _rows(area).filter(pk=number).first()
    return _link(row, _last_in(), here) if row else None


def standing() -> Standing:
    """Return how the exchange stands."""
    jobs = models.Job.objects.filter(kind="exchange")
    last = jobs.filter(state__in=("done", "failed")).order_by("-pk").first()
    reached = models.Exchange.objects.filter(direction="in").order_by("-pk").first()
    came = models.Exchange.objects.filter(direction="in", held__quiet=False).order_by("-pk").first()
    refusals = (last.error or []) if last and last.state == "failed" else []
    problems = [
        *(Text(one["id"], one["en"]) for one in (came.held["problems"] if came else [])),
        *(Text(_sentence(one, "id"), _sentence(one, "en")) for one in refusals),
    ]
    result: Mapping[str, Any] = (last.result or {}) if last else {}
    return Standing(
        reached.at if reached else None,
        came.at if came else None,
        came.held["answers"] if came else {},
        tuple(problems),
        str(result.get("why", "")) if last and not result.get("reached", True) else "",
        jobs.filter(state__in=("waiting", "running")).exists(),
    )


def _sentence(one: Mapping[str, Any], language: str) -> str:
    return f"{one['reason'][language]} {one['todo'][language]}"


def _rows(area: int | None) -> QuerySet[models.VillageLink]:
    found = models.VillageLink.objects.select_related("visit", "conversation").order_by("-pk")
    return found.filter(village__range=coverage.span(area)) if area else found


def _last_in() -> Mapping[str, Any]:
    row = models.Exchange.objects.filter(direction="in").order_by("-pk").first()
    return row.held if row else {}


def _link(row: models.VillageLink, last: Mapping[str, Any], here: Office) -> Link:
    state = "ended" if row.ended_at else "expired" if row.expires_on < here.today else "live"
    names = "none" if row.pin_set_at is None else "locked" if row.number in last.get("locked", ()) else "open"
    return Link(
        row.pk,
        row.number,
        row.village,
        row.visit_id,
        row.visit.on if row.visit else None,
        row.conversation.code if row.conversation else "",
        state,
        names,
        row.number in last.get("holds", {}),
        row.expires_on,
        row.made_at,
        row.made_by,
        row.pin_set_at,
    )
