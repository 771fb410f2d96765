"""The small demo, written and read once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from jemput.demo.files import write_files
from tests.demo.tally import Tally, read_tally


@pytest.fixture(scope="session")
def small_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small demo."""
    folder = tmp_path_factory.mktemp("demo")
    write_files(folder, small=True)
    return folder


@pytest.fixture(scope="session")
def small_tally(small_files: Path) -> Tally:
    """What the files of the small demo say."""
    return read_tally(small_files)
