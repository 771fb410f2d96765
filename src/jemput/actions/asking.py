"""Asking a village back about what it proposed: the proposal stays open, and its question goes to the village's conversation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from jemput.actions.answer import ANSWERED_MEANWHILE
from jemput.actions.conversations import open_conversation
from jemput.actions.papers import changed
from jemput.domain.ids import mask_within
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries.office import Office
from jemput.store import bulk
from jemput.store.models import Conversation, Proposal

LONGEST_QUESTION = 300
NO_QUESTION = ProblemKind(
    "no_question",
    Text("Pertanyaannya belum ditulis.", "The question is not written."),
    Text("Tulis apa yang ditanyakan kepada desa.", "Write what the village is asked."),
)
SUBJECT = "Usulan {numbers}: {question}"


def ask_about(proposals: Sequence[Proposal], question: str, *, office: Office, by: str) -> list[Conversation]:
    """Ask the villages about open proposals; return their conversations, opened or continued.

    The proposals stay open and carry the question. A conversation names proposals by number, never a person: names are
    told by telephone. Refused: no question, a proposal answered meanwhile.
    """
    words = mask_within(" ".join(question.split()))[:LONGEST_QUESTION]
    if not words:
        raise Refused(NO_QUESTION.at("question"))
    numbers = [one.pk for one in proposals]
    with transaction.atomic():
        still = sum(Proposal.objects.filter(pk__in=part, state="open").count() for part in bulk.chunks(numbers, 10_000))
        if still != len(numbers):
            raise Refused(ANSWERED_MEANWHILE.at(count=len(numbers) - still))
        for one in proposals:
            changed("proposal", one.pk, "question", one.question, words, now=office.now, by=by)
        for part in bulk.chunks(numbers, 10_000):
            Proposal.objects.filter(pk__in=part).update(question=words, asked_at=office.now, asked_by=by)
        return [_conversation(village, them, words, office, by) for village, them in _by_village(proposals).items()]


def _by_village(proposals: Sequence[Proposal]) -> dict[int, list[Proposal]]:
    found: defaultdict[int, list[Proposal]] = defaultdict(list)
    for one in proposals:
        found[one.village].append(one)
    return found


def _conversation(village: int, proposals: Sequence[Proposal], words: str, office: Office, by: str) -> Conversation:
    """Return the conversation the words came by where it is still open, the one over their visit, or a new one."""
    came_by = [one.evidence["conversation"] for one in proposals if one.evidence.get("conversation")]
    held = Conversation.objects.filter(pk__in=came_by, village=village, closed_at=None).order_by("-pk").first()
    numbers = ", ".join(str(one.pk) for one in proposals[:NUMBERED]) + ("…" if len(proposals) > NUMBERED else "")
    subject = SUBJECT.format(numbers=numbers, question=words)
    if held is None:
        visits = [one.evidence["visit"] for one in proposals if one.evidence.get("visit")]
        visit = visits[0] if visits else None
        held = open_conversation(village=village, visit=visit, subject=subject, office=office, by=by)
    if held.subject != subject:
        changed("conversation", held.pk, "note", held.note, subject, now=office.now, by=by)
        held.note = subject
        held.save(update_fields=["note"])
    return held


NUMBERED = 10
"""Proposals named by number in the subject of a conversation."""
