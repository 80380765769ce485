"""A proof that one rule demands at least what another does is never wrong."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.rulebook.conditions import ALWAYS, All, Any_, Condition, None_, Op, Reference, truth
from yipanqi.rulebook.implication import implies

AT_LEAST_1 = Condition("mu", Op.AT_LEAST, 1)
AT_LEAST_10 = Condition("mu", Op.AT_LEAST, 10)
LED = Condition("leader", Op.IS, value=True)


@pytest.mark.parametrize(
    ("stricter", "looser"),
    [
        (AT_LEAST_10, AT_LEAST_1),
        (Condition("mu", Op.AT_MOST, 1), Condition("mu", Op.AT_MOST, 10)),
        (Condition("mu", Op.IS, 5), AT_LEAST_1),
        (Condition("kind", Op.IS, "a"), Condition("kind", Op.ONE_OF, ("a", "b"))),
        (AT_LEAST_1, Condition("mu", Op.PRESENT)),
        (All((LED, AT_LEAST_10)), AT_LEAST_1),
        (AT_LEAST_10, Any_((LED, AT_LEAST_1))),
        (None_((LED, AT_LEAST_1)), None_((LED,))),
        (LED, ALWAYS),
    ],
)
def test_a_tightening_is_proved_and_its_reverse_is_not(stricter, looser):
    assert implies(stricter, looser)
    assert not implies(looser, stricter)


def test_two_ways_to_say_the_same_imply_each_other():
    one, only = Condition("kind", Op.IS, "a"), Condition("kind", Op.ONE_OF, ("a",))

    assert implies(one, only)
    assert implies(only, one)


def test_a_comparison_with_another_fact_is_only_like_itself():
    half = Condition("paid", Op.AT_LEAST, Reference("total", times=Decimal("0.5")))
    third = Condition("paid", Op.AT_LEAST, Reference("total", times=Decimal("0.3")))

    assert implies(half, half)
    assert not implies(half, third), "a negative total would make it wrong"


conditions = st.one_of(
    st.builds(
        Condition,
        st.sampled_from(["a", "b"]),
        st.sampled_from([Op.PRESENT, Op.IS, Op.AT_LEAST, Op.AT_MOST]),
        st.integers(-2, 2),
    ),
    st.builds(
        lambda fact, values: Condition(fact, Op.ONE_OF, tuple(values)),
        st.sampled_from(["a", "b"]),
        st.lists(st.integers(-2, 2), min_size=1, max_size=3),
    ),
)
rules = st.recursive(
    conditions,
    lambda parts: st.builds(
        lambda join, inner: join(tuple(inner)),
        st.sampled_from([All, Any_, None_]),
        st.lists(parts, max_size=2),
    ),
    max_leaves=4,
)
values = st.one_of(st.none(), st.integers(-3, 3))
RANK = {False: 0, None: 1, True: 2}


@given(rules, rules, st.fixed_dictionaries({"a": values, "b": values}))
def test_what_is_proved_holds_for_all_facts_known_or_not(stricter, looser, facts):
    if implies(stricter, looser):
        assert RANK[truth(stricter, facts)] <= RANK[truth(looser, facts)]
