"""Whether one rule certainly demands at least what another does: sound, and cautious."""

from yipanqi.rulebook.conditions import (
    All,
    Any_,
    Condition,
    None_,
    Op,
    Reference,
    Rule,
    Scalar,
    family,
)


def implies(stricter: Rule, looser: Rule) -> bool:
    """Whether the first rule can never be truer than the second, whatever the facts.

    True is a proof (in three-valued logic: false < unknown < true); False means it could not
    be shown, not that it is wrong.
    """
    if stricter == looser:
        return True
    return _by_looser_form(stricter, looser) or _by_stricter_form(stricter, looser)


def _by_looser_form(stricter: Rule, looser: Rule) -> bool:
    match looser:
        case All(parts):
            return all(implies(stricter, part) for part in parts)
        case Any_(parts):
            return any(implies(stricter, part) for part in parts)
        case None_(parts):
            return isinstance(stricter, None_) and implies(Any_(parts), Any_(stricter.parts))
        case Condition():
            return isinstance(stricter, Condition) and _narrower(stricter, looser)


def _by_stricter_form(stricter: Rule, looser: Rule) -> bool:
    match stricter:
        case All(parts):
            return any(implies(part, looser) for part in parts)
        case Any_(parts):
            return all(implies(part, looser) for part in parts)
        case _:
            return False


def _narrower(one: Condition, other: Condition) -> bool:
    if one.fact != other.fact:
        return False
    if other.op is Op.PRESENT:
        # Whatever is decided about a fact, the fact is known.
        return True
    if isinstance(one.value, Reference) or isinstance(other.value, Reference):
        return False
    if one.op in {Op.IS, Op.ONE_OF}:
        return all(_admits(other, value) for value in _members(one))
    return one.op is other.op and _bounds_tighter(one, other)


def _members(one: Condition) -> tuple[Scalar, ...]:
    if isinstance(one.value, tuple):
        return one.value
    return () if isinstance(one.value, Reference) else (one.value,)


def _admits(other: Condition, value: Scalar) -> bool:
    if other.op in {Op.IS, Op.ONE_OF}:
        return any(family(value) == family(one) and value == one for one in _members(other))
    bound = other.value
    if isinstance(bound, tuple | Reference) or family(bound) != family(value):
        return False
    at_least: bool = value >= bound  # type: ignore[operator]
    return at_least if other.op is Op.AT_LEAST else value == bound or not at_least


def _bounds_tighter(one: Condition, other: Condition) -> bool:
    mine, theirs = one.value, other.value
    if isinstance(mine, tuple | Reference) or isinstance(theirs, tuple | Reference):
        return False
    if one.op is Op.PRESENT or family(mine) != family(theirs):
        return False
    at_least: bool = mine >= theirs  # type: ignore[operator]
    return at_least if one.op is Op.AT_LEAST else mine == theirs or not at_least
