"""The office as its users meet it: a client per role on a small demo, and a real browser on a real server."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connections
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from jemput import settings
from jemput.demo.users import PASSWORD
from jemput.domain.roles import Role
from jemput.store.connect import use_database
from jemput.store.models import User
from tests.conftest import OnceARun
from tests.program import Program

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOGIN_OF = {
    Role.KEPALA_DINAS: "kepala",
    Role.KABID: "kabid",
    Role.REGISTRAR: "registrar",
    Role.OPERATOR: "operator",
    Role.AUDITOR: "auditor",
    Role.INSPECTORATE: "inspektorat",
    Role.ADMINISTRATOR: "admin",
}


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


@dataclass
class Served:
    """A running office: its address and its data directory."""

    address: str
    home: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def served(furnished_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`jemput office` on a small demo, as a process of its own, stopped afterwards."""
    home = tmp_path_factory.mktemp("served") / "home"
    move_in(furnished_demo, home)
    port = _free_port()
    environment = os.environ | {"JEMPUT_HOME": str(home), "JEMPUT_PORT": str(port), "JEMPUT_LANGUAGE": "id"}
    log = (home / "office.log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "jemput", "office"], env=environment, stdout=log, stderr=log)
    address = f"http://localhost:{port}"
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            httpx.get(f"{address}/masuk/", timeout=5)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    assert process.poll() is None, (home / "office.log").read_text()
    yield Served(address, home)
    process.terminate()
    process.wait(30)
    log.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


BrowserAs = Callable[..., Page]


def _sign_in_by_hand(context: BrowserContext, served: Served, role: Role) -> Page:
    page = context.new_page()
    page.goto("/masuk/")
    page.fill("#username", LOGIN_OF[role])
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    if page.locator("#token").count():
        with closing(sqlite3.connect(served.home / "jemput.db", timeout=30)) as database, database:
            database.execute("UPDATE otp_totp_totpdevice SET last_t = -1")  # the same half minute may be used again
        page.fill("#token", Program(served.home).json("demo", "otp", LOGIN_OF[role])["code"])
        page.click("main button.primary")
    return page


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
            _sign_in_by_hand(first, served, role)
            sessions[role] = first.storage_state()
            first.close()
        known = {} if fresh else {"storage_state": sessions[role]}
        context = chromium.new_context(base_url=served.address, **known, **options)
        contexts.append(context)
        if fresh:
            return _sign_in_by_hand(context, served, role)
        page = context.new_page()
        page.goto("/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
