"""Law: who is left by the index are exactly the people the count calls unrecorded, since the day the fold says."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain.coverage import KnownFact, Rule, figures_of, standing
from jemput.domain.lampid import Effects
from jemput.queries import people
from jemput.queries.coverage import View
from jemput.queries.left import left
from jemput.store import bulk
from jemput.store.ledger import FACT_COLUMNS
from tests.laws.ledgers import FIRST, Step, ledgers, rules, write
from tests.laws.test_counting import days_of_interest, last_batch, rolled_back

LEDGERS = 200
"""Random ledgers a database and a run."""
on_a_real_database = settings(
    max_examples=LEDGERS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
AREAS = (None, 1605, 160501, 1605012003)


@on_a_real_database
@given(steps=ledgers(), rule=rules, data=st.data())
def test_who_is_left_are_the_people_of_the_count_in_every_view(office, steps: list[Step], rule: Rule, data) -> None:
    for _ in rolled_back():
        write(steps, rule)
        for _ in range(3):
            at = View(data.draw(days_of_interest), data.draw(st.integers(0, last_batch())), FIRST, rule)
            area = data.draw(st.sampled_from(AREAS))
            found = left(at, area, rule_in_force=rule)
            assert {(one.person, one.village) for one in found if one.is_counted} == of(at, area, "unrecorded", rule)
            assert {(one.person, one.village) for one in found if one.is_blocked} == of(at, area, "blocked", rule)
            assert all(one.is_counted or one.is_blocked for one in found)
            assert len({one.person for one in found}) == len(found)


@on_a_real_database
@given(steps=ledgers(), rule=rules, data=st.data())
def test_who_is_due_by_a_later_day_is_whom_the_count_of_that_day_has_besides(
    office, steps: list[Step], rule: Rule, data
) -> None:
    for _ in rolled_back():
        write(steps, rule)
        at = View(data.draw(days_of_interest), last_batch(), FIRST, rule)
        until = at.on + timedelta(days=data.draw(st.integers(0, 60)))
        found = left(at, None, rule_in_force=rule, until=until)
        later = of(View(until, at.batch, FIRST, rule), None, "unrecorded", rule)
        now = {(one.person, one.village) for one in found if one.is_counted or one.is_blocked}
        due = {(one.person, one.village) for one in found if not one.is_counted and not one.is_blocked}
        assert due == later - now


@on_a_real_database
@given(steps=ledgers(), rule=rules, data=st.data())
def test_somebody_is_left_since_the_first_day_of_their_present_run(office, steps: list[Step], rule: Rule, data) -> None:
    for _ in rolled_back():
        write(steps, rule)
        at = View(data.draw(days_of_interest), data.draw(st.integers(0, last_batch())), FIRST, rule)
        told = known()
        for one in left(at, None, rule_in_force=rule):
            day = at.on
            while is_left(told[one.person], day - timedelta(days=1), at, one.village):
                day -= timedelta(days=1)
            assert date.fromordinal(one.since) == day


def of(at: View, area: int | None, group: people.Group, rule: Rule) -> set[tuple[int, int]]:
    return {(one.id, one.village) for one in people.people(at, area, group, rule_in_force=rule)}


def known() -> dict[int, list[KnownFact]]:
    """Return the facts of the ledger by person's number, for the plain fold."""
    found: dict[int, list[KnownFact]] = {}
    for row in bulk.select(f"SELECT {', '.join(FACT_COLUMNS)} FROM fact WHERE person IS NOT NULL ORDER BY place"):
        fact = dict(zip(FACT_COLUMNS, row, strict=True))
        legal = Effects(*(fact[name] for name in Effects._fields))
        said = KnownFact(fact["place"], fact["batch"], fact["kind"], fact["on_day"], legal, fact["reverses"])
        found.setdefault(fact["person"], []).append(said)
    return found


def is_left(told: list[KnownFact], on: date, at: View, village: int) -> bool:
    person = standing(told, on_day=on.toordinal(), batch=at.batch, rule=at.rule)
    added = dict(figures_of(person, on_day=on.toordinal(), rule=at.rule)[:1]) if person.is_resident else {}
    figures = added.get(village)
    return figures is not None and figures.unrecorded + figures.blocked > 0
