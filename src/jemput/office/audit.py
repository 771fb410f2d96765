"""Jejak audit: who did what, when, from where, and why."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.timezone import localtime

from jemput.domain.audit import VERBS, Verb
from jemput.domain.problems import Language, Text
from jemput.domain.roles import BY_ROLE, Right, Role
from jemput.letters.workbook import Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest
from jemput.office.wanted import number_in
from jemput.queries.audit import Wanted, actors, trail
from jemput.store.models import AuditLine

LENGTH = 100
LONGEST_START = 9
"""Digits of the line a page may start from."""
MOST_EXPORTED = 100_000
COLUMNS = (
    Column(Text("Hari", "Day"), "day"),
    Column(Text("Jam (WIB)", "Time (WIB)"), "code", 10),
    Column(Text("Siapa", "Who"), "text", 18),
    Column(Text("Peran", "Role"), "text", 20),
    Column(Text("Apa", "What"), "text", 24),
    Column(Text("Tentang", "About"), "text", 30),
    Column(Text("Alasan atau isi", "Reason or content"), "text", 50),
    Column(Text("Dari", "From"), "code", 16),
)


@page("jejak/", "audit", title=Text("Jejak audit", "Audit trail"), right=Right.AUDIT)
def audit(request: OfficeRequest) -> HttpResponseBase:
    """Show the trail, newest first, or hand it out as a workbook."""
    seat = request.seat
    wanted = _wanted(request)
    mine = seat.user.area
    if request.GET.get("excel"):
        seat.note(Verb.LIST_EXPORTED, subject="audit")
        lines = trail(wanted, area=mine, length=MOST_EXPORTED).lines
        rows = ([*_cells(line, seat.language)] for line in lines)
        title = Text("Jejak audit", "Audit trail")
        return excel(seat, [Sheet(title, title, (), COLUMNS, rows)], name="jejak-audit")
    start = number_in(request.GET.get("from", ""), longest=LONGEST_START) or 0
    found = trail(wanted, area=mine, start=start, length=LENGTH)
    narrowed: dict[str, str | int] = {
        key: str(value) for key, value in request.GET.items() if key not in {"from", "excel"} and value
    }
    context = {
        "found": found,
        "rows": [(line, _what(line), _role(line)) for line in found.lines],
        "wanted": wanted,
        "actors": actors() if mine is None else [],
        "verbs": sorted(VERBS.items(), key=lambda item: item[1].say(seat.language)),
        "first": start + 1,
        "last": start + len(found.lines),
        "newer": urlencode(narrowed | {"from": max(start - LENGTH, 0)}) if start else None,
        "older": urlencode(narrowed | {"from": start + LENGTH}) if start + LENGTH < found.total else None,
        "query": urlencode(narrowed | {"excel": 1}),
    }
    return render(request, "office/audit.html", context)


def _wanted(request: OfficeRequest) -> Wanted:
    said = request.GET
    verb = said.get("verb", "")
    return Wanted(
        actor=said.get("actor", "").replace("\x00", ""),
        verb=Verb(verb) if verb in set(Verb) else None,
        since=_day(said.get("since", "")),
        until=_day(said.get("until", "")),
        text=said.get("text", "").replace("\x00", "").strip()[:100],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _what(line: AuditLine) -> Text:
    return VERBS[Verb(line.verb)] if line.verb in set(Verb) else Text(line.verb, line.verb)


def _role(line: AuditLine) -> Text:
    return BY_ROLE[Role(line.role)].title if line.role in set(Role) else Text(line.role, line.role)


def _cells(line: AuditLine, language: Language) -> list[str | date]:
    at = localtime(line.at)
    what, role = _what(line).say(language), _role(line).say(language)
    return [at.date(), f"{at:%H:%M:%S}", line.actor, role, what, line.subject, line.reason, line.address]
