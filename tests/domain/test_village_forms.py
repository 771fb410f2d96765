"""A form typed in, line by line: number, letter, remark; what cannot be read is said with its line, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.outreach import WORDS
from jemput.domain.village_forms import LETTERS, FormLine, read_lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("3 M 2016", FormLine(3, "died", "2016")),
        ("3m 2016", FormLine(3, "died", "2016")),
        ("3. M: 2016", FormLine(3, "died", "2016")),
        ("7 = P Lubuklinggau, tahun lalu", FormLine(7, "moved", "Lubuklinggau, tahun lalu")),
        ("12h", FormLine(12, "will_come", "")),
        ("  12   R   Sungai  Kati ", FormLine(12, "at_rompok", "Sungai Kati")),
    ],
)
def test_a_line_is_read_however_it_is_typed(text: str, line: FormLine) -> None:
    assert read_lines(text, 20) == ((line,), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("M 3", "form_line_unreadable"),
        ("3", "form_line_unreadable"),
        ("3 meninggal", "form_line_unreadable"),
        ("21 M", "form_number_unknown"),
        ("0 M", "form_number_unknown"),
        ("3 X", "form_letter_unknown"),
        ("3 M\n\n3 P", "form_number_twice"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, code: str) -> None:
    _, (problem,) = read_lines(text, 20)
    assert problem.kind.code == code
    assert problem.values["line"] == len(text.split("\n"))


def test_every_word_has_one_letter() -> None:
    assert sorted(LETTERS.values()) == sorted(WORDS)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_never_fails(text: str) -> None:
    lines, problems = read_lines(text, 20)
    assert all(1 <= line.number <= 20 for line in lines)
    for problem in problems:
        assert problem.reason("id")
