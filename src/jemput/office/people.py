"""Orang: search, and the list behind any figure; both by page, within the area of who looks, NIK masked.

A number never stands in an address: what is typed comes by POST, and only words without one are sent on to `?q=`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from jemput.domain import recording, wording
from jemput.domain.audit import Verb
from jemput.domain.axes import STATES, State, status_title
from jemput.domain.doubts import years_between
from jemput.domain.ids import area_text, mask
from jemput.domain.lampid import STRUCK
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.search_text import read
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office import links
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import area_in, number_in
from jemput.queries import coverage, people, places
from jemput.queries.coverage import View
from jemput.queries.listing import listing
from jemput.queries.people import GROUPS, Group, Person
from jemput.queries.search import HOW, MOST, Found, search

SHOWN = 50
"""People on one page of a list (our choice: two screens of a laptop)."""
SUGGESTED = 6
LONGEST_PAGE = 6
"""Digits of a page's number."""
TITLE = Text("Orang", "People")
NOT_IN_AN_ADDRESS = Text(
    "Nomor dicari lewat kotak cari, tidak lewat alamat halaman: alamat tersimpan di riwayat.",
    "Numbers are searched from the search box, not from an address: addresses are kept in the history.",
)
NO_REASON = ProblemKind(
    "full_nik_without_reason",
    Text("NIK lengkap diminta tanpa alasan.", "Full NIKs were asked for without a reason."),
    Text(
        "Tulis untuk apa daftar ini dipakai; alasannya masuk jejak audit.",
        "Write what the list is for; the reason goes into the audit trail.",
    ),
)
COLUMNS = (
    Column(Text("No.", "No."), "number", 7),
    Column(Text("NIK", "NIK"), "code", 20),
    Column(Text("No. KK", "KK number"), "code", 20),
    Column(Text("Nama", "Name")),
    Column(Text("L/P", "Sex"), "code", 6),
    Column(Text("Lahir", "Born"), "day"),
    Column(Text("Umur", "Age"), "number", 8),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Dusun", "Dusun"), "text", 16),
    Column(Text("RT", "RT"), "code", 6),
    Column(Text("RW", "RW"), "code", 6),
    Column(Text("Perekaman", "Recording")),
    Column(Text("Sejak", "Since"), "day"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as a row of a page."""

    person: Person
    address: str
    village: str
    age: int | None
    recording: Text
    state: Text | None
    how: Text | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list is asked for: the people of a group in an area at a point of both clocks."""

    at: View
    area: int | None
    group: Group
    as_known: str

    def address(self, **more: int) -> str:
        """Return the query of the list's address."""
        said: dict[str, str | int] = {"on": self.at.on.isoformat(), "group": self.group, "as_known": self.as_known}
        said["area"] = area_text(self.area) if self.area else ""
        return urlencode({name: value for name, value in (said | more).items() if value})


@page("orang/", "people", title=TITLE, right=Right.PEOPLE, posts=True)
def find_people(request: OfficeRequest) -> HttpResponseBase:
    """Show whom a search finds, or the list behind a figure; take a search that may hold a number by POST."""
    if request.method == "POST":
        return _export(request) if "reason" in request.POST else _asked(request)
    if "group" in request.GET:
        return _list(request)
    text = _plain(request.GET.get("q", ""))
    if _holds_number(text, request.seat):
        messages.warning(request, NOT_IN_AN_ADDRESS.say(request.seat.language))
        return HttpResponseRedirect(reverse("people"))
    return _found(request, text)


@page("orang/saran/", "people-suggested", title=TITLE, right=Right.PEOPLE, posts=True)
def suggest(request: OfficeRequest) -> HttpResponseBase:
    """Show the first few whom a search finds, while it is typed."""
    text = _plain(request.POST.get("q", ""))
    found = search(text, here=request.seat.office, area=request.seat.area, limit=SUGGESTED) if text else None
    context = {"searched": text, "found": found, "rows": _rows_found(request.seat, found) if found else []}
    return render(request, "office/people_suggested.html", context)


# --- search ----------------------------------------------------------------------------------------------------------


def _asked(request: OfficeRequest) -> HttpResponseBase:
    """Answer a search: words alone get an address of their own, a number none."""
    text = _plain(request.POST.get("q", ""))
    if _holds_number(text, request.seat):
        return _found(request, text, alone=True)
    return HttpResponseRedirect(f"{reverse('people')}?{urlencode({'q': text})}")


def _holds_number(text: str, seat: Seat) -> bool:
    return any(one.number for one in read(text, (), today=seat.office.today).readings)


def _found(request: OfficeRequest, text: str, *, alone: bool = False) -> HttpResponseBase:
    seat = request.seat
    limit = MOST if request.GET.get("all") else SHOWN
    found = search(text, here=seat.office, area=seat.area, limit=limit) if text else None
    if alone and found and len(found.hits) == 1:
        return HttpResponseRedirect(_address(found.hits[0].person.id))
    context = {
        "searched": text,
        "found": found,
        "rows": _rows_found(seat, found) if found else [],
        "wider": urlencode({"q": text, "all": "1"}) if found and found.more and limit < MOST and not alone else "",
        "most": MOST,
        "groups": [(group, title) for group, title in GROUPS.items()],
        "today": seat.office.today,
        "area": seat.area,
    }
    return render(request, "office/people_found.html", context)


def _rows_found(seat: Seat, found: Found) -> list[Shown]:
    names = places.names(seat.office.today, within=seat.office.area)
    return [
        as_row(hit.person, names, seat.office.today, state=hit.state, dead_on=hit.dead_on, how=HOW[hit.how])
        for hit in found.hits
    ]


# --- lists -----------------------------------------------------------------------------------------------------------


def _list(request: OfficeRequest) -> HttpResponseBase:
    seat = request.seat
    wanted = _wanted(request.GET, seat)
    if request.GET.get("excel"):
        return _workbook(seat, wanted, full=False)
    number = whole_number(request.GET.get("page", ""))
    found = listing(
        wanted.at,
        wanted.area,
        wanted.group,
        rule_in_force=seat.office.rule,
        start=(number - 1) * SHOWN,
        count=SHOWN,
    )
    pages = max(1, -(-found.total // SHOWN))
    if number > pages:
        raise Http404("no such page")
    names = places.names(seat.office.today, within=seat.office.area)
    context = {
        "wanted": wanted,
        "title": GROUPS[wanted.group],
        "groups": [(group, title) for group, title in GROUPS.items()],
        "areas": area_choices(seat),
        "total": found.total,
        "rows": [as_row(person, names, wanted.at.on) for person in found.people],
        "first": (number - 1) * SHOWN + 1,
        "number": number,
        "pages": pages,
        "before": wanted.address(page=number - 1) if number > 1 else "",
        "after": wanted.address(page=number + 1) if number < pages else "",
        "excel": wanted.address(excel=1),
        "place": places.title(wanted.area, seat.office.today) if wanted.area else "",
        "coverage": links.to(seat, "coverage", {**links.point(wanted.at), "area": links.coded(wanted.area)})
        if wanted.group != "double"
        else "",
    }
    return render(request, "office/people_list.html", context)


def _wanted(said: Any, seat: Seat) -> Wanted:  # noqa: ANN401 - a query or a form
    """Return the list a query names; one outside the seat's area, or of a group there is not, is not there."""
    group = said.get("group", "")
    if group not in GROUPS:
        raise Http404("no such group")
    area = area_in(said, seat)
    as_known = said.get("as_known", "")
    known: date | Literal["now"] | None = None
    if as_known:
        known = "now" if as_known == "now" else _day(as_known)
    on = _day(said["on"]) if said.get("on") else seat.office.today
    return Wanted(coverage.view(on, as_known=known, rule=seat.office.rule), area, cast("Group", group), as_known)


def area_choices(seat: Seat) -> list[tuple[str, str, bool]]:
    """Return the districts and villages somebody may choose among: code, name, whether it is a district."""
    known = places.areas(seat.office.today, within=seat.area)
    return [(area_text(one.number), one.name, one.level == "kecamatan") for one in known if one.number != seat.area]


def _export(request: OfficeRequest) -> HttpResponseBase:
    """Hand out a list with full NIKs to somebody who may and says why."""
    if not request.seat.may(Right.FULL_NIK):
        raise Http404("not for this role")
    reason = _plain(request.POST.get("reason", ""))
    if not reason:
        raise Refused(NO_REASON.at("reason"))
    return _workbook(request.seat, _wanted(request.POST, request.seat), full=True, reason=reason)


def _workbook(seat: Seat, wanted: Wanted, *, full: bool, reason: str = "") -> HttpResponseBase:
    here = seat.office
    found = people.people(wanted.at, wanted.area, wanted.group, rule_in_force=here.rule)
    names = places.names(here.today, within=here.area)
    name = f"{area_text(wanted.area) if wanted.area else 'semua'}-{wanted.group}-{wanted.at.on.isoformat()}"
    seat.note(Verb.LIST_EXPORTED, subject=name, reason=reason)
    if full:
        seat.note(Verb.FULL_NIK_SEEN, subject=name, reason=reason)
    about = (
        f"{wording.number(len(found), seat.language)} {GROUPS[wanted.group].say(seat.language)}",
        places.title(wanted.area, here.today) if wanted.area else "",
        said_point(wanted.at).say(seat.language),
    )
    rows = list_cells(found, names, wanted.at.on, seat, full=full)
    sheet = Sheet(TITLE, GROUPS[wanted.group], tuple(line for line in about if line), COLUMNS, rows)
    return excel(seat, [sheet], name=name)


def list_cells(found: Iterable[Person], names: dict[int, str], on: date, seat: Seat, *, full: bool) -> Iterator[Cells]:
    """Yield people as rows of a workbook, for the columns above."""
    for at, one in enumerate(found, 1):
        lives_here = one.village > STRUCK
        yield (
            at,
            one.nik if full else mask(one.nik),
            one.no_kk if full else mask(one.no_kk),
            one.name,
            one.sex,
            one.born_on if full else None,
            years_between(one.born_on, on) if one.born_on else None,
            area_text(one.village) if lives_here else "",
            names.get(one.village, "") if lives_here else STATES["moved"].say(seat.language),
            one.dusun,
            one.rt,
            one.rw,
            status_title(recording.fold(one.status)).say(seat.language),
            one.status_on,
        )


def said_point(at: View) -> Text:
    """Return a view in words: the day, and as closed or as known when."""
    words = [(wording.day(at.on, language), wording.day(at.known_on, language)) for language in ("id", "en")]
    (on, known), (on_en, known_en) = words
    if at.closing:
        return Text(f"{on}, seperti ditutup {known}", f"{on_en}, as closed on {known_en}")
    return Text(f"{on}, seperti diketahui {known}", f"{on_en}, as known on {known_en}")


# --- rows ------------------------------------------------------------------------------------------------------------


def as_row(
    person: Person,
    names: dict[int, str],
    on: date,
    *,
    state: State = "active",
    dead_on: date | None = None,
    how: Text | None = None,
) -> Shown:
    """Return a person as a row of a list."""
    return Shown(
        person,
        _address(person.id),
        names.get(person.village, area_text(person.village)) if person.village > STRUCK else "",
        years_between(person.born_on, dead_on or on) if person.born_on else None,
        status_title(recording.fold(person.status)),
        STATES[state] if state != "active" else None,
        how,
    )


def _address(person: int) -> str:
    return f"{reverse('people')}{person}/"


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404("no such day") from None


def whole_number(text: str) -> int:
    """Return the number of a page as typed, 1 where it is none."""
    return max(1, number_in(text, longest=LONGEST_PAGE) or 1)
