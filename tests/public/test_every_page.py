"""Every page a village opens, measured in a real browser: light, quiet, usable on the narrowest telephone and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.office.visiting import Visit
from tests.public.running import Pages, Village

HEAVIEST = 15 * 1024
"""Bytes of a village's page all told, as sent, on a first visit (the guide's budget)."""
WHERE = ("", "minta/", "rompok/", "pesan/?hari=jumat&rompok=Blok+C&orang=15", "siapa/", "pin/")


@pytest.fixture
def open_page(chromium: Browser, village: Village):
    context = chromium.new_context(locale="id-ID")
    page = context.new_page()
    page.goto(f"{village.url}pin/")
    yield page
    context.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_is_light_quiet_and_usable_by_everybody(open_page, pages: Pages, village: Village, language):
    page = open_page
    visit = Visit(page, heaviest=HEAVIEST)
    found = visit.findings(f"{village.url}pin/?bahasa={language}")
    page.fill("#pin", village.pin)
    page.click("button.yes")
    page.wait_for_url("**/siapa/")
    for where in WHERE:
        found += [f"{where}: {one}" for one in visit.findings(f"{village.url}{where}")]
    page.goto(village.url)
    page.click("button.yes")
    found += visit.findings(page.url)
    found += visit.findings(f"{pages.address}/")
    assert not found, "\n".join(found)


def test_the_longest_pages_keep_the_budget_even_where_nothing_is_compressed(pages: Pages, village: Village, chromium):
    context = chromium.new_context(java_script_enabled=False, extra_http_headers={"Accept-Encoding": "identity"})
    page = context.new_page()
    page.goto(f"{village.url}pin/")
    page.fill("#pin", village.pin)
    page.click("button.yes")
    style = len(
        context.request.get(f"{pages.address}{page.locator('link[rel=stylesheet]').get_attribute('href')}").body()
    )
    for where in ("", "minta/", "rompok/", "pesan/?hari=jumat&rompok=Blok+C", "siapa/"):
        body = context.request.get(f"{village.url}{where}").body()
        assert len(body) + style < HEAVIEST, f"{where}: {len(body)} + {style}"
    context.close()
