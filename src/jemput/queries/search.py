"""Search: people by number, name in any spelling, place and birth, within a tenth of a second at 400,000 residents.

What was typed stands before other spellings, and these before words only begun; the living of the regency before
those who died or left. Everything asked of a name is answered by `name_word` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from jemput.domain import search_text
from jemput.domain.axes import State, state
from jemput.domain.ids import LENGTH, mask, village_range
from jemput.domain.lampid import STRUCK
from jemput.domain.name_keys import Spelled, asked, beginnings
from jemput.domain.people import name_key
from jemput.domain.problems import Text
from jemput.domain.search_text import Asked, Span
from jemput.queries import people, places
from jemput.queries.office import Office
from jemput.queries.people import Person
from jemput.store import bulk

How = Literal["number", "name", "written", "spelling", "beginning", "listed"]
HOW: dict[How, Text] = {
    "number": Text("nomornya", "by number"),
    "name": Text("nama persis", "exactly this name"),
    "written": Text("kata persis", "these words"),
    "spelling": Text("ejaan lain", "another spelling"),
    "beginning": Text("awal kata", "beginning of a word"),
    "listed": Text("tempat atau lahir", "place or birth"),
}
"""Why somebody was found, in the order they are shown."""
_ORDER: tuple[How, ...] = tuple(HOW)
MOST = 500
"""People one search returns at most (our choice): who needs more needs a list."""
KK_FROM = 12
"""Digits from which a number may be the beginning of a KK number: its area and day."""
_TWICE = 3
"""Rows read for each person wanted: two words of a name may begin alike."""
RARE = 2_000
"""Rows up to which words are counted to find the rarest."""
_AFTER_KEYS = "{"
"""Sorts behind every letter and digit of a key."""
_GONE = f"CASE WHEN dead_day IS NULL AND village > {STRUCK} THEN 0 ELSE 1 END"

Row = tuple[int, int, str, int]
"""Place in HOW, gone, name, person: rows stand in this order."""


@dataclass(frozen=True, slots=True)
class _Where:
    """Conditions that must all hold, and their parameters."""

    conditions: tuple[str, ...] = ()
    params: tuple[Any, ...] = ()

    def also(self, condition: str, *params: object) -> _Where:
        return _Where((*self.conditions, condition), (*self.params, *params))

    @property
    def sql(self) -> str:
        return " AND ".join(self.conditions)


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found, why, and in which state the register has them; NIK and KK number masked unless asked whole."""

    person: Person
    how: How
    state: State
    dead_on: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, whether there were more, how it was read, and what could not be.

    `too_wide` where nothing was looked for: an RT without a village, or nothing understood.
    """

    hits: tuple[Hit, ...]
    more: bool
    readings: tuple[Asked, ...]
    unread: tuple[str, ...]
    too_wide: bool


def search(text: str, *, here: Office, area: int | None = None, limit: int = 50, full: bool = False) -> Found:
    """Return the people a text asks for, in an area; NIK and KK numbers whole only where `full`.

    Without an area, or with the office's own, also whoever moved out of the regency or was recorded as a guest.
    """
    limit = max(1, min(limit, MOST))
    read = search_text.read(text, places.areas(here.today, within=here.area), today=here.today)
    inside = None if area is None or area == here.area else village_range(area)
    looked = [one for one in read.readings if _is_narrow(one, inside)]
    rows: dict[int, Row] = {}
    for one in looked:
        for row in _rows(one, inside, limit):
            rows.setdefault(row[3], row)
    return Found(
        _hits(list(rows.values())[:limit], full=full), len(rows) > limit, read.readings, read.unread, not looked
    )


def _is_narrow(one: Asked, inside: Span | None) -> bool:
    """Whether a reading can be looked for: an RT or RW stands in every village, so one must be named."""
    if one.number or one.name or one.born_from:
        return True
    spans = (*one.spans, *((inside,) if inside else ()))
    return any(low == high for low, high in spans) or (bool(one.places) and one.rt is None and one.rw is None)


def _rows(one: Asked, inside: Span | None, limit: int) -> list[Row]:
    """Return one more row than the limit where there are more."""
    if one.name:
        return _by_name(one, _of_words(one, inside), limit)
    persons = [_of_persons(one, inside, column) for column in (_number_columns(one.number) if one.number else ("",))]
    if one.rt is None and one.rw is None:
        found = [row for where in persons for row in _from_register(one, inside, where, limit)]
    else:
        found = [row for where in persons for row in _from_words(one, where, limit)]
    return found[: limit + 1]


def _from_register(one: Asked, inside: Span | None, where: _Where, limit: int) -> list[Row]:
    way = _way(one, inside)
    how = _ORDER.index("number" if one.number else "listed")
    low, high = one.spans[0] if one.places else (0, 1)
    order = "nik, id" if one.number else "gone, name, id" if one.born_from or low == high else "village, nik, id"
    return bulk.select(
        f"SELECT {how}, {_GONE} AS gone, name, id FROM person{way} WHERE {where.sql} ORDER BY {order} LIMIT {limit + 1}",
        where.params,
    )


def _from_words(one: Asked, where: _Where, limit: int) -> list[Row]:
    """Return the people of an RT or RW: only the words of names hold it apart from the whole entry."""
    how = _ORDER.index("number" if one.number else "listed")
    words = _neighbourhood(one, _Where()).also(f"person IN (SELECT id FROM person WHERE {where.sql})", *where.params)
    return bulk.select(
        f"SELECT DISTINCT {how}, gone, name, person FROM name_word WHERE {words.sql}"
        f" ORDER BY gone, name, person LIMIT {limit + 1}",
        words.params,
    )


# --- names -----------------------------------------------------------------------------------------------------------


def _by_name(one: Asked, held: _Where, limit: int) -> list[Row]:
    """Return who bears a name: as written, then spelled otherwise, then with words only begun."""
    readings = asked(one.name)
    rows: dict[int, Row] = {}
    for row in sorted(row for words in readings for row in _whole(one.name, words, held, limit)):
        rows.setdefault(row[3], row)
    if len(rows) <= limit:
        most = limit + 1 + len(rows)
        for row in (row for words in readings for row in _begun(words, held, most)):
            rows.setdefault(row[3], row)
    if not rows:
        for row in _begun(readings[0], held, limit + 1, whole=False):
            rows.setdefault(row[3], row)
    return list(rows.values())[: limit + 1]


def _whole(name: str, words: Sequence[Spelled], held: _Where, limit: int) -> list[Row]:
    """Return names that hold every word whole, in any spelling."""
    key = _rarest({word.key for word in words})
    if key is None:
        return []
    where = held.also("key = %s", key)
    for other in {word.key for word in words} - {key}:
        where = where.also("keys LIKE %s", f"% {other} %")
    written = [word for spelled in words for word in spelled.written.split()]
    as_written = " AND ".join(["' ' || name || ' ' LIKE %s"] * len(written))
    return bulk.select(
        f"SELECT CASE WHEN name = %s THEN {_ORDER.index('name')} WHEN {as_written} THEN {_ORDER.index('written')}"
        f" ELSE {_ORDER.index('spelling')} END AS how, gone, name, person FROM name_word WHERE {where.sql}"
        f" ORDER BY how, gone, name, person LIMIT {limit + 1}",
        [name_key(name), *(f"% {word} %" for word in written), *where.params],
    )


def _begun(words: Sequence[Spelled], held: _Where, most: int, *, whole: bool = True) -> list[Row]:
    """Return names that hold every word, the last one and single letters only begun; all only begun if not `whole`."""
    initials = [word for word in words[:-1] if len(word.so_far) == 1 or not whole]
    begun = [beginnings(word.so_far) for word in (*initials, words[-1])]
    keys = {word.key for word in words[:-1]} - {word.key for word in initials}
    driven_by = max(begun, key=lambda some: min(map(len, some), default=0))
    key = _rarest(keys) if keys else ""
    if key is None:
        return []
    where = held
    for other in keys - {key}:
        where = where.also("keys LIKE %s", f"% {other} %")
    for some in begun if keys else [some for some in begun if some is not driven_by]:
        where = where.also(f"({' OR '.join(['keys LIKE %s'] * len(some)) or '1 = 0'})", *(f"% {one}%" for one in some))
    ranges = (
        [("key = %s", (key,))] if keys else [("key >= %s AND key < %s", (one, one + _AFTER_KEYS)) for one in driven_by]
    )
    found: list[Row] = []
    for condition, params in ranges:
        if len(found) >= most:
            break
        one = where.also(condition, *params)
        found += bulk.select(
            f"SELECT {_ORDER.index('beginning')}, gone, name, person FROM name_word WHERE {one.sql}"
            f" ORDER BY key, gone, name, person LIMIT {most * _TWICE}",
            one.params,
        )
    return found


def _rarest(keys: set[str]) -> str | None:
    """Return the key that fewest names hold, None where one is held by nobody."""
    if len(keys) == 1:
        return next(iter(keys))
    counted = {
        key: bulk.select(f"SELECT count(*) FROM (SELECT 1 FROM name_word WHERE key = %s LIMIT {RARE}) AS few", [key])[
            0
        ][0]
        for key in sorted(keys)
    }
    rarest = min(counted, key=counted.__getitem__)
    return rarest if counted[rarest] else None


# --- conditions ------------------------------------------------------------------------------------------------------


def _of_words(one: Asked, inside: Span | None) -> _Where:
    """Return what must hold of a row of `name_word` beside its words; `person + 0` leaves its key the way in."""
    where = _neighbourhood(one, _within(_Where(), one.spans, inside, "village"))
    if one.born_from and one.born_to:
        where = where.also("born_day BETWEEN %s AND %s", one.born_from.toordinal(), one.born_to.toordinal())
    if one.number:
        way = _way(one, inside)
        persons = [_of_persons(replace(one, name=""), inside, column) for column in _number_columns(one.number)]
        either = " UNION ALL ".join(f"SELECT id FROM person{way} WHERE {some.sql}" for some in persons)
        where = where.also(f"(person + 0) IN ({either})", *(param for some in persons for param in some.params))
    return where


def _of_persons(one: Asked, inside: Span | None, number_column: str) -> _Where:
    """Return what must hold of a row of `person`; `village + 0` keeps an index that narrows less out of it."""
    where = _within(_Where(), one.spans, inside, "village" if _by_village(one, inside) else "(village + 0)")
    if one.born_from and one.born_to:
        where = where.also("born_day BETWEEN %s AND %s", one.born_from.toordinal(), one.born_to.toordinal())
    return _numbered(where, one.number, number_column) if one.number else where


def _way(one: Asked, inside: Span | None) -> str:
    """Return the hint that takes the index of villages, where it narrows most and one range of it is enough."""
    return bulk.by_index("person_village") if _by_village(one, inside) and len(one.spans) <= 1 else ""


def _by_village(one: Asked, inside: Span | None) -> bool:
    """Whether its places narrow a reading more than a birth or the beginning of a number does."""
    return bool(one.places or inside) and not one.born_from and len(one.number) < KK_FROM


def _number_columns(number: str) -> tuple[str, ...]:
    return ("nik", "no_kk") if len(number) >= KK_FROM else ("nik",)


def _numbered(where: _Where, number: str, column: str) -> _Where:
    """Return a number held whole, or those that begin with its digits."""
    if len(number) == LENGTH:
        return where.also(f"{column} = %s", number)
    return where.also(f"{column} BETWEEN %s AND %s", number.ljust(LENGTH, "0"), number.ljust(LENGTH, "9"))


def _within(where: _Where, spans: Sequence[Span], inside: Span | None, village: str) -> _Where:
    if spans:
        either = " OR ".join([f"{village} BETWEEN %s AND %s"] * len(spans))
        where = where.also(f"({either})", *(end for span in spans for end in span))
    return where.also(f"{village} BETWEEN %s AND %s", *inside) if inside else where


def _neighbourhood(one: Asked, where: _Where) -> _Where:
    if one.rt is not None:
        where = where.also("rt = %s", one.rt)
    return where.also("rw = %s", one.rw) if one.rw is not None else where


# --- people ----------------------------------------------------------------------------------------------------------


def _hits(rows: Sequence[Row], *, full: bool) -> tuple[Hit, ...]:
    """Return the people of rows, in their order."""
    persons = [row[3] for row in rows]
    known = {person.id: person for person in people.by_id(persons)}
    marks = "SELECT id, dead_day, blocked FROM person WHERE id IN ({marks})"
    states = {number: (dead_day, blocked) for number, dead_day, blocked in bulk.select_in(marks, persons)}
    return tuple(_hit(known[number], _ORDER[how], *states[number], full=full) for how, _, _, number in rows)


def _hit(person: Person, how: How, dead_day: int | None, blocked: int, *, full: bool) -> Hit:
    shown = person if full else replace(person, nik=mask(person.nik), no_kk=mask(person.no_kk))
    now = state(home=person.village, dead=dead_day is not None, blocked=bool(blocked))
    return Hit(shown, how, now, date.fromordinal(dead_day) if dead_day is not None else None)
