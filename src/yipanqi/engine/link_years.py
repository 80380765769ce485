"""How many of each link each place registered in each year: counted once and kept."""

from collections.abc import Collection, Mapping
from pathlib import Path

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import firms, indices, once, stores
from yipanqi.engine.measures import link_trends
from yipanqi.engine.measures.link_trends import LinkTrend
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables
from yipanqi.vocab.regions import Region

# Raised when the same registry and terms would be counted otherwise than before.
EDITION = 1
_FILE = "years.parquet"


def kept(registry: Path, tables: ChainTables, session: Backend) -> ir.Table:
    """The counts of all links of the chains, as link_trends.COLUMNS; made when missing.

    Raises indices.NoRegistry.
    """
    book = TermBook(tables.terms)
    made_from = f"{EDITION}.{indices.EDITION}.{firms.EDITION}-{book.digest[:16]}"
    place = stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry) / f"years-{made_from}"

    def make(room: Path) -> None:
        doing = link_trends.doing(indices.mentions(registry, book, session))
        span = link_trends.years_drawn(indices.manifest(registry))
        found = link_trends.counted(doing, firms.kept(registry, session), span=span)
        found.order_by("link", "year", "place").to_parquet(room / _FILE)

    indices.files(registry)
    table: ir.Table = session.read_parquet(once.made(place, make) / _FILE)
    return table


def trends(
    registry: Path, tables: ChainTables, session: Backend, *, city: Region, links: Collection[str]
) -> Mapping[str, LinkTrend]:
    """The trend in the city of each of the links, by code, from the kept counts."""
    says = indices.manifest(registry)
    counts = kept(registry, tables, session)
    return link_trends.of_city(counts, city=city, links=links, says=says)
