"""Numbers of documents: one row of serials a year and a kind of document, without a gap."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet

from jemput.queries.office import setting


def next_serial(made: QuerySet[Any], year: int, first: str) -> int:
    """Return the serial after the last of a year among documents made, or the one the setting `first` begins with.

    The caller holds the lock until the document is kept, so that no number is given twice or lost.
    """
    last: int | None = made.filter(year=year).aggregate(last=Max("serial"))["last"]
    return max((last or 0) + 1, int(setting(first)))
