"""What the register says of one person now: the fold of the facts about them, field by field.

Every fact that carries biodata speaks only of the fields it names; the latest word in the order
(day, place) holds, and a field nobody spoke of stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jemput.domain import facts
from jemput.domain.lampid import Effects
from jemput.domain.people import FIELDS

PROTECTED = frozenset(FIELDS)


@dataclass(frozen=True, slots=True)
class SaidFact:
    """A fact that holds (not reversed), with what it says; `on_day` is an ordinal."""

    place: int
    kind: str
    on_day: int
    said: Mapping[str, object]
    effects: Effects


@dataclass(slots=True)
class Entry:
    """The register's present entry of one person; days are ordinals, `village` as in `Effects.home`."""

    biodata: dict[str, object] = field(default_factory=dict)
    village: int = 0
    adult_on: int | None = None
    dead_day: int | None = None
    blocked: int = 0
    status: int | None = None
    status_raw: str | None = None
    status_day: int | None = None

    @property
    def name(self) -> str:
        """The name, empty where no fact has said one."""
        return str(self.biodata.get("name", ""))


def entry(holding: Iterable[SaidFact]) -> Entry:
    """Return the entry that facts in the order (day, place) add up to."""
    now = Entry()
    for fact in holding:
        effects = fact.effects
        if fact.kind == facts.REKAM:
            _record(now, fact)
        if fact.kind != facts.REKAM or fact.said.get("guest"):
            for key, value in fact.said.items():
                if key in PROTECTED:
                    now.biodata[key] = value
        if effects.home is not None:
            now.village = effects.home
        if effects.adult_on is not None:
            now.adult_on = effects.adult_on
        if effects.dead and now.dead_day is None:
            now.dead_day = fact.on_day
        if effects.blocked is not None:
            now.blocked = effects.blocked
    return now


def _record(now: Entry, fact: SaidFact) -> None:
    if fact.effects.status is not None:
        now.status = fact.effects.status
        now.status_raw = str(fact.said["status"])
        now.status_day = fact.on_day
