"""Conversations with villages: the states of one, which word leads where, and when the office is due to ask again.

A village is asked, and asked again, and then let be: three reminders that nobody answers make it silent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from jemput.domain.messages import READY, read_message
from jemput.domain.outreach import CHANNELS, CODE_LENGTH, CODE_LETTERS
from jemput.domain.problems import Problem, ProblemKind, Text

MATTERS = {CHANNELS["page"].id: CHANNELS["page"], "Formulir desa": Text("Formulir desa", "Village form")}
"""Subjects the program itself gives: a conversation begun by a link to the village's page, or by a paper form."""
LEADS = {"ready": "confirmed", "other_day": "other_day", "refuse": "refused"}
"""Intent: the state it leads to; the others are words that leave the state as it is."""

BY_ITSELF = frozenset({"email", "gateway"})
"""Channels the office's machine sends by; by every other a person sends, hands over or calls."""
BY_LINK = frozenset({"whatsapp", "sms"})
"""Channels a person sends by, from a link with the text filled in."""
ADDRESSED = BY_ITSELF | BY_LINK
"""Channels that need a number or an address."""

REMIND_AFTER = (timedelta(days=2), timedelta(days=3), timedelta(days=3))
"""Days from the question to the first reminder and from each to the next (our choice: an official who is in the gardens
for the week's work has come home once within eight days)."""
SILENT_AFTER = timedelta(days=3)
"""Days after the last reminder until a village counts as silent (our choice, as long as between reminders)."""
LAST_CALL = timedelta(days=1)
"""The day before the visit is the last on which a reminder is of use: then the team decides whether it goes."""

CLOSED_TALK = ProblemKind(
    "talk_closed",
    Text("Percakapan {code} sudah selesai.", "Conversation {code} is closed."),
    Text("Buka lagi dahulu, atau mulai percakapan baru.", "Open it again first, or begin a new one."),
)


@dataclass(frozen=True, slots=True)
class Due:
    """What a conversation is due for, and on which day: `remind` to ask again, `silent` to give up waiting."""

    on: date
    what: str


def after_asking(today: date, reminders: int, visit_on: date | None) -> Due:
    """Return what a village that was asked today, after so many reminders, is due for; a reminder never after the visit.

    A reminder that would come too late comes on the day before the visit; without room for one the village is silent
    when the visit's day has come.
    """
    if reminders < len(REMIND_AFTER):
        on = today + REMIND_AFTER[reminders]
        if visit_on is None:
            return Due(on, "remind")
        last = visit_on - LAST_CALL
        if today < min(on, last):
            return Due(min(on, last), "remind")
        return Due(max(visit_on, today + timedelta(days=1)), "silent")
    on = today + SILENT_AFTER
    return Due(min(on, visit_on) if visit_on and visit_on > today else on, "silent")


def due_for(state: str, reminders: int, due_on: date | None, visit_on: date | None, today: date) -> str:
    """Return what a conversation is due for today: `remind`, `silent`, or nothing."""
    if state != "asked" or due_on is None or due_on > today:
        return ""
    if reminders >= len(REMIND_AFTER) or (visit_on is not None and visit_on <= today):
        return "silent"
    return "remind"


def leads_to(state: str, intent: str) -> str:
    """Return the state an answer leads to; what is closed stays closed, and a mere word changes nothing."""
    return state if state == "closed" else LEADS.get(intent, state)


def may_ask(state: str, code: str) -> Problem | None:
    """Return why a village cannot be asked, None where it can: only what is closed is not asked again."""
    return CLOSED_TALK.at("code", code=code) if state == "closed" else None


def new_code(draw: Callable[[str], str]) -> str:
    """Return a short code of letters drawn one by one, that is read as a code even where nothing but an answer is beside it."""
    while True:
        code = "".join(draw(CODE_LETTERS) for _ in range(CODE_LENGTH))
        reading = read_message(f"{code} siap")
        if (reading.intent, reading.code) == (READY, code):
            return code


@dataclass(frozen=True, slots=True)
class Response:
    """How many conversations were asked and answered, and the usual hours between (None where none was answered)."""

    asked: int
    answered: int
    hours: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """Share that answered, to a tenth; None where nobody was asked."""
        return Decimal(1000 * self.answered // self.asked) / 10 if self.asked else None


def response(waits: Sequence[float | None]) -> Response:
    """Return the response of conversations that were asked: the hours each took to answer, None for no answer yet.

    The median, because one that answers after a month would move a mean for all.
    """
    hours = [wait for wait in waits if wait is not None]
    usual = Decimal(round(10 * median(hours))) / 10 if hours else None
    return Response(len(waits), len(hours), usual)
