"""The register as imports and actions look it up: people by NIK, residents of villages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from jemput.store import bulk


@dataclass(frozen=True, slots=True)
class Known:
    """One person the register holds; `village` as in `Effects.home`, `status` the folded order."""

    id: int
    nik: str
    name: str
    name_key: str
    village: int
    dead: bool
    status: int | None
    biodata_json: str

    @property
    def biodata(self) -> dict[str, Any]:
        """Everything the register says of the person, by field."""
        said: dict[str, Any] = orjson.loads(self.biodata_json)
        return said


_COLUMNS = "id, nik, name, name_key, village, dead_day IS NOT NULL, status, biodata"


def by_nik(niks: Iterable[str]) -> dict[str, Known]:
    """Return the people who hold these NIKs."""
    rows = bulk.select_in(f"SELECT {_COLUMNS} FROM person WHERE nik IN ({{marks}})", niks)
    return {row[1]: _known(row) for row in rows}


def by_id(persons: Iterable[int]) -> list[Known]:
    """Return people by number."""
    return [_known(row) for row in bulk.select_in(f"SELECT {_COLUMNS} FROM person WHERE id IN ({{marks}})", persons)]


def by_kk(no_kk: str) -> list[Known]:
    """Return the people who share a family card."""
    rows = bulk.select(f"SELECT {_COLUMNS} FROM person WHERE no_kk = %s ORDER BY id", [no_kk])
    return [_known(row) for row in rows]


def residents(villages: Iterable[int]) -> list[Known]:
    """Return the living residents of villages."""
    rows = bulk.select_in(
        f"SELECT {_COLUMNS} FROM person WHERE dead_day IS NULL AND village IN ({{marks}})", sorted(villages)
    )
    return [_known(row) for row in rows]


def resident_counts(villages: Iterable[int]) -> dict[int, int]:
    """Return how many living residents the register holds in each of these villages."""
    rows = bulk.select_in(
        "SELECT village, count(*) FROM person WHERE dead_day IS NULL AND village IN ({marks}) GROUP BY village",
        sorted(villages),
    )
    return dict(rows)


def next_person() -> int:
    """Return the number the next new person gets."""
    highest: int = bulk.select("SELECT coalesce(max(person), 0) FROM fact WHERE person IS NOT NULL")[0][0]
    return highest + 1


def undone_salt() -> str:
    """Return what makes the ids of a list new again after an import was taken back; empty before the first."""
    undone: int = bulk.select("SELECT count(*) FROM batch WHERE source = 'undo'")[0][0]
    return f"undone {undone}" if undone else ""


def undone_people() -> dict[str, int]:
    """Return the numbers that imports taken back had given to NIKs, so that other facts find their people again."""
    rows = bulk.select(
        "SELECT f.said, f.person FROM batch b JOIN fact r ON r.batch = b.batch JOIN fact f ON f.place = r.reverses"
        " WHERE b.source = 'undo' AND f.person IS NOT NULL ORDER BY f.place"
    )
    numbers: dict[str, int] = {}
    for said, person in rows:
        if nik := orjson.loads(said).get("nik"):
            numbers.setdefault(nik, person)
    return numbers


def _known(row: tuple[Any, ...]) -> Known:
    number, nik, name, key, village, dead, status, biodata = row
    return Known(number, nik or "", name, key, village, bool(dead), status, biodata)
