"""Orang: whom a search finds, the list behind a figure, and nobody from outside the area of who looks."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain.coverage import Rule
from jemput.domain.ids import area_number
from jemput.domain.roles import Right, Role, may
from jemput.domain.wording import number
from jemput.queries import coverage, people
from jemput.queries.people import GROUPS
from jemput.store import bulk
from jemput.store.models import AuditLine
from tests.office.conftest import ClientAs

DISTRICT = 160514
WHOLE_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
LOOKERS = [role for role in Role if may(role, Right.PEOPLE)]


def somebody(area: int = 1605) -> tuple[int, str, str, str]:
    """Return number, NIK, KK number and name of a living resident of an area."""
    low, high = area * 10 ** (10 - len(str(area))), (area + 1) * 10 ** (10 - len(str(area)))
    return bulk.select(
        "SELECT id, nik, no_kk, name FROM person WHERE village >= %s AND village < %s AND dead_day IS NULL"
        " ORDER BY id DESC LIMIT 1",
        [low, high],
    )[0]


def shown_in(page: str) -> set[int]:
    """Return the numbers of the people a page links to."""
    return {int(found) for found in re.findall(r'href="/orang/(\d+)/"', page)}


@pytest.mark.parametrize("role", LOOKERS)
def test_a_search_by_words_has_an_address_and_shows_people_masked(role, client_as: ClientAs):
    client = client_as(role, 1605)
    person, nik, _, name = somebody()
    answer = client.post("/orang/", {"q": name})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert f'href="/orang/{person}/"' in page
    assert nik not in page
    assert not WHOLE_NUMBER.search(page)
    assert f"{nik[:6]}••••••{nik[12:]}" in page


def test_a_search_by_number_stands_in_no_address_and_goes_to_the_person(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    person, nik, no_kk, _ = somebody()
    answer = client.post("/orang/", {"q": nik})
    assert (answer.status_code, answer["Location"]) == (302, f"/orang/{person}/")
    answer = client.post("/orang/", {"q": f"KK {no_kk}"})
    household = bulk.select("SELECT count(*) FROM person WHERE no_kk = %s", [no_kk])[0][0]
    if household > 1:
        assert answer.status_code == 200
        assert f'href="/orang/{person}/"' in answer.content.decode()
    assert "q=" not in answer.get("Location", "")
    assert answer.wsgi_request.get_full_path() == "/orang/"


def test_a_number_in_an_address_is_not_searched_and_the_address_is_left(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    _, nik, _, name = somebody()
    for asked in (nik, nik[:8], f"{name} {nik}"):
        answer = client.get("/orang/", {"q": asked})
        assert (answer.status_code, answer["Location"]) == (302, "/orang/")
    page = client.get("/orang/").content.decode()
    assert "tidak lewat alamat" in page
    assert name not in page


def test_nobody_outside_the_area_of_who_looks_is_found_suggested_or_listed(client_as: ClientAs):
    client = client_as(Role.OPERATOR, DISTRICT)
    person, nik, no_kk, name = somebody(160501)
    for asked in (nik, no_kk, name, f"{name} tugumulyo", "kec tugumulyo", nik[:6]):
        for answer in (
            client.post("/orang/", {"q": asked}, follow=True),
            client.post("/orang/saran/", {"q": asked}),
        ):
            assert f'href="/orang/{person}/"' not in answer.content.decode()
    for area in ("16.05", "16.05.01", "16", "16.05.01.2003"):
        assert client.get("/orang/", {"group": "population", "area": area}).status_code == 404
        assert client.get("/orang/", {"group": "population", "area": area, "excel": 1}).status_code == 404
        assert client.post("/orang/", {"group": "population", "area": area, "reason": "x"}).status_code == 404
    page = client.get("/orang/", {"group": "population"}).content.decode()
    assert "16.05.14" in page
    assert "Tugumulyo" not in page


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_a_list_says_the_figure_and_holds_as_many_people(group, client_as: ClientAs):
    client = client_as(Role.AUDITOR)
    rule = Rule()
    for said in ({"on": "2019-03-28"}, {"on": "2019-03-28", "as_known": "now"}, {"area": "16.05.14"}):
        known = "now" if said.get("as_known") else None
        at = coverage.view(date.fromisoformat(said.get("on", "2019-04-02")), as_known=known, rule=rule)
        area = area_number(said.get("area", "16.05"))
        whole = people.people(at, area, group, rule_in_force=rule)
        page = client.get("/orang/", {"group": group, **said}).content.decode()
        assert f"<b>{number(len(whole), 'id')} orang</b>" in page
        shown = shown_in(page)
        for at_page in range(2, min(-(-len(whole) // 50), 3) + 1):
            shown |= shown_in(client.get("/orang/", {"group": group, "page": at_page, **said}).content.decode())
        assert shown <= {person.id for person in whole}
        assert len(shown) == min(len(whole), 150)


def test_a_list_leaves_as_excel_masked_and_whole_only_with_a_reason(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    said = {"group": "unrecorded", "on": "2019-03-28", "area": "16.05.14"}
    total = len(
        people.people(
            coverage.view(date(2019, 3, 28), as_known=None, rule=Rule()), DISTRICT, "unrecorded", rule_in_force=Rule()
        )
    )
    assert total

    def niks(answer) -> list[str]:
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        rows = list(sheet.iter_rows(values_only=True))
        header = next(at for at, row in enumerate(rows) if "NIK" in row)
        return [str(row[1]) for row in rows[header + 1 :]]

    masked = niks(client.get("/orang/", said | {"excel": 1}))
    assert len(masked) == total
    assert all("••••••" in nik for nik in masked)
    assert client.post("/orang/", said | {"reason": "  "}).status_code == 422
    whole = niks(client.post("/orang/", said | {"reason": "Surat tugas 12/2019"}))
    assert len(whole) == total
    assert all(WHOLE_NUMBER.fullmatch(nik) for nik in whole)
    verbs = [(line.verb, line.reason) for line in AuditLine.objects.order_by("pk")]
    assert ("list_exported", "") in verbs
    assert ("full_nik_seen", "Surat tugas 12/2019") in verbs
    assert not any(WHOLE_NUMBER.search(f"{line.subject} {line.reason}") for line in AuditLine.objects.all())
    assert client_as(Role.AUDITOR).post("/orang/", said | {"reason": "ingin tahu"}).status_code == 404


def test_how_a_search_was_read_and_what_was_not_is_said(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    page = client.get("/orang/", {"q": "siti desa antahberantah rt 3"}).content.decode()
    assert "nama “SITI”" in page
    assert "desa antahberantah" in page
    assert "Terlalu luas" in client.get("/orang/", {"q": "rt 3"}).content.decode()
    assert "Tidak ada yang cocok" in client.get("/orang/", {"q": "xyzxyz"}).content.decode()


def test_the_search_box_is_only_for_those_who_may_see_people(client_as: ClientAs):
    assert 'role="search"' in client_as(Role.KABID).get("/").content.decode()
    for role in (Role.INSPECTORATE, Role.ADMINISTRATOR):
        assert 'role="search"' not in client_as(role).get("/").content.decode()


WORDS = st.sampled_from(
    ["siti", "1605", "160514", "16.05.14", "-1", "0", "999999", "now", "population", "double", "2019-03-28", "9999-12-31",
     "0001-01-01", "x", "%00", "'", "<b>", "\x00", "²", "🙂", "1e9"]
)  # fmt: skip
FIELDS = st.sampled_from(["q", "group", "on", "as_known", "area", "page", "excel", "all", "reason"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FIELDS, st.one_of(WORDS, st.text(max_size=20)), max_size=5))
def test_no_address_and_no_form_breaks_the_pages(client_as: ClientAs, said: dict[str, str]):
    client = client_as(Role.REGISTRAR)
    for answer in (
        client.get("/orang/", said),
        client.post("/orang/", said),
        client.post("/orang/saran/", said),
        client.get("/orang/saran/", said),
    ):
        answer.close()
        assert answer.status_code < 500
