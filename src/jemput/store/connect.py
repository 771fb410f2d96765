"""Which database this process works on, and that its tables are those this version knows.

Tables are made in a new or empty database only. An older database is brought up to date by `jemput
upgrade`, which keeps the old one; a newer one is refused. See DECISIONS.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from jemput.domain.problems import ProblemKind, Refused, Text

ALIAS = "default"

OLDER_DATABASE = ProblemKind(
    "older_database",
    Text(
        "Basis data ini dari versi Jemput yang lebih lama ({count} perubahan tabel belum dijalankan).",
        "This database is from an older version of Jemput ({count} changes of tables are still to be made).",
    ),
    Text(
        "Jalankan `jemput upgrade`: basis data lama tetap disimpan. `jemput upgrade --check` mengatakan apa yang terjadi.",
        "Run `jemput upgrade`: the old database is kept. `jemput upgrade --check` says what will happen.",
    ),
)
NEWER_DATABASE = ProblemKind(
    "newer_database",
    Text(
        "Basis data ini dari versi Jemput yang lebih baru (versi ini tidak mengenal {name}).",
        "This database is from a newer version of Jemput (this one does not know {name}).",
    ),
    Text("Pasang versi yang lebih baru.", "Install the newer version."),
)
NOT_A_DATABASE = ProblemKind(
    "not_a_database",
    Text("Basis data {name} tidak dapat dibuka ({found}).", "The database {name} cannot be opened ({found})."),
    Text(
        "Periksa JEMPUT_HOME dan JEMPUT_DATABASE; bila berkasnya rusak, pakai `jemput restore`.",
        "Check JEMPUT_HOME and JEMPUT_DATABASE; if the file is damaged, use `jemput restore`.",
    ),
)


def use_database(config: dict[str, Any]) -> None:
    """Point this process at another database."""
    connections[ALIAS].close()
    del connections[ALIAS]
    connections.settings[ALIAS] = connections.configure_settings({ALIAS: config})[ALIAS]


def leave() -> None:
    """Close this thread's connections; whoever ends a thread that used the database calls it."""
    connections.close_all()


def ensure_tables(*, is_demo: bool = False) -> None:
    """Make the tables of a new or empty database; refuse one that is older or newer than this version, or is none.

    A demo can be made again at any time; so an older one is simply brought up to date.
    """
    connection = connections[ALIAS]
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    try:
        waiting, unknown, is_new = standing()
    except DatabaseError as error:
        name = Path(str(connection.settings_dict["NAME"])).name
        raise Refused(NOT_A_DATABASE.at(name=name, found=type(error).__name__)) from None
    if unknown:
        raise Refused(NEWER_DATABASE.at(name=unknown[0]))
    if waiting and (is_new or is_demo):
        call_command("migrate", verbosity=0)
    elif waiting:
        raise Refused(OLDER_DATABASE.at(count=len(waiting)))


def standing() -> tuple[list[str], list[str], bool]:
    """Return the migrations still to be made, those this version does not know, and whether the database is new.

    New means without our tables: empty, or left by a first start that was killed before its first migration ended.
    """
    executor = MigrationExecutor(connections[ALIAS])
    known = executor.loader.disk_migrations
    applied = set(executor.loader.applied_migrations)
    waiting = [f"{one.app_label}.{one.name}" for one, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    ours = {app for app, _ in known}
    unknown = sorted(f"{app}.{name}" for app, name in applied if app in ours and (app, name) not in known)
    return waiting, unknown, not any(app == "store" for app, _ in applied)
