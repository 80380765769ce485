"""The closed language of rules, answered for one subject in Kleene's three-valued logic.

Unknown opens nothing: a missing fact leaves a question undecided (None), and so does anything
built over it that the missing fact could still turn.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from yipanqi.rulebook.faults import fault

Scalar = bool | int | Decimal | str | date
Facts = Mapping[str, Scalar | None]


class FactTypeError(TypeError):
    """A fact was compared with a value of another kind; sheet or giver of facts is wrong."""


class Op(StrEnum):
    """The whole language of rules. A new member needs an answer on both floors.

    `present` is true of a known fact and undecided of a missing one, never false: the absence
    of a record is not the record of an absence.
    """

    PRESENT = "present"
    IS = "is"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Reference:
    """Another fact as the value to compare with: `times` a number, or moved by `plus_days`."""

    fact: str
    times: Decimal | int | None = None
    plus_days: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about one fact, indifferent to where the fact came from."""

    fact: str
    op: Op
    value: Scalar | Reference | tuple[Scalar, ...] = True


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is true; with no parts, true."""

    parts: "tuple[Rule, ...]"


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 -- `any` and `Any` are taken
    """True when some part is true; with no parts, false."""

    parts: "tuple[Rule, ...]"


@dataclass(frozen=True, slots=True)
class None_:  # noqa: N801 -- the sheets' own word is `none`
    """True when every part is false; over an unknown it is unknown."""

    parts: "tuple[Rule, ...]"


Rule = Condition | All | Any_ | None_
ALWAYS = All(())


def truth(rule: Rule, facts: Facts) -> bool | None:
    """Whether the rule is true, false or undecided (None) for these facts.

    Raises FactTypeError when a fact and its value cannot be compared.
    """
    if isinstance(rule, Condition):
        return _answer(rule, facts)
    answers = [truth(part, facts) for part in rule.parts]
    if isinstance(rule, All):
        return _every(answers)
    some = _some(answers)
    if isinstance(rule, Any_):
        return some
    return None if some is None else not some


def facts_asked(rule: Rule) -> frozenset[str]:
    """Every fact the rule mentions, those it compares with included."""
    return frozenset(name for one in conditions(rule) for name in _mentioned(one))


def unknown(rule: Rule, facts: Facts) -> frozenset[str]:
    """The missing facts that leave the rule undecided; empty when it is decided."""
    if truth(rule, facts) is not None:
        return frozenset()
    if isinstance(rule, Condition):
        return frozenset(name for name in _mentioned(rule) if facts.get(name) is None)
    return frozenset().union(*(unknown(part, facts) for part in rule.parts))


def conditions(rule: Rule) -> tuple[Condition, ...]:
    """The single questions of a rule, in reading order."""
    if isinstance(rule, Condition):
        return (rule,)
    return tuple(one for part in rule.parts for one in conditions(part))


def parse(written: object) -> Rule:
    """Read a rule as a sheet writes it; a list means all of its members.

    `{fact, op, value}`, `{all = […]}`, `{any = […]}` or `{none = […]}`; a value may be
    `{fact, times, plus_days}`. Raises SheetError, not yet placed in a file.
    """
    if isinstance(written, Sequence) and not isinstance(written, str):
        return All(tuple(parse(part) for part in written))
    if not isinstance(written, Mapping):
        raise fault(f"“{written}”不是条件", "写成 { fact = …, op = …, value = … }")
    joiners = [word for word in _JOIN if word in written]
    if not joiners:
        return _parsed_condition(written)
    if len(written) > 1:
        raise fault(
            f"{joiners[0]} 与其他键写在了一处：{'、'.join(sorted(map(str, written)))}",
            "一个条件只写一种：要么 all/any/none 之一，要么 fact/op/value",
        )
    parts = written[joiners[0]]
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
        raise fault(f"{joiners[0]} 须是非空的条件列表", f"写成 {joiners[0]} = [ {{ … }}, {{ … }} ]")
    return _JOIN[joiners[0]](tuple(parse(part) for part in parts))


def resolved(value: Scalar | Reference, facts: Facts) -> Scalar | None:
    """The value to compare with; None when it is another fact that is missing."""
    if not isinstance(value, Reference):
        return value
    known = facts.get(value.fact)
    if known is None:
        return None
    if value.times is not None:
        if not _is_number(known):
            raise FactTypeError(f"事实 {value.fact} 不是数，不能乘以 {value.times}")
        return Decimal(known) * value.times  # type: ignore[arg-type]
    if value.plus_days:
        if not isinstance(known, date):
            raise FactTypeError(f"事实 {value.fact} 不是日期，不能加 {value.plus_days} 天")
        return known + timedelta(days=value.plus_days)
    return known


def _answer(one: Condition, facts: Facts) -> bool | None:
    known = facts.get(one.fact)
    if known is None:
        return None
    if one.op is Op.PRESENT:
        return True
    if isinstance(one.value, tuple):
        return any(_same(one.fact, known, member) for member in one.value)
    other = resolved(one.value, facts)
    return None if other is None else _ANSWER[one.op](one.fact, known, other)


def _same(fact: str, known: Scalar, other: Scalar) -> bool:
    _check_comparable(fact, known, other)
    return known == other


def _at_least(fact: str, known: Scalar, other: Scalar) -> bool:
    _check_comparable(fact, known, other)
    return bool(known >= other)  # type: ignore[operator]


def _at_most(fact: str, known: Scalar, other: Scalar) -> bool:
    _check_comparable(fact, known, other)
    return bool(known <= other)  # type: ignore[operator]


def _check_comparable(fact: str, known: Scalar, other: Scalar) -> None:
    if family(known) != family(other):
        raise FactTypeError(
            f"事实 {fact} 的值 {known!r}（{family(known)}）不能与 {other!r}（{family(other)}）比较"
        )


def family(value: Scalar) -> str:
    """What kind of value it is, in Chinese; only values of one kind can be compared."""
    if isinstance(value, bool):
        return "是否"
    if isinstance(value, int | Decimal):
        return "数"
    return "文字" if isinstance(value, str) else "日期"


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _every(answers: Iterable[bool | None]) -> bool | None:
    seen = set(answers)
    return False if False in seen else None if None in seen else True


def _some(answers: Iterable[bool | None]) -> bool | None:
    seen = set(answers)
    return True if True in seen else None if None in seen else False


def _mentioned(one: Condition) -> tuple[str, ...]:
    return (one.fact, one.value.fact) if isinstance(one.value, Reference) else (one.fact,)


def _parsed_condition(written: Mapping[str, object]) -> Condition:
    if stray := sorted(set(written) - {"fact", "op", "value"}):
        raise fault(f"条件里有不认识的键：{'、'.join(stray)}", "条件只用 fact、op、value")
    name, word = written.get("fact"), written.get("op")
    if not isinstance(name, str) or not name:
        raise fault("条件缺少 fact", '写明问哪一项事实，如 fact = "leader"')
    if word not in set(Op):
        raise fault(f"不认识的运算“{word}”", f"只能用 {'、'.join(Op)}")
    op = Op(str(word))
    return Condition(name, op, _parsed_value(op, written))


def _parsed_value(op: Op, written: Mapping[str, object]) -> Scalar | Reference | tuple[Scalar, ...]:
    value = written.get("value")
    if op is Op.PRESENT:
        if value is not None:
            raise fault("present 不带 value", "去掉 value，或改用 is")
        return True
    if value is None:
        raise fault(f"{op} 缺少 value", "补上要比较的值")
    if op is Op.ONE_OF:
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise fault("one_of 的 value 须是非空列表", '写成 value = [ "甲", "乙" ]')
        return tuple(_parsed_scalar(member) for member in value)
    return _parsed_reference(value) if isinstance(value, Mapping) else _parsed_scalar(value)


def _parsed_reference(written: Mapping[str, object]) -> Reference:
    if stray := sorted(set(written) - {"fact", "times", "plus_days"}):
        raise fault(f"value 里有不认识的键：{'、'.join(stray)}", "只用 fact、times、plus_days")
    name, times, days = written.get("fact"), written.get("times"), written.get("plus_days", 0)
    if not isinstance(name, str) or not name:
        raise fault("value 缺少 fact", "写明与哪一项事实比较")
    if times is not None:
        times = _parsed_scalar(times)
        if isinstance(times, bool) or not isinstance(times, int | Decimal):
            raise fault(f"times 须是数，现在是“{times}”", "写成 times = 0.5 之类")
    if isinstance(days, bool) or not isinstance(days, int):
        raise fault(f"plus_days 须是整数天，现在是“{days}”", "写成 plus_days = 30 之类")
    if times is not None and days:
        raise fault("times 与 plus_days 不能同用", "数用 times，日期用 plus_days")
    return Reference(name, times, days)


def _parsed_scalar(value: object) -> Scalar:
    if isinstance(value, datetime):
        raise fault(f"值只到日，不带时刻：{value}", "写成 2018-01-01 这样的日期")
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal) and not value.is_finite():
        raise fault(f"“{value}”不是有限的数", "写成具体的数")
    if isinstance(value, bool | int | Decimal | str | date):
        return value
    raise fault(f"“{value}”不能作为比较的值", "用是否、数、文字或日期")


_Compare = Callable[[str, Scalar, Scalar], bool]
_ANSWER: dict[Op, _Compare] = {Op.IS: _same, Op.AT_LEAST: _at_least, Op.AT_MOST: _at_most}
_JOIN: dict[str, Callable[[tuple[Rule, ...]], Rule]] = {"all": All, "any": Any_, "none": None_}
