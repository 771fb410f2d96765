"""Change a setting of the office; one that changes what is counted makes the movements anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.queries.office import BY_NAME, HIDDEN, RULE_SETTINGS, Office, office, rule_of, setting, shown_as
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


def set_setting(name: str, text: str, *, said_by: str = "") -> Any:  # noqa: ANN401 - a setting is whatever its kind says
    """Set a setting from what was typed; empty text returns it to its default. Refuse what it cannot be."""
    set_settings({name: text}, said_by=said_by)
    return setting(name)


def set_settings(typed: Mapping[str, str], *, said_by: str = "") -> list[str]:
    """Set settings from what was typed, all or none; return the names of those that changed.

    Refuse every one that cannot be, together, so that all can be mended at once.
    """
    values, problems = {}, []
    for name, text in typed.items():
        if name not in BY_NAME:
            raise Refused(NO_SUCH_SETTING.at(name=name, names=", ".join(BY_NAME)))
        try:
            values[name] = BY_NAME[name].default if text == "" else BY_NAME[name].read(text)
        except ValueError as wrong:
            problems.append(_bad(name, str(wrong)))
    if problems:
        raise Refused(*problems)
    with transaction.atomic():
        ledger.lock()
        changed = {name: value for name, value in values.items() if setting(name) != value}
        for name, value in changed.items():
            old = setting(name)
            Setting.objects.update_or_create(pk=name, defaults={"value": value})
            SettingChange.objects.create(
                name=name,
                old=shown_as(name, old),
                new=shown_as(name, value),
                changed_at=office().now,
                changed_by=said_by,
            )
        if RULE_SETTINGS & changed.keys():
            views.rebuild_movements(rule_of(dict(Setting.objects.values_list("name", "value"))))
    return list(changed)


def learn_area(village: int, here: Office) -> None:
    """Set the office's area from the first list it takes, where nobody has set it."""
    if here.area is None:
        set_setting("office_area", f"{village // 10**8:02}.{village // 10**6 % 100:02}")


def _bad(name: str, value: str) -> Problem:
    meaning, is_secret = BY_NAME[name].meaning, BY_NAME[name].is_secret
    return BAD_VALUE.at(
        name, name=name, value=HIDDEN if is_secret else value, meaning_id=meaning.id, meaning_en=meaning.en
    )
