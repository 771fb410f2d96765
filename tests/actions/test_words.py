"""The word of a village about its people: kept once, proposed where it speaks of the record, and counted only when accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jemput.actions.answer import answer, open_proposals
from jemput.actions.words import take_words
from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.problems import Refused
from jemput.domain.words import SaidWord
from jemput.queries import register
from jemput.queries.bridge import bridge
from jemput.store.models import PaperChange, PersonWord, Proposal
from tests.builders import (
    ADI,
    BUDI,
    CUT_OFF,
    RINA,
    RULE,
    SITI,
    TODAY,
    close,
    count,
    office_on,
    person,
    settle,
    take,
    view,
)

NEXT_CUT_OFF = date(2019, 4, 28)
KADES = "Kades Tegal Rejo"


@pytest.fixture
def left(office) -> Figures:
    """Four who must hold a card, of whom Adi is recorded; the count of March is closed."""
    take(person(ADI, status="PRR"), person(SITI, row=3), person(BUDI, row=4), person(RINA, row=5))
    close(CUT_OFF, today=CUT_OFF)
    return count(CUT_OFF)


def number(nik: str) -> int:
    return register.by_nik([nik])[nik].id


def said(who: str, word: str, *, at: datetime = datetime(2019, 4, 2, 3, tzinfo=UTC), **more: object) -> SaidWord:
    key = f"{who}-{word}-{at}-{more.get('said_by')}"
    return replace(SaidWord(key, number(who), word, "whatsapp", KADES, at), **more)


def tell(*words: SaidWord) -> int:
    return take_words(words, office=office_on(TODAY))


def one_line(cause: str, figure: str) -> list[tuple[int, bool]]:
    """Return what the bridge from the closed 28th of March to the 28th of April shows under a cause."""
    whole = bridge(view(CUT_OFF, None), view(NEXT_CUT_OFF), None, figure=figure, rule=RULE)
    return [(line.amount, line.late) for line in whole.lines if line.cause == cause]


# --- the loop --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["", "2016", "30 Maret 2019", "1 Maret 2019", "Februari 2019"])
def test_reported_dead_and_accepted_the_next_28th_differs_by_exactly_that_person_under_mati(left, when):
    assert tell(said(BUDI, "died", when=when)) == 1
    assert count() == left  # proposed is not counted
    (proposal,) = open_proposals(kind=facts.MATI)
    assert proposal.person == number(BUDI)
    assert proposal.evidence["said_by"] == KADES
    settle("accept", kind=facts.MATI)
    after = count(NEXT_CUT_OFF)
    assert (after.id_obligated, after.unrecorded, after.population) == (
        left.id_obligated - 1,
        left.unrecorded - 1,
        left.population - 1,
    )
    assert [amount for amount, _ in one_line(facts.MATI, "id_obligated")] == [-1]
    assert count(CUT_OFF, None) == left  # the closed count answers as it was closed


def test_reported_moved_and_accepted_leaves_by_pindah(left):
    tell(said(SITI, "moved", when="31 Maret 2019"))
    settle("accept", kind=facts.PINDAH)
    assert count(NEXT_CUT_OFF).unrecorded == left.unrecorded - 1
    assert one_line(facts.PINDAH, "id_obligated") == [(-1, False)]


def test_recorded_elsewhere_counts_by_the_status_that_was_found_and_not_as_recorded_here(left):
    tell(said(RINA, "recorded_elsewhere"))
    with pytest.raises(Refused):
        settle("accept", kind="elsewhere")
    settle("print_ready", kind="elsewhere")
    after = count(NEXT_CUT_OFF)
    assert (after.recorded, after.unrecorded) == (left.recorded + 1, left.unrecorded - 1)
    assert after.id_obligated == left.id_obligated
    assert after.recorded_here == left.recorded_here
    assert one_line(facts.REKAM, "unrecorded") == [(-1, False)]


def test_unknown_here_is_asked_like_somebody_gone_from_a_list(left):
    tell(said(RINA, "unknown"))
    settle("moved", kind="gone")
    assert one_line(facts.PINDAH, "id_obligated") == [(-1, False)]


@pytest.mark.parametrize(
    ("word", "kind", "no"),
    [
        ("died", "mati", "reject"),
        ("moved", "pindah", "reject"),
        ("recorded_elsewhere", "elsewhere", "reject"),
        ("unknown", "gone", "error"),
    ],
)
def test_rejected_changes_nothing_and_the_word_is_kept(left, word, kind, no):
    tell(said(BUDI, word))
    assert settle(no, kind=kind) == 0
    assert count(NEXT_CUT_OFF) == left
    assert PersonWord.objects.get().word == word
    assert Proposal.objects.get().answer == no


def test_two_words_of_one_death_write_it_once(left):
    tell(said(BUDI, "died"), said(BUDI, "died", said_by="Kadus 2"), said(BUDI, "moved", said_by="Ketua RT 3"))
    assert len(open_proposals()) == 3
    assert answer(open_proposals(kind=facts.MATI), "accept", on=None, source="kades", office=office_on(TODAY)) == 1
    assert settle("accept", kind=facts.PINDAH) == 0
    assert count(NEXT_CUT_OFF).unrecorded == left.unrecorded - 1


# --- words -----------------------------------------------------------------------------------------------------------


def test_a_word_sent_twice_counts_once(left):
    word = said(BUDI, "died")
    assert tell(word, word) == 1
    assert tell(word) == 0
    assert (PersonWord.objects.count(), Proposal.objects.count()) == (1, 1)


@pytest.mark.parametrize("word", ["will_come", "at_rompok", "ill"])
def test_words_about_the_person_are_kept_at_once_and_propose_nothing(left, word):
    tell(said(BUDI, word, note="rompok Sungai Kati"))
    kept = PersonWord.objects.get()
    assert (kept.word, kept.note, kept.proposal) == (word, "rompok Sungai Kati", None)
    assert not Proposal.objects.exists()


def test_a_later_word_of_the_same_teller_replaces_what_is_open_and_keeps_its_history(left):
    tell(said(BUDI, "died"))
    later = datetime(2019, 4, 2, 4, tzinfo=UTC)
    tell(said(BUDI, "moved", at=later, said_by="KADES  TEGAL REJO"))
    assert [one.kind for one in open_proposals()] == [facts.PINDAH]
    before = Proposal.objects.get(kind=facts.MATI)
    assert before.state == "replaced"
    assert PaperChange.objects.get(paper="proposal", number=before.pk).new == "replaced"
    assert [one.word for one in PersonWord.objects.order_by("said_at")] == ["died", "moved"]


def test_a_word_that_needs_no_answer_takes_back_an_open_proposal_too(left):
    tell(said(BUDI, "died"))
    tell(said(BUDI, "will_come", at=datetime(2019, 4, 2, 4, tzinfo=UTC)))
    assert open_proposals() == []


def test_another_teller_takes_nothing_back(left):
    tell(said(BUDI, "died"), said(BUDI, "moved", said_by="Ketua RT 3"))
    assert sorted(one.kind for one in open_proposals()) == [facts.MATI, facts.PINDAH]


def test_the_same_word_said_again_opens_no_second_proposal(left):
    tell(said(BUDI, "died", when="2016"))
    tell(said(BUDI, "died", when="2016", at=datetime(2019, 4, 2, 4, tzinfo=UTC)))
    assert len(open_proposals()) == 1
    assert PersonWord.objects.filter(proposal=open_proposals()[0]).count() == 2


def test_an_older_word_that_arrives_late_replaces_nothing(left):
    tell(said(BUDI, "moved", at=datetime(2019, 4, 2, 4, tzinfo=UTC)))
    tell(said(BUDI, "died", at=datetime(2019, 4, 1, 4, tzinfo=UTC)))
    assert [one.kind for one in open_proposals()] == [facts.PINDAH]
    assert PersonWord.objects.count() == 2


def test_what_was_rejected_and_is_said_again_is_asked_again(left):
    tell(said(BUDI, "died"))
    settle("reject", kind=facts.MATI)
    tell(said(BUDI, "died", at=datetime(2019, 4, 2, 4, tzinfo=UTC)))
    assert len(open_proposals(kind=facts.MATI)) == 1


@pytest.mark.parametrize("wrong", [{"word": "gone_fishing"}, {"person": 10**9}, {"said_by": "  "}])
def test_one_wrong_word_keeps_nothing_of_the_rest(left, wrong):
    with pytest.raises(Refused):
        tell(said(SITI, "died"), replace(said(BUDI, "died"), **wrong))
    assert not PersonWord.objects.exists()
    assert not Proposal.objects.exists()
