"""Each group of a city and each link it does elsewhere but not here, with what ranks the pair.

A group is the circle of steps.grouped: the companies surely of one group with their branches.
Whoever only sells or uses a link's product does not do it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from yipanqi.engine import features, spelled_out
from yipanqi.engine.backtests import trades
from yipanqi.engine.doings import Role
from yipanqi.engine.prospects import steps
from yipanqi.rulebook.chains import Supply
from yipanqi.vocab.regions import Region

# In so many cities a group opens everywhere, whatever the city: it is a roll-out.
MANY_CITIES = 60
FULL_PLACES, FULL_ROOTS, QUIET_YEARS = 4, 5, 10
_DAYS_A_YEAR = 365.25
# One row per group and link. `places` counts cities elsewhere that do it, `makers` the
# establishments there; `id` is the foremost of them.
COLUMNS = ibis.schema(
    {
        "circle": "string",
        "chain": "string",
        "link": "string",
        "id": "string",
        "role": "string",
        "places": "int64",
        "makers": "int64",
        "since": "date",
        "latest": "date",
        "capital_wan": "decimal(20, 6)",
        "confidence": "decimal(3, 2)",
        "local": "int64",
        "sells_here": "boolean",
        "tie": "string",
        "linked": "boolean",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """For which city, as of which day, how much it lacks each link (0 to 1), who supplies whom."""

    city: Region
    as_of: date
    gaps: dict[str, float]
    supplies: tuple[Supply, ...]


def circles(enterprises: ir.Table, members: ir.Table, city: Region) -> tuple[ir.Table, ir.Table]:
    """Every establishment of the groups that stand in the city, without and with roll-outs alone.

    The first table has those that are ranked; the second, one row per group left out.
    `enterprises` as firms.standing gives them; `members` as groups.MEMBERS.
    """
    every = steps.grouped(enterprises, members)
    is_here = (every.place == city.code).fill_null(every.province_code == city.province_code)
    known = every.filter(trades.is_company(every.circle)).mutate(is_here=is_here)
    in_city = (known.place == city.code).fill_null(False)
    spread = known.group_by("circle").agg(
        local=known.count(where=in_city),
        cities=known.place.nunique(),
    )
    ours = spread.filter(spread.local > 0, spread.cities > 1)
    is_roll_out = (ours.cities >= MANY_CITIES) | trades.is_roll_out(ours.circle)
    ranked = ours.filter(~is_roll_out).drop("cities")
    return known.join(ranked, "circle"), ours.filter(is_roll_out)


def missing(doing: ir.Table, asked: Asked) -> ir.Table:
    """The businesses each group has elsewhere and not in the city, as COLUMNS.

    `doing` as `doing` gives it.
    """
    pairs = _pairs(doing)
    foremost = _foremost(doing)
    wanted = pairs.filter(pairs.here == 0, pairs.makers > 0).drop("here")
    known = wanted.join(foremost, ["circle", "link"])
    beside = _linked(doing, asked)
    told = known.left_join(beside, ["circle", "link"]).drop("circle_right", "link_right")
    found = told.mutate(linked=told.linked.fill_null(False)).select(*COLUMNS)
    return found.cast(COLUMNS)


def valued(businesses: ir.Table, asked: Asked) -> ir.Table:
    """The businesses with a value for each feature, in ten-thousandths; null where unknown."""
    lack = features.gaps(asked.gaps)
    known = businesses.left_join(lack, "link").drop("link_right")
    age = ibis.literal(asked.as_of).delta(known.latest, unit="day") / _DAYS_A_YEAR
    valued = known.mutate(
        value_making=features.making(known.role),
        value_gap=known.lack,
        value_linked=known.linked.ifelse(features.UNIT, 0).cast("int64"),
        value_places=_share(known.places / FULL_PLACES),
        value_rooted=_share(known.local / FULL_ROOTS),
        value_capital=features.capital(known.capital_wan),
        value_recent=_share(1 - age / QUIET_YEARS),
    )
    return valued.drop("lack")


def doing(theirs: ir.Table, mentions: ir.Table) -> ir.Table:
    """One row per establishment and link: the closest `doing`, and whether it `does` the link.

    `theirs` as `circles` gives them, `mentions` as tagging.MENTIONS.
    """
    known = mentions.filter(mentions.role != Role.USES.value).semi_join(theirs, "id")
    order = known.role.cases(*((role.value, place) for place, role in enumerate(Role)))
    each = known.group_by("id", "chain", "link").agg(doing=order.min())
    joined = each.join(theirs, "id")
    yuan = (joined.capital_currency == "CNY") & (joined.capital_wan > 0)
    return joined.mutate(
        does=joined.doing < list(Role).index(Role.TRADES),
        wan=yuan.ifelse(joined.capital_wan, None),
    )


def _pairs(doing: ir.Table) -> ir.Table:
    """Each group and link: how many do it here and elsewhere, in how many places, since when."""
    elsewhere = doing.does & ~doing.is_here
    return doing.group_by("circle", "chain", "link").agg(
        here=doing.count(where=doing.does & doing.is_here),
        sells_here=(doing.is_here & ~doing.does).any(),
        makers=doing.count(where=elsewhere),
        places=doing.place.fill_null(doing.province_code).nunique(where=elsewhere),
        since=doing.registered.min(where=elsewhere),
        latest=doing.registered.max(where=elsewhere),
        capital_wan=doing.wan.max(where=elsewhere),
        confidence=doing.confidence.min(where=elsewhere),
        local=doing.local.max(),
    )


def _foremost(doing: ir.Table) -> ir.Table:
    """Of each group's establishments elsewhere that do a link: closest to making, then largest."""
    there = doing.filter(doing.does, ~doing.is_here)
    keys = [
        ibis.asc("doing"),
        ibis.desc(there.wan.fill_null(0)),
        ibis.asc(there.registered.fill_null(ibis.date("9999-12-31"))),
        ibis.asc("id"),
    ]
    place = ibis.row_number().over(group_by=["circle", "link"], order_by=keys)
    first = there.mutate(place_in=place).filter(lambda table: table.place_in == 0)
    role = first.doing.cases(*((place, role.value) for place, role in enumerate(Role)))
    return first.select("circle", "link", "id", "tie", role=role)


def _linked(doing: ir.Table, asked: Asked) -> ir.Table:
    """The pairs of group and link that supply or are supplied by a link the group does here."""
    near = spelled_out.table(("one", "other"), sorted(_neighbours(asked.supplies)))
    here = doing.filter(doing.does, doing.is_here).select("circle", "link").distinct()
    joined = here.join(near, here.link == near.one)
    return joined.select("circle", link="other").distinct().mutate(linked=True)


def _neighbours(supplies: Iterable[Supply]) -> set[tuple[str, str]]:
    each = [(row.supplier, row.customer) for row in supplies]
    return {*each, *((customer, supplier) for supplier, customer in each)}


def _share(raw: ir.NumericValue) -> ir.IntegerValue:
    bounded = raw.cast("float64").clip(lower=0.0, upper=1.0)
    return (bounded * features.UNIT).round(0).cast("int64")
