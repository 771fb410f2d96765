"""The program as a user runs it: a process of its own on a data directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = [sys.executable, "-W", "ignore", "-c", "from jemput.cli import main; main()"]


class Program:
    """Runs `jemput` on one data directory."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("JEMPUT", "LC_", "LANG"))}
        self.environment = inherited | {"JEMPUT_HOME": str(home), "LANG": "en_US.UTF-8"} | environment

    def run(self, *words: object, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*PROGRAM, *map(str, words)], env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == exit_code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words: object, exit_code: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", exit_code=exit_code).stdout)
