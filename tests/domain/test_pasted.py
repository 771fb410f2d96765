"""What is pasted out of a telephone comes apart into messages, each with its sender and time, and loses no word."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.pasted import split_pasted


@pytest.mark.parametrize(
    "head",
    [
        "[09.15, 2/4/2019] Pak Kades Tegal Rejo: ",
        "[09:15, 02/04/2019] Pak Kades Tegal Rejo: ",
        "[02/04/19 09.15.33] ~ Pak Kades Tegal Rejo: ",
        "02/04/19 09.15 - Pak Kades Tegal Rejo: ",
    ],
)
def test_a_copied_message_has_its_sender_and_time(head):
    (one,) = split_pasted(f"{head}#JEMPUT#K7Q2#SIAP\nterima kasih")
    assert one.sender == "Pak Kades Tegal Rejo"
    assert (one.on, one.clock) == (date(2019, 4, 2), time(9, 15))
    assert one.body == "#JEMPUT#K7Q2#SIAP\nterima kasih"


def test_several_copied_at_once_come_apart():
    found = split_pasted(
        "[09.15, 2/4/2019] +62 812-3456-7834: #JEMPUT#K7Q2#SIAP\n"
        "[09.20, 2/4/2019] Bu Lurah: besok saya kabari\n\nsalam\n"
        "[10.01, 2/4/2019] Pak RT: ok"
    )
    assert [one.sender for one in found] == ["+62 812-3456-7834", "Bu Lurah", "Pak RT"]
    assert found[1].body == "besok saya kabari\n\nsalam"


def test_without_heads_a_blank_line_or_a_new_code_begins_the_next():
    found = split_pasted("#JEMPUT#K7Q2#SIAP\n#JEMPUT#M3PX#HARI LAIN#SENIN\nmaaf pak\n\nhalo\r\n\r\n")
    assert [one.body for one in found] == ["#JEMPUT#K7Q2#SIAP", "#JEMPUT#M3PX#HARI LAIN#SENIN\nmaaf pak", "halo"]


def test_a_day_that_is_none_is_no_time():
    (one,) = split_pasted("[09.15, 31/2/2019] Pak RT: ok")
    assert (one.on, one.body) == (None, "ok")


@given(st.lists(st.text(alphabet="abc #:[]/.-0123", min_size=1, max_size=20), max_size=6))
def test_no_word_of_a_paste_without_heads_is_lost(lines):
    found = split_pasted("\n".join(lines))
    assert all(one.body.strip() for one in found)
    if not any(one.sender for one in found):
        assert "".join("".join(one.body for one in found).split()) == "".join("".join(lines).split())


@given(st.text(max_size=300))
def test_whatever_is_pasted_raises_nothing(text):
    assert all(one.body.strip() for one in split_pasted(text))
