"""What every action that takes rows shares: what was taken, what was refused, and ids made at the source."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from jemput.domain import ids
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.rows import Row, RowProblem
from jemput.queries.register import Known
from jemput.store import bulk

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total) while a long action works."""

NAME_CONFLICT = ProblemKind(
    "name_conflict",
    Text(
        "NIK {nik} sudah terdaftar atas nama {held}; baris ini menulis {found}.",
        "NIK {nik} is already registered for {held}; this row says {found}.",
    ),
    Text(
        "Periksa ke KK siapa pemilik NIK itu; nama yang berubah dicatat sebagai perubahan biodata.",
        "Check with the family card whose NIK it is; a changed name is entered as a change of biodata.",
    ),
)
HELD_ELSEWHERE = ProblemKind(
    "held_elsewhere",
    Text(
        "NIK {nik} terdaftar di wilayah lain atas nama lain.",
        "NIK {nik} is registered in another area for another name.",
    ),
    Text(
        "Tanyakan kepada kantor: namanya hanya terlihat bagi wilayahnya.",
        "Ask the office: the name is seen in its own area only.",
    ),
)
NO_VILLAGE = ProblemKind(
    "no_village",
    Text("Desa baris ini tidak diketahui: “{found}”.", "The village of this row is not known: “{found}”."),
    Text(
        "Sebut desanya dengan --area KODE, atau impor dahulu daftar kode wilayah.",
        "Name the village with --area CODE, or import the list of area codes first.",
    ),
)
OUTSIDE = ProblemKind(
    "outside_area",
    Text("Desa {village} di luar wilayah {area}.", "Village {village} lies outside area {area}."),
    Text(
        "Periksa kode desa, atau impor di kantor yang benar.",
        "Check the village code, or import it at the right office.",
    ),
)


@dataclass(slots=True)
class Taken:
    """What an import did: person rows taken, left as they were, refused; facts proposed by kind."""

    accepted: int = 0
    unchanged: int = 0
    refused: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    proposed: Counter[str] = field(default_factory=Counter)
    batches: list[int] = field(default_factory=list)
    facts: int = 0

    def refuse(self, row: Row, problem: Problem) -> None:
        """Refuse one row for a reason."""
        self.refused.append(RowProblem(row.sheet, row.row, problem))


def source_id(*parts: str) -> str:
    """Return an id made from what a row says: the same row gives the same id, wherever it is read."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def name_conflict(held: Known, found: str) -> Problem:
    """Return the refusal of a NIK that the register holds for another name; both are named."""
    return NAME_CONFLICT.at("NIK", nik=ids.mask(held.nik), held=held.name, found=found)


@dataclass(frozen=True, slots=True)
class Held:
    """A fact the ledger holds under an id; `undone` where a whole import was taken back with it."""

    kind: str
    on: date
    person: int | None
    said: dict[str, Any]
    undone: bool


def held_facts(identities: Iterable[str]) -> dict[str, Held]:
    """Return the facts held under these ids, and under the ids they took when they came again after an undo."""
    held: dict[str, Held] = {}
    wanted = list(identities)
    while wanted:
        rows = bulk.select_in(
            "SELECT f.id, f.kind, f.on_day, f.person, f.said, coalesce(b.source, '') FROM fact f"
            " LEFT JOIN fact r ON r.reverses = f.place LEFT JOIN batch b ON b.batch = r.batch"
            " WHERE f.id IN ({marks})",
            wanted,
        )
        found = {
            identity: Held(kind, date.fromordinal(on_day), person, orjson.loads(said), source == "undo")
            for identity, kind, on_day, person, said, source in rows
        }
        held |= found
        wanted = [f"{identity}~" for identity, fact in found.items() if fact.undone]
    return held


def live_id(identity: str, held: Mapping[str, Held]) -> str:
    """Return the id a fact goes by now: its own, or the next one free after each import that was taken back."""
    while identity in held and held[identity].undone:
        identity += "~"
    return identity
