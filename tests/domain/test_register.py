"""The register's entry of a person: the last word on each field, and nothing nobody said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import facts
from jemput.domain.lampid import ELSEWHERE, STRUCK, effects
from jemput.domain.people import FIELDS
from jemput.domain.register import Entry, SaidFact, entry

VILLAGE = "16.05.01.2003"
HOME = 1605012003


def told(*words: tuple[str, str, dict[str, object]]) -> Entry:
    """Return the entry of facts (kind, on, said), which are in order."""
    return entry(
        SaidFact(place, kind, date.fromisoformat(on).toordinal(), said, effects(kind, said))
        for place, (kind, on, said) in enumerate(words, 1)
    )


REGISTERED = (
    facts.REGISTERED,
    "2019-01-01",
    {"nik": "1605011705809001", "name": "SITI", "village": VILLAGE, "address": "RT 1"},
)


def test_the_last_word_on_a_field_holds_and_the_others_stay():
    now = told(REGISTERED, (facts.BIODATA_CHANGED, "2019-02-01", {"address": "RT 2", "dusun": "II"}))
    assert now.biodata == {**REGISTERED[2], "address": "RT 2", "dusun": "II"}
    assert now.name == "SITI"


def test_what_is_no_field_of_a_person_does_not_get_into_the_biodata():
    now = told(REGISTERED, (facts.BIODATA_CHANGED, "2019-02-01", {"note": "surat 12", "status": "PRR"}))
    assert set(now.biodata) <= set(FIELDS)
    assert now.status is None


def test_a_recording_changes_the_status_and_no_biodata():
    now = told(
        REGISTERED,
        (facts.REKAM, "2019-02-01", {"status": "Sent For\nEnrollment", "name": "LAIN", "recorded_at": "16.05"}),
    )
    assert now.name == "SITI"
    assert (now.status, now.status_raw, now.status_day) == (4, "Sent For\nEnrollment", date(2019, 2, 1).toordinal())


def test_an_unknown_status_is_kept_raw_and_an_empty_one_leaves_the_last():
    now = told(REGISTERED, (facts.REKAM, "2019-02-01", {"status": "KODE_BARU"}))
    assert (now.status, now.status_raw) == (0, "KODE_BARU")
    now = told(REGISTERED, (facts.REKAM, "2019-02-01", {"status": "PRR"}), (facts.REKAM, "2019-03-01", {"status": "-"}))
    assert (now.status, now.status_raw) == (6, "PRR")


def test_a_guest_is_known_by_the_recording_alone_and_lives_elsewhere():
    now = told((facts.REKAM, "2019-02-01", {"status": "PRR", "guest": True, "nik": "1673010101809001", "name": "JOKO"}))
    assert (now.name, now.biodata["nik"], now.village) == ("JOKO", "1673010101809001", ELSEWHERE)


@pytest.mark.parametrize(
    ("kind", "said", "village"),
    [
        (facts.PINDAH, {}, ELSEWHERE),
        (facts.KONSOLIDASI_REMOVED, {}, STRUCK),
        (facts.KONSOLIDASI_MERGED, {"merged_into": "x"}, STRUCK),
        (facts.RESIDENCE_CHANGED, {"village": "16.05.02.1019"}, 1605021019),
        (facts.MATI, {}, HOME),
    ],
)
def test_where_a_person_is_follows_the_last_fact_that_moves(kind, said, village):
    assert told(REGISTERED, (kind, "2019-02-01", said)).village == village


def test_the_first_death_is_the_day_of_death():
    now = told(REGISTERED, (facts.MATI, "2019-02-01", {}), (facts.MATI, "2019-02-09", {}))
    assert now.dead_day == date(2019, 2, 1).toordinal()


def test_blocked_and_reactivated_follow_each_other():
    blocked = (REGISTERED, (facts.BLOCKED, "2019-02-01", {}))
    assert told(*blocked).blocked == 1
    assert told(*blocked, (facts.REACTIVATED, "2019-03-01", {})).blocked == 0


def test_of_nobody_there_is_an_empty_entry():
    assert told() == Entry()
    assert told().name == ""


@given(
    changes=st.lists(
        st.dictionaries(st.sampled_from(["name", "address", "rt", "mother"]), st.sampled_from(["A", "B", "C"])),
        max_size=6,
    )
)
def test_each_field_is_the_last_one_said(changes):
    now = told(REGISTERED, *((facts.BIODATA_CHANGED, "2019-02-01", said) for said in changes))
    expected = dict(REGISTERED[2])
    for said in changes:
        expected |= said
    assert now.biodata == expected
