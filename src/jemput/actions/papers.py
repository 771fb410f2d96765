"""The history of working papers: who changed which field of which row from what to what."""

from __future__ import annotations

from datetime import datetime

from jemput.store.models import PaperChange


def changed(paper: str, number: int, field: str, old: object, new: object, *, now: datetime, by: str) -> bool:
    """Note a change of a row of a table (`paper`); False, and nothing noted, where both read alike."""
    before, after = _said(old), _said(new)
    if before == after:
        return False
    PaperChange.objects.create(
        paper=paper, number=number, field=field, old=before, new=after, changed_at=now, changed_by=by
    )
    return True


def _said(value: object) -> str:
    return "" if value is None else str(value)
