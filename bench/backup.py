"""A backup of the full demo and the way back: seconds, size and memory, each a process of its own as a user starts it."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import ground

PROGRAM = [sys.executable, "-c", "from jemput.cli import main; main()"]


def main() -> None:
    """Back up a copy of the demo, open the backup, check it, and restore it."""
    home = Path(tempfile.mkdtemp(prefix="jemput-bench-")) / "home"
    shutil.copytree(ground.built(), home)
    key = home.parent / "key.txt"
    database = (home / "jemput.db").stat().st_size
    _timed(home, "backup", "key", "--to", str(key))
    began = time.perf_counter()
    shutil.copy(home / "jemput.db", home / "copy.db")
    copied = time.perf_counter() - began
    seconds = _timed(home, "backup")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    (made,) = (home / "backups").iterdir()
    ground.report("backup, read back", seconds, "s")
    ground.report("backup / copying the database file", seconds / copied, "x")
    ground.report("its largest memory", peak, "MB", target="<= 200 MB")
    ground.report("its size / the database's", made.stat().st_size / database, "x")
    ground.report(
        "opening it and comparing every sum", _timed(home, "backup", "check", str(made), "--key", str(key)), "s"
    )
    ground.report("verifying the ledger", _timed(home, "verify"), "s")
    ground.report("restoring, verification included", _timed(home, "restore", str(made), "--key", str(key)), "s")
    shutil.rmtree(home.parent)


def _timed(home: Path, *words: str) -> float:
    began = time.perf_counter()
    subprocess.run([*PROGRAM, *words], env=os.environ | {"JEMPUT_HOME": str(home)}, check=True, capture_output=True)  # noqa: S603 - our own program
    return time.perf_counter() - began
