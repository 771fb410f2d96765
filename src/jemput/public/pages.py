"""The first pages of a link: the visit and its answer, who is missing in numbers, and what was recorded; the bare root."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render

from jemput.domain.outreach import PLACE_KINDS, VISIT_STATES, WEEKDAYS
from jemput.domain.problems import Problem, Text
from jemput.domain.village_answers import KINDS, VISIT_ANSWERS, text_for, told, visit_answer
from jemput.public import errors, kept
from jemput.public.giving import give, told_of
from jemput.public.kept import ZONE, Answer
from jemput.public.opened import Opened, linked, new_key, now, sent_key
from jemput.templating import language

DUSUN_SHOWN = 30
"""Dusun named on the first page; whoever has more sees the rest summed, so that the page keeps its weight."""
ANSWERS_SHOWN = 5
ANSWERS_A_DAY = 100
"""Answers of one link in a day, besides words about people (our choice: a busy village gives ten; a leaked link fills no disk)."""
WAITING = Text("menunggu jawaban desa", "waiting for the village's answer")
ANSWERABLE = frozenset({"asked", "confirmed", "draft", "refused"})
"""States of a visit in which the village may answer, or change its answer."""


def root(request: HttpRequest) -> HttpResponseBase:
    """Say what this is, and list nothing."""
    return render(request, "desa/root.html")


def robots(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - Django's own signature
    """Ask every search engine to stay away."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@linked
def start(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Show the visit, the numbers of who is missing, and the ways on."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _start(request, opened)


@linked
def answer(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Keep the answer to the visit."""
    if request.method != "POST":
        return HttpResponseRedirect(opened.path)
    kind = request.POST.get("answer", "")
    if kind not in VISIT_ANSWERS or not _is_answerable(opened):
        raise Http404
    read = visit_answer(kind, request.POST.dict(), opened.today)
    if read.problems:
        return _start(request, opened, kind, read.problems)
    return thanks_for(request, opened, kind, read.content)


def thanks_for(request: HttpRequest, opened: Opened, kind: str, content: dict[str, Any]) -> HttpResponseBase:
    """Keep an answer and lead to the page that says so; a form sent twice is one answer, unless it says another thing."""
    key = sent_key(request)
    day_ago = int((now() - timedelta(days=1)).timestamp())
    with kept.reading(settings.PUBLIC_HOME) as db:
        before = kept.answer_of(db, opened.link.number, key)
        is_full = kept.answered_since(db, opened.link.number, day_ago) >= ANSWERS_A_DAY
    if before is not None and (before.kind, told_of(opened, before)) != (kind, content):
        before, key = None, new_key()  # the browser's Back, and then another answer
    if before is None and is_full:
        return errors.too_many_answers(request)
    give(opened, kind, content, key)
    return HttpResponseRedirect(f"{opened.path}tercatat/{key}/")


@linked
def recorded(request: HttpRequest, opened: Opened, key: str) -> HttpResponseBase:
    """Show what was recorded and whether the office has it, to whoever sent it."""
    with kept.reading(settings.PUBLIC_HOME) as db:
        found = kept.answer_of(db, opened.link.number, key)
    content = told_of(opened, found) if found else None
    if found is None or content is None:
        raise Http404
    context = {"opened": opened, "rows": told(found.kind, content, language()), "one": _shown(found)}
    return render(request, "desa/recorded.html", context)


@linked
def message(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Offer every answer as a text to be sent by WhatsApp or SMS, where the page itself cannot be sent."""
    code, phone = str(opened.shown.get("code") or ""), str(opened.office.get("phone") or "")
    day = request.GET.get("hari", "")
    place = " ".join(request.GET.get("rompok", "").replace("#", " ").split())[:40]
    people = request.GET.get("orang", "")
    count = int(people) if people.isascii() and people.isdigit() and len(people) <= 4 else None  # noqa: PLR2004 - thousands
    texts = []
    if code:
        if opened.shown.get("visit"):
            texts = [(KINDS["confirm"], text_for("confirm", code)), (KINDS["refuse"], text_for("refuse", code))]
        if day in WEEKDAYS:
            texts.insert(1, (KINDS["other_day"], text_for("other_day", code, day=day)))
        if place:
            texts.append((KINDS["rompok"], text_for("rompok", code, place=place, people=count)))
    context = {
        "opened": opened,
        "phone": phone,
        "code": code,
        "texts": [(title, text, _whatsapp(phone, text), _sms(phone, text)) for title, text in texts],
        "weekdays": WEEKDAYS.items(),
        "day": day,
        "place": place,
        "people": people if count is not None else "",
    }
    return render(request, "desa/message.html", context)


def _start(
    request: HttpRequest, opened: Opened, kind: str = "", problems: tuple[Problem, ...] = ()
) -> HttpResponseBase:
    shown = opened.shown
    with kept.reading(settings.PUBLIC_HOME) as db:
        last = kept.answers_of(db, opened.link.number, ANSWERS_SHOWN)
    dusun = shown["numbers"]["dusun"]
    context = {
        "opened": opened,
        "visit": _visit(shown.get("visit")),
        "can_answer": _is_answerable(opened),
        "dusun": dusun[:DUSUN_SHOWN],
        "more": sum(count for _, count in dusun[DUSUN_SHOWN:]),
        "total": shown["numbers"]["total"],
        "last": [_shown(one) for one in last],
        "weekdays": WEEKDAYS.items(),
        "tomorrow": opened.today + timedelta(days=1),
        "kind": kind,
        "said": request.POST,
        "problems": problems,
        "key": new_key(),
    }
    return render(request, "desa/start.html", context, status=422 if problems else 200)


def _is_answerable(opened: Opened) -> bool:
    visit = opened.shown.get("visit")
    if not visit or visit["state"] not in ANSWERABLE:
        return False
    return not visit["on"] or date.fromisoformat(visit["on"]) >= opened.today


def _visit(visit: dict[str, Any] | None) -> dict[str, Any] | None:
    if visit is None:
        return None
    return {
        "where": _where(visit["kind"], visit["place"]),
        "on": date.fromisoformat(visit["on"]) if visit["on"] else None,
        "weekday": list(WEEKDAYS.values())[date.fromisoformat(visit["on"]).weekday()] if visit["on"] else None,
        "starts": visit["starts"],
        "ends": visit["ends"],
        "state": WAITING if visit["state"] in {"draft", "asked"} else VISIT_STATES.get(visit["state"]),
    }


def _where(kind: str, place: str) -> str:
    """Return where a visit is: its kind and its name, once where both say the same."""
    title = PLACE_KINDS[kind].say(language()) if kind in PLACE_KINDS else ""
    same = place.casefold() in {title.casefold(), PLACE_KINDS[kind].id.casefold() if kind in PLACE_KINDS else ""}
    return title if same or not place else f"{place} ({title})" if title else place


def _shown(one: Answer) -> dict[str, Any]:
    return {
        "title": KINDS[one.kind],
        "at": datetime.fromtimestamp(one.at, ZONE),
        "state": one.state,
        "taken_at": datetime.fromtimestamp(one.taken_at, ZONE) if one.taken_at else None,
    }


def _whatsapp(phone: str, text: str) -> str:
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text)}" if phone else f"https://wa.me/?text={quote(text)}"


def _sms(phone: str, text: str) -> str:
    return f"sms:{phone}?body={quote(text)}"
