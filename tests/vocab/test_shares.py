"""What is shared is neither lost nor made."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.vocab import shares
from yipanqi.vocab.shares import NotWhole

ratios = st.lists(st.integers(1, 10_000), min_size=1, max_size=8)


@given(ratios)
def test_the_shares_of_any_ratio_sum_to_exactly_one(ratio):
    assert sum(shares.fractions(ratio)) == 1


@given(st.integers(-(10**18), 10**18), ratios)
def test_a_split_sums_to_the_total_and_none_is_a_whole_unit_off(total, ratio):
    each = shares.fractions(ratio)

    parts = shares.split(total, each)

    assert sum(parts) == total
    assert all(abs(part - total * share) < 1 for part, share in zip(parts, each, strict=True))


@given(st.integers(0, 10**15), ratios)
def test_taking_back_undoes_giving(total, ratio):
    each = shares.fractions(ratio)

    assert shares.split(-total, each) == tuple(-part for part in shares.split(total, each))


def test_an_odd_cent_goes_to_the_largest_remainder_and_then_to_the_first():
    assert shares.split(101, shares.fractions([5, 5])) == (51, 50)
    assert shares.split(100, shares.fractions([1, 1, 1])) == (34, 33, 33)
    assert shares.split(1, shares.fractions([3, 7])) == (0, 1)


@pytest.mark.parametrize("wrong", [[], [5, 0], [-1, 2]])
def test_a_party_without_a_share_is_refused(wrong):
    with pytest.raises(NotWhole, match="大于零"):
        shares.fractions(wrong)


def test_shares_that_do_not_make_a_whole_are_refused():
    with pytest.raises(NotWhole, match="9/10"):
        shares.split(100, [Fraction(1, 2), Fraction(2, 5)])
