"""Kunjungan: wishes of villages, what is to come and what was held, day by day; a new visit planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from jemput.actions import visits as act
from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.ids import area_number, area_text
from jemput.domain.outreach import OPEN_VISITS, PLACE_KINDS, VISIT_STATES
from jemput.domain.places import is_village
from jemput.domain.problems import Problem, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.slots import ENDS, STARTS
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office import wanted
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import area_choices
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.visit_forms import read_plan
from jemput.queries import coverage, people, places, settlements, visits
from jemput.queries.visits import Visit, Wanted

SHOWN = 50
"""Visits on one page (our choice)."""
TITLE = Text("Kunjungan", "Visits")
MADE = Text("Kunjungan {number} dibuat, {people} orang diundang.", "Visit {number} was made, {people} people invited.")
COLUMNS = (
    Column(Text("No.", "No."), "number", 8),
    Column(Text("Tanggal", "Day"), "day"),
    Column(Text("Mulai", "From"), "text", 8),
    Column(Text("Selesai", "To"), "text", 8),
    Column(Text("Jenis tempat", "Kind of place"), "text", 18),
    Column(Text("Tempat", "Place"), "text", 24),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village"), "text", 24),
    Column(Text("Tim", "Team"), "text", 28),
    Column(Text("Keadaan", "State"), "text", 18),
    Column(Text("Diundang", "Invited"), "number", 10),
    Column(Text("Perkiraan datang", "Expected"), "number", 10),
    Column(Text("Datang", "Came"), "number", 10),
    Column(Text("Direkam", "Recorded"), "number", 10),
    Column(Text("Diminta oleh", "Asked for by"), "text", 24),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for, as its address says it."""

    area: int | None
    state: str
    month: date | None

    def address(self, **more: int | str) -> str:
        """Return the query that asks for it, with something added."""
        said: dict[str, int | str] = {
            "area": area_text(self.area) if self.area else "",
            "state": self.state,
            "month": f"{self.month:%Y-%m}" if self.month else "",
        }
        return urlencode({name: value for name, value in (said | more).items() if value})


@page("kunjungan/", "visits", title=TITLE, right=Right.PEOPLE)
def index(request: OfficeRequest) -> HttpResponseBase:
    """Show the visits of an area by day, wishes of villages on top."""
    seat = request.seat
    asked = _asked(request)
    states = {asked.state} if asked.state else set()
    found = visits.visits(Wanted(asked.area, states, asked.month))
    names = places.names(seat.office.today, within=seat.office.area)
    if request.GET.get("excel"):
        return _workbook(seat, asked, found, names)
    today = seat.office.today
    wishes = [] if asked.state or asked.month else visits.requests(asked.area)
    told = {one.id for one in wishes}
    coming = [one for one in found if (one.on is None or one.on >= today) and one.id not in told]
    held = [one for one in reversed(found) if one.on is not None and one.on < today and one.id not in told]
    ordered = [*coming, *held]
    pages = max(1, -(-len(ordered) // SHOWN))
    number = min(wanted.whole(request, "page"), pages)
    shown = ordered[(number - 1) * SHOWN : number * SHOWN]
    context: dict[str, object] = {
        "asked": asked,
        "requests": _rows(wishes, names),
        "groups": [
            (title, rows)
            for title, rows in (
                (Text("Akan datang", "To come"), _rows([one for one in shown if one in coming], names)),
                (Text("Sudah lewat", "Gone by"), _rows([one for one in shown if one not in coming], names)),
            )
            if rows
        ],
        "total": len(found),
        "unclosed": [one for one in held if one.state in OPEN_VISITS],
        "states": VISIT_STATES.items(),
        "areas": area_choices(seat),
        "months": _months(asked.area),
        "month": f"{asked.month:%Y-%m}" if asked.month else "",
        "number": number,
        "pages": pages,
        "before": asked.address(page=number - 1) if number > 1 else "",
        "after": asked.address(page=number + 1) if number < pages else "",
        "excel": asked.address(excel=1),
        "may_plan": seat.may(Right.OUTREACH),
        "today": today,
    }
    return render(request, "office/visits.html", context)


@page(
    "kunjungan/baru/",
    "new-visit",
    title=Text("Kunjungan baru", "A new visit"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def new(request: OfficeRequest) -> HttpResponseBase:
    """Choose the host, then plan the visit and invite whoever is left there."""
    seat = request.seat
    posted = request.method == "POST"
    said = request.POST if posted else request.GET
    village = _village(seat, said.get("village", ""))
    problems: tuple[Problem, ...] = ()
    if posted and village:
        try:
            return _make(request, village)
        except Refused as refused:
            problems = refused.problems
    context: dict[str, object] = {
        "villages": area_choices(seat),
        "village": village,
        "problems": problems,
    }
    if village:
        context["plan"] = plan_context(seat, village, said, said.getlist("neighbour"))
        context |= _left(
            seat, village, [one.village for one in visits.suggested(village, seat.office, within=seat.area)]
        )
    return render(request, "office/visit_new.html", context, status=422 if problems else 200)


def plan_context(
    seat: Seat,
    village: int,
    said: QueryDict | dict[str, object],
    ticked: Iterable[str],
    invited: Iterable[visits.Nearby] = (),
) -> dict[str, object]:
    """Return what the form of a plan shows: what was said, the settlements and neighbours to choose among.

    `invited` are neighbours invited already, whom nobody would offer; those the reader does not see stay as they are.
    """
    held = set(ticked)
    near = [one for one in invited if seat.sees(one.village)]
    near += visits.suggested(village, seat.office, within=seat.area, but=[one.village for one in near])
    return {
        "said": said,
        "others": [(code, name) for code, name, is_district in area_choices(seat) if not is_district],
        "kinds": PLACE_KINDS.items(),
        "settlements": [
            one for one in settlements.settlements(village, standing_only=True) if one.uninhabited_on is None
        ],
        "near": [(one, area_text(one.village), area_text(one.village) in held) for one in near],
        "village_name": places.title(village, seat.office.today),
        "starts": STARTS,
        "ends": ENDS,
    }


def _make(request: OfficeRequest, village: int) -> HttpResponseBase:
    seat = request.seat
    plan = read_plan(request.POST)
    invited_from = [village] if request.POST.get("invite") else []
    invited_from += plan.neighbours if request.POST.get("invite_neighbours") else ()
    persons = left_in(seat, invited_from)
    fields = dict(plan.fields)
    number = act.make_visit(
        village=village,
        persons=persons,
        neighbours=plan.neighbours,
        office=seat.office,
        by=seat.user.username,
        **fields,
    )
    seat.note(Verb.VISIT_CHANGED, subject=f"visit {number}: made, {area_text(village)}")
    messages.success(request, MADE.say(seat.language, {"number": number, "people": len(persons)}))
    return HttpResponseRedirect(reverse("visit", kwargs={"number": number}))


def left_in(seat: Seat, villages: Iterable[int]) -> list[int]:
    """Return everybody not recorded today in those of some villages that the reader sees, as the live count says."""
    at = coverage.view(seat.office.today, as_known="now", rule=seat.office.rule)
    return [
        one.id
        for village in villages
        if seat.sees(village)
        for one in people.people(at, village, "unrecorded", rule_in_force=seat.office.rule)
    ]


def _left(seat: Seat, village: int, neighbours: list[int]) -> dict[str, object]:
    at = coverage.view(seat.office.today, as_known="now", rule=seat.office.rule)
    figures = coverage.villages(at, seat.office.area, rule_in_force=seat.office.rule)
    counts = {number: figures[number].unrecorded for number in (village, *neighbours) if number in figures}
    return {"left": counts.get(village, 0), "left_near": {area_text(number): count for number, count in counts.items()}}


def _asked(request: OfficeRequest) -> Asked:
    said = request.GET
    state = said.get("state", "")
    return Asked(wanted.area(request), state if state in VISIT_STATES else "", _month(said.get("month", "")))


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404(text) from None
    if not wanted.EARLIEST <= found <= wanted.LATEST:
        raise Http404(text)
    return found


def _months(area: int | None) -> list[tuple[str, Text]]:
    """Return the months that have visits, the newest first."""
    return [
        (f"{month:%Y-%m}", Text(*(f"{wording.month(month.month, language)} {month.year}" for language in ("id", "en"))))
        for month in visits.months(area)
    ]


def _village(seat: Seat, code: str) -> int | None:
    """Return the village a code names, None where none is named; one outside the area is not there."""
    if not code:
        return None
    number = area_number(code)
    if number is None or not is_village(number) or not seat.sees(number) or not places.is_known_ever(number):
        raise Http404(code)
    return number


def _rows(found: Iterable[Visit], names: dict[int, str]) -> list[tuple[Visit, str, Text, Text]]:
    """Return visits with the village's name, the kind of place and the state in words."""
    return [
        (one, names.get(one.village, area_text(one.village)), PLACE_KINDS[one.place_kind], VISIT_STATES[one.state])
        for one in found
    ]


def _workbook(seat: Seat, asked: Asked, found: list[Visit], names: dict[int, str]) -> HttpResponseBase:
    name = f"kunjungan-{area_text(asked.area) if asked.area else 'semua'}"
    seat.note(Verb.LIST_EXPORTED, subject=name)
    return excel(seat, [Sheet(TITLE, TITLE, (), COLUMNS, _cells(found, names))], name=name)


def _cells(found: Iterable[Visit], names: dict[int, str]) -> Iterator[Cells]:
    for one, village, kind, state in _rows(found, names):
        yield (
            one.id,
            one.on,
            one.starts,
            one.ends,
            kind,
            one.place_name,
            area_text(one.village),
            village,
            one.team,
            state,
            one.invited,
            one.expected,
            one.came,
            one.recorded,
            one.requested_by,
        )
