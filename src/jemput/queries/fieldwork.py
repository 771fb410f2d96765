"""What going out to people brought of one person: what the village said of them, and the visits they were on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from jemput.domain.outreach import OUTCOMES, PLACE_KINDS, VISIT_STATES, WORDS
from jemput.domain.problems import Text
from jemput.store.models import PersonWord, VisitPerson

NO_OUTCOME = Text("belum ada hasil", "no outcome yet")


@dataclass(frozen=True, slots=True)
class Trace:
    """One word or one visit: what came of it, where and when, who says so; `visit` is its number where there is one.

    `is_open` marks a word whose proposal nobody has answered yet.
    """

    kind: Literal["word", "visit"]
    title: Text
    on: date | None
    at: datetime
    said_by: str
    where: Text
    note: str
    visit: int | None
    is_open: bool


def fieldwork(person: int) -> list[Trace]:
    """Return what the village said of a person and the visits they were on, the newest first."""
    words = PersonWord.objects.filter(person=person).select_related("proposal")
    visits = VisitPerson.objects.filter(person=person).select_related("visit")
    found = [*map(_word, words), *map(_visit, visits)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _word(row: PersonWord) -> Trace:
    said = WORDS.get(row.word, Text(row.word, row.word))
    is_open = row.proposal is not None and row.proposal.state == "open"
    return Trace("word", said, row.on, row.said_at, row.said_by, Text("", ""), row.note, row.visit_id, is_open)


def _visit(row: VisitPerson) -> Trace:
    visit = row.visit
    outcome = OUTCOMES.get(row.outcome, NO_OUTCOME)
    state = VISIT_STATES.get(visit.state, Text(visit.state, visit.state))
    kind = PLACE_KINDS.get(visit.place_kind, Text(visit.place_kind, visit.place_kind))
    where = Text(f"{kind.id} {visit.place}".strip(), f"{kind.en} {visit.place}".strip())
    title = outcome if row.outcome else Text(f"{outcome.id} ({state.id})", f"{outcome.en} ({state.en})")
    at = row.outcome_at or visit.made_at
    return Trace("visit", title, visit.on, at, row.outcome_by, where, row.note, visit.pk, is_open=False)
