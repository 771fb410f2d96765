"""Migrations of the store with one more at the end: one that breaks, one that changes a figure, one that waits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jemput.store import migrations

LAST = max(path.stem for path in Path(migrations.__path__[0]).glob("[0-9]*.py"))


def with_ours(own: Iterable[str]) -> list[str]:
    """Return where a package looks for migrations: ours first, then its own."""
    return [*migrations.__path__, *own]
