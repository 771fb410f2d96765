"""Cakupan: its figures are the queries', every link leads to as many people as it says, each sees their own area."""

from __future__ import annotations

import gzip
import io
import re
from datetime import date
from urllib.parse import quote

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain import wording
from jemput.domain.roles import Right, Role, may
from jemput.queries import coverage as counts
from jemput.queries.backlog import backlog
from jemput.queries.office import office
from tests.office.conftest import ClientAs
from tests.office.pages import number, people_of, read

CLOSED = date(2019, 3, 28)
REGENCY, DISTRICT = 1605, 160514
FEW = 60


def counted(area: int = REGENCY, *, live: bool = False) -> counts.Figures:
    here = office()
    at = (
        counts.view(here.today, as_known="now", rule=here.rule)
        if live
        else counts.view(CLOSED, as_known=None, rule=here.rule)
    )
    return counts.total(counts.villages(at, area, rule_in_force=here.rule))


def said(value: int) -> str:
    return wording.number(value, "id")


def test_the_official_number_and_the_live_one_stand_side_by_side(client_as: ClientAs):
    page = read(client_as(Role.KEPALA_DINAS).get("/").content)
    rows = {row[0]: row[1:] for row in page.tables[0][1:]}
    closed, live = counted(), counted(live=True)
    assert rows["Wajib KTP"][:2] == [said(closed.id_obligated), said(live.id_obligated)]
    assert rows["Sudah rekam"][:2] == [said(closed.recorded), said(live.recorded)]
    assert rows["Belum rekam"][:2] == [said(closed.unrecorded), said(live.unrecorded)]
    assert rows["Penduduk"][:2] == [said(closed.population), said(live.population)]
    assert number(rows["Belum rekam"][2]) == live.unrecorded - closed.unrecorded
    assert "Hari kantor diatur" in "".join(page.text)


def test_every_figure_leads_to_as_many_people_as_it_says(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    page = read(client.get("/").content)
    figures = [(text, href) for text, href in page.links if href.startswith("/orang/?")]
    assert len(figures) > 30
    for text, href in figures[::7]:
        assert people_of(client.get(href).content) == number(text), href


def test_the_figures_of_a_village_lead_to_its_people(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    page = read(client.get("/?area=16.05.14&side=live&sort=-left").content)
    figures = [(text, href) for text, href in page.links if "area=16.05.14." in href and href.startswith("/orang/?")]
    assert figures
    for text, href in figures[::11]:
        assert people_of(client.get(href).content) == number(text), href


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Right.PEOPLE)])
def test_who_may_not_see_people_sees_figures_as_text(role, client_as: ClientAs):
    content = client_as(role).get("/").content
    assert b"/orang/" not in content
    assert said(counted().unrecorded) in content.decode()


def test_the_table_has_every_kecamatan_and_sums_to_the_whole(client_as: ClientAs):
    page = read(client_as(Role.KEPALA_DINAS).get("/?sort=name").content)
    rows = page.tables[-1][1:]
    assert sum(number(row[4]) for row in rows) == counted().id_obligated
    assert sum(number(row[2]) for row in rows) == counted().unrecorded
    assert [row[1] for row in rows[:2]] == ["BTS. Ulu", "Jayaloka"]


def test_the_table_is_sorted_by_what_was_asked_and_the_first_is_the_darkest(client_as: ClientAs):
    client = client_as(Role.KEPALA_DINAS)
    for query, column, down in (
        ("", 2, True),
        ("?sort=left", 2, False),
        ("?by=percent", 3, False),
        ("?sort=-wajib", 4, True),
    ):
        content = client.get(f"/{query}").content
        values = [
            float(row[column].replace(".", "").replace(",", "."))
            for row in read(content).tables[-1][1:]
            if row[3] != "–"
        ]
        assert values == sorted(values, reverse=down), query
    first = content.decode().split("<tbody>")[-1]
    assert 'class="swatch shade-' in first


def test_map_and_table_wear_the_same_shades(client_as: ClientAs):
    content = client_as(Role.KEPALA_DINAS).get("/?level=desa").content.decode()
    drawn, listed = content.split('<ul class="legend"')
    assert drawn.count('class="area ') == 199
    for shade in range(5):
        assert drawn.count(f'class="area shade-{shade}"') == listed.split("<tbody>")[1].count(f"swatch shade-{shade}")


def test_a_kecamatan_opens_with_its_villages_and_a_village_among_its_neighbours(client_as: ClientAs):
    client = client_as(Role.KEPALA_DINAS)
    district = read(client.get("/?area=16.05.14").content)
    assert number({row[0]: row for row in district.tables[0][1:]}["Wajib KTP"][1]) == counted(DISTRICT).id_obligated
    village = client.get("/?area=16.05.14.2001").content.decode()
    assert village.count('class="here"') == 1
    assert 'class="area shade-' in village
    assert " selected" in village


def test_the_frozen_denominator_is_named_and_what_it_leaves_is_no_list(client_as: ClientAs):
    content = client_as(Role.REGISTRAR).get("/?denominator=dkb").content
    page = read(content)
    assert "selisih dua jumlah" in "".join(page.text)
    here = office()
    frozen = counts.dkb(counts.view(CLOSED, as_known=None, rule=here.rule), REGENCY)
    assert frozen is not None
    row = {row[0]: row for row in page.tables[0][1:]}["Wajib KTP"]
    assert number(row[1]) == sum(frozen[1].values())
    assert not any("group=unrecorded" in href or "group=id_obligated" in href for _, href in page.links)


def test_more_than_a_hundred_percent_is_shown_as_it_is_and_explained(client_as: ClientAs):
    content = client_as(Role.KEPALA_DINAS).get("/?level=desa&denominator=dkb&sort=-percent").content
    rows = read(content).tables[-1][1:]
    over = [row for row in rows if row[3].endswith("*")]
    assert all(float(row[3].rstrip("*").replace(",", ".")) > 100 for row in over)
    assert ("Lebih dari 100 persen" in content.decode()) == any(cell.endswith("*") for row in rows for cell in row)


def test_each_sees_their_own_area_and_nothing_beside_it(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    page = read(client.get("/").content)
    assert number({row[0]: row for row in page.tables[0][1:]}["Wajib KTP"][1]) == counted(DISTRICT).id_obligated
    for area in ("16.05", "16.05.01", "16.05.01.2003", "16.73", "99"):
        assert client.get(f"/?area={area}").status_code == 404, area
    assert client.get("/?area=16.05.14.2001").status_code == 200


def test_somebody_of_one_village_sees_that_village_alone(client_as: ClientAs):
    client = client_as(Role.OPERATOR, 1605142001)
    content = client.get("/").content
    rows = read(content).tables[-1][1:]
    assert len(rows) == 1
    assert content.decode().count('class="area ') == 1
    assert client.get("/?area=16.05.14").status_code == 404


def test_the_trend_holds_every_closed_count_and_leads_to_its_bridge(client_as: ClientAs):
    page = read(client_as(Role.KEPALA_DINAS).get("/").content)
    listed = page.tables[1][1:]
    assert len(listed) == 14
    assert listed[1][:3] == ["28 Maret 2019", said(counted().id_obligated), said(counted().recorded)]
    assert ("28 Maret 2019", "/rincian/?on=2019-03-28&area=16.05") in page.links


def test_days_to_the_next_28th_and_to_the_election_are_told(client_as: ClientAs):
    text = " ".join("".join(read(client_as(Role.KEPALA_DINAS).get("/").content).text).split())
    assert "26 hari lagi" in text
    assert "15 hari lagi" in text
    assert "PKPU 7/2017" in text


def test_the_table_leaves_as_a_workbook_with_what_it_is_tied_to(client_as: ClientAs):
    answer = client_as(Role.INSPECTORATE).get("/?excel=1&sort=name")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert any("2019" in str(row[0]) for row in rows[:5])
    assert rows[-1][1:4] == ("Jumlah", counted().id_obligated, counted().recorded)
    assert book.sheetnames[1:] == ["Angka", "Tren"]
    assert book["Angka"].max_row > 8
    assert [row[1] for row in book["Tren"].iter_rows(values_only=True)][-2] == counted().id_obligated


def test_the_page_is_complete_in_english(client_as: ClientAs):
    client = client_as(Role.KEPALA_DINAS)
    client.post("/bahasa/", {"language": "en"})
    content = client.get("/?level=desa").content.decode()
    assert "Official, count of 28 March 2019" in content
    for word in ("Belum", "Hitungan", "Wilayah", "persen", "hari lagi", "Yang menunggu"):
        assert word not in content, word


@pytest.mark.parametrize("query", ["", "?level=desa", "?level=desa&denominator=dkb&by=percent"])
def test_the_page_is_light(query, client_as: ClientAs):
    answer = client_as(Role.KEPALA_DINAS).get(f"/{query}", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 38_000  # htmx and the stylesheet take 22 KB of the 60
    assert gzip.decompress(answer.content).startswith(b"<!doctype html>")


@settings(max_examples=FEW, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(("area", "level", "side", "denominator", "by", "sort", "excel", "q")),
        st.sampled_from(("16.05.14", "desa", "live", "dkb", "percent", "-left", "name", "1", "16.05.01.2003", "-"))
        | st.text(max_size=12),
    )
)
def test_no_address_breaks_the_page(client_as: ClientAs, asked: dict[str, str]):
    client = _once(client_as)
    query = "&".join(f"{name}={quote(text)}" for name, text in asked.items())
    answer = client.get(f"/?{query}")
    answer.close()
    assert answer.status_code in {200, 404}, query


_CLIENTS: dict[int, object] = {}


def _once(client_as: ClientAs):
    """Return one client for all examples of a test."""
    key = id(client_as)
    if key not in _CLIENTS:
        _CLIENTS.clear()
        _CLIENTS[key] = client_as(Role.KEPALA_DINAS)
    return _CLIENTS[key]


def test_the_backlog_is_split_into_people_and_records_and_sums_to_the_live_figure(client_as: ClientAs):
    here = office()
    split = backlog(REGENCY, counts.view(here.today, as_known="now", rule=here.rule), here)
    page = client_as(Role.KEPALA_DINAS).get("/").content.decode()
    card = page[page.index("Isi sisa, hidup") : page.index("Yang menunggu")]
    shown = [int(text.replace(".", "")) for text in re.findall(r"<strong>([\d.]+)</strong>", card)]
    assert shown == [split.to_record, split.to_settle]
    assert sum(shown) == counted(live=True).unrecorded
    assert sum(int(text.replace(".", "")) for text in re.findall(r"<small>([\d.]+)</small>", card)) == sum(shown)
