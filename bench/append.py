"""Durable appends one at a time and in fifties, and what the increment costs against a rebuild."""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from django.db import transaction

from bench import ground
from jemput import settings
from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.queries.office import Office, office
from jemput.store import bulk, ledger, views
from jemput.store.chain import Origin
from jemput.store.connect import use_database
from jemput.store.counting.rule import Scope, movements_sql

ROUNDS = 300
FIFTY = 50


def main() -> None:
    """Append to a copy of the full demo, then evaluate fifty touched persons against everyone."""
    home = Path(tempfile.mkdtemp(prefix="jemput-bench-"))
    shutil.copy(ground.built() / "jemput.db", home / "jemput.db")
    use_database(settings.database("", home))
    here = office()
    persons = [row[0] for row in bulk.select("SELECT id FROM person WHERE status IS NULL AND village > 2 LIMIT 20000")]
    single = _facts_per_second(persons[:ROUNDS], 1, here)
    fifties = _facts_per_second(persons[ROUNDS : ROUNDS + 60 * FIFTY], FIFTY, here)
    ground.report("durable appends, one fact a transaction", single, "facts/s")
    ground.report("durable appends, fifty facts a transaction", fifties, "facts/s")
    ground.report("fifties / one at a time", fifties / single, "x")
    touched = persons[-FIFTY:]
    fifty = movements_sql(here.rule, Scope.persons(touched))
    everyone = movements_sql(here.rule, Scope.everyone())
    increment = ground.median_ms(lambda: bulk.select(fifty), times=21)
    rebuild = ground.median_ms(lambda: bulk.select(f"SELECT count(*) FROM ({everyone}) AS made"), times=1)
    ground.report("evaluation of 50 touched persons", increment, "ms")
    ground.report("evaluation of everyone", rebuild, "ms")
    ground.report("everyone / 50 touched", rebuild / increment, "x", target=">= 1,000 x")
    began = time.perf_counter()
    with transaction.atomic():
        views.rebuild(here.rule)
    ground.report("rebuild of everything derived", time.perf_counter() - began, "s")
    shutil.rmtree(home)


def _facts_per_second(persons: list[int], size: int, here: Office) -> float:
    began = time.perf_counter()
    for start in range(0, len(persons), size):
        new = [
            NewFact(f"bench-{size}-{person}", facts.REKAM, date(2019, 4, 1), person, {"status": "BIO_CAPTURED"})
            for person in persons[start : start + size]
        ]
        with transaction.atomic():
            ledger.append(new, today=here.today, now=here.now, origin=Origin("bench"), rule=here.rule)
    return len(persons) / (time.perf_counter() - began)
