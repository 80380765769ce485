"""The facts of every link of a chain in every city, as the rules of diagnosis ask for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import (
    concentration,
    firms,
    indices,
    linkages,
    offers,
    once,
    spelled_out,
    stores,
)
from yipanqi.engine.conditions import first_true
from yipanqi.engine.doings import Role
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables, Supply
from yipanqi.rulebook.verdicts import VerdictSheet

COLUMNS = ibis.schema(
    {
        "place": "string",
        "link": "string",
        "position": "string",
        "leaders_known": "int64",
        "local_enterprises": "int64",
        "local_traders": "int64",
        "local_capital_wan": "decimal(38, 6)",
        "capital_not_counted": "int64",
        "national_enterprises": "int64",
        "all_local": "int64",
        "all_national": "int64",
        "quotient": "decimal(18, 4)",
        "local_customers": "int64",
        "local_suppliers": "int64",
    }
)
NO_CAPITAL = Decimal(0)
# Raised when the same registry and chains would give other facts than before.
EDITION = 1
_FILE = "facts.parquet"


def kept(registry: Path, tables: ChainTables, session: Backend) -> ir.Table:
    """The facts of every link of all chains in every city, as COLUMNS; made when missing.

    Raises indices.NoRegistry.
    """
    indices.files(registry)
    made_from = f"{EDITION}.{indices.EDITION}.{firms.EDITION}.{offers.EDITION}-{tables.digest[:16]}"
    place = stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry) / f"facts-{made_from}"
    folder = once.made(place, lambda room: _write(registry, tables, session, room))
    table: ir.Table = session.read_parquet(folder / _FILE)
    # DuckDB writes sums of whole numbers as doubles; they are whole all the same.
    return table.cast(COLUMNS)


standing = firms.standing


def members(mentions: ir.Table, enterprises: ir.Table) -> ir.Table:
    """One row per enterprise and link: (id, place, link, trades_only, capital_wan or null).

    Who only uses a link's product is none of the link: it is a customer.
    `capital_wan` only where it is in yuan; amounts in other currencies are not converted.
    """
    doing = mentions.filter(mentions.role != Role.USES.value)
    kept = doing.group_by("id", "link").agg(trades_only=(doing.role == Role.TRADES.value).all())
    yuan = (enterprises.capital_currency == "CNY").ifelse(enterprises.capital_wan, None)
    firms = enterprises.select("id", "place", capital_wan=yuan)
    return kept.join(firms, "id").select("id", "place", "link", "trades_only", "capital_wan")


def offering(offered: ir.Table) -> ir.Table:
    """What `members` gives, from what enterprises offer (offers.COLUMNS)."""
    only = offered.role == Role.TRADES.value  # the closest to making, so there is nothing else
    yuan = (offered.capital_currency == "CNY").ifelse(offered.capital_wan, None)
    return offered.select("id", "place", "link", trades_only=only, capital_wan=yuan)


def link_facts(members: ir.Table, enterprises: ir.Table, tables: ChainTables) -> ir.Table:
    """The facts of each link in each city, as rows of `COLUMNS`.

    `members` as `members` gives them, `enterprises` all that stand, `tables` of one chain or of
    several: what a link shows does not depend on which others are asked for. Whoever
    only sells a link's product is counted apart and makes no link strong. A quotient is null where
    the nation has none of the link; capital is a sum over those that state it in yuan.
    """
    places = enterprises.group_by("place").agg(enterprises=ibis._.count())
    doing = members.filter(~members.trades_only)
    here = doing.group_by("place", "link").agg(
        local_enterprises=doing.count(),
        local_capital_wan=doing.capital_wan.sum(),
        capital_not_counted=doing.capital_wan.isnull().sum(),
    )
    selling = members.filter(members.trades_only)
    traders = selling.group_by("place", "link").agg(local_traders=selling.count())
    nation = doing.group_by("link").agg(national_enterprises=doing.count())
    quotients = concentration.location_quotients(
        here.select("place", "link", enterprises="local_enterprises"), places
    )
    customers = linkages.neighbours(doing, _reach(tables.supplies, of_suppliers=True))
    suppliers = linkages.neighbours(doing, _reach(tables.supplies, of_suppliers=False))
    joined = (
        _grid(places, tables)
        .left_join(here, ["place", "link"]).drop("place_right", "link_right")
        .left_join(traders, ["place", "link"]).drop("place_right", "link_right")
        .left_join(quotients, ["place", "link"]).drop("place_right", "link_right")
        .left_join(customers.rename(local_customers="neighbours"), ["place", "link"])
        .drop("place_right", "link_right")
        .left_join(suppliers.rename(local_suppliers="neighbours"), ["place", "link"])
        .drop("place_right", "link_right")
        .left_join(nation, "link").drop("link_right")
    )  # fmt: skip
    found = _filled(joined)
    assert found.schema() == COLUMNS, found.schema()
    return found


def rules_that_decide(facts: ir.Table, sheet: VerdictSheet) -> ir.StringValue:
    """For each row of facts the id of the rule of the sheet that decides it."""
    return first_true({rule.id: rule.when for rule in sheet.rules}, facts)


def _write(registry: Path, tables: ChainTables, session: Backend, room: Path) -> None:
    there = firms.standing(firms.kept(registry, session))
    offered = offers.kept(registry, TermBook(tables.terms), session)
    found = link_facts(offering(offered), there, tables)
    found.order_by("link", "place").to_parquet(room / _FILE)


def _grid(places: ir.Table, tables: ChainTables) -> ir.Table:
    leaders: dict[str, int] = defaultdict(int)
    for row in tables.leaders:
        leaders[row.link] += 1
    rows = [(row.link, str(row.position), leaders[row.link]) for row in tables.links]
    listed = spelled_out.table(("link", "position", "leaders_known"), rows)
    links = listed.cast({"leaders_known": "int64"})
    whole = places.agg(all_national=places.enterprises.sum())
    cities = places.filter(places.place.notnull()).select("place", all_local="enterprises")
    return cities.cross_join(links).cross_join(whole)


def _filled(joined: ir.Table) -> ir.Table:
    """Counts and sums of nothing are nought; a share of nothing is unknown."""
    counts = (
        "local_enterprises", "local_traders", "capital_not_counted", "national_enterprises",
        "local_customers", "local_suppliers",
    )  # fmt: skip
    filled = joined.mutate(
        **{name: joined[name].fill_null(0) for name in counts},
        local_capital_wan=joined.local_capital_wan.fill_null(0).cast("decimal(38, 6)"),
    )
    quotient = (filled.national_enterprises > 0).ifelse(filled.quotient.fill_null(0), None)
    return filled.mutate(quotient=quotient).select(*COLUMNS.names).cast(COLUMNS)


def _reach(supplies: Iterable[Supply], *, of_suppliers: bool) -> Mapping[str, tuple[str, ...]]:
    """For each link those whose customer it is (of_suppliers), or those whose supplier it is."""
    reach: dict[str, list[str]] = defaultdict(list)
    for row in supplies:
        if of_suppliers:
            reach[row.customer].append(row.supplier)
        else:
            reach[row.supplier].append(row.customer)
    return {link: tuple(sorted(set(near))) for link, near in sorted(reach.items())}
