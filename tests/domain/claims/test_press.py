from decimal import Decimal

import pytest

from jemput.domain.claims import Claim, check, read_text

SENTENCES = [
    (
        "wajib KTP 293.578 jiwa, sudah rekam 283.755 atau 96,65 persen, tinggal 9.822",
        (293578, 283755, 9822, "96.65", None),
    ),
    ("wajib KTP 293.578, rekam 283.755 atau 96,65 persen, tinggal 9.822", (293578, 283755, 9822, "96.65", None)),
    (
        "Warga wajib KTP mencapai 293.578 dan yang sudah perekaman sebanyak 283.755 orang",
        (293578, 283755, None, None, None),
    ),
    ("6.493 dari 344.838 wajib KTP belum melakukan perekaman atau 1,8 persen", (344838, None, 6493, None, "1.8")),
    ("belum perekaman 9.163", (None, None, 9163, None, None)),
    ("dari 293.578 wajib KTP sebanyak 283.755 telah melakukan perekaman e-KTP", (293578, 283755, None, None, None)),
    ("yang belum melakukan perekaman sebanyak 9.136 jiwa", (None, None, 9136, None, None)),
    ("sebanyak 283.755 warga wajib KTP telah melakukan perekaman", (None, 283755, None, None, None)),
    ("Dari 293.578 jiwa, 283.755 sudah rekam.", (293578, 283755, None, None, None)),
    ("Masih ada 9.822 warga yang belum rekam.", (None, None, 9822, None, None)),
    ("Sisanya 9.822 orang.", (None, None, 9822, None, None)),
    ("35.808 of 35.469", (35469, 35808, None, None, None)),
    ("Recorded 35.808 of 35.469", (35469, 35808, None, None, None)),
    ("Sudah rekam 35.808 dari 35.469 wajib KTP", (35469, 35808, None, None, None)),
    ("belum perekaman 9.163 atau 3,21 persen", (None, None, 9163, None, "3.21")),
    ("sudah rekam 283.755 (96,65%) dari 293.578 wajib KTP-el", (293578, 283755, None, "96.65", None)),
    ("Perekaman e-KTP di Musi Rawas sudah mencapai 96,65 persen", (None, None, None, "96.65", None)),
    ("perekaman mencapai 96.65 percent", (None, None, None, "96.65", None)),
    (
        "Of 293,578 people required to hold a card, 283,755 have been recorded (96.65 percent), 9,823 remaining",
        (293578, 283755, 9823, "96.65", None),
    ),
    (
        "wajib KTP 191,51 juta, sudah rekam 186,87 juta, belum rekam 4,64 juta",
        (191510000, 186870000, 4640000, None, None),
    ),
    ("per 28 Maret 2019 wajib KTP 293.578", (293578, None, None, None, None)),
    ("per 28/3/2019 wajib KTP 293.578", (293578, None, None, None, None)),
    ("Di 14 kecamatan dan 199 desa, wajib KTP 293.578", (293578, None, None, None, None)),
    ("Warga berusia 17 tahun wajib KTP; belum rekam 9.163 jiwa", (None, None, 9163, None, None)),
    ("Program e-KTP 2019: sudah rekam 283.755", (None, 283755, None, None, None)),
    ("KTP-el tahun 2019 belum rekam 9.163", (None, None, 9163, None, None)),
    ("jumlah penduduk 402.600, wajib KTP 293.578", (293578, None, None, None, None)),
    ("wajib KTP 293578, sudah rekam 283755", (293578, 283755, None, None, None)),
    ("not yet recorded 9,823", (None, None, 9823, None, None)),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_of_the_press_gives_its_figures(sentence, expected):
    (claim,) = read_text(sentence)
    share = [None if one is None else Decimal(one) for one in expected[3:]]
    assert (claim.wajib_ktp, claim.recorded, claim.remaining) == expected[:3]
    assert [claim.pct_recorded, claim.pct_remaining] == share


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Per 28 Maret 2019",
        "28/3/2019",
        "di 14 kecamatan dan 199 desa",
        "berusia 17 tahun",
        "e-KTP 2019 dan KTP-el",
        "NIK 1605011203909001",
    ],
)
def test_days_places_ages_and_names_are_no_figures(sentence):
    assert read_text(sentence) == []


def test_the_seed_as_text_is_off_by_one_and_its_percentage_holds():
    (claim,) = read_text(SENTENCES[0][0])
    verdict = check(claim)
    assert verdict.verdict == "inconsistent"
    (finding,) = verdict.findings
    assert (finding.relation, finding.printed, finding.computed, finding.difference) == (
        "remaining = wajib - recorded",
        9822,
        9823,
        -1,
    )


def test_more_recorded_than_wajib_is_inconsistent():
    verdict = check(read_text("35.808 of 35.469")[0])
    assert verdict.verdict == "inconsistent"
    assert verdict.findings[0].relation == "recorded <= wajib"
    assert verdict.findings[0].difference == 339


@pytest.mark.parametrize(("printed", "value"), [("51.163 ribu", 51163), ("4.17.364", 417364)])
def test_broken_typography_is_a_finding_with_its_reading(printed, value):
    verdict = check(read_text(f"wajib KTP {printed}")[0])
    assert verdict.verdict == "not checkable"
    (finding,) = verdict.findings
    assert (finding.relation, finding.printed, finding.computed) == ("typography", printed, value)
    assert str(value) in finding.reading


def test_a_broken_number_is_read_as_the_other_figures_need_it():
    verdict = check(read_text("wajib KTP 51.163 ribu, sudah rekam 51.000.000, belum rekam 163.000")[0])
    assert verdict.verdict == "consistent"
    assert verdict.findings[0].computed == 51_163_000


def test_millions_are_exact_to_the_printed_digit():
    (claim,) = read_text("wajib KTP 191,51 juta, sudah rekam 186,87 juta atau 97,58 persen, belum rekam 4,64 juta")
    assert claim.step("wajib_ktp") == 10_000
    assert check(claim).verdict == "consistent"
    assert check(claim.with_figure("remaining", 4_740_000)).verdict == "inconsistent"


def test_two_cut_offs_in_one_text_are_a_finding_and_no_failure():
    text = "Per 28 Maret 2019 wajib KTP 293.578. Hingga 24/4/2019 sudah rekam 283.755, belum rekam 9.823."
    verdict = check(read_text(text)[0])
    assert verdict.verdict == "consistent"
    assert [(one.relation, one.printed) for one in verdict.findings] == [("two cut-offs", "2019-03-28, 2019-04-24")]


def test_one_cut_off_said_twice_is_one():
    text = "Per 28 Maret 2019 wajib KTP 293.578. Hingga 28/3/2019 sudah rekam 283.755."
    (claim,) = read_text(text)
    assert (claim.as_of, claim.notices) == ("2019-03-28", ())


def test_a_second_number_for_one_figure_is_a_second_statement():
    claims = read_text("Wajib KTP 284.914, sudah rekam 96,79 persen. Belum rekam 9.163. Yang belum rekam 9.136 jiwa.")
    assert [claim.remaining for claim in claims] == [9163, 9136]
    assert [check(claim).verdict for claim in claims] == ["inconsistent", "consistent"]


def test_a_figure_said_to_be_about_so_much_is_not_checkable():
    (claim,) = read_text("Sekitar 9 ribu warga belum rekam dari 293.578 wajib KTP, sudah rekam 283.755")
    assert isinstance(claim, Claim)
    assert claim.remaining == 9000
    assert check(claim).verdict == "not checkable"
