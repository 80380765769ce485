"""Places against links as a matrix: what the measures by linear algebra work on."""

from dataclasses import dataclass
from typing import TypeAlias

import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts of enterprises, a row per place and a column per link, both in order of their codes.

    No row and no column is empty.
    """

    places: tuple[str, ...]
    links: tuple[str, ...]
    enterprises: Floats


def matrix(members: ir.Table) -> Matrix:
    """The matrix of a table with one row per place and link and the number of `enterprises`."""
    rows = members.filter(members.place.notnull(), members.enterprises > 0).to_pyarrow()
    place, link = rows["place"].to_pylist(), rows["link"].to_pylist()
    places, row = np.unique(np.array(place, dtype=object), return_inverse=True)
    links, column = np.unique(np.array(link, dtype=object), return_inverse=True)
    counts = np.zeros((len(places), len(links)))
    np.add.at(counts, (row, column), rows["enterprises"].to_numpy())
    return Matrix(tuple(places), tuple(links), counts)


def advantages(counts: Floats) -> Floats:
    """Revealed comparative advantage of each place in each link; 0 where either has nothing.

    Source: as in `advantage`, which gives the same as a table.
    """
    here, in_it = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    expected = here * in_it
    ratio = np.zeros_like(counts)
    np.divide(counts * counts.sum(), expected, out=ratio, where=expected > 0)
    return ratio


def specialities(counts: Floats) -> Floats:
    """1 where a place has a link as a speciality (advantage of 1 or more), else 0.

    Compared in whole numbers: no rounding can tip a place over the line.
    """
    here, in_it = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    has = (counts * counts.sum() >= here * in_it) & (counts > 0)
    return np.asarray(has, dtype=np.float64)
