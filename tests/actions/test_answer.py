"""Proposed facts count only once an officer has answered, with the source of the answer."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.answer import answer, open_proposals, trial
from jemput.actions.upkeep import undo_batches
from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.problems import Refused
from jemput.queries import register
from jemput.store import bulk
from jemput.store.models import Proposal
from tests.builders import (
    ADI,
    BUDI,
    LAKITAN,
    NEXT_DOOR,
    RINA,
    SITI,
    STRANGER,
    TODAY,
    count,
    event,
    everything,
    findings,
    happen,
    newcomer,
    office_on,
    person,
    proposed,
    settle,
    take,
)

LIST_DAY = date(2019, 2, 2)
MARCH = date(2019, 3, 2)


@pytest.fixture
def gone(office) -> Figures:
    """Three people, of whom the newer list no longer names Budi."""
    take(person(ADI, status="PRR"), person(SITI, row=3), person(BUDI, row=4))
    take(person(ADI, status="PRR"), person(SITI, row=3), today=LIST_DAY)
    assert [one.kind for one in proposed()] == ["gone"]
    return count()


def kinds() -> list[tuple[str, date]]:
    rows = bulk.select("SELECT kind, on_day FROM fact WHERE batch > 1 ORDER BY place")
    return [(kind, date.fromordinal(on_day)) for kind, on_day in rows]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("moved", facts.PINDAH), ("died", facts.MATI), ("cleansed", facts.KONSOLIDASI_REMOVED)],
)
def test_who_is_gone_stays_counted_until_answered_and_leaves_by_the_fact_the_answer_names(gone, word, kind):
    assert gone.population == 3
    assert settle(word) == 1
    assert kinds() == [(kind, LIST_DAY)]
    assert count().population == 2
    assert count(date(2019, 2, 1)).population == 3
    assert proposed() == []
    assert findings() == []


def test_gone_by_an_error_of_the_list_is_no_fact_at_all(gone):
    ledger = everything(("fact", "batch", "person", "movement", "tally"))
    assert settle("error") == 0
    assert everything(("fact", "batch", "person", "movement", "tally")) == ledger
    assert proposed() == []


def test_the_day_of_the_answer_goes_before_the_day_of_the_list(gone):
    settle("died", on=date(2016, 8, 17))
    assert kinds() == [(facts.MATI, date(2016, 8, 17))]


def test_an_answer_keeps_who_gave_it_when_and_on_whose_word(gone):
    answer(proposed(), "moved", on=None, source="surat 470/12", office=office_on(TODAY), said_by="operator 2")
    one = Proposal.objects.get()
    assert (one.state, one.answer, one.answered_by, one.answer_source) == (
        "answered",
        "moved",
        "operator 2",
        "surat 470/12",
    )
    assert one.answered_at == office_on(TODAY).now
    assert bulk.select("SELECT said_by FROM fact WHERE kind = 'pindah'") == [("operator 2",)]
    assert bulk.select("SELECT source, name FROM batch ORDER BY batch DESC LIMIT 1") == [("answer", "surat 470/12")]


@pytest.mark.parametrize("word", ["accept", "reject", "mati", "", "MOVED"])
def test_an_answer_its_kind_does_not_have_is_refused_and_names_those_it_has(gone, word):
    before = everything()
    with pytest.raises(Refused) as refused:
        settle(word)
    problem = refused.value.problems[0]
    assert problem.kind.code == "wrong_answer"
    assert "moved, died, cleansed, error" in problem.todo("id")
    assert everything() == before


@pytest.mark.parametrize("source", ["", "  "])
def test_an_answer_without_its_source_is_refused(gone, source):
    before = everything()
    with pytest.raises(Refused) as refused:
        answer(proposed(), "moved", on=None, source=source, office=office_on(TODAY))
    assert refused.value.problems[0].kind.code == "no_source"
    assert everything() == before


def test_one_wrong_answer_in_bulk_answers_nothing(office):
    take(person(ADI), person(SITI, row=3))
    take(person(ADI, address="RT 9"), person(RINA, row=3), today=LIST_DAY)
    before = everything()
    with pytest.raises(Refused):
        answer(proposed(), "accept", on=None, source="kades", office=office_on(TODAY))
    assert everything() == before


def test_an_answer_on_a_day_before_the_ledger_is_refused_whole(gone):
    before = everything()
    with pytest.raises(Refused):
        settle("died", today=date(2018, 12, 31))
    assert everything() == before


def test_nobody_died_on_a_day_that_has_not_come(gone):
    before = everything()
    with pytest.raises(Refused):
        settle("died", on=date(2019, 4, 3))
    assert everything() == before


# --- new and changed ---------------------------------------------------------------------------


def test_accepting_who_is_new_registers_them_with_their_recording(office):
    take(person(ADI))
    row = person(RINA, row=3, status="CARD_ISSUED", status_on="2018-12-24", recorded_at="16.05")
    take(person(ADI), row, today=LIST_DAY)
    assert settle("accept") == 2
    assert kinds() == [(facts.REGISTERED, LIST_DAY), (facts.REKAM, date(2018, 12, 24))]
    rina = register.by_nik([RINA])[RINA]
    assert (rina.id, rina.name, rina.village, rina.status) == (2, "RINA", 1605012003, 16)
    assert "status" not in rina.biodata
    assert count() == Figures(population=2, id_obligated=2, recorded=1, recorded_here=1)


def test_accepted_in_bulk_each_new_person_is_a_person(office):
    take(person(ADI))
    take(person(ADI), person(RINA, row=3), person(SITI, row=4), person(BUDI, row=5), today=LIST_DAY)
    assert settle("accept") == 3
    assert count().population == 4
    assert sorted(known.id for known in register.by_nik([ADI, RINA, SITI, BUDI]).values()) == [1, 2, 3, 4]


def test_accepting_changes_moves_alters_and_records(office):
    take(person(ADI), person(SITI, row=3), person(BUDI, row=4))
    take(
        person(ADI, address="RT 9", marital="kawin"),
        person(SITI, row=3, village=NEXT_DOOR),
        person(BUDI, row=4, status="PRR", status_on="2019-01-20"),
        today=LIST_DAY,
    )
    settle("accept")
    assert sorted(kinds()) == [
        (facts.BIODATA_CHANGED, LIST_DAY),
        (facts.REKAM, date(2019, 1, 20)),
        (facts.RESIDENCE_CHANGED, LIST_DAY),
    ]
    assert register.by_nik([ADI])[ADI].biodata["address"] == "RT 9"
    assert register.by_nik([SITI])[SITI].village == 1605012004
    assert count().recorded == 1
    taken = take(
        person(ADI, address="RT 9", marital="kawin"),
        person(SITI, row=3, village=NEXT_DOOR),
        person(BUDI, row=4, status="PRR"),
        today=TODAY,
    )
    assert (taken.unchanged, taken.proposed) == (3, {}), "the register now says what the list says"


def test_rejecting_changes_nothing(office):
    take(person(ADI))
    take(person(ADI, address="RT 9"), person(RINA, row=3), today=LIST_DAY)
    ledger = everything(("fact", "batch", "person", "movement", "tally"))
    assert settle("reject") == 0
    assert everything(("fact", "batch", "person", "movement", "tally")) == ledger
    assert proposed() == []


def test_proposals_are_chosen_by_area_kind_and_number(office):
    take(person(ADI), person(SITI, row=3, village=LAKITAN))
    take(
        person(ADI, address="RT 9"),
        person(RINA, row=3),
        person(SITI, row=4, village=LAKITAN, address="RT 1"),
        today=LIST_DAY,
    )
    numbers = [one.pk for one in open_proposals()]
    assert len(numbers) == 3
    assert [one.person for one in open_proposals(area=160502)] == [2]
    assert [one.person for one in open_proposals(kind=facts.REGISTERED)] == [None]
    assert [one.pk for one in open_proposals(numbers=numbers[:1])] == numbers[:1]
    assert open_proposals(area=160509) == []


# --- two lists, one person ---------------------------------------------------------------------


def test_one_new_person_on_two_lists_becomes_one_person_when_both_are_accepted_at_once(office):
    take(person(ADI))
    take(person(ADI), person(RINA, row=3), today=LIST_DAY)
    take(person(ADI), person(RINA, row=3), today=MARCH)
    settle("accept")
    assert count().population == 2
    assert proposed() == []
    assert findings() == []


def test_one_new_person_on_two_lists_becomes_one_person_when_they_are_accepted_one_by_one(office):
    take(person(ADI))
    take(person(ADI), person(RINA, row=3), today=LIST_DAY)
    take(person(ADI), person(RINA, row=3), today=MARCH)
    for one in proposed():
        answer([one], "accept", on=None, source="kades", office=office_on(TODAY))
    assert count().population == 2
    assert findings() == []


def test_who_arrived_by_an_event_meanwhile_is_not_registered_twice_by_an_old_proposal(office):
    take(person(ADI))
    take(person(ADI), person(RINA, row=3), today=LIST_DAY)
    happen(newcomer(facts.DATANG, RINA, "2019-02-10"), today=MARCH)
    settle("accept")
    assert count().population == 2
    assert findings() == []


def test_who_died_meanwhile_does_not_die_again_by_an_old_proposal(gone):
    happen(event(facts.MATI, BUDI, "2019-01-20"), today=MARCH)
    settle("died")
    assert bulk.select("SELECT count(*) FROM fact WHERE kind = 'mati'") == [(1,)]


def test_who_is_gone_from_two_lists_and_died_dies_once(gone):
    take(person(ADI, status="PRR"), person(SITI, row=3), today=MARCH)
    settle("died")
    assert bulk.select("SELECT count(*) FROM fact WHERE kind = 'mati'") == [(1,)]
    assert count().population == 2


def test_an_answer_that_was_taken_back_can_be_given_anew(gone):
    settle("died")
    undo_batches([2], reason="orang lain", office=office_on(TODAY))
    assert count().population == 3
    take(person(ADI, status="PRR"), person(SITI, row=3), today=TODAY, as_at=LIST_DAY)
    assert [one.kind for one in proposed()] == ["gone"], "open again, or proposed again by the same list"
    assert settle("moved") == 1
    assert count().population == 2


def test_a_guest_on_a_list_becomes_a_resident_who_is_counted(office):
    take(person(ADI))
    guest = event(
        facts.REKAM, STRANGER, "2019-01-10", name="JOKO", born_on="1985-02-03", status="PRR", recorded_at="16.05"
    )
    happen(guest, today=date(2019, 1, 10))
    take(person(ADI), person(STRANGER, row=3), today=LIST_DAY)
    settle("accept")
    assert count() == Figures(population=2, id_obligated=2, recorded=1, recorded_here=1)


def test_a_trial_says_what_an_answer_would_change_and_leaves_nothing(gone):
    kept = everything()
    here = office_on(TODAY)
    written, before, after = trial(proposed(), "died", on=None, source="kades", office=here, area=None)
    assert (written, before) == (1, gone)
    assert after.population == gone.population - 1
    assert everything() == kept
    assert settle("died") == 1
    assert count() == after


def test_a_proposal_answered_meanwhile_is_not_answered_again(gone):
    chosen = proposed()
    assert settle("moved") == 1
    kept = everything()
    with pytest.raises(Refused) as refused:
        answer(chosen, "died", on=None, source="kades", office=office_on(TODAY))
    assert refused.value.problems[0].kind.code == "answered_meanwhile"
    assert everything() == kept
