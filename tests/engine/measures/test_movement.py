"""Growth, trend, entry and exit, and the nearest suppliers, as the pages work them."""

from decimal import Decimal

import ibis
from tests.engine.measures import worked

from yipanqi.engine.measures import growth, proximity, trends, turnover
from yipanqi.engine.measures.trends import Trend
from yipanqi.vocab import regions

WORDS = {"进入": "entered", "保持": "kept", "退出": "left"}


def test_growth_and_trend_are_those_of_the_page() -> None:
    counts = {int(row["年份"]): int(row["新登记家数"]) for row in worked.rows("growth", "## 例")}

    for row in worked.rows("growth", "### 结果"):
        gaps = [] if row["缺失年份"] == "无" else [int(row["缺失年份"])]
        grown = growth.growth(counts, gaps, since=2001, until=2008)
        judged = trends.judge(counts, gaps, since=2001, until=2008)
        assert (str(grown.yearly) if grown.yearly is not None else "未知") == row["年均增长"]
        assert (judged.trend.label, str(judged.yearly)) == (row["趋势"], row["每年变化"])
        assert (str(judged.low), str(judged.high)) == (row["下限"], row["上限"])
        assert judged.gaps == tuple(gaps)


def test_growth_across_a_missing_year_is_unknown_and_names_the_year() -> None:
    found = growth.growth({2001: 10, 2003: 40}, [2002], since=2001, until=2003)

    assert found.yearly is None
    assert "2002" in found.reason


def test_a_year_with_nothing_registered_is_nought_when_it_is_not_missing() -> None:
    found = growth.growth({2001: 10}, [], since=2001, until=2003)

    assert found.yearly == Decimal("-1.0000")


def test_too_few_known_years_make_no_trend() -> None:
    counts = {year: 10 * year for year in range(2001, 2009)}

    judged = trends.judge(counts, [2002, 2004, 2006], since=2001, until=2008)

    assert (judged.trend, judged.years, judged.gaps) == (Trend.UNKNOWN, 5, (2002, 2004, 2006))


def test_a_few_registrations_among_noughts_are_no_steadiness() -> None:
    judged = trends.judge({2003: 1, 2007: 2}, (), since=2001, until=2010)

    assert judged.trend is Trend.UNKNOWN


def test_steady_counts_are_flat_and_wild_ones_unknown() -> None:
    steady = {year: 1000 + year % 2 for year in range(2001, 2011)}
    wild = {year: (5, 500)[year % 2] for year in range(2001, 2009)}
    falling = {year: 2**number for number, year in enumerate(range(2010, 2000, -1))}

    assert trends.judge(steady, (), since=2001, until=2010).trend is Trend.FLAT
    assert trends.judge(wild, (), since=2001, until=2008).trend is Trend.UNKNOWN
    assert trends.judge(falling, (), since=2001, until=2010).trend is Trend.FALLING


def test_entries_are_those_of_the_page_and_incomparable_places_have_none() -> None:
    told = worked.rows("entry-exit", "## 例")
    where = {"place": [row["城市"] for row in told], "link": [row["环节"] for row in told]}
    before, after = (
        ibis.memtable({**where, "enterprises": [int(row[f"{year}年家数"]) for row in told]})
        for year in (2000, 2005)
    )
    both = ibis.memtable({"place": ["长沙", "株洲"]})

    found = turnover.turnover(before, after, both).to_pyarrow().to_pylist()
    alone = turnover.turnover(before, after, both.filter(both.place == "株洲"))

    changes = {(row["place"], row["link"]): row["change"] for row in found}
    assert changes == {(row["城市"], row["环节"]): WORDS[row["结论"]] for row in told}
    assert set(alone.to_pyarrow()["place"].to_pylist()) == {"株洲"}


def test_a_speciality_outgrown_elsewhere_is_left() -> None:
    where = {"place": ["a", "a", "b", "b"], "link": ["x", "y", "x", "y"]}
    before = ibis.memtable({**where, "enterprises": [8, 2, 2, 8]})
    after = ibis.memtable({**where, "enterprises": [8, 40, 60, 8]})

    found = turnover.turnover(before, after, ibis.memtable({"place": ["a", "b"]}))

    changes = {(r["place"], r["link"]): r["change"] for r in found.to_pyarrow().to_pylist()}
    assert changes == {
        ("a", "x"): "left",
        ("a", "y"): "entered",
        ("b", "x"): "entered",
        ("b", "y"): "left",
    }


def test_the_nearest_suppliers_are_those_of_the_page() -> None:
    told = worked.rows("proximity", "## 例")
    strong = {"steel": [row["代码"] for row in reversed(told)], "ore": ["000000"]}

    found = proximity.nearest(
        strong, ["steel", "ore", "coal"], city=regions.by_code()["430100"], count=4
    )

    assert [(one.place, one.km) for one in found] == [
        (row["代码"], int(row["公里"])) for row in told
    ]
