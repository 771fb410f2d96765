"""Classes: every value in one, none empty, limits round, dark where most is left to do."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jemput.office.drawing.scale import SHADES, Scale, scale

COUNTS = st.lists(st.none() | st.integers(-50, 100_000), min_size=1, max_size=220)
PERCENTS = st.lists(st.none() | st.integers(0, 12_000).map(lambda n: Decimal(n) / 100), min_size=1, max_size=220)


def known(values: list[int | None] | list[Decimal | None]) -> list[int | Decimal]:
    return [value for value in values if value is not None]


def laws(found: Scale | None, values: list[int | None] | list[Decimal | None]) -> None:
    if not known(values):
        assert found is None
        return
    assert found is not None
    rows = found.legend(values)
    assert sum(row.areas for row in rows) == len(known(values))
    assert all(row.areas for row in rows)
    assert len(rows) <= SHADES
    assert [row.shade for row in rows] == sorted({row.shade for row in rows})
    for value in known(values):
        held = [row for row in rows if row.low <= value <= row.high]
        assert [row.shade for row in held] == [found.shade(value)]
    assert found.shade(None) is None


@given(COUNTS)
def test_every_count_lies_in_one_class_and_no_class_is_empty(values: list[int | None]) -> None:
    laws(scale(values), values)


@given(PERCENTS)
def test_every_percentage_lies_in_one_class_and_no_class_is_empty(values: list[Decimal | None]) -> None:
    laws(scale(values, dark="low", step=Decimal("0.01")), values)


def test_limits_are_round_and_classes_about_alike() -> None:
    values = [142, 129, 237, 382, 418, 557, 559, 605, 707, 839, 884, 1050, 1054, 1542]
    found = scale(values)
    assert found is not None
    assert all(cut % 50 == 0 for cut in found.cuts)
    assert max(row.areas for row in found.legend(values)) <= 4


def test_dark_is_where_most_is_left_be_it_a_count_or_a_coverage() -> None:
    left = scale([0, 10, 20, 30, 40])
    covered = scale([Decimal(90), Decimal(95), Decimal("99.5")], dark="low", step=Decimal("0.01"))
    assert left is not None
    assert covered is not None
    assert (left.shade(0), left.shade(40)) == (0, SHADES - 1)
    assert (covered.shade(Decimal(90)), covered.shade(Decimal("99.5"))) == (SHADES - 1, 0)


def test_one_value_alone_is_one_class() -> None:
    found = scale([7, 7, None])
    assert found is not None
    assert [(row.low, row.high, row.areas) for row in found.legend([7, 7, None])] == [(7, 7, 2)]


def test_over_a_hundred_percent_is_a_value_like_any_other() -> None:
    values = [Decimal("100.96"), Decimal("96.65")]
    found = scale(values, dark="low", step=Decimal("0.01"))
    assert found is not None
    assert found.shade(Decimal("100.96")) == 0
    assert found.legend(values)[0].high == Decimal("100.96")
