import sqlite3
import time
from contextlib import closing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_totp.models import TOTPDevice

from jemput.demo.users import PASSWORD, current_code
from jemput.domain.audit import Verb
from jemput.domain.roles import Role
from jemput.office import visit
from jemput.store.models import AuditLine, User
from tests.office.conftest import ClientAs, OfficeClient


@pytest.fixture
def visitor(demo_office) -> OfficeClient:
    return OfficeClient()


def _sign_in(client: OfficeClient, username: str, password: str = PASSWORD, onward: str = ""):
    return client.post("/masuk/", {"username": username, "password": password, "next": onward})


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(visitor):
    answer = visitor.get("/akun/?x=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/masuk/?next=%2Fakun%2F%3Fx%3D1"


def test_the_inspectorate_sees_figures_with_a_password_alone(visitor):
    assert _sign_in(visitor, "inspektorat")["Location"] == "/"
    assert visitor.get("/").status_code == 200


def test_whoever_sees_people_needs_a_second_factor(visitor):
    _sign_in(visitor, "registrar")
    assert visitor.get("/")["Location"] == "/masuk/kode/?next=%2F"
    answer = visitor.post("/masuk/kode/", {"token": current_code("registrar"), "next": "/akun/"})
    assert answer["Location"] == "/akun/"
    assert visitor.get("/akun/").status_code == 200


def test_a_code_is_good_once(visitor):
    code = current_code("registrar")
    _sign_in(visitor, "registrar")
    visitor.post("/masuk/kode/", {"token": code})
    other = OfficeClient()
    _sign_in(other, "registrar")
    answer = other.post("/masuk/kode/", {"token": code})
    assert answer.status_code == 422
    assert other.get("/").status_code == 302


def test_a_wrong_code_is_called_wrong_and_only_the_next_one_too_soon(visitor):
    _sign_in(visitor, "registrar")
    said = [visitor.post("/masuk/kode/", {"token": "000000"}).content.decode() for _ in range(2)]
    assert "Kode itu salah" in said[0]
    assert "Terlalu cepat" in said[1]


def test_a_name_is_found_whatever_its_case(visitor):
    assert _sign_in(visitor, " Inspektorat ")["Location"] == "/"


def test_five_wrong_passwords_lock_the_account_for_that_address_and_the_right_one_no_longer_opens(visitor):
    for _ in range(4):
        assert _sign_in(visitor, "inspektorat", "wrong").status_code == 422
    assert _sign_in(visitor, "inspektorat", "wrong").status_code == 429
    answer = _sign_in(visitor, "inspektorat")
    assert answer.status_code == 429
    assert "terkunci 15 menit" in answer.content.decode()
    assert "location" not in answer.headers


def test_a_failed_sign_in_is_noted_and_a_nik_typed_as_a_name_is_masked(visitor):
    _sign_in(visitor, "1605010101900001", "wrong")
    line = AuditLine.objects.get(verb=Verb.SIGN_IN_FAILED)
    assert "0101900001" not in line.actor
    assert line.actor.startswith("160501")


def test_whoever_sets_a_second_factor_arrives_where_they_wanted_to_go(visitor):
    TOTPDevice.objects.filter(user__username="kepala").delete()
    wanted = "/orang/?group=unrecorded&area=16.05.14"
    _sign_in(visitor, "kepala")
    answer = visitor.get("/masuk/kode/", {"next": wanted})
    page = visitor.get(answer["Location"]).content.decode()
    assert f'value="{wanted.replace("&", "&amp;")}"' in page


def test_a_sign_in_leads_nowhere_outside(visitor):
    for onward in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        client = OfficeClient()
        assert _sign_in(client, "inspektorat", onward=onward)["Location"] == "/"


def test_the_first_second_factor_is_set_at_the_first_sign_in_with_recovery_codes(visitor):
    TOTPDevice.objects.filter(user__username="kepala").delete()
    _sign_in(visitor, "kepala")
    assert visitor.get("/").headers["Location"].startswith("/masuk/kode/")
    page = visitor.get("/masuk/pasang/")
    assert "<svg" in page.content.decode()
    device = TOTPDevice.objects.get(user__username="kepala")
    assert not device.confirmed
    device.name = "demo"
    device.save()
    answer = visitor.post("/masuk/pasang/", {"token": current_code("kepala")})
    assert answer.content.decode().count("<li><code>") == 8
    assert visitor.get("/").status_code == 200


def test_a_recovery_code_opens_once(visitor, client_as: ClientAs):
    page = client_as(Role.KEPALA_DINAS).post("/akun/kode/").content.decode()
    code = page.split("<li><code>")[1].split("<")[0]
    for expected in (302, 422):
        client = OfficeClient()
        _sign_in(client, "kepala")
        assert client.post("/masuk/kode/", {"token": code}).status_code == expected


def test_a_second_factor_cannot_be_set_anew_by_whoever_has_only_the_password(visitor):
    _sign_in(visitor, "registrar")
    assert visitor.get("/masuk/pasang/")["Location"].startswith("/masuk/kode/")
    answer = visitor.post("/kunci-sandi/registration/begin/", content_type="application/json")
    assert answer.status_code == 403


def test_signing_out_ends_the_session(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    assert client.get("/").status_code == 200
    client.post("/keluar/")
    assert client.get("/").status_code == 302


def test_a_session_left_alone_ends(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    assert client.get("/").status_code == 200
    visit._last_use[client.session.session_key] -= 31 * 60
    assert client.get("/")["Location"].startswith("/masuk/")


def test_a_session_in_use_before_a_restart_goes_on_and_one_long_forgotten_does_not(client_as: ClientAs, monkeypatch):
    client = client_as(Role.REGISTRAR)
    visit._last_use.clear()
    assert client.get("/").status_code == 200
    visit._last_use.clear()
    monkeypatch.setattr(visit, "_STARTED", time.monotonic() - 31 * 60)
    assert client.get("/")["Location"].startswith("/masuk/")


def test_somebody_who_just_signed_in_is_new_to_an_office_that_runs_for_long(visitor, monkeypatch):
    monkeypatch.setattr(visit, "_STARTED", time.monotonic() - 31 * 60)
    _sign_in(visitor, "inspektorat")
    assert visitor.get("/").status_code == 200


def test_reading_a_page_writes_nothing_so_that_no_import_holds_it_up(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []


def test_a_write_that_waits_too_long_for_an_import_is_told_so(client_as: ClientAs, monkeypatch, demo_office):
    client = client_as(Role.INSPECTORATE)
    with closing(sqlite3.connect(demo_office / "jemput.db", timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        connection.cursor().execute("PRAGMA busy_timeout = 50")
        answer = client.post("/bahasa/", {"language": "en"})
    assert answer.status_code == 503
    assert "impor besar" in answer.content.decode()


def test_an_ended_account_is_out_at_once(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    User.objects.filter(username="registrar").update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_first_password_must_be_changed_before_anything_is_seen(client_as: ClientAs):
    client = client_as(Role.INSPECTORATE)
    User.objects.filter(username="inspektorat").update(must_change_password=True)
    assert client.get("/")["Location"] == "/akun/sandi/"
    weak = client.post("/akun/sandi/", {"old": PASSWORD, "new": "inspektorat1", "again": "inspektorat1"})
    assert weak.status_code == 422
    new = "rimbo-panjang-kopi-7"
    assert client.post("/akun/sandi/", {"old": PASSWORD, "new": new, "again": new})["Location"] == "/akun/"
    assert client.get("/").status_code == 200


def test_nothing_that_a_signed_in_person_sees_is_kept_by_a_cache(client_as: ClientAs):
    assert client_as(Role.REGISTRAR).get("/")["Cache-Control"] == "private, no-store"


def test_the_page_allows_nothing_from_outside(visitor):
    policy = visitor.get("/masuk/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_form_without_its_token_is_refused_in_words(demo_office):
    answer = OfficeClient(enforce_csrf_checks=True).post("/masuk/", {"username": "kepala", "password": PASSWORD})
    assert answer.status_code == 403
    assert "kedaluwarsa" in answer.content.decode()


def test_the_language_is_chosen_before_and_after_signing_in(visitor, client_as: ClientAs):
    assert "Sign-in name" not in visitor.get("/masuk/").content.decode()
    visitor.post("/bahasa/", {"language": "en", "next": "/masuk/"})
    assert "Sign-in name" in visitor.get("/masuk/").content.decode()
    client = client_as(Role.KEPALA_DINAS)
    client.post("/bahasa/", {"language": "en"})
    assert '<html lang="en">' in client.get("/akun/").content.decode()


def test_an_address_that_is_not_there_is_said_in_words(client_as: ClientAs):
    answer = client_as(Role.REGISTRAR).get("/tidak/ada/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()
