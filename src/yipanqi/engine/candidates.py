"""Enterprises outside a city that speak of a chain's links, with the features that rank them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

import ibis.expr.types as ir

from yipanqi.engine import features, groups, offers
from yipanqi.rulebook.ranking import FeatureSheet
from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Asked:
    """For which city, as of which day, and how much the city lacks each link (0 to 1)."""

    city: Region
    as_of: date
    gaps: Mapping[str, float]


def outside(enterprises: ir.Table, city: Region) -> ir.Table:
    """Those registered in another city, branches left out: their companies decide.

    One whose city is unknown is outside when its province is another one.
    """
    there = _elsewhere(enterprises, city)
    return enterprises.filter(there, ~enterprises.name.re_search(groups.BRANCH))


def featured(mentions: ir.Table, firms: ir.Table, facts: ir.Table, asked: Asked) -> ir.Table:
    """What `offered` gives, from mentions (tagging.MENTIONS) and the firms that stand."""
    return offered(offers.offers(mentions, firms), firms, facts, asked)


def offered(offers: ir.Table, firms: ir.Table, facts: ir.Table, asked: Asked) -> ir.Table:
    """One row per enterprise outside and link: what it offers and each feature's value.

    `offers` as offers.COLUMNS; `firms` all that stand, with their `head`; `facts` as
    gaps.COLUMNS. `is_here` when the same company is registered in the city.
    """
    there = offers.filter(_elsewhere(offers, asked.city), ~offers.is_branch)
    here = firms.filter(firms.place == asked.city.code).select("head").distinct()
    homes = facts.select("place", "link", "quotient")
    near, lack = features.proximities(asked.city), features.gaps(asked.gaps)
    # Joined, not told case by case: there are hundreds of cities and of links.
    whole = (
        there.left_join(here.mutate(is_here=True), "head").drop("head_right")
        .left_join(homes, ["place", "link"]).drop("place_right", "link_right")
        .left_join(near, "place").drop("place_right")
        .left_join(lack, "link").drop("link_right")
    )  # fmt: skip
    known = whole.mutate(is_here=whole.is_here.fill_null(False))
    return known.mutate(**_values(known, asked)).drop("nearness", "lack")


def scored(candidates: ir.Table, sheet: FeatureSheet) -> ir.Table:
    """The candidates with `score` in ten-thousandths.

    Each weight × value is rounded half up to four digits, then added, as rulebook.ranking.score
    does; in whole numbers, so that it is exact. An unknown value adds nothing.
    """
    parts = []
    for feature in sheet.features:
        digits = max(-int(feature.weight.as_tuple().exponent), 0)
        whole, shift = int(feature.weight.scaleb(digits)), 10**digits
        earned = (2 * whole * candidates[f"value_{feature.code}"] + shift) // (2 * shift)
        parts.append(earned.cast("int64").fill_null(0))
    return candidates.mutate(score=reduce(lambda left, right: left + right, parts))


def _elsewhere(table: ir.Table, city: Region) -> ir.BooleanValue:
    return (table.place != city.code).fill_null(table.province_code != city.province_code)


def _values(table: ir.Table, asked: Asked) -> dict[str, ir.Value]:
    yuan = (table.capital_currency == "CNY").ifelse(table.capital_wan, None)
    return {
        "value_making": features.making(table.role),
        "value_specialised": features.specialised(table.matched, table.clauses),
        "value_named": features.named(table.is_named),
        "value_capital": features.capital(yuan),
        "value_maturity": features.maturity(table.registered, asked.as_of),
        "value_reach": features.reach(table.provinces),
        "value_spread": features.spread(table.provinces),
        "value_home": features.home(table.quotient),
        "value_proximity": table.nearness,
        "value_gap": table.lack,
    }
