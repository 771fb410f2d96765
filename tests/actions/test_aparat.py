"""Contacts and village cards: each change is kept, a number is one, half a consent is none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jemput.actions import aparat as keeping
from jemput.actions.places import import_areas
from jemput.domain.problems import Refused
from jemput.queries import aparat
from tests.builders import MUSI_RAWAS, TODAY, office_on

pytestmark = pytest.mark.usefixtures("known_areas")

VILLAGE, NEXT = 1605012003, 1605012004
HERE = office_on(TODAY)
KADES: dict[str, Any] = {
    "area": VILLAGE,
    "name": "Sutrisno",
    "role": "kades",
    "phone": "0812 3456 7834",
    "channel": "whatsapp",
    "office": HERE,
    "by": "kabid",
}


@pytest.fixture
def known_areas(office: dict[str, Any]) -> None:
    """An office that knows two kecamatan and three villages."""
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        act()
    return [problem.kind.code for problem in found.value.problems]


def change(number: int, **values: Any) -> int:
    return keeping.change_contact(number, values, office=HERE, by="kabid")  # type: ignore[arg-type]  # names as typed


def card(**values: Any) -> int:
    return keeping.change_card(VILLAGE, values, office=HERE, by="kabid")  # type: ignore[arg-type]  # names as typed


def test_a_contact_is_kept_with_one_form_of_the_number_and_a_history() -> None:
    number = keeping.add_contact(**KADES)
    one = aparat.contact(number)
    assert one is not None
    assert (one.area, one.name, one.role, one.phone) == (VILLAGE, "Sutrisno", "kades", "+6281234567834")
    [entry] = aparat.contact_history(number)
    assert (entry.field, entry.new, entry.changed_by, entry.changed_at) == ("added", "Sutrisno", "kabid", HERE.now)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": ""}, "contact_nameless"),
        ({"role": "raja"}, "contact_choice_unknown"),
        ({"phone": "0812"}, "phone_impossible"),
        ({"phone": "tanya saja", "channel": ""}, "phone_unreadable"),
        ({"area": 1605019999}, "contact_area"),
        ({"area": 1605}, "contact_area"),
        ({"phone": ""}, "contact_unreachable"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_and_not_kept(said: dict[str, object], code: str) -> None:
    assert refused(lambda: keeping.add_contact(**KADES | said)) == [code]
    assert aparat.contacts() == []


def test_a_camat_is_a_contact_of_the_kecamatan() -> None:
    keeping.add_contact(**KADES | {"area": 160501, "role": "camat", "name": "Hartono"})
    keeping.add_contact(**KADES)
    assert [one.name for one in aparat.contacts_of(VILLAGE)] == ["Sutrisno", "Hartono"]
    assert [one.name for one in aparat.contacts(160501)] == ["Hartono", "Sutrisno"]
    assert aparat.contacts(160502) == []


def test_one_number_stands_once_in_an_area_and_again_when_its_holder_left() -> None:
    first = keeping.add_contact(**KADES)
    assert refused(lambda: keeping.add_contact(**KADES | {"name": "Rina", "phone": "+6281234567834"})) == [
        "contact_twice"
    ]
    keeping.add_contact(**KADES | {"area": NEXT})
    change(first, ended_on=TODAY)
    keeping.add_contact(**KADES | {"name": "Rina"})
    assert refused(lambda: change(first, ended_on=None)) == ["contact_twice"]


def test_a_contact_changes_and_ends_and_keeps_what_was() -> None:
    number = keeping.add_contact(**KADES)
    assert change(number, role="sekdes", phone="0813 1111 2222") == 2
    assert change(number, role="sekdes") == 0
    assert change(number, ended_on=TODAY) == 1
    assert [(entry.field, entry.old, entry.new) for entry in aparat.contact_history(number)] == [
        ("ended_on", "", "2019-04-02"),
        ("phone", "+6281234567834", "+6281311112222"),
        ("role", "kades", "sekdes"),
        ("added", "", "Sutrisno"),
    ]
    assert aparat.contacts(VILLAGE, current_only=True) == []
    assert [one.id for one in aparat.contacts(VILLAGE)] == [number], "ended, not deleted"
    assert refused(lambda: change(number, ended_on=TODAY + timedelta(days=1))) == ["contact_day_to_come"]
    assert refused(lambda: change(999, role="kades")) == ["no_such_contact"]


def test_a_card_is_filled_in_and_keeps_what_was() -> None:
    assert card(signal="weak", kalangan=2, road="gravel", wet_season="hard", travel_min=95) == 5
    assert card(signal="weak", kalangan=None) == 1
    now = aparat.card(VILLAGE)
    assert (now.signal, now.kalangan, now.road, now.travel_min) == ("weak", None, "gravel", 95)
    assert next((entry.field, entry.old, entry.new) for entry in aparat.card_history(VILLAGE)) == ("kalangan", "2", "")
    assert aparat.card(NEXT) == aparat.Card(NEXT)


def test_consent_to_wall_lists_names_day_giver_and_paper_and_may_be_taken_back() -> None:
    given = {
        "wall_consent_on": date(2019, 3, 1),
        "wall_consent_by": "Kades Sutrisno",
        "wall_consent_source": "surat 140/12/2019",
    }
    assert card(**given) == 3
    assert refused(lambda: card(wall_consent_source="")) == ["wall_consent_half"]
    assert card(wall_consent_on=None, wall_consent_by="", wall_consent_source="") == 3
    assert len(aparat.card_history(VILLAGE)) == 6
    assert refused(lambda: card(**given | {"wall_consent_on": TODAY + timedelta(days=1)})) == ["contact_day_to_come"]


@pytest.mark.parametrize("said", [{"signal": "5G"}, {"kalangan": 9}, {"travel_min": 9999}, {"road": "tol"}])
def test_a_card_that_cannot_be_is_refused_and_not_kept(said: dict[str, object]) -> None:
    assert refused(lambda: card(**said))
    assert aparat.card(VILLAGE) == aparat.Card(VILLAGE)
    assert refused(lambda: keeping.change_card(160501, {"signal": "weak"}, office=HERE, by="")) == ["contact_area"]
