"""What a village brings forward by itself: a wish for a visit with its people prepared, and a rompok that nobody knew of."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from jemput.domain import village_answers
from jemput.domain.outreach import WEEKDAYS
from jemput.domain.problems import Problem
from jemput.public.opened import Opened, linked, new_key
from jemput.public.pages import thanks_for


@linked
def request_visit(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Ask for a visit: a day, and the people prepared, by name or ticked in the list that a PIN opened."""
    names = opened.names if opened.key is not None else None
    pages = len(names["pages"]) if names else 0
    page = _page(request.POST.get("hal") or request.GET.get("hal", "1"), pages)
    ticked = [handle for handle in request.POST.getlist("h") if _is_handle(handle)]
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and "more" not in request.POST:
        read = village_answers.request(request.POST.dict(), ticked, opened.today)
        problems = read.problems
        if not problems:
            return thanks_for(request, opened, "request", read.content)
    elif "more" in request.POST:
        page = _page(str(page + 1), pages)
    people = opened.people(page)
    here = {one.handle for one in people}
    context = {
        "opened": opened,
        "people": people,
        "ticked": [handle for handle in ticked if handle not in here],
        "marked": set(ticked),
        "page": page,
        "pages": pages,
        "weekdays": WEEKDAYS.items(),
        "tomorrow": opened.today + timedelta(days=1),
        "said": request.POST,
        "problems": problems,
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "desa/request.html", context, status=422 if problems else 200)


@linked
def report_rompok(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Report a rompok: its name, how many people, the way there, and where it lies."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        read = village_answers.rompok(request.POST.dict())
        problems = read.problems
        if not problems:
            return thanks_for(request, opened, "rompok", read.content)
    context = {
        "opened": opened,
        "said": request.POST,
        "problems": problems,
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "desa/rompok.html", context, status=422 if problems else 200)


def _page(typed: str, pages: int) -> int:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1  # noqa: PLR2004 - pages
    return min(max(number, 1), max(pages, 1))


def _is_handle(text: str) -> bool:
    return len(text) == 16 and text.isascii() and text.isalnum()  # noqa: PLR2004 - as village_links.handle_of makes
