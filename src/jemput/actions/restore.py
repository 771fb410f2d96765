"""Put a backup in the place of the office's state: first aside, verified to the last fact, then swapped.

The old state is kept beside it. Until the swap nothing of it is touched; a swap that is killed is
carried out to its end by the next command.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from jemput import settings
from jemput.actions.backup import BLOBS, DATABASE, FORMAT, SECRET, need_room, working_folder
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import soundness
from jemput.queries.office import ZONE, office, setting
from jemput.store import archive, beside, connect, snapshot, swap
from jemput.store.archive import Progress

WORK = ".restore-"

NO_SUCH_FILE = ProblemKind(
    "no_such_backup",
    Text("Berkas {file} tidak ada.", "There is no file {file}."),
    Text("Periksa nama dan disknya.", "Check its name and its disk."),
)
OTHER_ENGINE = ProblemKind(
    "other_engine",
    Text(
        "Cadangan ini dari {engine}; kantor ini memakai {here}.",
        "This backup is of {engine}; this office uses {here}.",
    ),
    Text(
        "Setel JEMPUT_DATABASE ke basis data {engine}, lalu ulangi.",
        "Set JEMPUT_DATABASE to a database of {engine}, then repeat.",
    ),
)
OTHER_FORMAT = ProblemKind(
    "other_backup_format",
    Text("{file} berbentuk {found}, bukan {known}.", "{file} has the form {found}, not {known}."),
    Text("Pakai versi Jemput yang membuatnya.", "Use the version of Jemput that made it."),
)
NOT_AS_TOLD = ProblemKind(
    "backup_not_as_told",
    Text("Isi cadangan tidak seperti daftarnya: {found}.", "The backup does not hold what its list says: {found}."),
    Text("Pakai cadangan lain; yang ini tidak dipasang.", "Use another backup; this one was not put in place."),
)
NOT_SOUND = ProblemKind(
    "backup_not_sound",
    Text("Buku besar di cadangan tidak utuh: {found_id}", "The ledger in the backup is not sound: {found_en}"),
    Text("Pakai cadangan lain; yang ini tidak dipasang.", "Use another backup; this one was not put in place."),
)
NOT_EMPTY = ProblemKind(
    "place_not_empty",
    Text("{folder} tidak kosong.", "{folder} is not empty."),
    Text("Sebut folder yang belum ada atau kosong.", "Name a folder that is empty or not there yet."),
)
ONLY_SQLITE = ProblemKind(
    "aside_only_sqlite",
    Text("--into hanya untuk SQLite.", "--into is for SQLite only."),
    Text(
        "Untuk PostgreSQL setel JEMPUT_DATABASE ke basis data kosong, lalu ulangi tanpa --into.",
        "For PostgreSQL set JEMPUT_DATABASE to an empty database, then repeat without --into.",
    ),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place: the backup's manifest, where it is now, and where the old state is kept (None: there was none)."""

    manifest: dict[str, Any]
    home: Path
    kept: Path | None
    kept_database: str = ""
    is_older: bool = False


def restore(file: Path, secret: str, *, now: datetime, progress: Progress, into: Path | None = None) -> Restored:
    """Restore a backup into the office's place, or aside `into` an empty folder; refuse one that does not verify.

    `secret` is the secret key as text. What was in place before is kept in a folder named for the moment, on
    PostgreSQL as a renamed database too.
    """
    if not file.is_file():
        raise Refused(NO_SUCH_FILE.at(file=file))
    if into:
        if beside.vendor() != "sqlite":
            raise Refused(ONLY_SQLITE.at())
        if into.exists() and (not into.is_dir() or any(into.iterdir())):
            raise Refused(NOT_EMPTY.at(folder=into))
    home = settings.HOME.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    swap.finish(home)
    if beside.vendor() == "sqlite" and not into:
        swap.need_one_disk(beside.sqlite_path().absolute(), home)
    need_room(_there(into or home), 3 * file.stat().st_size)
    with working_folder(into.absolute().parent if into else home, WORK, now) as work:
        manifest = archive.unseal(file, secret, into=work, progress=progress)
        _check_form(manifest, file)
        stamp = f"{now.astimezone(ZONE):%Y%m%d-%H%M%S}"
        if beside.vendor() == "sqlite":
            with beside.used(beside.sqlite_config(work / DATABASE)):
                is_older = _check(manifest, progress)
                swap.close_sqlite(work / DATABASE)
            return _put_sqlite(work, manifest, home=home, into=into, stamp=stamp, is_older=is_older)
        return _put_postgresql(work, manifest, home=home, stamp=stamp, progress=progress)


def _check_form(manifest: dict[str, Any], file: Path) -> None:
    if manifest.get("format") != FORMAT:
        raise Refused(OTHER_FORMAT.at(file=file.name, found=str(manifest.get("format"))[:40], known=FORMAT))
    if manifest["engine"] != beside.vendor():
        raise Refused(OTHER_ENGINE.at(engine=manifest["engine"], here=beside.vendor()))


def _check(manifest: dict[str, Any], progress: Progress) -> bool:
    """Verify the database in use against its manifest and itself; return whether it is from an older version."""
    waiting, unknown, _ = connect.standing()
    if unknown:
        raise Refused(connect.NEWER_DATABASE.at(name=unknown[0]))
    told = snapshot.state().as_json()
    for name in ("place", "head", "counts", "migrations"):
        if told[name] != manifest[name]:
            raise Refused(NOT_AS_TOLD.at(found=name))
    found = soundness.findings(office(), progress)
    if found:
        raise Refused(NOT_SOUND.at(found_id=found[0].id, found_en=found[0].en))
    return bool(waiting)


def _put_sqlite(
    work: Path, manifest: dict[str, Any], *, home: Path, into: Path | None, stamp: str, is_older: bool
) -> Restored:
    if into:
        database = into.absolute() / "jemput.db"
        swap.swap(work, [(work / DATABASE, database), *_files(work, into.absolute())])
        return Restored(manifest, into, None, is_older=is_older)
    database = beside.sqlite_path().absolute()
    swap.close_sqlite(database)
    kept = home / f"before-restore-{stamp}"
    old = [(path, kept / path.name) for path in swap.sqlite_files(database)]
    old += [(home / name, kept / name) for name in (SECRET, BLOBS) if (work / name).exists()]
    had_any = any(source.exists() for source, _ in old)
    swap.swap(home, [*old, *_parked(work, home, stamp, database)])
    return Restored(manifest, home, kept if had_any else None, is_older=is_older)


def _parked(work: Path, home: Path, stamp: str, database: Path) -> list[tuple[Path, Path]]:
    """Move what was restored out of the working folder, which a later command may sweep, and return its moves into place."""
    parked = home / f"restored-{stamp}"
    work.rename(parked)
    return [(parked / DATABASE, database), *_files(parked, home)]


def _files(source: Path, target: Path) -> list[tuple[Path, Path]]:
    return [(source / name, target / name) for name in (SECRET, BLOBS)]


def _put_postgresql(work: Path, manifest: dict[str, Any], *, home: Path, stamp: str, progress: Progress) -> Restored:
    own = beside.config()
    name = str(own["NAME"])
    fresh, old = f"{name}_restored_{stamp}", f"{name}_before_{stamp}"
    programs = setting("postgresql_programs") if _is_usable() else ""
    beside.create_postgresql(fresh)
    with _dropped_where_it_fails(fresh):
        options = ["--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={fresh}", str(work / DATABASE)]
        snapshot.run("pg_restore", options, programs=programs, database=fresh)
        with beside.used(own | {"NAME": fresh}):
            is_older = _check(manifest, progress)
            number = swap.database_number()
        had_one = beside.exists_postgresql()
        moves = [(name, old)] if had_one else []
        (work / DATABASE).unlink()
        parked = home / f"restored-{stamp}"
        work.rename(parked)
        kept = home / f"before-restore-{stamp}"
        files = [(home / one, kept / one) for one in (SECRET, BLOBS) if (parked / one).exists()]
        swap.prepare(home, [*files, *_files(parked, home)], database=number)
        swap.rename_postgresql([*moves, (fresh, name)], beside.maintenance())
    swap.finish(home)
    return Restored(manifest, home, kept if kept.exists() else None, old if had_one else "", is_older)


@contextmanager
def _dropped_where_it_fails(name: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        beside.drop_postgresql(name)
        raise


def _is_usable() -> bool:
    """Whether the database in use can be asked for a setting."""
    try:
        return not connect.standing()[2]
    except DatabaseError:
        return False


def _there(path: Path) -> Path:
    return next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())
