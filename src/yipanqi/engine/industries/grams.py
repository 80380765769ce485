"""Wordings as rows of numbers: runs of one to three characters, weighed by place and rarity."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from yipanqi.engine.industries.wording import Wording

_SIZES = (1, 2, 3)
# The k-th clause weighs 1 / (1 + 0.15 k): the first ones name the main business.
_FADING = 0.15
# Runs met in fewer documents say nothing of a class.
_LEAST = 2
_PIECES_KEPT = 1 << 18
_OF_NAME = "N:"


class Piece(NamedTuple):
    """A stretch of text that counts, how much, and whether it comes from the name."""

    text: str
    weight: float
    is_name: bool


Document = tuple[Piece, ...]


def of_wording(wording: Wording) -> Document:
    """The trade of the name, then the clauses, each weighing less than the one before."""
    scope = (Piece(one, 1 / (1 + _FADING * at), False) for at, one in enumerate(wording.clauses))
    return (*_trade(wording.trade), *scope)


def of_products(trade: str, products: Sequence[str]) -> Document:
    """The trade of the name and the products, all weighing the same."""
    return (*_trade(trade), *(Piece(one, 1.0, False) for one in products))


def _trade(trade: str) -> Document:
    return (Piece(trade, 1.0, True),) if trade else ()


@lru_cache(maxsize=_PIECES_KEPT)
def runs(text: str, *, is_name: bool) -> tuple[str, ...]:
    """Every run of one to three characters; those of a name once more under a mark of their own."""
    plain = [text[at : at + size] for size in _SIZES for at in range(len(text) - size + 1)]
    return (*plain, *(_OF_NAME + one for one in plain)) if is_name else tuple(plain)


class Spread(NamedTuple):
    """Documents taken apart: rows, and the two tables they are the product of.

    `rows` is documents × runs, each row of length 1 (or 0 where no run is known). `held` is
    documents × pieces (the weights), `made` pieces × runs (the counts); `pieces` names them.
    """

    rows: Any
    held: Any
    made: Any
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The runs a model knows, in order, and how rare each is (natural log, at least 1)."""

    runs: tuple[str, ...]
    rarity: NDArray[np.float64]
    _place: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_place", {run: at for at, run in enumerate(self.runs)})

    def spread(self, documents: Sequence[Document]) -> Spread:
        """The documents as numbers: log(1 + weighted count) × rarity, length 1."""
        numbers: dict[tuple[str, bool], int] = {}
        weights, columns, ends = [], [], [0]
        for document in documents:
            for piece in document:
                columns.append(numbers.setdefault((piece.text, piece.is_name), len(numbers)))
                weights.append(piece.weight)
            ends.append(len(columns))
        held = sparse.csr_matrix((weights, columns, ends), shape=(len(documents), len(numbers)))
        made = self._made(tuple(numbers))
        rows = (held @ made).tocsr()
        rows.sort_indices()
        rows.data = np.log1p(rows.data) * self.rarity[rows.indices]
        length = np.sqrt(rows.multiply(rows).sum(axis=1)).A1
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        return Spread((sparse.diags(scale) @ rows).tocsr(), held, made, tuple(numbers))

    def _made(self, pieces: Sequence[tuple[str, bool]]) -> Any:
        columns: list[int] = []
        ends = [0]
        for text, is_name in pieces:
            found = map(self._place.get, runs(text, is_name=is_name))
            columns.extend(one for one in found if one is not None)
            ends.append(len(columns))
        shape = (len(pieces), len(self.runs))
        return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)


def learned(documents: Sequence[Document]) -> Vocabulary:
    """The vocabulary of the documents: every run at least two of them hold."""
    met: Counter[str] = Counter()
    for document in documents:
        met.update({run for one in document for run in runs(one.text, is_name=one.is_name)})
    kept = tuple(sorted(run for run, count in met.items() if count >= _LEAST))
    counts = np.array([met[run] for run in kept], np.float64)
    return Vocabulary(kept, np.log((1 + len(documents)) / (1 + counts)) + 1)
