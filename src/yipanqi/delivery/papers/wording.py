"""How papers write numbers: an unknown one is 未知, never nought."""

from collections.abc import Sequence
from decimal import Decimal

UNKNOWN = "未知"
NONE = "—"
_WAN_PER_YI = 10_000


def count(number: int | None) -> str:
    """A whole number with its thousands apart."""
    return UNKNOWN if number is None else f"{number:,}"


def quotient(value: Decimal | None) -> str:
    """A location quotient with two decimals."""
    return UNKNOWN if value is None else f"{value:.2f}"


def capital(wan: Decimal | None) -> str:
    """An amount given in 万元: in 亿元 from one 亿 on."""
    if wan is None:
        return UNKNOWN
    if wan >= _WAN_PER_YI:
        return f"{wan / _WAN_PER_YI:,.2f} 亿元"
    return f"{wan:,.0f} 万元"


def part(number: int, whole: int) -> str:
    """A share with its two numbers: `25.0%（3/12）`; of nothing there is no share."""
    if not whole:
        return f"{UNKNOWN}（{number}/{whole}）"
    return f"{Decimal(100 * number) / whole:.1f}%（{number}/{whole}）"


def listed(words: Sequence[str], most: int) -> str:
    """The words in a row; beyond `most` their number is told."""
    shown = "、".join(words[:most])
    return f"{shown}等 {len(words)} 个" if len(words) > most else shown or NONE
