from datetime import date
from decimal import Decimal

import pytest

from jemput.domain import wording


def test_numbers_are_grouped_as_each_language_writes_them():
    assert wording.number(293_578, "id") == "293.578"
    assert wording.number(293_578, "en") == "293,578"
    assert wording.number(-1_283, "id") == "−1.283"


def test_a_sign_is_shown_for_more_and_for_less_and_not_for_nothing():
    assert [wording.signed(value, "id") for value in (12, -3, 0)] == ["+12", "−3", "0"]


def test_a_percentage_has_a_comma_in_indonesian():
    assert wording.decimal(Decimal("96.65"), "id") == "96,65"
    assert wording.decimal(Decimal("96.65"), "en") == "96.65"
    assert wording.decimal(None, "id") == "–"


def test_a_day_is_written_with_the_name_of_its_month():
    assert wording.day(date(2019, 8, 28), "id") == "28 Agustus 2019"
    assert wording.day(date(2019, 8, 28), "en") == "28 August 2019"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (215, "dua ratus lima belas"),
        (1000, "seribu"),
        (2019, "dua ribu sembilan belas"),
        (100_001, "seratus ribu satu"),
    ],
)
def test_a_number_is_spelled_as_minutes_spell_it(value: int, words: str) -> None:
    assert wording.spelled(value) == words
