"""Daily work, growing pauses, and which backups stay."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.schedule import Keep, is_overdue, kept, latest_due, pause_after, time_of_day

NOON = time(12, 30)
moments = st.datetimes(datetime(2018, 1, 1), datetime(2021, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
keeps = st.builds(Keep, st.integers(1, 9), st.integers(0, 9), st.integers(0, 15))


@pytest.mark.parametrize(
    ("text", "at"),
    [("12:30", time(12, 30)), ("7.05", time(7, 5)), (" 00:00 ", time()), ("23:59", time(23, 59))],
)
def test_a_time_of_day_is_read_with_a_colon_or_a_point(text, at):
    assert time_of_day(text) == at


@pytest.mark.parametrize("text", ["", "-", "24:00", "12:60", "12", "noon", "-1:30", "١٢:٣٠", "12:3x"])
def test_what_is_no_time_of_day_is_none(text):
    assert time_of_day(text) is None


def test_work_is_due_today_once_its_time_has_come_and_since_yesterday_before():
    assert latest_due(datetime(2019, 4, 2, 12, 30, tzinfo=UTC), NOON) == datetime(2019, 4, 2, 12, 30, tzinfo=UTC)
    assert latest_due(datetime(2019, 4, 2, 12, 29, tzinfo=UTC), NOON) == datetime(2019, 4, 1, 12, 30, tzinfo=UTC)


@given(moments)
def test_work_was_due_within_the_last_day(now):
    due = latest_due(now, NOON)
    assert timedelta() <= now - due < timedelta(days=1)


def test_pauses_grow_and_end():
    assert [pause_after(tries) for tries in (1, 2, 3, 4)] == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=25),
        None,
    ]


def test_a_backup_is_missing_two_hours_after_its_time_and_not_before():
    yesterday = datetime(2019, 4, 1, 12, 31, tzinfo=UTC)
    assert not is_overdue(yesterday, datetime(2019, 4, 2, 14, 29, tzinfo=UTC), NOON)
    assert is_overdue(yesterday, datetime(2019, 4, 2, 14, 31, tzinfo=UTC), NOON)
    assert is_overdue(None, yesterday, NOON)


def test_the_last_backup_of_each_day_week_and_month_stays():
    days = [datetime(2019, 3, 1, hour, tzinfo=UTC) + timedelta(days=n) for n in range(40) for hour in (9, 16)]
    stays = sorted(kept(days, Keep(3, 2, 2)))
    assert [f"{one:%m-%d %H}" for one in stays] == ["03-31 16", "04-07 16", "04-08 16", "04-09 16"]


@given(st.sets(moments, min_size=1), keeps)
def test_the_newest_backup_always_stays_and_never_more_than_asked_for(made, keep):
    stays = kept(made, keep)
    assert max(made) in stays
    assert stays <= made
    assert len(stays) <= keep.daily + keep.weekly + keep.monthly


@given(st.sets(moments, min_size=1), keeps)
def test_letting_go_twice_lets_nothing_more_go(made, keep):
    stays = kept(made, keep)
    assert kept(stays, keep) == stays


@given(st.sets(moments, min_size=1), keeps)
def test_what_is_let_go_is_older_than_a_kept_one_of_its_day_or_than_all_kept_days(made, keep):
    stays = kept(made, keep)
    days = sorted({one.date() for one in stays})
    for one in made - stays:
        assert any(other.date() == one.date() and other > one for other in stays) or one.date() < days[-1]


@pytest.mark.parametrize("text", ["", "7", "7,5", "0, 5, 12", "7, -1, 12", "a, b, c", "7, 5, 12, 1"])
def test_what_says_not_how_many_backups_to_keep_is_refused(text):
    assert Keep.parse(text) is None


def test_how_many_backups_to_keep_is_three_numbers():
    assert Keep.parse(" 7,5 , 12") == Keep(7, 5, 12)
