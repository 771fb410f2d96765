from decimal import Decimal

import pytest

from jemput.domain.claims import typography


@pytest.mark.parametrize(
    "text", ["293578", "293.578", "293,578", "293 578", "293\u00a0578", "293\u202f578", "293'578", "293’578"]
)
def test_thousands_may_be_marked_by_a_dot_a_comma_a_blank_or_an_apostrophe(text):
    assert typography.cell(text) == typography.Printed(293_578)


@pytest.mark.parametrize("text", ["4.17.364", "293.57", "1.133,790", "abc", "12x", "9822.5", ""])
def test_a_cell_that_is_no_way_to_write_a_figure_is_not_read(text):
    assert typography.cell(text) is None


@pytest.mark.parametrize(("text", "value"), [("4.17.364", 417_364), ("2.13.45", 213_045), ("1.33.48", 133_048)])
def test_a_broken_number_is_first_read_with_its_lost_zero(text, value):
    broken = typography.figure(text)
    assert broken is not None
    assert broken.readings[0] == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [("96,65", "96.65"), ("96.65 persen", "96.65"), ("86", "86"), ("1,8%", "1.8"), ("96,654", "96.654")],
)
def test_a_percentage_keeps_the_decimals_it_was_printed_with(text, printed):
    share = typography.percentage(text)
    assert share is not None
    assert str(share) == printed
    assert isinstance(share, Decimal)
