"""Put one state of the data directory in the place of another: all of it, even if the process is killed in between.

A list of the moves is written and made durable first. Each move is a renaming within one disk; whoever
finds the list there carries out what is left of it. The old state is moved aside, never removed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import orjson
from django.db import connections

from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.store import bulk
from jemput.store.archive import sync_folder
from jemput.store.connect import ALIAS, use_database

LIST = "swap.json"

OTHER_DISK = ProblemKind(
    "database_on_other_disk",
    Text(
        "Basis data ({database}) dan folder data ({home}) di disk yang berbeda.",
        "The database ({database}) and the data directory ({home}) lie on different disks.",
    ),
    Text("Taruh keduanya di satu disk, lalu ulangi.", "Put both on one disk, then repeat."),
)
STILL_OPEN = ProblemKind(
    "database_still_open",
    Text("Proses lain masih bekerja dengan basis data ini.", "Another process still works on this database."),
    Text(
        "Hentikan `jemput office` dan `jemput jobs`, tutup program lain, lalu ulangi.",
        "Stop `jemput office` and `jemput jobs`, close other programs, then repeat.",
    ),
)


def swap(home: Path, moves: Sequence[tuple[Path, Path]]) -> None:
    """Carry out moves (from, to) in order; sources that are not there are left out."""
    prepare(home, moves)
    finish(home)


def prepare(home: Path, moves: Sequence[tuple[Path, Path]], *, database: int | None = None) -> None:
    """Write down the moves that are there to be made, to be carried out by `finish`.

    `database` is the number PostgreSQL gives the database that they belong to: while another one is in its
    place, the moves are not to be made.
    """
    there = [(str(source), str(target)) for source, target in moves if source.exists()]
    _write(home / LIST, orjson.dumps({"moves": there, "database": database}))


def finish(home: Path) -> bool:
    """Carry out what an interrupted swap left over; return whether there was one."""
    try:
        said = orjson.loads((home / LIST).read_bytes())
    except FileNotFoundError:
        return False
    except ValueError:
        (home / LIST).unlink()
        return False
    if said["database"] is not None and said["database"] != database_number():
        (home / LIST).unlink()
        return False
    _carry_out(home, said["moves"])
    return True


def database_number() -> int:
    """Return the number PostgreSQL gives the database in use."""
    number: int = bulk.select("SELECT oid::bigint FROM pg_database WHERE datname = current_database()")[0][0]
    return number


def close_sqlite(path: Path) -> None:
    """Fold a SQLite file's log into it, so that it is one file; refuse while anybody else has it open.

    A file that is damaged is left as it is, with its log beside it.
    """
    connections[ALIAS].close()
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=2)) as held:
            held.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Refused(STILL_OPEN.at()) from None
    except sqlite3.DatabaseError:
        return


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep every writer out of a SQLite file for a while, whoever they are; readers are let in."""
    with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as holder:
        try:
            holder.execute("PRAGMA journal_mode=WAL")
            holder.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise Refused(STILL_OPEN.at()) from None
        yield
        holder.execute("ROLLBACK")


def need_one_disk(database: Path, home: Path) -> None:
    """Refuse where a database cannot be renamed into the data directory or out of it."""
    if database.parent.exists() and database.parent.stat().st_dev != home.stat().st_dev:
        raise Refused(OTHER_DISK.at(database=database, home=home))


def sqlite_files(path: Path) -> list[Path]:
    """Return the files a SQLite database may consist of."""
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]


def rename_postgresql(moves: Sequence[tuple[str, str]], maintenance: dict[str, object]) -> None:
    """Rename databases of a PostgreSQL in one transaction; refuse while anybody is connected to one.

    `maintenance` are the settings of another database of the same server, from which it is done.
    """
    before = connections.settings[ALIAS]
    use_database(maintenance)
    try:
        names = [name for move in moves for name in move]
        marks = ", ".join(["%s"] * len(names))
        if bulk.select(f"SELECT 1 FROM pg_stat_activity WHERE datname IN ({marks}) LIMIT 1", names):
            raise Refused(STILL_OPEN.at())
        sentences = "; ".join(f'ALTER DATABASE "{old}" RENAME TO "{new}"' for old, new in moves)
        bulk.execute(f"BEGIN; {sentences}; COMMIT")
    finally:
        use_database(before)


def _carry_out(home: Path, moves: Sequence[tuple[str, str]]) -> None:
    for text, other in moves:
        source, target = Path(text), Path(other)
        if source.exists() and not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.rename(source, target)  # noqa: PTH104 - a rename on one disk, and never a copy
            sync_folder(target.parent)
            sync_folder(source.parent)
    (home / LIST).unlink()
    for folder in {Path(text).parent for text, _ in moves} - {home}:
        if folder.parent == home and not any(folder.iterdir()):
            folder.rmdir()
    sync_folder(home)


def _write(target: Path, data: bytes) -> None:
    draft = target.with_suffix(".tmp")
    with draft.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(target)
    sync_folder(target.parent)
