import pytest
from axes.models import AccessAttempt
from django_otp.plugins.otp_totp.models import TOTPDevice

from jemput.demo.users import PASSWORD
from jemput.domain.audit import Verb
from jemput.domain.roles import Role
from jemput.store.models import AuditLine, User
from tests.office.conftest import ClientAs, OfficeClient

NEW = {"username": "mega", "full_name": "Mega Puspita", "role": "operator", "area": "16.05.14"}


@pytest.fixture
def admin(client_as: ClientAs) -> OfficeClient:
    return client_as(Role.ADMINISTRATOR)


def _account(username: str) -> str:
    return f"/pengguna/{User.objects.get(username=username).pk}/"


def _password_of(answer) -> str:
    return answer.content.decode().split('class="secret">')[2].split("<")[0]


def test_an_account_is_added_with_a_first_password_that_is_changed_at_once(admin):
    password = _password_of(admin.post("/pengguna/", NEW))
    user = User.objects.get(username="mega")
    assert (user.full_name, user.role, user.area) == ("Mega Puspita", "operator", 160514)
    assert user.must_change_password
    assert user.check_password(password)
    assert AuditLine.objects.get(verb=Verb.USER_MADE).subject == "mega"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "Mega Puspita"}, "tidak dapat dipakai sebagai nama masuk"),
        ({"username": "1605011503900001"}, "tidak dapat dipakai sebagai nama masuk"),
        ({"username": "kepala"}, "sudah dipakai"),
        ({"full_name": "  "}, "Nama lengkap belum diisi"),
        ({"role": "raja"}, "Tidak ada peran"),
        ({"area": "16.71"}, "di luar wilayah kantor"),
        ({"area": "xx"}, "xx"),
        ({"role": "administrator"}, "tidak dibatasi wilayah"),
    ],
)
def test_what_cannot_be_an_account_is_refused_in_words_and_what_was_typed_stays(admin, change, words):
    answer = admin.post("/pengguna/", NEW | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Mega Puspita"' in answer.content.decode() or "full_name" in change
    assert not User.objects.filter(username="mega").exists()


def test_a_changed_account_is_signed_out_and_has_its_new_rights(admin, client_as: ClientAs):
    other = client_as(Role.AUDITOR)
    assert other.get("/jejak/").status_code == 200
    admin.post(_account("auditor"), {"do": "change", "full_name": "Nurhayati", "role": "inspectorate", "active": "1"})
    assert other.get("/jejak/").status_code == 302
    user = User.objects.get(username="auditor")
    again = OfficeClient()
    again.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert again.get("/jejak/").status_code == 403
    assert "auditor, – → Nurhayati, inspectorate" in AuditLine.objects.get(verb=Verb.USER_CHANGED).reason


def test_an_ended_account_keeps_its_name_and_cannot_sign_in(admin):
    admin.post(_account("auditor"), {"do": "change", "full_name": "Nurhayati", "role": "auditor"})
    assert AuditLine.objects.filter(verb=Verb.USER_ENDED, subject="auditor").exists()
    answer = OfficeClient().post("/masuk/", {"username": "auditor", "password": PASSWORD})
    assert answer.status_code == 422
    assert admin.post("/pengguna/", NEW | {"username": "auditor"}).status_code == 422


def test_the_last_administrator_cannot_end_or_lower_the_own_account(admin):
    for role, active in (("administrator", ""), ("registrar", "1")):
        change = {"do": "change", "full_name": "Yusuf Effendi", "role": role, "active": active}
        answer = admin.post(_account("admin"), change)
        assert answer.status_code == 422
        assert "satu-satunya" in answer.content.decode()
    assert admin.get("/pengguna/").status_code == 200


def test_a_lost_telephone_is_taken_off_and_a_new_one_is_asked_for(admin, client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    admin.post(_account("registrar"), {"do": "factors"})
    assert not TOTPDevice.objects.filter(user__username="registrar").exists()
    assert client.get("/")["Location"].startswith("/masuk/?")


def test_a_new_password_is_shown_once_and_the_old_one_ends(admin):
    password = _password_of(admin.post(_account("registrar"), {"do": "password"}))
    user = User.objects.get(username="registrar")
    assert user.check_password(password)
    assert not user.check_password(PASSWORD)


def test_a_locked_account_is_shown_and_opened(admin):
    visitor = OfficeClient()
    for _ in range(5):
        visitor.post("/masuk/", {"username": "inspektorat", "password": "wrong"})
    assert "terkunci" in admin.get("/pengguna/").content.decode()
    admin.post(_account("inspektorat"), {"do": "unlock"})
    assert not AccessAttempt.objects.filter(username="inspektorat").exists()
    answer = visitor.post("/masuk/", {"username": "inspektorat", "password": PASSWORD})
    assert answer.status_code == 302
