"""The program as a user runs it: a process of its own, on a small demo built once a run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demo, to be copied."""
    home = tmp_path_factory.mktemp("demo")
    Program(home).run("demo", home, "--small", "--no-serve")
    return home


@pytest.fixture
def demo(small_demo: Path, tmp_path: Path) -> Program:
    """The program on a small demo of the test's own."""
    shutil.copytree(small_demo, tmp_path / "home")
    return Program(tmp_path / "home")


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """The program on a data directory that is not there yet."""
    return Program(tmp_path / "empty", JEMPUT_TODAY="2019-03-28")


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write a CSV of dictionaries and return its path."""

    def write(name: str, rows: list[dict[str, str]]) -> Path:
        columns = list(dict.fromkeys(key for row in rows for key in row))
        lines = [";".join(columns), *(";".join(row.get(key, "") for key in columns) for row in rows)]
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
