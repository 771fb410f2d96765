"""The village's pages as a process of their own, and an office in this process that exchanges with them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from jemput.actions.links import make_link, make_pin
from jemput.actions.settings import set_settings
from jemput.actions.visits import ask_visit, make_visit
from jemput.jobs.exchange import exchange_batches
from jemput.queries import coverage, people
from jemput.queries.office import Office, office
from jemput.queries.people import Person
from jemput.store import bulk
from jemput.store.models import VillageLink
from tests.office.running import free_port


@dataclass
class Pages:
    """Village pages that run: their address, their folder, and their process, which may be killed and started again."""

    home: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("JEMPUT", "DJANGO"))}
        said = {"JEMPUT_PUBLIC_HOME": str(self.home), "JEMPUT_PUBLIC_PORT": str(self.port), "JEMPUT_LANGUAGE": "id"}
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home.parent / "public.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jemput", "public"],
                env=inherited | said | self.environment,
                stdout=log,
                stderr=log,
            )
        for _ in range(200):
            assert self.process.poll() is None, self.log
            try:
                httpx.get(f"{self.address}/robots.txt", timeout=5)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(self.log)

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(30)

    @property
    def log(self) -> str:
        return (self.home.parent / "public.log").read_text("utf-8", errors="replace")

    @property
    def bytes(self) -> bytes:
        """Every byte that the pages keep."""
        return b"".join(path.read_bytes() for path in sorted(self.home.iterdir()) if path.is_file())


@contextmanager
def serving_pages(home: Path, **environment: str) -> Iterator[Pages]:
    """Run `jemput public` on a folder, and kill it afterwards."""
    pages = Pages(home, free_port(), environment)
    pages.start()
    try:
        yield pages
    finally:
        pages.kill()


def village_of_many(area: int) -> int:
    """Return the village with the most unrecorded people whom a page of names does not hold."""
    here = office()
    at = coverage.view(here.today, as_known="now", rule=here.rule)
    figures = coverage.villages(at, area, rule_in_force=here.rule)
    return max(figures, key=lambda one: figures[one].unrecorded)


@dataclass
class Village:
    """A village with a visit, a link and a PIN, and the people it is asked about."""

    number: int
    visit: int
    link: VillageLink
    url: str
    pin: str

    @property
    def here(self) -> Office:
        return office()

    def people(self) -> list[Person]:
        here = office()
        at = coverage.view(here.today, as_known="now", rule=here.rule)
        return people.people(at, self.number, "unrecorded", rule_in_force=here.rule)


def introduce(pages: Pages, *, on: date | None = None) -> Village:
    """Tell the office where its pages are, plan a visit to a village, make its link and PIN, and exchange."""
    set_settings({"public_address": pages.address, "office_phone": "0812 3456 7834"}, said_by="admin")
    here = office()
    assert here.area is not None
    number = village_of_many(here.area)
    day = on or date(2019, 4, 10)
    visit = make_visit(
        place_kind="village",
        village=number,
        place="Balai desa",
        on=day,
        starts="09.00",
        ends="14.00",
        office=here,
        by="kabid",
    )
    ask_visit(visit, office=here, by="kabid")
    url, link = make_link(village=number, visit=visit, office=here, by="kabid")
    pin = make_pin(link.pk, office=here, by="kabid")
    assert exchange()["reached"]
    return Village(number, visit, link, url, pin)


def exchange() -> dict[str, Any]:
    """Exchange until neither side has anything new."""
    return exchange_batches({}, lambda *_: None)


def niks() -> set[str]:
    """Return every NIK and family card number the office knows."""
    rows = bulk.select("SELECT nik, no_kk FROM person")
    return {number for row in rows for number in row if number}
