"""Which divisions of GB/T 4754-2017 the words of a name and a scope speak for, and how loudly."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby, islice
from typing import NamedTuple

from yipanqi.engine import clauses, doings
from yipanqi.engine.doings import Role
from yipanqi.engine.groups import parsing
from yipanqi.engine.industries import gbt_words
from yipanqi.engine.industries.gbt_words import FARMING, MAKING, TRADE, Kind
from yipanqi.engine.terms import Mention

# The k-th clause that speaks weighs 1 / (1 + 1.6 k): the first ones name the main business.
_FADING = 1.6
_NAME_WEIGHT = 1.5
_OPEN_NAME = 0.35  # goods in a name that says neither made nor sold
_MOST_CLAUSES = 6  # what comes later weighs next to nothing
_KEPT = 1 << 17


class Voice(NamedTuple):
    """A word that speaks for a division, or for a whole section by its letter."""

    code: str
    weight: float
    word: str


def voices(name: str, scope: str) -> list[Voice]:
    """Every voice: those of the name, then those of the scope in reading order."""
    hint = _hint(name)
    sentences = (_clauses(_shortened(one)) for one in _SENTENCE.split(scope) if one)
    heard = islice(chain.from_iterable(sentences), _MOST_CLAUSES)
    found = list(_of_name(name, hint))
    for place, clause in enumerate(heard):
        weight = 1 / (1 + _FADING * place)
        found += [Voice(*_sided(one, hint), one.word) for one in _weighed(clause, weight)]
    return found


class _Said(NamedTuple):
    """What a mention in a clause says; `open` goods name no verb and wait for the name's hint."""

    code: str
    weight: float
    word: str
    is_open: bool


class _Hint(NamedTuple):
    makes: bool
    trades: bool
    farms: bool


def _hint(name: str) -> _Hint:
    return _Hint(
        makes=_FACTORY.search(name) is not None,
        trades=_TRADER.search(name) is not None,
        farms=_FARM.search(name) is not None,
    )


def _sided(said: _Said, hint: _Hint) -> tuple[str, float]:
    """Goods without a verb: made by a factory, sold by a trader, else more likely sold."""
    if not said.is_open:
        # What a cooperative sells is what its members grow.
        eased = hint.farms and said.code == TRADE
        return said.code, said.weight * (0.5 if eased else 1.0)
    grown = gbt_words.section(said.code) == FARMING
    if (hint.makes or (hint.farms and grown)) and not hint.trades:
        return said.code, 0.8 * said.weight
    return TRADE, (0.8 if hint.trades else 0.4) * said.weight


def _of_name(name: str, hint: _Hint) -> Iterator[Voice]:
    """The name's own voices: goods in it name no verb, whatever stands beside them."""
    if hint.farms:
        yield Voice(FARMING, 1.5, "合作社")
    trade = parsing.parsed(name).trades
    if hint.trades:
        yield Voice(TRADE, 1.5, trade or name)
    said = _in_name(trade)
    for one in _weighed(said, _NAME_WEIGHT):
        if one.is_open and not (hint.makes or hint.trades or hint.farms):
            yield Voice(one.code, _OPEN_NAME * one.weight, one.word)
        elif one.code not in gbt_words.sections():
            yield Voice(*_sided(one, hint), one.word)


@lru_cache(maxsize=_KEPT)
def _in_name(trade: str) -> tuple[_Said, ...]:
    mentions = list(gbt_words.book().mentions(trade))
    longest = max((len(one.term) for one in mentions), default=0)
    said = []
    for one in mentions:
        kind, code = one.link.split(":")
        weight = (len(one.term) / longest) ** 2 * (0.3 if _VAGUE.search(one.term) else 1.0)
        said.append(_Said(code, weight, one.term, kind == Kind.GOODS))
    return tuple(said)


def _weighed(clause: tuple[_Said, ...], weight: float) -> Iterable[_Said]:
    """The clause's voices sharing its weight, longer words and whole sections by their due."""
    total = sum(one.weight for one in clause)
    share = weight / max(total, 1.0)
    return (one._replace(weight=one.weight * share) for one in clause)


def _shortened(sentence: str) -> str:
    """A long list without its middle: its first clauses, and its last, which may hold its verb."""
    if len(sentence) <= _LONG:
        return sentence
    end = max(sentence.rfind(mark, 0, _LONG) for mark in _PARTS)
    begin = max(sentence.rfind(mark) for mark in _PARTS)
    return sentence if begin <= end or end < 0 else sentence[:end] + sentence[begin:]


@lru_cache(maxsize=_KEPT)
def _clauses(sentence: str) -> tuple[tuple[_Said, ...], ...]:
    """What each clause of the sentence says, those that say nothing left out."""
    mentions = gbt_words.book().mentions(sentence)
    told = (
        _clause(list(those), sentence) for _, those in groupby(mentions, key=lambda one: one.clause)
    )
    return tuple(islice(filter(None, told), _MOST_CLAUSES))


def _clause(mentions: list[Mention], sentence: str) -> tuple[_Said, ...]:
    """The plain words of a clause, or its general ones (销售, 产品) where it has no others."""
    if doings.told(mentions[0].clause).is_bare:
        return ()
    plain = [one for one in mentions if one.link[-1] not in _SECTIONS]
    longest = max(len(one.term) for one in plain or mentions)
    said: list[_Said] = []
    for one in plain or mentions:
        weight = one.confidence * (len(one.term) / longest) ** 2
        said.extend(_said(one, weight if plain else weight / 2, sentence))
    return tuple(said)


def _said(mention: Mention, weight: float, sentence: str) -> Iterator[_Said]:
    kind, code = mention.link.split(":")
    if kind == Kind.WORKS:
        if not _names_goods(mention):
            yield _Said(code, weight, mention.term, is_open=False)
            return
        code = MAKING  # 印刷设备: some goods, of no division the word could tell
    if mention.role is Role.SERVES:
        yield _Said(_served(mention.clause, sentence, code), weight, mention.term, is_open=False)
    elif mention.role is Role.DEVELOPS:
        yield _Said(code, 0.4 * weight, mention.term, is_open=False)
        yield _Said(_TECHNIQUE, 0.6 * weight, mention.term, is_open=False)
    elif mention.role is Role.TRADES:
        yield _Said(TRADE, weight, mention.term, is_open=False)
    elif mention.role in {Role.MAKES, Role.NAMES}:
        yield _Said(code, weight, mention.term, is_open=mention.role is Role.NAMES)


def _names_goods(mention: Mention) -> bool:
    """Whether the clause goes on to things for the business (餐饮用具), not the business."""
    behind = mention.clause.partition(mention.term)[2]
    return _THINGS.match(behind) is not None


def _served(clause: str, sentence: str, code: str) -> str:
    """The division of a service done to goods: its own verb's, else its sentence's."""
    if code.isdigit() and int(code) < _FIRST_MADE:
        return "05"
    for verbs, division in _SERVICES:
        if verbs.search(clause):
            return TRADE if _SELLING.search(clause) else division
    if _SELLING.search(sentence):
        return TRADE
    return next((division for verbs, division in _SERVICES if verbs.search(sentence)), _TECHNIQUE)


_SENTENCE = re.compile(f"[{re.escape(clauses.ENDS)}]")
_PARTS, _LONG = "、，,", 100
_SECTIONS = frozenset("ABCDEFGHIJKLMNOPQRST")
_TECHNIQUE = "75"
_SELLING = re.compile("销售|批发|零售|购销|经销")
_THINGS = re.compile("(?:专?用)?(?:器材|设备|用品|用具|材料|物资|机械|仪器|配件|器械|耗材|产品)")
_FIRST_MADE = 6  # below are farming, forestry, herding and fishing
_FACTORY = re.compile(
    r"厂|制造|加工|工业(?!自动|控制|设计)|制品|生产|[瓷砖布塑铝铜锌米面石绒纸木鞋]业|坊$"
)
_TRADER = re.compile(
    "商贸|贸易|经贸|销售|经销|商行|经营部|门市|商店|超市|店$|物资|批发|营销|供销(?!.*[场厂]$)|零售|便利|购销|"
    "进出口|药房|商场|百货|加油站|汽贸|工贸(?!.*厂)|商社|商城|商业"
)
# In a name these say nothing of the trade: a 科技开发公司 may do anything.
_VAGUE = re.compile("^(?:技术|开发|信息|服务|咨询|投资|旅游|旅游服务|电子商务|商务服务)|科技|技术$")
_FARM = re.compile("(?<!经济)(?<!供销)合作社|农场|养殖场|种植园|林场|家庭农场|牧场|苗圃|猪场|鸡场")
_HOUSEHOLD = "汽车|车辆|机动车|摩托|家电|家用|手机|电脑|计算机|办公|电器|钟表"
_SERVICES = tuple(
    (re.compile(verbs), division)
    for verbs, division in (
        ("(?:房屋|房产|厂房|场地|门面|商铺|仓库|柜台|摊位|房).{0,4}(?:租赁|出租)", "70"),
        ("租赁|出租", "71"),
        (f"(?:{_HOUSEHOLD}).{{0,8}}(?:维修|修理|维护|保养)", "81"),
        ("维修|修理|修配|检修|保养", "43"),
        ("回收", TRADE),
        ("运输", "54"),
        ("仓储", "59"),
        ("安装|调试|集成", "49"),
        ("施工|承包|分包|承建|拆除|改造", "E"),
        ("检测|检验|监理|勘察|设计", "74"),
        ("咨询|策划", "72"),
        ("培训", "83"),
    )
)  # fmt: skip
