"""From a day and an area to a numbered report: the figures, the document set, the workbook, the files kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jemput.actions import reports as act
from jemput.actions.reports import Draft, Rendered
from jemput.domain.problems import Language
from jemput.domain.reports import FormValue, Kind
from jemput.letters import daily, monthly, press_card
from jemput.letters.letterhead import letterhead
from jemput.letters.sections import Section
from jemput.letters.workbook import write_workbook
from jemput.queries import coverage
from jemput.queries import daily as daily_query
from jemput.queries import monthly as monthly_query
from jemput.queries.office import Office
from jemput.queries.tied import Tie, tie
from jemput.store.models import Report

LANGUAGE: Language = "id"
"""Documents of the office are in Indonesian, whatever the reader's language is."""
SUFFIXES: Mapping[Kind, tuple[str, ...]] = {
    "monthly": ("pdf", "xlsx"),
    "daily": ("pdf", "xlsx"),
    "press": ("pdf", "png", "svg", "txt"),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report whose figures are known: its parts to look at, and what sets it once it has a number."""

    draft: Draft
    render: Callable[[str], Rendered]
    title: str
    opening: str
    parts: tuple[Section, ...] = field(default=())


def prepare(
    kind: Kind,
    on: date,
    area: int | None,
    *,
    here: Office,
    form: Mapping[str, FormValue] | None = None,
    language: Language = LANGUAGE,
) -> Prepared:
    """Return a report of a day and an area ready to be made; `language` is that of its title and opening on a page."""
    if kind == "monthly":
        return _monthly(on, area, here, form or {}, language)
    if kind == "daily":
        return _daily(on, area, here, language)
    return _press(on, area, here, language)


def make(
    kind: Kind,
    on: date,
    area: int | None,
    *,
    here: Office,
    form: Mapping[str, FormValue] | None = None,
    said_by: str = "",
) -> Report:
    """Make a report of a day and an area, number it and keep it; refuse where its count is not closed."""
    return keep(prepare(kind, on, area, here=here, form=form), here=here, said_by=said_by)


def keep(ready: Prepared, *, here: Office, said_by: str = "") -> Report:
    """Make a report that was prepared: give it its number, set it, keep its files."""
    return act.make(ready.draft, ready.render, office=here, said_by=said_by)


def _monthly(on: date, area: int | None, here: Office, form: Mapping[str, FormValue], language: Language) -> Prepared:
    month = monthly_query.monthly(on, area, here)
    _, closing = monthly_query.closings_of(on)
    parts = monthly.sections(month, form, monthly.names_of(month))
    head = letterhead(here)

    def render(number: str) -> Rendered:
        pdf = monthly.set_pdf(month, parts, head=head, number=number, form=form, today=here.today, made_at=here.now)
        return Rendered(pdf, {"xlsx": workbook(parts, month.closing, here)})

    draft = Draft("monthly", on, month.closing, closing, form)
    title = monthly.title_of(month).say(language)
    return Prepared(draft, render, title, monthly.opening(month).say(language), tuple(parts))


def _daily(on: date, area: int | None, here: Office, language: Language) -> Prepared:
    day = daily_query.daily(on, area, here)
    parts = daily.sections(day, daily.names_of(day))
    head = letterhead(here)

    def render(number: str) -> Rendered:
        pdf = daily.set_pdf(day, parts, head=head, number=number, today=here.today, made_at=here.now)
        return Rendered(pdf, {"xlsx": workbook(parts, day.tie, here)})

    draft = Draft("daily", on, day.tie)
    return Prepared(draft, render, daily.title_of(day).say(language), daily.opening(day).say(language), tuple(parts))


def _press(on: date, area: int | None, here: Office, language: Language) -> Prepared:
    at = coverage.view(on, as_known=None, rule=here.rule)
    figures = coverage.total(coverage.villages(at, area, rule_in_force=here.rule))
    tied_to = tie(at, area, here)
    card = press_card.press_card(tied_to, figures, LANGUAGE)
    shown = card if language == LANGUAGE else press_card.press_card(tied_to, figures, language)
    head = letterhead(here)

    def render(_number: str) -> Rendered:
        text = f"{card.sentence}\n\n{card.denominator}\n{tied_to.say(LANGUAGE)}\n"
        files = {
            "png": press_card.picture(card, head, "png"),
            "svg": press_card.picture(card, head, "svg"),
            "txt": text.encode(),
        }
        return Rendered(press_card.set_pdf(card, head, made_at=here.now), files)

    draft = Draft("press", on, tied_to, at.closing)
    return Prepared(draft, render, shown.denominator, shown.sentence)


def workbook(parts: list[Section], tied_to: Tie, here: Office, language: Language = LANGUAGE) -> bytes:
    """Return the parts of a report as a workbook, one sheet a part."""
    target = io.BytesIO()
    paper = letterhead(here).paper
    sheets = [part.sheet(tied_to, language) for part in parts]
    write_workbook(target, sheets, language=language, made_at=here.now, paper=paper)
    return target.getvalue()
