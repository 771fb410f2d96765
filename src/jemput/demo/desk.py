"""What lies on the desk of the demo's office: the printed sentence beside the count, and a key for backups."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jemput.actions.backup import make_key, write_key
from jemput.actions.record_claim import record_claims
from jemput.domain.claims import Claim
from jemput.domain.coverage import percent
from jemput.queries.office import office, setting

CUT_OFF = date(2019, 3, 28)
PUBLISHED = Claim(
    id="mura-2019-03",
    area="Kab. Musi Rawas",
    level="kab",
    as_of=CUT_OFF.isoformat(),
    published="2019-04-24",
    wajib_ktp=293_578,
    recorded=283_755,
    remaining=9_822,
    pct_recorded=percent(283_755, 293_578),
    source="Sripoku, 24 April 2019",
)
"""What was printed of the count of 28 March 2019; the percentage as printed, 96,65, is the true one."""
KEY_FILE = "backup-key-demo.txt"
"""A real office keeps its secret key on paper in a safe; the demo beside its data, so that a restore can be tried."""


def lay_out(home: Path, *, small: bool) -> None:
    """Record the printed sentence (at full scale, where it is about this count) and make a key, once each."""
    if not small:
        record_claims([PUBLISHED], office=office(), name=PUBLISHED.source, said_by="demo")
    if not setting("backup_key") and not (home / KEY_FILE).exists():
        write_key(home / KEY_FILE, *make_key(said_by="demo"))
