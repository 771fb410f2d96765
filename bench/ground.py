"""The ground every benchmark stands on: one full demo, built once in the user's temporary folder."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jemput.settings")
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="jemput-bench-"))
django.setup()

HOME = Path(tempfile.gettempdir()) / "jemput-bench-demo"


def built() -> Path:
    """Return the folder of a full demo: built where it is not there, upgraded where an earlier version built it."""
    if not (HOME / "done").exists():
        run_demo(HOME)
        (HOME / "done").touch()
    command = [sys.executable, "-c", "from jemput.cli import main; main()", "upgrade"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"JEMPUT_HOME": str(HOME)})  # noqa: S603 - our own program
    return HOME


def run_demo(home: Path) -> None:
    """Fill a folder with the full demo, as a user does."""
    command = [sys.executable, "-c", "from jemput.cli import main; main()", "demo", str(home), "--no-serve", "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program


def median_ms(work: Callable[[], object], *, times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the median time of some work in milliseconds, after one run that is not counted.

    By the clock, or by `time.process_time`: another program on the same cores is not measured then.
    """
    work()
    taken = []
    for _ in range(times):
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return statistics.median(taken)


def report(label: str, value: float, unit: str, *, target: str = "") -> None:
    """Print one figure with what was asked of it."""
    print(f"{label:<62} {value:>12,.2f} {unit:<10} {target}")
