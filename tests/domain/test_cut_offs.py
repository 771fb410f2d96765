"""The 28th: which one comes, and which went by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.cut_offs import CLOSING_DAY, cut_off_from, cut_offs_between

DAYS = st.dates(date(2015, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 4, 2), date(2019, 4, 28)),
        (date(2019, 3, 28), date(2019, 3, 28)),
        (date(2018, 12, 29), date(2019, 1, 28)),
        (date(2020, 2, 29), date(2020, 3, 28)),
    ],
)
def test_the_next_28th(day: date, expected: date) -> None:
    assert cut_off_from(day) == expected


def test_those_that_went_by() -> None:
    assert cut_offs_between(date(2018, 11, 28), date(2019, 1, 28)) == [date(2018, 12, 28), date(2019, 1, 28)]
    assert cut_offs_between(date(2019, 3, 28), date(2019, 4, 27)) == []


@given(DAYS, st.integers(0, 800))
def test_every_28th_between_and_no_other_day(after: date, days: int) -> None:
    until = after + timedelta(days=days)
    found = cut_offs_between(after, until)
    every = [after + timedelta(days=n) for n in range(1, days + 1)]
    assert found == [day for day in every if day.day == CLOSING_DAY]
