"""Options that several commands share, and the words of the parameters read from them."""

from __future__ import annotations

import getpass
from datetime import date
from typing import Annotated, Literal

from cyclopts import Parameter

from jemput.actions.audit import Actor
from jemput.cli.say import t
from jemput.domain.ids import AREA_CODE, area_number
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries.office import Office, office

AsJson = Annotated[
    bool, Parameter(name="--json", negative=(), help=t("Keluaran JSON saja.", "Print JSON and nothing else."))
]
On = Annotated[str, Parameter(name="--on", help=t("Tanggal (YYYY-MM-DD).", "The day (YYYY-MM-DD)."))]
AsKnown = Annotated[
    str,
    Parameter(
        name="--as-known",
        help=t(
            "Seperti diketahui pada tanggal itu, atau `now`; bawaan: tanggal 28 yang ditutup seperti ditutup.",
            "As known on that day, or `now`; default: a closed 28th as it was closed.",
        ),
    ),
]
Area = Annotated[
    str,
    Parameter(
        name="--area",
        help=t(
            "Kode wilayah, contoh 16.05.01; bawaan: seluruh kantor.",
            "Area code, such as 16.05.01; default: the whole office.",
        ),
    ),
]
EnteredBy = Annotated[str, Parameter(name="--by", help=t("Siapa yang mencatat.", "Who enters it."))]
DryRun = Annotated[
    bool,
    Parameter(name="--dry-run", negative=(), help=t("Uji coba: tidak ada yang disimpan.", "A trial: nothing is kept.")),
]

BAD_DATE = ProblemKind(
    "bad_date",
    Text("“{found}” bukan tanggal.", "“{found}” is not a date."),
    Text("Tulis tahun-bulan-hari, contoh 2019-03-28.", "Write year-month-day, for example 2019-03-28."),
)


def day_of(text: str, here: Office) -> date:
    """Return the day an option names; empty or `today` is the office's day."""
    if text in {"", "today", "now"}:
        return here.today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(BAD_DATE.at("--on", found=text)) from None


def known_of(text: str) -> date | Literal["now"] | None:
    """Return what --as-known asks for: a day, `now`, or nothing said."""
    if text == "now":
        return "now"
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(BAD_DATE.at("--as-known", found=text)) from None


def area_of(text: str, here: Office) -> int | None:
    """Return the area an option names; empty is the whole office."""
    if not text:
        return here.area
    number = area_number(text)
    if number is None:
        raise Refused(AREA_CODE.at("--area", found=text))
    return number


def machine() -> Actor:
    """Return who acts where nobody signed in: the login of the machine."""
    return Actor(f"machine:{getpass.getuser()}", "machine")


def today_note(here: Office) -> str:
    """Return the sentence that says the office's day was set, or nothing."""
    if not here.today_is_set:
        return ""
    return t("Hari kantor disetel ke {day}.", "The office's day is set to {day}.", day=here.today.isoformat())


__all__ = [
    "Area",
    "AsJson",
    "AsKnown",
    "DryRun",
    "EnteredBy",
    "On",
    "area_of",
    "day_of",
    "known_of",
    "machine",
    "office",
    "today_note",
]
