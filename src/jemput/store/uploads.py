"""Files that came in by a page, until they are imported: each under the sha256 of its bytes, never by its sender's name.

They hold whole personal data and are no archive: what was taken from them is in the ledger, and after
a month they are removed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from jemput import settings

KEPT = timedelta(days=30)
"""A file and the workbook of its refused rows stay so long: rows are mended within the month of their list (our choice)."""


def folder() -> Path:
    """Return where they lie."""
    return settings.HOME / "uploads"


def keep(pieces: Iterable[bytes]) -> Path:
    """Keep the bytes of a file and return where; the same bytes twice are one file."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=folder(), prefix=".new-")
    digest = hashlib.sha256()
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        target = folder() / digest.hexdigest()
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return target


def sweep(now: datetime) -> int:
    """Remove what has been there longer than KEPT; return how many files."""
    removed = 0
    for path in folder().glob("*"):
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
