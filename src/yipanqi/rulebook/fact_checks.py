"""Whether a rule asks only for facts that exist, in ways that make sense for their type."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from yipanqi.rulebook.conditions import Condition, Op, Reference, Rule, Scalar, conditions, family
from yipanqi.rulebook.faults import SheetError, fault
from yipanqi.vocab.facts import Fact

_FAMILY = {bool: "是否", int: "数", Decimal: "数", str: "文字", date: "日期"}


def misuse(rule: Rule, known: Mapping[str, Fact]) -> Iterator[SheetError]:
    """Every fault of the rule against the closed list of facts, not yet placed in a file."""
    for one in conditions(rule):
        if one.fact not in known:
            yield _no_such(one.fact, known)
        else:
            yield from _ill_asked(one, known[one.fact], known)


def family_of(given: type | Scalar) -> str:
    """What kind of value a type holds, or a value is, in Chinese."""
    return _FAMILY[given] if isinstance(given, type) else family(given)


def strangers(names: tuple[str, ...], known: Mapping[str, Fact]) -> Iterator[SheetError]:
    """A fault for each name that is no fact."""
    return (_no_such(name, known) for name in names if name not in known)


def _no_such(name: str, known: Mapping[str, Fact]) -> SheetError:
    return fault(f"没有“{name}”这项事实", f"只能用：{'、'.join(known)}")


def _ill_asked(one: Condition, fact: Fact, known: Mapping[str, Fact]) -> Iterator[SheetError]:
    kind = _FAMILY[fact.type]
    if one.op is Op.PRESENT:
        if kind == "是否":
            # A known "no" is present too: the gate would open on it.
            remedy = f'改为 {{ fact = "{fact.key}", op = "is", value = true }}'
            yield fault(f"{fact.label}（{fact.key}）是“是否”类事实，present 对“否”也成立", remedy)
        return
    if one.op in {Op.AT_LEAST, Op.AT_MOST} and kind in {"是否", "文字"}:
        yield fault(f"{fact.label}（{fact.key}）不分大小，不能用 {one.op}", "改用 is 或 one_of")
    if isinstance(one.value, Reference):
        yield from _ill_referred(one.value, kind, known)
        return
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    for value in values:
        yield from _ill_valued(value, fact, kind)


def _ill_referred(value: Reference, kind: str, known: Mapping[str, Fact]) -> Iterator[SheetError]:
    if value.fact not in known:
        yield _no_such(value.fact, known)
        return
    theirs = _FAMILY[known[value.fact].type]
    if theirs != kind:
        yield fault(f"{kind}不能与{theirs}“{value.fact}”比较", "换成同类的事实")
    if value.times is not None and theirs != "数":
        yield fault(f"“{value.fact}”不是数，不能用 times", "去掉 times")
    if value.plus_days and theirs != "日期":
        yield fault(f"“{value.fact}”不是日期，不能用 plus_days", "去掉 plus_days")


def _ill_valued(value: Scalar, fact: Fact, kind: str) -> Iterator[SheetError]:
    if family(value) != kind:
        yield fault(f"{fact.label}（{fact.key}）是{kind}，不能与“{value}”比较", f"value 改为{kind}")
    elif fact.values and value not in fact.values:
        yield fault(f"{fact.label}没有“{value}”这个取值", f"只能是：{'、'.join(fact.values)}")
