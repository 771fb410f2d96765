"""The pictures of the pages: every page has its own, wide and narrow, or stands among those that have no face."""

from __future__ import annotations

import re

import pytest

from jemput.office import urls  # noqa: F401 - registers the pages
from jemput.office.pages import PAGES
from tests.docs.source import ROOT

LIST = ROOT / "docs" / "screens.md"
HEAVIEST = 6_000_000
"""Bytes of all pictures together: some 50 pages, each wide and narrow."""


@pytest.fixture(scope="module")
def listed() -> str:
    return LIST.read_text("utf-8")


def test_every_page_has_its_pictures_or_is_said_to_have_no_face(listed) -> None:
    faceless = set(re.findall(r"(?m)^- `([\w-]+)`:", listed))
    for name in PAGES:
        shown = {f"screens/{name}-{width}.png" for width in (1280, 390)}
        assert name in faceless or all(picture in listed for picture in shown), f"{name}: run make screenshots"


def test_every_picture_that_is_listed_is_there_and_no_other(listed) -> None:
    named = set(re.findall(r"screens/[\w-]+\.png", listed))
    assert named == {f"screens/{picture.name}" for picture in (ROOT / "docs" / "screens").glob("*")}


def test_the_pictures_are_light_enough_to_be_kept() -> None:
    assert sum(picture.stat().st_size for picture in (ROOT / "docs" / "screens").glob("*.png")) <= HEAVIEST
