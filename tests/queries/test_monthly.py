"""The month between two closed 28ths: every line by its cause, by sex, in time or late, and what is left where."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.domain import facts
from jemput.domain.problems import Refused
from jemput.queries import monthly
from jemput.queries.monthly import TRAITS_CHANGED, Heads, Late, Monthly
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    LAKITAN,
    NEXT_DOOR,
    RINA,
    SITI,
    TUGUMULYO,
    close,
    event,
    happen,
    newcomer,
    nik,
    office_on,
    person,
    take,
)

FEBRUARY = date(2019, 2, 28)
BABY = nik("2019-03-05", 9010)
OLD_BABY = nik("2019-02-05", 9011, woman=True)
LATER = date(2019, 6, 1)


@pytest.fixture
def month(office) -> None:
    """A month of everything between two closed counts."""
    take(
        person(ADI, sex="L", no_kk="1605010101019001", status="PRR"),
        person(SITI, row=3, sex="P", no_kk="1605010101019001"),
        person(BUDI, row=4, sex="L", no_kk="1605010101019002", citizenship="WNA"),
        person(ANI, row=5, sex="P"),
    )
    close(FEBRUARY)
    happen(
        newcomer(facts.LAHIR, BABY, "2019-03-05", row=2, born_on="2019-03-05", name="BAYI", sex="L"),
        newcomer(facts.LAHIR, OLD_BABY, "2019-02-05", row=3, born_on="2019-02-05", name="BAYI DUA", sex="P"),
        newcomer(facts.DATANG, RINA, "2019-03-10", row=4, village=LAKITAN, sex="P", no_kk="1605020101019003"),
        event(facts.MATI, BUDI, "2019-03-01", row=5),
        event(facts.RESIDENCE_CHANGED, SITI, "2019-03-12", row=6, village=NEXT_DOOR),
        event(facts.REKAM, SITI, "2019-03-20", row=7, status="BIO_CAPTURED"),
        today=CUT_OFF,
    )
    close(CUT_OFF)


def made(area: int | None = None, on: date = CUT_OFF) -> Monthly:
    found = monthly.monthly(on, area, office_on(LATER))
    assert found.foots
    return found


def lines(flows) -> list[tuple[str, int, bool, int, int]]:
    return [(flow.cause, flow.sign, flow.late, flow.heads.male, flow.heads.female) for flow in flows]


def test_opening_lines_and_closing_stand_by_sex_and_citizenship(month) -> None:
    found = made()
    assert found.balance.opening == Heads(2, 2, 0, 1)
    assert lines(found.balance.flows) == [
        (facts.LAHIR, 1, False, 1, 0),
        (facts.LAHIR, 1, True, 0, 1),
        (facts.DATANG, 1, False, 0, 1),
        (facts.MATI, -1, False, -1, 0),
    ]
    assert found.balance.closing == Heads(2, 4, 0, 0)
    assert (found.balance.closing.total, found.balance.closing.citizens) == (6, 6)
    assert (found.start.population, found.end.population) == (4, 6)


def test_a_move_inside_the_regency_is_a_line_of_each_village_and_none_of_the_whole(month) -> None:
    by_village = {one.area: lines(one.flows) for one in made().villages}
    assert (facts.RESIDENCE_CHANGED, -1, False, 0, -1) in by_village[1605012003]
    assert by_village[1605012004] == [(facts.RESIDENCE_CHANGED, 1, False, 0, 1)]
    titles = [flow.title.id for one in made().villages for flow in one.flows if flow.cause == facts.RESIDENCE_CHANGED]
    assert sorted(titles) == ["keluar ke wilayah lain di kabupaten", "masuk dari wilayah lain di kabupaten"]
    assert all(one.foots for one in made().districts)


def test_family_cards_come_and_go_and_foot(month) -> None:
    found = made().households
    assert (found.opening, found.new, found.gone, found.closing, found.without) == (2, 1, 1, 2, 3)


def test_what_was_reported_late_is_told_with_the_longest_delay(month) -> None:
    assert made().late == (
        Late(facts.LAHIR, 1, 1, 51),
        Late(facts.MATI, 1, 0, 0),
        Late(facts.PINDAH, 0, 0, 0),
        Late(facts.DATANG, 1, 0, 0),
    )


def test_a_death_and_a_birth_of_one_person_in_a_month_are_both_lines(month) -> None:
    happen(
        newcomer(facts.LAHIR, nik("2019-04-02", 9012), "2019-04-02", born_on="2019-04-02", name="BAYI", sex="L"),
        event(facts.MATI, nik("2019-04-02", 9012), "2019-04-03", row=3),
        today=date(2019, 4, 28),
    )
    close(date(2019, 4, 28))
    found = made(on=date(2019, 4, 28))
    assert lines(found.balance.flows) == [(facts.LAHIR, 1, False, 1, 0), (facts.MATI, -1, False, -1, 0)]


def test_a_sex_or_citizenship_mended_is_a_line_of_nobody_that_moves_the_columns(month) -> None:
    happen(event(facts.BIODATA_CHANGED, ANI, "2019-04-02", citizenship="WNA"), today=date(2019, 4, 28))
    close(date(2019, 4, 28))
    [flow] = made(on=date(2019, 4, 28)).balance.flows
    assert (flow.cause, flow.heads.total, flow.heads.foreign, flow.heads.citizens) == (TRAITS_CHANGED, 0, 1, -1)


def test_a_closed_month_reads_the_same_after_its_people_were_mended(month) -> None:
    before = made()
    happen(
        event(facts.BIODATA_CHANGED, ADI, "2019-01-03", sex="P", no_kk="1605010101019009", citizenship="WNA"),
        event(facts.REKAM, ADI, "2019-01-04", row=3, status="DUPLICATE_RECORD"),
        today=date(2019, 5, 1),
    )
    assert made() == before


def test_recordings_stand_by_status_and_sum_to_the_residents(month) -> None:
    found = {one.title.en: (one.start, one.end) for one in made().pipeline if one.start or one.end}
    assert found == {
        "print ready (PRR)": (1, 1),
        "captured": (0, 1),
        "no recording status": (3, 4),
    }


def test_the_three_figures_are_bridged_and_places_hold_both_days(month) -> None:
    found = made()
    assert [one.figure for one in found.bridges] == ["id_obligated", "recorded", "unrecorded"]
    assert [(one.area, one.end.population) for one in found.districts_covered()] == [(160501, 5), (160502, 1)]
    assert {one.area: (one.start.id_obligated, one.end.id_obligated) for one in found.places} == {
        1605012003: (2, 1),
        1605012004: (0, 1),
        1605021019: (0, 1),
    }


def test_a_month_of_one_district_is_that_districts(month) -> None:
    found = made(160502)
    assert (found.balance.area, found.balance.opening.total, found.balance.closing.total) == (160502, 0, 1)
    assert found.closing.area == 160502


def test_a_month_is_tied_to_its_two_closed_counts(month) -> None:
    found = made()
    assert (found.opening.on, found.closing.on, found.closing.is_closed) == (FEBRUARY, CUT_OFF, True)
    assert found.closing.place > found.opening.place


@pytest.mark.parametrize(("on", "code"), [(date(2019, 5, 28), "month_not_closed"), (FEBRUARY, "no_opening_count")])
def test_a_month_that_is_not_closed_at_both_ends_is_refused(month, on: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        made(on=on)
    assert refused.value.problems[0].kind.code == code


def test_an_area_nobody_lives_in_has_a_month_of_nothing(month) -> None:
    found = made(160509)
    assert (found.balance.area, found.balance.closing, found.places) == (160509, Heads(), ())


def test_tugumulyo_alone_is_a_village(month) -> None:
    assert made(int(TUGUMULYO.replace(".", ""))).balance.closing.total == 4
