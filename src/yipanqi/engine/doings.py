"""What an enterprise does with the product a clause of its scope names."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from yipanqi.engine.clauses import Clauses


class Role(StrEnum):
    """What is done with a product, the closest to making it first."""

    MAKES = "makes"
    DEVELOPS = "develops"
    SERVES = "serves"
    NAMES = "names"  # the scope says no verb
    TRADES = "trades"

    @property
    def label(self) -> str:
        """The word shown to officers."""
        return _LABELS[self]


def role(clauses: Clauses, number: int, *, after: int) -> Role:
    """What is done with a product whose mention ends at `after` inside the clause.

    The verb behind the product (液压件的生产), else the one before it (销售液压件), else the one
    behind its list (轴承、液压件制造), else the one that opens its list (生产：轴承、液压件).
    """
    word, within = clauses.words[number], after - clauses.starts[number]
    if behind := verbs(word[within:]):
        return _closest(behind | _bare_run(clauses, number, 1))
    if before := verbs(word[:within]):
        return _closest(before | _bare_run(clauses, number, -1))
    return _closest(_verb_of_list(clauses, number))


@lru_cache(maxsize=1 << 14)
def named_by(term: str) -> Role | None:
    """What a term that names a doing itself stands for (机械租赁, 汽车销售); else None.

    Where selling is the link's own business it serves the chain; it is not mere trade.
    """
    found = verbs(term)
    if not found:
        return None
    return Role.MAKES if Role.MAKES in found else Role.SERVES


# Most clauses of a registry repeat: what they say is worked out once.
@lru_cache(maxsize=1 << 17)
def verbs(words: str) -> frozenset[Role]:
    """Every kind of doing the words name."""
    return frozenset(kind for kind, pattern in _VERBS if pattern.search(words))


@lru_cache(maxsize=1 << 17)
def _opens_with_verb(words: str) -> bool:
    return _OPENING_VERB.match(words) is not None


@lru_cache(maxsize=1 << 17)
def _is_bare(words: str) -> bool:
    """Whether the clause is nothing but verbs (生产及销售)."""
    return _BARE.fullmatch(words) is not None


def _verb_of_list(clauses: Clauses, number: int) -> frozenset[Role]:
    for other in _beside(clauses, number, 1):
        words = clauses.words[other]
        found = verbs(words)
        if not found:
            continue
        if _opens_with_verb(words) and not _is_bare(words):
            break  # 轴承，销售钢材: that verb belongs to what follows it
        return found | _bare_run(clauses, other, 1)
    for other in _beside(clauses, number, -1):
        if _opens_with_verb(clauses.words[other]):
            return verbs(clauses.words[other]) | _bare_run(clauses, other, -1)
    outer = _outside_bracket(clauses, number)
    if outer is None:
        return frozenset()
    return verbs(clauses.words[outer]) or _verb_of_list(clauses, outer)


def _bare_run(clauses: Clauses, number: int, step: int) -> frozenset[Role]:
    """The verbs of neighbouring clauses that are nothing but verbs (生产、加工、销售)."""
    found: frozenset[Role] = frozenset()
    for other in _beside(clauses, number, step):
        if not _is_bare(clauses.words[other]):
            break
        found |= verbs(clauses.words[other])
    return found


def _beside(clauses: Clauses, number: int, step: int) -> Iterator[int]:
    """The clauses after (1) or before (-1), of the same sentence and depth."""
    depth, sentence = clauses.depths[number], clauses.sentences[number]
    other = number + step
    while 0 <= other < len(clauses.words) and clauses.sentences[other] == sentence:
        if clauses.depths[other] == depth and clauses.words[other]:
            yield other
        other += step


def _outside_bracket(clauses: Clauses, number: int) -> int | None:
    """The clause that the bracket around this one explains; None outside brackets."""
    depth = clauses.depths[number]
    outside = (n for n in range(number - 1, -1, -1) if clauses.depths[n] < depth)
    return next(outside, None) if depth else None


def _closest(found: frozenset[Role]) -> Role:
    return next((kind for kind in Role if kind in found), Role.NAMES)


_MAKES = "生产|制造|加工|制作|组装|装配|铸造|锻造|冶炼|精炼|轧制|压延|总装|改装|再制造|制售"
_DEVELOPS = "研发|研制|开发|设计|研究"
_SERVES = "维修|修理|安装|租赁|出租|施工|检测|检验|咨询|服务|运输|维护|保养|回收|承包|仓储"
_TRADES = (
    "销售|批发|零售|经销|代销|代理|进出口|购销|贸易|批零|出口|进口|采购|供应|收购|营销|直销|专卖"
)
_VERBS = (
    (Role.MAKES, re.compile(_MAKES)),
    (Role.DEVELOPS, re.compile(_DEVELOPS)),
    (Role.SERVES, re.compile(_SERVES)),
    (Role.TRADES, re.compile(_TRADES)),
)
_ANY = f"(?:{_MAKES}|{_DEVELOPS}|{_SERVES}|{_TRADES})"
_OPENING_VERB = re.compile(rf"\s*(?:从事|主营|兼营|专业|自行|自营|主要|及|和|与)*{_ANY}")
_BARE = re.compile(
    rf"\s*(?:{_ANY}|从事|主营|兼营|的|及|和|与|或|其|等|相关|技术|业务|自产|产品|经营|项目)+\s*"
)
_LABELS = {
    Role.MAKES: "生产制造",
    Role.DEVELOPS: "研发设计",
    Role.SERVES: "服务",
    Role.NAMES: "未写明",
    Role.TRADES: "销售",
}
