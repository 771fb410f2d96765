"""Reports that take seconds at a whole regency: a closed month made ready to look at, and a report made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from jemput.actions.taking import Progress
from jemput.domain.problems import LANGUAGES
from jemput.letters import making
from jemput.queries.office import office
from jemput.store import blobs


def show_month(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Prepare the month closed on `on` for `area`; keep what a page shows of it and its workbook, in both languages."""
    progress("month", 0, 1)
    here = office()
    ready = making.prepare("monthly", date.fromisoformat(args["on"]), args.get("area"), here=here)
    shown = {language: ready.shown(language) for language in LANGUAGES}
    books = {language: ready.workbook(here, language) for language in LANGUAGES}
    progress("month", 1, 1)
    return {
        "sha256": blobs.keep(orjson.dumps(shown)),
        "xlsx": {language: blobs.keep(book) for language, book in books.items()},
    }


def make_report(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Make a report of `kind`, `on`, `area`, `form` for `said_by`; `key` makes it once, however often this runs."""
    progress("report", 0, 1)
    made = making.make(
        args["kind"],
        date.fromisoformat(args["on"]),
        args.get("area"),
        here=office(),
        form=args.get("form") or {},
        said_by=str(args.get("said_by", "")),
        key=args["key"],
    )
    progress("report", 1, 1)
    return {"report": made.pk}
