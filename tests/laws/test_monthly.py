"""The month foots in every column of every row, whatever the ledger; and once made it reads the same for ever."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from jemput.domain.coverage import Rule
from jemput.queries import monthly
from jemput.queries.coverage import View
from jemput.queries.monthly import Monthly
from tests.builders import office_on
from tests.laws.ledgers import FIRST, Step, ledgers, write
from tests.laws.test_counting import days_of_interest, last_batch, on_a_real_database, rolled_back

fewer = settings(on_a_real_database, max_examples=200)
"""The other laws hold the figures a month is made of to 500 ledgers each."""
AREAS = st.sampled_from([None, 1605, 160501, 1605012003])
HERE = office_on(date(2019, 6, 1))


def month(start: View, end: View, area: int | None) -> Monthly:
    return monthly.between(start, end, area, HERE)


@fewer
@given(steps=ledgers(), data=st.data())
def test_a_month_foots_in_every_column_of_every_row(office, steps: list[Step], data) -> None:
    rule = Rule()
    for _ in rolled_back():
        write(steps, rule)
        on, other = sorted((data.draw(days_of_interest), data.draw(days_of_interest)))
        start = View(on, data.draw(st.integers(0, last_batch())), FIRST, rule)
        end = View(other, data.draw(st.integers(0, last_batch())), FIRST, rule)
        found = month(start, end, data.draw(AREAS))
        assert found.foots
        assert sum(one.end for one in found.pipeline) == found.end.population
        assert sum(one.start for one in found.pipeline) == found.start.population
        for balances in (found.districts, found.villages):
            assert sum(one.closing.total for one in balances) == found.end.population
            assert sum(one.opening.foreign for one in balances) == found.balance.opening.foreign


@fewer
@given(steps=ledgers(), data=st.data())
def test_a_month_reads_the_same_whatever_the_office_learns_later(office, steps: list[Step], data) -> None:
    rule = Rule()
    at = data.draw(st.integers(1, len(steps)))
    on, other = sorted((data.draw(days_of_interest), data.draw(days_of_interest)))
    area = data.draw(AREAS)
    made: list[tuple[View, View, Monthly]] = []

    def make(written: int) -> None:
        if written == at:
            start = View(on, data.draw(st.integers(0, last_batch())), FIRST, rule)
            end = View(other, last_batch(), FIRST, rule)
            made.append((start, end, month(start, end, area)))

    for _ in rolled_back():
        write(steps, rule, after=make)
        [(start, end, then)] = made
        assert month(start, end, area) == then
