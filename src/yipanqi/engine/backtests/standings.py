"""Where every group stood at the end of a year: nothing registered later is looked at."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from yipanqi.engine.backtests.arrays import Flags, Floats, Integers
from yipanqi.engine.backtests.histories import History
from yipanqi.vocab import regions

# How far back “lately” reaches, in years.
LATELY = 3


@dataclass(frozen=True)
class Standing:
    """The heads that exist at the end of `year`, one array each; `heads` numbers them in history.

    `present` has a row for each head and a column for each place, 1 where it is registered;
    `before` the same `LATELY` years earlier, `last_year` one year earlier.
    """

    year: int
    heads: Integers
    places: tuple[str, ...]
    present: sparse.csr_matrix
    before: sparse.csr_matrix
    last_year: sparse.csr_matrix
    entities: Integers
    capital_wan: Floats
    first_year: Integers
    latest_year: Integers
    home: Integers
    is_seated: Flags
    trade: Integers
    family: Integers
    is_industrial: Flags
    is_roll_out: Flags

    @cached_property
    def cities(self) -> Integers:
        """In how many places each head is."""
        return many(self.present)

    @cached_property
    def provinces(self) -> Integers:
        """In how many provinces each head is."""
        return many(self.present @ self.province_of)

    @cached_property
    def province_of(self) -> sparse.csr_matrix:
        """A row for each place with 1 in the column of its province."""
        codes = sorted({code[:2] for code in self.places})
        columns = [codes.index(code[:2]) for code in self.places]
        ones = np.ones(len(columns))
        return sparse.csr_matrix((ones, (np.arange(len(columns)), columns)))

    def column(self, place: int) -> Flags:
        """Which heads are in a place."""
        rows = self.by_place.indices[self.by_place.indptr[place] : self.by_place.indptr[place + 1]]
        found = np.zeros(len(self.heads), bool)
        found[rows] = True
        return found

    @cached_property
    def by_place(self) -> sparse.csc_matrix:
        """`present` column by column."""
        return self.present.tocsc()

    def outside(self, place: int) -> Integers:
        """The heads that are somewhere else and not in the place.

        One known only to be somewhere in the province may be in the city: it is left out.
        """
        around = self.places.index(self.places[place][:2] + "0000")
        unclear = self.column(around) & (self.cities == 1)
        return np.flatnonzero(~self.column(place) & ~unclear)


def standing(history: History, year: int) -> Standing:
    """Every head as it stood at the end of the year, from rows registered by then alone."""
    kept = history.year <= year
    head, place, when = history.head[kept], history.place[kept], history.year[kept]
    heads, row = np.unique(head, return_inverse=True)
    size = (len(heads), len(history.places))
    first, latest = np.full(len(heads), year), np.zeros(len(heads), np.int64)
    np.minimum.at(first, row, when)
    np.maximum.at(latest, row, when)
    entities = np.bincount(row, history.entities[kept], len(heads)).astype(np.int64)
    capital = np.full(len(heads), np.nan)
    np.fmax.at(capital, row, history.capital_wan[kept])
    home, is_seated = _homes(row, place, when, history.is_seat[kept])
    return Standing(
        year=year,
        heads=heads,
        places=history.places,
        present=_presence(row, place, size),
        before=_presence(row[when <= year - LATELY], place[when <= year - LATELY], size),
        last_year=_presence(row[when < year], place[when < year], size),
        entities=entities,
        capital_wan=capital,
        first_year=first,
        latest_year=latest,
        home=home,
        is_seated=is_seated,
        trade=history.heads.trade[heads],
        family=history.heads.family[heads],
        is_industrial=history.heads.is_industrial[heads],
        is_roll_out=history.heads.is_roll_out[heads],
    )


def entered(history: History, standing: Standing, place: int, *, until: int) -> Flags:
    """Which heads of the standing are first registered in the place after its year, by `until`."""
    asked = (history.place == place) & (history.year <= until)
    when = np.full(len(history.heads.names), until + 1)
    np.minimum.at(when, history.head[asked], history.year[asked])
    came = when[standing.heads]
    return (came > standing.year) & (came <= until)


def many(matrix: sparse.csr_matrix) -> Integers:
    """How many columns each row is marked in."""
    counts: Integers = np.diff(matrix.tocsr().indptr).astype(np.int64)
    return counts


def place_of(standing: Standing, code: str) -> int:
    """The number of a city's column. Raises KeyError when the code is no region's."""
    if code not in regions.by_code():
        raise KeyError(code)
    return standing.places.index(code)


def _homes(row: Integers, place: Integers, when: Integers, seat: Flags) -> tuple[Integers, Flags]:
    """Each head's city: that of its own oldest row, else of its oldest branch."""
    order = np.lexsort((place, when, ~seat, row))
    _, opens = np.unique(row[order], return_index=True)
    return place[order][opens], seat[order][opens]


def _presence(row: Integers, place: Integers, size: tuple[int, int]) -> sparse.csr_matrix:
    ones = np.ones(len(row), np.float64)
    found = sparse.csr_matrix((ones, (row, place)), shape=size)
    found.sum_duplicates()
    found.data[:] = 1.0
    found.sort_indices()
    return found
