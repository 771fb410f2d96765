"""The people behind a figure: exactly as many as it says, with what is needed to find them."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.upkeep import undo_batches
from jemput.domain import facts
from jemput.domain.coverage import Rule
from jemput.queries import coverage, people
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    LAKITAN,
    NAMES,
    NEXT_DOOR,
    RINA,
    RULE,
    SITI,
    STRANGER,
    TODAY,
    TUGUMULYO,
    close,
    count,
    event,
    happen,
    nik,
    office_on,
    person,
    said_of,
    take,
    view,
)

COUNTED = sorted(set(people.GROUPS) - {"double"})


def listed(
    group: str, on: date = TODAY, as_known: object = "now", *, area: int | None = None, rule: Rule = RULE
) -> list[str]:
    at = view(on, as_known, rule=rule)
    return [one.name for one in people.people(at, area, group, rule_in_force=RULE)]


@pytest.fixture
def village(office) -> None:
    take(
        person(ADI, status="PRR", dusun="II"),
        person(SITI, row=3, status="BIO_CAPTURED", dusun="I"),
        person(BUDI, row=4, village=NEXT_DOOR, rt="001", rw="002"),
        person(ANI, row=5, status="PRR"),
        person(RINA, row=6, village=LAKITAN, citizenship="ITAP"),
    )
    happen(
        event(facts.BLOCKED, BUDI, "2019-03-01"),
        event(facts.REKAM, STRANGER, "2019-03-02", row=3, **said_of(STRANGER), status="PRR", recorded_at="16.05"),
        today=date(2019, 3, 5),
    )


def test_each_group_is_who_it_says(village):
    groups = {group: sorted(listed(group)) for group in COUNTED}
    adi, siti, budi, ani, rina = (NAMES[who] for who in (ADI, SITI, BUDI, ANI, RINA))
    assert groups == {
        "population": sorted([adi, siti, budi, ani, rina]),
        "id_obligated": sorted([adi, siti, budi, rina]),
        "recorded": sorted([adi, siti]),
        "unrecorded": sorted([budi, rina]),
        "pemula": [ani],
        "blocked": [budi],
        "itap": [rina],
        "recorded_here": sorted([adi, siti, ani, "JOKO"]),
        "recorded_total": sorted([adi, siti, ani]),
    }


@pytest.mark.parametrize("area", [None, 1605, 160501, 160502, 1605012003])
def test_a_list_is_as_long_as_the_count_in_every_area(village, area):
    figures = count(area=area)
    for group in COUNTED:
        assert len(listed(group, area=area)) == getattr(figures, group)


def test_a_list_of_a_closed_28th_is_who_was_counted_then(village):
    close(CUT_OFF)
    happen(
        event(facts.MATI, BUDI, "2019-03-01"),
        event(facts.REKAM, RINA, "2019-03-02", row=3, status="PRR"),
        event(facts.RESIDENCE_CHANGED, ADI, "2019-03-03", row=4, village=LAKITAN),
    )
    assert sorted(listed("unrecorded", CUT_OFF, None)) == ["BUDI", "RINA"]
    assert listed("unrecorded", CUT_OFF) == []
    assert listed("recorded", CUT_OFF, None, area=160502) == []
    assert sorted(listed("recorded", CUT_OFF, area=160502)) == ["ADI SAPUTRA", "RINA"]


def test_a_person_is_listed_where_and_as_they_were_in_the_view(village):
    happen(
        event(facts.RESIDENCE_CHANGED, ADI, "2019-03-20", village=LAKITAN),
        event(facts.REKAM, ADI, "2019-03-21", row=3, status="CARD_ISSUED"),
    )
    then = {one.name: one for one in people.people(view(date(2019, 3, 10)), None, "recorded", rule_in_force=RULE)}
    now = {one.name: one for one in people.people(view(TODAY), None, "recorded", rule_in_force=RULE)}
    assert (then["ADI SAPUTRA"].village, then["ADI SAPUTRA"].status) == (1605012003, "PRR")
    assert (now["ADI SAPUTRA"].village, now["ADI SAPUTRA"].status) == (1605021019, "CARD_ISSUED")
    assert now["ADI SAPUTRA"].status_on == date(2019, 3, 21)


def test_the_people_of_a_closed_count_are_found_even_after_their_list_was_taken_back(village):
    close(CUT_OFF)
    figures = count(CUT_OFF, None)
    undo_batches([1], reason="salah berkas", office=office_on(TODAY))
    assert count(CUT_OFF, None) == figures
    for group in COUNTED:
        at = view(CUT_OFF, None)
        found = people.people(at, None, group, rule_in_force=RULE)
        assert len({one.id for one in found}) == len(found) == getattr(figures, group), group


def test_a_list_is_ordered_by_village_dusun_and_name_and_says_how_to_find_a_person(village):
    found = people.people(view(TODAY), None, "id_obligated", rule_in_force=RULE)
    assert [(one.village, one.dusun, one.name) for one in found] == [
        (1605012003, "I", "SITI AMINAH"),
        (1605012003, "II", "ADI SAPUTRA"),
        (1605012004, "", "BUDI"),
        (1605021019, "", "RINA"),
    ]
    budi = found[2]
    assert (budi.nik, budi.rt, budi.rw, budi.born_on) == (BUDI, "001", "002", date(1975, 12, 31))
    assert found[1].status == "PRR"


def test_a_list_by_another_rule_than_the_one_in_force_is_as_long_as_its_count(village):
    strict = Rule(counted=frozenset({6, 13, 14, 15, 16}))
    at = view(TODAY, rule=strict)
    figures = coverage.total(coverage.villages(at, None, rule_in_force=RULE))
    assert listed("recorded", rule=strict) == ["ADI SAPUTRA"]
    for group in COUNTED:
        assert len(listed(group, rule=strict)) == getattr(figures, group)


def test_who_leaves_a_village_is_not_on_its_list_and_who_comes_is(village):
    happen(event(facts.RESIDENCE_CHANGED, BUDI, "2019-03-20", village=TUGUMULYO))
    assert "BUDI" in listed("unrecorded", area=1605012003)
    assert listed("unrecorded", area=1605012004) == []
    assert listed("unrecorded", date(2019, 3, 19), area=1605012004) == ["BUDI"]


# --- one person, two NIKs ----------------------------------------------------------------------

TWIN = nik("1980-05-17", 9011, area="160502")


def test_one_person_with_two_niks_is_listed_apart_and_still_counted_twice(office):
    take(person(ADI, mother="FATIMAH"), person(TWIN, row=3, name="Adi Saputra", born_on="1980-05-17", mother="Fatimah"))
    assert [one.nik for one in people.people(view(TODAY), None, "double", rule_in_force=RULE)] == [ADI, TWIN]
    assert count().population == 2


@pytest.mark.parametrize(
    "other",
    [
        {"name": "ADI PUTRA", "born_on": "1980-05-17", "mother": "FATIMAH"},
        {"name": "ADI SAPUTRA", "born_on": "1980-05-18", "mother": "FATIMAH"},
        {"name": "ADI SAPUTRA", "born_on": "1980-05-17", "mother": "AISYAH"},
        {"name": "ADI SAPUTRA", "born_on": "1980-05-17"},
    ],
)
def test_namesakes_are_not_one_person(office, other):
    take(person(ADI, mother="FATIMAH"), person(TWIN, row=3, **other))
    assert people.people(view(TODAY), None, "double", rule_in_force=RULE) == []


def test_of_two_niks_the_dead_and_the_merged_need_no_settling(office):
    rows = (
        person(ADI, mother="FATIMAH"),
        person(TWIN, row=3, name="ADI SAPUTRA", born_on="1980-05-17", mother="FATIMAH"),
    )
    take(*rows)
    happen(event(facts.KONSOLIDASI_MERGED, TWIN, "2019-03-01", merged_into=ADI))
    assert people.people(view(TODAY), None, "double", rule_in_force=RULE) == []


def test_two_niks_in_two_villages_are_listed_in_each_area_that_holds_one(office):
    take(
        person(ADI, mother="FATIMAH"),
        person(TWIN, row=3, name="ADI SAPUTRA", born_on="1980-05-17", mother="FATIMAH", village=LAKITAN),
    )
    at = view(TODAY)
    assert [one.nik for one in people.people(at, 160501, "double", rule_in_force=RULE)] == [ADI]
    assert [one.nik for one in people.people(at, 160502, "double", rule_in_force=RULE)] == [TWIN]
