"""Files of settlements and contacts that were taken in, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jemput.store import models


@dataclass(frozen=True, slots=True)
class PaperImport:
    """One file as it was taken: how many rows it added, completed and refused; `undone_at` None while it stands."""

    id: int
    name: str
    added: int
    changed: int
    refused: int
    taken_at: datetime
    taken_by: str
    undone_at: datetime | None
    undone_by: str


def latest(paper: str, *, by: str = "", limit: int) -> list[PaperImport]:
    """Return the last files of a table that were taken in, by one person where named."""
    found = models.PaperImport.objects.filter(paper=paper).order_by("-pk")
    if by:
        found = found.filter(taken_by=by)
    return [
        PaperImport(
            one.pk,
            one.name,
            len(one.added),
            len({row for row, *_ in one.changed}),
            one.refused,
            one.taken_at,
            one.taken_by,
            one.undone_at,
            one.undone_by,
        )
        for one in found[:limit]
    ]
