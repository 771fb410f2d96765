"""Keep what is derived true to the facts, and take back what was imported by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jemput.actions.answer import ANSWER, reopen
from jemput.actions.taking import source_id
from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.facts import NewFact
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import coverage
from jemput.queries.office import Office
from jemput.store import bulk, ledger, views
from jemput.store.chain import Origin

NOTHING_TO_UNDO = ProblemKind(
    "nothing_to_undo",
    Text("Tidak ada yang dapat dibatalkan di kiriman {batch}.", "There is nothing to take back in batch {batch}."),
    Text("Lihat nomor kiriman pada hasil impor.", "See the batch number in the result of the import."),
)


def rebuild(office: Office) -> None:
    """Make every derived table anew from the facts; one transaction."""
    with transaction.atomic():
        ledger.lock()
        views.rebuild(office.rule)


def undo_batches(batches: Sequence[int], *, reason: str, office: Office, said_by: str = "") -> int:
    """Reverse every fact of some batches that still stands, all or nothing; return how many.

    A closed count and a reversal stay. Refuse a batch that holds nothing to reverse.
    """
    reversed_facts = 0
    with transaction.atomic(), bulk.without_cycle_search():
        ledger.lock()
        for batch in batches:
            rows = bulk.select(
                "SELECT f.place, f.id, f.person, b.source FROM fact f JOIN batch b ON b.batch = f.batch"
                " LEFT JOIN fact r ON r.reverses = f.place"
                " WHERE f.batch = %s AND r.place IS NULL AND f.kind NOT IN ('reversed', 'count_closed')",
                [batch],
            )
            if not rows:
                raise Refused(NOTHING_TO_UNDO.at(batch=batch))
            if rows[0][3] == ANSWER:
                reopen({row[1] for row in rows})
            new = [_reversal(*row[:3], reason=reason, on=office.today, said_by=said_by) for row in rows]
            origin = Origin("undo", name=f"batch {batch}", said_by=said_by)
            appended = ledger.append(new, today=office.today, now=office.now, origin=origin, rule=office.rule)
            reversed_facts += appended.written
    return reversed_facts


@dataclass(frozen=True, slots=True)
class Effect:
    """What taking batches back does, or would do: facts reversed, and the live figures of an area before and after."""

    facts: int
    before: Figures
    after: Figures


def undo_with_effect(
    batches: Sequence[int], *, reason: str, office: Office, area: int | None, said_by: str = "", dry_run: bool
) -> Effect:
    """Take batches back as `undo_batches` does and tell the figures before and after; `dry_run` keeps nothing.

    Asked again for what was taken back already, as after a process that died at its very end, it finds no fact left.
    """
    with transaction.atomic():
        before = _live(office, area)
        if not dry_run and _are_undone(batches):
            return Effect(0, before, before)
        facts_reversed = undo_batches(batches, reason=reason, office=office, said_by=said_by)
        after = _live(office, area)
        if dry_run:
            transaction.set_rollback(True)
    return Effect(facts_reversed, before, after)


def _are_undone(batches: Sequence[int]) -> bool:
    undone = {row[0] for row in bulk.select("SELECT name FROM batch WHERE source = 'undo'")}
    return all(f"batch {number}" in undone for number in batches)


def _live(office: Office, area: int | None) -> Figures:
    at = coverage.view(office.today, as_known="now", rule=office.rule)
    return coverage.total(coverage.villages(at, area, rule_in_force=office.rule))


def _reversal(place: int, identity: str, person: int | None, *, reason: str, on: date, said_by: str) -> NewFact:
    made = source_id(facts.REVERSED, identity)
    return NewFact(made, facts.REVERSED, on, person, {"note": reason}, said_by=said_by, reverses=place)
