"""What stands above a header: the place a list is of, and the day it is of.

Lists say "PROVINSI : SUMATERA SELATAN", "DESA | : | 2003 | KARYA MULIA" or "KODE DESA 16.05.01.2003",
in one cell or over several; a code counts before a name, a name is left for the register to resolve.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jemput.domain import ids
from jemput.imports.cells import days_in, header_key, said
from jemput.imports.rows import Fields
from jemput.imports.sheets import Cells

PROVINCE, REGENCY, DISTRICT, VILLAGE = 2, 4, 6, 10
"""Levels of an area by the digits of its code."""
_OWN_DIGITS = {PROVINCE: 2, REGENCY: 2, DISTRICT: 2, VILLAGE: 4}
_PARENT = {REGENCY: PROVINCE, DISTRICT: REGENCY, VILLAGE: DISTRICT}

_LEVELS = {
    "provinsi": PROVINCE,
    "propinsi": PROVINCE,
    "prov": PROVINCE,
    "kabupatenkota": REGENCY,
    "kabupaten": REGENCY,
    "kabkota": REGENCY,
    "kab": REGENCY,
    "kota": REGENCY,
    "kecamatan": DISTRICT,
    "kec": DISTRICT,
    "desakelurahan": VILLAGE,
    "kelurahandesa": VILLAGE,
    "desakel": VILLAGE,
    "keldesa": VILLAGE,
    "kelurahan": VILLAGE,
    "desa": VILLAGE,
    "kel": VILLAGE,
}
_BELOW_VILLAGE = {"dusun": "dusun", "namadusun": "dusun", "lingkungan": "dusun", "rt": "rt", "rw": "rw"}
_DAY_LABELS = frozenset(
    {"periode", "tanggal", "pertanggal", "periodetanggal", "keadaan", "keadaantanggal", "posisi", "tgl"}
)
_DAY_SENTENCE = re.compile(r"\b(?:per|tanggal|tgl|keadaan|posisi|s/d|sampai)\b", re.IGNORECASE)
_SPACED_LABEL = re.compile(
    r"(provinsi|propinsi|kabupaten/kota|kabupaten|kota|kecamatan|desa/kelurahan|kelurahan/desa|desa|kelurahan|dusun|rt|rw)"
    r"\.?\s+(.+)",
    re.IGNORECASE,
)
_CODE_FIRST = re.compile(r"\(?(\d[\d.]*)\)?\s*[-–:/]?\s*(.*)", re.ASCII)
_CODE_LAST = re.compile(r"(.*?)\s*[-–(]\s*(\d[\d.]*)\)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the rows above a header say; `below` are dusun, RT and RW that hold for every row of the sheet."""

    area: int | None = None
    names: dict[int, str] = field(default_factory=dict)
    days: tuple[date, ...] = ()
    below: Fields = field(default_factory=dict)

    @property
    def area_name(self) -> str:
        """Return the names as "desa/kecamatan/kabupaten", or empty where the heading names none."""
        parts = [self.names.get(level, "").replace("/", " ") for level in (VILLAGE, DISTRICT, REGENCY)]
        return "/".join(parts) if any(parts) else ""


def read_heading(rows: Sequence[Cells]) -> Heading:
    """Return what the rows above a header say of place and day."""
    codes: dict[int, str] = {}
    names: dict[int, str] = {}
    days: list[date] = []
    below: Fields = {}
    for row in rows:
        filled = [text for cell in row if (text := said(cell)) and text.strip(" :")]
        for label, value in _pairs(filled):
            if label in _DAY_LABELS:
                days += days_in(value)
            elif label in _BELOW_VILLAGE:
                below.setdefault(_BELOW_VILLAGE[label], value)
            elif level := _LEVELS.get(label.removeprefix("kode").removeprefix("nama")):
                code, name = _code_and_name(value)
                if code:
                    codes.setdefault(level, code)
                if name:
                    names.setdefault(level, name)
        days += [day for text in filled if _DAY_SENTENCE.search(text) for day in days_in(text)]
    return Heading(_deepest(codes), names, tuple(dict.fromkeys(days)), below)


def _pairs(filled: Sequence[str]) -> list[tuple[str, str]]:
    """Return label and value of a row: "DESA : X" in one cell, or a label with its value in the cells after it."""
    pairs: list[tuple[str, str]] = []
    for text in filled:
        left, colon, right = text.partition(":")
        label = header_key(left)
        if colon and _is_label(label):
            pairs.append((label, right.strip()))
        elif _is_label(header_key(text)):
            pairs.append((header_key(text), ""))
        elif spaced := _SPACED_LABEL.fullmatch(text):
            pairs.append((header_key(spaced[1]), spaced[2].strip()))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {text.lstrip(': ')}".strip())
    return [(label, value) for label, value in pairs if value]


def _is_label(key: str) -> bool:
    """Whether a key names a place or a day."""
    return key.removeprefix("kode").removeprefix("nama") in _LEVELS or key in _BELOW_VILLAGE or key in _DAY_LABELS


def _code_and_name(value: str) -> tuple[str, str]:
    """Return the code (digits only) and the name in a value; either may be empty."""
    if match := _CODE_FIRST.fullmatch(value):
        return match[1].replace(".", ""), match[2].strip(" -–")
    if match := _CODE_LAST.fullmatch(value):
        return match[2].replace(".", ""), match[1].strip(" -–")
    return "", value


def _deepest(codes: dict[int, str]) -> int | None:
    """Return the lowest area whose whole code is there, in one piece or level by level."""
    whole: dict[int, str] = {}
    for level, own in _OWN_DIGITS.items():
        code = codes.get(level, "")
        parent = whole.get(_PARENT.get(level, 0), "")
        if len(code) == level:
            whole[level] = code
        elif len(code) == own and len(parent) == level - own:
            whole[level] = parent + code
    return ids.area_number(whole[max(whole)]) if whole else None
