"""Small builders: rows as readers hand them on, an office on a day, a little register, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from jemput.actions.answer import answer, open_proposals
from jemput.actions.close_count import close_count
from jemput.actions.take_events import take_events
from jemput.actions.take_list import take_list
from jemput.actions.taking import Taken
from jemput.domain import facts
from jemput.domain.coverage import Figures, Rule
from jemput.domain.facts import NewFact
from jemput.domain.ids import area_number
from jemput.domain.places import AreaRow
from jemput.domain.rows import Row
from jemput.queries import coverage, soundness
from jemput.queries.coverage import Closing, Now, View
from jemput.queries.office import Office
from jemput.store import bulk, ledger
from jemput.store.chain import Origin
from jemput.store.ledger import Appended
from jemput.store.models import Proposal

OFFICE = 1605
TUGUMULYO = "16.05.01.2003"
NEXT_DOOR = "16.05.01.2004"
LAKITAN = "16.05.02.1019"
ELSEWHERE = "16.73.01.1001"
LIST_DAY = date(2019, 1, 2)
CUT_OFF = date(2019, 3, 28)
TODAY = date(2019, 4, 2)
RULE = Rule()
MUSI_RAWAS = [
    AreaRow(16, "Sumatera Selatan", 2),
    AreaRow(1605, "Kabupaten Musi Rawas", 3),
    AreaRow(160501, "Tugumulyo", 4),
    AreaRow(1605012003, "Tegal Rejo", 5),
    AreaRow(1605012004, "Surodadi", 6),
    AreaRow(160502, "Muara Lakitan", 7),
    AreaRow(1605022001, "Tri Anggun Jaya", 8),
]
"""A list of areas, two kecamatan and three villages, as an import reads it."""
TABLES = (
    "fact",
    "batch",
    "person",
    "name_word",
    "movement",
    "tally",
    "closing",
    "closed_figures",
    "proposal",
    "setting",
    "setting_change",
)


def nik(born: str, serial: int = 9001, *, woman: bool = False, area: str = "160501") -> str:
    """Return a valid NIK of nobody (no office reaches serials from 9000 up); `born` is ISO."""
    year, month, day = born.split("-")
    return f"{area}{int(day) + 40 * woman:02}{month}{year[2:]}{serial:04}"


ADI = nik("1980-05-17", 9001)
SITI = nik("1990-01-02", 9002, woman=True)
BUDI = nik("1975-12-31", 9003)
ANI = nik("2003-05-17", 9004, woman=True)
RINA = nik("1988-08-08", 9005, woman=True)
STRANGER = nik("1985-02-03", 9006, area="167301")
NAMES = {ADI: "ADI SAPUTRA", SITI: "SITI AMINAH", BUDI: "BUDI", ANI: "ANI LESTARI", RINA: "RINA", STRANGER: "JOKO"}
BORN = {
    ADI: "1980-05-17",
    SITI: "1990-01-02",
    BUDI: "1975-12-31",
    ANI: "2003-05-17",
    RINA: "1988-08-08",
    STRANGER: "1985-02-03",
}


def office_on(today: date, *, area: int | None = OFFICE, rule: Rule = RULE, hour: int = 5) -> Office:
    """Return an office on a day; `hour` is UTC."""
    return Office(area, today, True, datetime(today.year, today.month, today.day, hour, tzinfo=UTC), rule)


def said_of(who: str, **fields: str | None) -> dict[str, str]:
    """Return what a row says of one of the people here; None leaves a field out."""
    usual: dict[str, str | None] = {"nik": who, "name": NAMES.get(who, "NAMA"), "born_on": BORN.get(who)}
    return {name: text for name, text in (usual | fields).items() if text is not None}


def person(who: str, *, row: int = 2, village: str | None = TUGUMULYO, **fields: str | None) -> Row:
    """Return a row of a list."""
    return Row("", row, said_of(who, village=village, **fields))


def event(kind: str, who: str | None, on: str, *, row: int = 2, **fields: str) -> Row:
    """Return a row of an event file; a reversal has no NIK."""
    said = {"event": kind, "on": on, **fields} | ({"nik": who} if who else {})
    return Row("", row, said)


def newcomer(kind: str, who: str, on: str, *, row: int = 2, village: str = TUGUMULYO, **fields: str) -> Row:
    """Return an event that brings one of the people here."""
    return event(kind, who, on, row=row, **said_of(who, village=village, **fields))


def resolve(fields: Mapping[str, str]) -> int | None:
    """Return the village a row names by its code."""
    number = area_number(fields.get("village", ""))
    return number if number and len(str(number)) == 10 else None


def take(
    *rows: Row,
    today: date = LIST_DAY,
    as_at: date | None = None,
    area: int | None = None,
    here: Office | None = None,
    name: str = "daftar.csv",
    digest: str = "",
) -> Taken:
    """Take a list, on the day it is as at unless said otherwise."""
    origin = Origin("office-csv", name, digest)
    here = here or office_on(today)
    return take_list(rows, office=here, resolve=resolve, area=area, as_at=as_at or today, origin=origin)


def happen(*rows: Row, today: date = TODAY, here: Office | None = None) -> Taken:
    """Take a file of events."""
    return take_events(rows, office=here or office_on(today), origin=Origin("events", "peristiwa.csv"))


def settle(word: str, *, kind: str | None = None, today: date = TODAY, on: date | None = None) -> int:
    """Answer every open proposal of a kind alike."""
    return answer(open_proposals(kind=kind), word, on=on, source="kades, WhatsApp", office=office_on(today))


def proposed(kind: str | None = None) -> list[Proposal]:
    """Return what is open."""
    return open_proposals(kind=kind)


def close(on: date, *, today: date | None = None, rule: Rule = RULE) -> Closing:
    """Close a 28th."""
    return close_count(on, office=office_on(today or on, rule=rule))


def append(*new: NewFact, today: date = TODAY, rule: Rule = RULE, hour: int = 5) -> Appended:
    """Append facts in a transaction of their own."""
    with transaction.atomic():
        here = office_on(today, hour=hour)
        return ledger.append(new, today=today, now=here.now, origin=Origin("test"), rule=rule)


def registered(number: int, *, identity: str | None = None, on: date = LIST_DAY, **said: str) -> NewFact:
    """Return the registration of a person by number."""
    words = {"name": f"ORANG {number}", "village": TUGUMULYO, "born_on": "1980-05-17"} | said
    return NewFact(identity or f"r{number}", facts.REGISTERED, on, number, words)


def view(on: date, as_known: date | Now | None = "now", *, rule: Rule = RULE) -> View:
    """Return a view as the program makes it."""
    return coverage.view(on, as_known=as_known, rule=rule)


def count(
    on: date = TODAY, as_known: date | Now | None = "now", *, area: int | None = None, rule: Rule = RULE
) -> Figures:
    """Return the figures of an area, of everything where none is named."""
    return coverage.total(coverage.villages(view(on, as_known, rule=rule), area, rule_in_force=rule))


def codes(taken: Taken) -> list[tuple[int, str]]:
    """Return row and code of each refusal."""
    return [(one.row, one.problem.kind.code) for one in taken.refused]


def everything(
    tables: Sequence[str] = TABLES, columns: Mapping[str, Sequence[str]] | None = None
) -> dict[str, list[Any]]:
    """Return every row of every table the ledger, the register and the papers live in; `columns` are the ones wanted."""
    wanted = {table: ", ".join(f'"{name}"' for name in columns[table]) if columns else "*" for table in tables}
    return {
        table: sorted(map(_plain, bulk.select(f"SELECT {wanted[table]} FROM {table}")), key=repr) for table in tables
    }


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)


def unguard(table: str) -> None:
    """Take the guards off a table, as somebody with the database in their hands can."""
    if connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            bulk.execute(f"DROP TRIGGER {table}_no_{verb}")
        bulk.execute("PRAGMA foreign_keys=OFF")
        bulk.execute("PRAGMA defer_foreign_keys=ON")
    else:
        bulk.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


class Undone(Exception):
    """Takes what a trial did back out of the database."""


def trial(*statements: str, guarded: Sequence[str] = ()) -> list[str]:
    """Return what verification finds after some statements with the guards of tables off; nothing of it stays."""
    found: list[str] = []
    try:
        with transaction.atomic():
            for table in guarded:
                unguard(table)
            for statement in statements:
                bulk.execute(statement)
            found = findings()
            raise Undone
    except Undone:
        return found


def findings(here: Office | None = None) -> list[str]:
    """Return what verification finds, in English."""
    return [one.en for one in soundness.findings(here or office_on(TODAY), lambda *_: None)]
