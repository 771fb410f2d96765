"""An import whose process is killed with SIGKILL, wherever it stands, leaves the database as it was."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from jemput.domain import facts
from jemput.store import bulk
from tests.builders import ADI, LAKITAN, NEXT_DOOR, event, everything, findings, happen, nik, person, take

NEXT_MONTH = date(2019, 2, 2)

IMPORT = """
import json, sys, time
import django
django.setup()
from django.db import connection
from jemput.store.connect import use_database
use_database(json.loads(sys.argv[1]))
from tests.builders import NEXT_DOOR, TUGUMULYO, nik, person, take
from datetime import date

def stop(statement):
    if statement.startswith(sys.argv[2]):
        stop.seen += 1
        if stop.seen == int(sys.argv[3]):
            print("in the middle", flush=True)
            time.sleep(60)

stop.seen = 0
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA cache_size=5")  # pages reach the disk long before the commit
        connection.connection.set_trace_callback(stop)
rows = [person(nik("1981-01-01", n, area="160502"), row=n, village=NEXT_DOOR, status="PRR") for n in range(1, 3000)]
take(person(nik("1980-01-01", 9001), address="RT 9"), *rows, today=date(2019, 2, 2))
print("finished", flush=True)
"""


def importing(config: dict[str, object], *words: object) -> subprocess.Popen[str]:
    """Start a process that takes a list of 3,000 people in the database in use."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", IMPORT, json.dumps(config, default=str), *map(str, words)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("INSERT INTO fact", 1),
        ("INSERT INTO fact", 4000),
        ("INSERT INTO person", 2000),
        ("INSERT INTO movement", 1),
        ("INSERT INTO tally", 1),
        ('INSERT INTO "proposal"', 1),
        ("COMMIT", 1),
    ],
)
def test_an_import_killed_in_the_middle_leaves_the_database_as_it_was(sqlite_office, statement, number):
    take(*(person(nik("1980-01-01", 9000 + n), row=n) for n in range(1, 6)))
    before = everything()
    process = importing(sqlite_office, statement, number)
    assert process.stdout is not None
    assert process.stdout.readline() == "in the middle\n"
    process.kill()
    process.communicate()
    assert everything() == before
    assert findings() == []
    assert take(person(ADI, village=NEXT_DOOR), today=NEXT_MONTH).accepted == 1


def test_an_import_killed_before_its_end_leaves_postgresql_as_it_was(committed_postgresql):
    take(*(person(nik("1980-01-01", 9000 + n), row=n) for n in range(1, 6)))
    before = everything()
    with transaction.atomic():
        bulk.execute("LOCK TABLE tally IN ACCESS EXCLUSIVE MODE")
        process = importing(committed_postgresql, "nowhere", 0)
        until = time.monotonic() + 30
        while not bulk.select("SELECT 1 FROM pg_locks WHERE NOT granted") and time.monotonic() < until:
            time.sleep(0.05)
        assert bulk.select("SELECT 1 FROM pg_locks WHERE NOT granted"), "the import has not come as far as the sums"
        process.kill()
        process.communicate()
    assert take(person(ADI, village=LAKITAN), today=date(2019, 1, 2)).accepted == 1, "after the killed one let go"
    happen(event(facts.MATI, ADI, "2019-01-02"), today=date(2019, 1, 2))
    assert everything()["person"][:5] == before["person"]
    assert len(everything()["person"]) == 6
    assert everything()["proposal"] == before["proposal"] == []
    assert findings() == []
