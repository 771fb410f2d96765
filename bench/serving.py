"""A running office on a copy of a database, and people signed in to it, for the benchmarks of the pages."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from jemput.domain.roles import Role
from jemput.office import urls  # noqa: F401 - registers the pages
from jemput.office.pages import PAGES, Page
from jemput.store import bulk
from jemput.store.models import User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
WAIT_S = 60
QUERIES = {
    "bridge-people": "from_on=2019-02-28&on=2019-03-28&figure=unrecorded&cause=rekam&sign=minus",
    "people": "group=unrecorded&on=2019-03-28&area=16.05",
    "report-preview": "kind=monthly&on=2019-03-28",
}
"""What is asked of a page besides its address, where without it there is little to see."""
PERSON = "SELECT id FROM person WHERE status IS NOT NULL AND dead_day IS NULL ORDER BY id LIMIT 1"
PARAMETERS = {
    "account": "SELECT min(id) FROM office_user",
    "person": PERSON,
    "place": f"SELECT max(place) FROM fact WHERE person = ({PERSON})",
}


@dataclass(frozen=True)
class Served:
    """A running office: its port and its process."""

    port: int
    pid: int

    def spent_ms(self) -> float:
        """Return the processor time it has used so far, in milliseconds (Linux counts it a thread)."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6


@contextmanager
def serving(home: Path, *, database: str = "", cores: set[int] | None = None) -> Iterator[Served]:
    """Run `jemput office` on a data directory, pinned to some cores where they are named."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = os.environ | {
        "JEMPUT_HOME": str(home),
        "JEMPUT_PORT": str(port),
        "JEMPUT_DATABASE": database,
        "JEMPUT_SECRET_KEY": django_settings.SECRET_KEY,  # sessions made here open there
    }
    with (home / "office.log").open("wb") as log:
        command = [sys.executable, "-m", "jemput", "office"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own program
        try:
            if cores:
                os.sched_setaffinity(process.pid, cores)
            until = time.monotonic() + WAIT_S
            while time.monotonic() < until and process.poll() is None:
                with suppress(OSError):
                    ask(port, "/masuk/", "")
                    break
                time.sleep(0.2)
            yield Served(port, process.pid)
        finally:
            process.terminate()
            process.wait(WAIT_S)


def ask(port: int, address: str, cookie: str, held: http.client.HTTPConnection | None = None) -> tuple[int, int]:
    """Get an address; its status and the bytes that came."""
    line = held or http.client.HTTPConnection("localhost", port, timeout=WAIT_S)
    line.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    size = len(answer.read())
    if held is None:
        line.close()
    return answer.status, size


def signed_in(username: str, role: Role) -> str:
    """Return the cookie of somebody signed in with a second factor; made where there is no such person yet."""
    made: dict[str, Any] = {"full_name": username, "role": role.value, "made_at": datetime.now(UTC)}
    user, _ = User.objects.get_or_create(username=username, defaults=made)
    device, _ = TOTPDevice.objects.get_or_create(user=user, name="bench", defaults={"confirmed": True})
    session = import_module(django_settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = MODEL_BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return f"{django_settings.SESSION_COOKIE_NAME}={session.session_key}"


def addresses() -> dict[str, str]:
    """Return the address of every page that can be looked at on a demo as it was built, by the page's name."""
    found = {}
    for page in PAGES.values():
        with suppress(LookupError):
            found[page.name] = _address(page)
    return found


def _address(page: Page) -> str:
    words = page.route.split("/")
    for at, word in enumerate(words):
        if word.startswith("<"):
            name = word.strip("<>").rpartition(":")[2]
            if name == "kind":
                words[at] = "mati" if "person" in page.route else "lahir"
                continue
            rows = bulk.select(PARAMETERS[name])
            words[at] = str(rows[0][0])
    query = QUERIES.get(page.name, "")
    return f"/{'/'.join(words)}" + (f"?{query}" if query else "")
