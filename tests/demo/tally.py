"""A count of the demo's files that shares no rule with the program: rows in, people out.

Only the readers are the program's. Who is resident, wajib KTP and recorded is worked out here anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jemput.demo.plan import read_script
from jemput.domain.rows import RowProblem
from jemput.imports.read import read_file

ACCEPTED = {"PRINT_READY_RECORD", "SENT_FOR_CARD_PRINTING", "CARD_PRINTED", "CARD_SHIPPED", "CARD_ISSUED"}
CAPTURED = {"BIO_CAPTURED", "PROCESSING", "SENT_FOR_ENROLLMENT", "RECEIVED_AT_CENTRAL", "SUDAH_REKAM"}
SETTLES = {"registered", "lahir", "datang", "residence_changed", "konsolidasi_added"}
BRINGS = {"lahir", "datang", "konsolidasi_added"}
LEAVES = {"pindah", "konsolidasi_removed", "konsolidasi_merged"}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing the files say of a person; `place` is its turn in the order of the imports."""

    on: date
    place: int
    known: date
    event: str
    said: Mapping[str, str]
    id: str = ""


@dataclass(slots=True)
class Tally:
    """Everything the files of a demo say, by NIK."""

    told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    reversed_on: dict[str, date] = field(default_factory=dict)
    frozen: list[Mapping[str, str]] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """A resident as the files have them on a day."""

    nik: str
    said: Mapping[str, str]
    wajib: bool
    recorded: bool
    blocked: bool


def born(said: Mapping[str, str]) -> date:
    """Return the birth date a row says."""
    return date.fromisoformat(said["born_on"])


def read_tally(folder: Path) -> Tally:
    """Read every file of the script in its order."""
    script, tally, place = read_script(folder), Tally(), 0
    for step in (*script.steps, *script.later):
        for file in step.imports:
            parsed = read_file(file.path, today=step.today, layout=file.layout)
            tally.refused += parsed.refused
            tally.notes += parsed.notes
            if parsed.kind == "dkb":
                tally.frozen += [row.fields for row in parsed.rows]
                continue
            if parsed.kind == "list" and step is not script.steps[0]:
                continue  # a newer list only proposes
            rows = list(parsed.rows)
            if parsed.kind != "list":
                rows.sort(key=lambda row: (row.fields["on"], row.row))
            for row in rows:
                place += 1
                said = dict(row.fields)
                if parsed.kind == "list":
                    said |= {"event": "registered", "on": str(file.as_at)}
                    said.setdefault("village", file.area or "")
                _take(tally, said, place, step.today)
    return tally


def _take(tally: Tally, said: dict[str, str], place: int, known: date) -> None:
    event, identity = said["event"], said.get("id", "")
    if identity:
        tally.ids.append(identity)
    if event == "reversed":
        tally.reversed_on[said["reverses"]] = known
        return
    of_person = tally.told[said["nik"]]
    on = date.fromisoformat(said["on"])
    of_person.append(Told(on, place * 2, known, event, said, identity))
    if event in BRINGS | {"registered"} and said.get("status"):
        since = date.fromisoformat(said.get("status_on", said["on"]))
        of_person.append(Told(since, place * 2 + 1, known, "rekam", {"status": said["status"]}))


def residents(tally: Tally, on: date, known: date) -> Iterator[Standing]:
    """Yield who lives in the regency on a day, as known on a day."""
    for nik, told in tally.told.items():
        standing = _standing(nik, told, tally, on, known)
        if standing:
            yield standing


def _standing(  # noqa: C901 - one plain fold, on purpose unlike the program's
    nik: str, told: list[Told], tally: Tally, on: date, known: date
) -> Standing | None:
    said: dict[str, str] = {}
    home = status = ""
    dead = married = blocked = accepted = False
    for fact in sorted(told, key=lambda fact: (fact.on, fact.place)):
        undone = tally.reversed_on.get(fact.id, date.max) if fact.id else date.max
        if fact.on > on or fact.known > known or undone <= known:
            continue
        if fact.event in SETTLES:
            home = fact.said["village"]
        if fact.event in SETTLES | {"biodata_changed"}:
            said |= fact.said
            married = married or fact.said.get("marital", "belum kawin") != "belum kawin"
        match fact.event:
            case "mati":
                dead = True
            case "kawin":
                married = True
            case "blocked" | "reactivated":
                blocked = fact.event == "blocked"
            case "rekam":
                status = re.sub(r"[^A-Z0-9]+", "_", fact.said["status"].upper())
                accepted = accepted or status in ACCEPTED
            case event if event in LEAVES:
                home = ""
    if dead or not home:
        return None
    adult = _aged(born(said), 17) <= on
    wajib = said.get("citizenship") != "WNA" and (adult or married)
    return Standing(nik, said | {"village": home}, wajib, accepted or status in CAPTURED, blocked)


def _aged(born: date, years: int) -> date:
    return date(born.year + years, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + years)


def totals(tally: Tally, on: date, known: date) -> Counter[str]:
    """Return population, wajib, recorded, unrecorded and pemula of a day as known on a day."""
    counted: Counter[str] = Counter()
    for one in residents(tally, on, known):
        counted["population"] += 1
        if one.wajib:
            counted["wajib"] += 1
            counted["recorded" if one.recorded else "unrecorded"] += 1
        elif one.recorded:
            counted["pemula"] += 1
    return counted
