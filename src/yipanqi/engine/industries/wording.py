"""What a name and a scope say of the business: the trade in the name, the clauses of the scope."""

import re
from dataclasses import dataclass

from yipanqi.engine import clauses, exceptions
from yipanqi.engine.groups import parsing

_MOST_CLAUSES = 80
_SHORTEST = 2
# Legal notices and the words around them; they stand in every second scope and name no business.
_NOTICE = re.compile(
    "依法须经|许可证|批准|经营项目|有效期|法律|限制项目|审批|国家规定|经营范围|以上|法规|国务院"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The trade words of a name, and the clauses of a scope that count, in reading order."""

    trade: str
    clauses: tuple[str, ...]

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to judge by."""
        return not (self.trade or self.clauses)


def read(name: str | None, scope: str | None) -> Wording:
    """The wording of an enterprise; what the scope rules out and legal notices are left out."""
    trade = parsing.parsed(name).trades if name else ""
    return Wording(trade, _counting(scope) if scope else ())


def _counting(scope: str) -> tuple[str, ...]:
    cut = clauses.cut(scope)
    out = exceptions.ruled_out(cut)
    kept = []
    for number, words in enumerate(cut.words):
        start = cut.start(number)
        if len(words) < _SHORTEST or _NOTICE.search(words):
            continue
        if not any(left <= start < right for left, right in out):
            kept.append(words)
    return tuple(kept[:_MOST_CLAUSES])
