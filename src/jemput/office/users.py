"""Pengguna: who may sign in, in which role, for which area; and the way back in for whoever lost it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from jemput.actions import users as accounts
from jemput.domain.ids import AREA_CODE, area_number
from jemput.domain.problems import Problem, Refused, Text
from jemput.domain.roles import RIGHT_TITLES, ROLES, Right
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest
from jemput.queries import places
from jemput.queries.users import accounts as all_accounts
from jemput.store.models import User
from jemput.templating import language

SAVED = Text("Perubahan akun {name} disimpan; sesinya berakhir.", "The account {name} was changed; its sessions ended.")
UNLOCKED = Text("Kunci {name} dibuka.", "{name} was unlocked.")
FACTORS_GONE = Text(
    "Faktor kedua {name} dilepas; ia memasang yang baru saat masuk.",
    "The second factors of {name} were taken off; a new one is set at the next sign-in.",
)


@page(
    "pengguna/",
    "users",
    title=Text("Pengguna", "Users"),
    right=Right.USERS,
    write=Right.USERS,
)
def users(request: OfficeRequest) -> HttpResponseBase:
    """List the accounts; add one."""
    seat = request.seat
    problems: list[Problem] = []
    if request.method == "POST":
        said = request.POST
        try:
            user, password = accounts.add_user(
                said.get("username", ""),
                full_name=said.get("full_name", ""),
                role=said.get("role", ""),
                area=_area(said.get("area", "")),
                office_area=seat.office.area,
                by=seat.actor,
                at=seat.clock,
            )
        except Refused as refused:
            problems.extend(refused.problems)
        else:
            return _first_password(request, user, password)
    context = {
        "accounts": all_accounts(),
        "problems": problems,
        "said": request.POST,
        "roles": ROLES,
        "rights": [(kind, [RIGHT_TITLES[right] for right in Right if right in kind.rights]) for kind in ROLES],
        "areas": places.children(seat.office.area, seat.office.today) if seat.office.area else [],
    }
    return render(request, "office/users.html", context, status=422 if problems else 200)


@page(
    "pengguna/<int:account>/",
    "user",
    title=Text("Akun", "Account"),
    right=Right.USERS,
    write=Right.USERS,
)
def user(request: OfficeRequest, account: int) -> HttpResponseBase:
    """Show one account; change it, or help its owner back in."""
    seat = request.seat
    found = get_object_or_404(User, pk=account)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _act(request, found)
        except Refused as refused:
            problems.extend(refused.problems)
            found.refresh_from_db()
    shown = next(one for one in all_accounts() if one.user.pk == found.pk)
    context = {
        "account": shown,
        "problems": problems,
        "roles": ROLES,
        "areas": places.children(seat.office.area, seat.office.today) if seat.office.area else [],
    }
    return render(request, "office/user.html", context, status=422 if problems else 200)


def _act(request: OfficeRequest, found: User) -> HttpResponse:
    seat, said = request.seat, request.POST
    match said.get("do"):
        case "password":
            return _first_password(request, found, accounts.reset_password(found, by=seat.actor, at=seat.clock))
        case "factors":
            accounts.remove_second_factors(found, by=seat.actor, at=seat.clock)
            _tell(request, FACTORS_GONE, found)
        case "unlock":
            accounts.unlock(found, by=seat.actor, at=seat.clock)
            _tell(request, UNLOCKED, found)
        case _:
            accounts.change_user(
                found,
                full_name=said.get("full_name", ""),
                role=said.get("role", ""),
                area=_area(said.get("area", "")),
                active=bool(said.get("active")),
                office_area=seat.office.area,
                by=seat.actor,
                at=seat.clock,
            )
            _tell(request, SAVED, found)
    return redirect("users") if found.pk != seat.user.pk else redirect("sign-in")


def _first_password(request: OfficeRequest, user: User, password: str) -> HttpResponse:
    return render(request, "office/first_password.html", {"account": user, "password": password})


def _tell(request: OfficeRequest, sentence: Text, user: User) -> None:
    messages.success(request, sentence.say(language(), {"name": user.full_name}))


def _area(text: str) -> int | None:
    if not text.strip():
        return None
    number = area_number(text)
    if number is None:
        raise Refused(AREA_CODE.at("area", found=text))
    return number
