"""The three axes: what is so on a day, why, and since when; and who votes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import coverage, facts
from jemput.domain.axes import axes, vote
from jemput.domain.coverage import Figures, KnownFact, Rule
from jemput.domain.lampid import effects

RULE = Rule()
VILLAGE = "16.05.01.2003"
LISTED = date(2019, 1, 2)
DAY = date(2019, 3, 28)


def life(
    born_on: str | None = "1980-05-17", *later: tuple[str, date, dict[str, object]], **said: str
) -> list[KnownFact]:
    words: dict[str, object] = {"name": "SITI", "village": VILLAGE} | ({"born_on": born_on} if born_on else {}) | said
    told = [(facts.REGISTERED, LISTED, words), *later]
    return [
        KnownFact(place, place, kind, on.toordinal(), effects(kind, words))
        for place, (kind, on, words) in enumerate(told, start=1)
    ]


def test_an_adult_owes_a_card_since_the_seventeenth_birthday_and_not_since_the_list() -> None:
    duty = axes(life(), on=DAY, rule=RULE).duty
    assert (duty.is_obliged, duty.since) == (True, date(1997, 5, 17))
    assert duty.why.id == "Wajib KTP: genap 17 tahun pada 17 Mei 1997."


def test_a_minor_owes_none_and_is_told_when_and_from_when_a_recording_is_allowed() -> None:
    duty = axes(life("2003-05-17"), on=DAY, rule=RULE).duty
    assert (duty.is_obliged, duty.since, duty.adult_on) == (False, None, date(2020, 5, 17))
    assert duty.may_record_from == date(2019, 5, 17)
    assert "17 Mei 2020" in duty.why.id
    assert "17 May 2020" in duty.why.en


def test_a_leap_day_child_may_be_recorded_a_year_before_the_first_of_march() -> None:
    assert axes(life("2004-02-29"), on=DAY, rule=RULE).duty.may_record_from == date(2020, 3, 1)


def test_who_marries_before_17_owes_a_card_from_the_wedding_and_for_that_reason_ever_after() -> None:
    bride = life("2002-08-01", (facts.KAWIN, DAY, {}))
    assert not axes(bride, on=date(2019, 3, 27), rule=RULE).duty.is_obliged
    now, later = axes(bride, on=DAY, rule=RULE).duty, axes(bride, on=date(2020, 1, 1), rule=RULE).duty
    assert (now.since, later.since) == (DAY, DAY)
    assert now.why.id == later.why.id == "Wajib KTP: kawin atau pernah kawin sejak 28 Maret 2019, sebelum 17 tahun."


def test_a_foreigner_owes_one_with_itap_only_and_since_the_permit() -> None:
    foreigner = life("1980-05-17", (facts.BIODATA_CHANGED, DAY, {"citizenship": "ITAP"}), citizenship="WNA")
    before, after = axes(foreigner, on=LISTED, rule=RULE).duty, axes(foreigner, on=DAY, rule=RULE).duty
    assert (before.is_obliged, "tanpa ITAP" in before.why.id) == (False, True)
    assert (after.is_obliged, after.since, "ITAP" in after.why.en) == (True, DAY, True)


def test_without_a_birth_date_the_duty_is_said_to_be_unknown() -> None:
    assert "tidak diketahui" in axes(life(None), on=DAY, rule=RULE).duty.why.id


@pytest.mark.parametrize(
    ("kind", "state", "why"),
    [
        (facts.MATI, "dead", "meninggal"),
        (facts.PINDAH, "moved", "Bukan penduduk"),
        (facts.KONSOLIDASI_REMOVED, "struck", "dihapus pusat"),
        (facts.BLOCKED, "blocked", "Wajib KTP"),
    ],
)
def test_the_register_state_is_an_axis_of_its_own(kind: str, state: str, why: str) -> None:
    stands = axes(life("1980-05-17", (kind, DAY, {})), on=date(2019, 4, 2), rule=RULE)
    assert (stands.registry.state, stands.registry.since) == (state, DAY)
    assert why in stands.duty.why.id
    assert stands.registry.title.en


def test_a_move_inside_the_regency_says_since_when_the_person_lives_there() -> None:
    moved = life("1980-05-17", (facts.RESIDENCE_CHANGED, DAY, {"village": "16.05.02.1019"}))
    registry = axes(moved, on=DAY, rule=RULE).registry
    assert (registry.state, registry.since, registry.lives_there_since) == ("active", LISTED, DAY)


def test_a_recording_before_the_duty_is_pemula_and_a_failure_after_acceptance_still_counts() -> None:
    young = life("2002-08-01", (facts.REKAM, DAY, {"status": "PRINT READY RECORD"}))
    assert axes(young, on=DAY, rule=RULE).recorded.is_pemula
    assert not axes(young, on=date(2019, 8, 1), rule=RULE).recorded.is_pemula
    failed = life(
        "1980-05-17", (facts.REKAM, LISTED, {"status": "PRR"}), (facts.REKAM, DAY, {"status": "ADJUDICATE_RECORD"})
    )
    recorded = axes(failed, on=DAY, rule=RULE).recorded
    assert (recorded.counts, recorded.title.en, recorded.since) == (True, "in adjudication", DAY)


def test_an_unknown_code_is_said_to_be_one() -> None:
    odd = life("1980-05-17", (facts.REKAM, DAY, {"status": "KODE_BARU"}))
    assert axes(odd, on=DAY, rule=RULE).recorded.title.id == "kode tidak dikenal"


def test_as_known_before_a_fact_was_learnt_nothing_of_it_is_told() -> None:
    dead = life("1980-05-17", (facts.MATI, LISTED, {}))
    assert axes(dead, on=DAY, rule=RULE, batch=1).registry.state == "active"
    assert axes(dead, on=DAY, rule=RULE).registry.state == "dead"


POLL = date(2019, 4, 17)


@pytest.mark.parametrize(
    ("known", "occupation", "may", "why"),
    [
        (life("2002-04-17"), "PELAJAR", True, "17 on polling day"),
        (life("2002-04-18"), "PELAJAR", False, "neither 17 nor married"),
        (life("2002-04-18", marital="kawin"), "", True, "married"),
        (life("1980-05-17"), "TENTARA NASIONAL INDONESIA (TNI)", False, "army"),
        (life("1980-05-17", citizenship="ITAP"), "", False, "citizen"),
        (life("1980-05-17", (facts.PINDAH, DAY, {})), "", False, "no resident"),
    ],
)
def test_who_votes_is_asked_of_polling_day(known: list[KnownFact], occupation: str, may, why: str) -> None:
    found = vote(known, polling_on=POLL, occupation=occupation, rule=RULE)
    assert found.may is may
    assert why in found.why.en


@given(st.data())
def test_the_axes_and_the_count_never_disagree(data: st.DataObject) -> None:
    """What a person's page says and what the person adds to a published number are one fold."""
    on = data.draw(st.dates(date(2018, 6, 1), date(2020, 1, 1)))
    known = [
        KnownFact(place, place, kind, day.toordinal(), effects(kind, said))
        for place, (kind, day, said) in enumerate(data.draw(lives()), start=1)
    ]
    stands = axes(known, on=on, rule=RULE)
    counted = sum(coverage.count([known], on_day=on.toordinal(), batch=10**9, rule=RULE).values(), Figures())
    assert counted.population == int(stands.registry.state in {"active", "blocked"})
    assert counted.id_obligated == int(stands.duty.is_obliged)
    assert counted.recorded == int(stands.duty.is_obliged and stands.recorded.counts)
    assert counted.pemula == int(counted.population and stands.recorded.is_pemula)
    assert stands.duty.since is None or stands.duty.since <= on


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[str, date, dict[str, object]]]:
    days = st.dates(date(2018, 6, 1), date(2020, 1, 1))
    born = draw(st.sampled_from(["1980-05-17", "2002-02-01", "2004-02-29", ""]))
    citizenship = draw(st.sampled_from(["WNI", "ITAP", "WNA", ""]))
    said: dict[str, object] = {"name": "A", "village": VILLAGE}
    said |= {"born_on": born} if born else {}
    said |= {"citizenship": citizenship} if citizenship else {}
    kinds: list[tuple[str, dict[str, object]]] = [
        (facts.MATI, {}),
        (facts.PINDAH, {}),
        (facts.DATANG, said),
        (facts.KAWIN, {}),
        (facts.BLOCKED, {}),
        (facts.REACTIVATED, {}),
        (facts.KONSOLIDASI_REMOVED, {}),
        (facts.REKAM, {"status": "PRR"}),
        (facts.REKAM, {"status": "BIO_CAPTURED"}),
        (facts.REKAM, {"status": "DUPLICATE"}),
        (facts.RESIDENCE_CHANGED, {"village": "16.05.02.1019"}),
        (facts.BIODATA_CHANGED, {"marital": "belum kawin"}),
    ]
    later = draw(st.lists(st.tuples(st.sampled_from(kinds), days), max_size=6))
    return [(facts.REGISTERED, draw(days), said), *((kind, on, words) for (kind, words), on in later)]
