"""The legal effect of each kind of fact, and of nothing it does not say."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.domain import facts
from jemput.domain.lampid import ELSEWHERE, NONE, STRUCK, Effects, effects

VILLAGE = "16.05.01.2003"
HOME = 1605012003
BIODATA = {"name": "SITI", "village": VILLAGE, "born_on": "2002-03-28", "marital": "belum kawin", "citizenship": "WNI"}


@pytest.mark.parametrize(
    ("kind", "said", "effect"),
    [
        (facts.MATI, {}, Effects(dead=1)),
        (facts.PINDAH, {}, Effects(home=ELSEWHERE)),
        (facts.KAWIN, {}, Effects(married=1)),
        (facts.BLOCKED, {}, Effects(blocked=1)),
        (facts.REACTIVATED, {}, Effects(blocked=0)),
        (facts.KONSOLIDASI_REMOVED, {}, Effects(home=STRUCK)),
        (facts.KONSOLIDASI_MERGED, {"merged_into": "1605011705809001"}, Effects(home=STRUCK)),
        (facts.DATANG, {"village": VILLAGE}, Effects(home=HOME)),
        (facts.RESIDENCE_CHANGED, {"village": "1605012003"}, Effects(home=HOME)),
        (facts.BIODATA_CHANGED, {"name": "SITI"}, NONE),
        (facts.KONSOLIDASI_TOTAL, {"village": VILLAGE, "id_obligated": 10}, NONE),
        (facts.COUNT_CLOSED, {}, NONE),
        (facts.FIGURE_CLAIMED, {}, NONE),
        (facts.REVERSED, {"note": "salah orang"}, NONE),
    ],
)
def test_each_kind_changes_what_the_law_says_and_nothing_else(kind, said, effect):
    assert effects(kind, said) == effect


@pytest.mark.parametrize("kind", sorted(facts.RESIDENCE_KINDS))
def test_who_comes_to_live_somewhere_brings_birth_marriage_and_citizenship(kind):
    seventeen = date(2019, 3, 28).toordinal()
    assert effects(kind, BIODATA) == Effects(home=HOME, adult_on=seventeen, citizen=1, married=0)


def test_a_change_of_biodata_never_moves_anybody():
    assert effects(facts.BIODATA_CHANGED, BIODATA).home is None


def test_every_kind_of_fact_has_its_effect_from_the_least_it_may_say():
    least = {
        "name": "A",
        "village": VILLAGE,
        "born_on": "2000-01-01",
        "status": "PRR",
        "merged_into": "x",
        "id_obligated": 1,
    }
    for kind in facts.KINDS:
        said = {name: least[name] for name in kind.needs}
        assert isinstance(effects(kind.code, said), Effects)


@pytest.mark.parametrize(
    ("citizenship", "code"),
    [("WNI", 1), ("ITAP", 2), ("WNA ITAP", 2), ("WNA", 0), ("ITAS", 0), ("MALAYSIA", 0), ("", None)],
)
def test_a_foreigner_counts_only_with_itap_and_silence_says_nothing(citizenship, code):
    assert effects(facts.BIODATA_CHANGED, {"citizenship": citizenship}).citizen == code


@pytest.mark.parametrize(
    ("marital", "married"),
    [("kawin", 1), ("cerai hidup", 1), ("CERAI MATI", 1), ("belum kawin", 0), ("entah", None), ("", None)],
)
def test_divorce_and_widowhood_keep_the_duty_and_an_unknown_word_says_nothing(marital, married):
    assert effects(facts.BIODATA_CHANGED, {"marital": marital}).married == married


def test_a_leap_day_child_is_adult_on_the_first_of_march():
    said = {"name": "A", "village": VILLAGE, "born_on": "2004-02-29"}
    assert effects(facts.REGISTERED, said).adult_on == date(2021, 3, 1).toordinal()


def test_who_has_no_birth_date_is_never_adult_by_age():
    assert effects(facts.REGISTERED, {"name": "A", "village": VILLAGE}).adult_on is None


@pytest.mark.parametrize(
    ("said", "effect"),
    [
        ({"status": "PRR"}, Effects(status=6)),
        ({"status": "BIO CAPTURED", "recorded_at": "16.05"}, Effects(status=2, recorded_at=1605000000)),
        ({"status": "BIO_CAPTURED", "recorded_at": "16.05.02"}, Effects(status=2, recorded_at=1605020000)),
        ({"status": "BIO_CAPTURED", "recorded_at": VILLAGE}, Effects(status=2, recorded_at=HOME)),
        ({"status": "BIO_CAPTURED", "recorded_at": "kantor"}, Effects(status=2)),
        ({"status": "SESUATU_BARU"}, Effects(status=0)),
        ({"status": "-"}, Effects()),
        (
            {"status": "PRR", "guest": True, "recorded_at": "16.05"},
            Effects(home=ELSEWHERE, status=6, recorded_at=1605000000),
        ),
        (
            {"status": "PRR", "guest": True, "village": VILLAGE, "born_on": "1980-01-01"},
            Effects(home=ELSEWHERE, status=6, adult_on=date(1997, 1, 1).toordinal()),
        ),
    ],
)
def test_a_recording_says_its_status_and_place_and_a_guest_lives_elsewhere(said, effect):
    assert effects(facts.REKAM, said) == effect
