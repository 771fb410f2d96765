"""What is derived from the facts: kept up by each append, and the same when made anew."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.upkeep import rebuild
from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.queries import coverage, register
from jemput.store import bulk
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    NEXT_DOOR,
    SITI,
    STRANGER,
    TODAY,
    append,
    close,
    count,
    event,
    everything,
    findings,
    happen,
    newcomer,
    office_on,
    person,
    registered,
    take,
    view,
)

DERIVED = ("person", "name_word", "movement", "tally")
CUT_OFF = date(2019, 3, 28)


@pytest.fixture
def story(office) -> None:
    """A register with a bit of everything, closed once."""
    take(person(ADI, status="PRR"), person(SITI, status="BIO_CAPTURED"), person(BUDI), person(ANI, village=NEXT_DOOR))
    happen(
        event(facts.KAWIN, ANI, "2019-02-14"),
        event(facts.MATI, BUDI, "2019-03-01", id="M-1"),
        event(facts.REKAM, SITI, "2019-03-05", status="ENROLL_FAILURE_AT_CENTRAL"),
        today=CUT_OFF,
    )
    close(CUT_OFF)
    happen(
        event(facts.REVERSED, None, "2019-04-01", reverses="M-1"),
        event(facts.RESIDENCE_CHANGED, ADI, "2019-03-20", village=NEXT_DOOR),
        newcomer(facts.DATANG, STRANGER, "2019-03-30"),
        event(facts.BLOCKED, BUDI, "2019-03-30"),
    )


def test_what_is_kept_is_what_a_rebuild_makes(story):
    kept = everything(DERIVED)
    assert all(kept.values())
    rebuild(office_on(TODAY))
    assert everything(DERIVED) == kept
    assert findings() == []


def test_a_derived_table_that_was_emptied_is_found_and_comes_back(story):
    kept = everything()
    for table in DERIVED:
        bulk.execute(f"DELETE FROM {table}")
        assert findings()
        rebuild(office_on(TODAY))
        assert findings() == []
        assert everything() == kept


TAMPERING = [
    "UPDATE person SET village = 1605021019 WHERE id = 1",
    "UPDATE person SET status = 12 WHERE id = 2",
    "UPDATE person SET dead_day = 737000 WHERE id = 4",
    "UPDATE person SET biodata = '{}' WHERE id = 3",
    "DELETE FROM person WHERE id = 1",
    "INSERT INTO person (id, name, name_key, village, blocked, biodata) VALUES (77, 'X', 'X', 1605012003, 0, '{}')",
    "UPDATE name_word SET village = 1605021019 WHERE person = 1",
    "UPDATE name_word SET key = 'asing' WHERE key = 'adi'",
    "DELETE FROM name_word WHERE person = 2",
    "INSERT INTO name_word (key, gone, name, person, keys, village) VALUES ('x', 0, 'X', 77, ' x ', 1605012003)",
    "UPDATE movement SET recorded = recorded + 1 WHERE person = 1",
    "DELETE FROM movement WHERE cause = 'kawin'",
    "UPDATE movement SET cause = 'lahir' WHERE cause = 'kawin'",
    "UPDATE movement SET person = 77 WHERE person = 1",
    "UPDATE tally SET id_obligated = id_obligated + 1",
    "DELETE FROM tally WHERE batch = 1",
]


def test_a_derived_row_that_was_tampered_with_is_found_and_mended(story):
    kept = everything()
    for tampering in TAMPERING:
        bulk.execute(tampering)
        assert everything() != kept, tampering
        assert any("rebuild makes" in said for said in findings()), tampering
        rebuild(office_on(TODAY))
        assert everything() == kept, tampering
    assert findings() == []


def test_a_doubled_movement_is_found(story):
    kept = everything()
    bulk.execute(
        "INSERT INTO movement SELECT person, on_day, batch, village, 'kawin', population, id_obligated, recorded, pemula,"
        " blocked, itap, recorded_here FROM movement WHERE person = 1 AND cause = 'rekam' AND batch = 1"
    )
    assert everything() != kept
    assert findings()


def test_a_closed_count_is_not_touched_by_a_rebuild(story):
    closed = everything(("closing", "closed_figures"))
    rebuild(office_on(TODAY))
    assert everything(("closing", "closed_figures")) == closed


def test_an_append_touches_only_the_people_it_speaks_of(office):
    append(registered(1), registered(2))
    bulk.execute("UPDATE person SET name = 'DIBIARKAN' WHERE id = 2")
    append(NewFact("k1", facts.KAWIN, TODAY, 1))
    assert bulk.select("SELECT id, name FROM person ORDER BY id") == [(1, "ORANG 1"), (2, "DIBIARKAN")]
    assert bulk.select("SELECT DISTINCT batch FROM movement WHERE person = 2") == [(1,)]


def test_figures_at_any_day_are_sums_of_movements_and_of_their_tally(story):
    for on in (date(2019, 1, 1), date(2019, 1, 2), date(2019, 3, 1), CUT_OFF, TODAY, date(2021, 1, 1)):
        for as_known in (date(2019, 1, 2), CUT_OFF, TODAY):
            at = view(on, as_known)
            recounted = coverage.recount(at, None)
            assert coverage.summed(at, None) == coverage.villages(at, None, rule_in_force=at.rule) == recounted


def test_a_seventeenth_birthday_comes_by_itself(office):
    append(registered(1, born_on="2003-05-17"))
    assert count(date(2020, 5, 16)).id_obligated == 0
    assert count(date(2020, 5, 17)).id_obligated == 1
    assert bulk.select("SELECT on_day, cause FROM movement WHERE id_obligated <> 0") == [
        (date(2020, 5, 17).toordinal(), "birthday")
    ]


def test_a_reversed_person_leaves_the_register_and_every_sum(office):
    append(registered(1))
    append(registered(2))
    append(NewFact("u2", facts.REVERSED, TODAY, 2, reverses=2))
    assert [row[0] for row in bulk.select("SELECT id FROM person")] == [1]
    assert count() == count(TODAY, date(2019, 4, 2))
    assert count().population == 1


def test_people_are_found_by_nik_however_many_are_asked_for(sqlite_office):
    append(registered(1, nik=ADI), registered(2, nik=SITI))
    asked = [f"{number:016}" for number in range(45_000)] + [ADI, SITI]
    assert {nik: known.id for nik, known in register.by_nik(asked).items()} == {ADI: 1, SITI: 2}
