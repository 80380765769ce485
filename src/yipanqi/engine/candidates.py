"""Enterprises outside a city that speak of a chain's links, with the features that rank them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

import ibis.expr.types as ir

from yipanqi.engine import features, groups
from yipanqi.engine.doings import Role
from yipanqi.rulebook.ranking import RankingSheet
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
    elsewhere = (enterprises.place != city.code).fill_null(
        enterprises.province_code != city.province_code
    )
    return enterprises.filter(elsewhere, ~enterprises.name.re_search(groups.BRANCH))


def featured(mentions: ir.Table, firms: ir.Table, facts: ir.Table, asked: Asked) -> ir.Table:
    """One row per enterprise outside and link: what is known of it and each feature's value.

    `mentions` as tagging.MENTIONS; `firms` all that stand, with their `head`; `facts` as
    gaps.COLUMNS.
    """
    there = outside(firms, asked.city)
    # Who only uses the product is a customer of the link, no target for it.
    said = mentions.filter(mentions.role != Role.USES.value).join(there, "id")
    order = said.role.cases(*((role.value, place) for place, role in enumerate(Role)))
    kept = said.group_by("id", "link").agg(
        doing=order.min(),
        matched=said.clause.nunique(),
        clauses=said.clauses.max(),
        is_named=said.name.contains(said.term).any(),
    )
    joined = kept.join(there, "id")
    headed = joined.mutate(
        role=joined.doing.cases(*((place, role.value) for place, role in enumerate(Role))),
    )
    spread = groups.spread(firms, headed.select("head").distinct(), place=asked.city.code)
    known = headed.left_join(spread, "head").drop("head_right")
    homes = facts.select("place", "link", "quotient")
    whole = known.left_join(homes, ["place", "link"]).drop("place_right", "link_right")
    return whole.mutate(**_values(whole, asked))


def scored(candidates: ir.Table, sheet: RankingSheet) -> ir.Table:
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


def _values(table: ir.Table, asked: Asked) -> dict[str, ir.Value]:
    yuan = (table.capital_currency == "CNY").ifelse(table.capital_wan, None)
    return {
        "value_making": features.making(table.role),
        "value_specialised": features.specialised(table.matched, table.clauses),
        "value_named": features.named(table.is_named),
        "value_capital": features.capital(yuan),
        "value_maturity": features.maturity(table.registered, asked.as_of),
        "value_reach": features.reach(table.provinces),
        "value_home": features.home(table.quotient),
        "value_proximity": features.proximity(table.place, asked.city),
        "value_gap": features.gap(table.link, asked.gaps),
    }
