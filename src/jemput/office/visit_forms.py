"""What somebody fills in about a visit: the plan, the answer of the village, the outcomes, the numbers at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from jemput.domain.ids import area_number
from jemput.domain.outreach import OUTCOMES
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.visits import PEOPLE_WRONG
from jemput.office.wanted import number_in

LONGEST_NUMBER = 9
PLAN_FIELDS = ("place_kind", "settlement", "place", "on", "starts", "ends", "team", "sets", "expected")
NIKS = re.compile(r"(?<!\d)\d{16}(?!\d)")
DAY_UNREADABLE = ProblemKind(
    "visit_day_unreadable",
    Text("“{found}” bukan tanggal.", "“{found}” is not a day."),
    Text(
        "Pilih tanggalnya, atau kosongkan bila belum ada.", "Choose the day, or leave it empty where there is none yet."
    ),
)
NUMBER_LACKS = ProblemKind(
    "visit_number_lacks",
    Text("Angkanya belum diisi.", "The number is not filled in."),
    Text(
        "Isi jumlah yang datang dan yang direkam, nol pun boleh.",
        "Fill in how many came and were recorded; nought is a number.",
    ),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was typed: its fields ready for the action, and the neighbours ticked."""

    fields: Mapping[str, Any]
    neighbours: tuple[int, ...]


def read_plan(said: QueryDict) -> Plan:
    """Return a plan as it was filled in; refuse a day or a number that is none, all of them together."""
    problems: list[Problem] = []
    fields: dict[str, Any] = {name: said.get(name, "").replace("\x00", "").strip() for name in PLAN_FIELDS}
    fields["on"] = _day("on", fields["on"], problems)
    fields["settlement"] = _whole("settlement", fields["settlement"], problems)
    sets = _whole("sets", fields["sets"], problems)
    fields["sets"] = 1 if sets is None else sets
    fields["expected"] = _whole("expected", fields["expected"], problems)
    if problems:
        raise Refused(*problems)
    return Plan(fields, areas_of(said.getlist("neighbour")))


def read_day(said: QueryDict, name: str) -> date | None:
    """Return the day of a field, None where it is empty; refuse what is no day."""
    problems: list[Problem] = []
    found = _day(name, said.get(name, "").strip(), problems)
    if problems:
        raise Refused(*problems)
    return found


def read_count(said: QueryDict, name: str) -> int:
    """Return the number of a field that must be filled in."""
    problems: list[Problem] = []
    found = _whole(name, said.get(name, "").strip(), problems)
    if found is None and not problems:
        problems.append(NUMBER_LACKS.at(name))
    if found is None:
        raise Refused(*problems)
    return found


def read_outcomes(said: QueryDict) -> dict[int, tuple[str, str]]:
    """Return outcome and note by person of the rows sent; a row whose outcome is not chosen is left as it is."""
    found: dict[int, tuple[str, str]] = {}
    for name, value in said.items():
        person = name.removeprefix("outcome-")
        number = number_in(person)
        if name == person or number is None:
            continue
        was, note = said.get(f"was-{person}", ""), said.get(f"note-{person}", "").replace("\x00", "")
        if value or was or note:
            found[number] = (str(value), note)
    return found


def numbers_of(texts: list[str]) -> list[int]:
    """Return the whole numbers among texts."""
    return [number for text in texts if (number := number_in(text)) is not None]


def areas_of(codes: list[str]) -> tuple[int, ...]:
    """Return the areas among codes."""
    return tuple(number for code in codes if (number := area_number(code)) is not None)


def niks_of(text: str) -> list[str]:
    """Return the numbers of sixteen digits in what was pasted, one a line or apart by anything."""
    return list(dict.fromkeys(NIKS.findall(text)))


def outcome_choices() -> list[tuple[str, Text]]:
    """Return the outcomes to choose among."""
    return list(OUTCOMES.items())


def _day(name: str, text: str, problems: list[Problem]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(DAY_UNREADABLE.at(name, found=text[:40]))
        return None


def _whole(name: str, text: str, problems: list[Problem]) -> int | None:
    if not text:
        return None
    number = number_in(text.replace(".", ""), longest=LONGEST_NUMBER)
    if number is None:
        problems.append(PEOPLE_WRONG.at(name, found=text[:40]))
    return number
