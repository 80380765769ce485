"""A registered business scope cut into clauses.

A scope is a run of sentences (ended by ； and 。); a sentence is a run of clauses (parted by ，、：
and brackets).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

OPEN, CLOSE = "（([【〔［{", "）)]】〕］}"
ENDS = "；;。\n"
# Patterns that Python and the query engines read alike.
END_PATTERN = r"[；;。\n]"
CLAUSE_PATTERN = r"[；;。\n，,、：:]+"
BRACKET_PATTERN = r"[（(【\[〔［{][^）)】\]〕］}]*[）)】\]〕］}]?"


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses of a text: their words, where each starts, how deep in brackets, which sentence."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    depths: Sequence[int]
    sentences: Sequence[int]

    def end(self, number: int) -> int:
        """Where the clause ends."""
        return self.starts[number] + len(self.words[number])

    def closing(self, number: int) -> str:
        """The mark that ends the clause; nothing at the end of the text."""
        end = self.end(number)
        return self.text[end : end + 1]

    def at(self, position: int) -> int:
        """The number of the clause that holds the character at the position."""
        return bisect_right(self.starts, position) - 1


def cut(text: str) -> Clauses:
    """The text in clauses. Total: any text has at least one, possibly empty."""
    words = text.translate(_FLAT).split(_CUT)
    starts = list(accumulate((len(one) + 1 for one in words[:-1]), initial=0))
    if _NESTED.search(text):
        return Clauses(text, words, starts, *_nesting(text, starts))
    level = [0] * len(words)
    return Clauses(text, words, starts, level, level)


def _nesting(text: str, starts: Sequence[int]) -> tuple[list[int], list[int]]:
    depth = sentence = 0
    depths, sentences = [0], [0]
    for start in starts[1:]:
        mark = text[start - 1]
        if mark in OPEN:
            depth += 1
        elif mark in CLOSE:
            depth = max(depth - 1, 0)
        elif mark in ENDS and depth == 0:
            sentence += 1
        depths.append(depth)
        sentences.append(sentence)
    return depths, sentences


_CUT = "\x00"
_FLAT = str.maketrans(dict.fromkeys("，,、：:" + OPEN + CLOSE + ENDS, _CUT))
_NESTED = re.compile(f"[{re.escape(OPEN + CLOSE + ENDS)}]")
