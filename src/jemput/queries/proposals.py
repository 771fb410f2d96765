"""Usulan: the queue of proposed facts, page by page, each beside what the register says now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet

from jemput.domain.axes import State, state
from jemput.domain.ids import area_text, mask
from jemput.domain.lampid import STRUCK
from jemput.domain.problems import Text
from jemput.domain.proposals import KINDS, Difference, differences
from jemput.queries import coverage, places, register
from jemput.queries.office import ZONE, Office
from jemput.store import bulk
from jemput.store.models import Proposal


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which open proposals: of an area, a kind and a file; empty is every one."""

    area: int | None = None
    kind: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One file that proposed something: how many of its proposals are open, and the day it is as at."""

    file: str
    count: int
    on: date


@dataclass(frozen=True, slots=True)
class Proposed:
    """One open proposal as the queue shows it; `person` None for somebody the register does not hold, `nik` masked."""

    number: int
    kind: str
    person: int | None
    name: str
    nik: str
    state: State
    village: int
    on: date
    file: str
    age_days: int
    differences: tuple[Difference, ...]

    @property
    def title(self) -> Text:
        """What is proposed."""
        return KINDS.get(self.kind, Text(self.kind, self.kind))


def matching(wanted: Wanted, numbers: Sequence[int] = ()) -> QuerySet[Proposal]:
    """Return the open proposals asked for, oldest first; of `numbers` alone where there are any."""
    found = Proposal.objects.filter(state="open").order_by("id")
    if wanted.area:
        found = found.filter(village__range=coverage.span(wanted.area))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.file:
        found = found.filter(evidence__file=wanted.file)
    return found.filter(pk__in=list(numbers)) if numbers else found


def by_kind(wanted: Wanted) -> list[tuple[str, int]]:
    """Return how many proposals of each kind are open, whichever kind is asked for."""
    rows = matching(Wanted(wanted.area, "", wanted.file)).order_by().values_list("kind").annotate(Count("pk"))
    counted = dict(rows)
    return [(kind, counted[kind]) for kind in [*KINDS, *sorted(set(counted) - set(KINDS))] if kind in counted]


def sources(area: int | None) -> list[Source]:
    """Return the files whose proposals are open, the newest first."""
    rows = matching(Wanted(area)).order_by().values("evidence__file").annotate(open=Count("pk"), since=Min("on"))
    found = [Source(row["evidence__file"] or "", row["open"], row["since"]) for row in rows]
    return sorted(found, key=lambda one: (one.on, one.file), reverse=True)


def queue(wanted: Wanted, here: Office, *, start: int, count: int) -> list[Proposed]:
    """Return open proposals `start` to `start + count`, oldest first."""
    return shown(list(matching(wanted)[start : start + count]), here)


def shown(proposals: Sequence[Proposal], here: Office) -> list[Proposed]:
    """Return proposals beside the register's words."""
    known = {one.id: one for one in register.by_id({one.person for one in proposals if one.person})}
    blocked = dict(bulk.select_in("SELECT id, blocked FROM person WHERE id IN ({marks})", known))
    names = {area_text(number): name for number, name in places.names(here.today, within=here.area).items()}
    return [_proposed(one, known.get(one.person or 0), blocked, names, here) for one in proposals]


def _proposed(
    one: Proposal, held: register.Known | None, blocked: dict[int, int], names: dict[str, str], here: Office
) -> Proposed:
    said: dict[str, Any] = one.said
    now = None if held is None else held.biodata | {"village": area_text(held.village) if held.village > STRUCK else ""}
    return Proposed(
        one.pk,
        one.kind,
        held.id if held else None,
        held.name if held else str(said.get("name", "")),
        mask(held.nik if held else str(said.get("nik", ""))),
        state(home=held.village, dead=held.dead, blocked=bool(blocked[held.id])) if held else "unknown",
        one.village,
        one.on,
        str(one.evidence.get("file", "")),
        (here.today - one.proposed_at.astimezone(ZONE).date()).days,
        differences(said, now, held.status if held else None, names),
    )
