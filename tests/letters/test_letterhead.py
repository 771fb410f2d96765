"""What an office prints around its letters: from its settings, and something sensible where none is set."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.settings import set_setting
from jemput.letters.letterhead import letterhead
from jemput.store.models import Area
from tests.builders import TODAY, office_on


@pytest.fixture
def regency(office) -> None:
    """The regency's name, as the list of codes has it."""
    Area.objects.create(number=1605, name="Kabupaten Musi Rawas", valid_from=date(2014, 1, 1), source="Kepmendagri")


def test_where_nothing_is_set_the_regency_stands_above_the_offices_name(regency) -> None:
    head = letterhead(office_on(TODAY))
    assert head.above == ("Pemerintah Kabupaten Musi Rawas",)
    assert head.office == "Dinas Kependudukan dan Pencatatan Sipil"
    assert (head.paper, head.signer_title, head.signer_name) == ("A4", "Kepala Dinas", "")
    assert head.as_data(TODAY)["dated"] == "2 April 2019"


def test_every_line_is_the_offices_own_to_set(regency) -> None:
    for name, text in (
        ("letterhead", "PEMERINTAH KABUPATEN|MUSI RAWAS"),
        ("office_address", "Jalan Lintas|Muara Beliti 31661"),
        ("office_town", "Muara Beliti"),
        ("paper", "f4"),
        ("signer_name", "SITI AMINAH, S.H."),
        ("signer_nip", "19700101 199503 2 001"),
    ):
        set_setting(name, text)
    head = letterhead(office_on(TODAY))
    assert head.above == ("PEMERINTAH KABUPATEN", "MUSI RAWAS")
    data = head.as_data(TODAY)
    assert (data["dated"], data["paper"]) == ("Muara Beliti, 2 April 2019", "F4")
    assert data["signer"] == {
        "title": "Kepala Dinas",
        "name": "SITI AMINAH, S.H.",
        "rank": "",
        "nip": "19700101 199503 2 001",
    }


def test_an_office_that_does_not_know_its_area_yet_has_a_letterhead_too(office) -> None:
    assert letterhead(office_on(TODAY, area=None)).above == ()
