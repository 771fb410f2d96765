"""Bring an older database up to this version: migrate, verify, or leave everything as it was.

SQLite: a copy is migrated and verified, and then takes the place of the old file, which is kept.
PostgreSQL: a dump is kept, and all migrations and the verification are one transaction.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from jemput import settings
from jemput.actions.backup import need_room, working_folder
from jemput.domain.ids import mask
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import coverage, soundness
from jemput.queries.office import ZONE, office, setting
from jemput.store import beside, bulk, connect, ledger, snapshot, swap
from jemput.store.archive import Progress

WORK = ".upgrade-"
SAID = 300
_SIXTEEN = re.compile(r"\d{16}")

NOTHING_THERE = ProblemKind(
    "nothing_to_upgrade",
    Text("Di sini belum ada basis data.", "There is no database here yet."),
    Text(
        "Perintah apa pun membuatnya, misalnya `jemput import`.", "Any command makes one, for example `jemput import`."
    ),
)
FAILED = ProblemKind(
    "upgrade_failed",
    Text(
        "Pembaruan gagal di {step} ({found}); basis data tetap seperti semula.",
        "The upgrade failed at {step} ({found}); the database is as it was before.",
    ),
    Text(
        "Pakai terus versi lama, dan laporkan pesan ini kepada pembuat Jemput.",
        "Go on with the old version, and report this message to the makers of Jemput.",
    ),
)
NOT_THE_SAME = ProblemKind(
    "upgrade_not_the_same",
    Text(
        "Sesudah pembaruan {found_id} tidak sama; basis data tetap seperti semula.",
        "After the upgrade {found_en} is not the same; the database is as it was before.",
    ),
    Text(
        "Pakai terus versi lama, dan laporkan pesan ini kepada pembuat Jemput.",
        "Go on with the old version, and report this message to the makers of Jemput.",
    ),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What an upgrade must leave as it was: the end of the chain, rows counted, and the figures of every closed count."""

    place: int
    head: str
    counts: dict[str, int]
    closed: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upgrade would do: migrations to be made, bytes of the database, and problems that stand in its way."""

    migrations: list[str]
    bytes: int
    before: Figures
    last_closing: str
    in_the_way: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did, and where the old state is kept."""

    migrations: list[str]
    kept: Path | None
    before: Figures = field(default_factory=lambda: Figures(0, "", {}, []))


def plan() -> Plan:
    """Return what an upgrade would do, writing nothing; refuse where there is no database, or a newer one."""
    waiting = _waiting()
    before = figures()
    closings = coverage.closings()
    in_the_way = []
    size = snapshot.size_bytes()
    try:
        need_room(settings.HOME, 2 * size)
        _need_program()
    except Refused as refused:
        in_the_way.append(refused)
    last = closings[-1].on.isoformat() if closings else ""
    return Plan(waiting, size, before, last, tuple(in_the_way))


def upgrade(*, now: datetime, progress: Progress) -> Upgraded:
    """Upgrade the database in use; refused with what is wrong, and then everything is as it was."""
    home = settings.HOME.absolute()
    swap.finish(home)
    waiting = _waiting()
    if not waiting:
        return Upgraded([], None)
    need_room(home, 2 * snapshot.size_bytes())
    stamp = f"{now.astimezone(ZONE):%Y%m%d-%H%M%S}"
    kept = home / f"before-upgrade-{stamp}"
    with working_folder(home, WORK, now) as work:
        if beside.vendor() == "sqlite":
            return _upgrade_sqlite(work, kept, waiting, progress)
        return _upgrade_postgresql(work, kept, waiting, progress)


def figures() -> Figures:
    """Return what an upgrade must not change."""
    told = snapshot.state()
    closed = bulk.select("SELECT * FROM closed_figures ORDER BY on_day, village")
    return Figures(told.place, told.head, told.counts, closed)


def _upgrade_sqlite(work: Path, kept: Path, waiting: list[str], progress: Progress) -> Upgraded:
    home, database = settings.HOME.absolute(), beside.sqlite_path().absolute()
    swap.need_one_disk(database, home)
    swap.close_sqlite(database)
    copy = work / database.name
    with swap.held(database):
        snapshot.take(copy, programs="", progress=progress)
        before = figures()
        with beside.used(beside.sqlite_config(copy)):
            _migrate()
            _compare(before, progress)
            swap.close_sqlite(copy)
    swap.close_sqlite(database)
    parked = home / f"upgraded-{kept.name.removeprefix('before-upgrade-')}"
    work.rename(parked)
    swap.swap(home, [(database, kept / database.name), (parked / database.name, database)])
    return Upgraded(waiting, kept, before)


def _upgrade_postgresql(work: Path, kept: Path, waiting: list[str], progress: Progress) -> Upgraded:
    copy = work / "database.dump"
    snapshot.take(copy, programs=setting("postgresql_programs"), progress=progress)
    with transaction.atomic():
        ledger.lock()
        bulk.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to be made cannot be altered
        before = figures()
        _migrate()
        _compare(before, progress)
    kept.mkdir(mode=0o700)
    shutil.move(copy, kept / copy.name)
    return Upgraded(waiting, kept, before)


def _migrate() -> None:
    with _named("migrate"):
        call_command("migrate", verbosity=0)


def _compare(before: Figures, progress: Progress) -> None:
    """Refuse a migrated database whose chain, rows or closed figures are not what they were, or that is not sound."""
    with _named("verify"):
        after = figures()
        differences = (
            (after.head != before.head or after.place != before.place, Text("rantai buku besar", "the chain")),
            (after.counts != before.counts, Text("jumlah baris", "the number of rows")),
            (after.closed != before.closed, Text("angka hitungan tertutup", "the figures of the closed counts")),
        )
        for is_other, name in differences:
            if is_other:
                raise Refused(NOT_THE_SAME.at(found_id=name.id, found_en=name.en))
        if found := soundness.findings(office(), progress, quick=True):
            raise Refused(NOT_THE_SAME.at(found_id=found[0].id, found_en=found[0].en))


@contextmanager
def _named(step: str) -> Iterator[None]:
    """Turn whatever goes wrong into a refusal that says where."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        said = _SIXTEEN.sub(lambda number: mask(number[0]), f"{type(error).__name__}: {error}")
        raise Refused(FAILED.at(step=step, found=said[:SAID])) from error


def _waiting() -> list[str]:
    waiting, unknown, is_new = connect.standing()
    if unknown:
        raise Refused(connect.NEWER_DATABASE.at(name=unknown[0]))
    if is_new:
        raise Refused(NOTHING_THERE.at())
    return waiting


def _need_program() -> None:
    if beside.vendor() == "postgresql":
        snapshot.find("pg_dump", programs=setting("postgresql_programs"))
