"""A person and an entry in a real browser: without JavaScript, by keyboard, on a narrow screen, and what they weigh."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from jemput.domain.roles import Role
from jemput.store import bulk
from tests.office.conftest import BrowserAs

WEIGHT = 60_000
"""Bytes an office page may weigh all told (pages guide)."""
TARGET = 24
CHAIN = "SELECT person FROM fact WHERE kind = 'rekam' GROUP BY person ORDER BY count(*) DESC, person LIMIT 1"
UNRECORDED = (
    "SELECT id FROM person WHERE village > 9 AND dead_day IS NULL AND status IS NULL AND blocked = 0"
    " AND adult_on BETWEEN 700000 AND 737000 ORDER BY id DESC LIMIT 1"
)


@pytest.fixture
def people(demo_office) -> tuple[int, int]:
    """Somebody with a long chain, and somebody unrecorded."""
    return bulk.select(CHAIN)[0][0], bulk.select(UNRECORDED)[0][0]


def addresses(chain: int, unrecorded: int) -> list[str]:
    return [
        f"/orang/{chain}/",
        f"/orang/{chain}/?kiriman=3",
        f"/orang/{unrecorded}/catat/mati/",
        f"/orang/{unrecorded}/catat/biodata/",
        "/orang/baru/",
        "/orang/baru/lahir/",
        "/orang/baru/datang/",
    ]


def effect(page: Page, person: int) -> None:
    page.goto(f"/orang/{person}/catat/mati/")
    page.fill("#f-on", "28 Maret 2019")
    page.fill("#f-document", "surat kematian dari desa")
    page.click("button[value=effect]")


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed and is smaller than a fingertip; links inside a sentence may be (WCAG 2.5.8)."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select, main summary')]
            .filter(one => one.offsetParent && getComputedStyle(one).display !== 'inline')
            .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
            .filter(([, box]) => box.width < least || box.height < least)
            .map(([text, box]) => `${text} ${Math.round(box.width)}x${Math.round(box.height)}`)""",
        TARGET,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_clean_to_axe_in_light_and_dark(browser_as: BrowserAs, people, scheme):
    page = browser_as(Role.REGISTRAR, color_scheme=scheme)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    outside: list[str] = []
    page.on("request", lambda asked: outside.append(asked.url) if "//localhost" not in asked.url else None)
    for address in [*addresses(*people), "effect"]:
        if address == "effect":
            effect(page, people[1])
        else:
            page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
    assert (errors, outside) == ([], [])


def test_nothing_overflows_at_320_pixels_and_targets_are_large_enough(browser_as: BrowserAs, people):
    page = browser_as(Role.REGISTRAR, viewport={"width": 320, "height": 640})
    for address in [*addresses(*people), "effect"]:
        if address == "effect":
            effect(page, people[1])
        else:
            page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert small_targets(page) == [], address


def test_a_page_weighs_less_than_its_budget(browser_as: BrowserAs, people):
    page = browser_as(Role.REGISTRAR)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    weights: list[int] = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    for address in addresses(*people):
        weights.clear()
        page.goto(address, wait_until="networkidle")
        assert 0 < sum(weights) < WEIGHT, (address, sum(weights))


def test_a_death_is_entered_and_taken_back_without_javascript(browser_as: BrowserAs, people):
    page = browser_as(Role.REGISTRAR, java_script_enabled=False)
    effect(page, people[1])
    expect(page.locator("main")).to_contain_text("Tidak wajib KTP: sudah meninggal.")
    expect(page.locator("main")).to_contain_text("seperti diketahui kini")
    page.click("button[value=save]")
    expect(page.locator("h1")).not_to_have_text("Catat kematian")
    expect(page.locator("[role=status]")).to_contain_text("Tersimpan")
    expect(page.locator(".verdict").nth(1)).to_have_text("Meninggal")
    page.locator("a[href*='/batal/']").first.click()
    page.fill("#f-note", "salah orang")
    page.click("button[value=effect]")
    page.click("button[value=save]")
    expect(page.locator(".verdict").nth(1)).to_have_text("Aktif")
    expect(page.locator("s").first).to_be_visible()


def test_a_recording_is_entered_by_keyboard_alone(browser_as: BrowserAs, people):
    page = browser_as(Role.REGISTRAR)
    page.goto(f"/orang/{people[1]}/")
    page.locator("a[href$='/catat/rekam/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-on")
    page.keyboard.press("Tab")
    page.locator("#f-on").focus()
    page.keyboard.type("28/03/2019")
    page.keyboard.press("Tab")
    page.keyboard.type("dire")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("buku harian")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Sesudah disimpan")
    expect(page.locator("main")).to_contain_text("direkam")
    page.locator("button[value=save]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("Tersimpan")


def test_a_full_nik_is_asked_for_with_a_reason_and_gone_on_the_next_look(browser_as: BrowserAs, people):
    page = browser_as(Role.KABID)
    page.goto(f"/orang/{people[0]}/")
    page.fill("#reason", "mencocokkan dengan KK asli")
    page.click(".reveal button:has-text('NIK')")
    expect(page.locator(".secret").first).to_have_text(
        bulk.select("SELECT nik FROM person WHERE id = %s", [people[0]])[0][0]
    )
    page.goto(f"/orang/{people[0]}/")
    expect(page.locator(".secret")).to_have_count(0)
