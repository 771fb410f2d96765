"""Each visit: the language it is answered in, the session that ends when nobody uses it, and the frame around a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from jemput.office.errors import busy
from jemput.office.pages import PAGES, menu_of
from jemput.store.models import User

LANGUAGE_COOKIE = "bahasa"
OPENED_AT = "opened_at"
"""When somebody signed in, kept in the session, in seconds since 1970."""
MANY = 1_000
_STARTED = time.monotonic()
_last_use: dict[str, float] = {}
"""When this process last saw each session. In memory: a page must never wait for the write lock that a large import holds."""


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

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say in words that the database is busy, as while a whole register is imported."""
        return busy(request) if isinstance(exception, OperationalError) and "locked" in str(exception) else None


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
    """Tell whether nobody used the session for too long, and note this use."""
    now, idle = time.monotonic(), settings.SESSION_IDLE_MINUTES * 60
    key = request.session.session_key or ""
    if now - _last_use.get(key, _before(request, now, idle)) > idle:
        _last_use.pop(key, None)
        return True
    _last_use[key] = now
    if len(_last_use) > MANY:
        for old in [one for one, seen in _last_use.items() if now - seen > idle]:
            _last_use.pop(old, None)
    return False


def _before(request: HttpRequest, now: float, idle: float) -> float:
    """Return when a session that this process never saw was last in use: just now if it was just opened.

    Any other may have been in use until this process began.
    """
    is_new = time.time() - request.session.get(OPENED_AT, 0) < idle
    return now if is_new else _STARTED
