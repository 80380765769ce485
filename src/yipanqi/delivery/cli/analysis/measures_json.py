"""The measures of a city as JSON: every rate with what it is of, its cohort and its as-of."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from yipanqi.engine.measures.link_trends import LinkTrend
from yipanqi.engine.measures.profile import Profile, Row
from yipanqi.engine.measures.side_by_side import Standing
from yipanqi.vocab import regions

_STANDING = "在业或存续未知的企业，不含只做销售、只使用的"
_REGISTERED = "当年登记的企业（含后来注销的），不含只做销售、只使用的"
_STOCK = "累计登记到该年末的企业，只计登记完整的城市"


def written(found: Profile, names: Mapping[str, str]) -> dict[str, Any]:
    """The profile as JSON, links named by `names`; what is unknown is null."""
    moved = found.movement
    return {
        "city": found.city.short_name,
        "city_code": found.city.code,
        "as_of": found.as_of,
        "synthetic": found.synthetic,
        "concentration": _number(found.concentration),
        "difference": _number(found.difference),
        "beside": found.beside.short_name if found.beside else None,
        "difference_beside": _number(found.apart),
        "complexity": _number(found.complexity),
        "missing_years": found.missing,
        "turnover": {
            "since": moved.since,
            "until": moved.until,
            "comparable_cities": moved.comparable,
            "unknown_because": moved.reason or None,
            "cohort": _STOCK,
        },
        "links": [_row(row, names, found.as_of) for row in found.rows],
    }


def _row(row: Row, names: Mapping[str, str], as_of: str | None) -> dict[str, Any]:
    one, judged = row.standing, row.trend.judgement
    return {
        "link": names.get(row.link, row.link),
        "link_code": row.link,
        "enterprises": one.enterprises,
        "quotient": float(one.quotient),
        "advantage": float(one.advantage),
        "share": float(one.share),
        "standing": one.place,
        "density": float(one.density),
        "complexity": _number(one.complexity),
        "concentration": float(one.concentration),
        "trend": judged.trend,
        "trend_label": judged.trend.label,
        "trend_interval": row.trend.interval,
        "yearly": _number(judged.yearly),
        "yearly_low": _number(judged.low),
        "yearly_high": _number(judged.high),
        "years_known": judged.years,
        "growth": _growth(row.trend),
        "new_by_year": _years(row.trend),
        "turnover": row.moved.change,
        "turnover_label": row.moved.change.label if row.moved.change else None,
        "advantage_before": _number(row.moved.before),
        "advantage_after": _number(row.moved.after),
        "strong_suppliers": [
            {"link": names.get(near.supplier, near.supplier), "link_code": near.supplier,
             "city": regions.by_code()[near.place].short_name, "city_code": near.place,
             "km": near.km}
            for near in row.suppliers
        ],
        "working": _working(one, as_of),
    }  # fmt: skip


def _working(one: Standing, as_of: str | None) -> dict[str, Any]:
    """The counts behind each rate of the present."""
    told = {"cohort": _STANDING, "as_of": as_of}
    link = {"numerator": one.enterprises, "denominator": one.national}
    return {
        "share": {**link, **told},
        "quotient": {
            **link, "over_numerator": one.all_local, "over_denominator": one.all_national, **told,
        },
        "advantage": {
            **link,
            "over_numerator": one.members_local,
            "over_denominator": one.members_national,
            **told,
        },
    }  # fmt: skip


def _growth(trend: LinkTrend) -> dict[str, Any]:
    """The growth over the longest stretch without a gap, with both counts it compares."""
    grown = trend.growth
    here = {one.year: one.here for one in trend.years}
    return {
        "yearly": _number(grown.yearly),
        "since": grown.since,
        "until": grown.until,
        "numerator": here.get(grown.until),
        "denominator": here.get(grown.since),
        "unknown_because": grown.reason or None,
        "cohort": _REGISTERED,
    }


def _years(trend: LinkTrend) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "year": one.year,
            "here": one.here,
            "nation": one.nation,
            "share": _number(one.share),
            "provinces_known": one.provinces,
            "coverage": one.coverage,
        }
        for one in trend.years
    ]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
