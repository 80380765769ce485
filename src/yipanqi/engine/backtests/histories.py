"""When each group of companies was first registered in each place: all a backtest looks at."""

from dataclasses import dataclass
from hashlib import blake2b

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from yipanqi.engine import groups
from yipanqi.engine.backtests import trades
from yipanqi.engine.backtests.arrays import Flags, Floats, Integers
from yipanqi.vocab import regions

# One row per head company, place and year.
ROWS = ibis.schema(
    {
        "head": "string",
        "place": "string",
        "year": "int64",
        "entities": "int64",
        "is_seat": "boolean",
        "capital_wan": "float64",
    }
)


@dataclass(frozen=True, slots=True)
class Heads:
    """The head companies in a fixed shuffled order (by a digest of the name), one array each."""

    names: tuple[str, ...]
    trade: Integers
    family: Integers
    is_roll_out: Flags
    is_industrial: Flags


@dataclass(frozen=True, slots=True)
class History:
    """Rows by head, place and year, as numbers into `heads` and `places`.

    `capital_wan` is the largest registered capital in 万元 of the head's own row; NaN where the
    registry does not say.
    """

    heads: Heads
    places: tuple[str, ...]
    head: Integers
    place: Integers
    year: Integers
    entities: Integers
    is_seat: Flags
    capital_wan: Floats


def rows(enterprises: ir.Table) -> ir.Table:
    """The registry counted by head company, place and year, as rows of ROWS.

    A row without a day or without a company's name is left out: it can be placed neither in time
    nor in a group. A row whose city is unknown stands under the code of its province. Those that
    have ceased since stay in: whoever came has come.
    """
    head = groups.head_name(enterprises.name)
    yuan = (enterprises.capital_currency == "CNY") & (enterprises.capital_wan > 0)
    known = enterprises.filter(enterprises.registered.notnull(), trades.is_company(head))
    listed = known.select(
        head=head,
        place=known.city_code.coalesce(known.province_code),
        year=known.registered.year().cast("int64"),
        is_seat=known.name == head,
        capital_wan=yuan.ifelse(known.capital_wan.cast("float64"), None),
    )
    counted = listed.group_by("head", "place", "year").agg(
        entities=listed.count().cast("int64"),
        is_seat=listed.is_seat.any(),
        capital_wan=listed.capital_wan.max(where=listed.is_seat),
    )
    assert counted.schema() == ROWS, counted.schema()
    return counted


def read(enterprises: ir.Table) -> History:
    """The history of every company in the registry."""
    table = rows(enterprises)
    counted = table.order_by("head", "place", "year").to_pyarrow()
    heads, shuffled = _heads(table)
    places = tuple(sorted({*counted["place"].unique().to_pylist(), *regions.by_code()}))
    numbers = {code: number for number, code in enumerate(places)}
    found = counted["place"].combine_chunks().dictionary_encode()
    by_name = np.array([numbers[code] for code in found.dictionary.to_pylist()], np.int64)
    return History(
        heads=heads,
        places=places,
        head=shuffled[_codes(counted, "head")],
        place=by_name[found.indices.to_numpy()],
        year=counted["year"].to_numpy(),
        entities=counted["entities"].to_numpy(),
        is_seat=_flags(counted, "is_seat"),
        capital_wan=counted["capital_wan"].to_numpy(),
    )


def _heads(table: ir.Table) -> tuple[Heads, Integers]:
    """The heads shuffled, and for each in the order of names its place there."""
    each = table.select("head").distinct()
    told = each.mutate(
        trade=trades.trade(each["head"]),
        family=trades.family(each["head"]),
        is_roll_out=trades.is_roll_out(each["head"]),
        is_industrial=trades.is_industrial(each["head"]),
    )
    named = told.order_by("head").to_pyarrow()
    order = _shuffle(named["head"].to_pylist())
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    shuffled = named.take(order)
    heads = Heads(
        names=tuple(shuffled["head"].to_pylist()),
        trade=_codes(named, "trade")[order],
        family=_codes(named, "family")[order],
        is_roll_out=_flags(shuffled, "is_roll_out"),
        is_industrial=_flags(shuffled, "is_industrial"),
    )
    return heads, places


def _shuffle(names: list[str]) -> Integers:
    """An order no rule could have had in mind, the same for two names in every registry."""
    digests = [blake2b(name.encode(), digest_size=8).digest() for name in names]
    return np.argsort(np.array(digests, "S8").view(">u8"), kind="stable")


def _codes(table: pa.Table, name: str) -> Integers:
    """Each distinct value as a number, in the order they appear."""
    encoded = table[name].combine_chunks().dictionary_encode()
    codes: Integers = encoded.indices.to_numpy().astype(np.int64)
    return codes


def _flags(table: pa.Table, name: str) -> Flags:
    flags: Flags = table[name].combine_chunks().to_numpy(zero_copy_only=False)
    return flags
