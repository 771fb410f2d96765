"""A database of an earlier version is upgraded with every figure as it was, or left exactly as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from jemput import settings
from jemput.actions import backup, upgrade
from jemput.domain.problems import Refused
from jemput.queries import coverage
from jemput.queries.office import office as office_now
from jemput.store import beside, bulk, connect
from tests.actions.copies import NOW, PROGRAMS, quiet
from tests.builders import everything as every_row
from tests.builders import findings
from tests.data import old_office

SAID = {"2019-01-28": (196, 118), "2019-03-28": (186, 120)}
"""Wajib KTP and recorded of the closed counts, as the old version printed them."""
OLD_TABLES = (
    "fact",
    "batch",
    "person",
    "movement",
    "tally",
    "closing",
    "closed_figures",
    "proposal",
    "setting",
    "setting_change",
)


@pytest.fixture(params=("sqlite", "postgresql"))
def old(request, tmp_path, monkeypatch):
    """An office as commit 7fcf7c1 left it."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    if request.param == "sqlite":
        old_office.restored(tmp_path / "jemput.db")
        connect.use_database(settings.database("", tmp_path))
        yield tmp_path
        connections["default"].close()
        return
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    maintenance = settings.database(request.getfixturevalue("postgresql_url"), Path())
    connect.use_database(maintenance)
    name = f"old_{abs(hash(request.node.nodeid))}"
    bulk.execute(f'CREATE DATABASE "{name}"')
    connect.use_database(maintenance | {"NAME": name})
    call_command("migrate", "store", "0002_ledger", verbosity=0)
    old_office.restored(tmp_path / "old.db")
    for table, columns, rows in old_office.rows(tmp_path / "old.db"):
        if table != "django_migrations":
            bulk.insert(table, [f'"{column}"' for column in columns], rows)
    yield tmp_path
    connect.use_database(maintenance)
    bulk.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def everything() -> dict[str, list[object]]:
    """Return every row of the tables and columns that the old version had."""
    return every_row(OLD_TABLES, old_office.columns())


def figures() -> dict[str, tuple[int, int]]:
    here = office_now()
    told = {}
    for closing in coverage.closings():
        at = coverage.view(closing.on, as_known=None, rule=here.rule)
        total = coverage.total(coverage.villages(at, None, rule_in_force=here.rule))
        told[closing.on.isoformat()] = (total.id_obligated, total.recorded)
    return told


def go() -> upgrade.Upgraded:
    return upgrade.upgrade(now=NOW, progress=quiet)


def refused() -> tuple[str, str]:
    with pytest.raises(Refused) as why:
        go()
    problem = why.value.problems[0]
    return problem.kind.code, problem.reason("en")


def with_one_more(name: str) -> override_settings:
    return override_settings(MIGRATION_MODULES={"store": f"tests.data.migrations.{name}"})


def test_an_older_database_is_refused_until_it_is_upgraded(old):
    with pytest.raises(Refused) as why:
        connect.ensure_tables()
    assert why.value.problems[0].kind.code == "older_database"
    go()
    connect.ensure_tables()


def test_every_figure_is_as_it_was_and_the_upgraded_ledger_is_sound(old):
    assert figures() == SAID
    before = everything()
    done = go()
    assert done.migrations[-1].startswith("store.")
    assert figures() == SAID
    assert everything() == before
    assert findings(office_now()) == []
    assert connect.standing() == ([], [], False)


def test_the_old_database_is_kept(old):
    before = everything()
    done = go()
    assert done.kept == old / "before-upgrade-20190402-123000"
    if beside.vendor() == "sqlite":
        with beside.used(beside.sqlite_config(done.kept / "jemput.db")):
            assert everything() == before
            assert len(connect.standing()[0]) > 1
    else:
        assert (done.kept / "database.dump").read_bytes()[:5] == b"PGDMP"
    assert [path.name for path in old.iterdir() if path.name.startswith((".", "upgraded", "swap"))] == []


def test_upgrading_twice_does_nothing_the_second_time(old):
    go()
    assert go() == upgrade.Upgraded([], None)


def test_the_plan_says_what_would_happen_and_changes_nothing(old):
    before = everything()
    planned = upgrade.plan()
    assert planned.last_closing == "2019-03-28"
    assert planned.in_the_way == ()
    assert "store.0008_jobs" in planned.migrations
    assert everything() == before
    assert planned.migrations == go().migrations
    assert upgrade.plan().migrations == []


def test_a_migration_that_fails_in_the_middle_leaves_everything_as_it_was(old):
    before, waiting = everything(), connect.standing()
    with with_one_more("breaks"):
        code, said = refused()
    assert code == "upgrade_failed"
    assert "has no village" in said
    assert "1605011705809001" not in said
    assert everything() == before
    assert connect.standing() == waiting
    assert figures() == SAID
    assert [path.name for path in old.iterdir() if path.name.startswith((".", "before", "upgraded", "swap"))] == []


def test_an_upgrade_that_changes_a_figure_is_not_kept(old):
    before = everything()
    with with_one_more("changes"):
        code, said = refused()
    assert code == "upgrade_not_the_same"
    assert "figures of the closed counts" in said
    assert everything() == before


def test_a_database_of_a_newer_version_is_refused(old):
    go()
    bulk.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9998_future', '2030-01-01')")
    assert refused()[0] == "newer_database"
    with pytest.raises(Refused) as why:
        connect.ensure_tables()
    assert "9998_future" in why.value.problems[0].reason("id")


def test_without_room_or_pg_dump_the_plan_says_so(old, monkeypatch):
    monkeypatch.setattr("jemput.actions.upgrade.need_room", _no_room)
    planned = upgrade.plan()
    assert [one.problems[0].kind.code for one in planned.in_the_way] == ["no_room"]
    assert refused()[0] == "no_room"


def _no_room(where: Path, need: int) -> None:
    raise Refused(backup.NO_ROOM.at(folder=where, need=need, free=0))


def test_a_new_database_has_nothing_to_upgrade(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    connect.use_database(settings.database("", tmp_path))
    assert refused()[0] == "nothing_to_upgrade"
    connect.ensure_tables()
    assert connect.standing()[0] == []
    connections["default"].close()


UPGRADE = """
import json, sys
import django
from django.conf import settings as django_settings
django.setup()
django_settings.MIGRATION_MODULES = {"store": "tests.data.migrations.waits"}
from datetime import UTC, datetime
from pathlib import Path
from jemput import settings
settings.HOME = Path(sys.argv[1])
from jemput.actions.upgrade import upgrade
from jemput.store.connect import use_database
use_database(json.loads(sys.argv[2]))
upgrade(now=datetime.now(UTC), progress=lambda *_: None)
"""


def test_an_upgrade_that_is_killed_leaves_everything_as_it_was(old):
    before, waiting = everything(), connect.standing()
    config = json.dumps(beside.config(), default=str)
    connect.leave()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", UPGRADE, str(old), config],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "in the middle\n"
    process.kill()
    process.communicate()
    assert everything() == before
    assert connect.standing() == waiting
    go()
    assert figures() == SAID
    assert findings(office_now()) == []
