"""Scopes of made-up enterprises: what a trade does, links of chains, lists of goods, boilerplate.

A batch is drawn column by column: a scope is put together from clauses that stand in tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import permutations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from yipanqi.engine.registry import made_up_words as words

# Terms by link by chain.
Terms = Mapping[str, Mapping[str, Sequence[str]]]
Places = npt.NDArray[np.int64]

# A quarter speaks of some link of a chain; the rest is trade, building, services.
_CHAIN_SHARE = 0.25
_DEALER_SHARE = 0.2
_NEGATED_SHARE = 0.03
# Lists of goods, which hardly repeat, so that a third of all sentences is the only one of its
# wording; in the nation's 2.7 million registrations up to 2016 it is 36 %.
_LISTED_SHARES = (0.8, 0.4)
_IN_LIST_SHARE = 0.4
_GOODS_FROM, _GOODS_TO = 3, 5
_MOST_TERMS = 3


class Clauses:
    """All clauses a scope may be put together from, given the terms of chains."""

    def __init__(self, terms: Terms, strengths: npt.NDArray[np.float64]) -> None:
        """Take how strong each link is (columns, in the order of `terms`) in each city (rows)."""
        links = [list(told) for chain in terms.values() for told in chain.values()]
        self._counts = np.array([len(told) for told in links])
        self._starts = np.cumsum(self._counts) - self._counts
        every = [term for told in links for term in told]
        self._patterns = (*words.MAKING, *words.DEALING, *words.NOT_DOING)
        self._spoken = _texts(shape.format(term) for term in every for shape in self._patterns)
        self._has_links = strengths.sum(axis=1) > 0
        totals = np.maximum(strengths.sum(axis=1, keepdims=True), 1e-12)
        # One line of all cities: the part of a city lies between its number and the next.
        city = np.arange(len(strengths))[:, None]
        self._line = (np.cumsum(strengths, axis=1) / totals + city).ravel()

    def scopes(self, draw: np.random.Generator, city: Places) -> tuple[pa.Array, Places]:
        """The scope of one enterprise in each city told, and the number of its word for the name.

        The number is a place in `names`.
        """
        rows = len(city)
        trade = _picked(draw, rows, len(words.TRADES))
        in_chain = (draw.random(rows) < _CHAIN_SHARE) & self._has_links[city]
        named = np.where(
            in_chain, len(words.TRADES) + _picked(draw, rows, len(words.CHAIN_WORDS)), trade
        )
        parts = [
            *self._of_chain(draw, city, in_chain),
            *(self._list(draw, rows, share) for share in _LISTED_SHARES),
            self._of_trade(draw, trade, short=in_chain),
            self._negated(draw, rows, in_chain),
        ]
        body = pc.binary_join_element_wise(*parts, "；", null_handling="skip")
        tails = pa.array([tail or "。" for tail in words.BOILERPLATE])
        tail = tails.take(pa.array(_picked(draw, rows, len(words.BOILERPLATE))))
        return pc.binary_join_element_wise(body, tail, ""), named

    @cached_property
    def names(self) -> pa.Array:
        """The words of names: of the trades, then of enterprises in chains."""
        return _texts((*(trade for trade, _ in words.TRADES), *words.CHAIN_WORDS))

    def _of_chain(
        self, draw: np.random.Generator, city: Places, wanted: npt.NDArray[np.bool_]
    ) -> list[pa.Array]:
        """One to three clauses of one link; null where no link is spoken of."""
        rows = len(city)
        link = np.searchsorted(self._line, city + draw.random(rows), side="right")
        link = np.minimum(link - city * len(self._counts), len(self._counts) - 1)
        count = self._counts[link]
        term = _picked(draw, rows, count)
        many = np.minimum(1 + _picked(draw, rows, _MOST_TERMS), count)
        deals = draw.random(rows) < _DEALER_SHARE
        clauses = []
        for number in range(_MOST_TERMS):
            shape = np.where(
                deals,
                len(words.MAKING) + _picked(draw, rows, len(words.DEALING)),
                _picked(draw, rows, len(words.MAKING)),
            )
            # The next term of the link, so that none is named twice.
            place = self._starts[link] + (term + number) % count
            clause = self._spoken.take(pa.array(place * len(self._patterns) + shape))
            if not number:
                clause = _behind_goods(draw, clause)
            clauses.append(_only(clause, wanted & (number < many)))
        return clauses

    def _negated(
        self, draw: np.random.Generator, rows: int, in_chain: npt.NDArray[np.bool_]
    ) -> pa.Array:
        term = _picked(draw, rows, int(self._counts.sum()))
        first = len(words.MAKING) + len(words.DEALING)
        shape = first + _picked(draw, rows, len(words.NOT_DOING))
        said = self._spoken.take(pa.array(term * len(self._patterns) + shape))
        return _only(said, ~in_chain & (draw.random(rows) < _NEGATED_SHARE))

    def _of_trade(
        self, draw: np.random.Generator, trade: Places, *, short: npt.NDArray[np.bool_]
    ) -> pa.Array:
        """Some of what the trade does, in any order; one clause where `short`."""
        texts, starts, counts, sizes = _orders()
        size = np.where(short, 1, 1 + _picked(draw, len(trade), sizes[trade]))
        place = starts[trade, size] + _picked(draw, len(trade), counts[trade, size])
        return texts.take(pa.array(place))

    def _list(self, draw: np.random.Generator, rows: int, share: float) -> pa.Array:
        """A clause that names goods and sells them, in a share of the rows."""
        verbs = _texts(words.LISTED).take(pa.array(_picked(draw, rows, len(words.LISTED))))
        listed = pc.binary_join_element_wise(_goods(draw, rows), verbs, "")
        return _only(listed, draw.random(rows) < share)


def _behind_goods(draw: np.random.Generator, clauses: pa.Array) -> pa.Array:
    """Some of the clauses at the end of a list, so that their sentences hardly repeat."""
    rows = len(clauses)
    goods = _only(_goods(draw, rows), draw.random(rows) < _IN_LIST_SHARE)
    return pc.binary_join_element_wise(goods, clauses, "、", null_handling="skip")


def _goods(draw: np.random.Generator, rows: int) -> pa.Array:
    """Some goods of daily life."""
    every = _texts(kind + one for one in words.GOODS for kind in words.GOODS_OF)
    several = draw.integers(_GOODS_FROM, _GOODS_TO + 1, rows)
    named = [
        _only(every.take(pa.array(_picked(draw, rows, len(every)))), several > number)
        for number in range(_GOODS_TO)
    ]
    return pc.binary_join_element_wise(*named, "、", null_handling="skip")


@cache
def _orders() -> tuple[pa.Array, Places, Places, Places]:
    """The clauses of each trade in every order, as texts.

    By trade and how many of its clauses, the first text and how many texts there are; at last how
    many clauses each trade has.
    """
    bodies: list[str] = []
    sizes = [len(clauses) for _, clauses in words.TRADES]
    starts = np.zeros((len(sizes), max(sizes) + 1), np.int64)
    counts = np.zeros_like(starts)
    for trade, (_, clauses) in enumerate(words.TRADES):
        for size in range(1, len(clauses) + 1):
            starts[trade, size] = len(bodies)
            bodies.extend(map("；".join, permutations(clauses, size)))
            counts[trade, size] = len(bodies) - starts[trade, size]
    return _texts(bodies), starts, counts, np.array(sizes)


def _picked(draw: np.random.Generator, rows: int, among: int | Places) -> Places:
    """A place from 0 below `among`, for each row."""
    picked: Places = (draw.random(rows) * among).astype(np.int64)
    return picked


def _only(texts: pa.Array, wanted: npt.NDArray[np.bool_]) -> pa.Array:
    return pc.if_else(pa.array(wanted), texts, None)


def _texts(texts: Iterator[str] | Sequence[str]) -> pa.Array:
    return pa.array(list(texts), pa.string())
