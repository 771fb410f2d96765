"""Every page of the table in Debian's Chromium, for whoever sees most on it and for the inspectorate."""

from __future__ import annotations

import pytest
from httpx import codes

from jemput.office.pages import PAGES
from tests.office.conftest import BrowserAs, Served
from tests.office.samples import address, readers
from tests.office.visiting import Visit

VISITS = [(page.name, role) for page in PAGES.values() for role in readers(page)]


@pytest.mark.parametrize(("name", "role"), VISITS, ids=[f"{name}-{role.value}" for name, role in VISITS])
def test_a_page_is_light_quiet_and_usable_by_everybody(name, role, browser_as: BrowserAs, served: Served):
    page = browser_as(role)
    where = address(PAGES[name], served.home)
    answer = page.context.request.get(where, max_redirects=0)
    if answer.status == codes.FOUND:
        pytest.skip("leads on to another page, which is measured there")
    assert answer.ok, answer.status
    if not answer.headers["content-type"].startswith("text/html") or "<html" not in answer.text():  # a file or a part
        assert answer.headers["x-content-type-options"] == "nosniff"
        return
    findings = Visit(page).findings(where)
    assert not findings, "\n".join([where, *findings])


def test_every_page_has_a_reader():
    assert [page.name for page in PAGES.values() if not readers(page)] == []
