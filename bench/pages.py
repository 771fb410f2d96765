"""Every page on the full demo: milliseconds a visit at the 50th and 95th percentile, the server on one core."""

from __future__ import annotations

import http.client
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from bench import ground, serving
from jemput import settings
from jemput.demo.users import add_logins
from jemput.domain.roles import Role, may
from jemput.office.pages import PAGES
from jemput.store.connect import use_database

VISITS = 50
READERS = (Role.REGISTRAR, Role.KABID, Role.KEPALA_DINAS, Role.ADMINISTRATOR)


def main() -> None:
    """Visit each page many times over one connection and report how long an answer took."""
    with tempfile.TemporaryDirectory(prefix="jemput-bench-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(ground.built(), home)
        use_database(settings.database("", home))
        add_logins()
        cookies = {role: serving.signed_in(f"bench-{role.value}", role) for role in READERS}
        where = serving.addresses()
        with serving.serving(home, cores={0}) as served:
            line = http.client.HTTPConnection("localhost", served.port, timeout=serving.WAIT_S)
            for name, address in sorted(where.items()):
                right = PAGES[name].right
                reader = next(role for role in READERS if right is None or may(role, right))
                _report(name, address, cookies[reader], served, line)


def _report(name: str, address: str, cookie: str, served: serving.Served, line: http.client.HTTPConnection) -> None:
    status, size = serving.ask(served.port, address, cookie, line)
    if status == http.client.FOUND:
        return  # a page that only takes what is sent to it
    assert status == http.client.OK, (address, status)
    taken, spent = [], []
    for _ in range(VISITS):
        began, used = time.perf_counter(), served.spent_ms()
        again, _ = serving.ask(served.port, address, cookie, line)
        taken.append((time.perf_counter() - began) * 1000)
        spent.append(served.spent_ms() - used)
        assert again == status, (address, again)
    label = f"{name}, {size / 1024:.1f} KB"
    ground.report(f"{label}: half within, by the clock", statistics.median(taken), "ms")
    ground.report(f"{label}: 95 of 100 within, by the clock", statistics.quantiles(taken, n=20)[-1], "ms")
    ground.report(f"{label}: the same, processor", statistics.quantiles(spent, n=20)[-1], "ms", target="<= 100 ms")
