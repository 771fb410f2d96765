"""The program on data directories of a test's own: a small demo, or nothing yet."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import Program

VILLAGE = "16.05.01.2003"
LIST = [
    {"kode": "16", "nama": "Sumatera Selatan"},
    {"kode": "16.05", "nama": "Kabupaten Musi Rawas"},
    {"kode": "16.05.01", "nama": "Tugumulyo"},
    {"kode": VILLAGE, "nama": "Tegal Rejo"},
    {"kode": "16.05.01.2004", "nama": "Trikoyo"},
]


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


@pytest.fixture
def known(empty: Program, write_csv: Callable[..., Path]) -> Program:
    """The program on an office that knows five areas."""
    empty.run("areas", "import", write_csv("wilayah.csv", LIST), "--valid-from", "2018-01-01")
    return empty
