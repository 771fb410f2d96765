"""Each visit of the public pages: how often somebody may ask, the language, and what every answer carries.

Counts stand in the database, so that a restart forgets nothing; of an address only a keyed hash is kept, for two minutes.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from jemput.public import errors, kept
from jemput.public.files import addresses

LANGUAGE_COOKIE = "bahasa"
YEAR_S = 365 * 24 * 3600
A_MINUTE = 120
"""Requests of one address in a minute (our choice: a whole village office behind one address reads no faster)."""
LARGEST_FORM = 64 * 1024
"""Bytes of a form: two hundred names and a page of words stay below."""
EXCHANGE = "/tukar/"


class GuardMiddleware:
    """Hold every visitor to a measure; answer in their language; keep what is answered out of caches and search engines."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request; refuse a host that is not ours."""
        request.get_host()
        chosen = request.GET.get("bahasa", "")
        said = chosen or request.COOKIES.get(LANGUAGE_COOKIE, "")
        with translation.override("en" if said == "en" else "id"):
            answer = self._answer(request)
            answer.headers["Content-Language"] = translation.get_language()
        if chosen in {"id", "en"}:
            answer.set_cookie(
                LANGUAGE_COOKIE,
                chosen,
                max_age=YEAR_S,
                samesite="Lax",
                secure=settings.CSRF_COOKIE_SECURE,
                httponly=True,
            )
        answer.headers.setdefault("Cache-Control", "private, no-store")
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.path != EXCHANGE and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FORM:
            return errors.too_large(request)
        if is_too_often(f"address {address_of(request)}", A_MINUTE):
            return errors.too_many(request)
        return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from: behind a server for TLS, what that server says last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.CSRF_COOKIE_SECURE else ""
    return forwarded.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def is_too_often(about: str, most: int) -> bool:
    """Count one more request about something; True where there were more than `most` within this minute."""
    bucket = hmac.digest(settings.SECRET_KEY.encode(), about.encode(), "sha256").hex()[:24]
    with kept.writing(settings.PUBLIC_HOME) as db:
        return kept.count_request(db, bucket, int(time.time())) > most


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template the language, its files and the way to the other language."""
    language = translation.get_language()
    other = "id" if language == "en" else "en"
    asked = request.GET.copy()
    asked["bahasa"] = other
    with kept.reading(settings.PUBLIC_HOME) as db:
        office = kept.office_said(db)
    return {
        "opened": None,
        "office": office,
        "language": language,
        "other": other,
        "other_address": f"{request.path}?{asked.urlencode()}"
        if request.method == "GET"
        else f"{request.path}?bahasa={other}",
        "files": addresses(),
    }


def plain(text: str, status: int) -> HttpResponse:
    """Return a sentence as plain text, for another program."""
    return HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8")
