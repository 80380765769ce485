"""Tables for a terminal, where a Chinese character is two columns wide."""

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """How many columns the text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: frozenset[int]) -> str:
    """The rows under their head in straight columns; those numbered in `right` end flush."""
    lines = [head, *rows]
    widths = [max(width(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            _padded(cell, widths[place], right=place in right) for place, cell in enumerate(line)
        ).rstrip()
        for line in lines
    )


def _padded(cell: str, wide: int, *, right: bool) -> str:
    gap = " " * (wide - width(cell))
    return gap + cell if right else cell + gap
