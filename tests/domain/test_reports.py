"""What is filled in by hand, how letters are numbered, and what a signed file shows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.reports import FIELDS, SIGNED_FINDINGS, numbered, read_form, signed_findings, trip_lines

TRIP = "Balai Desa Sri Pengantin; 12 Maret 2019; tim 2; 60; 41"


def test_what_was_left_empty_is_left_out_and_what_was_filled_in_is_a_value() -> None:
    values, problems = read_form(
        {"blanks_used": " 1.250 ", "notes": "server gangguan\ndua hari", "trips": f"{TRIP}\n\n", "blanks_left": " "}
    )
    assert problems == []
    assert values == {
        "blanks_used": 1250,
        "notes": "server gangguan\ndua hari",
        "trips": [["Balai Desa Sri Pengantin", "12 Maret 2019", "tim 2", "60", "41"]],
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blanks_used", "banyak"),
        ("blanks_used", "-1"),
        ("blanks_used", "99999999"),
        ("notes", "x" * 2001),
        ("notes", "\x00"),
        ("trips", "hanya tempat"),
        ("trips", "; ; ; ;"),
        ("trips", "Desa; 12 Maret; tim; banyak; 3"),
        ("trips", "\n".join([TRIP] * 301)),
    ],
)
def test_what_cannot_be_is_told_with_its_field_and_what_to_write(name: str, text: str) -> None:
    values, [problem] = read_form({name: text})
    assert name not in values
    assert problem.column == name
    assert problem.reason("id")
    assert problem.todo("en")


@given(st.dictionaries(st.sampled_from([field.name for field in FIELDS]), st.text()))
def test_no_text_breaks_a_form(said: dict[str, str]) -> None:
    values, problems = read_form(said)
    assert values.keys().isdisjoint(problem.column for problem in problems)


def test_a_letter_has_its_number_by_the_pattern() -> None:
    assert numbered("470/{n}/DUKCAPIL/{roman}/{year}", 7, date(2019, 3, 28)) == "470/7/DUKCAPIL/III/2019"
    assert numbered("{n:}-{month}", 7, date(2019, 12, 1)) == "7-12"


@given(ours=st.binary(min_size=1), added=st.binary())
def test_what_is_seen_in_a_signed_file_is_always_said_in_words(ours: bytes, added: bytes) -> None:
    for signed in (ours + added, added, added + ours):
        assert all(SIGNED_FINDINGS[code].id for code in signed_findings(ours, signed))


def test_trips_written_for_the_form_are_read_back_as_they_were() -> None:
    trips = [("SDN 2, Tegal Rejo", "12 Maret 2019", "Andi; Rina", "60", "41"), ("Surodadi", "", "", "0", "0")]
    values, problems = read_form({"trips": trip_lines(trips)})
    assert problems == []
    assert values["trips"] == [
        ["SDN 2, Tegal Rejo", "12 Maret 2019", "Andi, Rina", "60", "41"],
        ["Surodadi", "", "", "0", "0"],
    ]
