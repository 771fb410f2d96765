from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.claims import Claim, against_count, check, percent

D = Decimal

PRINTED = [
    # Tribun Sumsel 2019-04-24
    (
        Claim(id="mura-2019-03", wajib_ktp=293578, recorded=283755, remaining=9822, pct_recorded=D("96.65")),
        "inconsistent",
    ),
    # Harian Silampari 2019-09-10, both of its figures
    (
        Claim(
            id="mura-2019-08-a",
            wajib_ktp=284914,
            remaining=9163,
            pct_recorded=D("96.79"),
            parts=(605, 1542, 1050, 142, 707, 884, 559, 1054, 237, 839, 418, 129, 557, 382),
            parts_complete=True,
        ),
        "inconsistent",
    ),
    (Claim(id="mura-2019-08-b", wajib_ktp=284914, remaining=9136, pct_recorded=D("96.79")), "consistent"),
    # Antara Sumsel 2016-07-21
    (Claim(id="mura-2016", wajib_ktp=302273, recorded=242456, remaining=59817, pct_recorded=D(86)), "inconsistent"),
    # Linggau Pos 2019
    (Claim(id="linggau-2019", wajib_ktp=158000, remaining=3160), "not checkable"),
    # Harian Jogja 2019-03-24
    (Claim(id="kp-2019", wajib_ktp=344838, remaining=6493, pct_remaining=D("1.8")), "rounding"),
    # Brito 2018-08
    (
        Claim(
            id="jambi",
            wajib_ktp=2476092,
            recorded=2319656,
            remaining=156433,
            pct_recorded=D("93.68"),
            pct_remaining=D("6.32"),
        ),
        "inconsistent",
    ),
    # Jabar Ekspres 2017-10-09
    (Claim(id="kbb", wajib_ktp=1133790, recorded=986611, remaining=147203, pct_remaining=D("12.9")), "inconsistent"),
    # Antara NTT 2018-11
    (Claim(id="sbd", wajib_ktp=196533, recorded=113857, remaining=82676, pct_remaining=D("57.93")), "inconsistent"),
    # Aktual 2018-12-26
    (
        Claim(
            id="id",
            wajib_ktp=191510000,
            recorded=186870000,
            remaining=4640000,
            pct_recorded=D("97.58"),
            pct_remaining=D("2.42"),
            note="printed in millions",
        ),
        "consistent",
    ),
    # Linggau Pos, Tugumulyo
    (Claim(id="tugumulyo", wajib_ktp=35469, recorded=35808), "inconsistent"),
]
BY_ID = {claim.id: claim for claim, _ in PRINTED}


@pytest.mark.parametrize(("claim", "verdict"), PRINTED, ids=lambda one: getattr(one, "id", one))
def test_a_published_statement_gets_its_verdict(claim, verdict):
    assert check(claim).verdict == verdict


def test_the_seed_is_off_by_minus_one_and_says_so_in_both_languages():
    verdict = check(BY_ID["mura-2019-03"])
    assert verdict.as_json() == {
        "id": "mura-2019-03",
        "verdict": "inconsistent",
        "findings": [
            {
                "relation": "remaining = wajib - recorded",
                "printed": 9822,
                "computed": 9823,
                "difference": -1,
                "reading": "off by one: remaining 9823",
            }
        ],
    }
    assert "9.823" in verdict.findings[0].say("id")
    assert "9,823" in verdict.findings[0].say("en")
    assert verdict.title.id == "tidak cocok"


def test_swapped_digits_of_the_same_article_mend_the_percentage():
    finding = next(one for one in check(BY_ID["mura-2019-08-a"]).findings if one.relation == "percent recorded")
    assert finding.reading == "swapped digits: remaining 9136"


@pytest.mark.parametrize(
    ("claim", "reading"),
    [
        (BY_ID["sbd"], "complement"),
        (BY_ID["kp-2019"], "truncation"),
        (
            Claim(id="", wajib_ktp=1000, recorded=800, population=1600, pct_recorded=D("50.0")),
            "other denominator: population",
        ),
        (
            Claim(id="", wajib_ktp=1000, remaining=200, parts=(100, 120), parts_complete=True),
            "sum of parts: remaining 220",
        ),
        (Claim(id="", wajib_ktp=293578, recorded=283755, remaining=98), ""),
        (Claim(id="", wajib_ktp=293578, recorded=283755, remaining=9823000), "typography of thousands: remaining 9823"),
        (Claim(id="", wajib_ktp=293578, recorded=238755, remaining=9823), "swapped digits: recorded 283755"),
        (Claim(id="", wajib_ktp=1000, recorded=967, pct_recorded=D("97.6")), "swapped digits"),
    ],
)
def test_a_failure_comes_with_the_reading_that_mends_it(claim, reading):
    found = check(claim).findings[0].reading
    assert found.startswith(reading)
    assert bool(found) == bool(reading)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (Claim(id="nothing"), "not checkable"),
        (Claim(id="one figure", remaining=9822), "not checkable"),
        (Claim(id="three figures", wajib_ktp=10, recorded=7, remaining=3), "consistent"),
        (Claim(id="wajib of nobody", wajib_ktp=0, recorded=0, remaining=0, pct_recorded=D(0)), "consistent"),
        (Claim(id="nobody, yet recorded", wajib_ktp=0, recorded=5), "inconsistent"),
        (Claim(id="negative", wajib_ktp=10, remaining=-3), "inconsistent"),
        (Claim(id="over hundred", pct_recorded=D("100.95")), "inconsistent"),
        (Claim(id="remaining over wajib", wajib_ktp=10, remaining=12), "inconsistent"),
        (Claim(id="whole percent", wajib_ktp=302273, recorded=242456, pct_recorded=D(80)), "consistent"),
        (Claim(id="three decimals", wajib_ktp=302273, recorded=242456, pct_recorded=D("80.211")), "consistent"),
        (Claim(id="half goes up", wajib_ktp=200, recorded=1, pct_recorded=D(1)), "consistent"),
        (Claim(id="half cut off", wajib_ktp=200, recorded=1, pct_recorded=D(0)), "rounding"),
        (Claim(id="wajib derived", recorded=7, remaining=3, pct_recorded=D(70)), "consistent"),
        (Claim(id="percentages only", pct_recorded=D("93.68"), pct_remaining=D("6.32")), "consistent"),
        (Claim(id="percentages only, wrong", pct_recorded=D("93.68"), pct_remaining=D("7.32")), "inconsistent"),
        (Claim(id="incomplete parts", remaining=10, parts=(4, 5), parts_complete=False), "not checkable"),
        (Claim(id="incomplete parts over", remaining=10, parts=(4, 7), parts_complete=False), "inconsistent"),
        (Claim(id="complete parts", remaining=10, parts=(4, 6), parts_complete=True), "consistent"),
        (
            Claim(id="parts of recorded", recorded=10, parts=(4, 6), parts_complete=True, parts_of="recorded"),
            "consistent",
        ),
        (Claim(id="round", wajib_ktp=1000, recorded=900, remaining=50, note="rounded source"), "not checkable"),
    ],
    ids=lambda one: getattr(one, "id", one),
)
def test_the_rules_hold_at_their_edges(claim, verdict):
    assert check(claim).verdict == verdict


def test_our_own_count_is_set_beside_the_print():
    findings = against_count(BY_ID["mura-2019-03"], wajib=293578, recorded=283755, remaining=9823)
    assert [(one.relation, one.difference) for one in findings] == [("remaining = counted", -1)]


@given(st.integers(1, 10**9), st.data(), st.integers(0, 3))
def test_what_is_printed_true_is_consistent(wajib, data, decimals):
    recorded = data.draw(st.integers(0, wajib))
    claim = Claim(
        id="",
        wajib_ktp=wajib,
        recorded=recorded,
        remaining=wajib - recorded,
        pct_recorded=percent.half_up(percent.share(recorded, wajib), decimals),
        pct_remaining=percent.half_up(percent.share(wajib - recorded, wajib), decimals),
    )
    assert check(claim).verdict == "consistent"


@given(*(st.none() | st.integers(-5, 10**7) for _ in range(4)), st.none() | st.decimals(-5, 120, places=2))
def test_no_statement_whatever_fails_to_get_a_verdict(wajib, recorded, remaining, population, share):
    claim = Claim(
        id="",
        wajib_ktp=wajib,
        recorded=recorded,
        remaining=remaining,
        population=population,
        pct_recorded=share,
        pct_remaining=share,
    )
    for finding in check(claim).findings:
        assert finding.say("id")
        assert finding.say("en")
        assert finding.difference != 0
