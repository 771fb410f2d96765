"""A list behind a figure, page by page: the same people as the whole list, and as many as the figure."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.queries import coverage, people
from jemput.queries.listing import listing
from tests.builders import LAKITAN, NEXT_DOOR, OFFICE, RULE, TODAY, TUGUMULYO, append, close, registered, view

CUT_OFF = date(2019, 3, 28)
AREAS = (None, OFFICE, 160501, 160502, 1605012003)


@pytest.fixture
def register(office) -> None:
    villages = (TUGUMULYO, NEXT_DOOR, LAKITAN)
    append(
        *(registered(at, name=f"ORANG {at % 7}", village=villages[at % 3], born_on=f"{1950 + at * 2}-05-17") for at in range(1, 30)),
        *(
            NewFact(f"k{at}", facts.REKAM, date(2019, 3, 1), at, {"status": "PRR", "recorded_at": "16.05.01"})
            for at in range(1, 29, 2)
        ),
        *(NewFact(f"b{at}", facts.BLOCKED, date(2019, 3, 1), at) for at in (2, 4)),
        today=CUT_OFF,
    )  # fmt: skip
    close(CUT_OFF)
    append(
        NewFact("p", facts.RESIDENCE_CHANGED, TODAY, 3, {"village": LAKITAN}),
        NewFact("m", facts.MATI, TODAY, 6),
        NewFact("u", facts.REVERSED, TODAY, 8, reverses=8),
    )


@pytest.mark.parametrize("group", sorted(set(people.GROUPS) - {"double"}))
def test_the_pages_of_a_list_are_the_list_and_as_many_as_the_figure(register, group):
    for on, known in ((CUT_OFF, None), (CUT_OFF, "now"), (TODAY, "now")):
        at = view(on, known)
        for area in AREAS:
            whole = people.people(at, area, group, rule_in_force=RULE)
            figures = coverage.total(coverage.villages(at, area, rule_in_force=RULE))
            pages = [listing(at, area, group, rule_in_force=RULE, start=start, count=4) for start in range(0, 36, 4)]
            paged = [person for page in pages for person in page.people]
            assert {page.total for page in pages} == {len(whole)} == {getattr(figures, group)}
            assert sorted(paged, key=repr) == sorted(whole, key=repr)
            assert len({person.id for person in paged}) == len(paged)


def test_a_page_is_by_village_and_in_it_by_name(register):
    shown = listing(view(TODAY), OFFICE, "population", rule_in_force=RULE, start=0, count=100).people
    assert [(one.village, one.name, one.id) for one in shown] == sorted(
        (one.village, one.name, one.id) for one in shown
    )


def test_people_with_two_niks_are_paged_too(office):
    said = {"name": "ADI", "mother": "SITI"}
    append(registered(1, nik="1605011705809001", **said), registered(2, nik="1605011705809002", **said), registered(3))
    whole = listing(view(TODAY), OFFICE, "double", rule_in_force=RULE, start=0, count=1)
    assert whole.total == 2
    assert len(whole.people) == 1
