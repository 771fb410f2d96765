import pytest

from jemput.actions.settings import set_settings
from jemput.domain.audit import Verb
from jemput.domain.problems import Refused
from jemput.domain.roles import Role
from jemput.domain.typed import as_typed
from jemput.queries.office import BY_NAME, SETTING_GROUPS, SETTINGS, office, setting
from jemput.store.models import AuditLine, SettingChange
from tests.office.conftest import ClientAs, OfficeClient


@pytest.fixture
def admin(client_as: ClientAs) -> OfficeClient:
    return client_as(Role.ADMINISTRATOR)


def test_every_setting_stands_on_the_page_and_in_a_group_that_has_a_title(admin):
    page = admin.get("/pengaturan/").content.decode()
    for kind in SETTINGS:
        assert f'name="{kind.name}"' in page
        assert kind.group in SETTING_GROUPS


@pytest.mark.parametrize(
    "kind", [kind for kind in SETTINGS if kind.default not in ("", [])], ids=lambda kind: kind.name
)
def test_a_value_typed_as_it_is_shown_is_the_value(kind):
    assert kind.read(as_typed(kind.default)) == kind.default


def test_a_group_is_saved_with_who_and_what_it_was(admin):
    letters = {kind.name: as_typed(setting(kind.name)) for kind in SETTINGS if kind.group == "letters"}
    admin.post("/pengaturan/", letters | {"group": "letters", "signer_name": "Ratna Dewi", "paper": "F4"})
    assert setting("signer_name") == "Ratna Dewi"
    assert setting("paper") == "F4"
    assert set(SettingChange.objects.filter(changed_by="admin").values_list("name", flat=True)) == {
        "signer_name",
        "paper",
    }
    assert AuditLine.objects.get(verb=Verb.SETTING_CHANGED, subject="paper").reason == "A4 → F4"


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(admin):
    answer = admin.post("/pengaturan/", {"group": "letters", "signer_name": "Ratna", "signer_nip": "12"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="12"' in page
    assert 'aria-invalid="true"' in page
    assert setting("signer_name") == ""


def test_the_rule_is_changed_only_by_whoever_says_to_understand_it(admin):
    before = office().rule
    change = {"group": "count", "count_blocked": "tidak"}
    answer = admin.post("/pengaturan/", change)
    assert answer.status_code == 422
    assert "mengubah arti" in answer.content.decode()
    assert office().rule == before
    admin.post("/pengaturan/", change | {"understood": "1"})
    assert office().rule.count_blocked is False


def test_no_status_at_all_is_refused(admin):
    answer = admin.post("/pengaturan/", {"group": "count", "counted_statuses.many": "1", "understood": "1"})
    assert answer.status_code == 422
    assert setting("counted_statuses") == BY_NAME["counted_statuses"].default


def test_settings_are_set_all_or_none(office):
    with pytest.raises(Refused) as refused:
        set_settings({"signer_name": "Ratna", "signer_nip": "1", "paper": "A3"})
    assert len(refused.value.problems) == 2
    assert setting("signer_name") == ""
    assert set_settings({"signer_name": "Ratna", "paper": "A4"}) == ["signer_name"]


KEPT = "json://orang:sangat-rahasia@gerbang/{phone}"


def channels(**said: str) -> dict[str, str]:
    kept = {
        kind.name: as_typed(setting(kind.name)) for kind in SETTINGS if kind.group == "channels" and not kind.is_secret
    }
    return kept | {"group": "channels"} | said


def test_a_secret_is_kept_and_shown_nowhere(admin):
    admin.post("/pengaturan/", channels(sms_gateway_url=KEPT))
    assert setting("sms_gateway_url") == KEPT
    page = admin.get("/pengaturan/").content.decode()
    told = [str(change.old) + str(change.new) for change in SettingChange.objects.all()]
    noted = [line.reason + line.subject for line in AuditLine.objects.all()]
    for text in (page, *told, *noted):
        assert "rahasia" not in text
        assert "gerbang/" not in text
    assert "••••" in page
    assert SettingChange.objects.filter(name="sms_gateway_url").count() == 1


def test_a_secret_left_empty_stays_and_goes_only_when_that_is_said(admin):
    admin.post("/pengaturan/", channels() | {"smtp_password": "sandi surel"})
    admin.post("/pengaturan/", channels(smtp_password="", smtp_host="surel.contoh.id"))
    assert (setting("smtp_password"), setting("smtp_host")) == ("sandi surel", "surel.contoh.id")
    admin.post("/pengaturan/", channels(**{"smtp_password.forget": "1"}))
    assert setting("smtp_password") == ""


def test_a_secret_that_cannot_be_is_refused_without_being_repeated(admin):
    answer = admin.post("/pengaturan/", channels(sms_gateway_url="json://sangat-rahasia@gerbang"))
    assert answer.status_code == 422
    assert "sangat-rahasia" not in answer.content.decode()
