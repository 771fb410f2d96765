"""Closing the count of a 28th, with the figures in front of whoever closes; what is closed never changes again."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions.close_count import close_count
from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.coverage import percent
from jemput.domain.cut_offs import cut_offs_between
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.office.pages import page
from jemput.office.reports import prepare_month
from jemput.office.seat import OfficeRequest
from jemput.queries import coverage, monthly
from jemput.queries.office import Office
from jemput.queries.people import GROUPS

DAY_UNCLEAR = ProblemKind(
    "closing_day_unclear",
    Text("Belum jelas hitungan tanggal mana yang ditutup.", "It is not clear which day's count is to be closed."),
    Text("Pilih tanggal 28 dari daftar.", "Choose a 28th from the list."),
)
WHOLE_OFFICE_ONLY = ProblemKind(
    "closing_whole_office_only",
    Text("Hitungan ditutup untuk seluruh kantor sekaligus.", "A count is closed for the whole office at once."),
    Text("Minta yang melihat seluruh kantor untuk menutupnya.", "Ask somebody who sees the whole office to close it."),
)
FIGURES = ("population", "id_obligated", "recorded", "unrecorded")


@page(
    "laporan/tutup/",
    "close-count",
    title=Text("Tutup hitungan", "Close a count"),
    right=Right.CLOSE,
    write=Right.CLOSE,
)
def close(request: OfficeRequest) -> HttpResponseBase:
    """Show the figures of a 28th that can be closed; close it."""
    seat = request.seat
    if seat.area != seat.office.area:
        raise Refused(WHOLE_OFFICE_ONLY.at())
    if request.method == "POST":
        on = _day(request.POST.get("on", ""))
        closing = close_count(on, office=seat.office, said_by=seat.user.username)
        seat.note(Verb.COUNT_CLOSED, subject=on.isoformat(), reason=closing.digest[:16])
        said = Text("Hitungan {on} ditutup di tempat {place}.", "The count of {on} is closed at place {place}.")
        values = {"on": wording.day(on, seat.language), "place": wording.number(closing.place, seat.language)}
        if len(coverage.closings()) > 1:
            prepare_month(seat, on)
        messages.success(request, said.say(seat.language, values))
        return redirect("reports")
    open_days = closable(seat.office)
    asked = request.GET.get("on")
    chosen = _day(asked) if asked else next(iter(open_days), None)
    context: dict[str, object] = {"open_days": open_days}
    if chosen is not None and chosen in open_days:
        context |= {"on": chosen} | _figures(chosen, seat.office)
    return render(request, "office/close_count.html", context)


def closable(here: Office) -> list[date]:
    """Return the 28ths that have come and are not closed, since the last that is; the latest where none is."""
    closed = coverage.closings()
    if closed:
        return cut_offs_between(closed[-1].on, here.today)
    return cut_offs_between(here.today.replace(day=1, month=1), here.today)[-1:]


def _figures(on: date, here: Office) -> dict[str, object]:
    view = coverage.view(on, as_known="now", rule=here.rule)
    figures = coverage.total(coverage.villages(view, here.area, rule_in_force=here.rule))
    found: dict[str, object] = {
        "figures": figures,
        "share": percent(figures.recorded, figures.id_obligated),
        "known_on": view.known_on,
    }
    before = [closing for closing in coverage.closings() if closing.on < on]
    if before:
        start = coverage.total(coverage.villages(monthly.closed_view(before[-1]), here.area, rule_in_force=here.rule))
        found["before"] = before[-1]
        found["changes"] = [
            (GROUPS[name], was, now - was, now)
            for name in FIGURES
            for was, now in [(getattr(start, name), getattr(figures, name))]
        ]
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(DAY_UNCLEAR.at("on")) from None
