"""Usulan: the queue of proposed facts, page by page, each beside what the register says now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from jemput.domain.axes import State, state
from jemput.domain.ids import area_text, mask
from jemput.domain.lampid import STRUCK
from jemput.domain.outreach import CHANNELS, WORDS
from jemput.domain.problems import Text
from jemput.domain.proposals import KINDS, Difference, differences
from jemput.queries import coverage, places, register
from jemput.queries.office import ZONE, Office
from jemput.store import bulk
from jemput.store.models import Proposal

VILLAGE, VISIT = "@desa", "@kunjungan-"
"""Sources that are no file, as an address names them."""
SAID = "village"
LONGEST = 12
"""Digits of a visit's number at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which open proposals: of an area, a kind and a source; empty is every one.

    `file` is the name of a file, `VILLAGE` for the words of villages, or `VISIT` and the number of a visit.
    """

    area: int | None = None
    kind: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One source that proposed something: how many of its proposals are open, and the day it is as at."""

    file: str
    count: int
    on: date

    @property
    def title(self) -> Text:
        """How the source is called: a file by its name, a village's word and a visit in words."""
        if self.file == VILLAGE:
            return Text("kata desa", "the word of villages")
        if number := visit_of(self.file):
            return Text(f"kunjungan {number}", f"visit {number}")
        return Text(self.file or "–", self.file or "–")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who said what is proposed: by which channel, when, with what note; `when` is when it came to be so, as said."""

    said_by: str
    channel: Text
    said_on: date | None
    when: str
    note: str
    visit: int | None
    entered_by: str


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
    said: Text | None = None
    evidence: Evidence | None = None
    question: str = ""
    asked_on: date | None = None
    asked_by: str = ""

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
    if wanted.file == VILLAGE:
        found = found.filter(source=SAID)
    elif number := visit_of(wanted.file):
        found = found.filter(source=SAID, evidence__visit=number)
    elif wanted.file:
        found = found.filter(evidence__file=wanted.file)
    return found.filter(pk__in=list(numbers)) if numbers else found


def by_kind(wanted: Wanted) -> list[tuple[str, int]]:
    """Return how many proposals of each kind are open, whichever kind is asked for."""
    rows = matching(Wanted(wanted.area, "", wanted.file)).order_by().values_list("kind").annotate(Count("pk"))
    counted = dict(rows)
    return [(kind, counted[kind]) for kind in [*KINDS, *sorted(set(counted) - set(KINDS))] if kind in counted]


def sources(area: int | None) -> list[Source]:
    """Return what proposed something that is open: villages and visits first, then files, the newest first."""
    every = matching(Wanted(area)).order_by()
    lists = every.exclude(source=SAID).values("evidence__file").annotate(open=Count("pk"), since=Min("on"))
    files = [Source(row["evidence__file"] or "", row["open"], row["since"]) for row in lists]
    said = every.filter(source=SAID).values("evidence__visit").annotate(open=Count("pk"), since=Min("on"))
    visits = [
        Source(f"{VISIT}{row['evidence__visit']}", row["open"], row["since"]) for row in said if row["evidence__visit"]
    ]
    whole = [(row["open"], row["since"]) for row in said]
    villages = [Source(VILLAGE, sum(many for many, _ in whole), min(since for _, since in whole))] if whole else []
    visits.sort(key=lambda one: int(one.file.removeprefix(VISIT)), reverse=True)
    return [*villages, *visits, *sorted(files, key=lambda one: (one.on, one.file), reverse=True)]


def visit_of(file: str) -> int | None:
    """Return the number of the visit a source names, None where it names none."""
    number = file.removeprefix(VISIT)
    return (
        int(number)
        if file.startswith(VISIT) and number.isascii() and number.isdigit() and len(number) < LONGEST
        else None
    )


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
        WORDS.get(str(one.evidence.get("word", ""))),
        _evidence(one) if one.source == SAID else None,
        one.question,
        one.asked_at.astimezone(ZONE).date() if one.asked_at else None,
        one.asked_by,
    )


def _evidence(one: Proposal) -> Evidence:
    held: dict[str, Any] = one.evidence
    channel = str(held.get("channel", ""))
    said_at = held.get("said_at")
    return Evidence(
        str(held.get("said_by", "")),
        CHANNELS.get(channel, Text(channel, channel)),
        datetime.fromisoformat(said_at).astimezone(ZONE).date() if said_at else None,
        str(held.get("when", "")),
        str(held.get("note", "")),
        held.get("visit"),
        str(held.get("entered_by", "")),
    )
