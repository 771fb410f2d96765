"""Cakupan and Rincian angka in a real browser: light, quiet, clean, narrow; by keyboard alone and without a script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs

PAGES = (
    "/",
    "/?level=desa&by=percent&denominator=dkb",
    "/?area=16.05.14.2001&side=live",
    "/rincian/",
    "/rincian/?from_on=2019-03-28&on=2019-04-02&figure=recorded",
    "/rincian/orang/?figure=recorded&cause=rekam&sign=plus",
    "/rincian/bukti/",
)
WEIGHT = 60_000
FINGER = 24


def weighed(page: Page, address: str) -> int:
    """Return the bytes a page and everything it loads took on the way."""
    took: list[Response] = []
    page.on("response", lambda one: took.append(one))  # noqa: PLW0108 - Playwright takes no built-in function
    page.goto(address, wait_until="networkidle")
    return sum(sum(one.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")) for one in took)


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed and is smaller than a fingertip; a map's areas are links of the table beside it too."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select, main summary')]
            .filter(one => !one.closest('svg') && one.offsetParent && getComputedStyle(one).display !== 'inline')
            .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
            .filter(([, box]) => box.width < least || box.height < least)
            .map(([text, box]) => `${text} ${Math.round(box.width)}x${Math.round(box.height)}`)""",
        FINGER,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_quiet_and_clean_to_axe(browser_as: BrowserAs, scheme):
    page = browser_as(Role.REGISTRAR, color_scheme=scheme)
    said: list[str] = []
    outside: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda asked: outside.append(asked.url) if "//localhost" not in asked.url else None)
    for address in PAGES:
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
    assert (said, outside) == ([], [])


def test_every_page_is_light_and_narrow_and_can_be_pressed_with_a_finger(browser_as: BrowserAs):
    page = browser_as(Role.REGISTRAR, viewport={"width": 320, "height": 640})
    for address in PAGES:
        assert weighed(page, address) <= WEIGHT, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert small_targets(page) == [], address


def test_without_a_script_a_figure_leads_to_its_people_and_a_kecamatan_to_its_villages(browser_as: BrowserAs):
    page = browser_as(Role.REGISTRAR, java_script_enabled=False)
    page.goto("/")
    page.locator("#wilayah tbody tr").first.locator("th a").click()
    assert "area=16.05." in page.url
    left = page.locator(".official dd a").last.inner_text()
    page.locator(".official dd a").last.click()
    assert f"{left} orang" in page.locator("main .lead").inner_text()


def test_without_a_script_a_line_of_the_bridge_opens_its_people(browser_as: BrowserAs):
    page = browser_as(Role.REGISTRAR, java_script_enabled=False)
    page.goto("/rincian/")
    page.select_option("#from_on", "2019-01-28")
    page.click("main form.bar button")
    line = page.locator("tbody td a", has_text="−").first
    amount = line.inner_text().lstrip("−")
    line.click()
    assert f"{amount} orang" in page.locator("main .lead").inner_text()


def test_by_keyboard_alone_a_kecamatan_is_opened_and_no_area_of_the_map_stands_in_the_way(browser_as: BrowserAs):
    page = browser_as(Role.REGISTRAR)
    page.goto("/#wilayah")
    page.locator("#wilayah .bar a").last.focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "[document.activeElement.closest('svg') !== null, document.activeElement.closest('tbody') !== null]"
        )
        assert not focused[0]
        if focused[1]:
            break
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**area=16.05.*")
    assert page.locator("h1").inner_text() == f"Cakupan {name}"


def test_an_area_of_the_map_is_a_link_with_a_name(browser_as: BrowserAs):
    page = browser_as(Role.KEPALA_DINAS)
    page.goto("/")
    area = page.locator("svg.map a.area").first
    name = area.locator("title").text_content()
    area.click(force=True)
    page.wait_for_url("**area=16.05.*")
    assert name is not None
    assert page.locator("h1").inner_text() == f"Cakupan {name.split(':')[0]}"


def test_a_proof_is_downloaded_and_brought_back(browser_as: BrowserAs, tmp_path):
    page = browser_as(Role.INSPECTORATE)
    page.goto("/rincian/")
    with page.expect_download() as waited:
        page.click("a[href*='proof=1']")
    file = tmp_path / "bukti.json"
    waited.value.save_as(file)
    page.goto("/rincian/bukti/")
    page.set_input_files("#proof", file)
    page.click("main form button")
    assert "Bukti cocok dengan buku besar" in page.locator("main").inner_text()
