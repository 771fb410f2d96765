"""What is doubtful about a fact before it is saved; nothing of it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.domain import facts
from jemput.domain.biodata import ToldFact
from jemput.domain.coverage import Rule
from jemput.domain.doubts import doubts
from jemput.domain.facts import NewFact
from jemput.domain.lampid import effects
from jemput.domain.legal_effect import legal_effect

RULE = Rule()
VILLAGE = "16.05.01.2003"
LISTED = date(2019, 1, 2)
TODAY = date(2019, 4, 2)
MARCH = date(2019, 3, 10)
WOMAN = "1605015705809001"


def told(place: int, kind: str, on: date, reverses: int | None = None, **said: object) -> ToldFact:
    return ToldFact(place, place, kind, on.toordinal(), effects(kind, said), reverses, said)


def siti(**said: str) -> ToldFact:
    usual = {"name": "SITI", "village": VILLAGE, "born_on": "1980-05-17", "nik": WOMAN, "sex": "P"}
    return told(1, facts.REGISTERED, LISTED, **(usual | said))


def found(
    known: list[ToldFact], kind: str, on: date = MARCH, *, reverses: int | None = None, **said: object
) -> set[str]:
    new = [NewFact("x", kind, on, 1, said, reverses=reverses)]
    effect = legal_effect(known, new, today=TODAY, rule=RULE, closed=())
    problems = doubts(known, new, effect, today=TODAY, rule=RULE)
    for problem in problems:
        sentences = (problem.reason("id"), problem.todo("id"), problem.reason("en"), problem.todo("en"))
        assert all(sentence and "{" not in sentence for sentence in sentences)
    return {problem.kind.code.removeprefix("doubt_") for problem in problems}


def test_an_ordinary_death_and_an_ordinary_recording_raise_no_doubt() -> None:
    assert found([siti()], facts.MATI) == set()
    assert found([siti()], facts.REKAM, status="BIO_CAPTURED") == set()


@pytest.mark.parametrize(
    ("known", "kind", "said", "doubt"),
    [
        ([siti(), told(2, facts.REKAM, TODAY, status="PRR")], facts.MATI, {}, "recorded_after_death"),
        ([siti(), told(2, facts.MATI, LISTED)], facts.REKAM, {"status": "PRR"}, "dead_then"),
        ([siti(born_on="2001-01-01", nik="")], facts.KAWIN, {}, "married_young"),
        ([siti(born_on="2001-01-01", nik="")], facts.BIODATA_CHANGED, {"marital": "kawin"}, "married_young"),
        ([siti(marital="cerai mati")], facts.KAWIN, {}, "married_already"),
        ([siti(), told(2, facts.PINDAH, LISTED)], facts.REKAM, {"status": "PRR"}, "lives_elsewhere"),
        ([siti(), told(2, facts.PINDAH, LISTED)], facts.PINDAH, {}, "state_already"),
        ([siti()], facts.DATANG, {"village": VILLAGE}, "state_already"),
        ([siti()], facts.REACTIVATED, {}, "state_already"),
        ([siti(), told(2, facts.BLOCKED, LISTED)], facts.BLOCKED, {}, "state_already"),
        ([siti()], facts.RESIDENCE_CHANGED, {"village": VILLAGE}, "same_village"),
        ([siti(), told(2, facts.PINDAH, LISTED)], facts.RESIDENCE_CHANGED, {"village": VILLAGE}, "not_resident"),
        ([siti()], facts.BIODATA_CHANGED, {"born_on": "1980-05-18"}, "nik_birth"),
        ([siti()], facts.BIODATA_CHANGED, {"sex": "L"}, "nik_sex"),
        ([siti()], facts.BIODATA_CHANGED, {"born_on": "1880-05-17"}, "too_old"),
        ([siti(born_on="2004-05-17", nik="")], facts.REKAM, {"status": "PRR"}, "recorded_young"),
        ([siti()], facts.REKAM, {"status": "KODE_BARU"}, "status_unknown"),
        ([siti(role="kepala keluarga", no_kk="1605012003199001")], facts.MATI, {}, "head_leaves"),
        ([siti(), told(2, facts.BIODATA_CHANGED, TODAY, dusun="II")], facts.BIODATA_CHANGED, {"dusun": "I"}, "changes_nothing"),
    ],
)  # fmt: skip
def test_what_is_asked_about(known: list[ToldFact], kind: str, said: dict[str, object], doubt: str) -> None:
    assert doubt in found(known, kind, **said)


def test_a_death_is_reported_within_30_days_and_a_birth_within_60() -> None:
    assert "reported_late" in found([siti()], facts.MATI, date(2019, 3, 2))
    assert "reported_late" not in found([siti()], facts.MATI, date(2019, 3, 3))
    born = {"name": "BAYI", "village": VILLAGE, "born_on": "2019-02-01"}
    assert "reported_late" not in found([], facts.LAHIR, date(2019, 2, 1), **born)
    assert "reported_late" in found([], facts.LAHIR, date(2019, 1, 31), **born | {"born_on": "2019-01-31"})


def test_taking_back_the_fact_that_brought_a_person_is_asked_about() -> None:
    assert "leaves_register" in found([siti()], facts.REVERSED, TODAY, reverses=1)
    assert "leaves_register" not in found([siti(), told(2, facts.MATI, MARCH)], facts.REVERSED, TODAY, reverses=2)


def test_a_recording_taken_back_says_nothing_against_a_death() -> None:
    known = [siti(), told(2, facts.REKAM, TODAY, status="PRR"), told(3, facts.REVERSED, TODAY, reverses=2)]
    assert found(known, facts.MATI) == set()
