"""Answer proposed facts, singly or in bulk, with the source of the answer; only then they count."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from django.db import transaction

from jemput.actions.taking import held_facts, live_id, source_id
from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.facts import NewFact
from jemput.domain.ids import village_range
from jemput.domain.lampid import STRUCK
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.proposals import GONE, answers, fact_of, said_by_answer
from jemput.queries import coverage, register
from jemput.queries.office import Office
from jemput.store import bulk, ledger
from jemput.store.chain import Origin
from jemput.store.models import Proposal

ANSWER = "answer"
LEAVES = frozenset({GONE, facts.MATI, facts.PINDAH})
"""Kinds of proposals whose person leaves once; of whoever has left already nothing more is written."""
WRONG_ANSWER = ProblemKind(
    "wrong_answer",
    Text("“{answer}” bukan jawaban untuk usulan {kind}.", "“{answer}” is no answer to a proposal of kind {kind}."),
    Text("Jawaban yang mungkin: {answers}.", "Possible answers: {answers}."),
)
AFTER_TODAY = ProblemKind(
    "answer_after_today",
    Text("{on} belum tiba; hari kantor {today}.", "{on} has not come yet; the office's day is {today}."),
    Text("Sebut tanggal yang sudah lewat.", "Name a day that has come."),
)
NO_SOURCE = ProblemKind(
    "no_source",
    Text("Jawaban belum menyebut sumbernya.", "The answer does not name its source."),
    Text("Sebut siapa atau surat apa yang mengatakannya (--source).", "Say who or which letter says so (--source)."),
)
ANSWERED_MEANWHILE = ProblemKind(
    "answered_meanwhile",
    Text(
        "{count} dari usulan ini sudah dijawab orang lain.",
        "{count} of these proposals have been answered by somebody else.",
    ),
    Text(
        "Muat ulang antreannya, lalu pilih lagi; tidak ada yang tersimpan.",
        "Load the queue again and choose once more; nothing was saved.",
    ),
)


RECORDING = ("status", "status_on", "recorded_at", "elsewhere")
"""What a proposal says of a recording."""


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
        if answer not in answers(proposal.kind):
            raise Refused(WRONG_ANSWER.at(answer=answer, kind=proposal.kind, answers=", ".join(answers(proposal.kind))))
    if on and on > office.today:
        raise Refused(AFTER_TODAY.at(on=on.isoformat(), today=office.today.isoformat()))
    with transaction.atomic():
        ledger.lock()
        numbers = [proposal.pk for proposal in proposals]
        still = sum(Proposal.objects.filter(pk__in=part, state="open").count() for part in bulk.chunks(numbers, 10_000))
        if still != len(numbers):
            raise Refused(ANSWERED_MEANWHILE.at(count=len(numbers) - still))
        people = _People(proposals)
        new: list[NewFact] = []
        for proposal in proposals:
            kind = fact_of(proposal.kind, answer)
            person = people.number(proposal, kind) if kind else None
            if kind and person:
                fact = NewFact(_identity(proposal.key), kind, on or proposal.on, person, proposal.said, said_by=said_by)
                fact = replace(fact, said=proposal.said | said_by_answer(proposal.kind, answer))
                new.extend(_facts(fact, _identity(proposal.key, facts.REKAM)))
        held = held_facts(fact.id for fact in new)
        new = [replace(fact, id=live_id(fact.id, held)) for fact in new]
        origin = Origin(ANSWER, name=source, said_by=said_by)
        appended = ledger.append(new, today=office.today, now=office.now, origin=origin, rule=office.rule)
        for part in bulk.chunks(numbers, 10_000):
            Proposal.objects.filter(pk__in=part).update(
                state="answered", answer=answer, answered_by=said_by, answered_at=office.now, answer_source=source
            )
    return appended.written


def trial(
    proposals: Sequence[Proposal], answer_word: str, *, on: date | None, source: str, office: Office, area: int | None
) -> tuple[int, Figures, Figures]:
    """Return the facts an answer would write, and the figures of an area today without and with them; nothing stays.

    Refuse what `answer` refuses.
    """
    with transaction.atomic():
        before = _today(area, office)
        written = answer(proposals, answer_word, on=on, source=source, office=office)
        after = _today(area, office)
        transaction.set_rollback(True)
    return written, before, after


def _today(area: int | None, office: Office) -> Figures:
    at = coverage.view(office.today, as_known="now", rule=office.rule)
    return coverage.total(coverage.villages(at, area, rule_in_force=office.rule))


def reopen(identities: AbstractSet[str]) -> None:
    """Open again the proposals whose answers, facts of these ids, were taken back."""
    answered = Proposal.objects.filter(state="answered").values_list("pk", "key")
    base = {identity.rstrip("~") for identity in identities}
    again = [pk for pk, key in answered if {_identity(key), _identity(key, facts.REKAM)} & base]
    for part in bulk.chunks(again, 10_000):
        Proposal.objects.filter(pk__in=part).update(state="open", answer="", answer_source="")


class _People:
    """Who the proposals speak of, as the register has them now and as earlier answers of the same go leave them."""

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        self.number_next = register.next_person()
        self.by_nik = {
            nik: one.id
            for nik, one in register.by_nik(str(p.said["nik"]) for p in proposals if "nik" in p.said).items()
        }
        ids = [proposal.person for proposal in proposals if proposal.person]
        self.settled = {one.id for one in register.by_id(ids) if one.dead or one.village <= STRUCK}

    def number(self, proposal: Proposal, kind: str) -> int | None:
        """Return the person a fact is about; None where what it says is already so."""
        if proposal.kind in LEAVES:
            if proposal.person in self.settled:
                return None
            if proposal.person:
                self.settled.add(proposal.person)
            return proposal.person
        if proposal.person:
            return proposal.person
        nik = str(proposal.said.get("nik", ""))
        if kind in facts.RESIDENCE_KINDS and nik in self.by_nik:
            return None
        self.by_nik[nik] = self.number_next
        self.number_next += 1
        return self.by_nik[nik]


def _facts(whole: NewFact, recording_id: str) -> list[NewFact]:
    """Return what an accepted proposal makes: the fact, and the recording it brings as a fact of its own day."""
    said = dict(whole.said)
    status = {name: said.pop(name) for name in RECORDING if name in said}
    made = []
    if whole.kind != facts.REKAM:
        made.append(replace(whole, said=said))
    if status.get("status"):
        on = date.fromisoformat(str(status.pop("status_on"))) if "status_on" in status else whole.on
        made.append(replace(whole, id=recording_id, kind=facts.REKAM, on=on, said=status))
    return made


def _identity(*parts: str) -> str:
    return source_id(ANSWER, *parts)
