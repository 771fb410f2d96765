"""The one table of pages: address, name, who may look, who may write. Addresses, menu and the tests of rights walk over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from jemput.domain.problems import Refused, Text
from jemput.domain.roles import Right, needs_second_factor
from jemput.office.seat import OfficeRequest, Seat
from jemput.store.models import User

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")
MENU = (
    ("coverage", "bridge", "reports"),
    ("people", "new-person", "statuses"),
    ("sweep", "visits", "talks", "settlements", "villages", "village-forms", "village-links"),
    ("proposals", "imports"),
    ("backups", "audit", "settings", "users"),
)
"""The pages of the menu by name: the number, the people, going out, the work that comes in, the keeping."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `right` opens it (none: everybody signed in), `write` allows a POST."""

    route: str
    name: str
    title: Text
    view: View
    right: Right | None
    write: Right | None
    posts: bool


PAGES: dict[str, Page] = {}


def page(
    route: str,
    name: str,
    *,
    title: Text,
    right: Right | None,
    write: Right | None = None,
    posts: bool = False,
) -> Callable[[View], View]:
    """Register a view as a page. `posts` marks a form that only reads (a reason asked, an own account): `right` is enough."""

    def register(view: View) -> View:
        def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - whatever the route says
            return _guarded(PAGES[name], view, request, args, kwargs)

        PAGES[name] = Page(route, name, title, serve, right, write, posts or write is not None)
        return serve

    return register


def addresses() -> list[URLPattern]:
    """Return the addresses of every page; a fixed one goes before one that takes any word in its place."""
    fixed_first = sorted(PAGES.values(), key=lambda one: "<" in one.route)
    return [path(page.route, page.view, name=page.name) for page in fixed_first]


def menu_of(seat: Seat) -> list[list[Page]]:
    """Return the pages a person may open, group by group, in the order of MENU."""
    groups = [[PAGES[name] for name in names] for names in MENU]
    mine = [[one for one in group if one.right is None or seat.may(one.right)] for group in groups]
    return [group for group in mine if group]


def _guarded(
    page: Page, view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    user = request.user
    if not isinstance(user, User):
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
    seat = Seat(user, request.META.get("REMOTE_ADDR", ""))
    request.seat = seat  # type: ignore[attr-defined]  # OfficeRequest from here on
    if needs_second_factor(seat.role) and not user.is_verified():  # type: ignore[attr-defined]  # OTPMiddleware's
        return redirect(f"{reverse('second-factor')}?{urlencode({'next': request.get_full_path()})}")
    if page.right is not None:
        if user.must_change_password:
            return redirect("own-password")
        if not seat.may(page.right):
            raise PermissionDenied(page.name)
    if request.method not in READING:
        if not page.posts:
            return HttpResponseNotAllowed(READING)
        if page.write is not None and not seat.may(page.write):
            raise PermissionDenied(page.name)
    try:
        return view(request, *args, **kwargs)
    except Refused as refused:
        return refusal(request, refused)


def refusal(request: HttpRequest | OfficeRequest, refused: Refused) -> HttpResponse:
    """Return the page that says why something was refused and what to do next."""
    return render(request, "office/refused.html", {"problems": refused.problems}, status=422)
