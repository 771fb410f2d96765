"""Search on both engines: what was typed first, other spellings next, nobody outside the area, numbers masked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.domain.ids import area_number
from jemput.queries.search import MOST, Found, search
from jemput.store import bulk
from tests.builders import ADI, BUDI, LAKITAN, NEXT_DOOR, SITI, TODAY, TUGUMULYO, append, office_on, registered

DISTRICT = 160501
CODES = {
    1605: "Musi Rawas",
    160501: "Tugumulyo",
    160502: "Muara Lakitan",
    1605012003: "Tegal Rejo",
    1605012004: "Sukomulyo",
}
HERE = office_on(TODAY)


def found(text: str, area: str | None = None, **options: int | bool) -> Found:
    return search(text, here=HERE, area=area_number(area) if area else None, **options)  # type: ignore[arg-type]


def names(text: str, area: str | None = None) -> list[str]:
    return [hit.person.name for hit in found(text, area).hits]


@pytest.fixture
def register(office) -> None:
    bulk.insert(
        "area",
        ("number", "name", "valid_from", "source"),
        [(number, name, date(2003, 1, 1), "test") for number, name in CODES.items()],
    )
    people = [
        ("MUHAMMAD YUSUF", TUGUMULYO, {"nik": ADI, "no_kk": "1605010101190001", "rt": "003", "rw": "001"}),
        ("MOCH. JUSUF", TUGUMULYO, {"nik": BUDI, "no_kk": "1605010101190001", "rt": "3", "born_on": "1975-12-31"}),
        ("YUSUFA MUHAMAD", NEXT_DOOR, {"nik": SITI, "rt": "004", "born_on": "1990-01-02"}),
        ("MUHAMMAD", LAKITAN, {"born_on": "1980-05-17"}),
        ("SITI NURAINI", TUGUMULYO, {"rt": "003"}),
        ("NUR AINI SITI", LAKITAN, {}),
        ("TEGAL REJO", LAKITAN, {}),
        ("JOKO", TUGUMULYO, {}),
    ]
    append(*(registered(at, name=name, village=village, **said) for at, (name, village, said) in enumerate(people, 1)))


def test_what_was_typed_comes_first_then_other_spellings_then_beginnings(register):
    hits = found("muhammad yusuf").hits
    assert [(hit.person.name, hit.how) for hit in hits] == [
        ("MUHAMMAD YUSUF", "name"),
        ("MOCH. JUSUF", "spelling"),
        ("YUSUFA MUHAMAD", "beginning"),
    ]
    assert names("moch jusuf")[0] == "MOCH. JUSUF"


def test_words_are_found_in_any_order_and_the_last_one_begun(register):
    assert names("yusuf muhammad")[:2] == ["MUHAMMAD YUSUF", "MOCH. JUSUF"]
    assert set(names("muhammad yu")) == {"MUHAMMAD YUSUF", "YUSUFA MUHAMAD", "MOCH. JUSUF"}
    assert set(names("muha yus")) == {"MUHAMMAD YUSUF", "YUSUFA MUHAMAD", "MOCH. JUSUF"}
    assert names("jok") == ["JOKO"]
    assert names("djok") == ["JOKO"]
    assert set(names("djo")) == {"JOKO", "MUHAMMAD YUSUF", "MOCH. JUSUF", "YUSUFA MUHAMAD"}  # Djoesoef is Yusuf
    assert names("m y")[0] == "MOCH. JUSUF"


def test_words_written_as_one_are_found_apart(register):
    assert set(names("siti nur aini")) == set(names("sitti noeraini")) == {"SITI NURAINI", "NUR AINI SITI"}


def test_a_number_finds_its_person_and_its_family_and_is_masked(register):
    (hit,) = found(ADI).hits
    assert (hit.person.name, hit.how) == ("MUHAMMAD YUSUF", "number")
    assert hit.person.nik == f"{ADI[:6]}••••••{ADI[12:]}"
    assert found(ADI, full=True).hits[0].person.nik == ADI
    assert sorted(names("1605010101190001")) == ["MOCH. JUSUF", "MUHAMMAD YUSUF"]
    assert sorted(names("160501010119")) == ["MOCH. JUSUF", "MUHAMMAD YUSUF"]
    assert names(ADI[:8]) == ["MUHAMMAD YUSUF"]
    assert names(f"{ADI[:6]} yusuf") == ["MUHAMMAD YUSUF", "MOCH. JUSUF", "YUSUFA MUHAMAD"]


def test_place_neighbourhood_and_birth_narrow_a_name(register):
    assert names("muhammad tegal rejo") == ["MUHAMMAD YUSUF", "MOCH. JUSUF"]
    assert names("muhammad rt 3") == ["MUHAMMAD YUSUF", "MOCH. JUSUF"]
    assert names("muhammad rt 3/1") == ["MUHAMMAD YUSUF"]
    assert names("yusuf 1975") == ["MOCH. JUSUF"]
    assert names("yusuf 31-12-1975") == ["MOCH. JUSUF"]
    assert names("kec tugumulyo yusuf") == ["MUHAMMAD YUSUF", "MOCH. JUSUF", "YUSUFA MUHAMAD"]


def test_place_and_birth_are_enough_and_an_rt_is_not(register):
    assert names("31 desember 1975") == ["MOCH. JUSUF"]
    assert names("1990") == ["YUSUFA MUHAMAD"]
    assert names("desa sukomulyo") == ["YUSUFA MUHAMAD"]
    assert names("rt 3 desa tegal rejo") == ["MOCH. JUSUF", "MUHAMMAD YUSUF", "SITI NURAINI"]
    for text in ("rt 3", "rt 3 kec tugumulyo", "", "  ", "!!!"):
        assert found(text).too_wide
        assert found(text).hits == ()
    assert names("rt 4", NEXT_DOOR) == ["YUSUFA MUHAMAD"]


def test_a_word_that_is_a_place_too_is_also_found_as_a_name(register):
    assert names("tegal rejo") == ["TEGAL REJO", "JOKO", "MOCH. JUSUF", "MUHAMMAD YUSUF", "SITI NURAINI"]


def test_nobody_outside_the_area_is_found(register):
    for text in ("muhammad", "m", "1980", ADI, "160501", "1605010101190001", "kec tugumulyo", "desa tegal rejo"):
        for area in (LAKITAN, "16.05.02", NEXT_DOOR):
            assert all(str(hit.person.village).startswith(area.replace(".", "")) for hit in found(text, area).hits), (
                text,
                area,
            )
    assert names("muhammad", LAKITAN) == ["MUHAMMAD"]
    assert names(ADI, "16.05.01") == ["MUHAMMAD YUSUF"]


def test_the_dead_and_those_who_left_are_shown_as_such_and_last(register):
    append(NewFact("d", facts.MATI, date(2019, 3, 1), 1), NewFact("p", facts.PINDAH, date(2019, 3, 2), 2))
    append(NewFact("b", facts.BLOCKED, date(2019, 3, 2), 8))
    hits = found("muhammad").hits
    assert [(hit.person.name, hit.state) for hit in hits] == [
        ("MUHAMMAD", "active"),
        ("MUHAMMAD YUSUF", "dead"),
        ("YUSUFA MUHAMAD", "active"),
        ("MOCH. JUSUF", "moved"),
    ]
    assert hits[1].dead_on == date(2019, 3, 1)
    assert found("joko").hits[0].state == "blocked"
    assert "MOCH. JUSUF" not in names("muhammad", "16.05.01")


def test_a_new_name_is_found_and_the_old_one_no_more(register):
    append(NewFact("n", facts.BIODATA_CHANGED, TODAY, 8, {"name": "SLAMET"}))
    assert names("slamet") == ["SLAMET"]
    assert names("joko") == []
    append(NewFact("u", facts.REVERSED, TODAY, 8, reverses=8))
    assert names("joko") == []


def test_more_than_the_limit_is_said(register):
    assert found("muhammad", limit=2).more
    assert len(found("muhammad", limit=2).hits) == 2
    assert not found("muhammad", limit=4).more
    assert found("muhammad", limit=10 * MOST).hits


def test_how_a_search_was_read_is_said(register):
    answer = found("yusuf desa antahberantah 99")
    assert [part.en for part in answer.readings[0].said()] == ["name “YUSUF”"]
    assert answer.unread == ("desa antahberantah", "99")


WORDS = st.sampled_from(
    ["muhammad", "m", "yusuf", "siti", "nur", "aini", "%", "_", "'", '"', "\\", "160501", ADI, "tugumulyo", "rt 3", "rw",
     "1980", "31-12-1975", "desa", "16.05.01", ";--", "{0}", "%s", "\x00", "é", "١٩٨٠", "²"]
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=5).map(" ".join)))
def test_any_text_is_searched_without_failing(register, text):
    for area in (None, "16.05.01"):
        answer = found(text, area)
        assert len({hit.person.id for hit in answer.hits}) == len(answer.hits)
