"""The language of rules in three-valued logic."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.rulebook.conditions import (
    All,
    Any_,
    Condition,
    FactTypeError,
    None_,
    Op,
    Reference,
    facts_asked,
    parse,
    truth,
    unknown,
)
from yipanqi.rulebook.faults import SheetError

BIG = Condition("amount", Op.AT_LEAST, 10)
SMALL = Condition("amount", Op.AT_MOST, 10)
LED = Condition("leader", Op.IS, value=True)


@pytest.mark.parametrize(
    ("amount", "big", "small"),
    [(9, False, True), (10, True, True), (11, True, False), (Decimal("10.01"), True, False)],
)
def test_bounds_include_their_value(amount, big, small):
    facts = {"amount": amount}

    assert truth(BIG, facts) is big
    assert truth(SMALL, facts) is small


@pytest.mark.parametrize("op", [Op.PRESENT, Op.IS, Op.AT_LEAST, Op.AT_MOST])
def test_a_missing_fact_leaves_every_question_undecided(op):
    assert truth(Condition("amount", op, 1), {}) is None
    assert truth(Condition("amount", op, 1), {"amount": None}) is None


def test_present_is_true_even_of_zero_and_no():
    assert truth(Condition("x", Op.PRESENT), {"x": 0}) is True
    assert truth(Condition("x", Op.PRESENT), {"x": False}) is True


def test_none_over_an_unknown_is_unknown_and_not_true():
    assert truth(None_((LED,)), {}) is None
    assert truth(None_((Condition("leader", Op.PRESENT),)), {}) is None


def test_one_decided_part_can_settle_a_joined_rule():
    facts = {"amount": 1}

    assert truth(All((BIG, LED)), facts) is False
    assert truth(Any_((SMALL, LED)), facts) is True
    assert truth(None_((SMALL, LED)), facts) is False


def test_empty_all_is_true_and_empty_any_is_false():
    assert truth(All(()), {}) is True
    assert truth(Any_(()), {}) is False
    assert truth(None_(()), {}) is True


def test_a_value_may_be_a_multiple_of_another_fact():
    rule = Condition("paid", Op.AT_LEAST, Reference("total", times=Decimal("0.15")))

    assert truth(rule, {"paid": 15, "total": 100}) is True
    assert truth(rule, {"paid": 14, "total": 100}) is False
    assert truth(rule, {"paid": 14}) is None
    assert unknown(rule, {"paid": 14}) == {"total"}


def test_a_value_may_be_some_days_after_another_fact():
    rule = Condition("started", Op.AT_MOST, Reference("permit", plus_days=92))

    assert truth(rule, {"started": date(2018, 4, 3), "permit": date(2018, 1, 1)}) is True
    assert truth(rule, {"started": date(2018, 4, 4), "permit": date(2018, 1, 1)}) is False


@pytest.mark.parametrize(("known", "asked"), [(True, 1), (1, True), ("1", 1), (date.max, 1)])
def test_values_of_different_kinds_are_a_fault_and_never_merely_unequal(known, asked):
    with pytest.raises(FactTypeError):
        truth(Condition("x", Op.IS, asked), {"x": known})


def test_unknown_names_only_the_facts_that_still_matter():
    rule = All((Any_((SMALL, LED)), Condition("park", Op.PRESENT)))

    assert unknown(rule, {"amount": 1}) == {"park"}
    assert unknown(rule, {"park": "east"}) == {"amount", "leader"}
    assert unknown(rule, {"amount": 1, "park": "east"}) == frozenset()


def test_facts_asked_include_those_compared_with():
    rule = parse({"fact": "paid", "op": "at_least", "value": {"fact": "total", "times": 2}})

    assert facts_asked(rule) == {"paid", "total"}


def test_every_form_of_a_sheet_is_read():
    written = {
        "any": [
            {"fact": "kind", "op": "one_of", "value": ["a", "b"]},
            {"none": [{"fact": "leader", "op": "is", "value": True}]},
            {"all": [{"fact": "amount", "op": "at_least", "value": 10}]},
        ]
    }

    assert parse(written) == Any_(
        (Condition("kind", Op.ONE_OF, ("a", "b")), None_((LED,)), All((BIG,)))
    )


def test_a_list_means_all_of_its_members():
    written = [{"fact": "amount", "op": "at_least", "value": 10}]

    assert parse(written) == All((BIG,))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("leader", "不是条件"),
        ({"fact": "x"}, "不认识的运算"),
        ({"fact": "x", "op": "like", "value": 1}, "不认识的运算“like”"),
        ({"op": "is", "value": 1}, "缺少 fact"),
        ({"fact": "x", "op": "is"}, "缺少 value"),
        ({"fact": "x", "op": "present", "value": 1}, "present 不带 value"),
        ({"fact": "x", "op": "one_of", "value": "ab"}, "one_of 的 value"),
        ({"fact": "x", "op": "one_of", "value": []}, "one_of 的 value"),
        ({"fact": "x", "op": "is", "value": 1, "note": 1}, "不认识的键：note"),
        ({"all": []}, "all 须是非空"),
        ({"all": [{"fact": "x", "op": "present"}], "fact": "y"}, "写在了一处"),
        ({"fact": "x", "op": "is", "value": {"fact": "y", "plus": 1}}, "不认识的键：plus"),
        ({"fact": "x", "op": "is", "value": {"fact": "y", "times": "2"}}, "times 须是数"),
        ({"fact": "x", "op": "is", "value": {"fact": "y", "times": 2, "plus_days": 1}}, "同用"),
    ],
)
def test_what_the_language_cannot_say_is_refused_with_a_remedy(written, said):
    with pytest.raises(SheetError, match=said) as refused:
        parse(written)

    assert refused.value.remedy


rules = st.recursive(
    st.builds(
        Condition,
        st.sampled_from(["a", "b"]),
        st.sampled_from([Op.PRESENT, Op.IS, Op.AT_LEAST, Op.AT_MOST]),
        st.integers(-2, 2),
    ),
    lambda parts: st.builds(
        lambda join, inner: join(tuple(inner)),
        st.sampled_from([All, Any_, None_]),
        st.lists(parts, max_size=3),
    ),
    max_leaves=6,
)
partial = st.fixed_dictionaries({}, optional={"a": st.integers(-3, 3), "b": st.integers(-3, 3)})


@given(rules, partial, st.integers(-3, 3), st.integers(-3, 3))
def test_a_decided_answer_never_changes_when_more_becomes_known(rule, facts, a, b):
    answer = truth(rule, facts)

    assert answer is None or truth(rule, {"a": a, "b": b, **facts}) is answer


@given(rules, partial)
def test_a_rule_is_undecided_exactly_when_facts_are_missing_for_it(rule, facts):
    missing = unknown(rule, facts)

    assert (truth(rule, facts) is None) == bool(missing)
    assert missing <= facts_asked(rule) - set(facts)
