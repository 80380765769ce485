"""What enterprises have to offer the links of chains: one row for each of both, kept once."""

import shutil
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import firms, groups, indices, once, portions, stores
from yipanqi.engine.doings import Role
from yipanqi.engine.terms import TermBook

# `matched` of the `clauses` of its scope speak for the link; `is_named` when a term stands in the
# name; `provinces` is how many its company is registered in.
COLUMNS = ibis.schema(
    {
        "id": "string",
        "chain": "string",
        "link": "string",
        "role": "string",
        "matched": "int64",
        "clauses": "int64",
        "is_named": "boolean",
        "is_branch": "boolean",
        "place": "string",
        "province_code": "string",
        "registered": "date",
        "capital_wan": "decimal(20, 6)",
        "capital_currency": "string",
        "head": "string",
        "provinces": "int64",
    }
)
# Raised when the same registry and book would give other offers than before.
EDITION = 1
_FILE = "offers.parquet"
ORDER = ("chain", "link", "id")


def offers(mentions: ir.Table, firms: ir.Table) -> ir.Table:
    """What each enterprise says of each link, at its doing closest to making, as COLUMNS.

    `mentions` as tagging.MENTIONS; `firms` all that stand, with their `head`. Who only uses a
    link's product has nothing to offer it: it is a customer.
    """
    doing = mentions.filter(mentions.role != Role.USES.value)
    said = doing.join(firms.select("id", "name"), "id")
    order = said.role.cases(*((role.value, place) for place, role in enumerate(Role)))
    closest = said.group_by("id", "link").agg(
        chain=said.chain.min(),
        doing=order.min(),
        matched=said.clause.nunique(),
        clauses=said.clauses.max(),
        is_named=said.name.contains(said.term).any(),
    )
    spread = firms.group_by("head").agg(provinces=firms.province_code.nunique())
    known = firms.select(
        "id", "head", "place", "province_code", "registered", "capital_wan", "capital_currency",
        is_branch=firms.name.re_search(groups.BRANCH),
    )  # fmt: skip
    joined = closest.join(known, "id").join(spread, "head")
    role = joined.doing.cases(*((place, role.value) for place, role in enumerate(Role)))
    return joined.mutate(role=role).select(*COLUMNS.names).cast(COLUMNS)


def kept(registry: Path, book: TermBook, session: Backend) -> ir.Table:
    """The offers to all links of the book, as COLUMNS; made when missing.

    Raises indices.NoRegistry.
    """
    indices.files(registry)
    file = place(registry, book)
    once.made(file.parent, lambda room: _write(registry, book, session, room))
    table: ir.Table = session.read_parquet(file)
    return table


def place(registry: Path, book: TermBook) -> Path:
    """The file the offers belong in, whether or not they are kept yet."""
    made_from = f"{EDITION}.{indices.EDITION}.{firms.EDITION}-{book.digest[:16]}"
    folder = stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry)
    return folder / f"offers-{made_from}" / _FILE


def _write(registry: Path, book: TermBook, session: Backend, room: Path) -> None:
    there = firms.standing(firms.kept(registry, session))
    mentions, between = indices.mentions(registry, book, session), room / "between"
    between.mkdir()
    # A company's places stay together: in how many provinces it is, is counted over them.
    for number, portion in enumerate(portions.portions(there, "head")):
        offers(mentions, portion).to_parquet(between / f"{number:03}.parquet")
    session.read_parquet(between / "*.parquet").order_by(*ORDER).to_parquet(room / _FILE)
    shutil.rmtree(between)
