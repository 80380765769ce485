"""The stretches of a scope that name what the enterprise does not do, or only a legal notice."""

import re
from collections.abc import Iterator
from functools import lru_cache

from yipanqi.engine.clauses import ENDS, OPEN, Clauses

Stretch = tuple[int, int]


def ruled_out(clauses: Clauses) -> tuple[Stretch, ...]:
    """Every (start, end) in which a mention does not count.

    不含X, 除X外, X除外, 不得X; in brackets all from 除 on; brackets with a licence or notice
    (凭许可证经营), and the names of papers (《药品经营许可证》). Only the first
    depth is read: an exception inside an exception stays ruled out.
    """
    # All of the text before a bracket that closes and never opened: its start is unknown.
    torn = () if clauses.torn is None else ((0, clauses.ends[clauses.torn]),)
    if _CUE.search(clauses.text) is None:
        return torn
    return (*torn, *_asides(clauses), *_said(clauses), *_papers(clauses.text))


def _papers(text: str) -> Iterator[Stretch]:
    """The names of papers: a 药品经营许可证 is no trade in medicine."""
    if not any(mark in text for mark in ("《", "证", "批准书")):
        return iter(())
    return (found.span() for found in _PAPER.finditer(text))


def _asides(clauses: Clauses) -> Iterator[Stretch]:
    for number in clauses.brackets:
        start, end = clauses.start(number), _end_of_bracket(clauses, number)
        if _EXCEPT.match(clauses.text, start) or _NOTICE.search(clauses.text, start, end):
            yield start, end


def _said(clauses: Clauses) -> Iterator[Stretch]:
    for number, words in enumerate(clauses.words):
        if not _has_cue(words):
            continue
        start = clauses.start(number)
        if clauses.depths[number] and _EXCEPT.match(words):
            yield start, _end_of_bracket(clauses, number)
        for cue in _NOT.finditer(words):
            yield start + cue.start(), _reach(clauses, number)
        for outside in _OUTSIDE.finditer(words):
            begun = _start_of_exception(clauses, number, weak=outside[0] == "外")
            if begun is not None:
                yield begun, start + outside.start()


@lru_cache(maxsize=1 << 16)
def _has_cue(words: str) -> bool:
    return _CUE.search(words) is not None


def _reach(clauses: Clauses, number: int) -> int:
    """Where a 不含 begun in the clause ends: with its bracket, or with its own enumeration."""
    if clauses.depths[number]:
        return _end_of_bracket(clauses, number)
    last = len(clauses.words) - 1
    while number < last and clauses.closing(number) not in _ENDS_LIST:
        number += 1
    return clauses.ends[number]


def _end_of_bracket(clauses: Clauses, number: int) -> int:
    depth = clauses.depths[number]
    while number + 1 < len(clauses.words) and clauses.depths[number + 1] >= depth:
        number += 1
    return clauses.ends[number]


def _start_of_exception(clauses: Clauses, number: int, *, weak: bool) -> int | None:
    """Where 除…外 or …除外 begins: at its own 除, at its bracket, or at its clause.

    A lone 外 is weak (国外, 室外): without a 除 before it there is no exception.
    """
    first = number
    while first and _continues(clauses, first - 1, number):
        first -= 1
    end = clauses.ends[number]
    found = _EXCEPT_INSIDE.search(clauses.text, clauses.start(first), end)
    if found or weak:
        return found.start() if found else None
    return clauses.start(first if clauses.depths[number] else number)


def _continues(clauses: Clauses, before: int, here: int) -> bool:
    same = clauses.sentences[before] == clauses.sentences[here]
    deep = clauses.depths[before] >= clauses.depths[here]
    return same and deep and clauses.closing(before) not in OPEN + ENDS


_ENDS_LIST = "，," + ENDS
# 不 alone would catch 不锈钢, 非 would catch 非金属; 除 must not be 除尘, 除湿 and the like.
_NOT = re.compile(
    r"不(?:含|包括|包含|得|从事|经营|生产|销售|制造|涉及|涉|准|可|允许|再(?!分装))|禁止|严禁"
)
_OTHER_REMOVAL = "尘湿锈草霜雪冰臭油氧垢虫渣杂铁磷砂甲静害污鳞颤毛螨菌味雾藻硫硝四"
_EXCEPT = re.compile(rf"\s*(?:以上|上述|但)*除(?![{_OTHER_REMOVAL}])")
_EXCEPT_INSIDE = re.compile(rf"(?<![清拆排解删消开去脱免扫扣])除(?![{_OTHER_REMOVAL}外])")
_OUTSIDE = re.compile(r"除外|以外|之外|外(?=的|$)|不在内|不在此列")
_NOTICE = re.compile(
    r"[凭按持].{0,12}(?:证|资质|许可|批准|批文)|经营期限|有效期|须经|经批准|审批|后方可|筹建期"
)
_PAPER = re.compile(
    r"《[^》]{0,40}》?|"
    r"[^，,、；;。（）()：:凭按持依据 ]{0,16}(?:许可证|资质证书?|资格证书?|批准书|备案凭证)"
)
_CUE = re.compile(
    r"不[^锈]|[除外凭《证]|按.{0,12}资质|批准书|禁止|严禁|有效期|经营期限|须经|经批准|审批|后方可|筹建期"
)
