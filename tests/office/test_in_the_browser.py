"""The office in a real browser: what it weighs, what it says, whether everybody can use it."""

import pytest
from playwright.sync_api import expect

from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs


@pytest.fixture
def page(browser_as: BrowserAs):
    return browser_as(Role.REGISTRAR)


def test_a_registrar_signs_in_with_a_code_and_arrives_at_the_number(page):
    expect(page.locator("h1")).to_contain_text("Cakupan")


def test_a_passkey_is_set_and_opens_the_next_time(browser_as: BrowserAs):
    page = browser_as(Role.KABID, fresh=True)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/akun/")
    page.click("#passkey-register-button")
    expect(page.locator("#passkey-register-status-message")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    page.goto("/akun/")
    expect(page.locator("form[action*='kunci-sandi']")).to_have_count(1)
    page.click(".top form[action='/keluar/'] button")
    page.fill("#username", "kabid")
    page.fill("#password", "jemput-demo-2019")
    page.click("main button.primary")
    page.click("#passkey-verification-button")
    page.wait_for_url("**/")
    expect(page.locator("h1")).to_contain_text("Cakupan")
