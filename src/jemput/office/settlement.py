"""One settlement: put in, changed, marked empty; two that are one shown side by side, merged, and taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from jemput.actions import settlements as keeping
from jemput.actions.settlements import FILLED, SettlementField
from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.ids import AREA_CODE, VILLAGE_DIGITS, area_number, area_text
from jemput.domain.outreach import CHANNELS, SURFACES, VISIT_STATES, WET_SEASONS
from jemput.domain.phones import mask_phone
from jemput.domain.places import Point
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.settlements import LONGEST_WAY_MIN, PEOPLE_NEGATIVE, SETTLEMENT_KINDS, WAY_TOO_LONG, read_where
from jemput.office import links
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.settlements import kind_title, phone_for, remaining_in
from jemput.office.wanted import number_in
from jemput.queries import people, places, visits
from jemput.queries import settlements as reading
from jemput.queries.settlements import SettlementPlace
from jemput.queries.spots import village_finder

NAMED = 50
"""People named on a settlement's page; the sweep has the rest."""
LONGEST_COUNT = 6
FIELD_TITLES: Mapping[str, Text] = {
    "added": Text("dilaporkan", "reported"),
    "kind": Text("jenis", "kind"),
    "name": Text("nama", "name"),
    "village": Text("desa", "village"),
    "point": Text("titik", "point"),
    "estimated_people": Text("perkiraan orang", "estimated people"),
    "description": Text("keterangan", "description"),
    "reported_by": Text("pelapor", "reported by"),
    "uninhabited_on": Text("kosong sejak", "empty since"),
    "surface": Text("jalan", "surface"),
    "wet_season": Text("musim hujan", "in the rains"),
    "boat": Text("perlu perahu", "needs a boat"),
    "motorbike": Text("perlu motor", "needs a motorbike"),
    "travel_min": Text("menit dari pusat desa", "minutes from the village"),
    "contact": Text("kontak", "contact"),
    "contact_phone": Text("telepon kontak", "contact's telephone"),
    "channel": Text("saluran", "channel"),
    "merged": Text("menerima gabungan nomor", "took in number"),
    "merged_into": Text("digabung ke nomor", "merged into number"),
    "withdrawn": Text("ditarik bersama impornya", "withdrawn with its import"),
}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "kind": SETTLEMENT_KINDS,
    "surface": SURFACES,
    "wet_season": WET_SEASONS,
    "channel": CHANNELS,
}
"""Fields whose value is a code with a title."""
NO_VILLAGE = ProblemKind(
    "settlement_without_village",
    Text(
        "Desanya belum dipilih, dan titiknya tidak terletak di desa mana pun.",
        "No village is chosen, and the point lies in none.",
    ),
    Text("Pilih desanya.", "Choose the village."),
)
PLACE_OF = {"rompok": "rompok", "camp": "estate"}
"""The kind of place a visit to a settlement is."""
BAD_DAY = ProblemKind(
    "settlement_day_unreadable",
    Text("“{found}” bukan tanggal.", "“{found}” is not a day."),
    Text("Pilih tanggalnya.", "Choose the day."),
)


@page(
    "rompok/baru/",
    "settlement-new",
    title=Text("Lapor rompok", "Report a settlement"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def new_settlement(request: OfficeRequest) -> HttpResponseBase:
    """Take a settlement somebody reports to the office."""
    seat = request.seat
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            values = _values(request.POST, seat)
            number = keeping.report_settlement(
                village=_number(values["village"]),
                kind=str(values["kind"]),
                name=str(values["name"]),
                point=_point(values["point"]),
                description=str(values["description"]),
                people=_maybe(values["estimated_people"]),
                said_by=str(values["reported_by"]),
                channel=str(values["channel"]),
                office=seat.office,
                by=seat.user.username,
                surface=str(values["surface"]),
                wet_season=str(values["wet_season"]),
                boat=bool(values["boat"]),
                motorbike=bool(values["motorbike"]),
                travel_min=_maybe(values["travel_min"]),
                contact=str(values["contact"]),
                contact_phone=str(values["contact_phone"]),
            )
        except Refused as refused:
            problems = refused.problems
        else:
            seat.note(Verb.SETTLEMENT_CHANGED, subject=f"#{number}")
            done = Text("Tercatat dengan nomor {n}.", "Entered as number {n}.")
            messages.success(request, done.say(seat.language, {"n": number}))
            return redirect("settlement", number=number)
    said = request.POST if request.method == "POST" else {"village": request.GET.get("area", ""), "kind": "rompok"}
    context = {"problems": problems, "said": said, **_choices(seat)}
    return render(request, "office/settlement_new.html", context, status=422 if problems else 200)


@page(
    "rompok/<int:number>/", "settlement", title=Text("Rompok", "Settlement"), right=Right.FIGURES, write=Right.OUTREACH
)
def settlement(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Show one settlement with its history and who remains there; change it, mark it empty, undo a merge."""
    seat = request.seat
    one = _held(seat, number)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _act(request, one)
        except Refused as refused:
            problems = refused.problems
    left = remaining_in(seat, [one]).get(one.id)
    near = reading.settlements(one.village, standing_only=True)
    doubles = [pair for pair in reading.likely_doubles(near) if one.id in (pair.first, pair.second)]
    by_id = {other.id: other for other in near}
    context = {
        "one": one,
        "kind": kind_title(one),
        "village": places.title(one.village, seat.office.today),
        "plan": links.to(
            seat,
            "new-visit",
            {"village": area_text(one.village), "place_kind": PLACE_OF.get(one.kind, "village"), "settlement": one.id},
        )
        if one.counts
        else "",
        "village_page": links.to(seat, "villages") and reverse("village", args=[one.village]),
        "surface": SURFACES.get(one.surface),
        "wet_season": WET_SEASONS.get(one.wet_season),
        "channel": CHANNELS.get(one.channel),
        "phone": phone_for(seat, one.contact_phone),
        "left": left,
        "people": _named(seat, left.people) if left else [],
        "more": max(len(left.people) - NAMED, 0) if left and seat.may(Right.PEOPLE) else 0,
        "visits": [
            (visit, VISIT_STATES[visit.state], reverse("visit", args=[visit.id]) if links.to(seat, "visits") else "")
            for visit in visits.at_settlements(reading.family(one.id))
        ],
        "doubles": [(by_id[_other(one.id, pair.first, pair.second)], pair.why) for pair in doubles],
        "others": [other for other in near if other.id != one.id],
        "merges": reading.merges_of(one.id),
        "history": [(line, *_told(line, seat)) for line in reversed(reading.settlement_history(one.id))],
        "problems": problems,
        "said": request.POST if problems and request.POST.get("do") == "change" else _as_typed(one, seat),
        "may_write": seat.may(Right.OUTREACH) and one.counts,
        "today": seat.office.today,
        **_choices(seat),
    }
    return render(request, "office/settlement.html", context, status=422 if problems else 200)


@page(
    "rompok/<int:number>/gabung/<int:other>/",
    "settlement-merge",
    title=Text("Gabungkan", "Merge"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def merge(request: OfficeRequest, number: int, other: int) -> HttpResponseBase:
    """Show two settlements side by side and what a merge would do; merge them."""
    seat = request.seat
    kept, merged = _held(seat, number), _held(seat, other)
    if request.method == "POST":
        keeping.merge_settlements(kept.id, merged.id, office=seat.office, by=seat.user.username)
        seat.note(Verb.SETTLEMENT_CHANGED, subject=f"#{merged.id} → #{kept.id}")
        done = Text("Nomor {m} digabung ke nomor {n}.", "Number {m} was merged into number {n}.")
        messages.success(request, done.say(seat.language, {"m": merged.id, "n": kept.id}))
        return redirect("settlement", number=kept.id)
    mine, theirs = _as_shown(kept, seat), _as_shown(merged, seat)
    rows = [
        (FIELD_TITLES[field], mine[field], theirs[field], field in FILLED and not mine[field] and bool(theirs[field]))
        for field in mine
        if mine[field] or theirs[field]
    ]
    context = {"one": kept, "other": merged, "rows": rows, "village": places.title(kept.village, seat.office.today)}
    return render(request, "office/settlement_merge.html", context)


# --- what was typed --------------------------------------------------------------------------------------------------


def _act(request: OfficeRequest, one: SettlementPlace) -> HttpResponseBase:
    seat, said = request.seat, request.POST
    by, done = seat.user.username, Text("Perubahan disimpan.", "The change was saved.")
    match said.get("do"):
        case "undo":
            undone = number_in(said.get("merge", ""))
            if undone is None or not any(merge.id == undone for merge in reading.merges_of(one.id)):
                raise Http404("no such merge")
            number = keeping.undo_merge(undone, office=seat.office, by=by)
            done = Text(f"Nomor {number} berdiri sendiri lagi.", f"Number {number} stands on its own again.")
        case "empty":
            keeping.change_settlement(one.id, {"uninhabited_on": _day(said.get("on", ""))}, office=seat.office, by=by)
        case "inhabited":
            keeping.change_settlement(one.id, {"uninhabited_on": None}, office=seat.office, by=by)
        case _:
            if not keeping.change_settlement(one.id, _values(said, seat), office=seat.office, by=by):
                done = Text("Tidak ada yang berubah.", "Nothing changed.")
    seat.note(Verb.SETTLEMENT_CHANGED, subject=f"#{one.id}")
    messages.success(request, done.say(seat.language))
    return HttpResponseRedirect(reverse("settlement", args=[one.id]))


def _values(said: Any, seat: Seat) -> dict[SettlementField, object]:  # noqa: ANN401 - a form
    """Return the fields of a form; refuse everything in it that cannot be read."""
    problems: list[Problem] = []
    where = read_where(said.get("where", ""))
    if isinstance(where, Problem):
        problems.append(where)
        where = (None, "")
    point, words = where
    village = _village(said.get("village", ""), point, seat, problems)
    description = " ".join(part for part in (said.get("description", "").strip(), words) if part)
    values: dict[SettlementField, object] = {
        "kind": said.get("kind", ""),
        "name": said.get("name", ""),
        "village": village,
        "point": point,
        "description": description,
        "estimated_people": _count("estimated_people", said.get("people", ""), problems),
        "reported_by": said.get("reported_by", ""),
        "surface": said.get("surface", ""),
        "wet_season": said.get("wet_season", ""),
        "boat": bool(said.get("boat")),
        "motorbike": bool(said.get("motorbike")),
        "travel_min": _count("travel_min", said.get("travel_min", ""), problems),
        "contact": said.get("contact", ""),
        "contact_phone": said.get("contact_phone", ""),
        "channel": said.get("channel", ""),
    }
    if problems:
        raise Refused(*problems)
    return values


def _village(text: str, point: Point | None, seat: Seat, problems: list[Problem]) -> int:
    """Return the village chosen, or the one the point lies in; one outside the seat's area is not there."""
    number = area_number(text) if text else None
    if text and number is None:
        problems.append(AREA_CODE.at("village", found=text[:20]))
    elif number is None and point is not None:
        number = village_finder(seat.area, seat.office.today)(point)
    if number is None:
        if not text:
            problems.append(NO_VILLAGE.at("village"))
        return 0
    if not seat.sees(number):
        raise Http404("no such village")
    return number


def _count(field: str, text: str, problems: list[Problem]) -> int | None:
    plain = text.strip()
    if not plain:
        return None
    if (count := number_in(plain, longest=LONGEST_COUNT)) is not None:
        return count
    kind = PEOPLE_NEGATIVE if field == "estimated_people" else WAY_TOO_LONG
    problems.append(kind.at(field, found=plain[:20], most=LONGEST_WAY_MIN))
    return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(BAD_DAY.at("on", found=text[:20])) from None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _maybe(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _point(value: object) -> Point | None:
    return value if isinstance(value, Point) else None


# --- what is shown ---------------------------------------------------------------------------------------------------


def _held(seat: Seat, number: int) -> SettlementPlace:
    """Return a settlement within the seat's area; any other is not there."""
    one = reading.settlement(number) if number < 2**63 else None
    if one is None or not seat.sees(one.village):
        raise Http404("no such settlement")
    return one


def _choices(seat: Seat) -> dict[str, object]:
    villages = list(places.areas(seat.office.today, within=seat.area))
    return {
        "kinds": SETTLEMENT_KINDS.items(),
        "surfaces": SURFACES.items(),
        "wet_seasons": WET_SEASONS.items(),
        "channels": CHANNELS.items(),
        "villages": [(area_text(one.number), one.name) for one in villages if len(str(one.number)) == VILLAGE_DIGITS],
    }


def _as_typed(one: SettlementPlace, seat: Seat) -> dict[str, object]:
    """Return a settlement as its form shows it."""
    return {
        "kind": one.kind,
        "name": one.name,
        "village": area_text(one.village),
        "where": str(one.point or ""),
        "description": one.description,
        "people": "" if one.estimated_people is None else str(one.estimated_people),
        "reported_by": one.reported_by,
        "surface": one.surface,
        "wet_season": one.wet_season,
        "boat": one.boat,
        "motorbike": one.motorbike,
        "travel_min": "" if one.travel_min is None else str(one.travel_min),
        "contact": one.contact,
        "contact_phone": phone_for(seat, one.contact_phone),
        "channel": one.channel,
    }


def _as_shown(one: SettlementPlace, seat: Seat) -> dict[str, str]:
    """Return the fields of a settlement in words, by field."""
    yes = Text("ya", "yes").say(seat.language)
    return {
        "name": one.name,
        "kind": kind_title(one).say(seat.language),
        "point": str(one.point or ""),
        "estimated_people": "" if one.estimated_people is None else str(one.estimated_people),
        "description": one.description,
        "surface": SURFACES[one.surface].say(seat.language) if one.surface else "",
        "wet_season": WET_SEASONS[one.wet_season].say(seat.language) if one.wet_season else "",
        "boat": yes if one.boat else "",
        "motorbike": yes if one.motorbike else "",
        "travel_min": "" if one.travel_min is None else str(one.travel_min),
        "contact": one.contact,
        "contact_phone": phone_for(seat, one.contact_phone),
        "reported_by": one.reported_by,
    }


def _told(line: reading.SettlementEntry, seat: Seat) -> tuple[Text, str, str]:
    """Return a line of the history in words: its title, what was, what is; telephone numbers as the reader may see them."""
    title = FIELD_TITLES.get(line.field, Text(line.field, line.field))

    def words(value: str) -> str:
        if line.field == "contact_phone":
            return phone_for(seat, value) if seat.may(Right.OUTREACH) else mask_phone(value)
        if line.field == "village" and (number := area_number(value)):
            return area_text(number)
        if line.field == "uninhabited_on" and value:
            return wording.day(date.fromisoformat(value), seat.language)
        said = WORDS.get(line.field, {}).get(value)
        return said.say(seat.language) if said else value

    return title, words(line.old), words(line.new)


def _named(seat: Seat, persons: frozenset[int]) -> list[tuple[people.Person, str]]:
    """Return the first of those who remain, for whoever may see people, each with the address of their page."""
    if not seat.may(Right.PEOPLE):
        return []
    found = people.by_id(sorted(persons)[:NAMED])
    return [(person, reverse("person", args=[person.id])) for person in found]


def _other(one: int, first: int, second: int) -> int:
    return second if one == first else first
