"""The steps each enterprise's group has taken outside its own city, kept once per snapshot."""

from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import firms, groups, indices, once, stores
from yipanqi.engine.doings import Role
from yipanqi.engine.groups import Relation
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables

# Raised when the same registry and book would be counted otherwise than before.
EDITION = 1
_FILE = "steps.parquet"
# Below this a shared brand does not make two companies one group.
SURE = "0.60"
# Establishments of the group in other places than the enterprise's own, those since ceased too:
# `places` counts the places, the others establishments, each under one heading.
COLUMNS = ibis.schema(
    {
        "id": "string",
        "places": "int64",
        "plants": "int64",
        "functions": "int64",
        "companies": "int64",
        "branches": "int64",
        "capital_wan": "decimal(20, 6)",
    }
)
_COUNTS = ("places", "plants", "functions", "companies", "branches")
_WORKS = r"(分厂|工厂|制造厂|生产厂|制造基地|生产基地)"
_FUNCTION = r"(研究院|研究中心|研发中心|技术中心|总部|结算中心|采购中心|财务中心|营销中心)"
# Who sells or represents repeats its company's scope, "生产" included, and makes nothing.
_FRONT = r"(销售|营销|贸易|办事处|代表处|联络处|营业部|门市部|经营部|专卖店|分店|服务部|售后)"


def kept(registry: Path, tables: ChainTables, session: Backend) -> ir.Table:
    """The steps of every enterprise, as COLUMNS; made when missing. Raises indices.NoRegistry."""
    book = TermBook(tables.terms)
    said = indices.mentions(registry, book, session)
    place = stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry)
    folder = once.made(
        place / f"steps-{EDITION}-{book.digest[:16]}",
        lambda room: _write(registry, said, session, room),
    )
    table: ir.Table = session.read_parquet(folder / _FILE)
    return table


def grouped(enterprises: ir.Table, members: ir.Table) -> ir.Table:
    """The enterprises with `circle`, the group they surely belong to, else their own company.

    `enterprises` has id and head, `members` as groups.MEMBERS. Adds relation, confidence and
    `tie`, the reason.
    """
    known = members.select(
        "id",
        "relation",
        "confidence",
        company="head",
        circle=_sure(members).ifelse(members["group"], members["head"]),
        tie=_sure(members).ifelse(members.reason, ibis.null("string")),
    )
    return enterprises.join(known, "id")


def steps(enterprises: ir.Table, members: ir.Table, makers: ir.Table) -> ir.Table:
    """One row per enterprise, as COLUMNS.

    `enterprises` as firms.kept gives them, `members` as groups.MEMBERS, `makers` the ids of those
    whose scope says they make something the chains know. `capital_wan` is the enterprise's own
    registered capital in 万元 yuan, for a branch its company's; null where neither says.
    """
    joined = (
        grouped(enterprises, members).left_join(makers.mutate(makes=True), "id").drop("id_right")
    )
    told = joined.mutate(
        here=joined.city_code.coalesce(joined.province_code).fill_null(""),
        heading=_heading(joined),
        wan=((joined.capital_currency == "CNY") & (joined.capital_wan > 0)).ifelse(
            joined.capital_wan, None
        ),
    )
    local = told.group_by("circle", "here").agg(places=ibis.literal(1, "int64"), **_counts(told))
    whole = told.group_by("circle").agg(places=told.here.nunique(), **_counts(told))
    owned = told.filter(told.relation != Relation.BRANCH.value).group_by("company")
    capital = owned.agg(company_wan=lambda table: table.wan.max())
    ours = told.select(
        "id", "circle", "here", "company",
        own_wan=(told.relation == Relation.BRANCH.value).ifelse(None, told.wan),
    )  # fmt: skip
    beside = (
        ours.join(whole, "circle")
        .join(local.rename({f"own_{name}": name for name in _COUNTS}), ["circle", "here"])
        .left_join(capital, "company")
    )
    found = beside.select(
        "id",
        **{name: beside[name] - beside[f"own_{name}"] for name in _COUNTS},
        capital_wan=beside.own_wan.coalesce(beside.company_wan),
    )
    return found.cast(COLUMNS)


def _counts(told: ir.Table) -> dict[str, ir.IntegerScalar]:
    return {name: told.count(where=told.heading == name) for name in _COUNTS[1:]}


def _heading(joined: ir.Table) -> ir.StringValue:
    """Under which of the counts an establishment falls."""
    makes = joined.makes.fill_null(False) & ~joined.name.re_search(_FRONT)
    return ibis.cases(
        (joined.name.re_search(_FUNCTION), "functions"),
        (makes | joined.name.re_search(_WORKS), "plants"),
        (joined.relation == Relation.BRANCH.value, "branches"),
        else_="companies",
    )


def _sure(members: ir.Table) -> ir.BooleanValue:
    return members.confidence >= ibis.literal(SURE).cast("decimal(3, 2)")


def _write(registry: Path, said: ir.Table, session: Backend, room: Path) -> None:
    makers = said.filter(said.role == Role.MAKES.value).select("id").distinct()
    members = groups.kept_members(registry, session)
    found = steps(firms.kept(registry, session), members, makers)
    found.order_by("id").to_parquet(room / _FILE)
