"""A list of persons: the first registers, a newer one proposes, and nobody is gone before an officer says so."""

from __future__ import annotations

import json
from datetime import date

import pytest

from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.ids import mask
from jemput.queries import register, soundness
from jemput.store import bulk
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    LAKITAN,
    NAMES,
    NEXT_DOOR,
    RINA,
    SITI,
    STRANGER,
    TODAY,
    TUGUMULYO,
    codes,
    count,
    event,
    everything,
    happen,
    newcomer,
    nik,
    office_on,
    person,
    proposed,
    settle,
    take,
)

NEXT_MONTH = date(2019, 2, 2)
LEDGER = ("fact", "batch", "person", "movement", "tally")


def said_proposals() -> list[tuple[str, int | None, dict[str, object]]]:
    return [(one.kind, one.person, one.said) for one in proposed()]


# --- the first list ----------------------------------------------------------------------------


def test_the_first_list_of_a_village_registers_its_people(office):
    taken = take(person(ADI, no_kk="1605010102189001", address="RT 1"), person(SITI, row=3, status="PRR"))
    assert (taken.accepted, taken.unchanged, taken.refused, taken.facts) == (2, 0, [], 3)
    assert taken.proposed == {}
    assert count(date(2019, 1, 2)) == Figures(population=2, id_obligated=2, recorded=1, recorded_here=1)
    assert count(date(2019, 1, 1)) == Figures(), "registered from the day of the list, not before"
    adi = register.by_nik([ADI])[ADI]
    assert adi.name == "ADI SAPUTRA"
    assert adi.biodata["no_kk"] == "1605010102189001"
    assert adi.biodata["address"] == "RT 1"


def test_a_recording_holds_from_its_own_day_and_counts_where_it_was_made(office):
    take(person(ADI, status="CARD_ISSUED", status_on="2018-12-24", recorded_at="16.05"))
    rows = bulk.select("SELECT on_day, recorded_at, said FROM fact WHERE kind = 'rekam'")
    assert [(date.fromordinal(row[0]), row[1]) for row in rows] == [(date(2018, 12, 24), 1605000000)]
    assert json.loads(rows[0][2]) == {"status": "CARD_ISSUED", "recorded_at": "16.05"}


@pytest.mark.parametrize("status", ["BELUM REKAM", "UNREGISTERED", "-", ""])
def test_who_is_not_recorded_gets_no_recording(office, status):
    take(person(ADI, status=status))
    assert bulk.select("SELECT count(*) FROM fact WHERE kind = 'rekam'") == [(0,)]
    assert count().unrecorded == 1


def test_an_unknown_status_is_kept_as_written_and_does_not_count(office):
    taken = take(person(ADI, status="KODE_BARU"))
    assert (taken.accepted, taken.refused) == (1, [])
    assert bulk.select("SELECT status, status_raw FROM person") == [(0, "KODE_BARU")]
    assert count().unrecorded == 1


def test_a_village_that_is_still_empty_registers_while_its_neighbour_proposes(office):
    take(person(ADI))
    taken = take(person(ADI), person(SITI, row=3), person(BUDI, row=4, village=NEXT_DOOR), today=NEXT_MONTH)
    assert (taken.accepted, taken.unchanged, taken.facts) == (2, 1, 1)
    assert taken.proposed == {"new": 1}
    assert count(NEXT_MONTH).population == 2


# --- the same list -----------------------------------------------------------------------------

FULL = (
    person(ADI, no_kk="1605010102189001", status="PRR", marital="kawin", address="Jl. Lintas"),
    person(SITI, row=3, status="BIO_CAPTURED", status_on="2018-12-01", recorded_at="16.05.01"),
    person(BUDI, row=4, born_on=None, status="BELUM REKAM"),
    person(ANI, row=5, village=NEXT_DOOR),
)


def test_the_same_list_twice_changes_nothing(office):
    take(*FULL)
    before = everything()
    taken = take(*FULL)
    assert (taken.accepted, taken.unchanged, taken.facts, taken.batches) == (0, 4, 0, [])
    assert everything() == before


def test_the_same_list_on_a_later_day_changes_nothing(office):
    take(*FULL)
    before = everything()
    taken = take(*FULL, today=NEXT_MONTH)
    assert (taken.accepted, taken.unchanged, taken.proposed) == (0, 4, {})
    assert everything() == before


def test_the_same_list_with_a_status_nobody_knows_changes_nothing(office):
    row = person(ADI, status="KODE_BARU")
    take(row)
    taken = take(row)
    assert (taken.unchanged, taken.proposed) == (1, {})


def test_other_capitals_and_spaces_are_no_change(office):
    take(person(ADI, address="Jl. Lintas  No. 1"))
    taken = take(person(ADI, address="JL. LINTAS NO. 1", name="Adi  Saputra"), today=NEXT_MONTH)
    assert (taken.unchanged, taken.proposed) == (1, {})


# --- a newer list ------------------------------------------------------------------------------


def test_a_newer_list_proposes_who_is_new_changed_and_gone_and_counts_nothing_yet(office):
    take(person(ADI), person(SITI, row=3), person(BUDI, row=4))
    kept = everything(LEDGER)
    taken = take(person(ADI, address="RT 9"), person(SITI, row=3, status="PRR"), person(RINA, row=4), today=NEXT_MONTH)
    assert taken.proposed == {"new": 1, "changed": 2, "gone": 1}
    assert (taken.accepted, taken.unchanged) == (3, 0)
    assert said_proposals() == [
        (facts.BIODATA_CHANGED, 1, {"address": "RT 9"}),
        (facts.REKAM, 2, {"status": "PRR"}),
        (facts.REGISTERED, None, {"nik": RINA, "name": "RINA", "born_on": "1988-08-08", "village": TUGUMULYO}),
        ("gone", 3, {}),
    ]
    assert everything(LEDGER) == kept


def test_who_is_on_the_list_of_another_village_is_proposed_as_moved_and_not_as_gone(office):
    take(person(ADI), person(SITI, row=3), person(BUDI, village=NEXT_DOOR))
    taken = take(
        person(ADI), person(SITI, row=3, village=NEXT_DOOR), person(BUDI, row=4, village=NEXT_DOOR), today=NEXT_MONTH
    )
    assert taken.proposed == {"changed": 1}
    assert said_proposals() == [(facts.RESIDENCE_CHANGED, 2, {"village": NEXT_DOOR})]


def test_an_empty_cell_never_overwrites(office):
    take(person(ADI, no_kk="1605010102189001", address="RT 1", status="PRR"))
    before = everything()
    taken = take(person(ADI, born_on=None), today=NEXT_MONTH)
    assert (taken.unchanged, taken.proposed) == (1, {})
    assert everything() == before


def test_a_list_that_names_the_dead_or_who_moved_out_proposes_an_arrival(office):
    take(person(ADI), person(SITI, row=3), person(BUDI, row=4))
    happen(event(facts.MATI, ADI, "2019-01-05"), event(facts.PINDAH, SITI, "2019-01-05"), today=date(2019, 1, 9))
    take(person(ADI), person(SITI, row=3), person(BUDI, row=4), today=NEXT_MONTH)
    assert [(kind, who) for kind, who, _ in said_proposals()] == [(facts.DATANG, 1), (facts.DATANG, 2)]
    assert count(NEXT_MONTH).population == 1


def test_the_same_list_proposes_once(office):
    take(person(ADI), person(SITI, row=3))
    newer = (person(ADI, address="RT 9"), person(RINA, row=3))
    assert take(*newer, today=NEXT_MONTH).proposed == {"new": 1, "changed": 1, "gone": 1}
    assert take(*newer, today=NEXT_MONTH).proposed == {}
    assert len(proposed()) == 3


def test_the_same_file_on_a_later_day_proposes_nothing_again(office):
    take(person(ADI), person(SITI, row=3))
    newer = (person(ADI, address="RT 9"), person(RINA, row=3))
    take(*newer, today=NEXT_MONTH, digest="ab" * 32)
    taken = take(*newer, today=date(2019, 2, 3), digest="ab" * 32)
    assert taken.proposed == {}
    assert len(proposed()) == 3


def test_what_was_answered_is_not_proposed_again_by_the_same_list(office):
    take(person(ADI), person(SITI, row=3))
    newer = (person(ADI, address="RT 9"), person(RINA, row=3))
    take(*newer, today=NEXT_MONTH)
    settle("reject", kind=facts.BIODATA_CHANGED)
    settle("accept", kind=facts.REGISTERED)
    settle("error", kind="gone")
    take(*newer, today=TODAY, as_at=NEXT_MONTH)
    assert proposed() == []


def test_a_part_of_a_list_declares_nobody_gone_and_says_so(office):
    take(*(person(nik("1980-01-01", 9000 + n), row=n) for n in range(1, 6)))
    taken = take(person(nik("1980-01-01", 9001)), person(nik("1980-01-01", 9002), row=3), today=NEXT_MONTH)
    assert taken.proposed == {}
    assert [note.problem.kind.code for note in taken.notes] == ["partial_list"]
    assert taken.notes[0].problem.reason("id").startswith("Berkas memuat 2 dari 5 penduduk desa 16.05.01.2003")


def test_half_a_village_is_taken_as_its_list(office):
    take(*(person(nik("1980-01-01", 9000 + n), row=n) for n in range(1, 5)))
    taken = take(person(nik("1980-01-01", 9001)), person(nik("1980-01-01", 9002), row=3), today=NEXT_MONTH)
    assert (taken.proposed, taken.notes) == ({"gone": 2}, [])


def test_a_village_the_list_does_not_speak_of_is_left_alone(office):
    take(person(ADI), person(SITI, row=3, village=NEXT_DOOR))
    assert take(person(ADI), today=NEXT_MONTH).proposed == {}


def test_nobody_whom_a_row_names_is_gone_even_where_the_row_is_refused_for_its_name(office):
    take(person(ADI), person(SITI, row=3))
    taken = take(person(ADI), person(SITI, row=3, name="ORANG LAIN"), today=NEXT_MONTH)
    assert taken.proposed == {}
    assert codes(taken) == [(3, "name_conflict")]


def test_nobody_is_gone_whose_row_was_refused_because_its_village_could_not_be_read(office):
    take(person(ADI), person(SITI, row=3))
    taken = take(person(ADI), person(SITI, row=3, village=None, village_name="TUGU MULYO?"), today=NEXT_MONTH)
    assert codes(taken) == [(3, "no_village")]
    assert taken.proposed == {}


# --- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_nik_the_register_holds_for_another_is_refused_naming_both_and_masked(office, language):
    take(person(ADI))
    taken = take(person(ADI, row=7, name="ORANG LAIN"), today=NEXT_MONTH)
    assert codes(taken) == [(7, "name_conflict")]
    said = taken.refused[0].problem.reason(language)
    assert "ADI SAPUTRA" in said
    assert "ORANG LAIN" in said
    assert mask(ADI) in said
    assert ADI not in said
    assert taken.proposed == {}
    assert bulk.select("SELECT name FROM person") == [("ADI SAPUTRA",)]


def test_rows_outside_the_area_asked_for_are_refused_and_the_others_go_in(office):
    taken = take(person(ADI), person(SITI, row=3, village=LAKITAN), area=160501)
    assert codes(taken) == [(3, "outside_area")]
    assert "16.05.02.1019" in taken.refused[0].problem.reason("id")
    assert taken.accepted == 1


def test_rows_outside_the_office_are_refused(office):
    assert codes(take(person(ADI, village="16.73.01.1001"))) == [(2, "outside_area")]
    assert count() == Figures()


def test_an_office_without_an_area_yet_takes_any_village(office):
    taken = take(person(ADI, village="16.73.01.1001"), here=office_on(date(2019, 1, 2), area=None))
    assert taken.accepted == 1


def test_a_row_without_a_village_is_refused_with_what_it_named(office):
    rows = (person(ADI, village=None, village_name="DESA TAK ADA"), person(SITI, row=3, village=None))
    taken = take(*rows)
    assert codes(taken) == [(2, "no_village"), (3, "no_village")]
    assert "DESA TAK ADA" in taken.refused[0].problem.reason("en")


@pytest.mark.parametrize("status", ["Tidak Valid", "Mati", "PINDAH", "Hilang"])
def test_who_the_list_itself_does_not_call_living_is_not_registered(office, status):
    taken = take(person(ADI, register_status=status), person(SITI, row=3, register_status="Hidup"), person(BUDI, row=4))
    assert codes(taken) == [(2, "not_living")]
    assert status in taken.refused[0].problem.reason("id")
    assert [row[0] for row in bulk.select("SELECT nik FROM person ORDER BY nik")] == sorted([SITI, BUDI])


def test_a_newer_list_that_calls_somebody_dead_proposes_and_does_not_kill(office):
    take(person(ADI), person(SITI, row=3))
    taken = take(person(ADI, register_status="Mati"), person(SITI, row=3), today=NEXT_MONTH)
    assert codes(taken) == [(2, "not_living")]
    assert taken.proposed == {"gone": 1}
    assert count(NEXT_MONTH).population == 2


def test_every_refusal_and_note_is_said_in_both_languages_with_what_to_do(office):
    take(*(person(nik("1980-01-01", 9000 + n), row=n) for n in range(1, 6)))
    taken = take(
        person(nik("1980-01-01", 9001), name="LAIN"),
        person(ADI, row=3, village=None),
        person(SITI, row=4, village="16.73.01.1001"),
        person(BUDI, row=5, register_status="Mati"),
        today=NEXT_MONTH,
    )
    assert len(taken.refused) == 4
    for one in [*taken.refused, *taken.notes]:
        for language in ("id", "en"):
            said = (one.problem.reason(language), one.problem.todo(language))
            assert all(said)
            assert not any("{" in sentence for sentence in said)
        assert one.problem.reason("id") != one.problem.reason("en")


# --- two lists and what happens between them ---------------------------------------------------


def test_a_guest_who_stands_on_a_list_is_proposed_as_an_arrival(office):
    take(person(ADI))
    guest = event(facts.REKAM, STRANGER, "2019-01-10", name=NAMES[STRANGER], status="PRR", recorded_at="16.05")
    happen(guest, today=date(2019, 1, 10))
    take(person(ADI), person(STRANGER, row=3), today=NEXT_MONTH)
    assert [(kind, who) for kind, who, _ in said_proposals()] == [(facts.DATANG, 2)]


def test_who_arrived_by_an_event_is_not_new_on_the_next_list(office):
    take(person(ADI))
    happen(newcomer(facts.DATANG, RINA, "2019-01-20"), today=date(2019, 1, 21))
    taken = take(person(ADI), person(RINA, row=3), today=NEXT_MONTH)
    assert (taken.unchanged, taken.proposed) == (2, {})


def test_a_large_list_is_one_import_and_sound(office):
    rows = [person(nik("1980-01-01", 9000 + n), row=n, status="PRR" if n % 3 else "") for n in range(1, 900)]
    taken = take(*rows)
    assert taken.accepted == 899
    assert count().population == 899
    assert soundness.findings(office_on(TODAY), lambda *_: None) == []
