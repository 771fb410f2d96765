"""What going out brought of one person is told whole, the newest first."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jemput.queries.fieldwork import NO_OUTCOME, fieldwork
from jemput.store.models import PersonWord, Proposal, Visit, VisitPerson

pytestmark = pytest.mark.usefixtures("office")
ASKED, SAID, WENT = (datetime(2019, 4, day, 3, tzinfo=UTC) for day in (1, 2, 9))
VILLAGE = 1605012003


def visit(state: str = "confirmed") -> Visit:
    return Visit.objects.create(
        place_kind="kalangan", place="Pasar Senin", village=VILLAGE, on=date(2019, 4, 8), state=state, made_at=ASKED
    )


def test_words_and_visits_stand_together_the_newest_first() -> None:
    VisitPerson.objects.create(
        visit=visit("done"), person=7, outcome="not_found", outcome_at=WENT, outcome_by="dedi", note="rumah kosong"
    )
    proposal = Proposal.objects.create(
        key="k", kind="mati", person=7, village=VILLAGE, on=date(2019, 1, 5), said={}, evidence={}, proposed_at=SAID
    )
    PersonWord.objects.create(
        person=7, village=VILLAGE, word="died", proposal=proposal, channel="sms", said_by="kades", said_at=SAID, key="w"
    )
    went, said = fieldwork(7)
    assert (went.kind, went.title.en, went.where.id, went.note, went.said_by) == (
        "visit",
        "not found",
        "kalangan Pasar Senin",
        "rumah kosong",
        "dedi",
    )
    assert (said.kind, said.title.id, said.is_open) == ("word", "meninggal", True)


def test_a_visit_to_come_says_that_there_is_no_outcome_yet() -> None:
    VisitPerson.objects.create(visit=visit(), person=7)
    (trace,) = fieldwork(7)
    assert trace.title.en == f"{NO_OUTCOME.en} (confirmed by the village)"
    assert trace.at == ASKED


def test_nothing_is_told_of_somebody_else() -> None:
    VisitPerson.objects.create(visit=visit(), person=8)
    assert fieldwork(7) == []
