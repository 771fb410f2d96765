"""Whole ways through the office, by keyboard alone and without a script: in, to the number, its people, one person, and out."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from jemput.demo.users import PASSWORD
from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs
from tests.office.running import Served, sign_in_by_hand

TABS = 80
"""More steps than any page has from its top to what a walk looks for."""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what a selector names."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{page.url}: no Tab leads to {selector}")


def press(page: Page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_by_keyboard_alone_somebody_signs_in_reads_the_number_its_people_and_one_of_them_and_signs_out(
    chromium, served: Served
):
    context: BrowserContext = chromium.new_context(base_url=served.address)
    page = context.new_page()
    page.goto("/masuk/")
    assert page.evaluate("document.activeElement.id") == "username"
    page.keyboard.type("inspektorat")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Cakupan")
    press(page, "form[action='/keluar/'] button")
    expect(page).to_have_url(f"{served.address}/masuk/")
    context.close()
    context = chromium.new_context(base_url=served.address)
    page = sign_in_by_hand(context, served, Role.OPERATOR)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    press(page, "main a[href*='group=unrecorded']")
    press(page, "table a[href^='/orang/']")
    name = page.locator("h1").inner_text()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator(f"text={name}").first).to_be_visible()
    press(page, "form[action='/keluar/'] button")
    expect(page.locator("#username")).to_be_visible()
    context.close()


def test_without_a_script_somebody_signs_in_reads_the_number_its_people_and_one_of_them_and_signs_out(
    chromium, served: Served
):
    context: BrowserContext = chromium.new_context(base_url=served.address, java_script_enabled=False)
    page = sign_in_by_hand(context, served, Role.AUDITOR)
    figure = page.locator("main a[href*='group=unrecorded']").first
    number = figure.inner_text()
    figure.click()
    expect(page.locator("main")).to_contain_text(f"{number} orang")
    page.locator("table a[href^='/orang/']").first.click()
    expect(page.locator("main")).to_contain_text("Rantai perekaman")
    page.go_back()
    expect(page.locator("main")).to_contain_text(f"{number} orang")
    page.click("form[action='/keluar/'] button")
    expect(page.locator("#username")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["by keyboard", "without a script"])
def test_a_proposal_is_answered_after_its_effect_was_seen(browser_as: BrowserAs, scripts):
    page = browser_as(Role.REGISTRAR, java_script_enabled=scripts)
    page.goto("/usulan/")
    waiting = page.locator("table.proposals tbody tr").count()
    page.select_option("#answer", index=1)
    page.fill("#source", "Kades, WhatsApp 2 April 2019")
    box = page.locator("table.proposals input[type=checkbox]").first
    if scripts:
        page.focus("#source")
        tab_to(page, "table.proposals input[type=checkbox]")
        page.keyboard.press("Space")
        page.focus("#source")
        press(page, "form.answering button.primary")
        press(page, "main form button.primary")
    else:
        box.check()
        page.click("form.answering button.primary")
        page.click("main form button.primary")
    expect(page.locator("main [role=status]").first).to_be_visible()
    page.goto("/usulan/")
    assert page.locator("table.proposals tbody tr").count() == waiting - 1
