"""All measures of one city side by side, by link of the pack's chains or by class of GB/T 4754."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from yipanqi.engine import concentration, gaps, indices, sessions
from yipanqi.engine.measures import (
    advantage,
    complexity,
    herfindahl,
    krugman,
    matrices,
    relatedness,
    shares,
    trends,
)
from yipanqi.engine.measures.trends import Judgement
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables
from yipanqi.vocab.regions import Region

YEARS = 10
_CLASS_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A link (or class) in the city; what cannot be measured is None."""

    link: str
    enterprises: int
    quotient: Decimal
    advantage: Decimal
    share: Decimal
    standing: int
    density: Decimal
    complexity: Decimal | None
    concentration: Decimal
    trend: Judgement


@dataclass(frozen=True, slots=True)
class Profile:
    """A city's measures: of the whole, and of each link it has an enterprise of.

    `missing` are the years of the last ten that the registry lacks for the city's province.
    """

    city: Region
    as_of: str | None
    synthetic: bool
    concentration: Decimal | None
    difference: Decimal | None
    complexity: Decimal | None
    missing: tuple[int, ...]
    rows: tuple[Row, ...]


def profile(
    registry: Path, tables: ChainTables, *, city: Region, chain: str | None, by_class: bool
) -> Profile:
    """The measures of a city over all links of the tables; rows of one chain when it is given.

    Whoever only trades a link's product is left out. By class, links are the two-digit classes of
    GB/T 4754-2017 that the pack gives its links, and an enterprise counts once in a class.
    Raises indices.NoRegistry.
    """
    says = indices.manifest(registry)
    with sessions.measures() as session:
        firms = gaps.standing(indices.enterprises(registry, session))
        mentions = indices.mentions(registry, TermBook(tables.terms), session)
        doing = gaps.members(mentions, firms)
        kept = doing.filter(~doing.trades_only, doing.place.notnull())
        named = _classed(kept, tables) if by_class else kept
        # Let go before the session ends, else it would be dropped from a closed connection.
        with named.join(firms.select("id", "registered"), "id").cache() as members:
            found = _measured(members, firms, city, says)
    wanted = None if chain is None else {one.link for one in tables.only(chain).links}
    if wanted is None or by_class:
        return found
    rows = tuple(row for row in found.rows if row.link in wanted)
    return replace(found, rows=rows)


def _classed(members: ir.Table, tables: ChainTables) -> ir.Table:
    classes = {
        row.link: sorted({code[:_CLASS_DIGITS] for code in row.classes}) for row in tables.links
    }
    none = ibis.literal([], "array<string>")
    branches = [(link, ibis.literal(codes, "array<string>")) for link, codes in classes.items()]
    spread = members.select(
        "id", "place", "capital_wan", link=members.link.cases(*branches, else_=none).unnest()
    )
    return spread.distinct()


def _measured(members: ir.Table, firms: ir.Table, city: Region, says: Mapping[str, Any]) -> Profile:
    counted = members.group_by("place", "link").agg(
        enterprises=members.count(), capital_wan=members.capital_wan.sum()
    )
    places = firms.group_by("place").agg(enterprises=firms.count())
    measured = _by_link(counted, places, city)
    of_links = {
        r["link"]: r["index"] for r in herfindahl.of_links(counted).to_pyarrow().to_pylist()
    }
    space, here_complexity = _space(counted, city)
    missing, judged = _trends(members, city, says)
    rows = [
        Row(
            link=link,
            enterprises=one["enterprises"],
            quotient=one["quotient"],
            advantage=one["advantage"],
            share=one["share"],
            standing=one["standing"],
            density=space[link][0],
            complexity=space[link][1],
            concentration=of_links[link],
            trend=judged[link],
        )
        for link, one in measured.items()
    ]
    return Profile(
        city=city,
        as_of=says.get("as_of"),
        synthetic=bool(says.get("synthetic")),
        concentration=_of(herfindahl.of_places(counted), city, "index"),
        difference=_of(krugman.from_the_rest(counted), city, "difference"),
        complexity=here_complexity,
        missing=missing,
        rows=tuple(sorted(rows, key=lambda row: (-row.advantage, row.link))),
    )


def _by_link(counted: ir.Table, places: ir.Table, city: Region) -> dict[str, dict[str, Any]]:
    measured: dict[str, dict[str, Any]] = {}
    for table in (
        counted,
        concentration.location_quotients(counted, places),
        advantage.revealed_advantages(counted),
        shares.market_shares(counted),
    ):
        for row in table.filter(table.place == city.code).to_pyarrow().to_pylist():
            measured.setdefault(row["link"], {}).update(row)
    return measured


def _of(table: ir.Table, city: Region, column: str) -> Decimal | None:
    found: list[Decimal] = table.filter(table.place == city.code).to_pyarrow()[column].to_pylist()
    return found[0] if found else None


def _space(
    counted: ir.Table, city: Region
) -> tuple[dict[str, tuple[Decimal, Decimal | None]], Decimal | None]:
    """By link the city's density and the link's complexity, and the city's own complexity."""
    matrix = matrices.matrix(counted)
    if city.code not in matrix.places:
        return {}, None
    here = matrix.places.index(city.code)
    has = matrices.specialities(matrix.enterprises)
    density = relatedness.densities(has, relatedness.proximities(has))[here]
    try:
        asked = complexity.complexities(has)
        of_place, of_links = asked.of_places[here], asked.of_links
    except complexity.NotConnected:
        of_place, of_links = np.nan, np.full(len(matrix.links), np.nan)
    rows = zip(matrix.links, density, of_links, strict=True)
    space = {link: (Decimal(f"{near:.4f}"), _known(asks)) for link, near, asks in rows}
    return space, _known(of_place)


def _known(value: float) -> Decimal | None:
    return None if np.isnan(value) else Decimal(f"{value:.4f}")


def _trends(
    members: ir.Table, city: Region, says: Mapping[str, Any]
) -> tuple[tuple[int, ...], dict[str, Judgement]]:
    """The missing years of the last ten, and the trend of each link there."""
    here = members.filter(members.place == city.code)
    rows = here.group_by("link", year=here.registered.year()).agg(enterprises=here.count())
    counts: dict[str, dict[int, int]] = {}
    for row in rows.to_pyarrow().to_pylist():
        counts.setdefault(row["link"], {})[row["year"]] = row["enterprises"]
    told = [year for years in counts.values() for year in years if year is not None]
    until = int(str(says["as_of"])[:4]) if says.get("as_of") else max(told, default=YEARS)
    since = until - YEARS + 1
    gone: Sequence[int] = says.get("gaps", {}).get(city.province_code, ())
    missing = tuple(year for year in range(since, until + 1) if year in gone)
    return missing, {
        link: trends.judge(years, missing, since=since, until=until)
        for link, years in counts.items()
    }
