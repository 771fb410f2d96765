"""Who is to come when: 6 minutes a person a set, half an hour to set up, nobody at noon."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.slots import capacity, ends_of, expected_of, read_clock, slot_text, slots

THURSDAY, FRIDAY = date(2019, 4, 11), date(2019, 4, 12)


def test_the_first_comes_after_half_an_hour_and_five_people_share_a_slot_of_one_set() -> None:
    given_out = slots(range(11), starts="08.00", on=THURSDAY, sets=1)
    assert [given_out[one] for one in (0, 4, 5, 10)] == ["08.30", "08.30", "09.00", "09.30"]
    assert slots(range(11), starts="08.00", on=THURSDAY, sets=2)[10] == "09.00"


def test_nobody_is_asked_to_come_at_noon_or_during_friday_prayer() -> None:
    thursday = set(slots(range(60), starts="08.00", on=THURSDAY, sets=1).values())
    friday = set(slots(range(60), starts="08.00", on=FRIDAY, sets=1).values())
    assert "11.30" in thursday
    assert {"12.00", "12.30"} & thursday == set()
    assert {"11.30", "12.00", "12.30"} & friday == set()
    assert "13.00" in friday


def test_the_sets_serve_ten_people_an_hour_less_setting_up_and_rest() -> None:
    assert capacity(starts="08.00", ends="12.00", on=THURSDAY, sets=1) == 35
    assert capacity(starts="08.00", ends="15.00", on=THURSDAY, sets=1) == 55
    assert capacity(starts="08.00", ends="15.00", on=FRIDAY, sets=2) == 100
    assert capacity(starts="08.00", ends="08.15", on=THURSDAY, sets=1) == 0
    assert capacity(starts="00.00", ends="23.59", on=THURSDAY, sets=1) == 100


def test_eight_of_ten_come() -> None:
    assert [expected_of(count) for count in (0, 1, 3, 10, 51)] == [0, 1, 2, 8, 41]


@pytest.mark.parametrize(
    ("text", "read"), [("8:00", "08.00"), ("08.00", "08.00"), (" 13.5", None), ("24.00", None), ("", None)]
)
def test_a_time_is_read_as_people_write_it(text: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(ValueError, match="^" + text + "$"):
            read_clock(text)
    else:
        assert read_clock(text) == read


def test_a_slot_is_printed_with_its_end() -> None:
    assert slot_text("08.30") == "08.30–09.00"
    assert slot_text("") == ""


@given(st.integers(0, 400), st.integers(1, 6), st.sampled_from([THURSDAY, FRIDAY, None]))
def test_everybody_has_a_slot_in_the_order_given_and_no_slot_is_fuller_than_the_sets_can_serve(
    people: int, sets: int, on: date | None
) -> None:
    given_out = slots(range(people), starts="07.00", on=on, sets=sets)
    told = [given_out[one] for one in range(people)]
    served = [slot for slot in told if slot]
    assert served == sorted(served)
    assert all(served.count(slot) <= 5 * sets for slot in set(served))
    assert told[: len(served)] == served
    assert bool(ends_of(given_out)) == bool(served)
