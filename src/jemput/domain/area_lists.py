"""What a list of codes speaks of: its topmost areas, whom it leaves out, and the days a list of changes covers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from jemput.domain.area_history import History, period_at
from jemput.domain.ids import area_text
from jemput.domain.places import AreaChange, parent
from jemput.domain.problems import Problem, ProblemKind, Text

NO_PARENT = ProblemKind(
    "area_without_parent",
    Text(
        "Wilayah {above} di atas {kode} tidak ada, di berkas ini maupun di daftar.",
        "The area {above} above {kode} is neither in this file nor in the list.",
    ),
    Text("Sertakan kecamatan dan kabupatennya.", "Include its district and regency."),
)
LIST_OLDER = ProblemKind(
    "area_list_older",
    Text(
        "Daftar lengkap ini lebih tua daripada yang sudah ada dan memuat kode yang di sana tidak berlaku lagi: {kode}.",
        "This complete list is older than what is known and holds codes that no longer hold there: {kode}.",
    ),
    Text(
        "Impor daftar dari yang tertua, atau impor daftar perubahan kode.",
        "Import lists oldest first, or import a list of changes of codes.",
    ),
)
CHANGES_GAP = ProblemKind(
    "area_changes_gap",
    Text(
        "Daftar perubahan terputus: tidak ada perubahan antara {ends} dan {begins}.",
        "The list of changes has a gap: nothing between {ends} and {begins}.",
    ),
    Text(
        "Lengkapi rilis di antaranya, atau impor tiap bagian sendiri.",
        "Add what lies between, or import each part alone.",
    ),
)
NAMED_AT_ONCE = 3


def ancestors(number: int) -> Iterator[int]:
    """Yield the areas above an area, the nearest first."""
    above = parent(number)
    while above is not None:
        yield above
        above = parent(above)


def topmost(numbers: Collection[int]) -> set[int]:
    """Return the areas of a list which no other of it contains."""
    listed = set(numbers)
    return {number for number in listed if listed.isdisjoint(ancestors(number))}


def orphan(number: int, known: Collection[int]) -> Problem | None:
    """Return that the area one level up is not among those known, or None."""
    above = parent(number)
    if above is None or above in known:
        return None
    return NO_PARENT.at("kode", kode=area_text(number), above=area_text(above))


def left_out(held: Iterable[int], named: Collection[int]) -> list[int]:
    """Return the codes a complete list ought to name and does not: inside its topmost areas, at levels it has there."""
    tops = topmost(named)
    levels: set[tuple[int, int]] = set()
    for number in named:
        levels.update((top, len(str(number))) for top in (number, *ancestors(number)) if top in tops)
    return [
        number
        for number in held
        if number not in named
        and any((top, len(str(number))) in levels for top in (number, *ancestors(number)) if top in tops)
    ]


def revived(held: Mapping[int, History], told: Mapping[int, History], on: date) -> Problem | None:
    """Return that a complete list opens codes for ever although what is known reaches beyond its day, or None.

    `told` are the new histories of the codes it changes. A list of 2018 must not make a dead code valid today.
    """
    if not any(one.start > on for history in held.values() for one in history):
        return None
    wrong = sorted(
        number
        for number, history in told.items()
        if history[-1].start == on
        and history[-1].end is None
        and period_at(held.get(number, ()), on) is None
        and all(one.start <= on for one in held.get(number, ()))
    )
    if not wrong:
        return None
    return LIST_OLDER.at("kode", kode=", ".join(area_text(number) for number in wrong[:NAMED_AT_ONCE]))


def covered(changes: Iterable[AreaChange]) -> tuple[date, date] | Problem:
    """Return the first and the last day a list of changes covers; a list with a gap is a problem."""
    spans = sorted({(change.since, change.on) for change in changes})
    until = spans[0][1]
    for since, on in spans:
        if since > until:
            return CHANGES_GAP.at("from_release", ends=until.isoformat(), begins=since.isoformat())
        until = max(until, on)
    return spans[0][0], until
