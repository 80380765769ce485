"""Entry and exit of a city's links: between known years, among comparable cities, else unknown."""

from datetime import date
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from yipanqi.engine.measures import coverage, movement
from yipanqi.engine.measures.turnover import Change
from yipanqi.vocab import regions

CHANGSHA = regions.by_code()["430100"]
YEARS = range(2007, 2017)


def _tables(told: list[tuple[str, str, int, int]]) -> tuple[ir.Table, ir.Table]:
    """`told`: city, link, year, how many."""
    rows = [
        (f"{city}{link}{year}{n}", city, link, date(year, 3, 1))
        for city, link, year, count in told
        for n in range(count)
    ]
    columns = ["id", "city_code", "link", "registered"]
    table = ibis.memtable(rows, columns=columns)
    return table.select("id", "link"), table.select("id", "city_code", "registered")


def _moved(told: list[tuple[str, str, int, int]], gaps: dict[str, list[int]]) -> movement.Movement:
    doing, firms = _tables(told)
    cover = coverage.cover({"as_of": "2016-12-31", "gaps": gaps})
    return movement.of_city(doing, firms, city=CHANGSHA, cover=cover, years=YEARS)


def test_a_link_taken_up_since_is_entered_and_its_advantages_are_told() -> None:
    told = [
        ("430100", "pumps", 2005, 8), ("430100", "valves", 2005, 2), ("430200", "pumps", 2005, 2),
        ("430200", "valves", 2005, 8), ("430100", "valves", 2009, 30),
    ]  # fmt: skip

    found = _moved(told, {})

    assert (found.since, found.until) == (2007, 2016)
    valves = found.links["valves"]
    assert valves.change is Change.ENTERED
    assert (valves.before, valves.after) == (Decimal("0.4000"), Decimal("1.0000"))


def test_cities_whose_province_misses_a_year_are_not_compared() -> None:
    told = [("430100", "pumps", 2008, 1), ("420100", "pumps", 2008, 99)]

    found = _moved(told, {"420000": [2010]})

    whole = len(regions.cities())
    hubei = sum(one.province_code == "420000" for one in regions.cities())
    assert found.comparable == whole - hubei


def test_without_two_known_years_in_a_row_nothing_is_said_and_the_reason_is() -> None:
    found = _moved([("430100", "pumps", 2008, 1)], {"430000": list(YEARS)[::2]})

    assert (found.since, found.links) == (None, {})
    assert "未知" in found.reason
