"""How fast new registrations grow; a year that is missing is never taken for nought."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Growth:
    """The mean yearly growth of new registrations, or None and the reason why it is unknown."""

    since: int
    until: int
    yearly: Decimal | None
    reason: str


def growth(
    registered: Mapping[int, int], gaps: Collection[int], *, since: int, until: int
) -> Growth:
    """Growth of yearly registrations from one year to another, as a share a year (0.1 is 10 %).

    `registered` gives the number registered in a year; a year without an entry is nought unless
    it is among `gaps`, the years the registry misses. A period that touches a gap has no growth.

    yearly = (registered in the last year / in the first)^(1 / years) − 1. Four digits.
    Definition: compound annual growth rate, OECD Glossary of Statistical Terms.
    """
    missing = sorted(set(gaps) & set(range(since, until + 1)))
    first, last = registered.get(since, 0), registered.get(until, 0)
    if until <= since:
        return Growth(since, until, None, "起止年份应相差至少一年")
    if missing:
        return Growth(since, until, None, f"缺{'、'.join(map(str, missing))}年的登记，增长未知")
    if not first:
        return Growth(since, until, None, f"{since}年没有新登记，无从计算倍数")
    yearly = (last / first) ** (1 / (until - since)) - 1
    return Growth(since, until, Decimal(f"{yearly:.4f}"), "")
