"""Koordinasi: the inbox of all conversations, what waits for an officer, who is to be reminded, what did not leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from jemput.actions import conversations as act
from jemput.actions import outbox
from jemput.channels import links
from jemput.domain.audit import Verb
from jemput.domain.ids import area_number, area_text
from jemput.domain.messages import INTENT_TITLES, UNSURE, Reading
from jemput.domain.outreach import CHANNELS, OPEN_VISITS, TALK_STATES, WEEKDAYS
from jemput.domain.phones import show_phone
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import area_choices
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import area_in, number_in
from jemput.queries import aparat, places
from jemput.queries import conversations as reading
from jemput.queries.conversations import Line, Talk, Wanted
from jemput.queries.office import ZONE
from jemput.store.models import Conversation, Visit

SHOWN = 50
"""Conversations on one page (our choice: two screens of a laptop)."""
PLACED = 10
"""Texts to place and messages to send shown at once; each has a form, and the rest come when these are done."""
LONGEST_NUMBER = 12
INTENTS = [(intent, title) for intent, title in INTENT_TITLES.items() if intent != UNSURE]
TITLE = Text("Koordinasi", "Coordination")
COLUMNS = (
    Column(Text("Kode", "Code"), "code", 8),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Perihal", "Matter")),
    Column(Text("Keadaan", "State"), "text", 18),
    Column(Text("Kunjungan", "Visit"), "day"),
    Column(Text("Hari yang diminta", "Day asked for"), "day"),
    Column(Text("Kontak", "Contact")),
    Column(Text("Saluran", "Channel"), "text", 14),
    Column(Text("Ditanyakan", "Asked"), "day"),
    Column(Text("Pengingat", "Reminders"), "number", 10),
    Column(Text("Dijawab", "Answered"), "day"),
    Column(Text("Belum dibaca", "Unread"), "text", 12),
)
BY_DISTRICT = Text("Jawaban per kecamatan", "Answers by district")
BY_CHANNEL = Text("Jawaban per saluran", "Answers by channel")
ANSWERING = (
    Column(Text("Kecamatan atau saluran", "District or channel")),
    Column(Text("Ditanya", "Asked"), "number", 10),
    Column(Text("Menjawab", "Answered"), "number", 10),
    Column(Text("Persen", "Percent"), "percent", 10),
    Column(Text("Lama (jam, median)", "Time (hours, median)"), "percent", 14),
)
NOTHING_PICKED = ProblemKind(
    "nobody_to_remind",
    Text("Belum ada desa yang dicentang.", "No village was ticked."),
    Text("Centang desa yang akan diingatkan.", "Tick the villages to remind."),
)
NO_INTENT = ProblemKind(
    "answer_without_meaning",
    Text("Artinya belum dipilih.", "What it means was not chosen."),
    Text("Pilih maksud pesan ini, atau tandai cukup dibaca.", "Choose what this message means, or mark it as read."),
)
VILLAGE_MISSING = ProblemKind(
    "talk_without_village",
    Text("Desanya belum dipilih.", "No village was chosen."),
    Text("Pilih desa yang akan dihubungi.", "Choose the village to talk with."),
)


@page("koordinasi/", "talks", title=TITLE, right=Right.OUTREACH, write=Right.OUTREACH)
def talks(request: OfficeRequest) -> HttpResponseBase:
    """Show the inbox; remind, send again, place a text that belongs nowhere yet."""
    if request.method != "POST":
        return _shown(request)
    step = {"remind": _remind, "message": _message, "place": _place}.get(request.POST.get("step", ""))
    if step is None:
        return redirect("talks")
    try:
        messages.success(request, step(request).say(request.seat.language))
    except Refused as refused:
        return _shown(request, refused.problems)
    back = _query(_wanted(request.POST, request.seat))
    return HttpResponseRedirect(f"{reverse('talks')}?{back}" if back else reverse("talks"))


@page(
    "koordinasi/baru/",
    "talk-new",
    title=Text("Percakapan baru", "New conversation"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def new_talk(request: OfficeRequest) -> HttpResponseBase:
    """Begin a conversation with a village, over a visit or another matter."""
    seat = request.seat
    said = request.POST if request.method == "POST" else request.GET
    village = _village(said.get("village", ""), seat)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and said.get("step") == "open":
        try:
            if village is None:
                raise Refused(VILLAGE_MISSING.at("village"))
            visit = number_in(said.get("visit", ""))
            if visit and not Visit.objects.filter(pk=visit, village=village, state__in=OPEN_VISITS).exists():
                raise Http404("no such visit")
            made = act.open_conversation(
                village=village,
                visit=visit,
                contact=number_in(said.get("contact", "")),
                subject=said.get("subject", ""),
                office=seat.office,
                by=seat.user.username,
            )
        except Refused as refused:
            problems = refused.problems
        else:
            return redirect("talk", code=made.code)
    visits = reading.open_visits(village, sorted(OPEN_VISITS)) if village else []
    context = {
        "areas": [one for one in area_choices(seat) if not one[2]],
        "village": area_text(village) if village else "",
        "contacts": aparat.contacts_of(village) if village else [],
        "visits": visits,
        "visit": number_in(said.get("visit", "")) or (visits[0].pk if visits and not said.get("subject") else None),
        "said": said,
        "problems": problems,
    }
    return render(request, "office/talk_new.html", context, status=422 if problems else 200)


# --- shown -----------------------------------------------------------------------------------------------------------


def _shown(request: OfficeRequest, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    seat = request.seat
    wanted = _wanted(request.POST if problems else request.GET, seat)
    if request.GET.get("excel"):
        return _workbook(seat, wanted)
    total = reading.total(wanted)
    pages = max(1, -(-total // SHOWN))
    number = min(number_in(request.GET.get("page", "")) or 1, pages)
    states = reading.by_state(wanted)
    loose = reading.unplaced(wanted.area, seat.office)
    drafts = reading.outgoing(wanted.area, ("draft",), seat.office)
    districts, channels = reading.answering(wanted.area, seat.office)
    context = {
        "wanted": wanted,
        "problems": problems,
        "states": [(state, TALK_STATES[state], count, _query(wanted, state=state)) for state, count in states],
        "everything": sum(count for _, count in states),
        "all_states": _query(wanted, state=""),
        "areas": area_choices(seat),
        "channels": CHANNELS,
        "talks": reading.inbox(wanted, seat.office, start=(number - 1) * SHOWN, count=SHOWN),
        "total": total,
        "number": number,
        "pages": pages,
        "before": _query(wanted, page=number - 1) if number > 1 else "",
        "after": _query(wanted, page=number + 1) if number < pages else "",
        "excel": _query(wanted, excel=1),
        "due": reading.due(wanted.area, seat.office),
        "loose": loose[:PLACED],
        "loose_more": max(len(loose) - PLACED, 0),
        "intents": INTENTS,
        "weekdays": WEEKDAYS,
        "troubled": reading.outgoing(wanted.area, reading.TROUBLED, seat.office),
        "drafts": [(line, link_of(line)) for line in drafts[:PLACED]],
        "drafts_count": len(drafts),
        "drafts_more": max(len(drafts) - PLACED, 0),
        "responses": [(Text("Kecamatan", "District"), districts), (Text("Saluran", "Channel"), channels)],
        "days": reading.RESPONSE_DAYS,
        "today": seat.office.today,
    }
    return render(request, "office/talks.html", context, status=422 if problems else 200)


def link_of(line: Line) -> str:
    """Return the link that opens a drafted message ready to send, empty where its channel has none."""
    if not line.address:
        return ""
    if line.channel == "whatsapp":
        return links.whatsapp(line.address, line.body)
    if line.channel in {"sms", "gateway"}:
        return links.sms(line.address, line.body)
    return links.mail(line.address, line.code, line.body) if line.channel == "email" else ""


def _workbook(seat: Seat, wanted: Wanted) -> HttpResponseBase:
    """Hand out every conversation that matches."""
    name = f"koordinasi-{area_text(wanted.area) if wanted.area else 'semua'}"
    seat.note(Verb.LIST_EXPORTED, subject=name)
    found = reading.inbox(wanted, seat.office)
    sheets = [Sheet(TITLE, TITLE, (), COLUMNS, _cells(found))]
    for title, rows in zip((BY_DISTRICT, BY_CHANNEL), reading.answering(wanted.area, seat.office), strict=True):
        cells = [
            (one.title, one.response.asked, one.response.answered, one.response.percent, one.response.hours)
            for one in rows
        ]
        sheets.append(Sheet(title, title, (), ANSWERING, cells))
    return excel(seat, sheets, name=name)


def _cells(found: list[Talk]) -> Iterator[Cells]:
    for talk in found:
        contact = talk.contact
        yield (
            talk.code,
            area_text(talk.village),
            talk.name,
            talk.matter if talk.subject else "",
            talk.state_title,
            talk.visit_on,
            talk.day,
            f"{contact.name}, {show_phone(contact.phone)}" if contact else "",
            CHANNELS.get(talk.channel, Text("", "")),
            talk.asked_at.astimezone(ZONE).date() if talk.asked_at else None,
            talk.reminders,
            talk.answered_at.astimezone(ZONE).date() if talk.answered_at else None,
            Text("ya", "yes") if talk.unread else "",
        )


# --- done ------------------------------------------------------------------------------------------------------------


def _remind(request: OfficeRequest) -> Text:
    """Remind the villages that were ticked, each by its own channel."""
    seat = request.seat
    picked = {number for text in request.POST.getlist("pick") if (number := number_in(text))}
    chosen = [talk for talk in reading.due(seat.area, seat.office) if talk.id in picked]
    if not chosen:
        raise Refused(NOTHING_PICKED.at())
    queued = drafted = 0
    problems: list[Problem] = []
    for talk in chosen:
        try:
            made = act.ask(
                Conversation.objects.get(pk=talk.id),
                talk.channel if talk.channel in act.ASKS_BY else "whatsapp",
                again=True,
                office=seat.office,
                clock=seat.clock,
                by=seat.user.username,
            )
        except Refused as refused:
            problems += refused.problems
            continue
        seat.note(Verb.VILLAGE_ASKED, subject=f"{talk.code} {area_text(talk.village)}")
        queued += made.state == "queued"
        drafted += made.state == "draft"
    if not (queued or drafted):
        raise Refused(*problems)
    said = {"queued": queued, "drafted": drafted, "rest": len(problems)}
    told = Text(
        "{queued} pengingat antre kirim, {drafted} menunggu Anda kirim, {rest} tidak dapat.",
        "{queued} reminders queued, {drafted} wait for you to send, {rest} could not be.",
    )
    return Text(told.id.format(**said), told.en.format(**said))


def _message(request: OfficeRequest) -> Text:
    """Decide about a message that did not leave by itself."""
    seat = request.seat
    number = number_in(request.POST.get("message", "")) or 0
    line = reading.message(number)
    is_mine = line is not None and (
        seat.sees(line.village) if line.village else line.direction == "out" and seat.area == seat.office.area
    )
    if not is_mine:
        raise Http404("no such message")
    return decide(seat, number, request.POST.get("do", ""))


def decide(seat: Seat, number: int, do: str) -> Text:
    """Mark a message as sent, queue it again, or drop it."""
    if do == "sent":
        act.mark_sent(number, office=seat.office, by=seat.user.username)
        return Text("Ditandai sudah dikirim.", "Marked as sent.")
    if do == "again":
        outbox.send_again(number, clock=seat.clock, now=seat.office.now, by=seat.user.username)
        return Text("Antre kirim lagi.", "Queued again.")
    if do == "drop":
        outbox.give_up(number, now=seat.office.now, by=seat.user.username)
        return Text("Tidak jadi dikirim.", "Not to be sent.")
    raise Http404("nothing to do")


def _place(request: OfficeRequest) -> Text:
    """Place a text that belongs to no conversation, or put it away as read."""
    seat, said = request.seat, request.POST
    number = number_in(said.get("message", "")) or 0
    if not reading.is_unplaced(number, seat.area, seat.office):
        raise Http404("no such message")
    if said.get("do") == "read":
        act.settle(number, None, office=seat.office, by=seat.user.username)
        return Text("Ditandai sudah dibaca.", "Marked as read.")
    talk = reading.one(said.get("code", "").strip().lstrip("#")[:LONGEST_NUMBER], seat.office)
    if talk is None or not seat.sees(talk.village):
        raise Refused(act.NO_SUCH_TALK.at("code", code=said.get("code", "")[:LONGEST_NUMBER]))
    settled = act.settle(number, meant(said), code=talk.code, office=seat.office, by=seat.user.username)
    seat.note(Verb.ANSWER_ENTERED, subject=f"{talk.code} {area_text(talk.village)}")
    told = Text("Pesan masuk ke percakapan {code}.", "The message went to conversation {code}.")
    return Text(told.id.format(code=talk.code), told.en.format(code=talk.code)) if settled else told


def meant(said: Any) -> Reading:  # noqa: ANN401 - a form
    """Return what an officer says a message means; refuse where nothing was chosen."""
    intent = said.get("intent", "")
    if intent not in INTENT_TITLES or intent == UNSURE:
        raise Refused(NO_INTENT.at("intent"))
    day = said.get("weekday", "")
    people = number_in(said.get("people", ""))
    return Reading(intent, None, day if day in WEEKDAYS else None, said.get("place", "").strip()[:120] or None, people)


# --- what was asked --------------------------------------------------------------------------------------------------


def _wanted(said: Any, seat: Seat) -> Wanted:  # noqa: ANN401 - a query or a form
    """Return the part of the inbox a query names; one outside the seat's area is not there."""
    area = area_in(said, seat)
    state, channel = said.get("state", ""), said.get("channel", "")
    return Wanted(
        area, state if state in TALK_STATES else "", channel if channel in CHANNELS else "", bool(said.get("unread"))
    )


def _query(wanted: Wanted, **more: int | str) -> str:
    said: dict[str, int | str] = {
        "state": wanted.state,
        "channel": wanted.channel,
        "unread": 1 if wanted.unread else "",
        "area": area_text(wanted.area) if wanted.area else "",
    }
    return urlencode({name: value for name, value in (said | more).items() if value})


def _village(text: str, seat: Seat) -> int | None:
    number = area_number(text) if text else None
    if number is None:
        return None
    if not seat.sees(number) or not places.is_known_ever(number):
        raise Http404("no such village")
    return number
