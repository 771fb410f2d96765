"""A running office and Debian's Chromium, for the tests in the browser and for the pictures of the pages."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext, Page

from jemput.demo.users import PASSWORD
from jemput.domain.roles import Role
from tests.program import Program

LOGIN_OF = {
    Role.KEPALA_DINAS: "kepala",
    Role.KABID: "kabid",
    Role.REGISTRAR: "registrar",
    Role.OPERATOR: "operator",
    Role.AUDITOR: "auditor",
    Role.INSPECTORATE: "inspektorat",
    Role.ADMINISTRATOR: "admin",
}


@dataclass
class Served:
    """A running office: its address and its data directory."""

    address: str
    home: Path


def free_port() -> int:
    """Return a port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """Run `jemput office` on a data directory, as a process of its own, and stop it afterwards."""
    port = free_port()
    environment = os.environ | {"JEMPUT_HOME": str(home), "JEMPUT_PORT": str(port), "JEMPUT_LANGUAGE": "id"}
    with (home / "office.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "jemput", "office"], env=environment, stdout=log, stderr=log)
        address = f"http://localhost:{port}"
        try:
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
        finally:
            process.terminate()
            process.wait(30)


def sign_in_by_hand(context: BrowserContext, served: Served, role: Role) -> Page:
    """Sign in through the real pages, the second factor too, and return the page one arrives at."""
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
    page.wait_for_selector(".top form[action='/keluar/']")
    return page
