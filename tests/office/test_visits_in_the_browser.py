"""A visit from plan to minutes in a real browser: by keyboard, without a script, on a telephone's width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs

PHONE = {"width": 390, "height": 800}
VILLAGE = "16.05.14.1017"


@pytest.fixture
def page(browser_as: BrowserAs) -> Page:
    return browser_as(Role.OPERATOR, java_script_enabled=False, viewport=PHONE, accept_downloads=True)


def plan(page: Page) -> None:
    """Plan a visit of yesterday through the pages, and arrive at it."""
    page.goto("/kunjungan/")
    page.get_by_role("link", name="Kunjungan baru").click()
    page.get_by_label("Desa tuan rumah").select_option(VILLAGE)
    page.get_by_role("button", name="Pilih desa").click()
    page.get_by_label("Jenis tempat", exact=True).select_option("school")
    page.get_by_label("Nama tempat").fill("SDN 2 Bangun Jaya")
    page.get_by_label("Tanggal", exact=True).fill("2019-04-01")
    page.get_by_label("Tim", exact=True).fill("Andi Wijaya, Rina Wati")
    page.get_by_role("button", name="Buat kunjungan").click()
    expect(page.locator("h1")).to_contain_text("SDN 2 Bangun Jaya")


def test_outcomes_are_typed_with_the_keyboard_alone_and_the_visit_closed_without_a_script(page: Page) -> None:
    plan(page)
    chosen = page.locator("select[name^=outcome-]")
    people = chosen.count()
    assert people
    chosen.first.focus()
    page.keyboard.type("direkam")
    page.keyboard.press("Tab")
    page.keyboard.type("lancar")
    for _ in range(people - 1):
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("tidak dat")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text(f"{people} hasil tersimpan")
    expect(chosen.first).to_have_value("recorded")
    expect(chosen.nth(1)).to_have_value("absent")
    page.get_by_label("Datang, orang").fill("1")
    page.get_by_label("Direkam, orang").fill("1")
    page.get_by_label("Apa yang terjadi").fill("Hujan sejak pagi.")
    page.get_by_role("button", name="Tutup kunjungan").click()
    expect(page.locator("h1")).to_contain_text("selesai")
    expect(page.locator(".notice.warn")).to_have_count(0)


def test_letters_are_made_and_taken_home_without_a_script(page: Page) -> None:
    plan(page)
    page.get_by_label("Buat surat").select_option("attendance")
    page.get_by_role("button", name="Buat dan beri nomor").click()
    expect(page.locator("[role=status]")).to_contain_text("Daftar hadir siap")
    for name, suffix in (("PDF: daftar hadir", "pdf"), ("Word: daftar hadir", "docx")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        assert taken.value.suggested_filename.endswith(suffix)


def test_the_office_notes_what_the_village_says(page: Page) -> None:
    plan(page)
    page.get_by_label("Yang terjadi", exact=True).select_option("move")
    page.get_by_label("Kata siapa").fill("kades, telepon")
    page.get_by_label("Hari lain, bila diminta").fill("2019-04-16")
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.locator("h1")).to_contain_text("diminta desa")
    page.goto("/kunjungan/")
    wishes = page.locator("section", has=page.get_by_role("heading", name="Permintaan desa"))
    expect(wishes).to_contain_text("SDN 2 Bangun Jaya")
