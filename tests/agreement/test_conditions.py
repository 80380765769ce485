"""A rule answered for one subject and for a column gives the same three-valued truth."""

from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.engine.conditions import column, first_true
from yipanqi.rulebook.conditions import All, Any_, Condition, None_, Op, Reference, Rule, truth

_NUMBERS = st.integers(-3, 3)
_AMOUNTS = st.decimals(-3, 3, places=2)
_DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 5))
_WORDS = st.sampled_from(["甲", "乙", "丙"])
_TYPES = {
    "n": pa.int64(), "d": pa.decimal128(10, 2), "day": pa.date32(), "word": pa.string(),
    "flag": pa.bool_(),
}  # fmt: skip
_facts = st.fixed_dictionaries(
    {
        "n": st.none() | _NUMBERS,
        "d": st.none() | _AMOUNTS,
        "day": st.none() | _DAYS,
        "word": st.none() | _WORDS,
        "flag": st.none() | st.booleans(),
    }
)
_ordered = st.sampled_from([Op.IS, Op.AT_LEAST, Op.AT_MOST])
_numeric = st.sampled_from(["n", "d"])
_times = st.sampled_from([None, 2, Decimal("0.5")])
_conditions = st.one_of(
    st.builds(Condition, st.sampled_from([*_TYPES, "absent"]), st.just(Op.PRESENT)),
    st.builds(Condition, _numeric, _ordered, _NUMBERS | _AMOUNTS),
    st.builds(Condition, _numeric, _ordered, st.builds(Reference, _numeric, _times)),
    st.builds(Condition, st.just("day"), _ordered, _DAYS),
    st.builds(
        Condition,
        st.just("day"),
        _ordered,
        st.builds(Reference, st.just("day"), st.none(), st.integers(-2, 2)),
    ),
    st.builds(
        Condition, st.just("word"), st.just(Op.ONE_OF), st.lists(_WORDS, min_size=1).map(tuple)
    ),
    st.builds(Condition, st.just("flag"), st.just(Op.IS), st.booleans()),
    st.builds(Condition, st.just("absent"), st.just(Op.IS), _NUMBERS),
)
_rules = st.recursive(
    _conditions,
    lambda inner: st.builds(
        lambda join, parts: join(tuple(parts)),
        st.sampled_from([All, Any_, None_]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)


def _table(rows: list[dict[str, object]]) -> ibis.Table:
    columns = {name: pa.array([row[name] for row in rows], kind) for name, kind in _TYPES.items()}
    return ibis.memtable(pa.table({"i": pa.array(range(len(rows)), pa.int64()), **columns}))


@settings(max_examples=60)
@given(st.lists(_facts, min_size=1, max_size=6), _rules)
def test_row_and_column_agree(rows: list[dict[str, object]], rule: Rule) -> None:
    table = _table(rows)

    asked = table.select("i", answer=column(rule, table).cast("boolean")).order_by("i")

    assert asked.to_pyarrow()["answer"].to_pylist() == [truth(rule, row) for row in rows]


def test_the_first_true_rule_decides_and_an_undecided_one_does_not() -> None:
    rows = [{"n": n, "d": None, "day": None, "word": None, "flag": None} for n in (None, 1, 3)]
    table = _table(rows)
    rules: dict[str, Rule] = {
        "big": Condition("n", Op.AT_LEAST, 2),
        "some": Condition("n", Op.AT_LEAST, 1),
        "rest": All(()),
    }

    asked = table.select("i", rule=first_true(rules, table)).order_by("i")

    assert asked.to_pyarrow()["rule"].to_pylist() == ["rest", "some", "big"]
