"""A small demo's office in this process, and its village pages beside it in a process of their own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from jemput import settings
from jemput.store.connect import use_database
from tests.public.running import Pages, Village, introduce, serving_pages

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests


@pytest.fixture
def demo_office(small_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The database of a small demo of the test's own, in use in this process; its home."""
    home = tmp_path / "office"
    home.mkdir()
    shutil.copy(small_demo / "jemput.db", home)
    monkeypatch.setattr(settings, "PUBLIC_HOME", tmp_path / "public")
    use_database(settings.database("", home))
    yield home
    connections["default"].close()


@pytest.fixture
def pages(demo_office: Path, tmp_path: Path) -> Iterator[Pages]:
    """The village's pages of that office, running."""
    with serving_pages(tmp_path / "public") as running:
        yield running
        assert "Traceback" not in running.log, running.log


@pytest.fixture
def village(pages: Pages) -> Village:
    """A village with a visit asked about, a link and a PIN, known to the pages."""
    return introduce(pages)
