"""One village: its aparat, how it is reached and asked, what it agreed to, its rompok, visits and talks, and who remains."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jemput.actions import aparat as keeping
from jemput.actions.aparat import CardField, ContactField
from jemput.domain import wording
from jemput.domain.aparat import ROLE
from jemput.domain.audit import Verb
from jemput.domain.ids import area_number, area_text
from jemput.domain.outreach import (
    APARAT_ROLES,
    CHANNELS,
    SIGNALS,
    SURFACES,
    VISIT_STATES,
    WEEKDAYS,
    WET_SEASONS,
)
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.settlements import LONGEST_WAY_MIN, WAY_TOO_LONG
from jemput.office import links
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.settlements import kind_title, phone_for, remaining_in
from jemput.office.villages import address, weekday
from jemput.office.wanted import number_in
from jemput.queries import aparat, conversations, coverage, places, village_links, visits
from jemput.queries import settlements as reading
from jemput.queries.aparat import Card, ContactNow, PaperEntry
from jemput.queries.visits import Visit

LATEST = 10
HISTORY = 40
LONGEST_COUNT = 6
FIELD_TITLES: Mapping[str, Text] = {
    "added": Text("kontak dicatat", "contact entered"),
    "area": Text("wilayah", "area"),
    "name": Text("nama", "name"),
    "role": ROLE,
    "phone": Text("telepon", "telephone"),
    "email": Text("surel", "e-mail"),
    "channel": Text("ditanya lewat", "asked by"),
    "dusun": Text("dusun", "hamlet"),
    "note": Text("catatan", "note"),
    "ended_on": Text("berakhir", "ended"),
    "signal": Text("sinyal", "signal"),
    "kalangan": Text("hari kalangan", "market day"),
    "road": Text("jalan", "road"),
    "wet_season": Text("musim hujan", "in the rains"),
    "travel_min": Text("menit dari kantor", "minutes from the office"),
    "wall_consent_on": Text("persetujuan daftar dinding, tanggal", "consent to wall lists, day"),
    "wall_consent_by": Text("persetujuan daftar dinding, oleh", "consent to wall lists, by"),
    "wall_consent_source": Text("persetujuan daftar dinding, surat", "consent to wall lists, paper"),
}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "role": APARAT_ROLES,
    "channel": CHANNELS,
    "signal": SIGNALS,
    "road": SURFACES,
    "wet_season": WET_SEASONS,
    "kalangan": {str(at): title for at, title in enumerate(WEEKDAYS.values())},
}
"""Fields whose value is a code with a title."""
DAYS = frozenset({"ended_on", "wall_consent_on"})
BAD_DAY = ProblemKind(
    "village_card_day_unreadable",
    Text("“{found}” bukan tanggal.", "“{found}” is not a day."),
    Text("Pilih tanggalnya, atau kosongkan.", "Choose the day, or leave it empty."),
)
SAVED = Text("Perubahan disimpan.", "The change was saved.")
SAME = Text("Tidak ada yang berubah.", "Nothing changed.")


@page("desa/<village:number>/", "village", title=Text("Desa", "Village"), right=Right.FIGURES, write=Right.OUTREACH)
def village(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Show one village; change its card; add, change and end its contacts."""
    seat = request.seat
    if not seat.sees(number) or not places.is_known_ever(number):
        raise Http404("no such village")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _act(request, number)
        except Refused as refused:
            problems = refused.problems
    here = seat.office
    at = coverage.view(here.today, as_known="now", rule=here.rule)
    code, may_write = area_text(number), seat.may(Right.OUTREACH)
    row = next(iter(aparat.villages(number, at, here)), None)
    spots = reading.settlements(number, standing_only=True)
    counts = remaining_in(seat, spots)
    card, contacts = aparat.card(number), aparat.contacts_of(number)
    context = {
        "title": places.title(number, here.today),
        "code": code,
        "row": row,
        "card": card,
        "card_words": _card_words(card),
        "contacts": [(one, *_contact_words(one, seat)) for one in contacts],
        "former": [one for one in aparat.contacts(number) if one.ended_on],
        "spots": [(one, kind_title(one), counts.get(one.id)) for one in spots],
        "visits": _visits(seat, number),
        "plan": links.to(seat, "new-visit", {"village": code}),
        "talks": conversations.inbox(conversations.Wanted(number), here, count=LATEST) if may_write else [],
        "begin": links.to(seat, "talk-new", {"village": code}),
        "village_links": village_links.links(number, here, living=True) if may_write else [],
        "links_page": links.to(seat, "village-links", {"village": code}),
        "history": [(line, *_told(line, seat)) for line in aparat.card_history(number)[:HISTORY]],
        "people": links.people(seat, at, number, "unrecorded"),
        "sweep": links.to(seat, "sweep", {"area": code}),
        "problems": problems,
        "said": request.POST if problems else {},
        "may_write": may_write,
        "today": here.today,
        "district": area_text(number // 10**4),
        "roles": APARAT_ROLES.items(),
        "channels": CHANNELS.items(),
        "signals": SIGNALS.items(),
        "surfaces": SURFACES.items(),
        "wet_seasons": WET_SEASONS.items(),
        "weekdays": [(str(at), title) for at, title in enumerate(WEEKDAYS.values())],
    }
    return render(request, "office/village.html", context, status=422 if problems else 200)


def _act(request: OfficeRequest, village: int) -> HttpResponseBase:
    seat, said = request.seat, request.POST
    by, subject = seat.user.username, area_text(village)
    match said.get("do"):
        case "card":
            changed = keeping.change_card(village, _card_values(said), office=seat.office, by=by)
        case "add":
            number = keeping.add_contact(**_contact_values(said, village, seat), office=seat.office, by=by)
            changed, subject = 1, f"{subject} #{number}"
        case "change":
            held = _contact(said, village, seat)
            values: dict[ContactField, object] = {**_contact_values(said, village, seat)}  # type: ignore[dict-item]  # its own names
            changed = keeping.change_contact(held, values, office=seat.office, by=by)
            subject = f"{subject} #{held}"
        case "end" | "again" as what:
            held = _contact(said, village, seat)
            ended = seat.office.today if what == "end" else None
            changed = keeping.change_contact(held, {"ended_on": ended}, office=seat.office, by=by)
            subject = f"{subject} #{held}"
        case _:
            raise Http404("no such deed")
    if changed:
        seat.note(Verb.CONTACT_CHANGED, subject=subject)
    messages.success(request, (SAVED if changed else SAME).say(seat.language))
    return HttpResponseRedirect(address(village))


def _contact(said: Any, village: int, seat: Seat) -> int:  # noqa: ANN401 - a form
    """Return the contact a form names, of this village or, for whoever sees the whole kecamatan, of its office."""
    number = number_in(said.get("contact", ""))
    one = None if number is None else aparat.contact(number)
    if one is None or one.area not in {village, village // 10**4} or not seat.sees(one.area):
        raise Http404("no such contact")
    return one.id


def _contact_values(said: Any, village: int, seat: Seat) -> dict[str, Any]:  # noqa: ANN401 - a form
    area = area_number(said["area"]) if said.get("area") else village
    if area not in {village, village // 10**4} or not seat.sees(area):
        raise Http404("no such area")
    fields = ("name", "role", "phone", "email", "channel", "dusun", "note")
    return {"area": area} | {field: said.get(field, "") for field in fields}


def _card_values(said: Any) -> dict[CardField, object]:  # noqa: ANN401 - a form
    problems: list[Problem] = []
    minutes, day, consent = said.get("travel_min", "").strip(), said.get("kalangan", ""), said.get("consent_on", "")
    values: dict[CardField, object] = {
        "signal": said.get("signal", ""),
        "kalangan": int(day) if day in WORDS["kalangan"] else None,
        "road": said.get("road", ""),
        "wet_season": said.get("wet_season", ""),
        "travel_min": None,
        "wall_consent_on": None,
        "wall_consent_by": said.get("consent_by", ""),
        "wall_consent_source": said.get("consent_source", ""),
    }
    values["travel_min"] = number_in(minutes, longest=LONGEST_COUNT)
    if minutes and values["travel_min"] is None:
        problems.append(WAY_TOO_LONG.at("travel_min", found=minutes[:20], most=LONGEST_WAY_MIN))
    try:
        values["wall_consent_on"] = date.fromisoformat(consent) if consent else None
    except ValueError:
        problems.append(BAD_DAY.at("consent_on", found=consent[:20]))
    if problems:
        raise Refused(*problems)
    return values


def _card_words(card: Card) -> dict[str, Text | None]:
    return {
        "signal": SIGNALS.get(card.signal),
        "kalangan": weekday(card.kalangan),
        "road": SURFACES.get(card.road),
        "wet_season": WET_SEASONS.get(card.wet_season),
    }


def _visits(seat: Seat, village: int) -> list[tuple[Visit, Text, str, str]]:
    """Return the latest visits to a village or to which it was invited: each with its state, the host if another, the address."""
    found = [*visits.visits(visits.Wanted(village)), *visits.as_guest(village)]
    found.sort(key=lambda one: (one.on is None, one.on.toordinal() if one.on else 0, one.id), reverse=True)
    hosts = places.names_of({one.village for one in found}, seat.office.today)
    may_open = bool(links.to(seat, "visits"))
    return [
        (
            one,
            VISIT_STATES[one.state],
            hosts.get(one.village, "") if one.village != village else "",
            reverse("visit", args=[one.id]) if may_open and seat.sees(one.village) else "",
        )
        for one in found[:LATEST]
    ]


def _contact_words(one: ContactNow, seat: Seat) -> tuple[Text, str, Text | None]:
    return APARAT_ROLES[one.role], phone_for(seat, one.phone), CHANNELS.get(one.channel)


def _told(line: PaperEntry, seat: Seat) -> tuple[Text, str, str]:
    """Return a line of the history in words; telephone numbers and e-mail as the reader may see them."""
    title = FIELD_TITLES.get(line.field, Text(line.field, line.field))

    def words(value: str) -> str:
        if line.field == "phone":
            return phone_for(seat, value)
        if line.field == "email" and value and not seat.may(Right.OUTREACH):
            return "••••"
        if line.field in DAYS and value:
            return wording.day(date.fromisoformat(value), seat.language)
        said = WORDS.get(line.field, {}).get(value)
        return said.say(seat.language) if said else value

    return title, words(line.old), words(line.new)
