"""`jemput demo` serves the village's pages beside its office, and both end together."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.office.running import free_port
from tests.program import Program


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.2)
    return False


def answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).status_code < httpx.codes.INTERNAL_SERVER_ERROR
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_demo_serves_office_and_pages_which_know_each_other_and_end_together(small_demo: Path, tmp_path: Path, how):
    home = tmp_path / "home"
    shutil.copytree(small_demo, home)
    office, pages = free_port(), free_port()
    program = Program(home, JEMPUT_PORT=str(office), JEMPUT_PUBLIC_PORT=str(pages))
    with (tmp_path / "out").open("wb") as out:
        demo = subprocess.Popen(
            [sys.executable, "-m", "jemput", "demo", home, "--small"], env=program.environment, stdout=out, stderr=out
        )
        try:
            assert until(lambda: answers(f"http://localhost:{office}/masuk/")), (tmp_path / "out").read_text()
            assert until(lambda: answers(f"http://localhost:{pages}/"))
            assert f"http://localhost:{pages}" in (tmp_path / "out").read_text()
            assert until((home / "public" / "office.pub").exists), "the office did not introduce itself"
            assert until(lambda: program.json("exchange")["reached"], 5)
        finally:
            demo.send_signal(how)
            demo.wait(60)
    assert until(lambda: not answers(f"http://localhost:{pages}/"), 15), "the pages outlived the demo"
