"""A registered business scope cut into clauses.

A scope is a run of sentences (ended by ； and 。); a sentence is a run of clauses (parted by ，,
、, ：, blanks and brackets).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

OPEN, CLOSE = "（([【〔［{｛", "）)]】〕］}｝"
ENDS = "；;。\n"
# Patterns for the query engines.
CLAUSE_PATTERN = "[；;。\n，,、：: \u3000\t]+"
BRACKET_PATTERN = r"[（(【\[〔［{｛][^）)】\]〕］}｝]*[）)】\]〕］}｝]?"


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses of a text: their words, where each ends, how deep in brackets, which sentence."""

    text: str
    words: Sequence[str]
    ends: Sequence[int]
    depths: Sequence[int]
    sentences: Sequence[int]
    brackets: Sequence[int] = ()  # the clauses that begin with a bracket, in order
    torn: int | None = None  # the first clause closed by a bracket that was never opened

    def start(self, number: int) -> int:
        """Where the clause begins."""
        return self.ends[number] - len(self.words[number])

    def closing(self, number: int) -> str:
        """The mark that ends the clause; nothing at the end of the text."""
        end = self.ends[number]
        return self.text[end : end + 1]

    def at(self, position: int) -> int:
        """The number of the clause that holds the character at the position."""
        return bisect_right(self.ends, position)


def cut(text: str) -> Clauses:
    """The text in clauses. Total: any text has at least one, possibly empty."""
    words = text.translate(_FLAT).split(_CUT)
    ends = [end + number for number, end in enumerate(accumulate(map(len, words)))]
    if _NESTED.search(text):
        return _nested(text, words, ends)
    level = [0] * len(words)
    return Clauses(text, words, ends, level, level)


def _nested(text: str, words: Sequence[str], ends: Sequence[int]) -> Clauses:
    depth = sentence = 0
    torn = None
    depths, sentences, brackets = [0], [0], []
    for number, end in enumerate(ends[:-1]):
        mark = text[end]
        if mark in _NESTING:
            if mark in OPEN:
                depth += 1
                brackets.append(number + 1)
            elif mark in CLOSE:
                torn = number if torn is None and not depth else torn
                depth = max(depth - 1, 0)
            elif not depth:
                sentence += 1
        depths.append(depth)
        sentences.append(sentence)
    return Clauses(text, words, ends, depths, sentences, brackets, torn)


_CUT = "\x00"
_FLAT = str.maketrans(dict.fromkeys("，,、：: \u3000\t" + OPEN + CLOSE + ENDS, _CUT))
_NESTING = frozenset(OPEN + CLOSE + ENDS)
_NESTED = re.compile(f"[{re.escape(OPEN + CLOSE + ENDS)}]")
