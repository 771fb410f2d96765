"""Answer proposed facts, singly or in bulk, with the source of the answer; only then they count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from jemput.actions.take_list import GONE
from jemput.actions.taking import source_id
from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.domain.ids import village_range
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import register
from jemput.queries.office import Office
from jemput.store import ledger
from jemput.store.chain import Origin
from jemput.store.models import Proposal

ACCEPT, REJECT = "accept", "reject"
GONE_ANSWERS = {
    "moved": facts.PINDAH,
    "died": facts.MATI,
    "cleansed": facts.KONSOLIDASI_REMOVED,
    "error": None,
}
"""What "gone from the list" can turn out to be; an error of the list is no fact at all."""

WRONG_ANSWER = ProblemKind(
    "wrong_answer",
    Text("“{answer}” bukan jawaban untuk usulan {kind}.", "“{answer}” is no answer to a proposal of kind {kind}."),
    Text("Jawaban yang mungkin: {answers}.", "Possible answers: {answers}."),
)
NO_SOURCE = ProblemKind(
    "no_source",
    Text("Jawaban belum menyebut sumbernya.", "The answer does not name its source."),
    Text("Sebut siapa atau surat apa yang mengatakannya (--source).", "Say who or which letter says so (--source)."),
)


def open_proposals(*, area: int | None = None, kind: str | None = None, numbers: Sequence[int] = ()) -> list[Proposal]:
    """Return the open proposals asked for, oldest first."""
    found = Proposal.objects.filter(state="open").order_by("id")
    if area:
        found = found.filter(village__range=village_range(area))
    if kind:
        found = found.filter(kind=kind)
    if numbers:
        found = found.filter(pk__in=numbers)
    return list(found)


def answer(
    proposals: Sequence[Proposal], answer: str, *, on: date | None, source: str, office: Office, said_by: str = ""
) -> int:
    """Answer proposals alike; return how many facts that made. `on` replaces the day proposed.

    Refuse an answer the kind does not have, or one without its source; then nothing is answered.
    """
    if not source.strip():
        raise Refused(NO_SOURCE.at())
    for proposal in proposals:
        allowed = tuple(GONE_ANSWERS) if proposal.kind == GONE else (ACCEPT, REJECT)
        if answer not in allowed:
            raise Refused(WRONG_ANSWER.at(answer=answer, kind=proposal.kind, answers=", ".join(allowed)))
    with transaction.atomic():
        ledger.lock()
        number = register.next_person()
        new: list[NewFact] = []
        for proposal in proposals:
            kind = GONE_ANSWERS[answer] if proposal.kind == GONE else (proposal.kind if answer == ACCEPT else None)
            if kind:
                made = _facts(proposal, kind, on or proposal.on, number, said_by)
                number += proposal.person is None
                new.extend(made)
        origin = Origin("answer", name=source, said_by=said_by)
        appended = ledger.append(new, today=office.today, now=office.now, origin=origin, rule=office.rule)
        Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals]).update(
            state="answered", answer=answer, answered_by=said_by, answered_at=office.now, answer_source=source
        )
    return appended.written


def _facts(proposal: Proposal, kind: str, on: date, number: int, said_by: str) -> list[NewFact]:
    said = dict(proposal.said)
    person = proposal.person or number
    status = {key: said.pop(key) for key in ("status", "status_on", "recorded_at") if key in said}
    made = []
    if kind != facts.REKAM:
        made.append(NewFact(source_id("answer", proposal.key), kind, on, person, said, said_by=said_by))
    if status.get("status"):
        recorded_on = date.fromisoformat(str(status.pop("status_on"))) if "status_on" in status else on
        identity = source_id("answer", proposal.key, facts.REKAM)
        made.append(NewFact(identity, facts.REKAM, recorded_on, person, status, said_by=said_by))
    return made
