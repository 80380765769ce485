"""How a chain is spread over cities: the foremost first, ours wherever it stands."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import cities, spreads
from yipanqi.engine.cities import Ground
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

PACK = Path(__file__).parents[2] / "packs" / "changsha"
CHAIN = "gongcheng-jixie"
CHANGSHA, WUHAN = regions.by_code()["430100"], regions.by_code()["420100"]
FIRMS = (
    *(Firm(f"株洲{n}液压件有限公司", "株洲", "液压件制造") for n in range(5)),
    *(Firm(f"徐州{n}液压件有限公司", "徐州", "液压件制造") for n in range(2)),
    *(Firm(f"常州{n}液压件有限公司", "常州", "液压件制造") for n in range(2)),
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产"),
    Firm("长沙乙贸易有限公司", "长沙", "液压件销售"),
    Firm("武汉餐饮有限公司", "武汉", "餐饮服务"),
)


@cache
def _pack() -> Pack:
    return packs.load(PACK)


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    day = _pack().newest
    registry = write(tmp_path / "registry", FIRMS)
    return Ground.of(registry, _pack().chains(on=day), _pack().library.diagnosis(on=day))


def test_cities_stand_by_their_makers_and_ours_is_told_where_it_is(ground: Ground) -> None:
    cities.kept(ground)

    found = spreads.spread(ground, chain=CHAIN, city=CHANGSHA, top=2)

    assert [(one.rank, one.name) for one in found.foremost] == [(1, "株洲"), (2, "徐州")]
    # Two cities are equal before it, and share the second place; who only sells is not counted.
    assert (found.city.rank, found.cities) == (4, 4)
    assert found.foremost[0].entries == 5 * found.city.entries
    assert found.entries == 10 * found.city.entries
    assert found.concentration == Decimal(1)


def test_a_city_without_the_chain_stands_behind_all_that_have_it(ground: Ground) -> None:
    cities.kept(ground)

    found = spreads.spread(ground, chain=CHAIN, city=WUHAN)

    assert (found.city.rank, found.city.entries, len(found.foremost)) == (5, 0, 4)


def test_nothing_is_worked_out_while_somebody_waits(ground: Ground) -> None:
    with pytest.raises(cities.NotKept):
        spreads.spread(ground, chain=CHAIN, city=CHANGSHA)
