"""Which links a city took up as specialities, kept or lost, over years that miss nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from yipanqi.engine.measures import advantage, coverage, turnover
from yipanqi.engine.measures.coverage import Cover, Coverage
from yipanqi.engine.measures.turnover import Change
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a link: its advantage by each year's end (None: none registered yet).

    `change` is None where it was a speciality at neither end.
    """

    change: Change | None
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Movement:
    """The links of a city by code between two years, measured over the comparable cities.

    `links` is empty and `reason` says why when there is no such stretch of years.
    """

    since: int | None
    until: int | None
    comparable: int
    reason: str
    links: Mapping[str, Moved]


def of_city(
    doing: ir.Table, enterprises: ir.Table, *, city: Region, cover: Cover, years: range
) -> Movement:
    """Entry and exit between the ends of the longest stretch of `years` known of the city.

    `doing` as link_trends.doing, `enterprises` with `id`, `city_code` and `registered`. Comparable
    are the cities whose province is known in every year of the stretch. Registrations add up from
    the first, so a link is lost when others outgrow it.
    """
    run = coverage.longest_run(
        [one for one in years if cover.of(city.province_code, one) is Coverage.KNOWN]
    )
    if run is None:
        reason = f"{years[0]}–{years[-1]}年没有相连两年以上的完整登记，进入与退出未知"
        return Movement(None, None, 0, reason, {})
    alike = _comparable(cover, run)
    table = doing.join(enterprises.select("id", "city_code", "registered"), "id")
    known = table.filter(table.city_code.isin(alike), table.registered.notnull())
    before, after = (_stock(known, year) for year in run)
    places = ibis.memtable({"place": list(alike)})
    changes = turnover.turnover(before, after, places)
    told = {row["link"]: Change(row["change"]) for row in _of(changes, city)}
    then, now = (_advantages(stock, city) for stock in (before, after))
    links = {
        link: Moved(told.get(link), then.get(link), now.get(link)) for link in sorted({*then, *now})
    }
    return Movement(run[0], run[1], len(alike), "", links)


def _comparable(cover: Cover, run: tuple[int, int]) -> tuple[str, ...]:
    known = {
        one.code: all(
            cover.of(one.code, year) is Coverage.KNOWN for year in range(run[0], run[1] + 1)
        )
        for one in regions.provinces()
    }
    return tuple(one.code for one in regions.cities() if known.get(one.province_code))


def _stock(known: ir.Table, year: int) -> ir.Table:
    by_then = known.filter(known.registered.year() <= year)
    return by_then.group_by(place=by_then.city_code, link=by_then.link).agg(
        enterprises=by_then.count()
    )


def _advantages(stock: ir.Table, city: Region) -> dict[str, Decimal]:
    return {
        row["link"]: row["advantage"] for row in _of(advantage.revealed_advantages(stock), city)
    }


def _of(table: ir.Table, city: Region) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table.filter(table.place == city.code).to_pyarrow().to_pylist()
    return found
