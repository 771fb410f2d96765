"""Import a file: read it, place its rows in villages, hand them to the action its kind needs.

One file is one transaction. The same file twice changes nothing: it is known by its content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from jemput.actions import settings
from jemput.actions.take_events import take_events, take_totals
from jemput.actions.take_list import take_list
from jemput.actions.taking import Progress, Taken
from jemput.domain import ids
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.imports.layouts import LAYOUTS
from jemput.imports.read import read_file
from jemput.imports.rows import Parsed
from jemput.queries import places
from jemput.queries.office import Office, office
from jemput.store import bulk
from jemput.store.chain import Origin

AREA_NEEDED = ProblemKind(
    "area_needed",
    Text("Berkas ini tidak menyebut desanya.", "This file does not name its village."),
    Text("Ulangi dengan --area KODE_DESA.", "Repeat with --area VILLAGE_CODE."),
)

WHOLE_OFFICE_ONLY = ProblemKind(
    "whole_office_only",
    Text(
        "Berkas jenis “{layout}” hanya diimpor oleh pengguna seluruh kantor.",
        "A file of the kind “{layout_en}” is imported by users of the whole office only.",
    ),
    Text("Serahkan berkas ini kepada kantor.", "Hand this file to the office."),
)


@dataclass(slots=True)
class Imported:
    """What became of a file: its layout, rows seen, and what was taken, refused and proposed."""

    path: Path
    layout: str
    kind: str
    rows: int
    taken: Taken
    refused: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    dry_run: bool = False


class _DryRun(Exception):  # noqa: N818 - carries a finished dry run out of its transaction
    """Takes everything a dry run wrote back out."""


def import_file(
    path: Path,
    *,
    area: int | None = None,
    layout: str | None = None,
    as_at: date | None = None,
    dry_run: bool = False,
    said_by: str = "",
    name: str = "",
    within: int | None = None,
    progress: Progress,
) -> Imported:
    """Import one file; with `dry_run` do everything and keep nothing. Refuse a file that cannot be read.

    `name` is what the file is called where that is not the name it is stored by; `within` the area of the sender, beyond
    which nothing is taken: then only lists are, because an event names a person wherever they live.
    """
    here = office()
    name = name or path.name
    progress(name, 0, 3)
    with bulk.without_cycle_search():
        parsed = read_file(path, today=here.today, layout=layout)
    origin = Origin(parsed.layout, name, hashlib.sha256(path.read_bytes()).hexdigest(), said_by)
    if within and parsed.kind != "list":
        raise Refused(
            WHOLE_OFFICE_ONLY.at(layout=LAYOUTS[parsed.layout].title.id, layout_en=LAYOUTS[parsed.layout].title.en)
        )
    progress(name, 1, 3)
    taken = Taken()
    try:
        with transaction.atomic():
            taken = _take(parsed, area=area, as_at=as_at, here=here, origin=origin, within=within, progress=progress)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    progress(name, 3, 3)
    refused = sorted([*parsed.refused, *taken.refused], key=lambda problem: (problem.sheet, problem.row))
    notes = [*parsed.notes, *taken.notes]
    return Imported(path, parsed.layout, parsed.kind, parsed.person_rows, taken, refused, notes, dry_run)


def _take(
    parsed: Parsed,
    *,
    area: int | None,
    as_at: date | None,
    here: Office,
    origin: Origin,
    within: int | None,
    progress: Progress,
) -> Taken:
    if parsed.kind == "dkb":
        return take_totals(parsed.rows, office=here, origin=origin)
    if parsed.kind in {"events", "konsolidasi"}:
        return take_events(parsed.rows, office=here, origin=origin)
    resolve, where = _resolver(parsed, area, here)
    if first := next((village for row in parsed.rows if (village := resolve(row.fields))), None):
        settings.learn_area(first, here)
    day = as_at or parsed.as_at or here.today
    if within and not (where and str(where).startswith(str(within))):
        where = within
    return take_list(
        parsed.rows,
        office=here,
        resolve=resolve,
        area=where,
        as_at=day,
        origin=origin,
        within=within,
        progress=progress,
    )


def _resolver(
    parsed: Parsed, area: int | None, here: Office
) -> tuple[Callable[[Mapping[str, str]], int | None], int | None]:
    """Return how a row's own words give its village, and the area the list claims to cover."""
    where = area or parsed.area or _named(parsed.area_name, here)
    only = where if where and len(str(where)) == ids.VILLAGE_DIGITS else None
    by_name: dict[tuple[str, str], int | None] = {}

    def resolve(fields: Mapping[str, str]) -> int | None:
        if code := fields.get("village"):
            number = ids.area_number(code)
            return number if number and len(str(number)) == ids.VILLAGE_DIGITS else None
        if name := fields.get("village_name"):
            key = (fields.get("district_name", ""), name)
            if key not in by_name:
                by_name[key] = places.village_named(name, district=key[0], within=where or here.area, on=here.today)
            return by_name[key] or only
        return only

    if only is None and not any("village" in row.fields or "village_name" in row.fields for row in parsed.rows[:1]):
        raise Refused(AREA_NEEDED.at("--area"))
    return resolve, where


def _named(area_name: str, here: Office) -> int | None:
    """Return the village a file's heading names in words, where the office knows one of that name."""
    village, district, _ = (*area_name.split("/"), "", "", "")[:3]
    if not village:
        return None
    return places.village_named(village, district=district, within=here.area, on=here.today)
