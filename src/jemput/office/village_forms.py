"""Formulir desa: paper forms made and printed with the names of a village, and typed in when they come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions.village_forms import ANSWERS, FilledForm, make_form, take_form
from jemput.domain.audit import Verb
from jemput.domain.ids import AREA_CODE, area_number, area_text
from jemput.domain.messages import OTHER_DAY
from jemput.domain.outreach import OPEN_VISITS, WEEKDAYS, WORDS
from jemput.domain.places import is_village
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.village_forms import LETTER_TITLES, read_lines
from jemput.letters.letterhead import letterhead
from jemput.letters.village_form import Numbered, set_form
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import area_choices
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import number_in
from jemput.queries import coverage, places, register
from jemput.queries.office import ZONE
from jemput.queries.visits import Visit, Wanted, visits
from jemput.queries.visits import one as visit_of
from jemput.store.models import VillageForm

TITLE = Text("Formulir desa", "Village forms")
SHOWN = 100
"""Forms on the page; the workbook holds all."""
ROMPOK_LINES = 3
"""Lines for rompok, as many as the paper has."""
MOST_PEOPLE = 100_000
COLUMNS = (
    Column(Text("Kode", "Code"), "code", 10),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Nama", "Names"), "number", 10),
    Column(Text("Dibuat", "Made"), "day"),
    Column(Text("Dibuat oleh", "Made by"), "text", 16),
    Column(Text("Diketik", "Typed in"), "day"),
    Column(Text("Diketik oleh", "Typed in by"), "text", 16),
)
BAD_DAY = ProblemKind(
    "form_day_unreadable",
    Text("“{found}” bukan tanggal.", "“{found}” is no day."),
    Text("Pilih tanggal formulir diisi.", "Choose the day the form was filled in."),
)
NOT_A_NUMBER = ProblemKind(
    "form_rompok_people",
    Text("“{found}” bukan jumlah orang.", "“{found}” is no number of people."),
    Text("Tulis angka bulat, atau kosongkan.", "Write a whole number, or leave it empty."),
)
NOTHING_FILLED = ProblemKind(
    "form_empty",
    Text("Belum ada yang diketik dari formulirnya.", "Nothing of the form was typed in."),
    Text("Ketik sedikitnya satu baris, rompok atau jawaban.", "Type at least one line, rompok or answer."),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of the page, as typed."""

    said_by: str = ""
    on: str = ""
    lines: str = ""
    answer: str = ""
    day: str = ""
    rompok: tuple[tuple[str, str], ...] = ()


@page("koordinasi/formulir/", "village-forms", title=TITLE, right=Right.OUTREACH, write=Right.OUTREACH)
def village_forms(request: OfficeRequest) -> HttpResponseBase:
    """Show the forms made; make one for a village, or for a visit, whose day the paper then asks about."""
    seat = request.seat
    problems: tuple[Problem, ...] = ()
    said = request.POST if request.method == "POST" else request.GET
    visit = _visit(said.get("visit", ""), seat)
    village = visit.village if visit else area_number(said.get("village", ""))
    if village is not None and not seat.sees(village):
        raise Http404("no such village")
    if request.method == "POST":
        try:
            if village is None or not is_village(village):
                raise Refused(AREA_CODE.at("village", found=request.POST.get("village", "")))
            made = make_form(village, visit=visit.id if visit else None, office=seat.office, by=seat.user.username)
            return redirect("village-form", made.pk)
        except Refused as refused:
            problems = refused.problems
    forms = VillageForm.objects.filter(village__range=coverage.span(seat.area)).select_related("conversation")
    forms = forms.order_by("-pk")
    names = places.names(seat.office.today, within=seat.office.area)
    if request.GET.get("excel"):
        seat.note(Verb.LIST_EXPORTED, subject="formulir")
        return excel(seat, [Sheet(TITLE, TITLE, (), COLUMNS, _cells(forms, names))], name="formulir-desa")
    context = {
        "problems": problems,
        "rows": [(one, names.get(one.village, area_text(one.village)), len(one.people)) for one in forms[:SHOWN]],
        "total": forms.count(),
        "areas": [(code, name) for code, name, is_district in area_choices(seat) if not is_district],
        "village": village,
        "visits": [(one, names.get(one.village, "")) for one in visits(Wanted(seat.area, tuple(OPEN_VISITS)))],
        "visit": visit.id if visit else None,
    }
    return render(request, "office/village_forms.html", context, status=422 if problems else 200)


@page(
    "koordinasi/formulir/<int:form>/",
    "village-form",
    title=Text("Satu formulir desa", "One village form"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def village_form(request: OfficeRequest, form: int) -> HttpResponseBase:
    """Type in what came back: show it beside the names first, then keep it."""
    seat, found = request.seat, _found(form, request.seat)
    typed = _typed(request.POST) if request.method == "POST" else Typed(on=seat.office.today.isoformat())
    problems: tuple[Problem, ...] = ()
    people = _people(found)
    shown: FilledForm | None = None
    if request.method == "POST":
        try:
            filled = _filled(typed, len(people))
            if request.POST.get("step") == "save":
                return _save(request, found, filled)
            shown = filled
        except Refused as refused:
            problems = refused.problems
    context = {
        "form": found,
        "village": _village(found, seat),
        "typed": typed,
        "problems": problems,
        "shown": shown,
        "lines": [(line, people[line.number - 1].name, WORDS[line.word]) for line in shown.lines] if shown else [],
        "people": people,
        "letters": list(LETTER_TITLES.items()),
        "answers": list(ANSWERS.items()),
        "answer": ANSWERS.get(typed.answer),
        "weekdays": list(WEEKDAYS.items()),
        "rompok": [*typed.rompok, *[("", "")] * (ROMPOK_LINES - len(typed.rompok))],
        "today": seat.office.today,
    }
    answer = render(request, "office/village_form.html", context, status=422 if problems else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page(
    "koordinasi/formulir/<int:form>/cetak/",
    "village-form-print",
    title=Text("Cetak formulir desa", "Print a village form"),
    right=Right.OUTREACH,
)
def print_form(request: OfficeRequest, form: int) -> HttpResponseBase:
    """Print a form as it was made; each print is noted."""
    seat, found = request.seat, _found(form, request.seat)
    visit = found.conversation.visit
    made = set_form(
        _people(found),
        code=found.conversation.code,
        village=_village(found, seat),
        visit_on=visit.on if visit else None,
        head=letterhead(seat.office),
        on=found.made_at.astimezone(ZONE).date(),
        made_at=found.made_at,
    )
    seat.note(
        Verb.FORM_PRINTED, subject=f"{found.conversation.code} {area_text(found.village)}: {len(found.people)} nama"
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="formulir-{found.conversation.code}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


# --- what was asked --------------------------------------------------------------------------------------------------


def _visit(text: str, seat: Seat) -> Visit | None:
    """Return the open visit a form is for, None where none is named; one outside the area is not there."""
    if not text:
        return None
    number = number_in(text)
    found = None if number is None else visit_of(number, within=seat.area)
    if found is None or not found.is_open:
        raise Http404("no such visit")
    return found


def _found(form: int, seat: Seat) -> VillageForm:
    if form >= 10**18:
        raise Http404("no such form")
    found = VillageForm.objects.select_related("conversation__visit").filter(pk=form).first()
    if found is None or not seat.sees(found.village):
        raise Http404("no such form")
    return found


def _people(form: VillageForm) -> list[Numbered]:
    """Return the names of a form under the numbers they were printed with."""
    known = {one.id: one for one in register.by_id(form.people)}
    return [
        Numbered(
            at,
            known[person].name if person in known else "–",
            str(known[person].biodata.get("dusun", "")) if person in known else "",
            str(known[person].biodata.get("rt", "")) if person in known else "",
        )
        for at, person in enumerate(form.people, 1)
    ]


def _village(form: VillageForm, seat: Seat) -> str:
    return places.names(seat.office.today, within=seat.office.area).get(form.village, area_text(form.village))


def _typed(said: Any) -> Typed:  # noqa: ANN401 - a form
    def line(name: str) -> str:
        return " ".join(said.get(name, "").replace("\x00", " ").split())[:200]

    places_said, counts = said.getlist("place")[:ROMPOK_LINES], said.getlist("people")[:ROMPOK_LINES]
    rompok = [
        (" ".join(place.replace("\x00", " ").split())[:200], count.strip()[:9])
        for place, count in zip(places_said, [*counts, *[""] * ROMPOK_LINES], strict=False)
    ]
    answer, day = line("answer"), line("day")
    return Typed(
        line("said_by"),
        line("on"),
        said.get("lines", "")[:100_000],
        answer if answer in ANSWERS else "",
        day if day in WEEKDAYS else "",
        tuple(one for one in rompok if one[0]),
    )


def _filled(typed: Typed, last: int) -> FilledForm:
    """Return what was typed as the form says it; refuse all that cannot be read, together."""
    lines, problems = read_lines(typed.lines, last)
    found = list(problems)
    on = _day(typed.on, found)
    rompok = [(place, _count(count, found)) for place, count in typed.rompok]
    if not found and not (lines or rompok or typed.answer):
        found.append(NOTHING_FILLED.at("lines"))
    if found or on is None:
        raise Refused(*found)
    return FilledForm(
        typed.said_by, on, lines, tuple(rompok), typed.answer, typed.day if typed.answer == OTHER_DAY else ""
    )


def _day(text: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(BAD_DAY.at("on", found=text[:20]))
        return None


def _count(text: str, problems: list[Problem]) -> int | None:
    if not text:
        return None
    if 0 < (count := number_in(text) or 0) < MOST_PEOPLE:
        return count
    problems.append(NOT_A_NUMBER.at("people", found=text))
    return None


def _save(request: OfficeRequest, form: VillageForm, filled: FilledForm) -> HttpResponseBase:
    seat = request.seat
    fresh = take_form(form.pk, filled, office=seat.office, by=seat.user.username)
    seat.note(
        Verb.ANSWER_ENTERED,
        subject=f"formulir {form.conversation.code} {area_text(form.village)}: {len(filled.lines)} kata",
    )
    done = Text("{n} kata baru disimpan dari formulir {code}.", "{n} new words kept from form {code}.")
    messages.success(request, done.say(seat.language, {"n": fresh, "code": form.conversation.code}))
    return redirect("village-forms")


def _cells(forms: Iterable[VillageForm], names: dict[int, str]) -> Iterator[Cells]:
    for one in forms:
        yield (
            one.conversation.code,
            area_text(one.village),
            names.get(one.village, ""),
            len(one.people),
            one.made_at.astimezone(ZONE).date(),
            one.made_by,
            one.typed_at.astimezone(ZONE).date() if one.typed_at else None,
            one.typed_by,
        )
