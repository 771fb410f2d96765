"""Rows above a family's members: the KK number and the address they share.

BIP 2012 has a row of titles (NO.KK, NAMA.KK, ALAMAT) with its values in the next row; BIP 2016 one
line, "No. KK : … | Alamat : …, Nama Dusun : …, RT/RW : …", in one merged cell or in two.
"""

from __future__ import annotations

import re
from typing import Protocol

from jemput.domain import ids
from jemput.domain.problems import Problem
from jemput.imports.cells import header_key, said
from jemput.imports.rows import Fields
from jemput.imports.sheets import Cells

NO_KK, ADDRESS = "nokk", "alamat"
_TITLES = frozenset({NO_KK, "namakk", "namakepalakeluarga", ADDRESS})
_MANY = 2
"""So many of the titles make a row the titles of a family."""

_LINE_KK = re.compile(r"\bno(?:mor)?\.?\s*kk\s*[:.]?\s*\|?\s*([^|]*?)\s*(?=\||\balamat\b|$)", re.IGNORECASE)
_LINE_ADDRESS = re.compile(r"\balamat\s*:\s*\|?\s*(.*?)\s*(?=,\s*nama\b|,\s*rt\s*/\s*rw\b|\||$)", re.IGNORECASE)
_LINE_DUSUN = re.compile(r"\bnama\s+dusun\s*:\s*([^,|]*)", re.IGNORECASE)
_LINE_RTRW = re.compile(r"\brt\s*/\s*rw\s*:\s*([^/,|]*)/([^,|]*)", re.IGNORECASE)
_DUSUN = re.compile(r"\bdusun\s*[:.]?\s*([^,|]+?)\s*(?=,|\||\bRT\b|$)", re.IGNORECASE)
_RT = re.compile(r"\bRT\s*[:.]?\s*(\d{1,3})\b", re.IGNORECASE)
_RW = re.compile(r"\bRW\s*[:.]?\s*(\d{1,3})\b", re.IGNORECASE)


class Families(Protocol):
    """What reads the rows above the members of a family."""

    fields: Fields
    problem: Problem | None

    def take(self, row: Cells) -> bool:
        """Take a row if it speaks of a family; afterwards `fields` hold for the members below it."""


class FamilyLine:
    """Families of BIP 2016: one line of text above the members."""

    def __init__(self) -> None:
        self.fields: Fields = {}
        self.problem: Problem | None = None

    def take(self, row: Cells) -> bool:
        """Take a row that begins with "No. KK"."""
        self.problem = None
        line = " | ".join(text for cell in row if (text := said(cell)))
        match = _LINE_KK.match(line)
        if not match:
            return False
        number, self.problem = _kk(match[1], "No. KK")
        places = _LINE_RTRW.search(line)
        rt, rw = (places[1], places[2]) if places else ("", "")
        self.fields = _spoken(
            no_kk=number, address=_first(_LINE_ADDRESS, line), dusun=_first(_LINE_DUSUN, line), rt=rt, rw=rw
        )
        return True


class FamilyRows:
    """Families of BIP 2012: a row of titles, then a row of values."""

    def __init__(self) -> None:
        self.fields: Fields = {}
        self.problem: Problem | None = None
        self._titles: dict[str, int] | None = None

    def take(self, row: Cells) -> bool:
        """Take a row of family titles, and the next row that is not blank as their values."""
        self.problem = None
        if self._titles is None:
            titles = {key: at for at, cell in enumerate(row) if (key := header_key(cell)) in _TITLES}
            if len(titles) < _MANY or NO_KK not in titles:
                return False
            self._titles = titles
            return True
        if any(said(cell) for cell in row):
            number, self.problem = _kk(self._value(NO_KK, row), "NO.KK")
            address = self._value(ADDRESS, row)
            self.fields = _spoken(
                no_kk=number,
                address=address,
                dusun=_first(_DUSUN, address),
                rt=_first(_RT, address),
                rw=_first(_RW, address),
            )
            self._titles = None
        return True

    def _value(self, title: str, row: Cells) -> str:
        """Return what stands under a title or, where merged cells differ from those above, right of it before the next."""
        titles = self._titles or {}
        if title not in titles:
            return ""
        start = titles[title]
        end = min((at for at in titles.values() if at > start), default=len(row))
        return next((text for cell in row[start:end] if (text := said(cell))), "")


def _kk(cell: str, title: str) -> tuple[str, Problem | None]:
    """Return a KK number, empty where it is missing or wrong, and what is wrong with it."""
    if not said(cell).strip("0"):
        return "", None
    problem = ids.number_problem(cell, title, title)
    return ("", problem) if problem else (ids.digits_of(cell), None)


def _first(pattern: re.Pattern[str], text: str) -> str:
    """Return what a pattern finds, or nothing."""
    match = pattern.search(text)
    return match[1] if match else ""


def _spoken(**fields: str) -> Fields:
    """Return the fields that say something."""
    return {name: text for name, cell in fields.items() if (text := said(cell))}
