"""The full demo: seconds from nothing to the number, and the memory it takes."""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from pathlib import Path

from bench import ground


def main() -> None:
    """Build the demo in a new folder and report its time, and its time to that of a copy of its database."""
    home = Path(tempfile.mkdtemp(prefix="jemput-bench-"))
    began = time.perf_counter()
    ground.run_demo(home)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    began = time.perf_counter()
    shutil.copy(home / "jemput.db", home / "copy.db")
    copied = time.perf_counter() - began
    ground.report("full demo", seconds, "s", target="<= 150 s")
    ground.report("peak memory of the largest process", peak, "MB", target="<= 1,500 MB")
    ground.report("full demo / copying its database file", seconds / copied, "x")
    shutil.rmtree(home)
