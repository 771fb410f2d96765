"""The reference: who is counted on a day, why, and what the percentage is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import coverage, facts, recording
from jemput.domain.coverage import Figures, KnownFact, Rule, Standing, figures_of, percent, standing
from jemput.domain.lampid import effects

VILLAGE = "16.05.01.2003"
HOME = 1605012003
DAY = date(2019, 3, 28)
LONG_AGO = date(2019, 1, 1)


class Life:
    """The facts of one person in the order the office learnt them."""

    def __init__(self, born_on: str | None = "1980-05-17", **said: str) -> None:
        self.facts: list[KnownFact] = []
        biodata = {"name": "SITI", "village": VILLAGE} | ({"born_on": born_on} if born_on else {}) | said
        self.then(facts.REGISTERED, LONG_AGO, batch=1, **biodata)

    def then(
        self, kind: str, on: date = DAY, *, batch: int | None = None, reverses: int | None = None, **said: object
    ) -> Life:
        place = len(self.facts) + 1
        self.facts.append(KnownFact(place, batch or place, kind, on.toordinal(), effects(kind, said), reverses))
        return self

    def on(self, day: date = DAY, *, batch: int = 999, rule: Rule = Rule()) -> Figures:  # noqa: B008 - frozen
        """Return what the person adds to all villages together."""
        counted = coverage.count([self.facts], on_day=day.toordinal(), batch=batch, rule=rule)
        return sum(counted.values(), Figures())

    def where(self, day: date = DAY) -> dict[int, Figures]:
        return coverage.count([self.facts], on_day=day.toordinal(), batch=999, rule=Rule())


def before(day: date) -> date:
    return day - timedelta(days=1)


# --- the duty ----------------------------------------------------------------------------------


def test_the_duty_begins_on_the_seventeenth_birthday_and_not_on_the_day_before():
    child = Life("2002-03-28")
    assert child.on(before(DAY)) == Figures(population=1)
    assert child.on(DAY) == Figures(population=1, id_obligated=1)


def test_a_leap_day_child_owes_a_card_from_the_first_of_march():
    child = Life("2002-02-28", name="A")
    leapling = Life("2004-02-29")
    assert child.on(date(2019, 2, 28)).id_obligated == 1
    assert leapling.on(date(2021, 2, 28)).id_obligated == 0
    assert leapling.on(date(2021, 3, 1)).id_obligated == 1


def test_who_marries_at_sixteen_owes_a_card_from_that_day():
    bride = Life("2003-01-01").then(facts.KAWIN, DAY)
    assert bride.on(before(DAY)).id_obligated == 0
    assert bride.on(DAY).id_obligated == 1


@pytest.mark.parametrize("marital", ["cerai hidup", "cerai mati"])
def test_a_divorce_or_a_death_of_the_spouse_does_not_end_the_duty(marital):
    widow = Life("2003-01-01").then(facts.KAWIN, before(DAY)).then(facts.BIODATA_CHANGED, DAY, marital=marital)
    assert widow.on(DAY).id_obligated == 1


def test_a_marriage_taken_as_never_having_been_ends_the_duty_of_a_minor():
    life = Life("2003-01-01").then(facts.KAWIN, before(DAY)).then(facts.BIODATA_CHANGED, DAY, marital="belum kawin")
    assert life.on(DAY).id_obligated == 0


@pytest.mark.parametrize(
    ("citizenship", "obliged", "itap"), [("WNI", 1, 0), ("ITAP", 1, 1), ("WNA", 0, 0), ("ITAS", 0, 0), (None, 1, 0)]
)
def test_citizens_and_foreigners_with_itap_count_and_unknown_citizenship_is_a_citizens(citizenship, obliged, itap):
    life = Life(**({"citizenship": citizenship} if citizenship else {}))
    assert life.on() == Figures(population=1, id_obligated=obliged, itap=itap)


def test_a_foreigner_who_is_granted_itap_counts_from_that_day():
    life = Life(citizenship="WNA").then(facts.BIODATA_CHANGED, DAY, citizenship="ITAP")
    assert (life.on(before(DAY)).id_obligated, life.on(DAY).itap) == (0, 1)


def test_who_has_no_birth_date_counts_as_resident_and_by_marriage_only():
    assert Life(None).on() == Figures(population=1)
    assert Life(None, marital="kawin").on() == Figures(population=1, id_obligated=1)


# --- where one is ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [facts.MATI, facts.PINDAH, facts.KONSOLIDASI_REMOVED, facts.KONSOLIDASI_MERGED])
def test_who_died_moved_out_or_was_struck_leaves_every_figure_on_that_day(kind):
    life = Life().then(facts.REKAM, LONG_AGO, status="PRR").then(kind, DAY, merged_into="x")
    assert life.on(before(DAY)).recorded == 1
    assert {**vars_of(life.on(DAY)), "recorded_here": 0} == vars_of(Figures())


def test_who_moves_between_villages_counts_in_one_of_them_on_each_day():
    life = Life().then(facts.RESIDENCE_CHANGED, DAY, village="16.05.02.1019")
    assert life.where(before(DAY)) == {HOME: Figures(population=1, id_obligated=1)}
    assert life.where(DAY) == {1605021019: Figures(population=1, id_obligated=1)}


def test_a_death_stands_whatever_is_reported_after_it():
    life = Life().then(facts.MATI, DAY).then(facts.DATANG, DAY + timedelta(days=9), village=VILLAGE)
    assert life.on(DAY + timedelta(days=30)) == Figures()


def test_who_moved_out_and_came_back_counts_again():
    life = Life().then(facts.PINDAH, before(DAY)).then(facts.DATANG, DAY, village="16.05.02.1019")
    assert life.where(before(DAY)) == {}
    assert life.where(DAY) == {1605021019: Figures(population=1, id_obligated=1)}


# --- blocked -----------------------------------------------------------------------------------


def test_who_is_blocked_stays_obliged_and_unrecorded_in_a_line_of_its_own():
    blocked = Life().then(facts.BLOCKED, DAY).on()
    assert blocked == Figures(population=1, id_obligated=1, blocked=1)
    assert blocked.unrecorded == 1


def test_with_count_blocked_off_the_blocked_leave_wajib_ktp_by_exactly_their_line():
    lives = [Life().then(facts.BLOCKED, DAY) for _ in range(3)] + [Life(), Life().then(facts.REKAM, DAY, status="PRR")]
    on = sum((life.on() for life in lives), Figures())
    off = sum((life.on(rule=Rule(count_blocked=False)) for life in lives), Figures())
    assert off.id_obligated == on.id_obligated - on.blocked
    assert off.blocked == on.blocked == 3
    assert off.recorded == on.recorded
    assert off.unrecorded == on.unrecorded - 3


def test_who_is_recorded_is_no_line_of_the_blocked_and_leaves_nothing():
    life = Life().then(facts.REKAM, DAY, status="PRR").then(facts.BLOCKED, DAY)
    assert life.on() == life.on(rule=Rule(count_blocked=False))
    assert (life.on().recorded, life.on().blocked) == (1, 0)


def test_a_blocked_child_is_not_in_the_line_of_blocked_adults():
    assert Life("2010-01-01").then(facts.BLOCKED, DAY).on() == Figures(population=1)


def test_who_is_reactivated_leaves_the_line():
    life = Life().then(facts.BLOCKED, before(DAY)).then(facts.REACTIVATED, DAY)
    assert (life.on(before(DAY)).blocked, life.on(DAY).blocked) == (1, 0)


# --- recorded ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", recording.STATUSES, ids=lambda status: status.code)
def test_each_status_counts_as_its_table_says(status):
    life = Life().then(facts.REKAM, DAY, status=status.code)
    assert life.on(before(DAY)).recorded == 0
    assert life.on(DAY).recorded == (status.counts in {"yes", "local"})


@pytest.mark.parametrize(
    "failure",
    ["ENROLL_FAILURE_AT_CENTRAL", "SEARCH_FAILURE_AT_CENTRAL", "ADJUDICATE_RECORD", "DUPLICATE_RECORD", "KODE_BARU"],
)
def test_a_failed_re_recording_never_undoes_an_accepted_one(failure):
    life = Life().then(facts.REKAM, LONG_AGO, status="PRINT_READY_RECORD").then(facts.REKAM, DAY, status=failure)
    assert life.on().recorded == 1


@pytest.mark.parametrize(
    "failure",
    [
        "ENROLL_FAILURE_AT_CENTRAL",
        "ENROLL_FAILURE_AT_REGIONAL",
        "REQUEST_VALIDATION",
        "DUPLICATE_RECORD",
        "UNREGISTERED",
        "KODE_BARU",
    ],
)
@pytest.mark.parametrize("local", ["BIO_CAPTURED", "PROCESSING", "SENT_FOR_ENROLLMENT", "RECEIVED_AT_CENTRAL"])
def test_a_recording_still_on_its_way_is_undone_by_a_failure(local, failure):
    life = Life().then(facts.REKAM, before(DAY), status=local).then(facts.REKAM, DAY, status=failure)
    assert (life.on(before(DAY)).recorded, life.on(DAY).recorded) == (1, 0)


def test_a_recording_again_after_a_failure_counts_again():
    life = (
        Life()
        .then(facts.REKAM, LONG_AGO, status="ENROLL_FAILURE_AT_CENTRAL")
        .then(facts.REKAM, DAY, status="BIO_CAPTURED")
    )
    assert life.on().recorded == 1


def test_a_status_cell_that_says_nothing_changes_nothing():
    life = Life().then(facts.REKAM, before(DAY), status="BIO_CAPTURED").then(facts.REKAM, DAY, status="-")
    assert life.on().recorded == 1


def test_what_counts_as_recorded_is_a_setting():
    life = Life().then(facts.REKAM, DAY, status="BIO_CAPTURED")
    strict = Rule(counted=recording.ACCEPTED)
    assert (life.on().recorded, life.on(rule=strict).recorded, life.on(rule=strict).unrecorded) == (1, 0, 1)


def test_who_is_recorded_at_sixteen_is_pemula_and_becomes_recorded_on_the_birthday():
    life = Life("2002-03-28").then(facts.REKAM, LONG_AGO, status="PRR")
    child = life.on(before(DAY))
    assert (child.pemula, child.recorded, child.id_obligated, child.recorded_total) == (1, 0, 0, 1)
    adult = life.on(DAY)
    assert (adult.pemula, adult.recorded, adult.id_obligated, adult.recorded_total) == (0, 1, 1, 1)


def test_a_foreigner_without_itap_who_was_recorded_is_neither_recorded_nor_pemula():
    life = Life(citizenship="WNA").then(facts.REKAM, LONG_AGO, status="PRR").on()
    assert (life.recorded, life.pemula, life.recorded_total) == (0, 0, 0)


# --- recorded here -----------------------------------------------------------------------------


def here(life: Life, day: date = DAY) -> dict[int, int]:
    return {village: figures.recorded_here for village, figures in life.where(day).items() if figures.recorded_here}


def test_a_recording_without_a_place_was_made_at_home():
    assert here(Life().then(facts.REKAM, DAY, status="PRR")) == {HOME: 1}


def test_a_recording_at_a_kecamatan_or_at_the_office_counts_under_its_code():
    assert here(Life().then(facts.REKAM, DAY, status="PRR", recorded_at="16.05.02")) == {1605020000: 1}
    assert here(Life().then(facts.REKAM, DAY, status="PRR", recorded_at="16.05")) == {1605000000: 1}


def test_a_resident_recorded_elsewhere_is_recorded_but_not_here():
    life = Life().then(facts.REKAM, DAY, status="PRR", recorded_at="32.73")
    assert life.where() == {
        HOME: Figures(population=1, id_obligated=1, recorded=1),
        3273000000: Figures(recorded_here=1),
    }


def test_a_guest_is_recorded_here_and_no_resident():
    guest = Life()
    guest.facts.clear()
    guest.then(facts.REKAM, DAY, status="PRR", recorded_at="16.05", guest=True)
    assert guest.where() == {1605000000: Figures(recorded_here=1)}


def test_who_moved_out_stays_recorded_here_and_the_dead_and_the_struck_do_not():
    recorded = {"status": "PRR", "recorded_at": "16.05"}
    assert here(Life().then(facts.REKAM, LONG_AGO, **recorded).then(facts.PINDAH)) == {1605000000: 1}
    assert here(Life().then(facts.REKAM, LONG_AGO, **recorded).then(facts.MATI)) == {}
    assert here(Life().then(facts.REKAM, LONG_AGO, **recorded).then(facts.KONSOLIDASI_REMOVED)) == {}


def test_who_moved_out_and_was_recorded_at_an_unknown_place_is_recorded_nowhere():
    assert here(Life().then(facts.REKAM, LONG_AGO, status="PRR").then(facts.PINDAH)) == {}


def test_a_failed_attempt_elsewhere_does_not_move_the_recording():
    life = Life().then(facts.REKAM, LONG_AGO, status="PRR", recorded_at="16.05")
    assert here(life.then(facts.REKAM, DAY, status="DUPLICATE_RECORD", recorded_at="32.73")) == {1605000000: 1}


def test_a_pemula_is_recorded_here_too():
    assert here(Life("2003-01-01").then(facts.REKAM, DAY, status="PRR")) == {HOME: 1}


# --- two clocks --------------------------------------------------------------------------------


def test_what_was_learnt_later_is_not_known_before():
    life = Life().then(facts.MATI, LONG_AGO + timedelta(days=1), batch=7)
    assert life.on(batch=6).id_obligated == 1
    assert life.on(batch=7).id_obligated == 0


def test_facts_of_one_day_hold_in_the_order_they_were_learnt():
    away_and_back = Life().then(facts.PINDAH, DAY).then(facts.DATANG, DAY, village=VILLAGE)
    back_and_away = Life().then(facts.DATANG, DAY, village=VILLAGE).then(facts.PINDAH, DAY)
    assert (away_and_back.on().population, back_and_away.on().population) == (1, 0)


def test_a_late_fact_of_an_earlier_day_does_not_override_a_later_day():
    life = Life().then(facts.RESIDENCE_CHANGED, DAY, village="16.05.02.1019")
    life.then(facts.RESIDENCE_CHANGED, before(DAY), village="16.05.01.2004")
    assert life.where(DAY) == {1605021019: Figures(population=1, id_obligated=1)}
    assert life.where(before(DAY)) == {1605012004: Figures(population=1, id_obligated=1)}


def test_a_reversed_fact_leaves_no_trace_once_its_reversal_is_known_and_stands_before():
    life = Life()
    plain = life.where()
    life.then(facts.MATI, DAY, batch=2).then(facts.REVERSED, DAY, batch=3, reverses=2)
    assert life.on(batch=2) == Figures()
    assert life.where() == plain


@given(day=st.dates(date(2018, 1, 1), date(2021, 1, 1)))
def test_a_reversal_counts_from_when_it_is_known_whatever_day_it_carries(day):
    life = Life().then(facts.MATI, DAY, batch=2).then(facts.REVERSED, day, batch=3, reverses=2)
    assert life.on(DAY, batch=3).id_obligated == 1


# --- figures and percentages -------------------------------------------------------------------

standings = st.builds(
    Standing,
    home=st.sampled_from([0, 1, 2, HOME]),
    adult_on=st.none() | st.integers(737000, 737300),
    citizen=st.integers(0, 2),
    married=st.booleans(),
    dead=st.booleans(),
    blocked=st.booleans(),
    status=st.none() | st.integers(0, 16),
    accepted=st.booleans(),
    recorded_at=st.none() | st.sampled_from([HOME, 3273000000]),
)


@given(person=standings, on_day=st.integers(737000, 737300), count_blocked=st.booleans())
def test_whoever_one_is_recorded_and_unrecorded_make_up_the_wajib_ktp(person, on_day, count_blocked):
    rule = Rule(count_blocked=count_blocked)
    total = sum((figures for _, figures in figures_of(person, on_day=on_day, rule=rule)), Figures())
    assert total.id_obligated == total.recorded + total.unrecorded
    assert 0 <= total.recorded <= total.id_obligated <= total.population <= 1
    assert total.recorded_total == total.recorded + total.pemula
    assert total.itap <= total.id_obligated
    assert total.blocked <= total.population - total.recorded - total.pemula
    assert total.recorded_here <= 1


def test_figures_add_up_field_by_field():
    one = Figures(1, 2, 3, 4, 5, 6, 7)
    assert one + one == Figures(2, 4, 6, 8, 10, 12, 14)
    assert one + Figures() == one


def test_the_published_percentage_of_march_2019_is_96_65():
    assert percent(283_755, 293_578) == Decimal("96.65")


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "shown"),
    [
        (1, 800, 2, "0.13"),
        (3, 800, 2, "0.38"),
        (1, 40, 0, "3"),
        (3, 40, 0, "8"),
        (1, 8, 1, "12.5"),
        (1, 3, 2, "33.33"),
        (2, 3, 2, "66.67"),
        (0, 7, 2, "0.00"),
        (7, 7, 2, "100.00"),
        (99_995, 100_000, 2, "100.00"),
        (99_994, 100_000, 2, "99.99"),
    ],
)
def test_a_percentage_is_rounded_half_up(part, whole, decimals, shown):
    assert str(percent(part, whole, decimals)) == shown


def test_over_a_hundred_percent_is_shown_and_never_clipped():
    assert percent(35_808, 35_469) == Decimal("100.96")


def test_of_nobody_there_is_no_percentage():
    assert percent(0, 0) is None
    assert percent(5, 0) is None


@given(part=st.integers(0, 10**7), whole=st.integers(1, 10**7), decimals=st.integers(0, 4))
def test_a_percentage_is_within_half_a_step_and_a_tie_goes_up(part, whole, decimals):
    shown = percent(part, whole, decimals)
    assert shown is not None
    scaled = shown.scaleb(decimals)
    exact = Decimal(part) * 100 * 10**decimals
    assert scaled * whole - Decimal(whole) / 2 <= exact < scaled * whole + Decimal(whole) / 2


rules = st.builds(
    Rule,
    counted=st.frozensets(st.integers(1, 16)),
    accepted=st.frozensets(st.integers(1, 16)),
    count_blocked=st.booleans(),
)


@given(rule=rules)
def test_a_stored_rule_is_read_back_as_it_was(rule):
    assert Rule.from_json(rule.as_json()) == rule


def test_a_person_of_whom_nothing_is_known_adds_nothing():
    assert figures_of(standing([], on_day=737000, batch=9, rule=Rule()), on_day=737000, rule=Rule()) == []
    assert figures_of(Standing(status=6), on_day=737000, rule=Rule()) == []


def vars_of(figures: Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in coverage.FIGURES}
