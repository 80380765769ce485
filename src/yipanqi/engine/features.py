"""The features by which enterprises outside are ranked, each from 0 (worst) to 1 (best).

Columns hold ten-thousandths, whole numbers from 0 to 10,000, so that engines agree; null where
the registry does not say. The weights stand in the ranking sheet.
"""

import math
from collections.abc import Mapping
from datetime import date

import ibis
import ibis.expr.types as ir

from yipanqi.engine import distances, spelled_out
from yipanqi.engine.doings import Role
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region

UNIT = 10_000
FAR_KM = 1500
MATURE_DAYS = 3652
FULL_REACH = 5
# Of the mainland, as the registry covers them.
PROVINCES = 31
# 10² 万元 (100 万元) to 10⁵ 万元 (10 亿元).
CAPITAL_FROM, CAPITAL_DECADES = 2, 3
DOING = {
    Role.MAKES: 1.0,
    Role.DEVELOPS: 0.8,
    Role.SERVES: 0.6,
    Role.NAMES: 0.5,
    Role.TRADES: 0.0,
    Role.USES: 0.0,
}


def making(role: ir.StringValue) -> ir.IntegerValue:
    """What it does with the product: makes 1, develops 0.8, serves 0.6, unsaid 0.5, else 0."""
    return _value(role.cases(*((kind.value, worth) for kind, worth in DOING.items())))


def specialised(matched: ir.IntegerValue, clauses: ir.IntegerValue) -> ir.IntegerValue:
    """The share of its clauses that speak for the link, doubled: half or more is 1."""
    return _value(2 * matched.cast("float64") / clauses)


def named(is_named: ir.BooleanValue) -> ir.IntegerValue:
    """1 when a term of the link stands in its name, else 0."""
    return _value(is_named.ifelse(1.0, 0.0))


def capital(wan: ir.DecimalValue) -> ir.IntegerValue:
    """Registered capital in 万元 on a logarithmic scale: 100 万元 is 0, 10 亿元 is 1."""
    known = (wan > 0).ifelse(wan.cast("float64"), None)
    return _value((known.log10() - CAPITAL_FROM) / CAPITAL_DECADES)


def maturity(registered: ir.DateValue, as_of: date) -> ir.IntegerValue:
    """Years since registration as of a day: ten or more are 1."""
    age = ibis.literal(as_of).delta(registered, unit="day")
    return _value(age.cast("float64") / MATURE_DAYS)


def reach(provinces: ir.IntegerValue) -> ir.IntegerValue:
    """Provinces it is registered in: one is 0, five or more are 1."""
    return _value((provinces - 1).cast("float64") / (FULL_REACH - 1))


def spread(provinces: ir.IntegerValue) -> ir.IntegerValue:
    """Provinces it is registered in on a logarithmic scale: one is 0, all 31 are 1.

    Who has gone to many goes on: the best simple forecast of who comes (model-card.md).
    """
    return _value(provinces.cast("float64").ln() / math.log(PROVINCES))


def home(quotient: ir.DecimalValue) -> ir.IntegerValue:
    """The standing of its own city in the link: quotient q becomes q / (1 + q)."""
    known = quotient.cast("float64")
    return _value(known / (1 + known))


def proximities(city: Region) -> ir.Table:
    """For each city as `place` the nearness to ours as `nearness`: 0 km is 1, 1500 km or more 0."""
    near = {
        region.code: 1 - distances.between(city, region) / FAR_KM for region in regions.cities()
    }
    return _worths(("place", "nearness"), near)


def gaps(worth: Mapping[str, float]) -> ir.Table:
    """For each link how much the city lacks it as `lack`, as the diagnosis says."""
    return _worths(("link", "lack"), worth)


def _worths(names: tuple[str, str], worth: Mapping[str, float]) -> ir.Table:
    rows = [(code, _worth(share)) for code, share in worth.items()]
    return spelled_out.table(names, rows).cast({names[1]: "int64"})


def _worth(share: float) -> int:
    return round(min(max(share, 0.0), 1.0) * UNIT)


def _value(raw: ir.NumericValue) -> ir.IntegerValue:
    bounded = raw.cast("float64").clip(lower=0.0, upper=1.0)
    return (bounded * UNIT).round(0).cast("int64")
