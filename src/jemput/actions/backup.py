"""Make a backup: one consistent copy, encrypted for the office's public key, read back, and older ones let go.

The plain copy lies in the data directory, where the database lies, and never in the folder of the
backups, which may be a stick or a share.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from jemput import __version__, settings
from jemput.actions.settings import set_setting
from jemput.domain.ids import area_text
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.schedule import Keep, kept
from jemput.queries.backups import SUFFIX, folder
from jemput.queries.office import ZONE, office, setting
from jemput.store import archive, snapshot
from jemput.store.archive import Member, Progress
from jemput.store.models import Backup

FORMAT = "jemput-backup-1"
DATABASE, SECRET, BLOBS = "database", "secret.key", "blobs"
WORK = ".backup-"
STALE = timedelta(days=1)
"""A working folder older than this was left by a process that was killed; no backup takes a day."""

NO_KEY = ProblemKind(
    "no_backup_key",
    Text("Kantor belum punya kunci cadangan.", "The office has no key for its backups yet."),
    Text(
        "Buat dengan `jemput backup key`, simpan kunci rahasianya di kertas di lemari besi.",
        "Make one with `jemput backup key`, and keep the secret one on paper in the safe.",
    ),
)
NO_ROOM = ProblemKind(
    "no_room",
    Text(
        "Ruang disk di {folder} kurang: perlu {need} MB, ada {free} MB.",
        "There is too little room in {folder}: {need} MB needed, {free} MB free.",
    ),
    Text(
        "Kosongkan ruang atau pilih folder lain, lalu ulangi.", "Free some room or choose another folder, then repeat."
    ),
)
NO_FOLDER = ProblemKind(
    "no_backup_folder",
    Text(
        "Folder cadangan {folder} tidak dapat ditulisi ({found}).",
        "The folder {folder} cannot be written to ({found}).",
    ),
    Text("Pasang disknya atau periksa hak aksesnya, lalu ulangi.", "Mount the disk or check the rights, then repeat."),
)


def make_key(*, said_by: str) -> tuple[str, str]:
    """Make the office's key: keep the public one as a setting and return both; the secret one is kept nowhere."""
    public, secret = archive.new_key()
    set_setting("backup_key", public, said_by=said_by)
    return public, secret


def write_key(file: Path, public: str, secret: str) -> None:
    """Write a secret key to a new file that only its owner reads; refuse none that is there (FileExistsError)."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(f"# jemput backup\n# public key: {public}\n{secret}\n")


def make_backup(*, now: datetime, made_by: str, progress: Progress, target: Path | None = None) -> Backup:
    """Make a backup and return its record; `target` is a file or a folder, else the office's own folder.

    Refused without a key, room or a folder. Killed at any point it leaves no file that looks like a backup.
    """
    began = time.monotonic()
    key = setting("backup_key")
    if not key:
        raise Refused(NO_KEY.at())
    file = _file(target, now)
    with _told_in_words(file.parent):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        need_room(settings.HOME, snapshot.size_bytes())
        with working_folder(settings.HOME, WORK, now) as work:
            copy = work / DATABASE
            told = snapshot.take(copy, programs=setting("postgresql_programs"), progress=progress)
            need_room(file.parent, copy.stat().st_size // 4)
            manifest = {"format": FORMAT, "version": __version__, "made_at": now.isoformat(), "made_by": made_by}
            members = [Member(DATABASE, copy), *_beside(settings.HOME)]
            sealed = archive.seal(file, members, manifest | told.as_json(), key=key, progress=progress)
    made = Backup.objects.create(
        file=str(file),
        made_at=now,
        made_by=made_by,
        bytes=sealed.bytes,
        sha256=sealed.sha256,
        place=told.place,
        head=told.head,
        seconds=round(time.monotonic() - began, 2),
    )
    if file.parent == folder():
        let_go(now)
    return made


def let_go(now: datetime) -> list[str]:
    """Remove the backups of the office's own folder that are no longer to be kept; return their names."""
    keep = Keep.parse(setting("backup_keep"))
    held = [one for one in Backup.objects.filter(removed_at=None) if Path(one.file).parent == folder()]
    stays = kept([one.made_at.astimezone(ZONE) for one in held], keep) if keep else set()
    removed = []
    for one in held:
        if keep and one.made_at.astimezone(ZONE) not in stays:
            Path(one.file).unlink(missing_ok=True)
            Backup.objects.filter(pk=one.pk).update(removed_at=now)
            removed.append(Path(one.file).name)
    return removed


@contextmanager
def working_folder(home: Path, prefix: str, now: datetime) -> Iterator[Path]:
    """Make a folder of one's own in the data directory, and take it away again, with those left by the killed."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in home.glob(f"{prefix}*"):
        if left.stat().st_mtime < (now - STALE).timestamp():
            shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def need_room(where: Path, need: int) -> None:
    """Refuse where a folder's disk has less free than `need` bytes."""
    free = shutil.disk_usage(where).free
    if free < need:
        raise Refused(NO_ROOM.at(folder=where, need=need // 10**6 + 1, free=free // 10**6))


def _file(target: Path | None, now: datetime) -> Path:
    if target and target.name.endswith(".age"):
        return target.absolute()
    area = office().area
    name = f"jemput-{area_text(area).replace('.', '')}-" if area else "jemput-"
    return (target or folder()).absolute() / f"{name}{now.astimezone(ZONE):%Y%m%d-%H%M%S}{SUFFIX}"


def _beside(home: Path) -> Iterator[Member]:
    """Yield what lies beside the database and belongs to it: the secret of the settings, and the stored files."""
    if (home / SECRET).is_file():
        yield Member(SECRET, home / SECRET)
    for path in sorted((home / BLOBS).rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(home).parts)
        if path.is_file() and not hidden and path.suffix not in {".tmp", ".part"}:
            yield Member(path.relative_to(home).as_posix(), path)


@contextmanager
def _told_in_words(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Refused(NO_ROOM.at(folder=where, need="?", free=0)) from None
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EIO}:
            raise Refused(NO_FOLDER.at(folder=where, found=error.strerror)) from None
        raise
