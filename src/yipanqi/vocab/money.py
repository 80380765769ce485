"""Exact money: an integer count of the smallest unit, with its currency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
FEN_PER_YI = 10_000_000_000
# The largest amount a 64-bit column holds without loss is far above any city's budget.
LARGEST_FEN = 9_000_000_000_000_000_000


class MixedCurrencies(Exception):
    """Sums across currencies are refused unless converted first, with a rate and a day."""


class NotMoney(Exception):
    """The text is not an amount of money that can be held exactly."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in fen (1/100 of the currency's unit). Never a float."""

    fen: int
    currency: str = "CNY"

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} + {other.currency}")
        return Money(self.fen + other.fen, self.currency)

    def __str__(self) -> str:
        return (
            shown(self.fen) if self.currency == "CNY" else f"{self.currency} {self.fen / 100:,.2f}"
        )


def from_wan(text: str | int | Decimal) -> int:
    """An amount in 万元 as fen. Raises NotMoney when it is no number or finer than a fen."""
    try:
        fen = Decimal(str(text).replace(",", "").strip()) * FEN_PER_WAN
    except InvalidOperation as error:
        raise NotMoney(f"“{text}”不是金额，请填数字，单位万元") from error
    if not fen.is_finite():
        raise NotMoney(f"“{text}”不是金额，请填数字，单位万元")
    if fen != fen.to_integral_value():
        raise NotMoney(f"“{text}”小于一分，请核对单位（万元）")
    if abs(fen) > LARGEST_FEN:
        raise NotMoney(f"“{text}”过大，请核对单位（万元）")
    return int(fen)


def in_wan(fen: int) -> Decimal:
    """The same amount in 万元, exact."""
    return Decimal(fen) / FEN_PER_WAN


def shown(fen: int | None) -> str:
    """Money as officers read it: 亿元 from 1 亿 up, else 万元; unknown is 未填."""
    if fen is None:
        return "未填"
    if abs(fen) >= FEN_PER_YI:
        return f"{_rounded(fen, FEN_PER_YI):,.2f} 亿元"
    amount = _rounded(fen, FEN_PER_WAN)
    return f"{amount.normalize():,f} 万元" if amount else "0 万元"


def exact(fen: int | None) -> str:
    """The exact figure in yuan, for hover and export."""
    return "未填" if fen is None else f"{Decimal(fen) / FEN_PER_YUAN:,.2f} 元"


def _rounded(fen: int, unit: int) -> Decimal:
    return (Decimal(fen) / unit).quantize(Decimal("0.01"), ROUND_HALF_UP)
