"""The chance to meet somebody: a Beta that is exact, moves with outcomes, and says what it rests on."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import chances as chance
from jemput.domain.chances import ALIKE, band, beta_below, beta_quantile, chances, counted, expected

whole = st.integers(1, 60)
tried = st.dictionaries(
    st.sampled_from(ALIKE), st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda two: (min(two), max(two)))
)


@given(whole, whole, st.floats(0.001, 0.999))
def test_a_beta_of_whole_numbers_is_a_sum_of_binomial_terms(alpha, beta, value):
    tosses = alpha + beta - 1
    exact = sum(comb(tosses, n) * value**n * (1 - value) ** (tosses - n) for n in range(alpha, tosses + 1))
    assert beta_below(value, alpha, beta) == pytest.approx(exact, abs=1e-8)


@given(st.floats(0.5, 80), st.floats(0.5, 80), st.floats(0.01, 0.99))
def test_a_quantile_is_where_that_much_lies_below(alpha, beta, share):
    assert beta_below(beta_quantile(share, alpha, beta), alpha, beta) == pytest.approx(share, abs=1e-6)


def test_nothing_lies_outside_nought_and_one():
    assert (beta_below(0, 2, 3), beta_below(1, 2, 3)) == (0, 1)


def test_without_outcomes_the_prior_is_said_as_such():
    told = chances({})
    assert {one.short.id for one in told.values()} == {"kira-kira 7 dari 10; 4–9"}
    assert {one.source.en for one in told.values()} == {"no outcome of a visit yet; what was assumed at the start"}


def test_ten_outcomes_weigh_more_than_the_prior():
    told = chances({(0, False): (1, 10)})
    assert told[0, False].mean == pytest.approx(5 / 16)
    assert told[0, False].short.en == "about 3 of 10; 2–5"
    assert told[0, False].source.id == "dari 10 hasil kunjungan"


def test_people_alike_are_shrunk_to_the_others_of_their_age_and_to_no_others():
    told = chances({(2, False): (0, 30)})
    assert told[2, True].mean == pytest.approx(4 / 36)
    assert (told[2, True].tried, told[2, True].learnt) == (0, 30)
    assert told[1, True].mean == pytest.approx(4 / 6)


@given(tried)
def test_a_chance_lies_in_its_interval_and_one_more_who_was_met_raises_it(outcomes):
    for alike, told in chances(outcomes).items():
        assert 0 < told.low < told.high < 1
        met, of = outcomes.get(alike, (0, 0))
        more = chances(outcomes | {alike: (met + 1, of + 1)})[alike]
        assert more.mean > told.mean


@given(tried, st.lists(st.tuples(st.sampled_from(ALIKE), st.integers(1, 300)), max_size=4))
def test_people_expected_are_never_fewer_than_none_nor_more_than_all(outcomes, groups):
    told = chances(outcomes)
    people = {told[alike]: count for alike, count in groups}
    found = expected(people)
    assert 0 <= found.low <= found.about <= found.high <= sum(people.values())


def test_a_hundred_alike_are_not_a_hundred_tosses_of_a_known_coin():
    unsure, sure = chances({})[0, False], chances({(0, False): (4000, 6000)})[0, False]
    wide, narrow = expected({unsure: 100}), expected({sure: 100})
    assert wide.about == narrow.about == 67
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


@pytest.mark.parametrize(("days", "told"), [(0, 0), (364, 0), (365, 1), (1824, 1), (1825, 2), (9000, 2)])
def test_an_age_on_the_list_has_its_band(days, told):
    assert band(days) == told


def test_outcomes_are_counted_alike():
    outcomes = [((0, False), True), ((0, False), False), ((2, True), False)]
    assert counted(outcomes) == {(0, False): (1, 2), (2, True): (0, 1)}


def test_every_band_has_a_title():
    assert len(chance.AGE_TITLES) == len(chance.AGE_LIMITS) + 1
