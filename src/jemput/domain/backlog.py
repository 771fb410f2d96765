"""What the backlog consists of: people to record and records to settle; each unrecorded person in exactly one line.

In Kota Magelang 16 % of the backlog turned out to live elsewhere (domain notes): a village sees that long before the office.
"""

from __future__ import annotations

from typing import Literal

from jemput.domain import recording
from jemput.domain.problems import Text

Line = Literal[
    "no_word",
    "will_come",
    "at_rompok",
    "home_visit",
    "died",
    "moved",
    "recorded_elsewhere",
    "unknown",
    "double",
    "blocked",
]
TO_RECORD: dict[Line, Text] = {
    "no_word": Text("belum ada kabar", "no word yet"),
    "will_come": Text("akan hadir", "will come"),
    "at_rompok": Text("di rompok", "in a rompok"),
    "home_visit": Text("sakit atau perlu dikunjungi di rumah", "ill, or need a home visit"),
}
TO_SETTLE: dict[Line, Text] = {
    "died": Text("kata desa: meninggal", "the village says: died"),
    "moved": Text("kata desa: pindah", "the village says: moved away"),
    "recorded_elsewhere": Text("kata desa: sudah rekam di tempat lain", "the village says: recorded elsewhere"),
    "unknown": Text("kata desa: tidak dikenal", "the village says: unknown here"),
    "double": Text("rekaman ganda", "duplicate recordings"),
    "blocked": Text("diblokir", "blocked"),
}
LINES: dict[Line, Text] = TO_RECORD | TO_SETTLE
DUPLICATE = recording.BY_CODE["DUPLICATE_RECORD"].order
_BY_WORD: dict[str, Line] = {
    "died": "died",
    "moved": "moved",
    "recorded_elsewhere": "recorded_elsewhere",
    "unknown": "unknown",
    "will_come": "will_come",
    "at_rompok": "at_rompok",
    "ill": "home_visit",
    "home_visit": "home_visit",
}
"""The line of each word of a village, and of each outcome of a visit that says where to find somebody."""


def line_of(said: str, *, status: int | None, is_blocked: bool) -> Line:
    """Return the line of one unrecorded person.

    `said` is the last believed word or outcome ("" none). A record to settle goes before all else, for nobody need travel
    for it: what the village says of it first, then a duplicate, then a block. A village that says somebody will come says
    nothing of a block, and so does not hide it.
    """
    line = _BY_WORD.get(said)
    if line in TO_SETTLE:
        return line
    if status == DUPLICATE:
        return "double"
    if is_blocked:
        return "blocked"
    return line or "no_word"
