"""The new enterprises of every link by year, here and in the nation, and where that is heading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from yipanqi.engine.doings import Role
from yipanqi.engine.measures import coverage, growth, trends
from yipanqi.engine.measures.coverage import Cover, Coverage
from yipanqi.engine.measures.growth import Growth
from yipanqi.engine.measures.trends import Judgement
from yipanqi.vocab.regions import Region

# Drawn are more years than are judged: an officer judges the judgement by them.
DRAWN, JUDGED = 15, 10
COLUMNS = ibis.schema(
    {
        "link": "string",
        "year": "int32",
        "province_code": "string",
        "place": "string",
        "enterprises": "int64",
    }
)
_NOT_DOING = (Role.USES.value, Role.TRADES.value)
_NONE: Mapping[int, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Year:
    """The new enterprises of a link in a year: here, and in the `provinces` that are not missing.

    `here` is None where the city's province is missing: unknown, not nought.
    """

    year: int
    here: int | None
    nation: int
    provinces: int
    coverage: Coverage

    @property
    def share(self) -> Decimal | None:
        """Here of the nation's known ones, four digits; None where either is not wholly known."""
        if self.coverage is not Coverage.KNOWN or self.here is None or not self.nation:
            return None
        return Decimal(f"{self.here / self.nation:.4f}")


@dataclass(frozen=True, slots=True)
class LinkTrend:
    """A link's years, oldest first, the judgement of the last ten, and growth where unbroken."""

    link: str
    years: tuple[Year, ...]
    judgement: Judgement
    growth: Growth
    since: int
    until: int

    @property
    def interval(self) -> str:
        """The years judged and those left out: 2007–2016年，其中2012、2015–2016年缺."""
        left = [one for one in self.years if one.year >= self.since]
        parts = []
        for kind in (Coverage.MISSING, Coverage.PARTLY):
            years = [one.year for one in left if one.coverage is kind]
            parts += [f"{coverage.years_told(years)}年{kind.label}"] if years else []
        gone = f"，其中{'，'.join(parts)}" if parts else ""
        return f"{self.since}–{self.until}年{gone}"


def doing(mentions: ir.Table) -> ir.Table:
    """Who does something of which link: (id, link), each once; sellers and users are left out.

    `mentions` as tagging.MENTIONS.
    """
    kept: ir.Table = mentions.filter(mentions.role.notin(_NOT_DOING)).select("id", "link")
    return kept.distinct()


def counted(doing: ir.Table, enterprises: ir.Table, *, span: range) -> ir.Table:
    """How many of each link each place registered in each year of the span, as rows of COLUMNS.

    `doing` as that function gives it; `enterprises` has `id`, `province_code`, `city_code` and
    `registered`, those that have ceased among them: who registered in a year did, whatever came
    later. Where nobody did there is no row.
    """
    firms = enterprises.filter(enterprises.registered.year().between(span[0], span[-1]))
    placed = firms.select(
        "id", "province_code", place=firms.city_code, year=firms.registered.year()
    )
    joined = doing.join(placed, "id")
    found = joined.group_by("link", "year", "province_code", "place").agg(
        enterprises=joined.count()
    )
    found = found.cast(COLUMNS)
    assert found.schema() == COLUMNS, found.schema()
    return found


def of_city(
    counts: ir.Table, *, city: Region, links: Collection[str], says: Mapping[str, Any]
) -> Mapping[str, LinkTrend]:
    """The trend in the city of each of the links, by code, from one query.

    `counts` as `counted` gives them for `years_drawn`; `says` is the manifest. The city's years
    that are missing or known in part are left out of the judgement.
    """
    known = coverage.cover(says)
    span = years_drawn(says)
    table = _here_and_nation(counts, city, known, span)
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for row in table.to_pyarrow().to_pylist():
        found.setdefault(row["link"], {})[row["year"]] = (row["here"], row["nation"])
    told = {year: (known.of(city.province_code, year), len(known.provinces(year))) for year in span}
    return {link: judged(link, _years(found.get(link, _NONE), told)) for link in links}


def years_drawn(says: Mapping[str, Any]) -> range:
    """The last fifteen years of the registry that `says` is the manifest of."""
    until = _last(coverage.cover(says), says)
    return range(until - DRAWN + 1, until + 1)


def years_judged(says: Mapping[str, Any]) -> range:
    """The last ten of them."""
    return years_drawn(says)[-JUDGED:]


def judged(link: str, years: Sequence[Year]) -> LinkTrend:
    """The trend of a link's years, oldest first: the last ten are judged."""
    last = years[-JUDGED:]
    since, until = last[0].year, last[-1].year
    here_by_year = {one.year: one.here or 0 for one in last}
    left_out = [one.year for one in last if one.coverage is not Coverage.KNOWN]
    run = coverage.longest_run([year for year in here_by_year if year not in left_out])
    first, final = run or (since, until)
    return LinkTrend(
        link=link,
        years=tuple(years),
        judgement=trends.judge(here_by_year, left_out, since=since, until=until),
        growth=growth.growth(here_by_year, left_out, since=first, until=final),
        since=since,
        until=until,
    )


def written(years: Sequence[Year]) -> list[dict[str, Any]]:
    """The years as JSON, to be kept; `read` gives them back."""
    return [{**asdict(one), "coverage": one.coverage.value} for one in years]


def told(trend: LinkTrend) -> dict[str, Any]:
    """The judgement with its interval, its gaps and the years, as JSON; what is unknown is null."""
    judged, grown = trend.judgement, trend.growth
    rates = {"yearly": judged.yearly, "yearly_low": judged.low, "yearly_high": judged.high}
    return {
        "trend": judged.trend.value,
        "trend_label": judged.trend.label,
        "interval": trend.interval,
        **{name: None if rate is None else float(rate) for name, rate in rates.items()},
        "growth": {
            "since": grown.since,
            "until": grown.until,
            "yearly": None if grown.yearly is None else float(grown.yearly),
            "unknown_because": grown.reason or None,
        },
        "years": written(trend.years),
    }


def read(rows: Sequence[Mapping[str, Any]]) -> list[Year]:
    """The years that `written` wrote."""
    return [Year(**{**row, "coverage": Coverage(row["coverage"])}) for row in rows]


def _here_and_nation(counts: ir.Table, city: Region, cover: Cover, span: range) -> ir.Table:
    """By link and year the city's count, and that of the provinces not missing in that year."""
    known = [f"{year}{province}" for year in span for province in cover.provinces(year)]
    is_known = (counts.year.cast("string") + counts.province_code).isin(known)
    is_here = (counts.place == city.code).fill_null(False)
    nought = ibis.literal(0, "int64")
    return counts.group_by("link", "year").agg(
        here=is_here.ifelse(counts.enterprises, nought).sum(),
        nation=is_known.ifelse(counts.enterprises, nought).sum(),
    )


def _last(cover: Cover, says: Mapping[str, Any]) -> int:
    """The year of the registry's last day, else the last it counts, else the last of its gaps."""
    if cover.as_of:
        return cover.as_of.year
    counted = [int(year) for years in cover.counts.values() for year in years if year]
    gone = [year for years in says.get("gaps", {}).values() for year in years]
    return max([*counted, *gone], default=DRAWN)


def _years(
    counts: Mapping[int, tuple[int, int]], told: Mapping[int, tuple[Coverage, int]]
) -> list[Year]:
    years = []
    for year, (covered, provinces) in told.items():
        here, nation = counts.get(year, (0, 0))
        known = None if covered is Coverage.MISSING else here
        years.append(Year(year, known, nation, provinces, covered))
    return years
