"""One person as the ledger has them: chain, household, who said what, how each 28th counted them."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.queries.dossier import Dossier, dossier, home_of
from jemput.queries.register import by_nik
from jemput.store import chain
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    RULE,
    SITI,
    STRANGER,
    TODAY,
    close,
    event,
    happen,
    newcomer,
    person,
    take,
)

CARD = "1605012003199001"


@pytest.fixture
def village(office) -> None:
    take(
        person(ADI, no_kk=CARD, role="kepala keluarga", status="BIO_CAPTURED", recorded_at="16.05.01"),
        person(ANI, row=3, no_kk=CARD, role="anak"),
        person(SITI, row=4, no_kk=CARD, role="istri"),
        person(BUDI, row=5, no_kk="1605012003199002"),
        today=date(2019, 1, 28),
    )
    close(date(2019, 1, 28))


def of(who: str, on: date = TODAY, **view) -> Dossier:
    found = dossier(by_nik([who])[who].id, on=on, rule=RULE, **view)
    assert found
    return found


def test_the_chain_tells_when_where_who_and_how_long_each_step_took(village):
    happen(event(facts.REKAM, ADI, "2019-02-07", status="SENT_FOR_ENROLLMENT"), today=date(2019, 2, 28))
    happen(event(facts.REKAM, ADI, "2019-03-20", status="PRINT READY RECORD", said_by="pusat"))
    first, sent, ready = of(ADI).chain
    assert [step.title.id for step in (first, sent, ready)] == ["direkam", "dikirim ke pusat", "siap cetak (PRR)"]
    assert (first.raw, first.place, first.waited_days) == ("BIO_CAPTURED", "16.05.01", None)
    assert (sent.waited_days, sent.fact.learnt_after_days, sent.age_days) == (10, 21, 54)
    assert (ready.waited_days, ready.fact.said_by, ready.fact.source, ready.age_days) == (41, "pusat", "events", 13)


def test_a_status_taken_back_stays_in_the_chain_struck_and_nobody_waits_for_it(village):
    happen(event(facts.REKAM, ADI, "2019-02-07", id="e1", status="PRR"), today=date(2019, 2, 28))
    happen(event(facts.REVERSED, None, "2019-03-01", reverses="e1", note="NIK orang lain"), today=date(2019, 3, 1))
    happen(event(facts.REKAM, ADI, "2019-03-20", status="SENT_FOR_ENROLLMENT"))
    found = of(ADI)
    _, undone, sent = found.chain
    assert undone.fact.reversed_by is not None
    assert (undone.fact.reversed_by.reason, undone.fact.reversed_by.known_on) == ("NIK orang lain", date(2019, 3, 1))
    assert (undone.counts, sent.waited_days) == (False, 51)
    assert not undone.fact.may_be_reversed
    reversal = next(line for line in found.facts if line.kind == facts.REVERSED)
    assert (reversal.reverses, reversal.may_be_reversed) == (undone.fact.place, False)


def test_who_shares_the_card_stands_in_the_order_of_the_card_each_on_the_axes(village):
    happen(event(facts.REKAM, SITI, "2019-02-07", status="PRR"))
    found = of(ANI)
    assert [one.role for one in found.household] == ["kepala keluarga", "istri", "anak"]
    assert [one.axes.recorded.counts for one in found.household] == [True, True, False]
    assert [one.axes.duty.is_obliged for one in found.household] == [True, True, False]
    assert found.household_size == 3


def test_each_closed_28th_tells_how_it_counted_and_how_it_is_known_now(village):
    close(date(2019, 2, 28))
    happen(event(facts.MATI, BUDI, "2019-02-10"), today=date(2019, 3, 5))
    close(CUT_OFF)
    january, february, march = of(BUDI).counted
    here = Figures(population=1, id_obligated=1)
    assert [figures for _, figures in january.closed] == [here]
    assert not january.differs
    assert [figures for _, figures in february.closed] == [here]
    assert (february.now, february.differs) == ((), True)
    assert (march.closed, march.differs) == ((), False)


def test_the_movements_are_those_the_count_is_made_of(village):
    happen(event(facts.MATI, BUDI, "2019-02-10"), today=date(2019, 3, 5))
    came, went = of(BUDI).moved
    assert (came.cause, came.figures) == (facts.REGISTERED, Figures(population=1, id_obligated=1))
    assert (went.cause, went.on, went.known_on) == (facts.MATI, date(2019, 2, 10), date(2019, 3, 5))


def test_as_known_before_a_fact_came_in_nothing_of_it_is_told(village):
    batch = chain.head().batch
    happen(event(facts.MATI, BUDI, "2019-02-10"))
    then, now = of(BUDI, batch=batch), of(BUDI)
    assert (then.axes.registry.state, now.axes.registry.state) == ("active", "dead")
    assert len(now.facts) == len(then.facts) + 1
    assert then.last_place < now.last_place
    assert dossier(10**6, on=TODAY, rule=RULE) is None


def test_what_lists_propose_about_a_person_stands_on_their_page(village):
    take(
        person(ADI, no_kk=CARD, occupation="PETANI"),
        person(SITI, row=3, no_kk=CARD),
        person(ANI, row=4, no_kk=CARD),
        person(BUDI, row=5),
        today=TODAY,
    )
    assert [one.kind for one in of(ADI).proposals] == [facts.BIODATA_CHANGED]
    assert of(SITI).proposals == ()


def test_somebody_belongs_to_where_they_live_or_last_lived_or_were_recorded(village):
    budi = by_nik([BUDI])[BUDI].id
    assert home_of(budi) == 1605012003
    happen(event(facts.PINDAH, BUDI, "2019-02-10"))
    assert home_of(budi) == 1605012003
    happen(newcomer(facts.REKAM, STRANGER, "2019-03-01", village="16.73.01.1001", status="PRR", recorded_at="16.05.02"))
    assert home_of(by_nik([STRANGER])[STRANGER].id) == 1605020000
    assert home_of(10**6) is None


def test_a_voter_is_told_for_the_polling_day_asked_about(village):
    poll = date(2020, 5, 17)
    assert of(ANI).vote is None
    turned = of(ANI, polling_on=poll).vote
    assert turned
    assert turned.may
    before = of(ANI, polling_on=date(2020, 5, 16)).vote
    assert before
    assert not before.may


def test_a_field_names_the_fact_behind_it(village):
    happen(event(facts.BIODATA_CHANGED, BUDI, "2019-03-01", name="BUDI SANTOSO"))
    found = of(BUDI)
    name = next(one for one in found.fields if one.name == "name")
    assert name.current
    assert (name.current.value, name.current.kind, name.current.place) == (
        "BUDI SANTOSO",
        facts.BIODATA_CHANGED,
        found.last_place,
    )
    assert [one.value for one in name.earlier] == ["BUDI"]
    assert found.value("name") == found.name == "BUDI SANTOSO"
