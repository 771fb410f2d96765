"""Daftar sisir: who is left in a part of the sweep by name and address, as page, workbook, print, and list for the wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.doubts import years_between
from jemput.domain.ids import VILLAGE_DIGITS, area_text
from jemput.domain.problems import Refused, Text
from jemput.domain.reasons import age
from jemput.domain.roles import Right
from jemput.domain.sweep import GROUPS, Left
from jemput.letters import sweep_list, wall_list
from jemput.letters.letterhead import letterhead
from jemput.letters.workbook import Sheet
from jemput.office import links, wanted
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import NO_REASON, area_choices, said_point
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.sweep_chosen import WITHOUT, Chosen, chosen
from jemput.queries import aparat, places
from jemput.queries.sweep import Sweep, biodata_of, sweep
from jemput.queries.tied import tie

TITLE = Text("Daftar sisir", "Sweep list")
WALL = Text("Daftar tempel", "Wall list")
SHOWN = 50
"""People on one page, as in Orang."""
REASON_CHARS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One person as a row: where they lead, how old, since when on the list, and what is known of them."""

    one: Left
    href: str
    village: str
    age: int | None
    address: str
    on_list: Text
    notes: tuple[Text, ...]
    word: Text | None
    outcome: Text | None
    chance: Text


@page("penyisiran/orang/", "sweep-people", title=TITLE, right=Right.PEOPLE, posts=True)
def listed(request: OfficeRequest) -> HttpResponseBase:
    """Show who is left in a part of the sweep, or hand the list out: masked, or whole to whoever may and says why."""
    seat = request.seat
    if request.method == "POST":
        return _whole(request)
    asked = chosen(request)
    found = sweep(asked.area, asked.at, seat.office, levels=())
    people = _people(asked, found)
    if request.GET.get("excel"):
        return _workbook(seat, asked, people)
    if request.GET.get("pdf"):
        return _print(seat, asked, people)
    number = wanted.whole(request, "page")
    pages = max(1, -(-len(people) // SHOWN))
    if number > pages:
        raise Http404("no such page")
    names = places.names(seat.office.today, within=seat.office.area)
    first = (number - 1) * SHOWN
    context = {
        "asked": asked,
        "point": said_point(asked.at),
        "groups": [(group, title) for group, title in GROUPS.items()],
        "group_title": GROUPS[asked.group],
        "areas": area_choices(seat),
        "where": _where(asked, names),
        "without": WITHOUT,
        "dusuns": _dusuns(found) if asked.area and len(str(asked.area)) == VILLAGE_DIGITS else [],
        "rows": [_row(one, names, asked, seat) for one in people[first : first + SHOWN]],
        "total": len(people),
        "first": first + 1,
        "number": number,
        "pages": pages,
        "before": asked.query(page=number - 1) if number > 1 else "",
        "after": asked.query(page=number + 1) if number < pages else "",
        "excel": asked.query(excel=1),
        "pdf": asked.query(pdf=1),
        "places": f"{reverse('sweep')}?{asked.query(dusun='', level='')}",
        "wall": _wall(seat, asked, found),
        "election": found.days.election,
        "may_go": seat.may(Right.OUTREACH),
    }
    return render(request, "office/sweep_people.html", context)


@page("penyisiran/tempel/", "sweep-wall", title=WALL, right=Right.OUTREACH)
def wall(request: OfficeRequest) -> HttpResponseBase:
    """Print the names of an area's dusun for the wall, of the villages that agreed; as things stand now."""
    seat = request.seat
    asked = chosen(request)
    here = seat.office
    names = places.names(here.today, within=here.area)
    found = sweep(asked.area, asked.at, here, levels=())
    where = _where(asked, names) or TITLE
    people = wall_list.wall_people(_of_dusun(asked, found), _consented(asked), where=where)
    by_sheet = request.GET.get("sheets") == "1"
    made = wall_list.set_pdf(people, names, by_sheet=by_sheet, head=letterhead(here), on=asked.at.on, made_at=here.now)
    name = f"daftar-tempel-{_called(asked)}"
    villages = len({one.village for one in people})
    seat.note(Verb.WALL_LIST_PRINTED, subject=f"{name}: {villages} desa, {len(people)} nama")
    return _pdf(made, name)


# --- parts -----------------------------------------------------------------------------------------------------------


def _people(asked: Chosen, found: Sweep) -> list[Left]:
    words = asked.text.casefold().split()
    people = asked.people(found.people)
    return [one for one in people if all(word in sweep_list.address(one).casefold() for word in words)]


def _of_dusun(asked: Chosen, found: Sweep) -> list[Left]:
    return [one for one in found.people if asked.dusun is None or one.dusun == asked.dusun]


def _dusuns(found: Sweep) -> list[str]:
    return sorted({one.dusun or WITHOUT for one in found.people})


def _where(asked: Chosen, names: Mapping[int, str]) -> Text | None:
    """Return what the part's place is called."""
    if asked.area is None:
        return None
    name = names.get(asked.area, area_text(asked.area))
    return Text(f"{asked.dusun}, {name}", f"{asked.dusun}, {name}") if asked.dusun else Text(name, name)


def _row(one: Left, names: Mapping[int, str], asked: Chosen, seat: Seat) -> Row:
    return Row(
        one,
        f"{reverse('people')}{one.person}/",
        names.get(one.village, area_text(one.village)),
        years_between(one.born_on, asked.at.on) if one.born_on else None,
        sweep_list.address(one),
        age(one.since, seat.office.today),
        sweep_list.notes(one),
        sweep_list.word(one),
        sweep_list.outcome(one),
        sweep_list.chance(one),
    )


@dataclass(frozen=True, slots=True)
class WallState:
    """Whether a list may go up: how many villages of the area hold people and agreed; of a single one who did and when."""

    villages: int
    agreed: int
    consent: aparat.Card | None
    query: str
    card: str


def _wall(seat: Seat, asked: Chosen, found: Sweep) -> WallState | None:
    """Return the state of the wall list for whoever may print one."""
    if not seat.may(Right.OUTREACH):
        return None
    villages = {one.village for one in found.people if one.is_counted}
    agreed = villages & set(_consented(asked))
    single = asked.area if asked.area and len(str(asked.area)) == VILLAGE_DIGITS else None
    card = aparat.card(single) if single else None
    query = asked.query(group="", q="", level="", sort="")
    return WallState(len(villages), len(agreed), card, query, reverse("village", args=[single]) if single else "")


def _consented(asked: Chosen) -> list[int]:
    """Return the villages of an area that agreed to lists on the wall."""
    return [village for village, card in aparat.cards(asked.area).items() if card.wall_consent_on is not None]


# --- files -----------------------------------------------------------------------------------------------------------


def _called(asked: Chosen) -> str:
    """Return what a file of the part is called; a dusun's name stays out of it."""
    part = "-dusun" if asked.dusun is not None else ""
    return f"{links.coded(asked.area) or 'semua'}{part}-{asked.group}-{asked.at.on.isoformat()}"


def _about(seat: Seat, asked: Chosen, people: Sequence[Left]) -> tuple[str, ...]:
    count = f"{wording.number(len(people), seat.language)} {GROUPS[asked.group].say(seat.language)}"
    dusun = (asked.dusun,) if asked.dusun else ()
    return (count, *dusun, *tie(asked.at, asked.area, seat.office).about(seat.language))


def _workbook(seat: Seat, asked: Chosen, people: Sequence[Left]) -> HttpResponseBase:
    """Return the list as a workbook, NIKs masked and births as years."""
    names = places.names(seat.office.today, within=seat.office.area)
    name = f"daftar-sisir-{_called(asked)}"
    seat.note(Verb.SWEEP_LIST_MADE, subject=f"{name}.xlsx")
    rows = sweep_list.list_cells(people, names, seat.language)
    return excel(
        seat, [Sheet(TITLE, GROUPS[asked.group], _about(seat, asked, people), sweep_list.COLUMNS, rows)], name=name
    )


def _whole(request: OfficeRequest) -> HttpResponseBase:
    """Return the list in the layout of the BIP KTP-el, NIKs whole, to somebody who may and says why."""
    seat = request.seat
    if not seat.may(Right.FULL_NIK):
        raise Http404("not for this role")
    reason = " ".join(request.POST.get("reason", "").replace("\x00", " ").split())[:REASON_CHARS]
    if not reason:
        raise Refused(NO_REASON.at("reason"))
    asked = chosen(request)
    people = _people(asked, sweep(asked.area, asked.at, seat.office, levels=()))
    name = f"bip-ktpel-{_called(asked)}"
    seat.note(Verb.SWEEP_LIST_MADE, subject=f"{name}.xlsx", reason=reason)
    seat.note(Verb.FULL_NIK_SEEN, subject=name, reason=reason)
    rows = sweep_list.bip_cells(people, biodata_of([one.person for one in people]))
    return excel(seat, [Sheet(TITLE, TITLE, _about(seat, asked, people), sweep_list.BIP_COLUMNS, rows)], name=name)


def _print(seat: Seat, asked: Chosen, people: Sequence[Left]) -> HttpResponseBase:
    """Return the list an officer takes along."""
    here = seat.office
    names = places.names(here.today, within=here.area)
    name = f"daftar-sisir-{_called(asked)}"
    seat.note(Verb.SWEEP_LIST_MADE, subject=f"{name}.pdf")
    about = f"{wording.number(len(people), 'id')} {GROUPS[asked.group].id}. {tie(asked.at, asked.area, here).say('id')}"
    made = sweep_list.set_pdf(people, names, about=about, head=letterhead(here), on=here.today, made_at=here.now)
    return _pdf(made, name)


def _pdf(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
