"""A link as somebody opened it: found by its token, not ended, not run out, not asked too often; and the names, where a PIN opened them."""

from __future__ import annotations

import base64
import binascii
import functools
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from jemput.domain.village_links import KEY_BYTES, Listed, canonical, read_page, token_hash, unseal
from jemput.public import errors, kept
from jemput.public.guard import address_of, is_too_often
from jemput.public.kept import Link

NAMES_COOKIE = "nama"
A_LINK_A_MINUTE = 60
"""Requests of one address to one link in a minute: a page a second (our choice)."""
WRONG_A_MINUTE = 15
"""Tokens that are none, tried from one address in a minute; at 2^85 tokens it is patience that is limited, not luck."""

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Opened:
    """One link in use: its token, what the office sent, the office's day, and the key of the names or None."""

    token: str
    link: Link
    office: dict[str, Any]
    today: date
    key: bytes | None

    @property
    def shown(self) -> dict[str, Any]:
        """What the office sent for this link."""
        return self.link.shown

    @property
    def path(self) -> str:
        """The address of the link's first page."""
        return f"/{self.token}/"

    @property
    def names(self) -> dict[str, Any] | None:
        """The sealed names, None where no PIN was made."""
        names: dict[str, Any] | None = self.shown.get("names")
        return names

    def people(self, page: int) -> list[Listed]:
        """Return the people of a page, from 1; empty without the key."""
        names = self.names
        if names is None or self.key is None or not 1 <= page <= len(names["pages"]):
            return []
        sealed = base64.b64decode(names["pages"][page - 1])
        text = unseal(self.key, sealed, f"names {self.link.number}")
        return read_page(text) if text is not None else []

    def wrap(self, of_pin: bytes) -> bytes | None:
        """Return the key of the names, opened with what a PIN gives; None where the PIN is wrong."""
        names = self.names
        return unseal(of_pin, base64.b64decode(names["wrapped"]), f"key {self.link.number}") if names else None


def linked(view: View) -> View:
    """Give a view its link; a token that is none, was ended or was never made is answered alike."""

    @functools.wraps(view)
    def serve(request: HttpRequest, token: str, **more: object) -> HttpResponseBase:
        letters = canonical(token)
        if letters and letters != token:
            return HttpResponseRedirect(request.get_full_path().replace(token, letters, 1))
        if is_too_often(f"link {address_of(request)} {letters}", A_LINK_A_MINUTE):
            return errors.too_many(request)
        found = _found(request, letters) if letters else None
        if found is None:
            if is_too_often(f"wrong {address_of(request)}", WRONG_A_MINUTE):
                return errors.too_many(request)
            raise Http404
        if found.link.expires_on < found.today:
            return errors.expired(request)
        return view(request, found, **more)

    return serve


def new_key() -> str:
    """Return a key for a form, so that what is sent twice is kept once."""
    return secrets.token_hex(12)


def sent_key(request: HttpRequest) -> str:
    """Return the key a form came with; a new one where there is none that could be one."""
    said = request.POST.get("key", "")
    return said if len(said) == 24 and said.isascii() and said.isalnum() else new_key()  # noqa: PLR2004 - as new_key makes


def now() -> datetime:
    """Return the true time."""
    return datetime.now(UTC)


def _found(request: HttpRequest, token: str) -> Opened | None:
    with kept.reading(settings.PUBLIC_HOME) as db:
        link = kept.link_of(db, token_hash(token))
        if link is None:
            return None
        return Opened(token, link, kept.office_said(db), kept.today(db, now()), _key(request, link))


def _key(request: HttpRequest, link: Link) -> bytes | None:
    """Return the key of the names that the cookie carries, None where it opens nothing here."""
    try:
        key = base64.urlsafe_b64decode(request.COOKIES.get(NAMES_COOKIE, ""))
    except (binascii.Error, ValueError):
        return None
    names = link.shown.get("names")
    if len(key) != KEY_BYTES or not names or not names["pages"]:
        return None
    is_right = unseal(key, base64.b64decode(names["pages"][0]), f"names {link.number}") is not None
    return key if is_right else None
