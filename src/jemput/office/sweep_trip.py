"""Buat kunjungan dari pilihan: places or people ticked in the sweep become a visit that is planned on its own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from jemput.actions.visits import make_visit
from jemput.domain.audit import Verb
from jemput.domain.ids import area_text
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.sweep import Left
from jemput.office.pages import PAGES, page
from jemput.office.seat import OfficeRequest
from jemput.office.sweep_chosen import chosen, place_key
from jemput.office.wanted import number_in
from jemput.queries.sweep import sweep

NOTHING_CHOSEN = ProblemKind(
    "sweep_nothing_chosen",
    Text("Belum ada tempat atau orang yang dipilih.", "No place and no person is chosen."),
    Text("Kembali, centang tempat atau orangnya, lalu kirim lagi.", "Go back, tick places or people, and send again."),
)
NOBODY_THERE = ProblemKind(
    "sweep_nobody_there",
    Text("Di pilihan itu tidak ada lagi yang belum rekam.", "Nobody is left in what was chosen."),
    Text("Muat ulang daftarnya: angkanya berubah sejak dibuka.", "Load the list anew: it has changed since."),
)
MADE = Text(
    "Kunjungan {number} disiapkan untuk {people} orang di {villages} desa.",
    "Visit {number} is prepared for {people} people in {villages} villages.",
)


@page(
    "penyisiran/kunjungan/",
    "sweep-trip",
    title=Text("Kunjungan dari pilihan", "Visit from a selection"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def plan(request: OfficeRequest) -> HttpResponseBase:
    """Make a visit of what was ticked: the village with most of the people is host, the others are invited."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("sweep"))
    seat = request.seat
    asked = chosen(request)
    people = _ticked(request, asked.people(sweep(asked.area, asked.at, seat.office, levels=()).people))
    if not people:
        raise Refused(NOBODY_THERE.at())
    villages = Counter(one.village for one in people)
    host = max(villages, key=lambda village: (villages[village], -village))
    number = make_visit(
        place_kind="village",
        village=host,
        persons=[one.person for one in people],
        neighbours=sorted(set(villages) - {host}),
        office=seat.office,
        by=seat.user.username,
    )
    seat.note(Verb.VISIT_CHANGED, subject=f"visit {number}: made, {area_text(host)}")
    values = {"number": number, "people": len(people), "villages": len(villages)}
    messages.success(request, MADE.say(seat.language, values))
    return HttpResponseRedirect(reverse("visit", args=[number]) if "visit" in PAGES else reverse("sweep"))


def _ticked(request: OfficeRequest, people: Iterable[Left]) -> list[Left]:
    """Return the people of a part that were ticked, one by one or by their place; a place outside the area is not there."""
    places = {key for text in request.POST.getlist("place") if (key := place_key(text))}
    persons = {number_in(text) for text in request.POST.getlist("person")} - {None}
    if not places and not persons:
        raise Refused(NOTHING_CHOSEN.at())
    if any(not request.seat.sees(area) for area, _ in places):
        raise Http404("no such place")
    return [
        one
        for one in people
        if one.person in persons or (one.village, None) in places or (one.village, one.dusun) in places
    ]
