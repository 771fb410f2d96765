"""A list behind a figure, page by page: as many people as the figure says, in an order that needs no more than a page.

By village, and in a village by name: so a page of 283,755 people asks for the people of one or two villages. An office
where tens of thousands were recorded is no village to be read by name: its people stand by their number.
"""

from __future__ import annotations

from dataclasses import dataclass

from jemput.domain.coverage import Figures, Rule
from jemput.queries import coverage, people
from jemput.queries.coverage import View
from jemput.queries.people import COUNTED, Group, Person
from jemput.store import bulk

BY_NAME = 10_000
"""People of one place up to which they stand by name (our choice: the largest villages of the field hold as many)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Some people of a list, and how many it has."""

    total: int
    people: tuple[Person, ...]


def listing(at: View, area: int | None, group: Group, *, rule_in_force: Rule, start: int, count: int) -> Listing:
    """Return people `start` to `start + count` of a group in an area.

    People recorded here stand under the village of the recording. By a rule no longer in force everybody is counted anew.
    """
    if group == "double" or at.rule != rule_in_force:
        everybody = people.people(at, area, group, rule_in_force=rule_in_force)
        return Listing(len(everybody), tuple(everybody[start : start + count]))
    by_village = coverage.villages(at, area, rule_in_force=rule_in_force)
    persons: list[int] = []
    total = 0
    for village in sorted(by_village):
        here = _value(by_village[village], group)
        first = max(start - total, 0)
        wanted = count - len(persons)
        if wanted > 0 and first < here:
            persons += _of_village(at, village, group, start=first, count=wanted, by_name=here <= BY_NAME)
        total += here
    shown = {person.id: person for person in people.as_of(at, persons, rule_in_force=rule_in_force)}
    return Listing(total, tuple(shown[number] for number in persons))


def _value(figures: Figures, group: Group) -> int:
    value: int = getattr(figures, group)
    return value


def _of_village(at: View, village: int, group: Group, *, start: int, count: int, by_name: bool) -> list[int]:
    """Return the numbers of people of a village by name; whoever the register no longer names comes last."""
    grouped = (
        f"SELECT person FROM movement WHERE village = {village} AND on_day <= {at.on.toordinal()} AND batch <= {at.batch}"
        f" GROUP BY person HAVING sum({COUNTED.get(group, group)}) > 0"
    )
    part = f"LIMIT {count} OFFSET {start}"
    named = (
        f"SELECT m.person FROM ({grouped}) AS m LEFT JOIN person p ON p.id = m.person"
        f" ORDER BY CASE WHEN p.name <> '' THEN 0 ELSE 1 END, p.name, m.person {part}"
    )
    return [row[0] for row in bulk.select(named if by_name else f"{grouped} ORDER BY person {part}")]
