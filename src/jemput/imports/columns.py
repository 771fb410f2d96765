"""How each kind of column is read: a cell in, cleaned text out, or a problem of its row.

A column is a dict that fills itself: a cell met before costs one look-up, so that religion or a
birth date is cleaned once for the whole file and held in memory once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from jemput.domain import ids
from jemput.domain.problems import Problem
from jemput.imports import findings
from jemput.imports.cells import coded, count_of, day_of, is_zero_day, said, village_of
from jemput.imports.findings import Faulty
from jemput.imports.layout import Column

Clean = Callable[[str], str]

KEPT_CELLS = 200_000
"""A column remembers so many different cells: more than a regency has birth dates, villages or families with the same KK."""
KNOWN_SHOWN = 12

ANY_AREA, ANY_DAY, FIRST_SERIAL = "110101", "010100", "0001"
"""Parts of a NIK that are in order, to try one other part at a time with the one rule in `ids`."""


class Memo(dict[str, str]):
    """A column's cells as read so far; `limit` 0 for columns where hardly any cell comes twice."""

    __slots__ = ("clean", "limit")

    def __init__(self, clean: Clean, limit: int = KEPT_CELLS) -> None:
        super().__init__()
        self.clean = clean
        self.limit = limit

    def __missing__(self, cell: str) -> str:
        """Read a cell not met before."""
        value = self.clean(cell)
        if len(self) < self.limit:
            self[cell] = value
        return value


class PartInOrder(dict[str, bool]):
    """Which parts of a NIK are in order, asked of `ids.nik_problem` once for each."""

    __slots__ = ("complete",)

    def __init__(self, complete: Callable[[str], str]) -> None:
        super().__init__()
        self.complete = complete

    def __missing__(self, part: str) -> bool:
        """Ask the rule about a part not met before."""
        answer = self[part] = ids.nik_problem(self.complete(part)) is None
        return answer


def glance() -> Callable[[str], bool]:
    """Return what tells at a glance that a cell is a NIK as it should be; whatever is not goes to the rule itself."""
    area = PartInOrder(lambda part: part + ANY_DAY + FIRST_SERIAL)
    born = PartInOrder(lambda part: ANY_AREA + part + FIRST_SERIAL)

    def is_nik(cell: str) -> bool:
        return (
            len(cell) == ids.LENGTH
            and cell.isascii()
            and cell.isdigit()
            and area[cell[:6]]
            and born[cell[6:12]]
            and cell[12:] != "0000"
        )

    return is_nik


def is_plain_number(cell: str) -> bool:
    """Whether a cell is sixteen plain digits."""
    return len(cell) == ids.LENGTH and cell.isascii() and cell.isdigit()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a cell may need to know: the day, and where to leave a note of the row under way."""

    today: date
    pending: list[Problem] = field(default_factory=list)
    is_nik: Callable[[str], bool] = field(default_factory=glance)


def memo_for(column: Column, title: str, reading: Reading) -> Memo:
    """Return how the cells of a column that stands under `title` are read."""
    readers: dict[str, Callable[[], Memo]] = {
        "text": lambda: Memo(said, 0),
        "word": lambda: Memo(said),
        "nik": lambda: Memo(_nik(title, reading, needed=True), 0),
        "nik_said": lambda: Memo(_nik(title, reading, needed=False), 0),
        "nik_other": lambda: Memo(_number(title, reading, reading.is_nik, ids.nik_problem), 0),
        "kk": lambda: Memo(_number(title, reading, is_plain_number, _kk_problem)),
        "birth": lambda: Memo(_day(title, reading, later=_born_later)),
        "on": lambda: Memo(_day(title, reading, later=_on_later)),
        "day_said": lambda: Memo(_day(title, reading, later=_kept_with_note)),
        "day": lambda: Memo(_day(title, reading, later=_dropped_with_note)),
        "coded": lambda: Memo(_coded(column, title, reading)),
        "sex": lambda: Memo(_coded(column, title, reading)),
        "one_of": lambda: Memo(_one_of(column, title)),
        "village": lambda: Memo(_village(title)),
        "area": lambda: Memo(_area(title, reading)),
        "count": lambda: Memo(_count(title)),
    }
    return readers[column.how]()


def _nik(title: str, reading: Reading, *, needed: bool) -> Clean:
    """Return how a NIK is read: sixteen plain digits at a glance, everything else by the rule."""
    is_nik = reading.is_nik

    def clean(cell: str) -> str:
        if is_nik(cell):
            return cell
        if not said(cell):
            if needed:
                raise Faulty(ids.NUMBER_MISSING.at(title))
            return ""
        if problem := ids.nik_problem(cell, title):
            raise Faulty(problem)
        return ids.digits_of(cell)

    return clean


def _number(
    title: str, reading: Reading, is_plain: Callable[[str], bool], rule: Callable[[str, str], Problem | None]
) -> Clean:
    """Return how a number beside the person's own is read: dropped with a note where it is wrong, "0" says nothing."""

    def clean(cell: str) -> str:
        if is_plain(cell) and cell.strip("0"):
            return cell
        if not said(cell).strip("0"):
            return ""
        if problem := rule(cell, title):
            reading.pending.append(problem)
            return ""
        return ids.digits_of(cell)

    return clean


def _kk_problem(cell: str, title: str) -> Problem | None:
    return ids.number_problem(cell, title, title)


def _born_later(_reading: Reading, title: str, day: date) -> date | None:
    raise Faulty(findings.BORN_LATER.at(title, found=day.isoformat()))


def _on_later(_reading: Reading, title: str, day: date) -> date | None:
    raise Faulty(findings.ON_LATER.at(title, found=day.isoformat()))


def _kept_with_note(reading: Reading, title: str, day: date) -> date | None:
    reading.pending.append(findings.DAY_LATER.at(title, found=day.isoformat()))
    return day


def _dropped_with_note(reading: Reading, title: str, day: date) -> date | None:
    reading.pending.append(findings.DAY_LATER.at(title, found=day.isoformat()))
    return None


def _day(title: str, reading: Reading, *, later: Callable[[Reading, str, date], date | None]) -> Clean:
    """Return how a day is read into ISO text; `later` decides about a day after today."""

    def clean(cell: str) -> str:
        text = said(cell)
        if not text or is_zero_day(text):
            return ""
        day = day_of(text)
        if day is None:
            raise Faulty(findings.DATE_UNREADABLE.at(title, found=text[:40]))
        if day > reading.today:
            day = later(reading, title, day)
        return day.isoformat() if day else ""

    return clean


def _coded(column: Column, title: str, reading: Reading) -> Clean:
    """Return how a coded cell is folded; an unknown code is kept as text with a note, once for each code."""
    table = column.table or {}
    kind = findings.SEX_UNKNOWN if column.how == "sex" else findings.CODE_UNKNOWN

    def clean(cell: str) -> str:
        text = said(cell)
        word = coded(table, text)
        if word is not None:
            return word
        if table or text.isdigit():
            reading.pending.append(kind.at(title, found=text[:40]))
        return text

    return clean


def _one_of(column: Column, title: str) -> Clean:
    """Return how a word is read that decides what its row means: nothing unknown is taken."""
    table = column.table or {}

    def clean(cell: str) -> str:
        word = coded(table, said(cell))
        if not word:
            known = ", ".join(list(dict.fromkeys(table))[:KNOWN_SHOWN])
            raise Faulty(findings.WORD_UNKNOWN.at(title, found=said(cell)[:40], known=known))
        return word

    return clean


def _village(title: str) -> Clean:
    """Return how a village code is read."""

    def clean(cell: str) -> str:
        text = said(cell)
        village = village_of(text) if text else ""
        if village is None:
            raise Faulty(findings.VILLAGE_CODE.at(title, found=text[:40]))
        return village

    return clean


def _area(title: str, reading: Reading) -> Clean:
    """Return how an area code of any level is read; what is none is dropped with a note."""

    def clean(cell: str) -> str:
        text = said(cell)
        number = ids.area_number(text) if text else None
        if text and number is None:
            reading.pending.append(ids.AREA_CODE.at(title, found=text[:40]))
        return ids.area_text(number) if number else ""

    return clean


def _count(title: str) -> Clean:
    """Return how a whole number is read."""

    def clean(cell: str) -> str:
        text = said(cell)
        count = count_of(text) if text else ""
        if count is None:
            raise Faulty(findings.COUNT_UNREADABLE.at(title, found=text[:40]))
        return count

    return clean
