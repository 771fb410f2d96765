"""Desa: contacts and card kept by those who go out, phones masked for all others, nothing outside the area."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from jemput.actions.aparat import add_contact
from jemput.domain.ids import area_text
from jemput.domain.roles import Role
from jemput.queries import aparat, coverage
from jemput.queries.office import office
from jemput.store.models import AuditLine, Contact, Conversation, VisitVillage
from tests.office.conftest import ClientAs
from tests.office.fuzzing import text_of
from tests.office.test_settlements import rows_of, upload

VILLAGE = 1605142001
ADDRESS = "/desa/16.05.14.2001/"
OUTSIDE = "/desa/16.05.01.2003/"


@pytest.fixture
def kades(demo_office: Path) -> int:
    """A contact with a number of its own."""
    return add_contact(area=VILLAGE, name="Sutrisno", role="kades", phone="0812 3456 7834", office=office(), by="kabid")


def contact(**more: str) -> dict[str, str]:
    return {"do": "add", "name": "Rini", "role": "sekdes", "phone": "0813 1111 2222", "channel": "whatsapp"} | more


def test_a_contact_is_added_changed_ended_and_taken_back(client_as: ClientAs):
    client = client_as(Role.OPERATOR)
    assert client.post(ADDRESS, contact()).status_code == 302
    one = Contact.objects.latest("pk")
    assert (one.area, one.phone, one.channel) == (VILLAGE, "+6281311112222", "whatsapp")
    client.post(ADDRESS, contact(do="change", contact=str(one.pk), role="kades"))
    client.post(ADDRESS, {"do": "end", "contact": str(one.pk)})
    assert [entry.field for entry in aparat.contact_history(one.pk)] == ["ended_on", "role", "added"]
    client.post(ADDRESS, {"do": "again", "contact": str(one.pk)})
    assert aparat.contact(one.pk).ended_on is None
    lines = AuditLine.objects.filter(verb="contact_changed")
    assert lines.count() == 4
    assert not any("Rini" in line.subject or "1111" in line.subject for line in lines)


def test_what_a_contact_cannot_be_is_said_and_what_was_typed_stays(client_as: ClientAs):
    answer = client_as(Role.KABID).post(ADDRESS, contact(phone="0812", name="Bu Rina"))
    assert answer.status_code == 422
    assert "Bu Rina" in text_of(answer)
    assert "tidak mungkin ada" in text_of(answer)


def test_a_card_is_filled_in_with_the_consent_to_wall_lists(client_as: ClientAs):
    client = client_as(Role.KABID)
    card = {"do": "card", "signal": "weak", "kalangan": "2", "road": "earth", "wet_season": "hard", "travel_min": "95"}
    half = client.post(ADDRESS, card | {"consent_on": "2019-03-01"})
    assert half.status_code == 422
    consent = {"consent_on": "2019-03-01", "consent_by": "Kades Sutrisno", "consent_source": "surat 140/12"}
    client.post(ADDRESS, card | consent)
    now = aparat.card(VILLAGE)
    assert (now.signal, now.kalangan, now.road, now.travel_min) == ("weak", 2, "earth", 95)
    assert (str(now.wall_consent_on), now.wall_consent_by) == ("2019-03-01", "Kades Sutrisno")
    assert "1 Maret 2019" in text_of(client.get(ADDRESS))
    assert client.post(ADDRESS, card | {"travel_min": "lama", "consent_on": "kemarin"}).status_code == 422


def test_numbers_are_whole_for_outreach_and_masked_for_all_others(client_as: ClientAs, kades: int):
    assert "+62 812-3456-7834" in text_of(client_as(Role.OPERATOR).get(ADDRESS))
    for role in (Role.INSPECTORATE, Role.AUDITOR, Role.KEPALA_DINAS, Role.ADMINISTRATOR):
        said = text_of(client_as(role).get(ADDRESS))
        assert "+62 812-••••-34" in said
        assert "3456" not in said
        assert 'name="phone"' not in said


def test_the_history_masks_numbers_too(client_as: ClientAs, kades: int):
    client_as(Role.KABID).post(ADDRESS, contact(do="change", contact=str(kades), phone="0813 9999 2222"))
    assert "9999" in text_of(client_as(Role.KABID).get(ADDRESS))
    hidden = text_of(client_as(Role.INSPECTORATE).get(ADDRESS))
    assert "9999" not in hidden
    assert "3456" not in hidden


def test_nothing_outside_the_area_is_there(client_as: ClientAs, kades: int):
    client = client_as(Role.OPERATOR)
    assert client.get(OUTSIDE).status_code == 404
    assert client.post(OUTSIDE, contact()).status_code == 404
    assert client.get("/desa/?area=16.05.01").status_code == 404
    assert client.post(ADDRESS, contact(do="change", contact="999999")).status_code == 404
    elsewhere = add_contact(area=1605012003, name="Jauh", role="kades", office=office(), by="kabid")
    assert client.post(ADDRESS, {"do": "end", "contact": str(elsewhere)}).status_code == 404
    assert client.post(ADDRESS, contact(area="16.05.01")).status_code == 404
    for address in ("/desa/16.05.14.9999/", "/desa/99.99.99.9999/", "/desa/x/", "/desa/16.05.14/"):
        assert client.get(address).status_code == 404
    assert "16.05.01.2003" not in rows_of(client, "/desa/?excel=1")


def test_whoever_sees_a_village_alone_changes_nobody_of_the_kecamatan(client_as: ClientAs):
    camat = add_contact(area=160514, name="Hartono", role="camat", office=office(), by="kabid")
    client = client_as(Role.OPERATOR, area=VILLAGE)
    assert client.post(ADDRESS, {"do": "end", "contact": str(camat)}).status_code == 404
    assert client_as(Role.OPERATOR, area=160514).post(ADDRESS, {"do": "end", "contact": str(camat)}).status_code == 302


def test_the_list_says_what_the_count_says_and_leaves_as_excel(client_as: ClientAs):
    here = office()
    at = coverage.view(here.today, as_known="now", rule=here.rule)
    rows = aparat.villages(1605, at, here)
    whole = coverage.total(coverage.villages(at, 1605, rule_in_force=here.rule))
    assert len(rows) == 199
    assert sum(one.left for one in rows) == whole.unrecorded
    client = client_as(Role.INSPECTORATE)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/desa/?excel=1"))))
    assert sum(row[0].value is not None and str(row[0].value).count(".") == 3 for row in book.active.iter_rows()) == 199
    for query in ("signal=weak", "day=rabu", "show=unreached", "show=wall", "sort=name", "sort=visit", "page=3"):
        assert client.get(f"/desa/?{query}").status_code == 200
    first = aparat.villages(VILLAGE, at, here)
    assert [one.village for one in first] == [VILLAGE]


def test_a_list_of_aparat_is_tried_kept_and_taken_back(client_as: ClientAs):
    client = client_as(Role.KABID)
    rows = b"nama;jabatan;no hp;kode desa\nBaru Sekali;Kepala Desa;0812 9876 5432;16.05.14.2001\n"
    before = Contact.objects.count()
    tried = text_of(client.post("/desa/impor/", {"file": upload("aparat.csv", rows)}))
    assert Contact.objects.count() == before
    held = tried.split('name="held" value="', 1)[1][:64]
    client.post("/desa/impor/", {"step": "save", "held": held, "name": "aparat.csv"})
    assert Contact.objects.latest("pk").name == "Baru Sekali"
    page = text_of(client.get("/desa/impor/"))
    client.post("/desa/impor/", {"step": "undo", "number": page.split('name="number" value="', 1)[1].split('"', 1)[0]})
    assert Contact.objects.latest("pk").ended_on is not None


def test_visits_talks_and_links_of_a_village_lead_on_for_whoever_may_follow(client_as: ClientAs):
    talk = Conversation.objects.exclude(visit=None).order_by("pk").first()
    assert talk is not None
    assert talk.visit is not None
    where = f"/desa/{area_text(talk.village)}/"
    shown = text_of(client_as(Role.KABID).get(where))
    assert f"/koordinasi/{talk.code}/" in shown
    assert f"/kunjungan/{talk.visit_id}/" in shown
    assert f"/kunjungan/baru/?village={area_text(talk.village)}" in shown
    hidden = text_of(client_as(Role.INSPECTORATE).get(where))
    assert "/koordinasi/" not in hidden
    assert "/kunjungan/" not in hidden


def test_a_village_that_was_a_guest_elsewhere_says_so(client_as: ClientAs):
    guest = VisitVillage.objects.filter(visit__state="done").order_by("pk").first()
    assert guest is not None
    said = text_of(client_as(Role.KABID).get(f"/desa/{area_text(guest.village)}/"))
    assert "diundang ke" in said
    assert f"/kunjungan/{guest.visit_id}/" in said
