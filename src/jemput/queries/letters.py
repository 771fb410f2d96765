"""Letters of visits that were made: which, with which number, replacing which, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jemput.domain.ids import village_range
from jemput.store import models


@dataclass(frozen=True, slots=True)
class Made:
    """One letter; `pdf` and `docx` are the sha256 of its files, `replaces` the number or kind of the one before."""

    id: int
    visit: int
    kind: str
    number: str
    pdf: str
    docx: str
    replaces: int | None
    is_replaced: bool
    made_at: datetime
    made_by: str


def of_visit(visit: int) -> list[Made]:
    """Return the letters of a visit, the newest first."""
    rows = list(models.Letter.objects.filter(visit_id=visit).order_by("-pk"))
    replaced = {row.replaces_id for row in rows}
    return [
        Made(
            row.pk,
            row.visit_id,
            row.kind,
            row.number,
            row.pdf,
            row.docx,
            row.replaces_id,
            row.pk in replaced,
            row.made_at,
            row.made_by,
        )
        for row in rows
    ]


def one(number: int, *, within: int | None = None) -> Made | None:
    """Return a letter, None where there is none of a visit in the area."""
    row = models.Letter.objects.select_related("visit").filter(pk=number).first()
    if row is None:
        return None
    low, high = village_range(within) if within else (0, row.visit.village)
    if not low <= row.visit.village <= high:
        return None
    return next(letter for letter in of_visit(row.visit_id) if letter.id == number)
