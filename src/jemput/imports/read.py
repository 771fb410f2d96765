"""A file into rows: opened, recognised by its header, read sheet by sheet. Nothing is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jemput.domain import ids
from jemput.domain.problems import Problem, Refused
from jemput.domain.rows import Row, RowProblem
from jemput.imports import file_findings, findings, recognise
from jemput.imports.codes import Codes, read_codes
from jemput.imports.columns import Reading
from jemput.imports.heading import DISTRICT, VILLAGE, Heading
from jemput.imports.judges import judge_for
from jemput.imports.layout import Layout
from jemput.imports.layouts import LAYOUTS
from jemput.imports.recognise import Header
from jemput.imports.rows import Parsed
from jemput.imports.sheets import Cells, Sheet, open_book
from jemput.imports.table import Found, Table


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file's sheets: those that are read, with their headers, and the others."""

    layout: Layout
    read: list[tuple[Sheet, Header]]
    others: list[Sheet]
    notes: list[Problem]


def read_file(path: Path, *, today: date, layout: str | None = None) -> Parsed:
    """Return the rows of a file, those refused, and the notes; `today` is the office's day.

    The layout is told by the header, or given by name. Refused as a whole: a file that is no table,
    is damaged or locked, whose header is not known, or that has no usable row below its header.
    """
    path = Path(path)
    recognised = recognise_file(path, layout=layout)
    found = Found(notes=[RowProblem("", 0, problem) for problem in recognised.notes])
    codes = _codes(recognised, found)
    reading = Reading(today)
    judge = judge_for(recognised.layout.kind, found.rows, reading.pending)
    headings: dict[str, Heading] = {}
    for sheet, header in recognised.read:
        table = Table(sheet, header, reading, judge, codes, found)
        table.read()
        headings[sheet.name] = table.heading
    if not found.person_rows:
        raise Refused(file_findings.NO_ROWS.at(file=path.name, layout=recognised.layout.name))
    found.count_the_rest()
    return _parsed(recognised.layout, found, headings, today)


def recognise_file(path: Path, *, layout: str | None = None) -> Recognised:
    """Open a file and return its sheets by layout; the first sheet recognised decides the layout for all."""
    chosen = _layouts(layout)
    book = open_book(path, known=recognise.KNOWN_KEYS)
    read: list[tuple[Sheet, Header]] = []
    others: list[Sheet] = []
    heads: list[list[Cells]] = []
    for sheet in book.sheets:
        head = [] if sheet.hidden else sheet.head()
        heads.append(head)
        header = recognise.find(head, chosen, forced=layout is not None)
        if header:
            chosen = [header.layout]
            read.append((sheet, header))
        else:
            others.append(sheet)
    if not read:
        raise Refused(recognise.not_found(heads, chosen, path.name))
    return Recognised(chosen[0], read, others, book.notes)


def _layouts(name: str | None) -> list[Layout]:
    """Return the layouts to look for."""
    if name is None:
        return list(LAYOUTS.values())
    if name not in LAYOUTS:
        raise Refused(file_findings.LAYOUT_UNKNOWN.at(found=name, known=", ".join(LAYOUTS)))
    return [LAYOUTS[name]]


def _codes(recognised: Recognised, found: Found) -> Codes:
    """Return the codes the workbook explains itself, and note what became of every sheet that is no list."""
    codes: Codes = {}
    for sheet in recognised.others:
        own = read_codes(recognised.layout, sheet.name, sheet.rows()) if recognised.layout.code_sheet else {}
        if own:
            codes |= own
            found.note(sheet.name, 0, findings.CODES_READ.at(fields=", ".join(own)))
        elif any(any(row) for row in sheet.head()):
            hidden = findings.SHEET_HIDDEN.at()
            found.note(
                sheet.name, 0, hidden if sheet.hidden else findings.SHEET_NOT_READ.at(layout=recognised.layout.name)
            )
    return codes


def _parsed(layout: Layout, found: Found, headings: dict[str, Heading], today: date) -> Parsed:
    """Return what was found, with place and day of the headings; sheets of different villages keep their own in each row."""
    with_rows = {row.sheet for row in found.rows} | {problem.sheet for problem in found.refused}
    told = {name: heading for name, heading in headings.items() if name in with_rows}
    places = {(heading.area, heading.area_name) for heading in told.values()}
    area, area_name = places.pop() if len(places) == 1 else (None, "")
    if places:
        _place_rows(found, told)
    days = []
    for name, heading in told.items():
        for day in heading.days:
            if day > today:
                found.note(name, 0, findings.HEADING_LATER.at(found=day.isoformat()))
            else:
                days.append(day)
    return Parsed(
        layout=layout.name,
        kind=layout.kind,
        rows=found.rows,
        refused=found.refused,
        notes=found.notes,
        area=area,
        area_name=area_name,
        as_at=max(days, default=None),
        person_rows=found.person_rows,
    )


def _place_rows(found: Found, headings: dict[str, Heading]) -> None:
    """Give each row the place its own sheet's heading names, where the row itself names none."""
    for at, row in enumerate(found.rows):
        heading = headings[row.sheet]
        if "village" in row.fields or "village_name" in row.fields:
            continue
        place = {"village_name": heading.names.get(VILLAGE, ""), "district_name": heading.names.get(DISTRICT, "")}
        if heading.area and len(str(heading.area)) == ids.VILLAGE_DIGITS:
            place = {"village": ids.area_text(heading.area)}
        said = {name: text for name, text in place.items() if text}
        found.rows[at] = Row(row.sheet, row.row, {**row.fields, **said})
