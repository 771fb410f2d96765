"""The pages of reports in a real browser: weight, width, keyboard, no JavaScript, axe."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs

LIST, PRINTED, CLOSE = "/laporan/", "/laporan/angka-terbit/", "/laporan/tutup/"
MONTH = "/laporan/pratinjau/?kind=monthly&on=2019-03-28"
DAY = "/laporan/pratinjau/?kind=daily&on=2019-04-02"
CARD = "/laporan/pratinjau/?kind=press&on=2019-03-28"
PAGES = (LIST, MONTH, DAY, CARD, PRINTED, CLOSE)
WEIGHT = 60_000
SMALLEST = 24


def make(page: Page, address: str) -> None:
    """Make the report an address previews, and arrive at it."""
    page.goto(address)
    page.click("main button.primary")
    page.wait_for_selector(".report-files")


def weighed(page: Page, address: str) -> int:
    """Return the bytes a page and everything it loads took on the way."""
    took: list[Response] = []
    page.on("response", lambda one: took.append(one))  # noqa: PLW0108 - Playwright takes no built-in function
    page.goto(address, wait_until="networkidle")
    return sum(sum(one.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")) for one in took)


@pytest.fixture
def page(browser_as: BrowserAs) -> Page:
    return browser_as(Role.KABID)


@pytest.fixture
def card(page: Page) -> str:
    """The address of a press card that was made."""
    make(page, CARD)
    return page.url


def test_every_page_of_reports_is_light_narrow_quiet_and_clean(page: Page, card: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": 320, "height": 800})
    for address in (*PAGES, card):
        assert weighed(page, address) <= WEIGHT, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        small = page.evaluate(
            """least => [...document.querySelectorAll("main a, main button, main input, main select, main summary")]
            .filter(one => one.offsetParent && !one.closest("p.lead") && (one.getBoundingClientRect().height < least
                || one.getBoundingClientRect().width < least)).map(one => one.outerHTML.slice(0, 80))""",
            SMALLEST,
        )
        assert small == [], address
    assert said == []


def test_a_month_is_made_by_keyboard_alone(page: Page) -> None:
    page.goto(LIST)
    page.focus("#month")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("details summary")
    page.focus("main summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("500")
    page.focus("main button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".report-files")
    assert "500" in page.locator("main").inner_text()


def test_without_javascript_a_report_is_made_and_its_sentence_can_be_read(browser_as: BrowserAs) -> None:
    page = browser_as(Role.KABID, java_script_enabled=False)
    make(page, CARD)
    assert page.locator("#kalimat").inner_text().startswith("Per 28 Maret 2019, dari ")
    assert not page.locator("[data-copy]").is_visible()
    page.goto(PRINTED)
    page.fill("#text", page.locator("h1").inner_text())
    page.fill("#source", "Sripoku, 24 April 2019")
    page.click("main button.primary")
    assert page.locator(".notice.bad").count() == 1


def test_the_sentence_is_copied_as_it_stands(browser_as: BrowserAs) -> None:
    page = browser_as(Role.KABID, permissions=["clipboard-read", "clipboard-write"])
    make(page, CARD)
    sentence = page.locator("#kalimat").inner_text()
    page.click("[data-copy]")
    expect(page.locator("[data-copy]")).to_have_text("Tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == sentence
