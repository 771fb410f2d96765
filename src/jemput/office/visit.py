"""Each visit: the language it is answered in, the session that ends when nobody uses it, and the frame around a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from jemput.office.pages import PAGES, menu_of
from jemput.store.models import User

LANGUAGE_COOKIE = "bahasa"
SEEN = "seen"
NOTED_EVERY_S = 60
"""A session's last use is noted to the minute: one write a minute, not one a page."""


class VisitMiddleware:
    """Answer in the visitor's language; end a session left alone; keep pages with data out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        signed_in = isinstance(request.user, User)
        if signed_in and _is_left_alone(request):
            logout(request)
            request.user.is_verified = lambda: False  # type: ignore[union-attr]  # as OTPMiddleware leaves a visitor
            signed_in = False
        language = _language(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if signed_in:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template the menu, the page it is and who reads it."""
    seat = getattr(request, "seat", None)
    match = request.resolver_match
    here = PAGES.get(match.url_name or "") if match else None
    return {
        "seat": seat,
        "menu": menu_of(seat) if seat else [],
        "here": here,
        "language": translation.get_language(),
    }


def _language(request: HttpRequest) -> str:
    said = request.user.language if isinstance(request.user, User) else request.COOKIES.get(LANGUAGE_COOKIE, "")
    return "en" if said == "en" else "id"


def _is_left_alone(request: HttpRequest) -> bool:
    now = time.time()
    seen = request.session.get(SEEN)
    if seen is not None and now - seen > settings.SESSION_IDLE_MINUTES * 60:
        return True
    if seen is None or now - seen > NOTED_EVERY_S:
        request.session[SEEN] = now
    return False
