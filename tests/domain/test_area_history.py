"""What a code was called when: lists, complete lists and lists of changes, in any order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.area_history import History, Period, changed, listed, period_at, unchanged, unlisted
from jemput.domain.places import AreaChange

Y2000, Y2018, Y2020, Y2022, Y2023, Y2025 = (date(year, 1, 1) for year in (2000, 2018, 2020, 2022, 2023, 2025))
KODE = 1605012003


def renamed(old: str, new: str, since: date, on: date) -> AreaChange:
    return AreaChange(KODE, "renamed", old, new, since, on)


def added(new: str, since: date, on: date) -> AreaChange:
    return AreaChange(KODE, "added", "", new, since, on)


def removed(old: str, since: date, on: date) -> AreaChange:
    return AreaChange(KODE, "removed", old, "", since, on)


def told(history: History, *changes: AreaChange) -> History:
    return changed(history, changes, since=Y2018, until=Y2025, source="c")


def test_a_new_name_closes_the_old_one_the_day_it_begins() -> None:
    history = listed(listed((), Y2018, "A", "s"), Y2020, "B", "t")
    assert history == (Period(Y2018, Y2020, "A", "s"), Period(Y2020, None, "B", "t"))


def test_the_same_name_again_is_the_same_history() -> None:
    history = listed((), Y2018, "A", "s")
    assert listed(history, Y2020, "A", "t") is history


def test_another_name_for_the_very_day_was_a_slip() -> None:
    assert listed(listed((), Y2018, "A", "s"), Y2018, "B", "t") == (Period(Y2018, None, "B", "t"),)


def test_an_older_list_carries_a_name_back() -> None:
    assert listed(listed((), Y2025, "A", "s"), Y2018, "A", "t") == (Period(Y2018, None, "A", "s"),)


def test_an_older_list_with_another_name_fills_the_time_before() -> None:
    assert listed(listed((), Y2025, "B", "s"), Y2018, "A", "t") == (
        Period(Y2018, Y2025, "A", "t"),
        Period(Y2025, None, "B", "s"),
    )


def test_a_list_between_two_moves_the_change_of_name() -> None:
    both = listed(listed((), Y2018, "A", "s"), Y2025, "B", "t")
    assert listed(both, Y2022, "B", "u") == (Period(Y2018, Y2022, "A", "s"), Period(Y2022, None, "B", "u"))


def test_a_code_left_out_ends_and_stays() -> None:
    assert unlisted(listed((), Y2018, "A", "s"), Y2020) == (Period(Y2018, Y2020, "A", "s"),)


def test_a_code_that_was_never_to_be_listed_holds_on_no_day_and_can_be_listed_again() -> None:
    slip = unlisted(listed((), Y2018, "A", "s"), Y2018)
    assert slip == (Period(Y2018, Y2018, "A", "s"),)
    assert period_at(slip, Y2018) is None
    assert listed(slip, Y2018, "A", "s") == (Period(Y2018, None, "A", "s"),)


def test_a_code_may_come_to_life_again() -> None:
    history = listed(unlisted(listed((), Y2018, "A", "s"), Y2020), Y2023, "A", "t")
    assert history == (Period(Y2018, Y2020, "A", "s"), Period(Y2023, None, "A", "t"))


def test_a_code_the_office_never_heard_of_is_written_with_the_time_it_held() -> None:
    assert told((), removed("A", Y2022, Y2023)) == (Period(Y2018, Y2023, "A", "c"),)


def test_changes_put_right_a_list_of_today_that_was_given_an_early_day() -> None:
    today = listed((), Y2000, "B", "s")
    assert told(today, renamed("A", "B", Y2023, Y2025)) == (
        Period(Y2000, Y2025, "A", "c"),
        Period(Y2025, None, "B", "c"),
    )
    assert told(today, added("B", Y2022, Y2023)) == (Period(Y2023, None, "B", "c"),)


def test_a_name_known_from_before_the_changes_stays() -> None:
    assert told(listed((), Y2000, "Z", "s"), renamed("A", "B", Y2020, Y2022)) == (
        Period(Y2000, Y2018, "Z", "s"),
        Period(Y2018, Y2022, "A", "c"),
        Period(Y2022, None, "B", "c"),
    )


def test_of_two_spellings_the_one_of_the_list_stays() -> None:
    assert told(listed((), Y2025, "Ujung Kia", "s"), added("Ujungkia", Y2022, Y2023)) == (
        Period(Y2023, None, "Ujung Kia", "c"),
    )


def test_a_name_there_and_back_is_three_periods() -> None:
    changes = (renamed("A", "B", Y2020, Y2022), renamed("B", "A", Y2022, Y2023))
    assert told(listed((), Y2025, "A", "s"), *changes) == (
        Period(Y2018, Y2022, "A", "c"),
        Period(Y2022, Y2023, "B", "c"),
        Period(Y2023, None, "A", "c"),
    )


def test_what_happened_after_the_last_release_stays() -> None:
    later = unlisted(listed((), Y2025, "B", "s"), date(2026, 1, 1))
    assert told(later, renamed("A", "B", Y2023, Y2025))[-1] == Period(Y2025, date(2026, 1, 1), "B", "c")


def test_a_code_no_change_speaks_of_held_all_along() -> None:
    assert unchanged(listed((), Y2025, "A", "s"), since=Y2018, until=Y2025) == (Period(Y2018, None, "A", "s"),)
    early = listed((), Y2000, "A", "s")
    assert unchanged(early, since=Y2018, until=Y2025) is early
    late = listed((), date(2026, 1, 1), "A", "s")
    assert unchanged(late, since=Y2018, until=Y2025) is late


DAYS = st.integers(0, 40).map(lambda n: Y2018 + timedelta(days=n))
NAMES = st.sampled_from(["A", "B", "C"])
STEPS = st.lists(st.tuples(DAYS, st.one_of(st.none(), NAMES)), max_size=12)


def played(steps: list[tuple[date, str | None]]) -> History:
    history: History = ()
    for day, name in steps:
        history = unlisted(history, day) if name is None else listed(history, day, name, "s")
    return history


def assert_sound(history: History) -> None:
    assert all(one.end is None or one.end >= one.start for one in history)
    assert len({one.start for one in history}) == len(history)
    for before, after in pairwise(history):
        assert before.end is not None
        assert before.end <= after.start
        assert before.end < after.start or before.name != after.name or before.start == before.end


@given(STEPS)
def test_periods_never_overlap_whatever_is_imported(steps: list[tuple[date, str | None]]) -> None:
    assert_sound(played(steps))


@given(STEPS, DAYS, NAMES)
def test_a_list_is_believed_for_its_day_and_importing_it_twice_changes_nothing(
    steps: list[tuple[date, str | None]], day: date, name: str
) -> None:
    once = listed(played(steps), day, name, "t")
    held = period_at(once, day)
    assert held
    assert held.name == name
    assert listed(once, day, name, "t") is once


@given(STEPS, DAYS)
def test_a_code_left_out_no_longer_holds_and_is_not_forgotten(steps: list[tuple[date, str | None]], day: date) -> None:
    before = played(steps)
    once = unlisted(before, day)
    assert period_at(once, day) is None
    assert {one.name for one in once} == {one.name for one in before}
    assert unlisted(once, day) == once


@st.composite
def chains(draw: st.DrawFn) -> list[AreaChange]:
    """Changes that follow on each other, as the difference of releases gives them."""
    state = draw(st.one_of(st.none(), NAMES))
    changes: list[AreaChange] = []
    releases = [Y2018 + timedelta(days=10 * n) for n in range(5)]
    for since, on in pairwise(releases):
        after = draw(st.one_of(st.none(), NAMES))
        if after != state:
            kind = "added" if state is None else "removed" if after is None else "renamed"
            changes.append(AreaChange(KODE, kind, state or "", after or "", since, on))
        state = after
    return changes


@given(STEPS, chains().filter(bool))
def test_changes_are_believed_for_every_day_they_cover_and_twice_is_once(
    steps: list[tuple[date, str | None]], changes: list[AreaChange]
) -> None:
    since, until = Y2018, Y2018 + timedelta(days=40)
    once = changed(played(steps), changes, since=since, until=until, source="c")
    assert_sound(once)
    assert changed(once, changes, since=since, until=until, source="c") == once
    for days in range(41):
        day = since + timedelta(days=days)
        past = [change for change in changes if change.on <= day]
        name = past[-1].new_name if past else changes[0].old_name
        held = period_at(once, day)
        assert (held.name if held else "") == name
