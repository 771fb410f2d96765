"""Kunjungan: who may, nothing from outside the area, planned, agreed, typed in and closed without a script, letters handed out."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from jemput import settings
from jemput.actions import visits as act
from jemput.domain.ids import area_text
from jemput.domain.roles import Right, Role, may
from jemput.queries import coverage, places, visits
from jemput.queries.office import office
from jemput.store import bulk
from jemput.store.models import AuditLine, Letter, Visit, VisitPerson
from tests.office.conftest import ClientAs

VILLAGE, OUTSIDE = 1605141017, 1605012003
WHOLE_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
DAY = date(2019, 4, 11)


@pytest.fixture(autouse=True)
def own_files(demo_office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are kept in the test's own folder."""
    monkeypatch.setattr(settings, "HOME", demo_office)


def people_in(village: int, count: int) -> list[int]:
    """Return some people of a village."""
    sql = "SELECT id FROM person WHERE village = %s AND dead_day IS NULL ORDER BY id LIMIT %s"
    return [row[0] for row in bulk.select(sql, [village, count])]


def made(*, on: date | None = DAY, village: int = VILLAGE, count: int = 3, **more: Any) -> int:
    """Plan a visit."""
    plan: dict[str, Any] = {"place_kind": "village", "village": village, "on": on, "team": "Andi, Rina", **more}
    return act.make_visit(**plan, persons=people_in(village, count), office=office(), by="kabid")


def shown(number: int) -> visits.Visit:
    """Return a visit that is there."""
    held = visits.one(number)
    assert held is not None
    return held


def post(client: Client, number: int, **said: Any) -> Any:
    """Send a form of a visit's page."""
    return client.post(f"/kunjungan/{number}/", said)


def test_everybody_who_sees_people_looks_and_only_outreach_writes(client_as: ClientAs) -> None:
    number = made()
    for role in Role:
        client = client_as(role)
        assert client.get("/kunjungan/").status_code == (200 if may(role, Right.PEOPLE) else 403), role
        answer = post(client, number, do="step", step="ask")
        assert (answer.status_code == 302) == may(role, Right.OUTREACH), role


def test_nothing_of_another_area_is_shown_or_changed(client_as: ClientAs) -> None:
    outside, inside = made(village=OUTSIDE), made()
    operator = client_as(Role.OPERATOR)
    page = operator.get("/kunjungan/").content.decode()
    assert f"/kunjungan/{inside}/" in page
    assert f"/kunjungan/{outside}/" not in page
    for where in (
        f"/kunjungan/{outside}/",
        "/kunjungan/?area=16.05.01",
        f"/kunjungan/baru/?village={area_text(OUTSIDE)}",
    ):
        assert operator.get(where).status_code == 404, where
    assert post(operator, outside, do="step", step="ask").status_code == 404
    assert operator.post("/kunjungan/baru/", {"village": area_text(OUTSIDE)}).status_code == 404


def test_a_visit_is_planned_in_two_steps_with_whoever_is_left(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    assert "Buat kunjungan" not in client.get("/kunjungan/baru/").content.decode()
    where = f"/kunjungan/baru/?village={area_text(VILLAGE)}"
    page = client.get(where).content.decode()
    assert "Buat kunjungan" in page
    assert " km</small>" in page
    near = visits.suggested(VILLAGE, office(), within=office().area)[0].village
    form = {
        "village": area_text(VILLAGE),
        "place_kind": "school",
        "place": "SDN 2",
        "on": "2019-04-11",
        "starts": "8:30",
    }
    answer = client.post(where, form | {"sets": "2", "neighbour": [area_text(near), ""], "invite": "1"})
    assert answer.status_code == 302
    held = shown(Visit.objects.latest("pk").pk)
    assert (held.place, held.starts, held.sets, held.on) == ("SDN 2", "08.30", 2, DAY)
    assert [one.village for one in visits.neighbours(held, office())] == [near]
    here = office()
    at = coverage.view(here.today, as_known="now", rule=here.rule)
    left = coverage.total(coverage.villages(at, VILLAGE, rule_in_force=here.rule)).unrecorded
    assert held.invited == left > 0
    assert AuditLine.objects.filter(verb="visit_changed").exists()


def test_nobody_of_another_kecamatan_comes_onto_a_list_by_an_invited_neighbour(client_as: ClientAs) -> None:
    operator = client_as(Role.OPERATOR)
    form = {"village": area_text(VILLAGE), "place_kind": "village", "neighbour": [area_text(OUTSIDE)]}
    assert operator.post("/kunjungan/baru/", form | {"invite_neighbours": "1"}).status_code == 302
    number = Visit.objects.latest("pk").pk
    assert shown(number).invited == 0
    post(operator, number, do="add", **{"from": area_text(OUTSIDE)})
    assert shown(number).invited == 0


def test_slips_of_a_plan_are_said_at_once_and_what_was_typed_stays(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    form = {"village": area_text(VILLAGE), "place_kind": "school", "on": "kemarin", "sets": "dua", "team": "Andi <b>"}
    answer = client.post("/kunjungan/baru/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“kemarin” bukan tanggal" in page
    assert "“dua” bukan jumlah orang" in page
    assert 'value="Andi &lt;b&gt;"' in page
    number = made()
    answer = post(client, number, do="plan", place_kind="school", starts="25.00")
    assert answer.status_code == 422
    assert "“25.00” bukan jam" in answer.content.decode()
    assert shown(number).place_kind == "village"


def test_the_answer_of_the_village_is_noted_with_who_gave_it(client_as: ClientAs) -> None:
    client, number, _ = client_as(Role.OPERATOR), made(), made()
    assert post(client, number, do="step", step="confirm", source=" ").status_code == 422
    assert post(client, number, do="step", step="confirm", source="kades, WhatsApp").status_code == 302
    assert (shown(number).state, shown(number).reason) == ("confirmed", "kades, WhatsApp")
    assert post(client, number, do="step", step="move", source="kades", day="2019-04-16").status_code == 302
    assert (shown(number).state, shown(number).on) == ("requested", date(2019, 4, 16))
    page = client.get("/kunjungan/").content.decode()
    assert page.index("Permintaan desa") < page.index(f"/kunjungan/{number}/") < page.index("Akan datang")
    assert page.count(f"/kunjungan/{number}/") == 1
    assert post(client, number, do="step", step="cancel", source="alat rusak").status_code == 302
    assert post(client, number, do="step", step="confirm", source="kades").status_code == 422
    assert post(client, number, do="dance").status_code == 404
    history = client.get(f"/kunjungan/{number}/").content.decode()
    assert "dibatalkan" in history
    assert "disetujui desa" in history


def test_outcomes_are_typed_in_one_form_and_the_rest_filled_alike(client_as: ClientAs) -> None:
    client, number = client_as(Role.OPERATOR), made(on=date(2019, 4, 1), count=60)
    first, second, third, *_ = [one.person for one in visits.invited(number)]
    form = {
        f"outcome-{first}": "recorded",
        f"outcome-{second}": "ill",
        f"note-{second}": "demam",
        f"outcome-{third}": "",
    }
    assert post(client, number, do="outcomes", **form).status_code == 302
    assert shown(number).outcomes == 2
    assert VisitPerson.objects.get(visit=number, person=second).note == "demam"
    page = client.get(f"/kunjungan/{number}/").content.decode()
    assert "“Direkam” tidak menulis fakta" in page
    assert "Halaman 1 dari 2" in page
    left = client.get(f"/kunjungan/{number}/?left=1").content.decode()
    assert f'name="outcome-{third}"' in left
    assert f'name="outcome-{first}"' not in left
    assert post(client, number, do="outcomes", rest="absent").status_code == 302
    assert shown(number).outcomes == 60
    taken_back = {f"was-{first}": "recorded", f"outcome-{first}": ""}
    assert post(client, number, do="outcomes", **taken_back).status_code == 302
    assert shown(number).outcomes == 59


def test_nobody_has_an_outcome_before_the_day(client_as: ClientAs) -> None:
    client, number = client_as(Role.OPERATOR), made()
    person = visits.invited(number)[0].person
    page = client.get(f"/kunjungan/{number}/").content.decode()
    assert "outcome-" not in page
    assert "Tutup kunjungan" not in page
    assert post(client, number, do="outcomes", **{f"outcome-{person}": "recorded"}).status_code == 422
    assert post(client, number, do="remove", off=[str(person), "x", "9" * 30]).status_code == 302
    assert shown(number).invited == 2


def test_closing_needs_both_numbers_and_names_what_does_not_add_up(client_as: ClientAs) -> None:
    client, number = client_as(Role.OPERATOR), made(on=date(2019, 4, 1))
    answer = post(client, number, do="close", came="", recorded="1", minutes="Hujan <script>")
    assert answer.status_code == 422
    assert "Angkanya belum diisi" in answer.content.decode()
    assert "Hujan &lt;script&gt;</textarea>" in answer.content.decode()
    assert post(client, number, do="close", came="1", recorded="2", minutes="Hujan").status_code == 302
    page = client.get(f"/kunjungan/{number}/").content.decode()
    assert "lebih dari yang datang" in page
    assert "belum ada hasilnya" in page
    assert shown(number).state == "done"


def test_people_are_added_by_nik_and_no_number_is_shown_whole(client_as: ClientAs) -> None:
    client, number = client_as(Role.OPERATOR), made(count=0)
    niks = [
        row[0]
        for row in bulk.select("SELECT nik FROM person WHERE village = %s AND dead_day IS NULL LIMIT 2", [VILLAGE])
    ]
    (outside,) = bulk.select("SELECT nik FROM person WHERE village = %s AND dead_day IS NULL LIMIT 1", [OUTSIDE])[0]
    assert post(client, number, do="add", niks="").status_code == 422
    answer = post(client, number, do="add", niks=f"{niks[0]}\n{outside}")
    assert answer.status_code == 422
    assert "1 NIK tidak ada di wilayah Anda" in answer.content.decode()
    assert not WHOLE_NUMBER.search(answer.content.decode())
    assert post(client, number, do="add", niks=f"1. {niks[0]}; 2. {niks[1]}").status_code == 302
    assert shown(number).invited == 2
    post(client, number, do="step", step="cancel", source=f"salah orang {niks[0]}")
    assert not WHOLE_NUMBER.search(client.get(f"/kunjungan/{number}/").content.decode())
    assert not any(WHOLE_NUMBER.search(line.subject + line.reason) for line in AuditLine.objects.all())


def test_letters_are_made_handed_out_and_those_with_names_audited(client_as: ClientAs) -> None:
    client, number = client_as(Role.KABID), made()
    assert post(client, number, do="letter", kind="minutes").status_code == 422
    for kind in ("assignment", "invitation", "invitation"):
        assert post(client, number, do="letter", kind=kind).status_code == 302
    assert Letter.objects.count() == 2
    letter = Letter.objects.get(kind="invitation")
    pdf, docx = (client.get(f"/kunjungan/surat/{letter.pk}/{suffix}/") for suffix in ("pdf", "docx"))
    assert pdf.content.startswith(b"%PDF-")
    assert docx.content.startswith(b"PK")
    assert f"undangan-{number}-474-2-DUKCAPIL-IV-2019.pdf" in pdf["Content-Disposition"]
    assert AuditLine.objects.filter(verb="letter_made").count() == 2
    assert AuditLine.objects.filter(verb="list_exported").count() == 2
    assert client.get(f"/kunjungan/surat/{letter.pk}/exe/").status_code == 404
    outside = made(village=OUTSIDE)
    post(client, outside, do="letter", kind="assignment")
    operator = client_as(Role.OPERATOR)
    assert operator.get(f"/kunjungan/surat/{Letter.objects.latest('pk').pk}/pdf/").status_code == 404


def test_list_and_people_leave_as_excel_with_masked_numbers(client_as: ClientAs) -> None:
    client, number = client_as(Role.KABID), made()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/kunjungan/?excel=1&month=2019-04"))))
    numbers = [row[0].value for row in book.active.iter_rows(min_row=4)]
    assert number in numbers
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"/kunjungan/{number}/?excel=1"))))
    rows = list(book.active.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 3
    assert all("•" in str(row[1]) for row in rows)


def test_filters_show_what_they_name(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    april, may_, undated = made(), made(on=date(2019, 5, 2)), made(on=None)
    act.cancel_visit(may_, "hujan", office=office(), by="kabid")

    def listed(query: str) -> set[int]:
        page = client.get(f"/kunjungan/?{query}").content.decode()
        return {int(one) for one in re.findall(r"/kunjungan/(\d+)/", page)} & {april, may_, undated}

    assert listed("") == {april, may_, undated}
    assert listed("month=2019-05") == {may_}
    assert listed("state=cancelled") == {may_}
    assert listed(f"area={area_text(VILLAGE)}&state=draft") == {april, undated}
    for query in ("month=2019", "month=2019-13", "month=0001-01", "area=99"):
        assert client.get(f"/kunjungan/?{query}").status_code == 404, query


@budget(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["step", "source", "day", "kind", "came", "recorded", "niks", "off", "rest", "on", "sets", "neighbour"]
        ),
        st.text(max_size=40),
        max_size=6,
    ),
    st.sampled_from(["plan", "step", "letter", "outcomes", "close", "add", "remove", ""]),
)
def test_rubbish_in_a_form_is_refused_or_taken_and_never_breaks(
    client_as: ClientAs, said: dict[str, str], do: str
) -> None:
    client = client_as(Role.KABID)
    number = made(on=date(2019, 4, 1))
    assert post(client, number, **(said | {"do": do})).status_code in {302, 404, 422}


def test_the_monthly_report_is_filled_in_with_the_visits_closed_in_its_month(client_as: ClientAs) -> None:
    client = client_as(Role.KABID)
    number = made(on=date(2019, 3, 20), village=OUTSIDE, place_kind="school", place="SDN 2; Tugumulyo")
    act.close_visit(number, came=12, recorded=9, minutes="", office=office(), by="kabid")
    late = made(on=date(2019, 3, 29), place="Sesudah hitungan")
    act.close_visit(late, came=1, recorded=1, minutes="", office=office(), by="kabid")
    page = client.get("/laporan/pratinjau/?kind=monthly&on=2019-03-28").content.decode()
    village = places.names_of([OUTSIDE], date(2019, 3, 28))[OUTSIDE]
    assert f"SDN 2, Tugumulyo, {village}; 20 Maret 2019; Andi, Rina; 12; 9" in page
    assert "Sesudah hitungan" not in page
    sent = client.post("/laporan/pratinjau/", {"kind": "monthly", "on": "2019-03-28", "trips": ""})
    assert sent.status_code == 302


def test_whoever_sees_one_kecamatan_is_offered_its_villages_only_and_keeps_a_neighbour_invited_from_outside(
    client_as: ClientAs,
) -> None:
    number = made(neighbours=[OUTSIDE])
    operator = client_as(Role.OPERATOR, 160514)
    page = operator.get(f"/kunjungan/{number}/").content.decode()
    assert area_text(OUTSIDE) not in page
    assert not {area_text(one.number) for one in places.villages(1605, DAY) if one.number // 10_000 != 160514} & set(
        re.findall(r"16\.05\.\d\d\.\d{4}", page)
    )
    saved = post(operator, number, do="plan", place_kind="village", on=DAY.isoformat(), team="Sari", neighbour="")
    assert saved.status_code == 302
    assert shown(number).team == "Sari"
    assert [one.village for one in visits.neighbours(shown(number), office())] == [OUTSIDE]
