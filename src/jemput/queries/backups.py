"""The backups that were made: where they lie, how old the last one is, and whether one is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from jemput import settings
from jemput.domain.schedule import is_overdue, time_of_day
from jemput.queries.office import ZONE, setting
from jemput.store.models import Backup

SUFFIX = ".tar.gz.age"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was read back when it was made; `is_there` whether its file still is."""

    id: int
    path: Path
    made_at: datetime
    made_by: str
    bytes: int
    sha256: str
    place: int
    head: str
    seconds: float
    is_there: bool

    @property
    def megabytes(self) -> Decimal:
        """The size of its file in MB, one decimal."""
        return (Decimal(self.bytes) / 10**6).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Standing:
    """How the office stands with its backups.

    `at` is the time of the daily one (WIB), None where there is none; `is_overdue` where it has a time and the
    last one is older than that, or where there is a ledger and no backup at all.
    """

    key: str
    at: time | None
    folder: Path
    keep: str
    last: Made | None
    is_overdue: bool
    same_disk: bool


def folder() -> Path:
    """Return the folder the office keeps its backups in."""
    return Path(setting("backup_folder") or settings.HOME / "backups").absolute()


def made(*, limit: int = 200) -> list[Made]:
    """Return the backups that were made and not let go since, newest first."""
    return [_made(row) for row in Backup.objects.filter(removed_at=None).order_by("-made_at", "-pk")[:limit]]


def one(number: int) -> Made | None:
    """Return one backup that was not let go."""
    row = Backup.objects.filter(pk=number, removed_at=None).first()
    return _made(row) if row else None


def standing(now: datetime) -> Standing:
    """Return how the office stands with its backups at a moment."""
    last = next((backup for backup in made(limit=20) if backup.is_there), None)
    key, at, where = setting("backup_key"), time_of_day(setting("backup_time")), folder()
    overdue = is_overdue(last.made_at.astimezone(ZONE) if last else None, now.astimezone(ZONE), at or time())
    there = next((path for path in (where, *where.parents) if path.exists()), where)
    home = next((path for path in (settings.HOME, *settings.HOME.parents) if path.exists()), settings.HOME)
    same_disk = there.stat().st_dev == home.stat().st_dev
    return Standing(key, at, where, setting("backup_keep"), last, overdue if at or not last else False, same_disk)


def _made(row: Backup) -> Made:
    path = Path(row.file)
    return Made(
        row.pk,
        path,
        row.made_at,
        row.made_by,
        row.bytes,
        row.sha256,
        row.place,
        row.head,
        row.seconds,
        path.is_file(),
    )
