"""Sentences that are easily misread: each of them once gave a wrong figure without a word."""

from decimal import Decimal

import pytest

from jemput.domain.claims import Claim, check, read_text


def figures(claim):
    return claim.wajib_ktp, claim.recorded, claim.remaining


@pytest.mark.parametrize(
    "sentence",
    [
        "293,578 required, 283,755 recorded (96.65 percent), 9,822 left",
        "wajib KTP 293 578 jiwa, terekam 283 755, sisanya 9 822",
        "Wajib KTP 293'578, sudah rekam 283'755, belum 9'822",
        "wajib rekam 293.578, sudah rekam 283.755, belum rekam 9.822",
        "Wajib KTP, sudah rekam dan belum rekam masing-masing 293.578, 283.755 dan 9.822 jiwa.",
        "wajib KTP 293.578, sudah rekam 283.755, suket 1.200, tinggal 9.822",
        "wajib KTP 293.578, sudah rekam 283.755 termasuk 1.340 pemula, tinggal 9.822",
        "wajib KTP 293.578, sudah rekam 283.755, belum dicetak 5.000, tinggal 9.822",
        "Dari warga yang tinggal di 199 desa, wajib KTP 293.578, sudah rekam 283.755, belum 9.822",
        "Wajib KTP 293.578, sudah rekam 283.755, sisanya 9.822, petugas turun ke desa.",
    ],
)
def test_the_seed_in_other_words_is_still_off_by_one(sentence):
    (claim,) = read_text(sentence)
    assert figures(claim) == (293_578, 283_755, 9_822)
    assert [finding.difference for finding in check(claim).findings] == [-1]


def test_wajib_ktp_who_are_not_recorded_are_no_denominator_beside_another():
    (claim,) = read_text(
        "Sebanyak 82.676 wajib KTP di Sumba Barat Daya belum perekaman atau 57,93 persen dari 196.533 wajib KTP."
    )
    assert figures(claim) == (196_533, None, 82_676)
    assert claim.pct_remaining == Decimal("57.93")
    assert check(claim).findings[0].reading.startswith("complement")


def test_a_percentage_of_one_area_is_never_lent_to_the_next():
    first, second = read_text(
        "Batanghari wajib KTP 211.202, sudah rekam 187.219 (88,64 persen), belum 23.983. "
        "Sarolangun wajib KTP 200.000, sudah rekam 180.000, belum 20.000."
    )
    assert (first.pct_recorded, second.pct_recorded) == (Decimal("88.64"), None)
    assert figures(second) == (200_000, 180_000, 20_000)
    assert (first.id, second.id) == ("text-1", "text-2")


def test_the_wajib_ktp_of_a_year_ago_does_not_borrow_the_figures_of_today():
    now, before = read_text("Wajib KTP 284.914, belum rekam 9.136. Setahun lalu wajib KTP 293.576.")
    assert figures(now) == (284_914, None, 9_136)
    assert figures(before) == (293_576, None, None)


def test_a_percentage_on_a_line_of_its_own_is_the_recorded_one():
    (claim,) = read_text("Wajib KTP: 293.578\nSudah rekam: 283.755\nPersentase: 96,65%")
    assert claim.pct_recorded == Decimal("96.65")


def test_a_district_without_wajib_ktp_has_no_percentage_to_fail():
    claim = Claim(id="empty", wajib_ktp=0, recorded=0, remaining=0, pct_recorded=Decimal(0), pct_remaining=Decimal(0))
    assert check(claim).verdict == "consistent"


@pytest.mark.parametrize(
    ("recorded", "remaining", "verdict"),
    [
        ("96.65", "3.35", "consistent"),
        ("96.65", "3.34", "rounding"),
        ("96.65", "3.4", "consistent"),
        ("96.65", "4.35", "inconsistent"),
    ],
)
def test_two_percentages_alone_must_make_a_hundred(recorded, remaining, verdict):
    claim = Claim(id="shares", pct_recorded=Decimal(recorded), pct_remaining=Decimal(remaining))
    assert check(claim).verdict == verdict


def test_a_percentage_of_the_whole_population_is_recognised_by_the_usual_share():
    claim = Claim(id="everybody", wajib_ktp=293_578, recorded=283_755, pct_recorded=Decimal("70.48"))
    assert check(claim).findings[0].reading == "other denominator: population"


def test_incomplete_parts_that_exceed_their_figure_are_not_explained_away():
    claim = Claim(id="parts", remaining=100, parts=(90, 20), parts_complete=False)
    (finding,) = check(claim).findings
    assert (finding.difference, finding.reading) == (-10, "")
