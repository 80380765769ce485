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
# The rarest pairs decide; further ones are read while the rows to weigh stay this few, and a
# fuller list is read to its end only when nothing rarer was found.
_MOST_ROWS = 60_000
_LEAST_PAIRS = 2
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

        A pair weighs log(names ÷ names that hold it); a name scores the weights it shares.
        """
        lists = self._lists(text)
        if not lists:
            return []
        weights = [np.log1p(self.names / len(rows)) for rows in lists]
        found, place = np.unique(np.concatenate(lists), return_inverse=True)
        spread = np.repeat(weights, [len(rows) for rows in lists])
        score = np.bincount(place, weights=spread)
        # Equal scores stand in the order of their numbers, which is the order of the names.
        best = np.lexsort((found, -score))[:most]
        return [int(number) for number in found[best]]

    def _lists(self, text: str) -> list["Rows"]:
        asked = np.unique(_pairs(_points(text)))
        at = np.searchsorted(self.keys, asked)
        known = at[(at < len(self.keys)) & (self.keys[np.minimum(at, len(self.keys) - 1)] == asked)]
        sizes = self.starts[known + 1] - self.starts[known]
        kept: list[Rows] = []
        total = 0
        for number in np.argsort(sizes, kind="stable"):
            total += int(sizes[number])
            if total > _MOST_ROWS and len(kept) >= _LEAST_PAIRS:
                break
            start = int(self.starts[known[number]])
            kept.append(np.asarray(self.rows[start : start + int(sizes[number])]))
        return kept


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
