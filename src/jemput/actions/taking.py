"""What every action that takes rows shares: what was taken, what was refused, and ids made at the source."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from jemput.domain import ids
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.rows import Row, RowProblem
from jemput.queries.register import Known

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
