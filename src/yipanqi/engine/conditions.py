"""The language of rules answered for a whole table: the same truth as for one subject.

Nullable booleans carry Kleene's third value; SQL's own AND, OR and NOT are his. Nothing is filled.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import reduce

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from yipanqi.rulebook.conditions import (
    All,
    Any_,
    Condition,
    FactTypeError,
    Op,
    Reference,
    Rule,
    Scalar,
    family,
)


def column(rule: Rule, table: ir.Table) -> ir.BooleanValue:
    """Whether the rule is true, false or undecided (null) for each row.

    A fact is a column of that name; a fact without a column is unknown everywhere. Raises
    FactTypeError when a column and a value cannot be compared.
    """
    if isinstance(rule, Condition):
        return _answer(rule, table)
    parts = [column(part, table) for part in rule.parts]
    if isinstance(rule, All):
        return reduce(lambda left, right: left & right, parts, _TRUE)
    some = reduce(lambda left, right: left | right, parts, _FALSE)
    return some if isinstance(rule, Any_) else ~some


def first_true(rules: dict[str, Rule], table: ir.Table) -> ir.StringValue:
    """For each row the key of the first rule that is true; null when none is."""
    branches = [(column(rule, table).fill_null(False), key) for key, rule in rules.items()]
    return ibis.cases(*branches)


def _answer(one: Condition, table: ir.Table) -> ir.BooleanValue:
    if one.fact not in table.columns:
        return _UNKNOWN
    known = table[one.fact]
    if one.op is Op.PRESENT:
        return known.notnull().nullif(_FALSE)
    if isinstance(one.value, tuple):
        members = [_compared(one.fact, known, Op.IS, _literal(member)) for member in one.value]
        return reduce(lambda left, right: left | right, members, known.isnull().nullif(_TRUE))
    other = _value(one.value, table)
    return _UNKNOWN if other is None else _compared(one.fact, known, one.op, other)


def _value(value: Scalar | Reference, table: ir.Table) -> ir.Value | None:
    if not isinstance(value, Reference):
        return _literal(value)
    if value.fact not in table.columns:
        return None
    known = table[value.fact]
    if value.times is not None:
        if _kind(known) != "数":
            raise FactTypeError(f"事实 {value.fact} 不是数，不能乘以 {value.times}")
        return known * _literal(value.times)
    if value.plus_days:
        if _kind(known) != "日期":
            raise FactTypeError(f"事实 {value.fact} 不是日期，不能加 {value.plus_days} 天")
        return known + ibis.interval(days=value.plus_days)
    return known


def _compared(fact: str, known: ir.Value, op: Op, other: ir.Value) -> ir.BooleanValue:
    if _kind(known) != _kind(other):
        raise FactTypeError(f"事实 {fact}（{_kind(known)}）不能与{_kind(other)}比较")
    return _COMPARE[op](*_of_one_scale(known, other))


def _of_one_scale(one: ir.Value, other: ir.Value) -> tuple[ir.Value, ir.Value]:
    """Two numbers as decimals with the digits of the finer one; anything else as it is."""
    kinds = [one.type(), other.type()]
    scales = [kind.scale or 0 for kind in kinds if isinstance(kind, dt.Decimal)]
    if not scales or any(kind.is_floating() for kind in kinds):
        return one, other
    shared = dt.Decimal(38, max(scales))
    return one.cast(shared), other.cast(shared)


def _literal(value: Scalar) -> ir.Scalar:
    if isinstance(value, Decimal):
        digits = max(-int(value.as_tuple().exponent), 0)
        return ibis.literal(value, dt.Decimal(28, digits))
    return ibis.literal(value)


def _kind(value: ir.Value) -> str:
    """The kind of a column in the rulebook's own words."""
    kind = value.type()
    samples: tuple[tuple[type[dt.DataType], Scalar], ...] = (
        (dt.Boolean, True),
        (dt.String, ""),
        (dt.Date, date.min),
        (dt.Numeric, 0),
    )
    for given, sample in samples:
        if isinstance(kind, given):
            return family(sample)
    raise FactTypeError(f"{kind} 类型的列不能用于条件")


_UNKNOWN = ibis.null("boolean")
_TRUE, _FALSE = ibis.literal(True), ibis.literal(False)
_COMPARE: dict[Op, Callable[[ir.Value, ir.Value], ir.BooleanValue]] = {
    Op.IS: lambda known, other: known == other,
    Op.AT_LEAST: lambda known, other: known >= other,
    Op.AT_MOST: lambda known, other: known <= other,
}
