"""Recordings held up: as many as Cakupan says wait, within the area, with what must be done."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain.ids import area_text
from jemput.domain.roles import Role
from jemput.domain.wording import number
from jemput.queries.office import office
from jemput.queries.waiting import waiting
from jemput.store import bulk
from tests.office.conftest import ClientAs

DISTRICT = 160514


def waits(code: str, area: int) -> int:
    return next((one.count for one in waiting(area, office(), clock=datetime.now(UTC)) if one.code == code), 0)


@pytest.mark.parametrize("which", ["failed", "slow"])
def test_the_list_holds_as_many_as_wait_and_each_status_its_part(which, client_as: ClientAs):
    client = client_as(Role.KABID)
    for area in (1605, DISTRICT):
        total = waits(which, area)
        said = {"status": which, "area": area_text(area)}
        page = client.get("/orang/status/", said).content.decode()
        assert f"<b>{number(total, 'id')} orang</b>" in page
        parts = re.findall(r'at=([A-Z_]+)"[^>]*>[^<]* ([\d.]+)</a>', page)
        assert sum(int(count.replace(".", "")) for _, count in parts) == total
        book = client.get("/orang/status/", said | {"excel": 1})
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
        rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], (int, float))]
        assert len(rows) == total
        assert all("••••••" in row[1] and row[8] for row in rows)
        for code, count in parts[:2]:
            only = client.get("/orang/status/", said | {"at": code}).content.decode()
            assert f"<b>{count} orang</b>" in only


def test_the_longest_waiting_stand_first(client_as: ClientAs):
    page = client_as(Role.REGISTRAR).get("/orang/status/", {"status": "failed"}).content.decode()
    days = [int(one.replace(".", "")) for one in re.findall(r'<td class="right">([\d.]+)</td><td>', page)]
    assert days == sorted(days, reverse=True)
    assert days


def test_nobody_outside_the_area_of_who_looks_is_listed(client_as: ClientAs):
    client = client_as(Role.OPERATOR, DISTRICT)
    for area in ("16.05", "16.05.01", "x"):
        assert client.get("/orang/status/", {"area": area}).status_code == 404
    shown = re.findall(r'href="/orang/(\d+)/"', client.get("/orang/status/").content.decode())
    assert shown
    marks = ", ".join(shown)
    assert {row[0] // 10**4 for row in bulk.select(f"SELECT village FROM person WHERE id IN ({marks})")} == {DISTRICT}


WORDS = st.sampled_from(["failed", "slow", "x", "16.05.14", "-1", "999999", "PROCESSING", "\x00", "²", "1"])
FIELDS = st.sampled_from(["status", "area", "at", "page", "excel"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FIELDS, st.one_of(WORDS, st.text(max_size=9)), max_size=4))
def test_no_address_breaks_the_list(client_as: ClientAs, said: dict[str, str]):
    answer = client_as(Role.REGISTRAR).get("/orang/status/", said)
    answer.close()
    assert answer.status_code < 500
