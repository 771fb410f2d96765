"""Siapa belum: the names behind the numbers, after the PIN that was told by telephone, and what the village says of each."""

from __future__ import annotations

import base64
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from jemput.domain.outreach import WORDS
from jemput.domain.problems import Text
from jemput.domain.village_answers import word
from jemput.domain.village_links import NAMES_MINUTES, Listed, pin_key, token_key, typed_pin
from jemput.public import kept
from jemput.public.giving import give_word, word_of
from jemput.public.kept import Answer
from jemput.public.opened import NAMES_COOKIE, Opened, linked, new_key, now

WRONG_PIN = Text("PIN itu salah. Sisa percobaan: {left}.", "That PIN is wrong. Tries left: {left}.")
PIN_SHAPE = Text("PIN terdiri dari enam angka.", "A PIN has six digits.")
LOCKED = Text(
    "Daftar nama terkunci karena PIN salah lima kali. Telepon Disdukcapil untuk PIN baru.",
    "The names are locked after five wrong PINs. Call the registration office for a new one.",
)


@linked
def pin(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Ask for the PIN; open the names for half an hour where it is right."""
    names = opened.names
    if names is None:
        return render(request, "desa/pin.html", {"opened": opened, "no_pin": True})
    onward = "minta" if (request.POST or request.GET).get("ke") == "minta" else "siapa"
    if opened.key is not None:
        return HttpResponseRedirect(f"{opened.path}{onward}/")
    problem = None
    with kept.reading(settings.PUBLIC_HOME) as db:
        left = kept.tries_left(db, opened.link.number, names["pin"])
    if request.method == "POST" and left > 0:
        typed = typed_pin(request.POST.get("pin", ""))
        if typed is None:
            problem = PIN_SHAPE
        elif key := _tried(opened, names["pin"], typed):
            return _opened_for(opened, key, HttpResponseRedirect(f"{opened.path}{onward}/"))
        else:
            left = _left(opened, names["pin"])
            problem = WRONG_PIN
    context = {
        "opened": opened,
        "problem": problem,
        "left": left,
        "onward": onward,
        "locked": LOCKED if left <= 0 else None,
        "minutes": NAMES_MINUTES,
    }
    return render(request, "desa/pin.html", context, status=422 if problem or left <= 0 else 200)


@linked
def who(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Show a page of names with what was said of each; keep what is said now."""
    names = opened.names
    if names is None or opened.key is None:
        return HttpResponseRedirect(f"{opened.path}pin/")
    pages = max(1, len(names["pages"]))
    typed = (request.POST or request.GET).get("hal", "1")
    page = min(max(int(typed), 1), pages) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1  # noqa: PLR2004 - pages
    people = opened.people(page)
    if request.method == "POST":
        saved = _save(request, opened, people)
        return HttpResponseRedirect(f"{opened.path}siapa/?hal={min(page + 1, pages)}&tersimpan={saved}")
    with kept.reading(settings.PUBLIC_HOME) as db:
        said = kept.words_of(db, opened.link.number)
    saved_now = request.GET.get("tersimpan", "")
    context = {
        "opened": opened,
        "people": [_row(opened, one, said.get(one.handle)) for one in people],
        "words": list(WORDS.items()),
        "titles": WORDS,
        "page": page,
        "pages": pages,
        "count": names["count"],
        "answered": len(said),
        "saved": int(saved_now) if saved_now.isascii() and saved_now.isdigit() and len(saved_now) < 4 else None,  # noqa: PLR2004 - a page
    }
    return render(request, "desa/who.html", context)


@linked
def close(request: HttpRequest, opened: Opened) -> HttpResponseBase:  # noqa: ARG001 - as every view is called
    """Close the names again on this telephone."""
    answer = HttpResponseRedirect(opened.path)
    answer.delete_cookie(NAMES_COOKIE, path=opened.path, samesite="Strict")
    return answer


def _tried(opened: Opened, pin_number: str, typed: str) -> bytes | None:
    """Try a PIN: the try is counted before it is looked at, and forgotten only where it was right."""
    with kept.writing(settings.PUBLIC_HOME) as db:
        if not kept.count_try(db, opened.link.number, pin_number, int(now().timestamp())):
            return None
    names = opened.names or {}
    key = opened.wrap(pin_key(typed, base64.b64decode(names["salt"]), token_key(opened.token)))
    if key is not None:
        with kept.writing(settings.PUBLIC_HOME) as db:
            kept.forget_tries(db, opened.link.number, pin_number)
    return key


def _left(opened: Opened, pin_number: str) -> int:
    with kept.reading(settings.PUBLIC_HOME) as db:
        return kept.tries_left(db, opened.link.number, pin_number)


def _opened_for(opened: Opened, key: bytes, answer: HttpResponseRedirect) -> HttpResponseRedirect:
    answer.set_cookie(
        NAMES_COOKIE,
        base64.urlsafe_b64encode(key).decode(),
        max_age=NAMES_MINUTES * 60,
        path=opened.path,
        httponly=True,
        samesite="Strict",
        secure=settings.CSRF_COOKIE_SECURE,
    )
    return answer


def _save(request: HttpRequest, opened: Opened, people: list[Listed]) -> int:
    """Keep what was said of the people of a page, all in one transaction; return how many have a word now."""
    saved = 0
    with kept.writing(settings.PUBLIC_HOME) as db:
        before = kept.words_of(db, opened.link.number)
        for one in people:
            said = word(request.POST.get(f"w.{one.handle}", ""), request.POST.get(f"n.{one.handle}", ""))
            held = before.get(one.handle)
            if held and held.state != "waiting":
                continue
            if said is None:
                kept.take_word_back(db, opened.link.number, one.handle)
            elif held and word_of(opened, held) == said:
                saved += 1
            else:
                saved += give_word(db, opened, one.handle, said, f"{new_key()}{one.handle}")
    return saved


def _row(opened: Opened, one: Listed, answer: Answer | None) -> dict[str, Any]:
    said = (word_of(opened, answer) if answer else None) or {}
    code = said.get("word", "")
    return {
        "one": one,
        "word": code,
        "title": WORDS.get(code),
        "note": said.get("note", ""),
        "taken": answer is not None and answer.state != "waiting",
    }
