"""Pengaturan: what the office sets once, with who changed what and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions.settings import set_settings
from jemput.domain import recording
from jemput.domain.audit import Verb
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.domain.typed import as_typed
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest
from jemput.queries.office import (
    BY_NAME,
    MAIL_SECURITY,
    PAPERS,
    RULE_SETTINGS,
    SETTING_GROUPS,
    SETTINGS,
    SettingKind,
    setting,
    shown,
)
from jemput.store.models import SettingChange
from jemput.templating import language, written

Widget = Literal["line", "lines", "yes_or_no", "statuses", "day", "choice", "secret"]
CHOICES = {"paper": PAPERS, "smtp_security": MAIL_SECURITY}
"""Settings that are one of a few words."""
CHANGES_SHOWN = 50
DAYS = frozenset({"today", "election_on"})
"""Settings that are a day."""
NOT_UNDERSTOOD = ProblemKind(
    "rule_change_not_confirmed",
    Text(
        "Pengaturan ini mengubah arti setiap angka yang belum ditutup.",
        "This setting changes what every figure that is not closed means.",
    ),
    Text(
        "Centang bahwa Anda memahaminya; hitungan yang sudah ditutup tetap.",
        "Tick that you understand; closed counts stay as they are.",
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as the form shows it."""

    kind: SettingKind
    typed: str
    widget: Widget
    default: str
    problem: Problem | None = None
    choices: tuple[str, ...] = ()


@page(
    "pengaturan/",
    "settings",
    title=Text("Pengaturan", "Settings"),
    right=Right.SETTINGS,
    write=Right.SETTINGS,
)
def settings(request: OfficeRequest) -> HttpResponseBase:
    """Show every setting by group; change a group."""
    problems: tuple[Problem, ...] = ()
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = _typed(request)
        try:
            changed = _save(request, typed)
        except Refused as refused:
            problems = refused.problems
        else:
            said = (
                Text("Tersimpan: {n} pengaturan berubah.", "Saved: {n} settings changed.").say(
                    language(), {"n": len(changed)}
                )
                if changed
                else Text("Tidak ada yang berubah.", "Nothing changed.").say(language())
            )
            messages.success(request, said)
            return redirect("settings")
    groups = [
        (code, title, [_shown(kind, typed, problems) for kind in SETTINGS if kind.group == code])
        for code, title in SETTING_GROUPS.items()
    ]
    changes = SettingChange.objects.order_by("-id")[:CHANGES_SHOWN]
    context = {
        "groups": [group for group in groups if group[2]],
        "problems": problems,
        "statuses": recording.STATUSES,
        "group_sent": request.POST.get("group", ""),
        "changes": [
            (change, _meaning(change.name), _said(change.name, change.old), _said(change.name, change.new))
            for change in changes
        ],
    }
    return render(request, "office/settings.html", context, status=422 if problems else 200)


def _meaning(name: str) -> Text:
    return BY_NAME[name].meaning if name in BY_NAME else Text(name, name)


def _typed(request: OfficeRequest) -> dict[str, str]:
    said = request.POST
    group = said.get("group", "")
    typed = {}
    for kind in SETTINGS:
        if kind.group != group:
            continue
        if kind.is_secret:  # what is set is not shown, so an empty field keeps it
            if said.get(f"{kind.name}.forget") or said.get(kind.name, "").strip():
                typed[kind.name] = "" if said.get(f"{kind.name}.forget") else said[kind.name].strip()
        elif isinstance(kind.default, list) and said.get(f"{kind.name}.many"):
            typed[kind.name] = ", ".join(said.getlist(kind.name)) or ","
        elif kind.name in said:
            typed[kind.name] = said[kind.name].strip()
    return typed


def _said(name: str, value: object) -> str:
    """Return a setting's value as the reader's language writes it."""
    if isinstance(value, bool):
        return written(value)
    try:
        return written(date.fromisoformat(str(value))) if value and name in DAYS else as_typed(value)
    except ValueError:
        return as_typed(value)


def _save(request: OfficeRequest, typed: dict[str, str]) -> list[str]:
    seat = request.seat
    before = {name: as_typed(shown(name)) for name in typed}
    rules = [name for name in typed if name in RULE_SETTINGS and _differs(name, typed[name])]
    if rules and not request.POST.get("understood"):
        raise Refused(*(NOT_UNDERSTOOD.at(name) for name in rules))
    changed = set_settings(typed, said_by=seat.user.username)
    for name in changed:
        seat.note(Verb.SETTING_CHANGED, subject=name, reason=f"{before[name]} → {as_typed(shown(name))}")
    return changed


def _differs(name: str, text: str) -> bool:
    kind = next(kind for kind in SETTINGS if kind.name == name)
    try:
        return bool(kind.read(text) != setting(name))
    except ValueError:
        return False


def _shown(kind: SettingKind, typed: dict[str, str], problems: tuple[Problem, ...]) -> Shown:
    return Shown(
        kind,
        as_typed(shown(kind.name)) if kind.is_secret else typed.get(kind.name, as_typed(setting(kind.name))),
        _widget(kind),
        as_typed(kind.default),
        next((problem for problem in problems if problem.column == kind.name), None),
        CHOICES.get(kind.name, ()),
    )


def _widget(kind: SettingKind) -> Widget:
    if kind.name == "counted_statuses":
        return "statuses"
    if kind.is_secret:
        return "secret"
    if kind.name in CHOICES:
        return "choice"
    if isinstance(kind.default, bool):
        return "yes_or_no"
    if isinstance(kind.default, list):
        return "lines"
    return "day" if kind.name in DAYS else "line"
