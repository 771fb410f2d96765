"""A second database beside the one in use: a restored backup, or a copy that is being upgraded, until it is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections

from jemput import settings
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.store import bulk
from jemput.store.connect import ALIAS, use_database

NO_RIGHT = ProblemKind(
    "no_right_to_create",
    Text("Basis data baru di samping yang lama tidak dapat dibuat.", "No new database can be made beside the old one."),
    Text(
        "Beri peran PostgreSQL itu hak CREATEDB (ALTER ROLE … CREATEDB), lalu ulangi.",
        "Give that PostgreSQL role the right CREATEDB (ALTER ROLE … CREATEDB), then repeat.",
    ),
)


def config() -> dict[str, Any]:
    """Return the settings of the database in use."""
    return dict(connections.settings[ALIAS])


def vendor() -> str:
    """Return which engine the database in use is: sqlite or postgresql."""
    return str(connections[ALIAS].vendor)


def sqlite_path() -> Path:
    """Return the file of the SQLite database in use."""
    return Path(connections[ALIAS].settings_dict["NAME"])


def sqlite_config(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite file."""
    return settings.database(f"sqlite:///{path}", path.parent)


@contextmanager
def used(other: dict[str, Any]) -> Iterator[None]:
    """Work on another database for a while."""
    before = config()
    use_database(other)
    try:
        yield
    finally:
        use_database(before)


def maintenance() -> dict[str, Any]:
    """Return the settings of the database of the same PostgreSQL from which others are made and renamed."""
    return config() | {"NAME": "postgres"}


def create_postgresql(name: str) -> None:
    """Make an empty database beside the one in use; refuse where the role may not."""
    with used(maintenance()):
        try:
            bulk.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        except DatabaseError:
            raise Refused(NO_RIGHT.at()) from None


def drop_postgresql(name: str) -> None:
    """Drop a database that was made beside and is not trusted."""
    with used(maintenance()):
        bulk.execute(f'DROP DATABASE IF EXISTS "{name}"')


def exists_postgresql() -> bool:
    """Whether the database in use is there at all."""
    name = config()["NAME"]
    with used(maintenance()):
        return bool(bulk.select("SELECT 1 FROM pg_database WHERE datname = %s", [name]))
