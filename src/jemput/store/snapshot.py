"""A consistent copy of the database while others write, and what it says of itself.

SQLite: the online backup from one read transaction. PostgreSQL: pg_dump of an exported snapshot, in
whose transaction the facts about it are read as well.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.store import bulk

PAGES = 8192
"""Pages copied between two signs of progress: 32 MB."""
COUNTED = ("fact", "batch", "person", "closing", "proposal", "setting")

NO_PROGRAM = ProblemKind(
    "no_postgresql_program",
    Text("Program {name} tidak ditemukan.", "The program {name} was not found."),
    Text(
        "Pasang klien PostgreSQL (versi server atau lebih baru), atau setel `postgresql_programs` ke foldernya.",
        "Install the client of PostgreSQL (the server's version or newer), or set `postgresql_programs` to its folder.",
    ),
)
PROGRAM_FAILED = ProblemKind(
    "postgresql_program_failed",
    Text("{name} gagal: {found}", "{name} failed: {found}"),
    Text(
        "Periksa versi (tidak boleh lebih tua dari server), hak akses dan ruang disk, lalu ulangi.",
        "Check the version (not older than the server's), the rights and the disk space, then repeat.",
    ),
)

Select = Callable[[str], Sequence[tuple[Any, ...]]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class State:
    """What a database says of itself: the end of its chain, rows counted, migrations it went through."""

    engine: str
    place: int
    head: str
    counts: dict[str, int]
    migrations: list[list[str]]

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


def state() -> State:
    """Return what the database in use says of itself."""
    return _state(bulk.select, connection.vendor)


def take(target: Path, *, programs: str, progress: Progress) -> State:
    """Copy the database in use to a new file and return what the copy says of itself; others go on writing.

    `programs` is the folder of pg_dump, empty for the PATH. Refused where it is missing or fails.
    """
    target.touch(mode=0o600, exist_ok=False)
    if connection.vendor == "sqlite":
        return _copy(Path(connection.settings_dict["NAME"]), target, progress)
    with transaction.atomic():
        bulk.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        told = _state(bulk.select, connection.vendor)
        exported = bulk.select("SELECT pg_export_snapshot()")[0][0]
        progress("copy", 0, 0)
        options = ("--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={exported}")
        run("pg_dump", [*options, f"--file={target}"], programs=programs)
    return told


def run(name: str, options: Sequence[str], *, programs: str, database: str = "") -> None:
    """Run a program of PostgreSQL on the database in use, or on another of its server; refuse with what it says."""
    found = find(name, programs=programs)
    told = connection.settings_dict
    own = {
        "PGDATABASE": database or told["NAME"],
        "PGUSER": told.get("USER"),
        "PGHOST": told.get("HOST") or told.get("OPTIONS", {}).get("host"),
        "PGPORT": str(told.get("PORT") or ""),
        "PGPASSWORD": told.get("PASSWORD"),
    }
    environment = os.environ | {key: str(value) for key, value in own.items() if value}
    done = subprocess.run([found, *options], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - a program of the administrator's choice, no text from outside
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise Refused(PROGRAM_FAILED.at(name=name, found=lines[-1] if lines else str(done.returncode)))


def find(name: str, *, programs: str) -> str:
    """Return where a program of PostgreSQL is, in the folder named or on the PATH; refuse where it is not."""
    found = shutil.which(name, path=programs or None)
    if not found:
        raise Refused(NO_PROGRAM.at(name=name))
    return found


def size_bytes() -> int:
    """Return the size of the database in use."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        files = (path, path.with_name(f"{path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())
    size: int = bulk.select("SELECT pg_database_size(current_database())")[0][0]
    return size


def _copy(source: Path, target: Path, progress: Progress) -> State:
    """Copy a SQLite file as it stands in one read transaction; writers are neither held up nor seen."""
    with (
        closing(sqlite3.connect(source, timeout=30, isolation_level=None)) as held,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        held.execute("BEGIN")
        told = _state(lambda sql: held.execute(sql).fetchall(), "sqlite")
        held.backup(copy, pages=PAGES, progress=lambda _, left, total: progress("copy", total - left, total), sleep=0)
        held.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")
    return told


def _state(select: Select, engine: str) -> State:
    ends = select("SELECT last_place, head FROM batch ORDER BY batch DESC LIMIT 1")
    place, head = ends[0] if ends else (0, b"")
    counts = {table: int(select(f"SELECT count(*) FROM {table}")[0][0]) for table in COUNTED}
    migrations = [list(row) for row in select("SELECT app, name FROM django_migrations ORDER BY app, name")]
    return State(engine, int(place), bytes(head).hex(), counts, migrations)
