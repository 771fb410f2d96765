"""A visit from the village's wish to the minutes: its states, the steps between them, and what keeps one from being taken.

A visit is agreed with the village: whoever moves its day asks again, and a day the village itself named needs
only the office's yes ("asal ada komunikasi dengan pihak aparat desa", Sripoku, 24 April 2019).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jemput.domain.outreach import OPEN_VISITS, OUTCOMES, PLACE_KINDS, VISIT_STATES, WEEKDAYS, WORDS
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.slots import read_clock

MOST_SETS = 20
"""The largest gathering of the field notes had three sets; twenty is a slip of the hand."""
MOST_PEOPLE = 99_999
PLACED = frozenset({"kalangan", "school", "mosque", "estate", "home"})
"""Kinds of place that need a name: a village has one hall, but several schools."""
SAID_OF_PERSON = frozenset(OUTCOMES) & frozenset(WORDS)
"""Outcomes that are words about the person, and go on to become proposed facts."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what it is called, the states it may be taken from, and the state it leads to."""

    title: Text
    before: frozenset[str]
    after: str


STEPS = {
    "ask": Step(Text("tanyakan ke desa", "ask the village"), frozenset({"requested", "draft", "asked"}), "asked"),
    "confirm": Step(
        Text("desa siap", "the village is ready"),
        frozenset({"requested", "draft", "asked", "refused", "confirmed"}),
        "confirmed",
    ),
    "move": Step(Text("desa minta hari lain", "the village wants another day"), OPEN_VISITS | {"refused"}, "requested"),
    "refuse": Step(Text("desa menolak", "the village refuses"), OPEN_VISITS | {"refused"}, "refused"),
    "plan": Step(
        Text("kembalikan ke rencana", "back to the plan"),
        frozenset({"requested", "asked", "confirmed", "refused", "cancelled"}),
        "draft",
    ),
    "close": Step(Text("tutup", "close"), frozenset({"draft", "asked", "confirmed", "done"}), "done"),
    "cancel": Step(Text("batalkan", "cancel"), OPEN_VISITS | {"refused"}, "cancelled"),
}
"""Closing again corrects the numbers of a visit that is done; a village may say ready or no twice."""

NO_SUCH_VISIT = ProblemKind(
    "no_such_visit",
    Text("Tidak ada kunjungan nomor {number}.", "There is no visit number {number}."),
    Text("Lihat daftarnya di halaman Kunjungan.", "See the list on the page Visits."),
)
WRONG_STEP = ProblemKind(
    "visit_wrong_step",
    Text(
        "Kunjungan {number} sudah {state_id}; tidak dapat: {step_id}.",
        "Visit {number} is {state_en}; cannot: {step_en}.",
    ),
    Text("Buka kunjungannya dan lihat keadaannya.", "Open the visit and look at its state."),
)
NO_DAY = ProblemKind(
    "visit_no_day",
    Text("Kunjungan {number} belum punya tanggal.", "Visit {number} has no day yet."),
    Text("Isi tanggalnya dahulu.", "Fill in its day first."),
)
NOT_YET = ProblemKind(
    "visit_not_yet",
    Text("Kunjungan ini baru pada {on}; hari kantor {today}.", "This visit is on {on}; the office's day is {today}."),
    Text("Catat hasilnya pada harinya, atau ubah tanggalnya dahulu.", "Enter it on its day, or change the day first."),
)
PLACE_UNKNOWN = ProblemKind(
    "visit_place_unknown",
    Text("“{found}” bukan jenis tempat.", "“{found}” is no kind of place."),
    Text("Pilih: {kinds}.", "Choose one of: {kinds}."),
)
CLOCK_UNREADABLE = ProblemKind(
    "visit_clock",
    Text("“{found}” bukan jam.", "“{found}” is no time of day."),
    Text("Tulis jam dan menit, contoh 08.00.", "Write hours and minutes, such as 08.00."),
)
ENDS_BEFORE = ProblemKind(
    "visit_ends_before",
    Text(
        "Kunjungan selesai ({ends}) sebelum mulai ({starts}).", "The visit ends ({ends}) before it begins ({starts})."
    ),
    Text("Perbaiki jamnya.", "Put the times right."),
)
SETS_WRONG = ProblemKind(
    "visit_sets",
    Text("{found} alat rekam tidak mungkin.", "{found} recording sets cannot be."),
    Text("Isi 1 sampai {most}.", "Fill in 1 to {most}."),
)
PEOPLE_WRONG = ProblemKind(
    "visit_people",
    Text("“{found}” bukan jumlah orang.", "“{found}” is no number of people."),
    Text("Tulis bilangan bulat, nol atau lebih.", "Write a whole number, zero or more."),
)
OUTCOME_UNKNOWN = ProblemKind(
    "visit_outcome_unknown",
    Text("“{found}” bukan hasil kunjungan.", "“{found}” is no outcome of a visit."),
    Text("Pilih: {outcomes}.", "Choose one of: {outcomes}."),
)


def step_problem(number: int, state: str, step: str) -> Problem | None:
    """Return why a step cannot be taken from a state, None where it can."""
    wanted = STEPS[step]
    if state in wanted.before:
        return None
    title = VISIT_STATES[state]
    return WRONG_STEP.at(
        "state",
        number=number,
        state_id=title.id,
        state_en=title.en,
        step_id=wanted.title.id,
        step_en=wanted.title.en,
    )


def plan_problems(*, place_kind: str, starts: str, ends: str, sets: int, expected: int | None) -> list[Problem]:
    """Return everything that keeps a plan out, whatever the day: what it lacks is a finding, not a refusal."""
    found = []
    if place_kind not in PLACE_KINDS:
        found.append(PLACE_UNKNOWN.at("place_kind", found=place_kind, kinds=", ".join(PLACE_KINDS)))
    clocks = []
    for name, text in (("starts", starts), ("ends", ends)):
        try:
            clocks.append(read_clock(text) if text else "")
        except ValueError:
            found.append(CLOCK_UNREADABLE.at(name, found=text))
    if len(clocks) == len(("starts", "ends")) and all(clocks) and clocks[1] <= clocks[0]:
        found.append(ENDS_BEFORE.at("ends", starts=clocks[0], ends=clocks[1]))
    if not 1 <= sets <= MOST_SETS:
        found.append(SETS_WRONG.at("sets", found=sets, most=MOST_SETS))
    if expected is not None and (problem := people_problem("expected", expected)):
        found.append(problem)
    return found


def people_problem(column: str, count: int) -> Problem | None:
    """Return why a number of people cannot be one, None where it can."""
    return None if 0 <= count <= MOST_PEOPLE else PEOPLE_WRONG.at(column, found=count)


def outcome_problem(outcome: str) -> Problem | None:
    """Return why a word is no outcome, None where it is one; no word at all takes an outcome back."""
    if not outcome or outcome in OUTCOMES:
        return None
    return OUTCOME_UNKNOWN.at("outcome", found=outcome, outcomes=", ".join(OUTCOMES))


def other_day(said: str, *, planned: date | None, today: date) -> date | None:
    """Return the day a village names: a date (2019-04-15, 15/4/2019, 15-04-2019) or the next such weekday after the plan.

    A village that cannot make the day needs more time, so a weekday is looked for after the planned day (after
    today where none is planned or it went by). None where the words name no day.
    """
    words = said.strip().lower()
    if words in WEEKDAYS:
        after = max(planned or today, today)
        ahead = (list(WEEKDAYS).index(words) - after.weekday() - 1) % len(WEEKDAYS) + 1
        return after + timedelta(days=ahead)
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})", (0, 1, 2)),
        (r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", (2, 1, 0)),
    ):
        if match := re.fullmatch(pattern, words):
            year, month, day = (int(match.groups()[at]) for at in order)
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def team_names(team: str) -> tuple[str, list[str]]:
    """Return what a team is called and who is in it: "Tim A: Dedi, Yuni" is Tim A with two people; names alone have no title."""
    title, colon, rest = team.partition(":")
    members = [tidy(part) for part in re.split(r"[,;\n]", rest if colon else team)]
    return (tidy(title) if colon else ""), [one for one in members if one]


def team_members(team: str) -> frozenset[str]:
    """Return who or what a team is made of, in small letters, so that two teams can be compared."""
    title, members = team_names(team)
    return frozenset(one.casefold() for one in (title, *members) if one)


def tidy(words: str) -> str:
    """Return one line of words with single blanks."""
    return " ".join(words.replace("\x00", " ").split())


def distinct(numbers: Iterable[int]) -> list[int]:
    """Return numbers once each, in the order they came."""
    return list(dict.fromkeys(numbers))
