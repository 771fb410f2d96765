"""Villages found by the names lists give them, and refused where a name fits none or several."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.ids import area_number
from jemput.domain.place_names import VillageNames, abbreviates, loose_key, place_key, words_of
from jemput.domain.places import AreaName
from jemput.domain.problems import Problem
from tests.conftest import SHARED

AREAS = {
    1605: "Kabupaten Musi Rawas",
    160501: "Tugumulyo",
    1605011001: "B. Srikaton",
    1605012003: "Tegal Rejo",
    1605012009: "Sukomulyo",
    160508: "Jayaloka",
    1605082010: "Purwodadi",
    1605082015: "Ngesti Boga I",
    1605082016: "Ngesti Boga II",
    160510: "STL Ulu Terawas",
    1605102020: "Sukamana",
    160513: "Purwodadi",
    1605131005: "Purwodadi",
    160514: "BTS. Ulu",
    1605142002: "Gn. Kembang Baru",
    1605142003: "Gn. Kembang Lama",
    1605142006: "Pangkalan T. Lama",
}


@pytest.fixture
def villages() -> VillageNames:
    return VillageNames([AreaName(*area) for area in AREAS.items()], within="Musi Rawas")


@pytest.mark.parametrize(
    ("village", "district", "number"),
    [
        ("TEGAL REJO", "TUGUMULYO", 1605012003),
        ("Tegalrejo", "Kec. Tugumulyo", 1605012003),
        ("Desa Tegal Rejo", "", 1605012003),
        ("Srikaton", "Tugumulyo", 1605011001),
        ("B SRIKATON", "Tugumulyo", 1605011001),
        ("KELURAHAN B. SRIKATON", "Tugumulyo", 1605011001),
        ("Sukomulio", "Tugumulyo", 1605012009),
        ("Ngestiboga I", "Jayaloka", 1605082015),
        ("NGESTI BOGA 2", "Jayaloka", 1605082016),
        ("Gunung Kembang Lama", "BTS Ulu", 1605142003),
        ("G Kembang Baru", "BULANG TENGAH SUKU ULU", 1605142002),
        ("Pangkalan Tarum Lama", "BTS. ULU", 1605142006),
        ("Sukamana", "SUKU TENGAH LAKITAN ULU TERAWAS", 1605102020),
        ("Sp V Sukamana", "STL Ulu Terawas", 1605102020),
        ("PURWODADI", "PURWODADI", 1605131005),
        ("PURWODADI", "JAYALOKA", 1605082010),
    ],
)
def test_a_village_is_found_however_a_list_spells_it(
    villages: VillageNames, village: str, district: str, number: int
) -> None:
    assert villages.find(village, district) == number


def test_a_name_of_two_villages_is_refused_and_both_are_named(villages: VillageNames) -> None:
    found = villages.find("Purwodadi")
    assert isinstance(found, Problem)
    assert found.kind.code == "village_name_ambiguous"
    assert "16.05.08.2010" in found.reason("id")
    assert "16.05.13.1005" in found.reason("en")


def test_a_name_without_its_numeral_is_not_guessed_and_the_near_ones_are_named(villages: VillageNames) -> None:
    found = villages.find("Ngesti Boga", "Jayaloka")
    assert isinstance(found, Problem)
    assert found.kind.code == "village_name_unknown"
    assert "Ngesti Boga I, Ngesti Boga II" in found.reason("en")


def test_a_village_of_another_district_is_not_found(villages: VillageNames) -> None:
    found = villages.find("Tegal Rejo", "Jayaloka")
    assert isinstance(found, Problem)
    assert "Jayaloka" in found.reason("id")


def test_an_unknown_district_is_said_to_be_the_trouble(villages: VillageNames) -> None:
    found = villages.find("Tegal Rejo", "Tugumulya Barat")
    assert isinstance(found, Problem)
    assert found.kind.code == "district_name_unknown"
    assert "Tugumulyo" in found.reason("en")


@pytest.mark.parametrize("name", ["", "-", "…"])
def test_nothing_is_no_village(villages: VillageNames, name: str) -> None:
    assert isinstance(villages.find(name), Problem)


def test_a_true_short_name_does_not_stand_for_a_longer_one() -> None:
    assert not abbreviates(words_of("Sri Jaya"), words_of("Sari Jaya"))
    assert not abbreviates(words_of("Suka"), words_of("Suka Maju"))


def test_keys_fold_level_words_numerals_and_old_spellings() -> None:
    assert place_key("Kel. Ngesti-Boga 2") == "ngestibogaii"
    assert words_of("DESA") == ("desa",)
    assert loose_key("Jaya Bhakti") == loose_key("Djaya Bakti")
    assert loose_key("Bu Nuapu'u") == loose_key("Bu Nuapu’u")


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_name_breaks_the_search(village: str, district: str) -> None:
    found = VillageNames([AreaName(*area) for area in AREAS.items()], within="x").find(village, district)
    assert isinstance(found, Problem) or found in AREAS


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
def test_of_the_villages_of_musi_rawas_as_the_statistics_office_names_them_none_is_taken_for_another() -> None:
    with (SHARED / "data/musi-rawas/areas_1605.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    codes = {area_number(row["kec_kode"]) or 0: row["kec_nama"] for row in rows}
    codes |= {area_number(row["kode"]) or 0: row["nama"] for row in rows}
    villages = VillageNames([AreaName(*area) for area in codes.items()], within="Musi Rawas")
    found = [(villages.find(row["bps_nama"].upper(), row["kec_nama"]), area_number(row["kode"])) for row in rows]
    assert [pair for pair in found if isinstance(pair[0], int) and pair[0] != pair[1]] == []
    assert sum(isinstance(one, int) for one, _ in found) >= 188
    assert all(villages.find(row["nama"].upper(), row["kec_nama"].upper()) == area_number(row["kode"]) for row in rows)
