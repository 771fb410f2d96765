"""Who is left, apart by what a visit must do for them, and the places ranked with their reasons in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.chances import chances
from jemput.domain.doubts import years_between
from jemput.domain.reasons import age, reasons
from jemput.domain.sweep import (
    GROUPS,
    NOTHING,
    TAG_TITLES,
    Around,
    Calendar,
    LastOutcome,
    LastVisit,
    LastWord,
    Left,
    first_time_voters,
    is_to_settle,
    old_by,
    places,
    rank,
    tags_of,
)

TODAY = date(2019, 4, 2)
ELECTION = date(2019, 4, 17)
DAYS = Calendar(TODAY, date(2019, 4, 28), ELECTION)
HERE, THERE, FAR = 1605012003, 1605012004, 1605021019
FRESH = chances({})[0, False]
LOST = chances({(2, True): (0, 200)})[2, True]


def somebody(number: int = 1, **said: object) -> Left:
    usual = {
        "person": number,
        "nik": "",
        "name": f"ORANG {number}",
        "sex": "L",
        "born_on": date(1980, 5, 17),
        "village": HERE,
        "dusun": "Dusun I",
        "rt": "001",
        "rw": "",
        "address": "",
        "since": date(2018, 4, 2),
        "status": None,
        "is_counted": True,
        "votes_first": False,
        "tags": frozenset(),
        "word": None,
        "outcome": None,
        "chance": FRESH,
    }
    return Left(**(usual | said))


def some(count: int, start: int = 1, **said: object) -> list[Left]:
    return [somebody(number, **said) for number in range(start, start + count)]


def tags(**said: object) -> set[str]:
    usual = {
        "is_pemula": False,
        "is_blocked": False,
        "is_old": False,
        "word": None,
        "outcome": None,
    }
    return set(tags_of(**(usual | said)))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, set()),
        ({"is_pemula": True}, {"pemula"}),
        ({"is_blocked": True}, {"blocked"}),
        ({"is_old": True}, {"vulnerable"}),
        ({"word": LastWord("ill", TODAY, "sms")}, {"vulnerable"}),
        ({"word": LastWord("will_come", TODAY, "sms")}, set()),
        ({"outcome": LastOutcome("home_visit", TODAY, 0)}, {"vulnerable"}),
        ({"outcome": LastOutcome("absent", TODAY, 1)}, set()),
        ({"outcome": LastOutcome("absent", TODAY, 2)}, {"not_found"}),
        ({"is_blocked": True, "is_old": True}, {"blocked", "vulnerable"}),
    ],
)
def test_who_stands_apart(said, found):
    assert tags(**said) == found


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2000, 1, 1)))
def test_old_is_who_has_completed_seventy_years(on, born):
    leap = (born.month, born.day) == (2, 29) or (on.month, on.day) == (2, 29)
    if not leap:
        assert (born <= old_by(on)) == (years_between(born, on) >= 70)
    assert old_by(date(2020, 2, 29)) == date(1950, 2, 28)


def test_words_about_the_record_are_to_settle_and_words_about_the_person_are_not():
    settled = {
        word
        for word in ("will_come", "at_rompok", "moved", "died", "ill", "recorded_elsewhere", "unknown")
        if is_to_settle(LastWord(word, TODAY, "page"))
    }
    assert settled == {"moved", "died", "recorded_elsewhere", "unknown"}
    assert not is_to_settle(None)


def test_the_lists_take_everybody_in_and_nobody_twice_as_ordinary():
    plain, blocked, gone = somebody(), somebody(tags=frozenset({"blocked"})), somebody(chance=None)
    young = somebody(is_counted=False, tags=frozenset({"pemula"}))
    assert plain.groups == ("all", "ordinary")
    assert blocked.groups == ("all", "blocked")
    assert gone.groups == ("all", "settle")
    assert young.groups == ("pemula",)
    assert set(TAG_TITLES) < set(GROUPS)


def test_a_first_time_voter_turned_17_since_the_last_election():
    after, until = first_time_voters(ELECTION)
    assert until == ELECTION
    assert 5 * 365 <= (until - after).days <= 5 * 366


def test_a_place_ranks_by_whom_one_would_meet_not_by_how_many_there_are():
    people = some(10, village=HERE) + some(12, 100, village=THERE, chance=LOST)
    ranked = [one.number for one in places(people, {}, ahead=True) if one.level == "desa"]
    assert ranked == [HERE, THERE]


def test_first_time_voters_count_double_while_an_election_is_ahead():
    people = some(5, village=HERE) + some(4, 100, village=THERE, votes_first=True)
    assert [one.number for one in places(people, {}, ahead=False, levels=["desa"])] == [HERE, THERE]
    assert [one.number for one in places(people, {}, ahead=True, levels=["desa"])] == [THERE, HERE]


def test_every_level_holds_everybody():
    people = some(3) + some(2, 10, dusun="Dusun II") + some(4, 20, village=FAR)
    found = places(people, {}, ahead=False)
    sums = {level: sum(one.left for one in found if one.level == level) for level in ("kecamatan", "desa", "dusun")}
    assert set(sums.values()) == {9}
    assert [one.level for one in found] == ["kecamatan"] * 2 + ["desa"] * 2 + ["dusun"] * 3
    assert rank(reversed(found)) == found


def test_the_reasons_are_told_in_both_languages():
    people = [
        *some(4),
        *some(2, 10, tags=frozenset({"blocked"})),
        somebody(20, status=7),
        somebody(21, chance=None),
        somebody(30, is_counted=False, votes_first=True, tags=frozenset({"pemula"}), since=ELECTION),
    ]
    around = {
        HERE: Around(2, 40, LastVisit(3, date(2019, 2, 12), {"recorded": 14, "not_found": 9}), (8, date(2019, 4, 5)))
    }
    village = next(one for one in places(people, around, ahead=True) if one.level == "desa")
    assert [said.en for said in reasons(village, DAYS)] == [
        "8 not recorded, of them 2 blocked, 1 records to settle, 1 whose recording failed",
        "half of them on the list for 1 year or longer",
        "1 first-time voters, 1 of them turn 17 only by the election",
        "about 5 of 8 likely to be met (3–8); assumed, no outcome of a visit yet",
        "2 rompok, about 40 people",
        "last visit 12 February 2019: 14 recorded, 9 not found",
        "a visit is planned on 5 April 2019",
        "the election in 15 days: 1 a day to leave nobody",
    ]
    assert [said.id for said in reasons(village, DAYS)][
        5
    ] == "kunjungan terakhir 12 Februari 2019: 14 direkam, 9 tidak ditemukan"


def test_without_an_election_the_next_count_is_the_deadline_and_no_voters_are_told():
    village = next(iter(places(some(60, votes_first=False), {}, ahead=False, levels=["desa"])))
    told = [said.id for said in reasons(village, Calendar(TODAY, date(2019, 4, 28)))]
    assert told[-1] == "hitungan berikut 26 hari lagi: 3 orang sehari agar habis"
    assert "belum pernah dikunjungi menurut catatan" in told
    assert not any("pemilih" in said for said in told)


def test_a_kecamatan_tells_of_its_villages_together():
    people = some(3) + some(3, 10, village=THERE)
    around = {
        HERE: Around(1, 0, LastVisit(3, date(2019, 2, 12), {}), (9, None)),
        THERE: Around(2, 10, LastVisit(4, date(2019, 3, 1), {"absent": 2}), (8, date(2019, 4, 9))),
    }
    whole = places(people, around, ahead=False, levels=["kecamatan"])[0].around
    assert (whole.rompok, whole.rompok_people) == (3, 10)
    assert (whole.last.number, whole.planned) == (4, (8, date(2019, 4, 9)))
    assert places(some(1, village=FAR), around, ahead=False, levels=["desa"])[0].around == NOTHING


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (date(2019, 4, 2), "0 days"),
        (date(2019, 4, 1), "1 day"),
        (date(2019, 2, 20), "1 month"),
        (date(2018, 10, 2), "6 months"),
        (date(2018, 4, 2), "1 year"),
        (date(2011, 5, 1), "7 years"),
    ],
)
def test_an_age_is_told_in_the_largest_unit(since, told):
    assert age(since, TODAY).en == told
