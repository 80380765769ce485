"""How many enterprises of each link each place had registered by each year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np

from yipanqi.engine.measures.matrices import Floats
from yipanqi.vocab import regions

# One row per place, link and year of registration.
ROWS = ibis.schema({"place": "string", "link": "string", "year": "int64", "enterprises": "int64"})


@dataclass(frozen=True, slots=True)
class Panel:
    """Counts up to and including each year, by year, place and link; rows and columns are sorted.

    `since` is the first year told apart: what is older counts into it.
    """

    since: int
    places: tuple[str, ...]
    links: tuple[str, ...]
    until_year: Floats

    @property
    def last(self) -> int:
        """The last year there are counts for."""
        return self.since + len(self.until_year) - 1

    def stock(self, year: int) -> Floats:
        """All registered up to the end of a year: a row per place, a column per link."""
        return np.asarray(self.until_year[year - self.since])

    def flow(self, years: int, *, until: int) -> Floats:
        """Those registered in the given number of years that end with `until`."""
        return self.stock(until) - self.stock(until - years)

    def before(self, year: int) -> "Panel":
        """The panel as it was known at the end of a year: later rows are gone."""
        kept = self.until_year[: year - self.since + 1]
        return Panel(self.since, self.places, self.links, kept)


def panel(rows: ir.Table, *, since: int, until: int, within: Collection[str]) -> Panel:
    """The panel of rows of ROWS of the places in the provinces `within`, up to a year."""
    known = rows.filter(
        rows.place.notnull(), rows.year <= until, rows.place.left(2).isin([p[:2] for p in within])
    ).to_pyarrow()
    places, row = _numbered(known["place"].to_pylist())
    links, column = _numbered(known["link"].to_pylist())
    year = np.maximum(known["year"].to_numpy(), since) - since
    counts = np.zeros((until - since + 1, len(places), len(links)))
    np.add.at(counts, (year, row, column), known["enterprises"].to_numpy())
    return Panel(since, places, links, counts.cumsum(axis=0))


def complete_provinces(
    gaps: Mapping[str, Sequence[int]], *, since: int, until: int
) -> tuple[str, ...]:
    """The provinces of the registry without a missing year in the period, by code.

    `gaps` as in the manifest: for each province the years that are missing.
    """
    missing = {province: set(years) for province, years in gaps.items()}
    period = set(range(since, until + 1))
    return tuple(
        one.code
        for one in regions.provinces()
        if one.code in missing and not missing[one.code] & period
    )


def _numbered(
    values: list[str],
) -> tuple[tuple[str, ...], "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    names = sorted(set(values))
    number = {name: index for index, name in enumerate(names)}
    return tuple(names), np.array([number[value] for value in values], dtype=np.int64)
