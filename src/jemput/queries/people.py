"""The people behind a figure: exactly as many distinct people as the count says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import orjson

from jemput.domain.coverage import FIGURE_TITLES, Rule
from jemput.domain.lampid import ELSEWHERE
from jemput.domain.problems import Text
from jemput.domain.register import entry
from jemput.queries import coverage
from jemput.queries.coverage import View, span
from jemput.store import bulk, views

Group = Literal[
    "population",
    "id_obligated",
    "recorded",
    "unrecorded",
    "pemula",
    "blocked",
    "itap",
    "recorded_here",
    "recorded_total",
    "double",
]
GROUPS: dict[str, Text] = FIGURE_TITLES | {
    "recorded_total": Text("direkam termasuk pemula", "recorded, pemula included"),
    "double": Text("satu orang dua NIK, harus diselesaikan", "one person with two NIKs, to be settled"),
}
FEW = 15_000
"""Persons up to which they are looked up one by one."""
COUNTED = {"unrecorded": "id_obligated - recorded", "recorded_total": "recorded + pemula"}


@dataclass(frozen=True, slots=True)
class Person:
    """One person as a list shows them; `village` as in `Effects.home`, None where nothing is known."""

    id: int
    nik: str
    no_kk: str
    name: str
    sex: str
    born_on: date | None
    village: int
    dusun: str
    rt: str
    rw: str
    status: str
    status_on: date | None


def people(at: View, area: int | None, group: Group, *, rule_in_force: Rule) -> list[Person]:
    """Return the people of a group in an area, by village, dusun and name.

    Village and status are those of the view; all else is what the register says now.
    """
    if group == "double":
        return _doubles(area)
    value = COUNTED.get(group, group)
    low, high = span(area)
    source = coverage.movements(at, rule_in_force)
    until = f"on_day <= {at.on.toordinal()} AND batch <= {at.batch}"
    rows = bulk.select(
        f"SELECT person FROM {source} AS m WHERE village BETWEEN {low} AND {high} AND {until}"
        f" GROUP BY person HAVING sum({value}) > 0"
    )
    return sorted(as_of(at, [row[0] for row in rows], rule_in_force=rule_in_force), key=_order)


def as_of(at: View, persons: Sequence[int], *, rule_in_force: Rule) -> list[Person]:
    """Return persons by number as a list of a view shows them, in no order."""
    source = coverage.movements(at, rule_in_force)
    until = f"on_day <= {at.on.toordinal()} AND batch <= {at.batch}"
    listed = _known_then(at, list(persons))
    homes = dict(
        bulk.select(
            f"SELECT person, village FROM {source} AS m WHERE {until} AND population <> 0"
            " GROUP BY person, village HAVING sum(population) > 0"
        )
        if len(listed) > FEW
        else bulk.select_in(
            f"SELECT person, village FROM {coverage.movements(at, rule_in_force, escaped=True)} AS m WHERE {until} AND population <> 0 AND person IN ({{marks}})"
            " GROUP BY person, village HAVING sum(population) > 0",
            (person.id for person in listed),
        )
    )
    told = statuses(at, [person.id for person in listed])
    return [_as_of(person, homes, told) for person in listed]


def _known_then(at: View, persons: list[int]) -> list[Person]:
    """Return persons by number; whoever the register no longer names is as the facts of the view say."""
    now = {person.id: person for person in by_id(persons) if person.name}
    return [*now.values(), *(_from_facts(at, number) for number in persons if number not in now)]


def _from_facts(at: View, person: int) -> Person:
    rows = bulk.select(
        "SELECT f.place, f.kind, f.on_day, f.said FROM fact f LEFT JOIN fact r ON r.reverses = f.place"
        " WHERE f.person = %s AND f.kind <> 'reversed' AND f.batch <= %s AND (r.batch IS NULL OR r.batch > %s)"
        " ORDER BY f.on_day, f.place",
        [person, at.batch, at.batch],
    )
    now = entry(views.said_fact(place, kind, on, orjson.loads(said)) for place, kind, on, said in rows)
    row = dict(zip(views.PERSON_COLUMNS, views.person_row(person, now), strict=True))
    return _person(tuple(row[column] for column in _LISTED.split(", ")))


def statuses(at: View, persons: list[int]) -> dict[int, tuple[int, str]]:
    """Return the day and raw code of each person's latest recording status in a view; nobody without one."""
    condition = "AND f.person IN ({marks})" if len(persons) <= FEW else ""
    sql = f"""SELECT f.person, f.on_day, f.said FROM fact f LEFT JOIN fact r ON r.reverses = f.place
        WHERE f.kind = 'rekam' AND f.on_day <= {at.on.toordinal()} AND f.batch <= {at.batch}
        AND (r.batch IS NULL OR r.batch > {at.batch}) AND f.status IS NOT NULL {condition}
        ORDER BY f.person, f.on_day, f.place"""
    rows = bulk.select_in(sql, persons) if condition else bulk.select(sql)
    return {person: (on_day, orjson.loads(said)["status"]) for person, on_day, said in rows}


def _as_of(person: Person, homes: dict[int, int], told: dict[int, tuple[int, str]]) -> Person:
    on_day, raw = told.get(person.id, (0, ""))
    status_on = date.fromordinal(on_day) if on_day else None
    return replace(person, village=homes.get(person.id, ELSEWHERE), status=raw, status_on=status_on)


def by_id(persons: Iterable[int]) -> list[Person]:
    """Return persons by number, ordered by village, dusun and name."""
    rows = bulk.select_in(f"SELECT {_LISTED} FROM person WHERE id IN ({{marks}})", persons)
    return sorted(map(_person, rows), key=_order)


def _doubles(area: int | None) -> list[Person]:
    """Return people whose name, birth date and mother are those of another living NIK."""
    low, high = span(area)
    same = "SELECT born_day, name_key FROM person GROUP BY born_day, name_key HAVING count(*) > 1"
    rows = bulk.select(
        f"SELECT p.name_key, p.born_day, {', '.join('p.' + column for column in _LISTED.split(', '))}"
        f" FROM person p JOIN ({same}) s ON s.name_key = p.name_key AND s.born_day = p.born_day"
        " WHERE p.dead_day IS NULL AND p.village > 2 AND p.nik IS NOT NULL"
    )
    groups: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for name, born_day, *listed in rows:
        mother = str(orjson.loads(listed[-1]).get("mother", "")).upper()
        groups.setdefault((name, born_day, mother), []).append(tuple(listed))
    found = [_person(row) for (_, _, mother), listed in groups.items() if mother and len(listed) > 1 for row in listed]
    return sorted((person for person in found if low <= person.village <= high), key=lambda p: (p.name, p.nik))


_LISTED = "id, nik, no_kk, name, sex, born_day, village, status_raw, status_day, biodata"


def _person(row: tuple[Any, ...]) -> Person:
    number, nik, no_kk, name, sex, born_day, village, status, status_day, biodata = row
    said = orjson.loads(biodata)
    return Person(
        number,
        nik or "",
        no_kk or "",
        name,
        sex or "",
        date.fromordinal(born_day) if born_day else None,
        village,
        said.get("dusun", ""),
        said.get("rt", ""),
        said.get("rw", ""),
        status or "",
        date.fromordinal(status_day) if status_day else None,
    )


def _order(person: Person) -> tuple[int, str, str, int]:
    return (person.village, person.dusun, person.name, person.id)
