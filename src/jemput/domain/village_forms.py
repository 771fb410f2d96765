"""The paper form of a village: the letters that are ticked beside a name, and a form typed in, line by line.

A line is a number of the list, a letter, and what was written beside it: `3 M 2016`, `7P Lubuklinggau`, `12 = R`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jemput.domain.outreach import WORDS
from jemput.domain.problems import Problem, ProblemKind, Text

LETTERS = {
    "H": "will_come",
    "R": "at_rompok",
    "S": "ill",
    "P": "moved",
    "M": "died",
    "L": "recorded_elsewhere",
    "T": "unknown",
}
"""The letter of each word as the form prints it, in the order of its boxes: first of the word in Indonesian, L for lain."""
LETTER_TITLES = {letter: WORDS[word] for letter, word in LETTERS.items()}
LONGEST_DETAIL = 200
LONGEST_LINE = 400
_LINE = re.compile(r"\s*(\d{1,4})\s*[.)=:,;-]?\s*([A-Za-z])(?![A-Za-z])\s*[.)=:,;-]?\s*(.*)")

UNREADABLE = ProblemKind(
    "form_line_unreadable",
    Text("Baris {line}: “{found}” tidak terbaca.", "Line {line}: “{found}” cannot be read."),
    Text("Tulis nomor, huruf, keterangan: 3 M 2016.", "Write number, letter, remark: 3 M 2016."),
)
NO_SUCH_NUMBER = ProblemKind(
    "form_number_unknown",
    Text(
        "Baris {line}: nomor {number} tidak ada di formulir ini.", "Line {line}: number {number} is not on this form."
    ),
    Text("Nomornya 1 sampai {last}.", "Numbers go from 1 to {last}."),
)
NO_SUCH_LETTER = ProblemKind(
    "form_letter_unknown",
    Text("Baris {line}: huruf “{found}” tidak ada artinya.", "Line {line}: the letter “{found}” means nothing."),
    Text("Hurufnya: {letters}.", "The letters: {letters}."),
)
TWICE = ProblemKind(
    "form_number_twice",
    Text("Baris {line}: nomor {number} sudah ditulis di atas.", "Line {line}: number {number} stands above already."),
    Text("Satu nomor satu baris; pilih kata yang benar.", "One line a number; choose the right word."),
)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form typed in: the number on the list, the word, and what was written beside it."""

    number: int
    word: str
    detail: str


def read_lines(text: str, last: int) -> tuple[tuple[FormLine, ...], tuple[Problem, ...]]:
    """Return the lines of a form with `last` people, and what is wrong with the others; empty lines are left out."""
    found: dict[int, FormLine] = {}
    problems: list[Problem] = []
    for at, line in _lines(text):
        match = _LINE.fullmatch(line)
        if match is None:
            problems.append(UNREADABLE.at("lines", line=at, found=line[:40]))
            continue
        number, letter = int(match[1]), match[2].upper()
        if not 1 <= number <= last:
            problems.append(NO_SUCH_NUMBER.at("lines", line=at, number=number, last=last))
        elif letter not in LETTERS:
            problems.append(NO_SUCH_LETTER.at("lines", line=at, found=letter, letters=", ".join(LETTERS)))
        elif number in found:
            problems.append(TWICE.at("lines", line=at, number=number))
        else:
            found[number] = FormLine(number, LETTERS[letter], " ".join(match[3].split())[:LONGEST_DETAIL])
    return tuple(found[number] for number in sorted(found)), tuple(problems)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for at, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n"), 1):
        if line.strip():
            yield at, line.strip()[:LONGEST_LINE]
