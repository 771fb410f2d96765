"""Rincian angka: the balance foots on the page, each line opens as many people as it says, a proof stands elsewhere."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.actions.record_claim import record_claims
from jemput.domain.audit import Verb
from jemput.domain.claims import Claim
from jemput.domain.roles import Right, Role, may
from jemput.queries import bridge as bridges
from jemput.queries import coverage as counts
from jemput.queries.office import office
from jemput.store.models import AuditLine
from tests.cli.conftest import Program
from tests.office.conftest import ClientAs
from tests.office.pages import number, people_of, read

FEBRUARY, MARCH = date(2019, 2, 28), date(2019, 3, 28)


def figures(area: int = 1605, on: date = MARCH) -> counts.Figures:
    here = office()
    at = counts.view(on, as_known=None, rule=here.rule)
    return counts.total(counts.villages(at, area, rule_in_force=here.rule))


@pytest.mark.parametrize("figure", ["unrecorded", "id_obligated", "recorded"])
@pytest.mark.parametrize(
    "ends", ["", "&from_on=2019-03-28&on=2019-04-02", "&from_on=2019-03-28&on=2019-03-28&as_known=now"]
)
def test_the_balance_on_the_page_foots_and_is_the_querys(figure, ends, client_as: ClientAs):
    page = read(client_as(Role.KEPALA_DINAS).get(f"/rincian/?figure={figure}{ends}").content)
    rows = page.tables[0][1:]
    values = [number(row[1]) for row in rows]
    assert sum(values[:-1]) == values[-1]
    assert "Neraca cocok" in "".join(page.text)
    if not ends:
        here = office()
        start, end = (counts.view(on, as_known=None, rule=here.rule) for on in (FEBRUARY, MARCH))
        found = bridges.bridge(start, end, 1605, figure=figure, rule=here.rule)
        assert (values[0], values[-1]) == (found.opening, found.closing)
        assert sorted(values[1:-1]) == sorted(line.amount for line in found.lines)


def test_every_line_opens_as_many_people_as_it_says(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    opened = 0
    for query in ("figure=recorded", "figure=unrecorded", "from_on=2019-03-28&on=2019-04-02&figure=id_obligated"):
        for text, href in read(client.get(f"/rincian/?{query}").content).links:
            if href.startswith("/rincian/orang/") and text[0] in "+−":  # a bar of the chart begins with its name
                assert people_of(client.get(href).content) == abs(number(text)), href
                opened += 1
    assert opened > 20


def test_the_lines_from_the_frozen_dkb_open_too_and_the_unexplained_does_not(client_as: ClientAs):
    page = read(client_as(Role.REGISTRAR).get("/rincian/").content)
    rows = next(table for table in page.tables if table[1][0].startswith("DKB beku"))
    assert sum(number(row[1]) for row in rows[1:-1]) == number(rows[-1][1])
    assert any("dkb=1" in href for _, href in page.links)
    assert not any("unexplained" in href for _, href in page.links)


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Right.PEOPLE)])
def test_who_may_not_see_people_has_no_link_to_them(role, client_as: ClientAs):
    client = client_as(role)
    content = client.get("/rincian/").content
    assert b"/orang/" not in content
    assert client.get("/rincian/orang/?figure=recorded&cause=rekam&sign=plus").status_code == 403


def test_the_people_of_a_line_are_masked_and_leave_as_a_workbook_with_a_line_in_the_audit_trail(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    address = "/rincian/orang/?figure=recorded&cause=rekam&sign=plus"
    assert "••••••" in client.get(address).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{address}&excel=1").streaming_content)))
    listed = [row for row in book.active.iter_rows(values_only=True) if row[1] and "••" in str(row[1])]
    assert len(listed) == people_of(client.get(address).content)
    assert AuditLine.objects.filter(verb=Verb.LIST_EXPORTED).count() == 1


def test_a_line_there_is_not_is_not_there(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    for query in (
        "",
        "cause=rekam&sign=minus&figure=id_obligated",
        "cause=xyz&sign=plus",
        "cause=rekam&sign=plus&figure=recorded&page=999",
    ):
        assert client.get(f"/rincian/orang/?{query}").status_code == 404, query


def test_as_known_then_stands_beside_as_known_now(client_as: ClientAs):
    page = read(client_as(Role.KEPALA_DINAS).get("/rincian/").content)
    rows = {row[0]: row[1:] for row in page.tables[1][1:]}
    assert number(rows["Wajib KTP"][0]) == figures().id_obligated
    for then, now, later in rows.values():
        assert number(now) - number(then) == number(later)


def test_an_area_has_its_own_bridge_and_others_are_closed(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    page = read(client.get("/rincian/?figure=id_obligated").content)
    assert number(page.tables[0][-1][1]) == figures(160514).id_obligated
    for area in ("16.05", "16.05.01"):
        for path in ("/rincian/", "/rincian/orang/"):
            assert client.get(f"{path}?area={area}&figure=recorded&cause=rekam&sign=plus").status_code == 404


def test_the_bridges_leave_as_a_workbook_whose_balances_foot(client_as: ClientAs):
    answer = client_as(Role.INSPECTORATE).get("/rincian/?excel=1")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book.worksheets) == 5
    for sheet in book.worksheets[:4]:
        rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[3], int)]
        assert rows[0][3] + sum(row[2] for row in rows[1:-1]) == rows[-1][3]


def test_the_village_it_is_about_stays_chosen_and_the_end_may_be_read_as_known_now(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    content = client.get("/rincian/?area=16.05.14.2001&on=2019-03-28&as_known=now").content.decode()
    assert '<option value="16.05.14.2001" selected>' in content
    assert '<option value="now" selected>' in content


# --- proofs ----------------------------------------------------------------------------------------------------------


def proof_of(client, query: str = "") -> dict:
    answer = client.get(f"/rincian/?proof=1{query}")
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(answer.content)


def given_back(client, said: dict | bytes):
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return client.post("/rincian/bukti/", {"proof": SimpleUploadedFile("bukti.json", content)})


def test_a_proof_holds_the_figures_of_the_page_and_verify_accepts_it(
    client_as: ClientAs, demo_office: Path, tmp_path: Path
):
    client = client_as(Role.KEPALA_DINAS)
    said = proof_of(client)
    assert said["figures"]["recorded"] == figures().recorded
    assert (said["on"], said["closed"]) == ("2019-03-28", True)
    file = tmp_path / "bukti.json"
    file.write_text(json.dumps(said))
    assert Program(demo_office).json("verify", file)["sound"] is True
    assert AuditLine.objects.filter(verb=Verb.PROOF_MADE).count() == 1


@pytest.mark.parametrize(
    "query", ["", "&area=16.05.14", "&from_on=2019-03-28&on=2019-04-02", "&on=2019-03-28&as_known=now"]
)
def test_a_proof_brought_back_is_accepted(query, client_as: ClientAs):
    client = client_as(Role.INSPECTORATE)
    assert "Bukti cocok dengan buku besar" in given_back(client, proof_of(client, query)).content.decode()


def test_a_proof_somebody_changed_is_found_out_on_the_page_too(client_as: ClientAs):
    client = client_as(Role.INSPECTORATE)
    said = proof_of(client)
    for changed in (
        said | {"figures": said["figures"] | {"recorded": said["figures"]["recorded"] + 1}},
        said | {"head": "00" * 32},
        said | {"place": said["place"] - 1},
        said | {"villages": {}},
        said | {"on": "2019-03-27"},
    ):
        content = given_back(client, changed).content.decode()
        assert "tidak cocok" in content, changed["on"]
        assert "Bukti cocok" not in content


@pytest.mark.parametrize("content", [b"", b"x", b"[]", b'{"format": "x"}', b"\xff\xfe"])
def test_what_is_no_proof_is_refused_in_words(content, client_as: ClientAs):
    answer = given_back(client_as(Role.INSPECTORATE), content)
    assert answer.status_code == 422
    assert "tidak terbaca sebagai bukti" in answer.content.decode()


def test_a_proof_with_nonsense_inside_breaks_nothing(client_as: ClientAs):
    client = client_as(Role.INSPECTORATE)
    said = proof_of(client)
    for name in said:
        for value in (None, [], {}, "x", -1, 10**30):
            assert given_back(client, said | {name: value}).status_code in {200, 422}, (name, value)
    assert client.post("/rincian/bukti/", {}).status_code == 422


def test_a_proof_of_another_area_tells_nothing(client_as: ClientAs):
    said = proof_of(client_as(Role.INSPECTORATE))
    answer = given_back(client_as(Role.OPERATOR), said)
    assert answer.status_code == 422
    assert str(said["figures"]["recorded"]) not in answer.content.decode()


# --- what was printed ------------------------------------------------------------------------------------------------


def printed(off: int) -> str:
    """Keep a statement about the count of March whose remainder is off by so many."""
    told = figures()
    said = {"wajib_ktp": told.id_obligated, "recorded": told.recorded, "remaining": told.unrecorded + off}
    record_claims([Claim(id="x", as_of="2019-03-28", source="Sripoku, 24 April 2019", **said)], office=office())
    return "Sripoku, 24 April 2019"


@pytest.mark.parametrize(("off", "tone"), [(-1, "notice bad"), (0, "notice good")])
def test_what_was_printed_stands_beside_what_was_counted_with_the_verdict_in_words(off, tone, client_as: ClientAs):
    client = client_as(Role.INSPECTORATE)
    source = printed(off)
    content = client.get("/rincian/").content.decode()
    assert source in content
    assert tone in content
    assert ("Sama dengan hitungan" in content) == (off == 0)
    assert ("angka terbit berbeda dari hitungan" in client.get("/").content.decode()) == (off != 0)


def test_what_was_printed_of_the_regency_is_not_shown_beside_a_kecamatan(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    assert printed(-1) not in client.get("/rincian/").content.decode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(("/rincian/", "/rincian/orang/")),
    st.dictionaries(
        st.sampled_from(
            (
                "area",
                "from_on",
                "from_as_known",
                "on",
                "as_known",
                "figure",
                "cause",
                "sign",
                "late",
                "page",
                "dkb",
                "excel",
                "proof",
            )
        ),
        st.sampled_from(
            (
                "16.05.14",
                "2019-03-28",
                "now",
                "recorded",
                "rekam",
                "plus",
                "1",
                "0001-01-01",
                "9999-12-31",
                "2019-02-30",
            )
        )
        | st.text(max_size=10),
    ),
)
def test_no_address_breaks_the_pages(client_as: ClientAs, path: str, asked: dict[str, str]):
    key = id(client_as)
    if key not in _CLIENTS:
        _CLIENTS.clear()
        _CLIENTS[key] = client_as(Role.REGISTRAR)
    query = "&".join(f"{name}={quote(text)}" for name, text in asked.items())
    answer = _CLIENTS[key].get(f"{path}?{query}")
    answer.close()
    assert answer.status_code in {200, 404}, query


_CLIENTS: dict[int, object] = {}
