"""Impor and Cadangan as somebody uses them: with and without JavaScript, by keyboard, on a narrow screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs, Served
from tests.office.test_intake import a_list
from tests.program import Program

PATIENCE_MS = 30_000
OFFICE_BYTES = 60 * 1024


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def findings(page: Page) -> list[str]:
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]]


def small_targets(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main select, main summary")]
        .filter(one => one.offsetParent && getComputedStyle(one).display !== "inline")
        .map(one => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([one, box]) => `${one.tagName} ${one.textContent.slice(0, 30)} ${box.width}x${box.height}`)"""
    )


def test_an_import_is_tried_and_taken_without_a_reload(browser_as: BrowserAs, tmp_path: Path):
    page = browser_as(Role.REGISTRAR)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda asked: errors.append(asked.url) if "localhost" not in asked.url else None)
    page.goto("/impor/")
    page.set_input_files("#file", write(tmp_path, "desa.csv", a_list(first=9301, wrong=1)))
    page.get_by_role("button", name="Unggah dan uji").click()
    address = page.url
    expect(page.get_by_text("Ini uji coba")).to_be_visible(timeout=PATIENCE_MS)
    assert page.url == address
    assert findings(page) == []
    assert small_targets(page) == []
    page.get_by_role("button", name="Simpan 3 baris").click()
    expect(page.get_by_text("Tersimpan di buku besar.")).to_be_visible(timeout=PATIENCE_MS)
    page.go_back()
    expect(page.get_by_text("Sudah disetujui.")).to_be_visible()
    assert errors == []


def test_an_import_is_tried_taken_and_taken_back_without_javascript(browser_as: BrowserAs, tmp_path: Path):
    page = browser_as(Role.REGISTRAR, java_script_enabled=False)
    page.goto("/impor/")
    page.set_input_files("#file", write(tmp_path, "tanpa-skrip.csv", a_list(first=9401, village="16.05.01.2998")))
    page.get_by_role("button", name="Unggah dan uji").click()
    expect(page.get_by_text("Ini uji coba")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Tersimpan di buku besar.")).to_be_visible(timeout=PATIENCE_MS)
    page.goto("/impor/")
    page.get_by_role("link", name="tanpa-skrip.csv").last.click()
    page.get_by_role("button", name="Hitung akibat pembatalan").click()
    expect(page.get_by_text("fakta akan dibatalkan")).to_be_visible(timeout=PATIENCE_MS)
    page.fill("#reason", "salah desa")
    page.get_by_role("button", name="Batalkan impor ini").click()
    expect(page.get_by_text("Impor ini sudah dibatalkan.")).to_be_visible(timeout=PATIENCE_MS)


def test_an_import_is_done_by_keyboard_alone(browser_as: BrowserAs, tmp_path: Path):
    page = browser_as(Role.REGISTRAR)
    page.goto("/impor/")
    page.set_input_files("#file", write(tmp_path, "papan-tik.csv", a_list(first=9501, village="16.05.01.2997")))
    page.locator("#file").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Unggah dan uji":
            break
    page.keyboard.press("Enter")
    save = page.get_by_role("button", name="Simpan 3 baris")
    expect(save).to_be_visible(timeout=PATIENCE_MS)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith("Simpan 3"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tersimpan di buku besar.")).to_be_visible(timeout=PATIENCE_MS)


def test_a_backup_is_made_with_one_click_and_downloaded(browser_as: BrowserAs, served: Served):
    page = browser_as(Role.ADMINISTRATOR)
    page.goto("/cadangan/")
    if page.get_by_text("Kantor belum punya kunci").count():
        assert findings(page) == []
        Program(served.home).run("backup", "key")
        page.reload()
    page.get_by_role("button", name="Buat cadangan sekarang").click()
    expect(page.get_by_text("sudah dibaca ulang")).to_be_visible(timeout=PATIENCE_MS)
    assert findings(page) == []
    assert small_targets(page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name=".tar.gz.age").first.click()
    assert Path(taken.value.path()).read_bytes().startswith(b"age-encryption.org/v1")


@pytest.mark.parametrize(("role", "address"), [(Role.REGISTRAR, "/impor/"), (Role.ADMINISTRATOR, "/cadangan/")])
def test_the_pages_fit_a_narrow_screen_and_weigh_little(browser_as: BrowserAs, role: Role, address: str):
    page = browser_as(role, viewport={"width": 320, "height": 800})
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    weights: list[float] = []
    devtools.on("Network.loadingFinished", lambda done: weights.append(done["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert sum(weights) <= OFFICE_BYTES
    assert findings(page) == []
