"""An import taken back leaves no trace in any count, stands as known then, and may be imported again."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions import upkeep
from jemput.actions.take_events import take_totals
from jemput.actions.upkeep import undo_batches
from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.problems import Refused
from jemput.domain.rows import Row
from jemput.queries import coverage, register
from jemput.store import bulk
from jemput.store.chain import Origin
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    RINA,
    SITI,
    TODAY,
    TUGUMULYO,
    close,
    count,
    event,
    everything,
    findings,
    happen,
    newcomer,
    office_on,
    person,
    take,
    view,
)

LIST = (person(ADI, status="PRR"), person(SITI, row=3, status="BIO_CAPTURED"), person(ANI, row=4))
EVENTS = (
    event(facts.MATI, SITI, "2019-03-01", id="E-1"),
    newcomer(facts.DATANG, RINA, "2019-03-02", row=3, id="E-2", status="CARD_ISSUED", recorded_at="16.05"),
    event(facts.KAWIN, ANI, "2019-03-03", row=4),
)
COUNTED = Figures(population=3, id_obligated=2, recorded=2, recorded_here=2)


def undo(*batches: int) -> int:
    return undo_batches(batches, reason="salah berkas", office=office_on(TODAY))


def names() -> list[str]:
    return [row[0] for row in bulk.select("SELECT name FROM person ORDER BY name")]


def test_a_list_taken_back_leaves_nobody_and_stands_as_known_then(office):
    batch = take(*LIST).batches[0]
    assert undo(batch) == 5
    assert names() == []
    for on in (date(2019, 1, 2), CUT_OFF, TODAY, date(2021, 1, 1)):
        assert count(on) == Figures()
    assert count(TODAY, date(2019, 4, 1)) == COUNTED
    assert findings() == []


def test_events_taken_back_leave_the_register_as_it_was(office):
    take(*LIST)
    register_before = everything(("person",))
    happen_batch = happen(*EVENTS).batches
    assert count() != COUNTED
    assert undo(*happen_batch) == 4
    assert count() == COUNTED
    assert everything(("person",)) == register_before
    assert findings() == []


def test_the_effect_is_told_before_and_nothing_is_kept_of_it(office):
    batch = take(*LIST).batches[0]
    before = everything()
    told = upkeep.undo_with_effect([batch], reason="", office=office_on(TODAY), area=None, dry_run=True)
    assert (told.facts, told.before, told.after) == (5, COUNTED, Figures())
    assert everything() == before
    done = upkeep.undo_with_effect([batch], reason="salah", office=office_on(TODAY), area=None, dry_run=False)
    assert done == told
    again = upkeep.undo_with_effect([batch], reason="salah", office=office_on(TODAY), area=None, dry_run=False)
    assert (again.facts, again.before, again.after) == (0, Figures(), Figures())


def test_several_batches_are_taken_back_together_or_not_at_all(office):
    first = take(*LIST).batches[0]
    before = everything()
    with pytest.raises(Refused):
        undo(first, 99)
    assert everything() == before


def test_what_was_reversed_already_is_not_reversed_again(office):
    take(*LIST)
    batch = happen(*EVENTS).batches[0]
    happen(event(facts.REVERSED, None, "2019-04-01", reverses="E-1"))
    assert undo(batch) == 3
    assert count() == COUNTED


@pytest.mark.parametrize("again", [1, 2, 99])
def test_a_batch_with_nothing_left_to_take_back_is_refused_by_its_number(office, again):
    undo(*take(*LIST).batches)
    before = everything()
    with pytest.raises(Refused) as refused:
        undo(again)
    assert refused.value.problems[0].kind.code == "nothing_to_undo"
    assert str(again) in refused.value.problems[0].reason("id")
    assert everything() == before


def test_a_closed_count_is_not_taken_back(office):
    take(*LIST)
    close(CUT_OFF)
    with pytest.raises(Refused):
        undo(2)
    assert count(CUT_OFF, None) == COUNTED


def test_the_reversals_say_why_and_who(office):
    take(*LIST)
    undo_batches([1], reason="salah berkas", office=office_on(TODAY), said_by="operator 2")
    rows = bulk.select("SELECT said, said_by, person FROM fact WHERE kind = 'reversed' ORDER BY place")
    assert {row[:2] for row in rows} == {('{"note":"salah berkas"}', "operator 2")}
    assert [row[2] for row in rows] == [1, 1, 2, 2, 3]


# --- and imported again ------------------------------------------------------------------------


def test_the_same_list_goes_in_again_after_it_was_taken_back(office):
    undo(*take(*LIST).batches)
    taken = take(*LIST, today=TODAY, as_at=date(2019, 1, 2))
    assert (taken.accepted, taken.unchanged, taken.facts) == (3, 0, 5)
    assert count() == COUNTED
    assert names() == ["ADI SAPUTRA", "ANI LESTARI", "SITI AMINAH"]
    assert findings() == []


def test_the_same_list_goes_in_again_and_again(office):
    for _ in range(3):
        undo(*take(*LIST, today=TODAY).batches)
    take(*LIST, today=TODAY)
    assert take(*LIST, today=TODAY).unchanged == 3
    assert count() == COUNTED
    assert findings() == []


def test_the_same_events_go_in_again_after_they_were_taken_back(office):
    take(*LIST)
    first = happen(*EVENTS)
    once = count()
    undo(*first.batches)
    again = happen(*EVENTS)
    assert (again.accepted, again.unchanged, again.refused) == (3, 0, [])
    assert count() == once
    assert happen(*EVENTS).unchanged == 3
    assert count() == once
    assert findings() == []


def test_events_taken_back_twice_go_in_a_third_time(office):
    take(*LIST)
    once = happen(*EVENTS)
    counted = count()
    undo(*once.batches)
    undo(*happen(*EVENTS).batches)
    assert count() == COUNTED
    assert happen(*EVENTS).accepted == 3
    assert count() == counted


def test_an_event_that_was_taken_back_and_imported_again_can_be_reversed_by_its_id(office):
    take(*LIST)
    undo(*happen(*EVENTS).batches)
    happen(*EVENTS)
    taken = happen(event(facts.REVERSED, None, "2019-04-01", id="B-1", reverses="E-1"))
    assert (taken.accepted, taken.refused) == (1, [])
    assert not register.by_nik([SITI])[SITI].dead


def test_an_event_and_its_reversal_taken_back_and_imported_again_leave_no_trace(office):
    take(*LIST)
    file = (
        event(facts.MATI, SITI, "2019-03-01", id="E-1"),
        event(facts.REVERSED, None, "2019-03-02", row=3, id="B-1", reverses="E-1"),
    )
    first = happen(*file)
    before = everything()
    assert happen(*file).unchanged == 2
    assert everything() == before
    assert len(first.batches) == 2
    assert count() == COUNTED


def test_a_reversed_event_stays_reversed_when_its_file_comes_again(office):
    take(*LIST)
    happen(*EVENTS)
    happen(event(facts.REVERSED, None, "2019-04-01", reverses="E-1"))
    assert happen(*EVENTS).unchanged == 3
    assert not register.by_nik([SITI])[SITI].dead


def test_the_dead_stay_dead_when_the_list_that_brought_them_is_taken_back_and_imported_again(office):
    batches = take(*LIST).batches
    happen(event(facts.MATI, SITI, "2019-03-01"))
    undo(*batches)
    assert count() == Figures()
    take(*LIST, today=TODAY, as_at=date(2019, 1, 2))
    assert count().population == 2
    assert register.by_nik([SITI])[SITI].dead
    assert findings() == []


def test_events_of_people_whose_list_was_taken_back_still_reach_them_after_it_comes_again(office):
    batches = take(*LIST).batches
    happen(event(facts.KAWIN, ANI, "2019-03-03"))
    undo(*batches)
    take(*LIST, today=TODAY, as_at=date(2019, 1, 2))
    assert count().id_obligated == 3


def test_frozen_totals_go_in_again_after_they_were_taken_back(office):
    take(person(BUDI))
    row = Row("", 2, {"on": "2019-03-10", "village": TUGUMULYO, "semester": "2019-1", "id_obligated": "500"})
    first = take_totals([row], office=office_on(TODAY), origin=Origin("dkb"))
    undo(*first.batches)
    assert coverage.dkb(view(TODAY), None) is None
    again = take_totals([row], office=office_on(TODAY), origin=Origin("dkb"))
    assert (again.accepted, again.unchanged) == (1, 0)
    assert coverage.dkb(view(TODAY), None) == (date(2019, 3, 10), {1605012003: 500})
