"""Search and proposals as hands use them: suggestions while typing, the keyboard alone, and no script at all."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs, Served


def somebody(served: Served) -> tuple[int, str, str]:
    """Return number, NIK and name of a resident."""
    with closing(sqlite3.connect(served.home / "jemput.db", timeout=30)) as database:
        return database.execute(
            "SELECT id, nik, name FROM person WHERE village > 2 AND dead_day IS NULL AND name LIKE '% %' ORDER BY id LIMIT 1"
        ).fetchone()


@pytest.fixture
def page(browser_as: BrowserAs) -> Page:
    return browser_as(Role.REGISTRAR)


def test_suggestions_come_while_typing_and_lead_to_the_person_by_keyboard(page: Page, served: Served):
    person, _, name = somebody(served)
    page.goto("/orang/")
    page.locator("#cari").press_sequentially(name, delay=20)
    expect(page.locator(f'#saran a[href="/orang/{person}/"]')).to_be_visible()
    assert not re.search(r"\d{16}", page.content())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#saran') !== null")


def test_a_number_typed_by_hand_never_reaches_an_address(page: Page, served: Served):
    person, nik, _ = somebody(served)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/orang/")
    page.locator("#cari").press_sequentially(nik, delay=5)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/orang/{person}/")
    assert not any(nik in url for url in asked)


def test_search_and_lists_work_without_a_script(browser_as: BrowserAs, served: Served):
    person, _, name = somebody(served)
    page = browser_as(Role.REGISTRAR, java_script_enabled=False)
    page.fill("#cari", name)
    page.click(".search button")
    expect(page.locator(f'main a[href="/orang/{person}/"]').first).to_be_visible()
    page.goto("/orang/")
    page.click("main a.chip >> nth=3")
    expect(page.locator("h1")).to_contain_text("belum rekam")
    page.select_option("#area", index=1)
    page.click("main .bar button")
    expect(page.locator(".lead b")).to_contain_text("orang")
    page.goto("/usulan/")
    expect(page.locator("h1")).to_have_text("Usulan")


@pytest.mark.parametrize(
    "address", ["/orang/", "/orang/?q=julia", "/orang/?group=unrecorded", "/usulan/", "/orang/status/"]
)
def test_nothing_runs_over_at_320_pixels(page: Page, address: str):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
