"""A made-up registry that looks like a real one: names, scopes, towns, capital and dates."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

import pyarrow as pa

from yipanqi.rulebook.chains import ChainTables, TermKind
from yipanqi.vocab import credit_codes, regions
from yipanqi.vocab.regions import Region

# The public layout's own columns, all text, so that what is made goes through the same import.
COLUMNS = (
    "name", "code", "registered", "kind", "capital", "scope", "province", "city", "address",
)  # fmt: skip
_FIRST, _LAST = date(1985, 1, 1), date(2016, 12, 31)
_BATCH = 20_000

_HEADS = (
    "宏鼎天恒瑞华中金永兴盛泰安康达远博源丰和润科创新锐星辰"
    "海润泽嘉诚信德隆昌盈旺腾飞翔宇顺通联众汇聚"
)
_MIDDLES = "利达科创源辉美康盛泰宇航星城图强信诚德邦尔杰峰林森海川江河湖山石"
_FORMS = ("有限公司",) * 14 + ("有限责任公司",) * 3 + ("股份有限公司",) * 2 + ("分公司",)
_KINDS = (
    "有限责任公司(自然人投资或控股)",
    "有限责任公司",
    "其他有限责任公司",
    "股份有限公司(非上市)",
)
_TRADES = ("贸易", "商贸", "科技", "建筑工程", "物流", "餐饮管理", "信息技术", "文化传媒",
           "农业开发",
           "物业管理", "装饰工程", "投资咨询")  # fmt: skip
_EVERYDAY = (
    "日用百货销售", "建筑材料销售", "五金交电、化工产品（不含危险化学品）的销售", "企业管理咨询",
    "计算机软件开发", "货物运输代理", "物业服务", "室内外装饰装修", "农副产品收购、销售",
    "广告设计、制作",
    "餐饮服务（凭许可证经营）", "普通货物仓储（不含危险化学品）", "会议服务", "市场营销策划",
)  # fmt: skip
_TAILS = (
    "（依法须经批准的项目，经相关部门批准后方可经营）",
    "。（法律、行政法规禁止的项目除外；限制的须取得许可）",
    "",
    "",
    "。",
)  # fmt: skip
_MAKING = (
    "{}的研发、生产、销售",
    "{}制造",
    "{}生产",
    "{}的生产及销售",
    "研发、制造{}",
    "{}加工、制造",
)
_SELLING = ("{}销售", "{}的批发、零售", "{}维修", "{}租赁", "{}及配件的销售")
_RULED_OUT = ("（不含{}）", "；{}除外")
_ROADS = ("人民路", "建设路", "解放路", "工业大道", "创新路", "东风路", "高新大道", "振兴路")


@dataclass(frozen=True, slots=True)
class _Trade:
    """What a link's firms are called and say they do; where they gather."""

    name: str
    terms: tuple[str, ...]
    homes: frozenset[str]


def generated(rows: int, *, seed: int, tables: ChainTables) -> Iterator[pa.RecordBatch]:
    """`rows` made-up enterprises in batches of COLUMNS, the same for the same seed and tables.

    Industries gather unevenly: each link has a few home cities, as real ones do, so that a
    diagnosis has something to find. Scopes carry negations and set phrases as real ones do.
    """
    chance = random.Random(seed)  # noqa: S311 -- a repeatable sample, not a secret
    makers = _Makers(chance, tables)
    for first in range(0, rows, _BATCH):
        made = [makers.enterprise(number) for number in range(first, min(first + _BATCH, rows))]
        columns = [pa.array(column, pa.string()) for column in zip(*made, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, names=list(COLUMNS))


class _Makers:
    """The chances everything is drawn from."""

    def __init__(self, chance: random.Random, tables: ChainTables) -> None:
        self._chance = chance
        self._cities = _by_size(chance)
        # A long tail: a few cities hold most enterprises.
        self._weights = list(accumulate(1 / (2 + rank) for rank in range(len(self._cities))))
        self._trades = tuple(self._settled(tables))
        self._by_home: Mapping[str, Sequence[_Trade]] = {
            city.code: [trade for trade in self._trades if city.code in trade.homes]
            for city in self._cities
        }

    def enterprise(self, number: int) -> tuple[str | None, ...]:
        """One row in the order of COLUMNS."""
        chance = self._chance
        city = chance.choices(self._cities, cum_weights=self._weights)[0]
        trade = self._trade(city)
        form = chance.choice(_FORMS)
        registered = _FIRST + timedelta(days=int((_LAST - _FIRST).days * chance.random() ** 0.45))
        return (
            self._name(city, trade, form),
            self._code(city, number) if self._happens(0.96) else None,
            registered.isoformat(),
            chance.choice(_KINDS),
            self._capital(trade),
            self._scope(trade),
            regions.by_code()[city.province_code].short_name,
            city.short_name,
            self._address(city),
        )

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share

    def _settled(self, tables: ChainTables) -> Iterator[_Trade]:
        told: dict[str, list[str]] = {}
        for row in tables.terms:
            if row.kind == TermKind.INCLUDE:
                told.setdefault(row.link, []).append(row.term)
        for link in tables.links:
            many = self._chance.randint(2, 9)
            homes = self._chance.choices(self._cities, cum_weights=self._weights, k=many)
            if terms := told.get(link.link):
                yield _Trade(link.name, tuple(terms), frozenset(home.code for home in homes))

    def _trade(self, city: Region) -> _Trade | None:
        chance = self._chance
        if (at_home := self._by_home[city.code]) and self._happens(0.3):
            return chance.choice(at_home)
        return chance.choice(self._trades) if self._trades and self._happens(0.12) else None

    def _name(self, city: Region, trade: _Trade | None, form: str) -> str:
        chance = self._chance
        brand = (
            chance.choice(_HEADS) + chance.choice(_MIDDLES) + chance.choice(["", "", "尔", "特"])
        )
        line = chance.choice(_TRADES)
        if trade and self._happens(0.5):
            line = chance.choice(trade.terms)
        if form == "分公司":
            return f"{brand}{line}有限公司{city.short_name}分公司"
        return f"{city.short_name}{brand}{line}{form}"

    def _scope(self, trade: _Trade | None) -> str:
        chance = self._chance
        clauses = chance.sample(_EVERYDAY, k=chance.randint(1, 4))
        if trade:
            ways = _MAKING if self._happens(0.6) else _SELLING
            own = chance.sample(trade.terms, k=min(len(trade.terms), chance.randint(1, 3)))
            clauses = [chance.choice(ways).format(term) for term in own] + clauses[:2]
        if self._trades and self._happens(0.08):
            other = chance.choice(chance.choice(self._trades).terms)
            clauses[-1] += chance.choice(_RULED_OUT).format(other)
        return chance.choice(("；", "；", "，", "、")).join(clauses) + chance.choice(_TAILS)

    def _capital(self, trade: _Trade | None) -> str:
        chance = self._chance
        if self._happens(0.02):
            return "N/A"
        mean = 6.5 if trade else 4.8
        amount = max(3, round(chance.lognormvariate(mean, 1.3), -1 if self._happens(0.8) else 0))
        currency = "万美元" if trade and self._happens(0.03) else "万元人民币"
        return f"{amount:,.0f}({currency})"

    def _code(self, city: Region, number: int) -> str:
        # 9 企业, 1 企业法人 (GB 32100-2015 table 1), then place, body code and check character.
        first = f"91{city.code}{_organisation_code(number)}"
        return first + credit_codes.check_character(first)

    def _address(self, city: Region) -> str:
        chance = self._chance
        road = chance.choice(_ROADS)
        return f"{city.short_name}市{road}{chance.randint(1, 999)}号"


def _by_size(chance: random.Random) -> tuple[Region, ...]:
    """The cities, large ones first: municipalities and capitals, then the others by lot."""
    shuffled = chance.sample(regions.cities(), len(regions.cities()))
    return tuple(sorted(shuffled, key=lambda city: not city.code.endswith(("0000", "0100"))))


def _organisation_code(number: int) -> str:
    """Eight digits and their check character, modulus 11 (GB 11714-1997)."""
    digits = f"{number:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "0123456789X0"[11 - total % 11]


_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
