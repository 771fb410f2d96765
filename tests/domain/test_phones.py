"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.phones import mask_phone, read_phone, show_phone
from jemput.domain.problems import Problem


@pytest.mark.parametrize(
    "said",
    [
        "081234567834",
        "0812 3456 7834",
        "0812-3456-7834",
        "+62 812-3456-7834",
        "6281234567834",
        "62 812 3456 7834",
        "(0812) 3456.7834",
        "WA: 0812-3456-7834",
        "0812 3456 7834 (WA)",
        " 081234567834 ",
    ],
)
def test_one_number_is_kept_one_way_however_it_is_written(said: str) -> None:
    assert read_phone(said) == "+6281234567834"


def test_a_landline_of_the_regency_is_a_number_too() -> None:
    assert read_phone("0733 451234") == "+62733451234"


def test_nothing_is_no_number_and_no_problem() -> None:
    assert read_phone("  ") == ""
    assert mask_phone("") == ""


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("0812", "phone_impossible"),
        ("0812 3456 7834 5678 9", "phone_impossible"),
        ("tanya kadus", "phone_unreadable"),
        ("0812 3456 7834 atau 0813 1111 2222 atau 0857", "phone_unreadable"),
    ],
)
def test_what_can_be_no_number_is_refused_in_words(said: str, code: str) -> None:
    found = read_phone(said)
    assert isinstance(found, Problem)
    assert found.kind.code == code
    assert found.reason("id")
    assert found.todo("en")


def test_a_number_is_shown_whole_or_masked() -> None:
    assert show_phone("+6281234567834") == "+62 812-3456-7834"
    assert mask_phone("+6281234567834") == "+62 812-••••-34"
    assert mask_phone("+62733451234") == "+62 733-••••-34"


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_and_what_is_read_is_read_again(text: str) -> None:
    found = read_phone(text)
    if isinstance(found, Problem):
        assert found.reason("id")
    else:
        assert read_phone(found) == found
        assert len(found) < 8 or found[5:-2] not in mask_phone(found)
