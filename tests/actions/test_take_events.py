"""Events: what each kind does to the count, what contradicts what is known, and what a reversal takes back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection

from jemput.actions.take_events import take_totals
from jemput.actions.taking import Taken
from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.ids import mask
from jemput.domain.rows import Row
from jemput.queries import coverage, register
from jemput.store import bulk
from jemput.store.chain import Origin
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    ELSEWHERE,
    LAKITAN,
    NAMES,
    NEXT_DOOR,
    RINA,
    RULE,
    SITI,
    STRANGER,
    TODAY,
    TUGUMULYO,
    codes,
    count,
    event,
    everything,
    findings,
    happen,
    newcomer,
    nik,
    office_on,
    person,
    said_of,
    take,
    view,
)

MARCH = "2019-03-10"
BABY = nik("2019-03-05", 9040)


@pytest.fixture
def village(office) -> Figures:
    """Adi and Siti recorded, Budi not, Ani fifteen; the figures of the village."""
    take(person(ADI, status="PRR"), person(SITI, row=3, status="BIO_CAPTURED"), person(BUDI, row=4), person(ANI, row=5))
    figures = count()
    assert figures == Figures(population=4, id_obligated=3, recorded=2, recorded_here=2)
    return figures


def change(before: Figures, after: Figures) -> dict[str, int]:
    """Return what changed between two counts, by figure."""
    return {
        name: getattr(after, name) - getattr(before, name)
        for name in coverage.FIGURES
        if getattr(after, name) != getattr(before, name)
    }


def only_refusal(taken: Taken, code: str) -> str:
    """Assert that one row was refused for one reason and nothing else happened; return its sentences."""
    assert [found for _, found in codes(taken)] == [code]
    assert (taken.accepted, taken.facts) == (0, 0)
    problem = taken.refused[0].problem
    said = [problem.reason("id"), problem.todo("id"), problem.reason("en"), problem.todo("en")]
    assert all(sentence and "{" not in sentence for sentence in said)
    return " ".join(said)


# --- what each kind does -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "changed"),
    [
        (newcomer(facts.LAHIR, BABY, "2019-03-05", name="BAYI", born_on="2019-03-05"), {"population": 1}),
        (newcomer(facts.DATANG, RINA, MARCH), {"population": 1, "id_obligated": 1}),
        (
            newcomer(facts.DATANG, RINA, MARCH, status="CARD_ISSUED"),
            {"population": 1, "id_obligated": 1, "recorded": 1, "recorded_here": 1},
        ),
        (
            newcomer(facts.DATANG, RINA, MARCH, status="CARD_ISSUED", recorded_at="32.73"),
            {"population": 1, "id_obligated": 1, "recorded": 1, "recorded_here": 1},
        ),
        (newcomer(facts.DATANG, RINA, MARCH, citizenship="WNA"), {"population": 1}),
        (newcomer(facts.DATANG, RINA, MARCH, citizenship="ITAP"), {"population": 1, "id_obligated": 1, "itap": 1}),
        (newcomer(facts.DATANG, ANI, MARCH, name=NAMES[ANI], marital="kawin"), {"id_obligated": 1}),
        (event(facts.MATI, BUDI, MARCH), {"population": -1, "id_obligated": -1}),
        (event(facts.MATI, ADI, MARCH), {"population": -1, "id_obligated": -1, "recorded": -1, "recorded_here": -1}),
        (event(facts.MATI, ANI, MARCH), {"population": -1}),
        (event(facts.PINDAH, ADI, MARCH), {"population": -1, "id_obligated": -1, "recorded": -1, "recorded_here": -1}),
        (event(facts.KAWIN, ANI, MARCH), {"id_obligated": 1}),
        (event(facts.KAWIN, BUDI, MARCH), {}),
        (event(facts.RESIDENCE_CHANGED, ADI, MARCH, village=LAKITAN), {}),
        (event(facts.BIODATA_CHANGED, ANI, MARCH, born_on="1999-05-17"), {"id_obligated": 1}),
        (event(facts.BIODATA_CHANGED, BUDI, MARCH, citizenship="WNA"), {"id_obligated": -1}),
        (event(facts.BIODATA_CHANGED, BUDI, MARCH, name="BUDI SANTOSO"), {}),
        (event(facts.REKAM, BUDI, MARCH, status="BIO_CAPTURED"), {"recorded": 1, "recorded_here": 1}),
        (event(facts.REKAM, ANI, MARCH, status="BIO_CAPTURED"), {"pemula": 1, "recorded_here": 1}),
        (event(facts.REKAM, SITI, MARCH, status="ENROLL_FAILURE_AT_CENTRAL"), {"recorded": -1, "recorded_here": -1}),
        (event(facts.REKAM, ADI, MARCH, status="ENROLL_FAILURE_AT_CENTRAL"), {}),
        (event(facts.REKAM, BUDI, MARCH, status="KODE_BARU"), {}),
        (event(facts.BLOCKED, BUDI, MARCH), {"blocked": 1}),
        (event(facts.BLOCKED, ADI, MARCH), {}),
        (event(facts.KONSOLIDASI_REMOVED, BUDI, MARCH), {"population": -1, "id_obligated": -1}),
        (
            event(facts.KONSOLIDASI_MERGED, SITI, MARCH, merged_into=ADI),
            {"population": -1, "id_obligated": -1, "recorded": -1, "recorded_here": -1},
        ),
        (newcomer(facts.KONSOLIDASI_ADDED, RINA, MARCH), {"population": 1, "id_obligated": 1}),
        (
            event(facts.REKAM, STRANGER, MARCH, **said_of(STRANGER), status="PRR", recorded_at="16.05"),
            {"recorded_here": 1},
        ),
        (event(facts.REKAM, STRANGER, MARCH, **said_of(STRANGER), status="PRR"), {}),
    ],
)  # fmt: skip
def test_each_event_changes_exactly_these_figures_from_its_day_on(village, row, changed):
    taken = happen(row)
    assert (taken.refused, taken.accepted) == ([], 1)
    assert change(village, count()) == changed
    day_before = date.fromordinal(date.fromisoformat(row.fields["on"]).toordinal() - 1)
    assert count(day_before) == count(day_before, date(2019, 1, 2))


def test_who_moves_within_the_regency_leaves_one_village_for_another(village):
    happen(event(facts.RESIDENCE_CHANGED, BUDI, MARCH, village=LAKITAN))
    assert count(area=160501).unrecorded == 0
    assert count(area=160502).unrecorded == 1


def test_who_is_reactivated_is_no_longer_in_the_line_of_the_blocked(village):
    happen(event(facts.BLOCKED, BUDI, MARCH), event(facts.REACTIVATED, BUDI, "2019-03-20", row=3))
    assert count(date(2019, 3, 19)).blocked == 1
    assert count() == village


def test_a_whole_day_of_one_person_is_told_in_the_order_of_the_file(village):
    happen(
        newcomer(facts.DATANG, RINA, MARCH, row=2),
        event(facts.KAWIN, RINA, MARCH, row=3),
        event(facts.REKAM, RINA, MARCH, row=4, status="BIO_CAPTURED"),
        event(facts.PINDAH, RINA, MARCH, row=5),
    )
    assert count() == village
    assert register.by_nik([RINA])[RINA].village == 1


def test_a_newcomer_is_taken_before_what_the_file_tells_of_them_earlier_in_the_day(village):
    taken = happen(event(facts.REKAM, RINA, MARCH, row=2, status="PRR"), newcomer(facts.DATANG, RINA, MARCH, row=3))
    assert taken.refused == []
    assert change(village, count()) == {"population": 1, "id_obligated": 1, "recorded": 1, "recorded_here": 1}


def test_reported_on_is_kept_and_the_office_knew_only_at_the_append(village):
    happen(event(facts.MATI, BUDI, "2019-01-05", reported_on="2019-01-06"))
    assert count(date(2019, 2, 1), date(2019, 3, 1)).population == 4
    assert count(date(2019, 2, 1)).population == 3
    stored = bulk.select("SELECT reported_day, known_day FROM fact WHERE kind = 'mati'")
    assert [tuple(map(date.fromordinal, row)) for row in stored] == [(date(2019, 1, 6), TODAY)]


def test_what_an_event_says_beside_the_register_is_kept_and_changes_no_biodata(village):
    happen(event(facts.PINDAH, BUDI, MARCH, place="KOTA LUBUKLINGGAU", note="surat 12", address="Jl. Baru"))
    said = bulk.select("SELECT said FROM fact WHERE kind = 'pindah'")[0][0]
    assert json.loads(said) == {"place": "KOTA LUBUKLINGGAU", "note": "surat 12"}
    assert "address" not in register.by_nik([BUDI])[BUDI].biodata


# --- what contradicts the register -------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [facts.MATI, facts.PINDAH, facts.KAWIN, facts.RESIDENCE_CHANGED, facts.BIODATA_CHANGED, facts.BLOCKED, facts.REKAM],
)
def test_an_event_of_nobody_known_is_refused_with_the_nik_masked(village, kind):
    said = only_refusal(happen(event(kind, RINA, MARCH, village=TUGUMULYO, status="PRR")), "nik_unknown")
    assert mask(RINA) in said
    assert RINA not in said


def test_an_arrival_without_a_name_of_somebody_unknown_is_refused(village):
    only_refusal(happen(event(facts.DATANG, RINA, MARCH, village=TUGUMULYO)), "nik_unknown")


def test_a_second_death_is_refused_by_name_and_says_how_to_correct_the_first(village):
    happen(event(facts.MATI, BUDI, MARCH))
    said = only_refusal(happen(event(facts.MATI, BUDI, "2019-03-11")), "already_dead")
    assert "BUDI" in said
    assert "batal" in said


def test_two_deaths_of_one_person_in_one_file_are_one(village):
    taken = happen(event(facts.MATI, BUDI, MARCH), event(facts.MATI, BUDI, "2019-03-11", row=3))
    assert (taken.accepted, codes(taken)) == (1, [(3, "already_dead")])


def test_the_dead_do_not_arrive(village):
    happen(event(facts.MATI, BUDI, MARCH))
    only_refusal(happen(newcomer(facts.DATANG, BUDI, "2019-03-20")), "already_dead")


def test_who_moved_out_may_arrive_again(village):
    happen(event(facts.PINDAH, BUDI, MARCH))
    taken = happen(event(facts.DATANG, BUDI, "2019-03-20", village=NEXT_DOOR))
    assert taken.accepted == 1
    assert count() == village
    assert register.by_nik([BUDI])[BUDI].village == 1605012004


def test_a_known_person_is_not_born_again(village):
    said = only_refusal(happen(newcomer(facts.LAHIR, ANI, "2003-05-17")), "already_resident")
    assert mask(ANI) in said
    assert ANI not in said


def test_an_event_under_another_name_is_refused_naming_both(village):
    said = only_refusal(happen(event(facts.MATI, BUDI, MARCH, name="ORANG LAIN")), "name_conflict")
    assert "BUDI" in said
    assert "ORANG LAIN" in said
    assert BUDI not in said


def test_after_a_change_of_name_the_new_name_is_the_right_one(village):
    taken = happen(
        event(facts.BIODATA_CHANGED, BUDI, MARCH, name="BUDI SANTOSO"),
        event(facts.MATI, BUDI, "2019-03-11", row=3, name="BUDI SANTOSO"),
    )
    assert (taken.accepted, taken.refused) == (2, [])


@pytest.mark.parametrize(
    ("village_code", "code"), [("16.05", "no_village"), ("DESA", "no_village"), (ELSEWHERE, "outside_area")]
)
def test_an_arrival_in_no_village_or_one_of_another_office_is_refused(village, village_code, code):
    only_refusal(happen(newcomer(facts.DATANG, RINA, MARCH, village=village_code)), code)


def test_a_refused_row_does_not_keep_the_others_out(village):
    taken = happen(event(facts.MATI, RINA, MARCH), event(facts.MATI, BUDI, MARCH, row=3))
    assert (taken.accepted, codes(taken)) == (1, [(2, "nik_unknown")])


# --- guests ------------------------------------------------------------------------------------


def test_a_guest_is_known_afterwards_and_counts_when_moving_in(village):
    happen(event(facts.REKAM, STRANGER, MARCH, **said_of(STRANGER), status="BIO_CAPTURED", recorded_at="16.05"))
    assert count(area=1605).recorded_here == 3
    happen(event(facts.REKAM, STRANGER, "2019-03-12", status="PRR"))
    assert register.by_nik([STRANGER])[STRANGER].status == 6
    happen(event(facts.DATANG, STRANGER, "2019-03-20", village=TUGUMULYO))
    assert change(village, count()) == {"population": 1, "id_obligated": 1, "recorded": 1, "recorded_here": 1}


def test_the_village_a_guest_names_is_not_taken_as_home(village):
    guest = event(
        facts.REKAM, STRANGER, MARCH, **said_of(STRANGER), village=TUGUMULYO, status="PRR", recorded_at="16.05"
    )
    happen(guest)
    assert count().population == village.population


def test_the_same_guest_file_twice_changes_nothing(village):
    guest = event(facts.REKAM, STRANGER, MARCH, **said_of(STRANGER), status="PRR", recorded_at="16.05")
    happen(guest)
    before = everything()
    assert happen(guest).unchanged == 1
    assert everything() == before


# --- ids and repeated files --------------------------------------------------------------------

FILE = (
    newcomer(facts.DATANG, RINA, MARCH, row=2, id="E-1", status="CARD_ISSUED", recorded_at="16.05"),
    event(facts.MATI, BUDI, "2019-03-02", row=3, id="E-2", note="kades"),
    event(facts.KAWIN, ANI, "2019-03-03", row=4),
    event(facts.REKAM, SITI, "2019-03-04", row=5, id="E-4", status="PRR", recorded_at="16.05.01"),
    event(facts.REVERSED, None, "2019-03-15", row=6, id="E-5", reverses="E-2"),
    event(facts.REKAM, STRANGER, "2019-03-16", row=7, id="E-6", **said_of(STRANGER), status="PRR"),
)


def test_the_same_file_twice_changes_nothing(village):
    first = happen(*FILE)
    assert (first.accepted, first.refused) == (6, [])
    before = everything()
    again = happen(*FILE)
    assert (again.accepted, again.unchanged, again.refused, again.facts) == (0, 6, [], 0)
    assert everything() == before


def test_the_same_rows_in_another_order_and_on_a_later_day_change_nothing(village):
    happen(*FILE)
    before = everything()
    happen(*reversed(FILE), today=date(2019, 5, 1))
    assert everything() == before


@pytest.mark.parametrize(
    "other",
    [
        event(facts.MATI, SITI, "2019-03-02", id="E-2"),
        event(facts.MATI, BUDI, "2019-03-03", id="E-2"),
        event(facts.PINDAH, BUDI, "2019-03-02", id="E-2"),
        event(facts.MATI, BUDI, "2019-03-02", id="E-2", note="orang lain"),
    ],
    ids=["another person", "another day", "another kind", "another note"],
)
def test_an_id_that_was_used_for_something_else_is_refused(village, other):
    happen(event(facts.MATI, BUDI, "2019-03-02", id="E-2", note="kades"))
    before = everything()
    assert "E-2" in only_refusal(happen(other), "id_reused")
    assert everything() == before


@pytest.mark.parametrize("target", ["E-1", "E-2"])
def test_a_reversal_under_an_id_already_used_is_refused_and_not_lost(village, target):
    happen(event(facts.MATI, BUDI, "2019-03-02", id="E-1"), event(facts.MATI, ADI, "2019-03-02", row=3, id="E-2"))
    before = everything()
    taken = happen(event(facts.REVERSED, None, MARCH, id="E-1", reverses=target))
    assert codes(taken) == [(2, "id_reused")]
    assert taken.accepted == 0
    assert everything() == before


def test_one_reversal_id_does_not_serve_for_two_events(village):
    happen(event(facts.MATI, BUDI, "2019-03-02", id="E-1"), event(facts.MATI, ADI, "2019-03-02", row=3, id="E-2"))
    happen(event(facts.REVERSED, None, MARCH, id="B-1", reverses="E-1"))
    taken = happen(event(facts.REVERSED, None, MARCH, id="B-1", reverses="E-2"))
    assert (taken.accepted, codes(taken)) == (0, [(2, "id_reused")])


# --- reversals ---------------------------------------------------------------------------------


def test_an_event_reversed_in_its_own_file_leaves_no_trace_in_any_count(village):
    happen(event(facts.MATI, BUDI, MARCH, id="E-1"), event(facts.REVERSED, None, MARCH, row=3, reverses="E-1"))
    for on in (date(2019, 3, 9), date(2019, 3, 10), TODAY, date(2021, 1, 1)):
        assert count(on) == count(on, date(2019, 1, 2))
    assert not register.by_nik([BUDI])[BUDI].dead


def test_an_event_reversed_later_is_gone_now_and_stands_as_known_then(village):
    happen(event(facts.MATI, BUDI, MARCH, id="E-1"), today=date(2019, 3, 15))
    happen(event(facts.REVERSED, None, "2019-04-01", reverses="E-1", note="orang lain"))
    assert count() == village
    assert count(TODAY, date(2019, 3, 15)).population == 3
    assert findings() == []


def test_a_person_brought_by_a_reversed_arrival_is_gone_with_everything_that_came_along(village):
    happen(newcomer(facts.DATANG, RINA, MARCH, id="E-1", status="CARD_ISSUED", recorded_at="16.05"))
    taken = happen(event(facts.REVERSED, None, "2019-04-01", reverses="E-1"))
    assert taken.accepted == 1
    assert count() == village


def test_after_a_reversal_the_right_event_goes_in(village):
    happen(event(facts.MATI, BUDI, MARCH, id="E-1"))
    happen(event(facts.REVERSED, None, "2019-04-01", reverses="E-1"))
    assert happen(event(facts.MATI, BUDI, "2019-03-12", id="E-2")).accepted == 1
    assert count(date(2019, 3, 11)).population == 4
    assert count(date(2019, 3, 12)).population == 3


def test_a_reversal_and_the_right_event_may_stand_in_one_file(village):
    happen(event(facts.MATI, BUDI, MARCH, id="E-1"))
    taken = happen(
        event(facts.REVERSED, None, "2019-04-01", reverses="E-1"),
        event(facts.MATI, BUDI, "2019-03-12", row=3, id="E-2"),
    )
    assert (taken.accepted, taken.refused) == (2, [])
    assert count(date(2019, 3, 11)).population == 4
    assert count(date(2019, 3, 12)).population == 3


def test_a_reversal_of_nothing_is_refused(village):
    assert "E-9" in only_refusal(happen(event(facts.REVERSED, None, MARCH, reverses="E-9")), "nothing_to_reverse")


def test_a_reversal_of_a_row_that_was_refused_is_refused(village):
    taken = happen(event(facts.MATI, RINA, MARCH, id="E-1"), event(facts.REVERSED, None, MARCH, row=3, reverses="E-1"))
    assert codes(taken) == [(2, "nik_unknown"), (3, "nothing_to_reverse")]


def test_an_event_is_reversed_once(village):
    happen(event(facts.MATI, BUDI, MARCH, id="E-1"))
    happen(event(facts.REVERSED, None, MARCH, id="B-1", reverses="E-1"))
    only_refusal(happen(event(facts.REVERSED, None, MARCH, id="B-2", reverses="E-1")), "already_reversed")


def test_of_two_reversals_of_one_event_in_one_file_the_second_is_refused(village):
    taken = happen(
        event(facts.MATI, BUDI, MARCH, id="E-1"),
        event(facts.REVERSED, None, MARCH, row=3, id="B-1", reverses="E-1"),
        event(facts.REVERSED, None, MARCH, row=4, id="B-2", reverses="E-1"),
    )
    assert (taken.accepted, codes(taken)) == (2, [(4, "already_reversed")])


def test_a_reversal_is_not_reversed(village):
    happen(
        event(facts.MATI, BUDI, MARCH, id="E-1"), event(facts.REVERSED, None, MARCH, row=3, id="B-1", reverses="E-1")
    )
    only_refusal(happen(event(facts.REVERSED, None, MARCH, id="B-2", reverses="B-1")), "already_reversed")
    assert count() == village


# --- konsolidasi -------------------------------------------------------------------------------


def test_who_the_centre_removed_or_merged_is_struck_and_may_be_added_again(village):
    happen(
        event(facts.KONSOLIDASI_REMOVED, BUDI, MARCH),
        event(facts.KONSOLIDASI_MERGED, SITI, MARCH, row=3, merged_into=ADI),
    )
    assert {nik: known.village for nik, known in register.by_nik([BUDI, SITI]).items()} == {BUDI: 2, SITI: 2}
    happen(event(facts.KONSOLIDASI_ADDED, BUDI, "2019-03-20", village=TUGUMULYO))
    assert change(village, count()) == {"population": -1, "id_obligated": -1, "recorded": -1, "recorded_here": -1}


def test_a_merge_into_a_nik_nobody_holds_is_refused(village):
    said = only_refusal(happen(event(facts.KONSOLIDASI_MERGED, SITI, MARCH, merged_into=RINA)), "merged_into_unknown")
    assert mask(RINA) in said
    assert RINA not in said


def test_who_the_centre_added_without_a_name_is_no_conflict_of_names_on_the_next_list(village):
    happen(event(facts.KONSOLIDASI_ADDED, RINA, MARCH, village=TUGUMULYO))
    taken = take(*(person(who, row=row) for row, who in enumerate([ADI, SITI, BUDI, ANI, RINA], 2)), today=TODAY)
    assert codes(taken) == []


def totals(*rows: tuple[str, str, int], today: date = TODAY) -> Taken:
    """Take frozen totals: (day, village, wajib KTP)."""
    said = [
        Row(
            "", number, {"on": on, "village": code, "semester": on[:4], "id_obligated": str(obliged), "population": "9"}
        )
        for number, (on, code, obliged) in enumerate(rows, 2)
    ]
    return take_totals(said, office=office_on(today), origin=Origin("dkb", "dkb.csv"))


def test_frozen_totals_are_taken_once_and_enter_no_live_count(village):
    taken = totals(("2019-03-10", TUGUMULYO, 500), ("2019-03-10", NEXT_DOOR, 70))
    assert (taken.accepted, taken.unchanged) == (2, 0)
    assert count() == village
    assert coverage.dkb(view(TODAY), None) == (date(2019, 3, 10), {1605012003: 500, 1605012004: 70})
    before = everything()
    again = totals(("2019-03-10", TUGUMULYO, 500), ("2019-03-10", NEXT_DOOR, 70))
    assert (again.accepted, again.unchanged) == (0, 2)
    assert everything() == before


def test_the_latest_frozen_totals_known_in_a_view_are_the_ones(village):
    totals(("2018-12-31", TUGUMULYO, 500), today=date(2019, 2, 1))
    totals(("2019-03-10", TUGUMULYO, 480))
    assert coverage.dkb(view(TODAY), 160501) == (date(2019, 3, 10), {1605012003: 480})
    assert coverage.dkb(view(date(2019, 3, 9)), 160501) == (date(2018, 12, 31), {1605012003: 500})
    assert coverage.dkb(view(TODAY, date(2019, 2, 1)), 160501) == (date(2018, 12, 31), {1605012003: 500})
    assert coverage.dkb(view(TODAY, date(2019, 1, 31)), 160501) is None
    assert coverage.dkb(view(TODAY), 160502) == (date(2019, 3, 10), {})


PLANS = ("enable_nestloop", "enable_hashjoin", "enable_mergejoin", "enable_seqscan", "enable_indexscan")


def test_a_corrected_total_replaces_the_one_it_corrects_however_the_database_looks_it_up(village):
    for obliged in (500, 498, 501, 499):
        totals(("2019-03-10", TUGUMULYO, obliged))
    for plan in PLANS if connection.vendor == "postgresql" else ():
        assert coverage.dkb(view(TODAY), None) == (date(2019, 3, 10), {1605012003: 499})
        bulk.execute(f"SET {plan} = off")
    assert coverage.dkb(view(TODAY), None) == (date(2019, 3, 10), {1605012003: 499})


def test_what_counts_is_the_same_by_every_way_after_all_of_this(village):
    happen(*FILE)
    totals(("2019-03-10", TUGUMULYO, 500))
    at = view(TODAY)
    assert coverage.recount(at, None) == coverage.villages(at, None, rule_in_force=RULE)
    assert findings() == []
