"""Files kept as they are, each under the sha256 of its bytes: documents made here, and signed ones that came back.

What is kept never changes: writing the same bytes twice keeps one file, and reading checks them against
their name. They lie beside the database, in `blobs` of the data directory.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from jemput import settings

PRIVATE = 0o600
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Damaged(Exception):  # noqa: N818 - a state of the disk
    """A kept file is gone, or its bytes are no longer those it was kept under."""


def folder() -> Path:
    """Return where files are kept."""
    return settings.HOME / "blobs"


def keep(content: bytes) -> str:
    """Keep bytes and return their sha256; they are on the disk when this returns, or nothing is."""
    name = hashlib.sha256(content).hexdigest()
    path = _path(name)
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == name:
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(PRIVATE)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    _sync(path.parent)
    return name


def read(name: str) -> bytes:
    """Return the bytes kept under a sha256; raise Damaged where they are gone or changed."""
    try:
        content = _path(name).read_bytes()
    except FileNotFoundError:
        raise Damaged(name) from None
    if hashlib.sha256(content).hexdigest() != name:
        raise Damaged(name)
    return content


def is_whole(name: str) -> bool:
    """Tell whether a file is there with the bytes it was kept under."""
    try:
        read(name)
    except Damaged:
        return False
    return True


def _path(name: str) -> Path:
    if not _SHA256.fullmatch(name):
        raise Damaged(name)
    return folder() / name[:2] / name


def _sync(directory: Path) -> None:
    """Make a new name of a directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
