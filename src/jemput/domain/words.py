"""What a village says of somebody on its list: the word, when it came to be so, and what it proposes.

A word is never a fact. Four words speak of the record and propose one (`outreach.SETTLING_WORDS`); three speak of the person
(will come, in a rompok, ill), change no figure whatever becomes of them, and need no officer's answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from jemput.domain import facts
from jemput.domain.claims.calendar_words import MONTHS
from jemput.domain.outreach import WORDS
from jemput.domain.problems import ProblemKind, Text
from jemput.domain.proposals import ELSEWHERE, GONE

PROPOSES = {"died": facts.MATI, "moved": facts.PINDAH, "recorded_elsewhere": ELSEWHERE, "unknown": GONE}
"""What each word that speaks of the record proposes: a fact, or a question that has several answers."""
LONGEST_NOTE = 500
LONGEST_WHEN = 40

UNKNOWN_WORD = ProblemKind(
    "unknown_word",
    Text("“{found}” bukan kata yang dikenal.", "“{found}” is no word that is known."),
    Text("Pilih salah satu: {words}.", "Choose one of: {words}."),
)
UNKNOWN_PERSON = ProblemKind(
    "word_of_nobody",
    Text("Orang nomor {person} tidak ada di daftar kantor.", "Person number {person} is not in the office's register."),
    Text("Ambil daftar yang baru untuk desa itu, lalu ulangi.", "Take a new list for that village, then try again."),
)
NO_TELLER = ProblemKind(
    "word_without_teller",
    Text("Belum disebut siapa yang mengatakannya.", "It is not said who says so."),
    Text("Tulis nama atau jabatan pemberi kabar.", "Write the name or the office of whoever tells it."),
)

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class When:
    """A time as a village says it: first and last day it may be."""

    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class SaidWord:
    """One word about one person, as it arrives by any channel.

    `key` is made where the word was said, so that sending it twice counts once; `when` is when it came to be so, as said
    ("2016", "Mei 2016", "3 Mei 2016"), empty where nobody said; `village` 0 is the person's own; `entered_by` the officer who
    typed it in, empty where the village did.
    """

    key: str
    person: int
    word: str
    channel: str
    said_by: str
    said_at: datetime
    village: int = 0
    when: str = ""
    note: str = ""
    visit: int | None = None
    settlement: int | None = None
    conversation: int | None = None
    entered_by: str = ""


_YEAR = re.compile(r"(?:th|thn|tahun|awal|akhir|kira2|sekitar|\s)*((?:19|20)\d\d)")
_MONTH = re.compile(r"(\d{1,2})\s*[-/. ]\s*((?:19|20)\d\d)")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)-(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*((?:19|20)\d\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(
    r"(?:(?:tgl|tanggal)\s*)?(?:(\d{1,2})\s+)?(?:bulan\s+|bln\s+)?([a-z]+)\.?\s+(?:tahun\s+|thn\s+)?((?:19|20)\d\d)"
)


def read_when(text: str) -> When | None:
    """Return the days a time may be, None where it cannot be read; nothing is guessed."""
    said = " ".join(text.lower().split()).strip(" .,")
    if match := _DAY.fullmatch(said):
        return _exact(int(match[3]), int(match[2]), int(match[1]))
    if match := _ISO.fullmatch(said):
        return _exact(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(said):
        return _month(int(match[2]), int(match[1]))
    if match := _YEAR_MONTH.fullmatch(said):
        return _month(int(match[1]), int(match[2]))
    if match := _YEAR.fullmatch(said):
        return When(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31), "year")
    match = _NAMED.fullmatch(said)
    month = MONTHS.get(match[2]) if match else None
    if match is None or month is None:
        return None
    return _exact(int(match[3]), month, int(match[1])) if match[1] else _month(int(match[3]), month)


def when_said(said: SaidWord) -> str:
    """Return when it came to be so, as said: the note itself where it is a time ("2016")."""
    return said.when or (said.note if read_when(said.note) else "")


def proposed_day(said: SaidWord, said_on: date, known_since: date | None, today: date) -> date:
    """Return the day a proposed fact holds from, until an officer names another.

    The last day the village's words allow: nobody leaves a count before they surely had left it. Where no time is said,
    the day it was said. Always after the day from which the register knows the person (`known_since`): a death before it
    would deny that they ever stood on the list, and stand in the bridge as a registration taken back. Never after today.
    """
    when = read_when(when_said(said))
    on = when.last if when else said_on
    if known_since and on <= known_since:
        on = known_since + timedelta(days=1)
    return min(on, today)


def is_word(word: str) -> bool:
    """Return whether a word is one a village may say of somebody."""
    return word in WORDS


def _exact(year: int, month: int, day: int) -> When | None:
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    return When(on, on, "day")


def _month(year: int, month: int) -> When | None:
    first = _exact(year, month, 1)
    if first is None:
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return When(first.first, after - timedelta(days=1), "month")
