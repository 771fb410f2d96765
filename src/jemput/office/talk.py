"""One conversation: everything said as a thread, and what an officer does: ask, log a call, enter an answer, agree, close."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from jemput.actions import conversations as act
from jemput.actions.conversations import ASKS_BY, address_for, question, take_answer
from jemput.channels import links
from jemput.domain.audit import Verb
from jemput.domain.ids import area_text
from jemput.domain.message_texts import sms_parts
from jemput.domain.outreach import CHANNELS, TALK_STATES, WEEKDAYS
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.letters.confirmation import confirmation_letter
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.talks import INTENTS, decide, link_of, meant
from jemput.office.wanted import number_in
from jemput.queries import aparat
from jemput.queries import conversations as reading
from jemput.queries.conversations import Talk
from jemput.queries.office import setting
from jemput.store.models import Conversation

LONGEST_NUMBER = 12
ASKING = tuple(code for code in CHANNELS if code in ASKS_BY)
"""Channels to ask by, in the order of the table."""
TYPED_IN = ("telephone", "letter", "in_person", "whatsapp", "sms", "email")
"""Channels whose words an officer types in."""
BAD_DAY = ProblemKind(
    "talk_day_unreadable",
    Text("“{found}” bukan tanggal.", "“{found}” is not a day."),
    Text("Pilih tanggalnya.", "Choose the day."),
)
DAY_GONE = ProblemKind(
    "talk_day_gone",
    Text("{found} sudah lewat.", "{found} has gone by."),
    Text("Pilih hari yang akan datang.", "Choose a day to come."),
)
FIELDS = {"state": Text("keadaan", "state"), "day": Text("hari", "day"), "note": Text("catatan", "note")}
FIELDS["contact_id"] = Text("kontak", "contact")


@page(
    "koordinasi/<str:code>/",
    "talk",
    title=Text("Percakapan", "Conversation"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def talk(request: OfficeRequest, code: str) -> HttpResponseBase:
    """Show a conversation; do one thing in it."""
    seat = request.seat
    one = _one(seat, code)
    if request.method != "POST":
        return _shown(request, one)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        return redirect("talk", code=one.code)
    try:
        done = step(request, one)
    except Refused as refused:
        return _shown(request, _one(seat, code), refused.problems)
    messages.success(request, done.say(seat.language))
    return HttpResponseRedirect(reverse("talk", args=[one.code]))


@page(
    "koordinasi/<str:code>/surat.pdf",
    "talk-letter",
    title=Text("Surat konfirmasi", "Letter asking for the day"),
    right=Right.OUTREACH,
)
def letter(request: OfficeRequest, code: str) -> HttpResponseBase:
    """Hand out the letter that asks for the day, with its code to scan and boxes to tick."""
    seat = request.seat
    one = _one(seat, code)
    seat.note(Verb.LETTER_MADE, subject=f"konfirmasi {one.code}")
    pdf = confirmation_letter(one, seat.office)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="konfirmasi-{one.code}.pdf"'
    return answer


def _shown(request: OfficeRequest, one: Talk, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    seat, said = request.seat, request.POST if problems else request.GET
    row = Conversation.objects.select_related("visit", "contact").get(pk=one.id)
    text = question(row, seat.office, again=one.state == "asked").id
    body = said.get("body", "") if problems and said.get("step") == "ask" else text
    lines = reading.thread(one)
    contact = one.contact
    context = {
        "talk": one,
        "problems": problems,
        "lines": [(line, link_of(line) if line.state == "draft" else "") for line in lines],
        "waits": [line for line in lines if line.direction == "in" and line.state == "received"],
        "asking": [(code, CHANNELS[code], address_for(row.contact, code)) for code in ASKING],
        "channel": said.get("channel", "") or one.channel,
        "body": body,
        "parts": sms_parts(body),
        "letters": len(body),
        "gateway": bool(setting("sms_gateway_url")),
        "contacts": aparat.contacts_of(one.village),
        "call": links.telephone(contact.phone) if contact and contact.phone else "",
        "intents": INTENTS,
        "weekdays": WEEKDAYS,
        "typed_in": [(code, CHANNELS[code]) for code in TYPED_IN],
        "days": _days(one, seat.office.today),
        "may_accept": one.state in {"other_day", "confirmed", "refused", "asked", "silent"},
        "history": [
            (entry, FIELDS[entry.field], _word(entry.field, entry.old), _word(entry.field, entry.new))
            for entry in reading.history(one)
            if entry.field in FIELDS
        ],
        "said": said,
        "key": secrets.token_hex(8),
    }
    return render(request, "office/talk.html", context, status=422 if problems else 200)


def _days(one: Talk, today: date) -> list[date]:
    """Return days an officer may agree to: the one asked for, and the same weekday in the weeks after."""
    first = one.day or one.visit_on
    if first is None:
        return []
    return [day for weeks in range(4) if (day := first + timedelta(weeks=weeks)) >= today]


def _word(field: str, value: str) -> Text:
    return TALK_STATES.get(value, Text(value, value)) if field == "state" else Text(value, value)


# --- done ------------------------------------------------------------------------------------------------------------


def _ask(request: OfficeRequest, one: Talk) -> Text:
    seat, said = request.seat, request.POST
    made = act.ask(
        _row(one),
        said.get("channel", ""),
        said.get("body", "").replace("\x00", ""),
        on=_day(said.get("on", ""), seat),
        again=one.state == "asked" and not said.get("on"),
        key=_key(said, "ask", one),
        office=seat.office,
        clock=seat.clock,
        by=seat.user.username,
    )
    seat.note(Verb.VILLAGE_ASKED, subject=f"{one.code} {area_text(one.village)} {made.channel}")
    if made.state == "queued":
        return Text("Antre kirim.", "Queued.")
    return Text(
        "Siap dikirim: buka tautannya di bawah, lalu tandai.", "Ready: open the link below, then mark it as sent."
    )


def _call(request: OfficeRequest, one: Talk) -> Text:
    seat, said = request.seat, request.POST
    reached = said.get("intent", "") != "none"
    act.log_call(
        _row(one),
        reading=meant(said) if reached else None,
        note=said.get("note", "").replace("\x00", ""),
        said_by=said.get("said_by", "").replace("\x00", "").strip()[:120],
        key=_key(said, "call", one),
        office=seat.office,
        by=seat.user.username,
    )
    seat.note(Verb.ANSWER_ENTERED, subject=f"{one.code} {area_text(one.village)} telephone")
    return Text("Telepon tercatat.", "The call was entered.")


def _answer(request: OfficeRequest, one: Talk) -> Text:
    """Enter what came on paper, by telephone or to one's face."""
    seat, said = request.seat, request.POST
    channel = said.get("by", "")
    if channel == "telephone":
        return _call(request, one)
    made = take_answer(
        code=one.code,
        reading=meant(said),
        channel=channel if channel in TYPED_IN else "in_person",
        address="",
        body=said.get("note", "").replace("\x00", ""),
        key=_key(said, "typed", one) or f"typed {one.code} {seat.clock.isoformat()}",
        at=seat.office.now,
        said_by=said.get("said_by", "").replace("\x00", "").strip()[:120],
        office=seat.office,
        by=seat.user.username,
    )
    seat.note(Verb.ANSWER_ENTERED, subject=f"{one.code} {area_text(one.village)} {made.channel}")
    if made.state == "received":
        return Text(
            "Tersimpan, tetapi belum dapat dicatat: lihat sebabnya di percakapan.",
            "Kept, but it could not be entered: see why in the thread.",
        )
    return Text("Jawaban tercatat.", "The answer was entered.")


def _settle(request: OfficeRequest, one: Talk) -> Text:
    """Answer for a message of this conversation that waits."""
    seat, said = request.seat, request.POST
    number = number_in(said.get("message", ""))
    if number is None or not any(line.id == number for line in reading.thread(one)):
        raise Http404("no such message")
    if said.get("do") == "read":
        act.settle(number, None, office=seat.office, by=seat.user.username)
        act.mark_read(_row(one), office=seat.office, by=seat.user.username)
        return Text("Ditandai sudah dibaca.", "Marked as read.")
    act.settle(number, meant(said), office=seat.office, by=seat.user.username)
    act.mark_read(_row(one), office=seat.office, by=seat.user.username)
    seat.note(Verb.ANSWER_ENTERED, subject=f"{one.code} {area_text(one.village)}")
    return Text("Jawaban tercatat.", "The answer was entered.")


def _message(request: OfficeRequest, one: Talk) -> Text:
    number = number_in(request.POST.get("message", ""))
    if number is None or not any(line.id == number and line.direction == "out" for line in reading.thread(one)):
        raise Http404("no such message")
    return decide(request.seat, number, request.POST.get("do", ""))


def _accept(request: OfficeRequest, one: Talk) -> Text:
    seat, said = request.seat, request.POST
    day = _day(said.get("other", ""), seat) or _day(said.get("on", ""), seat)
    channel = said.get("channel", "")
    told = act.accept_day(
        _row(one),
        day,
        office=seat.office,
        clock=seat.clock,
        by=seat.user.username,
        channel=channel if channel in ASKS_BY else "",
        key=_key(said, "agreed", one),
    )
    seat.note(
        Verb.ANSWER_ENTERED, subject=f"{one.code} {area_text(one.village)}", reason=day.isoformat() if day else ""
    )
    if told is None:
        return Text("Harinya disetujui. Desa belum diberi tahu.", "The day is agreed. The village has not been told.")
    return Text("Harinya disetujui; kabarnya ada di percakapan.", "The day is agreed; the news is in the thread.")


def _read(request: OfficeRequest, one: Talk) -> Text:
    act.mark_read(_row(one), office=request.seat.office, by=request.seat.user.username)
    return Text("Ditandai sudah dibaca.", "Marked as read.")


def _close(request: OfficeRequest, one: Talk) -> Text:
    seat = request.seat
    note = request.POST.get("note", "").replace("\x00", "")
    act.close_conversation(_row(one), note, office=seat.office, by=seat.user.username)
    return Text("Percakapan selesai.", "The conversation is closed.")


def _reopen(request: OfficeRequest, one: Talk) -> Text:
    act.reopen(_row(one), office=request.seat.office, by=request.seat.user.username)
    return Text("Percakapan dibuka lagi.", "The conversation is open again.")


def _contact(request: OfficeRequest, one: Talk) -> Text:
    """Say with whom the office talks."""
    seat = request.seat
    act.set_contact(_row(one), number_in(request.POST.get("contact", "")), office=seat.office, by=seat.user.username)
    return Text("Kontak diganti.", "The contact was changed.")


STEPS: dict[str, Callable[[OfficeRequest, Talk], Text]] = {
    "ask": _ask,
    "answer": _answer,
    "settle": _settle,
    "message": _message,
    "accept": _accept,
    "read": _read,
    "close": _close,
    "reopen": _reopen,
    "contact": _contact,
}


# --- how -------------------------------------------------------------------------------------------------------------


def _one(seat: Seat, code: str) -> Talk:
    found = reading.one(code[:LONGEST_NUMBER], seat.office)
    if found is None or not seat.sees(found.village):
        raise Http404("no such conversation")
    return found


def _row(one: Talk) -> Conversation:
    return Conversation.objects.select_related("visit", "contact").get(pk=one.id)


def _day(text: str, seat: Seat) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(BAD_DAY.at("on", found=text[:40])) from None
    if day < seat.office.today:
        raise Refused(DAY_GONE.at("on", found=day.isoformat()))
    return day


def _key(said: Any, what: str, one: Talk) -> str | None:  # noqa: ANN401 - a form
    """Return the key a form carries, so that two clicks are one."""
    key = said.get("key", "").replace("\x00", "")[:64]
    return f"{what} {one.code} {key}" if key else None
