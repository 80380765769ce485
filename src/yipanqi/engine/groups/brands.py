"""Companies tied to a group by its name or its brand, as surely as the brand is rare."""

from dataclasses import dataclass
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from yipanqi.engine.groups.membership import TIES, Reason, Relation

BY_NAME = Decimal("0.95")
# A brand of numbers (第一, 三〇二) is a number, not a brand.
_NUMBERS = r"^第?[0-9０-９一二三四五六七八九十百零〇]+$"
_COMPANY = r"公司|集团|厂"
# Brand groups without a leading group carry this before the brand, so that no company's name is.
BRAND_GROUP = "字号："


@dataclass(frozen=True, slots=True)
class Level:
    """How sure a shared brand makes one: for brands as long and as rare as this.

    `spread` is the most (cities × trades) the brand is met in. `here` holds in the city of the one
    group that bears the brand, `elsewhere` outside it, `alone` where no group bears the brand.
    None: the brand ties nothing there.
    """

    length: int
    spread: int
    here: Decimal | None
    elsewhere: Decimal | None
    alone: Decimal | None


def _level(length: int, spread: int, *figures: str) -> Level:
    here, elsewhere, alone = (Decimal(one) if one else None for one in figures)
    return Level(length, spread, here, elsewhere, alone)


# Read from the top, the first that fits holds. Estimated on 2.7 million registrations (1978-2016)
# from how often bearers of a brand share the group's city or the trade beyond chance, as
# docs/algorithms/groups.md shows; below 0.40 nothing is tied.
LEVELS = (
    _level(4, 30, "0.95", "0.55", "0.60"),
    _level(4, 100, "0.90", "", "0.45"),
    _level(3, 12, "0.95", "0.80", "0.60"),
    _level(3, 100, "0.95", "0.80", "0.45"),
    _level(2, 4, "0.95", "0.55", "0.40"),
    _level(2, 12, "0.95", "", "0.40"),
    _level(2, 100, "0.90", "", ""),
    _level(2, 300, "0.85", "", ""),
    _level(2, 1000, "0.75", "", ""),
    _level(2, 5000, "0.55", "", ""),
)


def ties(companies: ir.Table) -> ir.Table:
    """Which companies belong to another name's group, as TIES; at most one row per company.

    `companies` has head, brand, trade, inset and form (parsing.PARTS) and city, the code of the
    city its own registration stands in, null where unknown. The whole name of a group (云麓集团…)
    goes before a brand that one group alone bears, and that before a rare brand.
    """
    firms = _firms(companies)
    borne = _borne(firms)
    joined = _beside(_beside(firms, _leaders(firms), "stem"), borne, "brand")
    told = joined.mutate(confidence_brand=_confidence(joined))
    is_named = told.named_by.notnull() & (told.named_by != told["head"])
    is_led = (told.leaders == 1) & (told.leader != told["head"])
    is_alone = (told.leaders == 0) & (told.cities > 1)
    kept = told.mutate(
        group=ibis.cases(
            (is_named, told.named_by),
            (is_led, told.leader),
            (is_alone, ibis.literal(BRAND_GROUP) + told.brand),
        ),
        relation=(is_named | is_led).ifelse(Relation.SUBSIDIARY.value, Relation.BRAND.value),
        confidence=is_named.ifelse(BY_NAME, told.confidence_brand),
        reason=ibis.cases(
            (is_named, Reason.GROUP_NAME.value),
            (is_led, Reason.GROUP_BRAND.value),
            else_=Reason.RARE_BRAND.value,
        ),
    )
    sure = kept.filter(kept["group"].notnull(), kept.confidence.notnull())
    return sure.select(*TIES).cast(TIES)


def _firms(companies: ir.Table) -> ir.Table:
    """Companies and works; the brand is null where it is none."""
    firms = companies.filter(companies.form.re_search(_COMPANY))
    is_brand = (firms.brand.length() >= LEVELS[-1].length) & ~firms.brand.re_search(_NUMBERS)
    return firms.select(
        "head",
        "trade",
        "city",
        brand=is_brand.ifelse(firms.brand, None),
        # A bare “…集团” is what a branch's name left over, not a company that bears the brand.
        is_group=(firms.form + firms.inset).contains("集团") & firms.form.endswith("公司"),
        is_leader=firms.form.re_search(r"^集团") & (firms.inset == ""),
        stem=firms["head"].re_extract(r"^(.*?集团)", 1).nullif(""),
    )


def _leaders(firms: ir.Table) -> ir.Table:
    """For each name of a group: the company that bears it whole, 云麓集团有限公司 for 云麓集团."""
    leading = firms.filter(firms.is_leader)
    whole = leading.is_group.ifelse(leading["head"], None)
    here = leading.city.notnull().ifelse(whole, None)
    return leading.group_by("stem").agg(
        named_by=ibis.coalesce(here.min(), whole.min(), leading["head"].min())
    )


def _borne(firms: ir.Table) -> ir.Table:
    """For each brand: the cities and trades it is met in, the groups that bear it, one of them."""
    leader = firms.is_group.ifelse(firms["head"], None)
    return (
        firms.filter(firms.brand.notnull())
        .group_by("brand")
        .agg(
            cities=firms.city.nunique(),
            trades=firms.trade.nunique(),
            leaders=firms.is_group.cast("int64").sum(),
            leader=leader.min(),
            leader_city=firms.is_group.ifelse(firms.city, None).min(),
        )
    )


def _confidence(joined: ir.Table) -> ir.Value:
    spread = joined.cities * joined.trades
    is_here = (joined.city == joined.leader_city).fill_null(False)
    rows = []
    for level in LEVELS:
        fits = (joined.brand.length() >= level.length) & (spread <= level.spread)
        led = is_here.ifelse(_decimal(level.here), _decimal(level.elsewhere))
        rows.append((fits, (joined.leaders == 0).ifelse(_decimal(level.alone), led)))
    return ibis.cases(*rows)


def _decimal(figure: Decimal | None) -> ir.Value:
    return ibis.literal(figure, type=TIES["confidence"])


def _beside(table: ir.Table, more: ir.Table, key: str) -> ir.Table:
    return table.left_join(more, key).drop(f"{key}_right")
