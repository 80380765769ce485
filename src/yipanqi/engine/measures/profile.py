"""All measures of one city side by side, by link of the pack's chains or by class of GB/T 4754."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from yipanqi.engine import cities, firms, gaps, indices, sessions
from yipanqi.engine.cities import Ground
from yipanqi.engine.measures import (
    coverage,
    herfindahl,
    krugman,
    link_trends,
    movement,
    proximity,
    side_by_side,
)
from yipanqi.engine.measures.link_trends import LinkTrend
from yipanqi.engine.measures.movement import Moved, Movement
from yipanqi.engine.measures.proximity import Near
from yipanqi.engine.measures.side_by_side import Standing
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables
from yipanqi.vocab.regions import Region

YEARS = link_trends.JUDGED
_CLASS_DIGITS = 2
_NOT_MOVED = Moved(None, None, None)


@dataclass(frozen=True, slots=True)
class Row:
    """A link (or class) in the city, and the nearest city strong in each link that supplies it.

    What cannot be measured is None; `suppliers` is empty by class.
    """

    link: str
    standing: Standing
    trend: LinkTrend
    moved: Moved
    suppliers: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A city's measures: of the whole, and of each link it has an enterprise of.

    `difference` is from all other cities, `apart` from the one city set `beside` it. `missing` are
    the years of the last ten that the registry lacks for the city's province.
    """

    city: Region
    as_of: str | None
    synthetic: bool
    concentration: Decimal | None
    difference: Decimal | None
    beside: Region | None
    apart: Decimal | None
    complexity: Decimal | None
    missing: tuple[int, ...]
    movement: Movement
    rows: tuple[Row, ...]


def profile(
    ground: Ground,
    *,
    city: Region,
    chain: str | None = None,
    by_class: bool = False,
    beside: Region | None = None,
) -> Profile:
    """The measures of a city over all links of the chains; rows of one chain when it is given.

    Whoever only trades a link's product is left out. By class, links are the two-digit classes of
    GB/T 4754-2017 that the pack gives its links, and an enterprise counts once in a class.
    Raises indices.NoRegistry.
    """
    tables = ground.tables
    with sessions.measures() as session:
        every = firms.kept(ground.registry, session)
        mentions = indices.mentions(ground.registry, TermBook(tables.terms), session)
        said = link_trends.doing(mentions)
        named = _classed(said, tables) if by_class else said
        # Let go before the session ends, else it would be dropped from a closed connection.
        with named.cache() as doing:
            found = _measured(doing, every, city, indices.manifest(ground.registry), beside)
    if by_class:
        return found
    chains = [chain] if chain else [one.chain for one in tables.chains]
    wanted = {one.link for name in chains for one in tables.only(name).links}
    near = _suppliers(ground, chains, city)
    rows = [replace(row, suppliers=near.get(row.link, ())) for row in found.rows]
    return replace(found, rows=tuple(row for row in rows if row.link in wanted))


def _classed(doing: ir.Table, tables: ChainTables) -> ir.Table:
    classes = {
        row.link: sorted({code[:_CLASS_DIGITS] for code in row.classes}) for row in tables.links
    }
    none = ibis.literal([], "array<string>")
    branches = [(link, ibis.literal(codes, "array<string>")) for link, codes in classes.items()]
    spread = doing.select("id", link=doing.link.cases(*branches, else_=none).unnest())
    return spread.distinct()


def _measured(
    doing: ir.Table, every: ir.Table, city: Region, says: Mapping[str, Any], beside: Region | None
) -> Profile:
    standing = gaps.standing(every)
    yuan = (standing.capital_currency == "CNY").ifelse(standing.capital_wan, None)
    members = doing.join(standing.select("id", "place", capital_wan=yuan), "id")
    members = members.filter(members.place.notnull())
    counted = members.group_by("place", "link").agg(
        enterprises=members.count(), capital_wan=members.capital_wan.sum()
    )
    with counted.cache() as table:
        here, of_city = side_by_side.of_city(table, standing, city)
        counts = link_trends.counted(doing, every, span=link_trends.years_drawn(says))
        trends = link_trends.of_city(counts, city=city, links=here, says=says)
        cover, years = coverage.cover(says), link_trends.years_judged(says)
        moved = movement.of_city(doing, every, city=city, cover=cover, years=years)
        rows = [
            Row(link, one, trends[link], moved.links.get(link, _NOT_MOVED), ())
            for link, one in here.items()
        ]
        return Profile(
            city=city,
            as_of=says.get("as_of"),
            synthetic=bool(says.get("synthetic")),
            concentration=_of(herfindahl.of_places(table), city, "index"),
            difference=_of(krugman.from_the_rest(table), city, "difference"),
            beside=beside,
            apart=_apart(table, city, beside),
            complexity=of_city,
            missing=tuple(year for year in years if _is_missing(cover, city, year)),
            movement=moved,
            rows=tuple(sorted(rows, key=lambda row: (-row.standing.advantage, row.link))),
        )


def _apart(counted: ir.Table, city: Region, beside: Region | None) -> Decimal | None:
    """Krugman's index of the two; None when one has nothing or there is no other."""
    if beside is None:
        return None
    return _of(krugman.from_place(counted, city.code), beside, "difference")


def _is_missing(cover: coverage.Cover, city: Region, year: int) -> bool:
    return cover.of(city.province_code, year) is coverage.Coverage.MISSING


def _of(table: ir.Table, city: Region, column: str) -> Decimal | None:
    found: list[Decimal] = table.filter(table.place == city.code).to_pyarrow()[column].to_pylist()
    return found[0] if found else None


def _suppliers(ground: Ground, chains: list[str], city: Region) -> Mapping[str, tuple[Near, ...]]:
    """By link the nearest city strong in each link that supplies it, strong by the pack's rules."""
    cities.kept(ground)
    found: dict[str, tuple[Near, ...]] = {}
    for chain in chains:
        strong = cities.strong_places(ground, chain)
        supplies: dict[str, list[str]] = {}
        for row in ground.tables.only(chain).supplies:
            supplies.setdefault(row.customer, []).append(row.supplier)
        for link, suppliers in supplies.items():
            found[link] = proximity.nearest(strong, suppliers, city=city, count=1)
    return found
