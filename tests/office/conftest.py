"""The office as its users meet it: a client per role on a small demo, and a real browser on a real server."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, BrowserContext, Page

from jemput import settings
from jemput.domain.roles import Role
from jemput.store.connect import use_database
from jemput.store.models import User
from tests.conftest import OnceARun
from tests.office.running import LOGIN_OF, Served, serving, sign_in_by_hand
from tests.program import Program

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests


@pytest.fixture(scope="session")
def furnished_demo(small_demo: Path, once_a_run: OnceARun) -> Path:
    """A small demo whose shelves hold reports, signed copies, work in hand and a backup; to be copied."""

    def furnish(home: Path) -> None:
        shutil.copytree(small_demo, home, dirs_exist_ok=True)
        environment = Program(home).environment
        subprocess.run([sys.executable, "-m", "tests.office.furnish"], env=environment, check=True, timeout=300)

    return once_a_run("furnished-demo", furnish)


@pytest.fixture
def demo_office(small_demo: Path, tmp_path: Path) -> Iterator[Path]:
    """The database of a small demo of the test's own, in use in this process; its home."""
    home = tmp_path / "office"
    home.mkdir()
    shutil.copy(small_demo / "jemput.db", home)
    use_database(settings.database("", home))
    yield home
    connections["default"].close()


def move_in(furnished: Path, home: Path) -> None:
    """Copy a furnished demo to another home, and let its papers name their files where they now lie."""
    shutil.copytree(furnished, home)
    with closing(sqlite3.connect(home / "jemput.db")) as database, database:
        for column in ("job.args", "job.result", "backup.file"):
            table, name = column.split(".")
            database.execute(f"UPDATE {table} SET {name} = replace({name}, ?, ?)", (str(furnished), str(home)))


@pytest.fixture
def furnished_office(furnished_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same with its shelves filled; the files it keeps are its own."""
    home = tmp_path / "office"
    move_in(furnished_demo, home)
    monkeypatch.setattr(settings, "HOME", home)
    use_database(settings.database("", home))
    yield home
    connections["default"].close()


class OfficeClient(Client):
    """A client that asks the office by the name it answers to."""

    def __init__(self, **options: object) -> None:
        super().__init__(SERVER_NAME="localhost", **options)


ClientAs = Callable[..., Client]


@pytest.fixture
def client_as(demo_office: Path) -> ClientAs:
    """Return clients signed in as a role, the second factor passed; `area` moves the person to another area."""

    def sign_in(role: Role, area: int | None = None, *, verified: bool = True) -> Client:
        user = User.objects.get(username=LOGIN_OF[role])
        if area is not None:
            User.objects.filter(pk=user.pk).update(area=area)
        client = OfficeClient()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        device = TOTPDevice.objects.filter(user=user).first()
        if verified and device is not None:
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
            session.save()
        return client

    return sign_in


@pytest.fixture(scope="session")
def served(furnished_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running office on a furnished small demo."""
    home = tmp_path_factory.mktemp("served") / "home"
    move_in(furnished_demo, home)
    with serving(home) as running:
        yield running
    log = (home / "office.log").read_text("utf-8", errors="replace")
    assert not re.search(r"(?<!\w)\d{16}(?!\w)", log), "a NIK stands in the log of the office"
    assert "Traceback" not in log, log


BrowserAs = Callable[..., Page]


@pytest.fixture(scope="session")
def sessions() -> dict[Role, Any]:
    """The cookies of each role once it has signed in."""
    return {}


@pytest.fixture
def browser_as(chromium: Browser, served: Served, sessions: dict[Role, Any]) -> Iterator[BrowserAs]:
    """Return a browser page signed in as a role, the first time through the real sign-in pages.

    `fresh` signs in again and leaves the kept session alone; other keywords go to the browser's context.
    """
    contexts: list[BrowserContext] = []

    def sign_in(role: Role, *, fresh: bool = False, **options: object) -> Page:
        if role not in sessions and not fresh:
            first = chromium.new_context(base_url=served.address)
            sign_in_by_hand(first, served, role)
            sessions[role] = first.storage_state()
            first.close()
        known = {} if fresh else {"storage_state": sessions[role]}
        context = chromium.new_context(base_url=served.address, **known, **options)
        contexts.append(context)
        if fresh:
            return sign_in_by_hand(context, served, role)
        page = context.new_page()
        page.goto("/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
