"""Change a setting of the office; one that changes what is counted makes the movements anew."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from jemput.domain import recording
from jemput.domain.ids import area_number
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.queries.office import BY_NAME, RULE_SETTINGS, Office, office, rule_of, setting
from jemput.store import ledger, views
from jemput.store.models import Setting, SettingChange

NO_SUCH_SETTING = ProblemKind(
    "no_such_setting",
    Text("Tidak ada pengaturan “{name}”.", "There is no setting “{name}”."),
    Text("Yang ada: {names}.", "There are: {names}."),
)
BAD_VALUE = ProblemKind(
    "bad_value",
    Text("“{value}” tidak dapat dipakai untuk {name}.", "“{value}” cannot be used for {name}."),
    Text("Isinya: {meaning_id}.", "It takes: {meaning_en}."),
)
_TRUE = frozenset({"true", "yes", "ya", "1", "on"})
_FALSE = frozenset({"false", "no", "tidak", "0", "off"})


def set_setting(name: str, text: str, *, said_by: str = "") -> Any:  # noqa: ANN401 - a setting is whatever its kind says
    """Set a setting from what was typed; empty text returns it to its default. Refuse what it cannot be."""
    if name not in BY_NAME:
        raise Refused(NO_SUCH_SETTING.at(name=name, names=", ".join(BY_NAME)))
    value = BY_NAME[name].default if text == "" else _parsed(name, text)
    with transaction.atomic():
        ledger.lock()
        old = setting(name)
        if old != value:
            Setting.objects.update_or_create(pk=name, defaults={"value": value})
            now = office().now
            SettingChange.objects.create(name=name, old=old, new=value, changed_at=now, changed_by=said_by)
            if name in RULE_SETTINGS:
                views.rebuild_movements(rule_of(dict(Setting.objects.values_list("name", "value"))))
    return value


def learn_area(village: int, here: Office) -> None:
    """Set the office's area from the first list it takes, where nobody has set it."""
    if here.area is None:
        set_setting("office_area", f"{village // 10**8:02}.{village // 10**6 % 100:02}")


def _parsed(name: str, text: str) -> Any:  # noqa: ANN401 - a setting is whatever its kind says
    if name == "today":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise Refused(_bad(name, text)) from None
    if name == "office_area":
        if area_number(text) is None:
            raise Refused(_bad(name, text))
        return text
    if name == "count_blocked":
        if text.lower() not in _TRUE | _FALSE:
            raise Refused(_bad(name, text))
        return text.lower() in _TRUE
    codes = sorted({code.strip().upper() for code in text.split(",") if code.strip()})
    if unknown := [code for code in codes if code not in recording.BY_CODE]:
        raise Refused(_bad(name, ", ".join(unknown)))
    if not codes:
        raise Refused(_bad(name, text))
    return codes


def _bad(name: str, value: str) -> Problem:
    meaning = BY_NAME[name].meaning
    return BAD_VALUE.at(name, name=name, value=value, meaning_id=meaning.id, meaning_en=meaning.en)
