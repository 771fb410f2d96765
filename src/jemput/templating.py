"""How pages speak: a sentence in both languages side by side, numbers and dates as the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import get_language

from jemput.domain import ids, wording
from jemput.domain.claims import Finding
from jemput.domain.message_texts import day_words
from jemput.domain.phones import show_phone
from jemput.domain.problems import Language, Problem, Text

register = template.Library()


def language() -> Language:
    """Return the language of the page being made."""
    return "en" if get_language() == "en" else "id"


def written(value: object) -> str:
    """Return a value as the reader's language writes it."""
    if isinstance(value, bool):
        return Text("ya", "yes").say(language()) if value else Text("tidak", "no").say(language())
    if isinstance(value, int):
        return wording.number(value, language())
    if isinstance(value, Decimal):
        return wording.decimal(value, language())
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return wording.day(value, language())
    if isinstance(value, Text):
        return value.say(language())
    return "" if value is None else str(value)


@register.simple_tag
def t(id: str, en: str, **values: object) -> str:  # noqa: A002 - the two languages by their codes
    """Say a sentence; numbers, dates and texts among its values are written in the reader's language."""
    return Text(id, en).say(language(), {name: written(value) for name, value in values.items()})


@register.filter
def say(text: Text) -> str:
    """Say a text."""
    return text.say(language())


@register.filter
def say_finding(finding: Finding) -> str:
    """Say a finding about printed figures, with its likeliest reading."""
    return finding.say(language())


@register.filter
def number(value: int | None) -> str:
    """Write a whole number; a dash for none."""
    return "–" if value is None else wording.number(value, language())


@register.filter
def signed(value: int) -> str:
    """Write a whole number with its sign."""
    return wording.signed(value, language())


@register.filter
def percent(value: Decimal | None) -> str:
    """Write a percentage, without the word: 96,65."""
    return wording.decimal(value, language())


@register.filter
def day(value: date | None) -> str:
    """Write a date in words; a dash for none."""
    return "–" if value is None else wording.day(value, language())


@register.filter
def moment(value: datetime | None) -> str:
    """Write a day and the time of western Indonesia: 28 Maret 2019, 09.00 WIB."""
    if value is None:
        return "–"
    local = localtime(value)
    clock = f"{local:%H.%M}" if language() == "id" else f"{local:%H:%M}"
    return f"{wording.day(local.date(), language())}, {clock} WIB"


@register.filter
def reason(problem: Problem) -> str:
    """Say what is wrong."""
    return problem.reason(language())


@register.filter
def todo(problem: Problem) -> str:
    """Say what to do next."""
    return problem.todo(language())


@register.filter
def kode(area: int | None) -> str:
    """Write an area's code: 16.05.14."""
    return ids.area_text(area) if area else "–"


@register.filter
def masked(nik: str) -> str:
    """Mask a NIK or a KK number."""
    return ids.mask(nik)


@register.filter
def weekday(value: date) -> Text:
    """Write a day with its weekday: Selasa 9 April 2019."""
    return day_words(value)


@register.filter
def phone(number: str) -> str:
    """Write a telephone number as it is read out; a mail address stays as it is."""
    return show_phone(number) if number.startswith("+") else number


@register.filter
def problem_words(kept: dict[str, dict[str, str]]) -> str:
    """Say a problem as a row keeps it: what is wrong and what to do next."""
    return f"{kept['reason'][language()]} {kept['todo'][language()]}"


@register.filter
def mask_numbers(text: str) -> str:
    """Write free text with every number of sixteen digits in it masked."""
    return ids.mask_within(text)


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changed: str) -> str:
    """Return the query of this page with something changed; what is changed to nothing is left out."""
    said = {**context["kept"], **changed}
    return urlencode({key: value for key, value in said.items() if value})
