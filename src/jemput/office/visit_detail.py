"""One visit: its plan, what was agreed, its letters, its people with what became of them, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode

from jemput.actions import visits as act
from jemput.domain.audit import Verb
from jemput.domain.ids import area_number, area_text
from jemput.domain.outreach import LETTERS, OUTCOMES, PLACE_KINDS, TALK_STATES, VISIT_STATES
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.visits import STEPS
from jemput.letters import visit_making
from jemput.letters.visit_letters import KINDS, NUMBERED, problem_of
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office import wanted
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.visit_forms import (
    niks_of,
    numbers_of,
    outcome_choices,
    read_count,
    read_day,
    read_outcomes,
    read_plan,
)
from jemput.office.visits import left_in, plan_context
from jemput.queries import letters, places, register, reports, visits
from jemput.queries.visits import Change, Invited, Visit

SHOWN = 50
"""People on one page: 50 choices of eleven outcomes weigh 30 KB before they are packed (our choice)."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": DOCX}
WITH_NAMES = frozenset({"invitation", "attendance"})
FIELD_TITLES = {
    "state": Text("keadaan", "state"),
    "reason": Text("kata desa atau alasan", "word of the village, or reason"),
    "place_kind": Text("jenis tempat", "kind of place"),
    "settlement": Text("permukiman", "settlement"),
    "place": Text("tempat", "place"),
    "on": Text("tanggal", "day"),
    "starts": Text("mulai", "from"),
    "ends": Text("selesai", "to"),
    "team": Text("tim", "team"),
    "sets": Text("alat rekam", "recording sets"),
    "expected": Text("perkiraan datang", "expected"),
    "neighbours": Text("tetangga diundang", "neighbours invited"),
    "people_added": Text("orang ditambahkan", "people added"),
    "people_removed": Text("orang dikeluarkan", "people taken off"),
    "came": Text("datang", "came"),
    "recorded": Text("direkam", "recorded"),
    "minutes": Text("uraian berita acara", "what happened"),
}
SAVED = Text("Tersimpan.", "Saved.")
LETTER_MADE = Text("{title} {number} siap.", "{title} {number} is ready.")
OUTCOMES_SAVED = Text("{n} hasil tersimpan.", "{n} outcomes saved.")
ADDED = Text("{n} orang ditambahkan.", "{n} people added.")
REMOVED = Text("{n} orang dikeluarkan.", "{n} people taken off.")
NO_SOURCE = ProblemKind(
    "visit_no_source",
    Text("Belum disebut siapa yang mengatakannya.", "It is not said who says so."),
    Text(
        "Tulis siapa dan lewat apa, contoh kades, WhatsApp 2 April.",
        "Write who and by what, such as village head, WhatsApp 2 April.",
    ),
)
NIK_UNKNOWN = ProblemKind(
    "visit_nik_unknown",
    Text("{count} NIK tidak ada di wilayah Anda.", "{count} NIKs are not in your area."),
    Text(
        "Periksa nomornya; cari orangnya dengan nama di Cari.",
        "Check the numbers; look for the person by name in the search.",
    ),
)
NOBODY_NAMED = ProblemKind(
    "visit_nobody_named",
    Text("Belum ada orang yang disebut.", "Nobody was named."),
    Text("Tempel NIK-nya, atau pilih desanya.", "Paste their NIKs, or choose the village."),
)
COLUMNS = (
    Column(Text("Giliran", "Slot"), "text", 10),
    Column(Text("NIK", "NIK"), "code", 20),
    Column(Text("Nama", "Name")),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Dusun", "Dusun"), "text", 20),
    Column(Text("RT", "RT"), "text", 8),
    Column(Text("RW", "RW"), "text", 8),
    Column(Text("Hasil", "Outcome"), "text", 24),
    Column(Text("Catatan", "Note"), "text", 40),
)


@page(
    "kunjungan/<int:number>/",
    "visit",
    title=Text("Satu kunjungan", "One visit"),
    right=Right.PEOPLE,
    write=Right.OUTREACH,
)
def visit(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Show a visit; change its plan, note the village's answer, its outcomes and its end, make its letters."""
    held = _of(request.seat, number)
    if request.method != "POST":
        return _workbook(request.seat, held) if request.GET.get("excel") else _shown(request, held)
    do = request.POST.get("do", "")
    if do not in DOING:
        raise Http404(do)
    try:
        said, where = DOING[do](request, held)
    except Refused as refused:
        return _shown(request, held, refused.problems, do)
    messages.success(request, said)
    kept = urlencode({name: request.POST[name] for name in ("page", "left") if request.POST.get(name)})
    return HttpResponseRedirect(f"{reverse('visit', kwargs={'number': number})}{'?' + kept if kept else ''}#{where}")


@page(
    "kunjungan/surat/<int:letter>/<str:suffix>/",
    "visit-letter",
    title=Text("Berkas surat kunjungan", "File of a visit's letter"),
    right=Right.PEOPLE,
)
def file(request: OfficeRequest, letter: int, suffix: str) -> HttpResponseBase:
    """Hand out a letter, the bytes that were made."""
    made = letters.one(letter, within=request.seat.area)
    if made is None or suffix not in TYPES:
        raise Http404
    if made.kind in WITH_NAMES:
        request.seat.note(Verb.LIST_EXPORTED, subject=f"{made.kind} {made.number} visit {made.visit}")
    answer = HttpResponse(reports.content(made.pdf if suffix == "pdf" else made.docx), content_type=TYPES[suffix])
    number = f"-{made.number.replace('/', '-')}" if made.number else ""
    name = f"{LETTERS[made.kind].id.replace(' ', '-')}-{made.visit}{number}.{suffix}"
    answer["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return answer


# --- shown -----------------------------------------------------------------------------------------------------------


def _shown(request: OfficeRequest, held: Visit, problems: tuple[Problem, ...] = (), do: str = "") -> HttpResponseBase:
    seat = request.seat
    here = seat.office
    if problems:
        held = _of(seat, held.id)
    listed = visits.invited(held.id)
    only_left = bool(request.GET.get("left"))
    chosen = [one for one in listed if not one.outcome] if only_left else listed
    pages = max(1, -(-len(chosen) // SHOWN))
    number = min(wanted.whole(request, "page"), pages)
    near = visits.neighbours(held, here)
    names = places.names_of({held.village, *(one.village for one in listed)}, here.today)
    is_time = held.on is not None and held.on <= here.today and held.state not in {"refused", "cancelled", "requested"}
    typed = request.POST if do == "plan" else _typed(held)
    ticked = request.POST.getlist("neighbour") if do == "plan" else [area_text(one.village) for one in near]
    context = {
        "visit": held,
        "kind": PLACE_KINDS[held.place_kind],
        "state": VISIT_STATES[held.state],
        "village_name": names.get(held.village, ""),
        "neighbours": near,
        "problems": problems,
        "do": do,
        "typed": request.POST if do else {},
        "findings": visits.findings_of(held, here),
        "letters": [(one, LETTERS[one.kind]) for one in letters.of_visit(held.id)],
        "kinds": [(kind, LETTERS[kind], problem_of(kind, held), kind in NUMBERED) for kind in KINDS],
        "steps": [(name, step.title) for name, step in STEPS.items() if held.state in step.before and name != "close"],
        "may_close": held.state in STEPS["close"].before and held.on is not None and held.on <= here.today,
        "people": [_row(one, names, held) for one in chosen[(number - 1) * SHOWN : number * SHOWN]],
        "left": sum(not one.outcome for one in listed),
        "only_left": only_left,
        "outcomes": outcome_choices(),
        "sums": _sums(listed),
        "is_time": is_time,
        "number": number,
        "pages": pages,
        "more": "left=1&" if only_left else "",
        "talks": [(one, TALK_STATES.get(one.state, Text(one.state, one.state))) for one in visits.talks(held.id)],
        "history": [_told(one, seat) for one in visits.history(held.id)],
        "villages": [(area_text(number), name) for number, name in _villages(seat, held, names, near)],
        "may_write": seat.may(Right.OUTREACH),
        "plan": plan_context(seat, held.village, typed, ticked, near),
    }
    return render(request, "office/visit.html", context, status=422 if problems else 200)


def _typed(held: Visit) -> dict[str, object]:
    """Return a plan as its form would have been typed."""
    return {
        "place_kind": held.place_kind,
        "settlement": str(held.settlement or ""),
        "place": held.place,
        "on": held.on.isoformat() if held.on else "",
        "starts": held.starts,
        "ends": held.ends,
        "team": held.team,
        "sets": held.sets,
        "expected": "" if held.expected_said is None else held.expected_said,
    }


def _villages(seat: Seat, held: Visit, names: dict[int, str], near: Iterable[visits.Nearby]) -> list[tuple[int, str]]:
    hosted = [(one.village, one.name) for one in near if one.is_ours and seat.sees(one.village)]
    return [(held.village, names.get(held.village, "")), *hosted]


def _row(one: Invited, names: dict[int, str], held: Visit) -> tuple[Invited, str, Text | None]:
    """Return a person with the village worth naming and the outcome in words."""
    elsewhere = names.get(one.village, "") if one.village != held.village else ""
    return one, elsewhere, OUTCOMES.get(one.outcome)


def _sums(listed: Iterable[Invited]) -> list[tuple[Text, int]]:
    known = [one.outcome for one in listed]
    return [(title, known.count(code)) for code, title in OUTCOMES.items() if code in known]


def _told(change: Change, seat: Seat) -> tuple[Change, Text, object, object]:
    """Return a line of the history in words; villages by their names."""
    title = FIELD_TITLES.get(change.field, Text(change.field, change.field))
    if change.field == "neighbours":
        return change, title, _named(change.old, seat), _named(change.new, seat)
    words = {"state": VISIT_STATES, "place_kind": PLACE_KINDS}.get(change.field, {})
    return change, title, words.get(change.old, change.old), words.get(change.new, change.new)


def _named(codes: str, seat: Seat) -> str:
    numbers = [number for code in codes.split(", ") if (number := area_number(code))]
    names = places.names_of(numbers, seat.office.today)
    return ", ".join(names.get(number, "") for number in numbers)


def _workbook(seat: Seat, held: Visit) -> HttpResponseBase:
    name = f"kunjungan-{held.id}"
    seat.note(Verb.LIST_EXPORTED, subject=f"visit {held.id}")
    names = places.names_of({one.village for one in visits.invited(held.id)}, seat.office.today)
    title = Text(f"Kunjungan {held.id}", f"Visit {held.id}")
    return excel(seat, [Sheet(title, title, (), COLUMNS, _cells(visits.invited(held.id), names))], name=name)


def _cells(listed: Iterable[Invited], names: dict[int, str]) -> Iterator[Cells]:
    for one in listed:
        yield (
            one.slot,
            one.nik,
            one.name,
            area_text(one.village),
            names.get(one.village, ""),
            one.dusun,
            one.rt,
            one.rw,
            OUTCOMES.get(one.outcome, ""),
            one.note,
        )


# --- done ------------------------------------------------------------------------------------------------------------


def _plan(request: OfficeRequest, held: Visit) -> tuple[str, str]:
    seat = request.seat
    plan = read_plan(request.POST)
    unseen = [one.village for one in visits.neighbours(held, seat.office) if not seat.sees(one.village)]
    neighbours = (*plan.neighbours, *unseen)
    act.change_visit(held.id, plan.fields, neighbours=neighbours, office=seat.office, by=seat.user.username)
    _note(seat, held, "plan")
    return SAVED.say(seat.language), "rencana"


def _step(request: OfficeRequest, held: Visit) -> tuple[str, str]:
    seat, said = request.seat, request.POST
    step, source = said.get("step", ""), " ".join(said.get("source", "").replace("\x00", " ").split())
    here, by = seat.office, seat.user.username
    if step in {"confirm", "move", "refuse"} and not source:
        raise Refused(NO_SOURCE.at("source"))
    match step:
        case "ask":
            act.ask_visit(held.id, source, office=here, by=by)
        case "confirm":
            act.confirm_visit(held.id, source, office=here, by=by)
        case "move":
            day = read_day(said, "day") or said.get("words", "")
            act.move_visit(held.id, day, source, office=here, by=by)
        case "refuse":
            act.refuse_visit(held.id, source, office=here, by=by)
        case "cancel":
            act.cancel_visit(held.id, source, office=here, by=by)
        case "plan":
            act.plan_visit(held.id, office=here, by=by)
        case _:
            raise Http404(step)
    _note(seat, held, step)
    return SAVED.say(seat.language), "kesepakatan"


def _letter(request: OfficeRequest, held: Visit) -> tuple[str, str]:
    seat = request.seat
    made = visit_making.make(held, request.POST.get("kind", ""), here=seat.office, actor=seat.actor, at=seat.clock)
    title = LETTERS[made.kind].say(seat.language).capitalize()
    return LETTER_MADE.say(seat.language, {"title": title, "number": made.number}).replace("  ", " "), "surat"


def _outcomes(request: OfficeRequest, held: Visit) -> tuple[str, str]:
    seat = request.seat
    said = read_outcomes(request.POST)
    if rest := request.POST.get("rest", ""):
        for one in visits.invited(held.id):
            if not one.outcome and not said.get(one.person, ("", ""))[0]:
                said[one.person] = (rest, said.get(one.person, ("", ""))[1])
    count = act.put_outcomes(held.id, said, office=seat.office, by=seat.user.username)
    _note(seat, held, f"{count} outcomes")
    return OUTCOMES_SAVED.say(seat.language, {"n": count}), "orang"


def _close(request: OfficeRequest, held: Visit) -> tuple[str, str]:
    seat, said = request.seat, request.POST
    act.close_visit(
        held.id,
        came=read_count(said, "came"),
        recorded=read_count(said, "recorded"),
        minutes=said.get("minutes", "").replace("\x00", ""),
        office=seat.office,
        by=seat.user.username,
    )
    _note(seat, held, "closed")
    return SAVED.say(seat.language), "hasil"


def _add(request: OfficeRequest, held: Visit) -> tuple[str, str]:
    seat, said = request.seat, request.POST
    niks = niks_of(said.get("niks", ""))
    known = [one for one in register.by_nik(niks).values() if not one.dead]
    mine = [one.id for one in known if seat.sees(one.village)]
    if len(mine) < len(niks):
        raise Refused(NIK_UNKNOWN.at("niks", count=len(niks) - len(mine)))
    offered = {code for code, _ in ((area_text(number), name) for number, name in _offered(seat, held))}
    from_villages = [int(code.replace(".", "")) for code in said.getlist("from") if code in offered]
    persons = [*mine, *left_in(seat, from_villages)]
    if not persons:
        raise Refused(NOBODY_NAMED.at("niks"))
    count = act.add_people(held.id, persons, office=seat.office, by=seat.user.username)
    _note(seat, held, f"{count} people added")
    return ADDED.say(seat.language, {"n": count}), "orang"


def _remove(request: OfficeRequest, held: Visit) -> tuple[str, str]:
    seat = request.seat
    chosen = numbers_of(request.POST.getlist("off"))
    count = act.remove_people(held.id, chosen, office=seat.office, by=seat.user.username)
    _note(seat, held, f"{count} people removed")
    return REMOVED.say(seat.language, {"n": count}), "orang"


DOING: dict[str, Callable[[OfficeRequest, Visit], tuple[str, str]]] = {
    "plan": _plan,
    "step": _step,
    "letter": _letter,
    "outcomes": _outcomes,
    "close": _close,
    "add": _add,
    "remove": _remove,
}
"""What a form of the page asks for: what is said of it, and the part of the page it leads back to."""


def _offered(seat: Seat, held: Visit) -> list[tuple[int, str]]:
    names = places.names_of([held.village], seat.office.today)
    return _villages(seat, held, names, visits.neighbours(held, seat.office))


def _of(seat: Seat, number: int) -> Visit:
    held = visits.one(number, within=seat.area)
    if held is None:
        raise Http404
    return held


def _note(seat: Seat, held: Visit, what: str) -> None:
    seat.note(Verb.VISIT_CHANGED, subject=f"visit {held.id}: {what}")
