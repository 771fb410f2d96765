"""What the register said of people in a view, as far as it is counted by: sex, citizenship, family card, recording status.

The register holds today's word. Whoever a later fact speaks of is folded anew from the facts the view
knows, so that the report of a closed month reads the same for ever.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import orjson

from jemput.domain.people import CITIZENSHIPS, WNI, folded
from jemput.domain.register import entry
from jemput.queries.coverage import View
from jemput.store import bulk, views

MALE, FEMALE = "L", "P"
"""The register's letters for a sex: laki-laki, perempuan."""


class Traits(NamedTuple):
    """One person: sex (L, P or empty), whether a foreigner, family card number or empty, status order or None."""

    sex: str = ""
    is_foreign: bool = False
    no_kk: str = ""
    status: int | None = None


UNKNOWN = Traits()


class Then:
    """The traits of everybody in one view; `spoken_of` are those of whom the register says more than the view knows."""

    __slots__ = ("_now", "_then")

    def __init__(self, now: dict[int, Traits], then: dict[int, Traits]) -> None:
        self._now = now
        self._then = then

    def of(self, person: int) -> Traits:
        """Return a person's traits as known in the view."""
        return self._then.get(person) or self._now.get(person) or UNKNOWN

    @property
    def spoken_of(self) -> AbstractSet[int]:
        """The persons whose traits may differ from the register's."""
        return self._then.keys()


def as_of(*ats: View) -> list[Then]:
    """Return the traits in each view; the register is read once for all of them."""
    now = _register()
    return [Then(now, _folded(at)) for at in ats]


def _register() -> dict[int, Traits]:
    foreign = {
        person
        for person, biodata in bulk.select(
            "SELECT id, biodata FROM person WHERE biodata NOT LIKE %s", ['%"citizenship":"WNI"%']
        )
        if _is_foreign(orjson.loads(biodata).get("citizenship"))
    }
    return {
        person: Traits(sex or "", person in foreign, no_kk or "", status)
        for person, sex, no_kk, status in bulk.select("SELECT id, sex, no_kk, status FROM person")
    }


def _folded(at: View) -> dict[int, Traits]:
    """Return the traits of everybody a fact speaks of that the view does not know, or that holds only after its day."""
    since = bulk.select(
        "SELECT DISTINCT person FROM fact WHERE person IS NOT NULL AND (batch > %s OR on_day > %s)",
        [at.batch, at.on.toordinal()],
    )
    found = {person: UNKNOWN for (person,) in since}
    sql = f"""SELECT f.person, f.place, f.kind, f.on_day, f.said FROM fact f LEFT JOIN fact r ON r.reverses = f.place
        WHERE f.person IN ({{marks}}) AND f.kind <> 'reversed' AND f.on_day <= {at.on.toordinal()}
        AND f.batch <= {at.batch} AND (r.batch IS NULL OR r.batch > {at.batch})
        ORDER BY f.person, f.on_day, f.place"""
    for person, group in groupby(bulk.select_in(sql, list(found)), key=itemgetter(0)):
        then = entry(views.said_fact(place, kind, on, orjson.loads(said)) for _, place, kind, on, said in group)
        said = then.biodata
        found[person] = Traits(
            str(said.get("sex") or ""),
            _is_foreign(said.get("citizenship")),
            str(said.get("no_kk") or ""),
            then.status,
        )
    return found


def _is_foreign(citizenship: object) -> bool:
    """Say whether a word for a citizenship names a foreigner; nothing said is a citizen, as in the count."""
    return bool(citizenship) and folded(CITIZENSHIPS, str(citizenship)) != WNI
