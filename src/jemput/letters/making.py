"""From a day and an area to a numbered report: the figures, the document set, the workbook, the files kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jemput.actions import reports as act
from jemput.actions.reports import Draft, Rendered
from jemput.domain.problems import Language, Text
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
    "press": ("pdf", "png", "svg", "txt", "thumb.png"),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report whose figures are known: its parts to look at, and what sets it once it has a number."""

    draft: Draft
    render: Callable[[str], Rendered]
    title: Text
    opening: Text
    parts: tuple[Section, ...] = field(default=())

    def shown(self, language: Language) -> dict[str, object]:
        """Return what a page shows of it, as JSON values."""
        return {
            "title": self.title.say(language),
            "opening": self.opening.say(language),
            "parts": [part.as_data(language) for part in self.parts],
        }

    def workbook(self, here: Office, language: Language = LANGUAGE) -> bytes:
        """Return its parts as a workbook."""
        return workbook(list(self.parts), self.draft.tie, here, language)


def prepare(
    kind: Kind,
    on: date,
    area: int | None,
    *,
    here: Office,
    form: Mapping[str, FormValue] | None = None,
) -> Prepared:
    """Return a report of a day and an area ready to be made; refuse where its count is not closed."""
    if kind == "monthly":
        return _monthly(on, area, here, form or {})
    if kind == "daily":
        return _daily(on, area, here)
    return _press(on, area, here)


def make(
    kind: Kind,
    on: date,
    area: int | None,
    *,
    here: Office,
    form: Mapping[str, FormValue] | None = None,
    said_by: str = "",
    key: str | None = None,
) -> Report:
    """Make a report of a day and an area, number it and keep it; one asked for with a `key` is made once."""
    return keep(prepare(kind, on, area, here=here, form=form), here=here, said_by=said_by, key=key)


def keep(ready: Prepared, *, here: Office, said_by: str = "", key: str | None = None) -> Report:
    """Make a report that was prepared: give it its number, set it, keep its files."""
    return act.make(ready.draft, ready.render, office=here, said_by=said_by, key=key)


def _monthly(on: date, area: int | None, here: Office, form: Mapping[str, FormValue]) -> Prepared:
    month = monthly_query.monthly(on, area, here)
    _, closing = monthly_query.closings_of(on)
    parts = monthly.sections(month, form, monthly.names_of(month))
    head = letterhead(here)

    def render(number: str) -> Rendered:
        pdf = monthly.set_pdf(month, parts, head=head, number=number, form=form, today=here.today, made_at=here.now)
        return Rendered(pdf, {"xlsx": workbook(parts, month.closing, here)})

    draft = Draft("monthly", on, month.closing, closing, form)
    return Prepared(draft, render, monthly.title_of(month), monthly.opening(month), tuple(parts))


def _daily(on: date, area: int | None, here: Office) -> Prepared:
    day = daily_query.daily(on, area, here)
    parts = daily.sections(day, daily.names_of(day))
    head = letterhead(here)

    def render(number: str) -> Rendered:
        pdf = daily.set_pdf(day, parts, head=head, number=number, today=here.today, made_at=here.now)
        return Rendered(pdf, {"xlsx": workbook(parts, day.tie, here)})

    draft = Draft("daily", on, day.tie)
    return Prepared(draft, render, daily.title_of(day), daily.opening(day), tuple(parts))


def _press(on: date, area: int | None, here: Office) -> Prepared:
    at = coverage.view(on, as_known=None, rule=here.rule)
    figures = coverage.total(coverage.villages(at, area, rule_in_force=here.rule))
    tied_to = tie(at, area, here)
    card = press_card.press_card(tied_to, figures, LANGUAGE)
    english = press_card.press_card(tied_to, figures, "en")
    head = letterhead(here)

    def render(_number: str) -> Rendered:
        text = f"{card.sentence}\n\n{card.denominator}\n{tied_to.say(LANGUAGE)}\n"
        files = {
            "png": press_card.picture(card, head, "png"),
            "svg": press_card.picture(card, head, "svg"),
            "thumb.png": press_card.thumbnail(card, head),
            "txt": text.encode(),
        }
        return Rendered(press_card.set_pdf(card, head, made_at=here.now), files)

    draft = Draft("press", on, tied_to, at.closing)
    sentence = Text(card.sentence, english.sentence)
    return Prepared(draft, render, Text(card.denominator, english.denominator), sentence)


def workbook(parts: list[Section], tied_to: Tie, here: Office, language: Language = LANGUAGE) -> bytes:
    """Return the parts of a report as a workbook, one sheet a part."""
    target = io.BytesIO()
    paper = letterhead(here).paper
    sheets = [part.sheet(tied_to, language) for part in parts]
    write_workbook(target, sheets, language=language, made_at=here.now, paper=paper)
    return target.getvalue()
