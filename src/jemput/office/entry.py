"""Catat: a fact filled in, its effect shown, and then saved; the same two steps for every kind, without JavaScript."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions.enter_fact import STALE, Entered, Preview, enter_fact, preview
from jemput.actions.entry import Entry, Evidence
from jemput.domain.problems import Problem, Refused, Text
from jemput.domain.roles import Right
from jemput.office import entry_form
from jemput.office.entry_form import Form
from jemput.office.entry_shown import Asked, biodata_of, effect_context, first_words, form_context
from jemput.office.pages import page
from jemput.office.person import found
from jemput.office.seat import OfficeRequest
from jemput.office.wanted import number_in
from jemput.queries.dossier import Dossier, belongs
from jemput.templating import language

KEY_LENGTH = 64


@page(
    "orang/baru/",
    "new-person",
    title=Text("Catat orang baru", "Enter somebody new"),
    right=Right.FACTS,
)
def new_person(request: OfficeRequest) -> HttpResponseBase:
    """Show by which fact somebody new comes in."""
    return render(request, "office/new_person.html", {"forms": entry_form.NEW_FORMS})


@page(
    "orang/baru/<str:kind>/",
    "enter-new",
    title=Text("Catat orang baru", "Enter somebody new"),
    right=Right.FACTS,
    write=Right.FACTS,
)
def enter_new(request: OfficeRequest, kind: str) -> HttpResponseBase:
    """Enter a birth, an arrival or a guest."""
    form = entry_form.NEW_BY_SLUG.get(kind)
    if form is None:
        raise Http404
    return _serve(request, form, None)


@page(
    "orang/<int:person>/catat/<str:kind>/",
    "enter",
    title=Text("Catat fakta", "Enter a fact"),
    right=Right.FACTS,
    write=Right.FACTS,
)
def enter(request: OfficeRequest, person: int, kind: str) -> HttpResponseBase:
    """Enter a fact about somebody the register holds."""
    form = entry_form.BY_SLUG.get(kind)
    if form is None:
        raise Http404
    return _serve(request, form, found(request.seat, person))


@page(
    "orang/<int:person>/batal/<int:place>/",
    "reverse",
    title=Text("Batalkan fakta", "Take a fact back"),
    right=Right.FACTS,
    write=Right.FACTS,
)
def reverse_fact(request: OfficeRequest, person: int, place: int) -> HttpResponseBase:
    """Take a fact back, with the reason."""
    one = found(request.seat, person)
    if not any(line.place == place for line in one.facts):
        raise Http404
    return _serve(request, entry_form.REVERSAL, one, place=place)


def _serve(request: OfficeRequest, form: Form, person: Dossier | None, *, place: int | None = None) -> HttpResponseBase:
    """Show a form; then its effect; then save it, whichever step was asked for."""
    seat = request.seat
    if request.method != "POST":
        asked = Asked(form, person, place, secrets.token_urlsafe(16), person.last_place if person else 0)
        return _form(request, asked, first_words(form, person))
    key = request.POST.get("form", "")[:KEY_LENGTH] or secrets.token_urlsafe(16)
    asked = Asked(form, person, place, key, number_in(request.POST.get("seen", "")) or 0)
    chosen = {number_in(number) for number in request.POST.getlist("with")}
    family = [one.person.id for one in asked.family(seat)]
    asked = replace(asked, others=tuple(person for person in family if person in chosen))
    words = entry_form.typed(form, request.POST)
    if request.POST.get("step") == "edit":
        return _form(request, asked, words)
    area, today = seat.office.area, seat.office.today
    said, problems = entry_form.read(form, words, area=area, today=today, held=biodata_of(person))
    if problems:
        return _form(request, asked, words, problems)
    entry = _entry(asked, said, today)
    try:
        if request.POST.get("step") == "save":
            done = enter_fact(entry, office=seat.office, area=seat.area, by=seat.actor, at=seat.clock)
            return _saved(request, form, done)
    except Refused as refused:
        if not any(problem.kind is STALE for problem in refused.problems):
            return _form(request, asked, words, refused.problems)
    try:
        shown = preview(entry, office=seat.office, area=seat.area)
    except Refused as refused:
        return _form(request, asked, words, refused.problems)
    return _effect(request, asked, words, shown, is_old=request.POST.get("step") == "save")


def _form(
    request: OfficeRequest, asked: Asked, words: Mapping[str, str], problems: Sequence[Problem] = ()
) -> HttpResponseBase:
    context = form_context(asked, words, problems, seat=request.seat)
    return render(request, "office/entry_form.html", context, status=422 if problems else 200)


def _effect(
    request: OfficeRequest, asked: Asked, words: Mapping[str, str], shown: Preview, *, is_old: bool
) -> HttpResponseBase:
    """Show what saving would do; say so where a person changed since the form was shown."""
    if asked.person is None and shown.entry.person is not None:
        asked = replace(asked, person=found(request.seat, shown.entry.person))
    problems = (STALE.at(),) if is_old or (asked.seen and shown.last > asked.seen) else ()
    context = effect_context(asked, words, shown, problems, seat=request.seat)
    return render(request, "office/entry_effect.html", context, status=422 if problems else 200)


def _entry(asked: Asked, said: Mapping[str, str], today: date) -> Entry:
    words = dict(said)
    evidence = Evidence(
        words.pop("document", ""),
        words.pop("document_number", ""),
        words.pop("reporter", ""),
        date.fromisoformat(words.pop("reported_on")) if "reported_on" in words else None,
        words.pop("note", ""),
    )
    on = date.fromisoformat(words.pop("on")) if "on" in words else today
    person = asked.person.id if asked.person else None
    return Entry(asked.form.kind, on, person, asked.key, words, evidence, asked.seen, asked.place, asked.others)


def _saved(request: OfficeRequest, form: Form, done: Entered) -> HttpResponseBase:
    """Say what was entered and go back to the person, or to the count where they left the seat's area."""
    places_said = ", ".join(str(place) for place in done.places)
    if done.again:
        text = Text(
            f"Formulir ini sudah tersimpan (no. {places_said}); tidak dicatat dua kali.",
            f"This form was saved already (no. {places_said}); it is not entered twice.",
        )
    else:
        heading = form.heading
        text = Text(
            f"Tersimpan: {heading.id.lower()}, no. {places_said}.", f"Saved: {heading.en.lower()}, no. {places_said}."
        )
    messages.success(request, text.say(language()))
    seat = request.seat
    if belongs(done.person, seat.area, whole=seat.office.area):
        return redirect("person", person=done.person)
    return redirect("coverage")
