"""Tautan desa: links made and handed out, the PIN said by telephone, links ended; and how the exchange with the pages stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import segno
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions import jobs
from jemput.actions.links import end_link, make_link, make_pin
from jemput.domain.audit import Verb
from jemput.domain.ids import AREA_CODE, area_number, area_text
from jemput.domain.outreach import APARAT_ROLES, OPEN_VISITS
from jemput.domain.places import is_village
from jemput.domain.problems import Problem, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.village_answers import KINDS
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import area_choices
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import number_in
from jemput.queries import aparat, places
from jemput.queries import village_links as standing
from jemput.queries.office import setting
from jemput.queries.village_links import Link
from jemput.queries.visits import Visit, Wanted, visits
from jemput.queries.visits import one as visit_of
from jemput.templating import language

TITLE = Text("Tautan desa", "Village links")
SHOWN = 200
"""Links on the page; the workbook holds all."""
LONGEST_DAYS = 365
"""Days a link may be made for (our choice: a year)."""
COLUMNS = (
    Column(Text("Nomor", "Number"), "code", 12),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Kunjungan", "Visit"), "day"),
    Column(Text("Kode pesan", "Message code"), "code", 12),
    Column(Text("Keadaan", "State"), "text", 18),
    Column(Text("Nama", "Names"), "text", 24),
    Column(Text("Berlaku sampai", "Lives until"), "day"),
    Column(Text("Dibuat oleh", "Made by"), "text", 16),
)
LETTER = Text(
    "Disdukcapil: halaman Desa {village} untuk perekaman KTP-el{when}. Buka {url} Daftar nama dibuka dengan PIN yang kami sebutkan lewat telepon.",
    "The registration office: the page of {village} for e-KTP recording{when}. Open {url} Names open with a PIN that we tell you by telephone.",
)


@page("tautan/", "village-links", title=TITLE, right=Right.OUTREACH, write=Right.OUTREACH)
def village_links(request: OfficeRequest) -> HttpResponseBase:
    """Show the links and the exchange; make a link, or exchange now."""
    seat = request.seat
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        if request.POST.get("do") == "exchange":
            _ask_for_exchange(seat)
            messages.success(request, Text("Pertukaran diminta.", "An exchange was asked for.").say(language()))
            return redirect("village-links")
        try:
            return _make(request)
        except Refused as refused:
            problems = refused.problems
    said = request.POST or request.GET
    village, visit = _village_asked(said.get("village", ""), seat), _visit_asked(said.get("visit", ""), seat)
    found = standing.links(seat.area, seat.office, village=village, visit=visit.id if visit else None)
    names = places.names(seat.office.today, within=seat.office.area)
    if request.GET.get("excel"):
        seat.note(Verb.LIST_EXPORTED, subject="tautan")
        return excel(seat, [Sheet(TITLE, TITLE, (), COLUMNS, _cells(found, names, seat))], name="tautan-desa")
    stands = standing.standing()
    context = {
        "problems": problems,
        "address": setting("public_address"),
        "stands": stands,
        "came": [(KINDS[kind], count) for kind, count in stands.came.items() if kind in KINDS],
        "rows": [(one, names.get(one.village, area_text(one.village))) for one in found[:SHOWN]],
        "total": len(found),
        "areas": [(code, name) for code, name, is_district in area_choices(seat) if not is_district],
        "visits": _visits(seat, names),
        "village": village or (visit.village if visit else None),
        "visit": visit.id if visit else None,
        "days": said.get("days", "") or setting("public_link_days"),
        "query": request.GET.urlencode(),
    }
    return render(request, "office/village_links.html", context, status=422 if problems else 200)


@page(
    "tautan/<int:link>/",
    "village-link",
    title=Text("Satu tautan desa", "One village link"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def village_link(request: OfficeRequest, link: int) -> HttpResponseBase:
    """Show one link; give it a PIN, shown once, or end it."""
    seat = request.seat
    found = _found(link, seat)
    pin = ""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("do") == "end":
                end_link(link, office=seat.office, by=seat.user.username)
                seat.note(Verb.LINK_ENDED, subject=f"{found.number} {area_text(found.village)}")
                _ask_for_exchange(seat)
                return redirect("village-link", link)
            pin = make_pin(link, office=seat.office, by=seat.user.username)
            seat.note(Verb.PIN_MADE, subject=f"{found.number} {area_text(found.village)}")
            _ask_for_exchange(seat)
            found = _found(link, seat)
        except Refused as refused:
            problems = refused.problems
    context = _about(found, seat) | {"pin": f"{pin[:3]} {pin[3:]}".strip(), "problems": problems}
    answer = render(request, "office/village_link.html", context, status=422 if problems else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _make(request: OfficeRequest) -> HttpResponseBase:
    """Make a link and show its address, this once."""
    seat, said = request.seat, request.POST
    visit = _visit_asked(said.get("visit", ""), seat)
    village = _village_asked(said.get("village", ""), seat) or (visit.village if visit else None)
    if village is None or not is_village(village):
        raise Refused(AREA_CODE.at("village", found=said.get("village", "")))
    typed = number_in(said.get("days", ""), longest=3)
    days = typed if typed is not None and 0 < typed <= LONGEST_DAYS else None
    url, link = make_link(
        village=village, visit=visit.id if visit else None, days=days, office=seat.office, by=seat.user.username
    )
    seat.note(Verb.LINK_MADE, subject=f"{link.number} {area_text(village)}")
    _ask_for_exchange(seat)
    found = _found(link.pk, seat)
    about = _about(found, seat)
    when = f", {_day(found)}" if found.visit_on else ""
    text = LETTER.say("id", {"village": about["name"], "when": when, "url": url})
    contacts = [
        (
            one,
            APARAT_ROLES.get(one.role),
            f"https://wa.me/{one.phone.lstrip('+')}?text={quote(text)}",
            f"sms:{one.phone}?body={quote(text)}",
        )
        for one in aparat.contacts_of(village)
        if one.phone
    ]
    context = about | {
        "url": url,
        "text": text,
        "contacts": contacts,
        "whatsapp": f"https://wa.me/?text={quote(text)}",
        "qr": segno.make(url.upper() if url.startswith("https://") else url, error="m").svg_inline(
            scale=5, border=2, dark="#000", light="#fff"
        ),
    }
    answer = render(request, "office/village_link.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _about(found: Link, seat: Seat) -> dict[str, Any]:
    names = places.names_of([found.village], seat.office.today)
    return {"link": found, "name": names.get(found.village, area_text(found.village))}


def _found(number: int, seat: Seat) -> Link:
    found = standing.link(number, seat.area, seat.office)
    if found is None:
        raise Http404(number)
    return found


def _ask_for_exchange(seat: Seat) -> None:
    """Ask for an exchange at once, so that a link works, or stops working, within seconds."""
    if setting("public_address") and not standing.standing().under_way:
        jobs.enqueue("exchange", {}, now=datetime.now(UTC), asked_by=seat.user.username)


def _visits(seat: Seat, names: dict[int, str]) -> list[tuple[Visit, str]]:
    open_ones = visits(Wanted(area=seat.area, states=tuple(OPEN_VISITS)))
    return [(one, names.get(one.village, area_text(one.village))) for one in open_ones]


def _village_asked(text: str, seat: Seat) -> int | None:
    number = area_number(text) if text else None
    return number if number and is_village(number) and seat.sees(number) else None


def _visit_asked(text: str, seat: Seat) -> Visit | None:
    number = number_in(text)
    return None if number is None else visit_of(number, within=seat.area)


def _day(found: Link) -> str:
    on = found.visit_on
    return f"{on.day}-{on.month}-{on.year}" if on else ""


def _cells(rows: Iterable[Link], names: dict[int, str], seat: Seat) -> Iterator[Cells]:
    for one in rows:
        yield (
            one.number,
            area_text(one.village),
            names.get(one.village, ""),
            one.visit_on,
            one.code,
            one.state_title.say(seat.language),
            one.names_title.say(seat.language),
            one.expires_on,
            one.made_by,
        )
