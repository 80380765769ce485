"""Foreign money: its currencies, amounts in their smallest unit, and the exact way into fen."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from yipanqi.vocab.money import FEN_PER_YUAN, LARGEST_FEN, NotMoney

CNY = "CNY"
# Beyond this, a rate is a typing error: no currency here is worth that much.
LARGEST_RATE = 1000


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: its ISO 4217 code, what officers call it, digits of its smallest unit."""

    code: str
    title: str
    digits: int = 2


CURRENCIES: Mapping[str, Currency] = {
    each.code: each
    for each in (
        Currency(CNY, "人民币"),
        Currency("USD", "美元"),
        Currency("HKD", "港元"),
        Currency("EUR", "欧元"),
        Currency("JPY", "日元", 0),
        Currency("GBP", "英镑"),
        Currency("TWD", "新台币"),
        Currency("MOP", "澳门元"),
        Currency("SGD", "新加坡元"),
        Currency("KRW", "韩元", 0),
        Currency("AUD", "澳大利亚元"),
        Currency("CAD", "加拿大元"),
        Currency("CHF", "瑞士法郎"),
    )
}
FOREIGN = tuple(code for code in CURRENCIES if code != CNY)


def in_fen(minor: int, *, currency: str, rate: Decimal) -> int:
    """An amount in a currency's smallest unit as fen, at `rate` yuan for one unit; half goes up.

    Raises NotMoney when the result is too large to be kept.
    """
    yuan = Decimal(minor).scaleb(-CURRENCIES[currency].digits) * rate
    fen = int((yuan * FEN_PER_YUAN).quantize(Decimal(1), ROUND_HALF_UP))
    if abs(fen) > LARGEST_FEN:
        raise NotMoney("折合人民币后金额过大，请核对外币金额和汇率")
    return fen


def minor_from_wan(wan: Decimal, *, currency: str) -> int:
    """An amount in 万 of a currency in its smallest unit. Raises NotMoney when finer than that."""
    title = CURRENCIES[currency].title
    minor = (wan * 10_000).scaleb(CURRENCIES[currency].digits)
    if minor != minor.to_integral_value():
        raise NotMoney(f"“{wan}”小于{title}的最小单位，请核对（万{title}）")
    if abs(minor) > LARGEST_FEN:
        raise NotMoney(f"“{wan}”过大，请核对单位（万{title}）")
    return int(minor)


def in_wan(minor: int, *, currency: str) -> Decimal:
    """The same amount in 万 of the currency, exact."""
    return Decimal(minor).scaleb(-CURRENCIES[currency].digits) / 10_000


def shown(minor: int, *, currency: str) -> str:
    """Foreign money as officers read it, such as 1,200.5 万美元."""
    amount = in_wan(minor, currency=currency).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{amount.normalize():,f} 万{CURRENCIES[currency].title}"
