"""Loading a register against a raw executemany of every row it writes, facts and derived."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from bench import ground
from jemput import settings
from jemput.actions.take_list import take_list
from jemput.domain.ids import area_number
from jemput.imports.read import read_file
from jemput.queries.office import office
from jemput.store import bulk
from jemput.store.chain import Origin
from jemput.store.connect import use_database

TABLES = ("fact", "batch", "person", "name_word", "movement", "tally")


def main() -> None:
    """Load the demo's register by the action, then write the very same rows with executemany alone."""
    home = Path(tempfile.mkdtemp(prefix="jemput-bench-"))
    register = max((ground.built() / "files").glob("*.csv"), key=lambda path: path.stat().st_size)
    _empty(home / "by-action")
    here = office()
    parsed = read_file(register, today=here.today)
    began = time.perf_counter()
    taken = take_list(
        parsed.rows,
        office=here,
        resolve=lambda fields: area_number(fields["village"]),
        area=None,
        as_at=here.today,
        origin=Origin("bench"),
    )
    action = time.perf_counter() - began
    rows = {table: bulk.select(f"SELECT * FROM {table}") for table in TABLES}
    _empty(home / "raw")
    began = time.perf_counter()
    with transaction.atomic():
        for table, values in rows.items():
            columns = [row[1] for row in bulk.select(f"PRAGMA table_info({table})")]
            bulk.insert(table, columns, values)
    raw = time.perf_counter() - began
    ground.report("people taken", taken.accepted, "people")
    ground.report("rows written", sum(map(len, rows.values())), "rows")
    ground.report("loading, parsing aside", action, "s")
    ground.report("raw executemany of the same rows", raw, "s")
    ground.report("loading / raw", action / raw, "x", target="<= 3 x")
    shutil.rmtree(home)


def _empty(folder: Path) -> None:
    folder.mkdir(parents=True)
    use_database(settings.database("", folder))
    call_command("migrate", verbosity=0)
