"""A trend: a point a count, a mark where the centre cleansed, an axis in its language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jemput.office.drawing import axes
from jemput.office.drawing.trend import TrendPoint, coverage_line, remaining_bars
from tests.office.drawing.pictures import links, read, said, texts, whole


def point(
    month: int, percent: str | None = "96.65", left: int = 9_823, *, jump: str = "", live: bool = False
) -> TrendPoint:
    on = date(2018 + month // 12, month % 12 + 1, 28)
    share = None if percent is None else Decimal(percent)
    return TrendPoint(on, share, left, jump, live, f"{on}: {left}", f"/rincian/?on={on}")


YEAR = [point(month, str(95 + Decimal(month) / 10), 12_000 - 150 * month) for month in range(13)]


def line(*points: TrendPoint) -> str:
    return coverage_line(points, key="cakupan", title="Cakupan", language="id")


def bars(*points: TrendPoint) -> str:
    return remaining_bars(points, key="sisa", title="Belum rekam", language="id")


def test_every_count_is_a_link_in_the_line_and_in_the_bars() -> None:
    for markup in (line(*YEAR), bars(*YEAR)):
        picture = read(markup)
        assert len(links(picture)) == 13
        assert whole(picture)
        assert all(one.said in said(picture) for one in YEAR)


def test_the_live_count_looks_otherwise() -> None:
    assert links(read(line(YEAR[0], point(1, live=True))))[-1][1] == "point live"
    assert links(read(bars(YEAR[0], point(1, live=True))))[-1][1] == "column live"


def test_bars_begin_at_zero_and_a_line_where_its_axis_says() -> None:
    assert "0" in texts(read(bars(*YEAR)))
    assert "12.500" in texts(read(bars(*YEAR)))
    written = texts(read(line(*YEAR)))
    assert "0" not in written
    assert "95" in written


def test_a_month_in_which_the_centre_cleansed_is_marked() -> None:
    picture = read(line(YEAR[0], point(1, jump="konsolidasi −8.000"), point(2)))
    assert "konsolidasi −8.000" in texts(picture)
    assert len([one for one in picture.iter("g") if one.get("class") == "jump"]) == 1


def test_a_frozen_denominator_may_leave_less_than_none() -> None:
    assert whole(read(bars(point(0, "100.96", -339), point(1, "99.00", 20))))


def test_one_count_or_none_is_drawn_too() -> None:
    assert links(read(line(YEAR[0])))
    assert "Belum ada hitungan tertutup." in said(read(line()))
    assert links(read(line(point(0, None)))) == []


def test_days_are_written_as_the_language_has_them() -> None:
    written = texts(read(coverage_line([point(4), point(7)], key="c", title="Coverage", language="en")))
    assert {"28 May", "28 Aug", "2018"} <= set(written)
    assert {"28 Mei", "28 Agu"} <= set(texts(read(line(point(4), point(7)))))


@given(st.lists(st.decimals(-1000, 1_000_000, places=2), min_size=1, max_size=40), st.booleans())
def test_ticks_hold_every_value_and_are_few(values: list[Decimal], from_zero: bool) -> None:  # noqa: FBT001 - drawn at random
    found = axes.axis(values, from_zero=from_zero)
    assert all(0 <= found.part(value) <= 1 for value in values)
    assert 2 <= len(found.ticks) <= 8
    assert not from_zero or 0 in found.ticks


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 12_000), st.integers(-500, 300_000), st.text(max_size=9)), max_size=30
    )
)
def test_any_series_is_drawn(rows: list[tuple[int | None, int, str]]) -> None:
    points = [
        point(number, None if share is None else str(Decimal(share) / 100), left, jump=moved)
        for number, (share, left, moved) in enumerate(rows)
    ]
    assert whole(read(line(*points)))
    assert whole(read(bars(*points)))
