"""An index of names by their pairs of neighbouring characters, in plain arrays on disk."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
    Rows = npt.NDArray[np.uint32]

_SHIFT = 21  # bits of a code point
_BREAK = ord("\n")
# Names that hold one of the rarest pairs are weighed: at least of so many pairs, and of further
# ones while the names stay this few. A slip spoils two pairs, so that three are the least.
_MOST_ROWS, _LEAST_PAIRS = 20_000, 3
_COMMON = 20  # a pair that more than one name in twenty holds (公司, 贸易) tells nothing
_DIGITS = 6
_KEYS, _STARTS, _ROWS = "keys.npy", "starts.npy", "rows.npy"


@dataclass(frozen=True, slots=True)
class Bigrams:
    """For each pair of characters, the numbers of the names that hold it."""

    keys: "Numbers"
    starts: "Numbers"
    rows: "Rows"
    names: int

    def nearest(self, text: str, most: int) -> list[int]:
        """The numbers of the names that share the rarest pairs with the text, best first.

        A pair weighs log(1 + names ÷ names that hold it); a name scores the weights it shares.
        Only names that share one of the text's rarer pairs are weighed at all.
        """
        lists = self._lists(text)
        if not lists:
            return []
        asked = _distinct(np.concatenate(_rarest(lists)))
        score = np.zeros(len(asked))
        for rows in lists:
            at = np.minimum(np.searchsorted(rows, asked), len(rows) - 1)
            score += (rows[at] == asked) * np.log1p(self.names / len(rows))
        # Equal scores stand in the order of their numbers, which is the order of the names.
        best = np.argsort(-score.round(_DIGITS), kind="stable")[:most]
        return [int(number) for number in asked[best]]

    def _lists(self, text: str) -> list["Rows"]:
        """The rows of each pair of the text, the rarest first; a common one for want of others."""
        asked = np.unique(_pairs(_points(text)))
        at = np.searchsorted(self.keys, asked)
        near = np.minimum(at, len(self.keys) - 1)
        known = near[self.keys[near] == asked] if len(self.keys) else near[:0]
        starts, stops = self.starts[known], self.starts[known + 1]
        order = np.argsort(stops - starts, kind="stable")
        lists = [self.rows[starts[number] : stops[number]] for number in order]
        most = max(self.names // _COMMON, _MOST_ROWS)
        rare = [rows for rows in lists if len(rows) <= most]
        return [np.asarray(rows) for rows in rare or lists[:1]]


def _distinct(rows: "Rows") -> "Rows":
    """The rows in order, each once; numpy's own unique takes 25 times as long."""
    rows = np.sort(rows)
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = rows[1:] != rows[:-1]
    return rows[fresh]


def _rarest(lists: list["Rows"]) -> list["Rows"]:
    total = np.cumsum([len(rows) for rows in lists])
    enough = max(int(np.searchsorted(total, _MOST_ROWS, side="right")), _LEAST_PAIRS)
    return lists[:enough]


def write(names: pa.ChunkedArray, folder: Path) -> None:
    """Write the index of the names into the folder; a name's number is its place among them."""
    points = _points("\n".join(names.to_pylist()))
    row = np.cumsum(points == _BREAK, dtype=np.uint32)[:-1]
    keys = _pairs(points)
    inside = (points[:-1] != _BREAK) & (points[1:] != _BREAK)
    keys, row = keys[inside], row[inside]
    order = np.argsort(keys, kind="stable")
    keys, row = keys[order], row[order]
    # A name that holds a pair twice stands once.
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (row[1:] != row[:-1])
    keys, row = keys[fresh], row[fresh]
    distinct, starts = np.unique(keys, return_index=True)
    np.save(folder / _KEYS, distinct)
    np.save(folder / _STARTS, np.append(starts, len(keys)).astype(np.int64))
    np.save(folder / _ROWS, row)


def read(folder: Path, names: int) -> Bigrams:
    """The index in the folder, mapped into memory rather than loaded."""
    keys, starts = np.load(folder / _KEYS), np.load(folder / _STARTS)
    return Bigrams(keys, starts, np.load(folder / _ROWS, mmap_mode="r"), names)


def _points(text: str) -> "Numbers":
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)


def _pairs(points: "Numbers") -> "Numbers":
    return (points[:-1] << _SHIFT) | points[1:]
