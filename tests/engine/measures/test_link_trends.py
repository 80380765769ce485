"""The years of a link, what is missing of them, and the judgement that says so."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from ibis.backends.duckdb import Backend
from tests.engine.small_registry import Firm, write

from yipanqi.engine import firms, indices, sessions
from yipanqi.engine.measures import coverage, link_trends
from yipanqi.engine.measures.coverage import Coverage
from yipanqi.engine.measures.link_trends import LinkTrend
from yipanqi.engine.measures.trends import Trend
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook import packs
from yipanqi.vocab import regions

PACK = Path(__file__).parents[3] / "packs" / "changsha"
CHANGSHA = regions.by_code()["430100"]
LINK = "gcjx-yeya"
SAYS = {"as_of": "2016-12-31", "gaps": {"430000": [2012, 2015, 2016], "420000": [2010]}}


@cache
def _book() -> TermBook:
    pack = packs.load(PACK)
    return TermBook(pack.chains(on=pack.newest).terms)


def _made(year: int, city: str, count: int, scope: str = "液压件制造") -> list[Firm]:
    day = date(year, 5, 1)
    return [
        Firm(f"{city}{year}{scope}{n}有限公司", city, scope, registered=day) for n in range(count)
    ]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Backend]:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    with sessions.measures() as opened:
        yield opened


def _trend(session: Backend, folder: Path, told: list[Firm]) -> LinkTrend:
    registry = write(folder / "registry", told)
    mentions = indices.mentions(registry, _book(), session)
    counts = link_trends.counted(
        link_trends.doing(mentions),
        firms.kept(registry, session),
        span=link_trends.years_drawn(SAYS),
    )
    found = link_trends.of_city(counts, city=CHANGSHA, links=[LINK, "none"], says=SAYS)
    return found[LINK]


def test_a_missing_year_of_the_province_is_unknown_and_never_nought(
    session: Backend, tmp_path: Path
) -> None:
    told = [*_made(2011, "长沙", 2), *_made(2012, "长沙", 1), *_made(2012, "武汉", 3)]

    by_year = {one.year: one for one in _trend(session, tmp_path, told).years}

    assert (by_year[2011].here, by_year[2011].nation) == (2, 2)
    assert (by_year[2012].here, by_year[2012].share) == (None, None)
    # Nor is the little the registry has of it taken for the nation's.
    assert by_year[2012].nation == 3
    assert by_year[2013].here == 0


def test_the_share_is_of_the_provinces_that_are_known_that_year(
    session: Backend, tmp_path: Path
) -> None:
    told = [*_made(2010, "长沙", 1), *_made(2010, "武汉", 5), *_made(2011, "长沙", 1)]
    told += _made(2011, "武汉", 3)

    by_year = {one.year: one for one in _trend(session, tmp_path, told).years}

    assert by_year[2010].share == Decimal(1)
    assert by_year[2011].share == Decimal("0.2500")
    assert by_year[2010].provinces == by_year[2011].provinces - 1


def test_sellers_and_users_are_left_out_and_those_that_ceased_are_not(
    session: Backend, tmp_path: Path
) -> None:
    ceased = Firm(
        "长沙旧液压有限公司", "长沙", "液压件制造", registered=date(2011, 1, 1), status="ceased"
    )
    told = [ceased, *_made(2011, "长沙", 2, "液压件销售")]

    by_year = {one.year: one.here for one in _trend(session, tmp_path, told).years}

    assert by_year[2011] == 1


def test_the_judgement_names_its_interval_and_its_gaps(session: Backend, tmp_path: Path) -> None:
    told = [one for n, year in enumerate(range(2007, 2015)) for one in _made(year, "长沙", 2 * n)]

    found = _trend(session, tmp_path, told)

    assert found.interval == "2007–2016年，其中2012、2015–2016年缺"
    assert found.judgement.trend is Trend.RISING
    assert found.judgement.gaps == (2012, 2015, 2016)


def test_growth_is_of_the_longest_stretch_without_a_gap(session: Backend, tmp_path: Path) -> None:
    told = [*_made(2007, "长沙", 1), *_made(2011, "长沙", 16)]

    grown = _trend(session, tmp_path, told).growth

    assert (grown.since, grown.until, grown.yearly) == (2007, 2011, Decimal("1.0000"))


def test_a_link_nobody_speaks_of_has_all_its_years(session: Backend, tmp_path: Path) -> None:
    found = _trend(session, tmp_path, _made(2011, "长沙", 1, "餐饮服务"))

    assert [one.year for one in found.years] == list(range(2002, 2017))
    assert {one.here for one in found.years} == {0, None}


def test_a_year_far_below_its_neighbours_is_known_in_part() -> None:
    counts = {"430000": {str(year): 1000 for year in range(2000, 2011)} | {"2011": 400}}

    known = coverage.cover({"as_of": "2012-06-30", "provinces": counts, "gaps": {}})

    assert known.of("430000", 2010) is Coverage.KNOWN
    assert known.of("430000", 2011) is Coverage.PARTLY
    assert known.of("430000", 2012) is Coverage.PARTLY  # the year was not over
    assert known.of("430000", 2013) is Coverage.MISSING
    assert known.of("440000", 2010) is Coverage.MISSING  # nothing of it at all


def test_the_longest_stretch_is_the_latest_of_equals() -> None:
    assert coverage.longest_run([2001, 2002, 2003, 2005, 2006, 2007]) == (2005, 2007)
    assert coverage.longest_run([2001, 2003]) is None
    assert coverage.years_told([2001, 2003, 2004]) == "2001、2003–2004"


def test_years_that_were_kept_give_the_same_judgement(session: Backend, tmp_path: Path) -> None:
    told = [one for n, year in enumerate(range(2007, 2015)) for one in _made(year, "长沙", 2 * n)]
    found = _trend(session, tmp_path, told)

    kept = json.loads(json.dumps(link_trends.written(found.years)))

    assert link_trends.judged(LINK, link_trends.read(kept)) == found


def test_the_trend_in_plain_values_says_interval_rates_and_every_year(
    session: Backend, tmp_path: Path
) -> None:
    made = [one for n, year in enumerate(range(2007, 2015)) for one in _made(year, "长沙", 2 * n)]

    told = json.loads(json.dumps(link_trends.told(_trend(session, tmp_path, made))))

    assert (told["trend"], told["interval"]) == ("rising", "2007–2016年，其中2012、2015–2016年缺")
    assert told["yearly_low"] < told["yearly"] < told["yearly_high"]
    assert [year["here"] for year in told["years"]][-5:] == [None, 12, 14, None, None]
