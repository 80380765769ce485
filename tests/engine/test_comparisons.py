"""Two cities side by side: the same counts, rules and index as the diagnosis and the measures."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import ibis
import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import cities, comparisons, diagnosis
from yipanqi.engine.cities import Ground
from yipanqi.engine.comparisons import Lead
from yipanqi.engine.measures import krugman
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.verdicts import Status
from yipanqi.vocab import regions

PACK = Path(__file__).parents[2] / "packs" / "changsha"
CHAIN, HYDRAULICS = "gongcheng-jixie", "gcjx-yeya"
CHANGSHA, ZHUZHOU, LHASA = (regions.by_code()[code] for code in ("430100", "430200", "540100"))
FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产、销售", Decimal("100.5")),
    Firm("长沙乙轴承有限公司", "长沙", "轴承制造"),
    Firm("长沙丙贸易有限公司", "长沙", "销售液压件"),
    *(Firm(f"长沙零{n}有限公司", "长沙", "餐饮服务") for n in range(9)),
    *(Firm(f"株洲{n}液压件有限公司", "株洲", "液压件制造", Decimal(n + 100)) for n in range(25)),
    *(Firm(f"武汉零{n}有限公司", "武汉", "餐饮服务") for n in range(60)),
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


@pytest.fixture
def kept(ground: Ground) -> Ground:
    cities.kept(ground)
    return ground


def test_nothing_is_worked_out_while_somebody_waits(ground: Ground) -> None:
    with pytest.raises(cities.NotKept, match="研判"):
        comparisons.compare(ground, chain=CHAIN, first=CHANGSHA, second=ZHUZHOU)


def test_each_side_says_what_the_diagnosis_of_that_city_says(kept: Ground) -> None:
    found = comparisons.compare(kept, chain=CHAIN, first=CHANGSHA, second=ZHUZHOU)

    for city, side in ((CHANGSHA, "first"), (ZHUZHOU, "second")):
        alone = diagnosis.diagnose(kept.registry, _pack(), city=city, chain=CHAIN)
        by_code = {link.link_code: link for link in alone.links}
        for pair in found.pairs:
            told, mine = by_code[pair.link_code], getattr(pair, side)
            assert (mine.enterprises, mine.quotient) == (told.local_enterprises, told.quotient)
            assert (mine.status, mine.rule) == (told.status, told.rule)


def test_strength_on_one_side_and_nothing_on_the_other_is_a_complement(kept: Ground) -> None:
    found = comparisons.compare(kept, chain=CHAIN, first=CHANGSHA, second=ZHUZHOU)

    pair = next(one for one in found.pairs if one.link_code == HYDRAULICS)
    assert (pair.first.enterprises, pair.first.traders, pair.second.enterprises) == (1, 1, 25)
    assert (pair.first.share, pair.second.share) == (Decimal("0.0385"), Decimal("0.9615"))
    assert (pair.lead, pair.second.status) == (Lead.SECOND, Status.STRONG)
    lacking = replace(pair, first=replace(pair.first, status=Status.MISSING))
    assert lacking.complements
    assert not replace(pair, first=pair.second).complements


def test_the_difference_is_that_of_the_measure(kept: Ground) -> None:
    found = comparisons.compare(kept, chain=CHAIN, first=CHANGSHA, second=ZHUZHOU)
    rows = [
        (city.code, pair.link_code, side.enterprises)
        for pair in found.pairs
        for city, side in ((CHANGSHA, pair.first), (ZHUZHOU, pair.second))
        if side.enterprises
    ]
    members = ibis.memtable(rows, columns=["place", "link", "enterprises"])

    measured = krugman.from_place(members, CHANGSHA.code).to_pyarrow()["difference"].to_pylist()

    assert [found.difference] == measured


def test_a_city_without_a_single_enterprise_is_compared_all_the_same(kept: Ground) -> None:
    found = comparisons.compare(kept, chain=CHAIN, first=LHASA, second=ZHUZHOU)

    assert (found.all_first, found.difference) == (0, None)
    sides = [pair.first for pair in found.pairs]
    assert {(side.enterprises, side.part, side.status) for side in sides} == {
        (0, None, Status.MISSING)
    }
    assert len(found.pairs) == len(_pack().chains(on=_pack().newest).only(CHAIN).links)
