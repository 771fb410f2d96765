"""How far running work has come, and that its process lives: one small file a job, beside the database.

While an import runs, SQLite lets nobody else write and shows nothing of what is not committed; so
neither progress nor a sign of life can stand in a table. All processes of an office share one folder.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson

from jemput import settings


@dataclass(frozen=True, slots=True)
class Pulse:
    """The last sign of life of a job: whose it is, when it came, and how far the work had come."""

    owner: str
    beat_at: datetime
    stage: str = ""
    done: int = 0
    total: int = 0


def folder() -> Path:
    """Return where the signs of life lie."""
    return settings.HOME / "jobs"


def beat(job: int, pulse: Pulse) -> None:
    """Leave a sign of life; whoever reads sees the one before or this one whole."""
    target = folder() / f"{job}.json"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(orjson.dumps(asdict(pulse)))
    draft.replace(target)


def read(job: int) -> Pulse | None:
    """Return the last sign of life of a job, None where there is none that can be read."""
    try:
        said = orjson.loads((folder() / f"{job}.json").read_bytes())
        return Pulse(said["owner"], datetime.fromisoformat(said["beat_at"]), said["stage"], said["done"], said["total"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def clear(job: int) -> None:
    """Take a job's sign of life away."""
    (folder() / f"{job}.json").unlink(missing_ok=True)
