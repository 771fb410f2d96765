"""A list of the aparat: once is enough, it completes who is known, and it can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jemput.actions.aparat import add_contact, change_contact
from jemput.actions.paper_imports import Tally, Undone, Upload
from jemput.actions.places import import_areas
from jemput.actions.take_contacts import take_contacts, undo_contacts
from jemput.domain.aparat import ContactRow
from jemput.queries import aparat
from tests.builders import MUSI_RAWAS, TODAY, office_on

pytestmark = pytest.mark.usefixtures("known_areas")

VILLAGE = 1605012003
HERE = office_on(TODAY)


@pytest.fixture
def known_areas(office: dict[str, Any]) -> None:
    """An office that knows two kecamatan and three villages."""
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")


def row(number: int, name: str, role: str = "kades", phone: str = "", **more: Any) -> ContactRow:
    nothing = {"area": VILLAGE, "email": "", "channel": "", "dusun": "", "note": ""}
    return ContactRow(sheet="", row=number, name=name, role=role, phone=phone, **nothing | more)  # type: ignore[arg-type]


ROWS = [row(2, "Sutrisno", phone="+6281234567834", channel="whatsapp"), row(3, "Rini", "sekdes")]


def take(rows: list[ContactRow] = ROWS, digest: str = "a", **more: Any) -> Tally:
    return take_contacts(rows, Upload("contact", "aparat.xlsx", digest, "kabid"), office=HERE, **more)


def test_a_list_goes_in_once_and_the_same_list_changes_nothing() -> None:
    assert len(take().added) == 2
    assert (take().unchanged, take(digest="b").unchanged) == (2, 2)
    assert [one.name for one in aparat.contacts(VILLAGE)] == ["Sutrisno", "Rini"]


def test_a_trial_keeps_nobody() -> None:
    assert len(take(dry_run=True).added) == 2
    assert aparat.contacts() == []


def test_who_is_known_by_number_or_name_is_completed() -> None:
    number = add_contact(area=VILLAGE, name="RINI", role="sekdes", note="sore saja", office=HERE, by="x")
    done = take([row(2, "Rini", "sekdes", "+6281311112222"), row(3, "Sutrisno S.", phone="+6281234567834")])
    assert (done.rows_changed, len(done.added)) == (1, 1)
    one = aparat.contact(number)
    assert one is not None
    assert (one.name, one.phone, one.note) == ("Rini", "+6281311112222", "sore saja")


def test_what_cannot_be_is_refused_row_by_row() -> None:
    done = take([*ROWS, row(4, ""), row(5, "Budi", channel="sms"), row(6, "Ani", area=1605019999)])
    assert [(one.row, one.problem.kind.code) for one in done.refused] == [
        (4, "contact_nameless"),
        (5, "contact_unreachable"),
        (6, "contact_area"),
    ]


def test_a_list_taken_back_ends_whom_it_added_and_puts_back_the_rest() -> None:
    number = add_contact(area=VILLAGE, name="Rini", role="kadus", office=HERE, by="x")
    done = take()
    assert done.number is not None
    change_contact(number, {"note": "baru"}, office=HERE, by="x")
    assert undo_contacts(done.number, office=HERE, by="kabid") == Undone(withdrawn=1, put_back=1, left=0)
    assert [(one.name, one.role, one.note) for one in aparat.contacts(VILLAGE, current_only=True)] == [
        ("Rini", "kadus", "baru")
    ]
    assert len(take().added) == 1, "and it may come again"
