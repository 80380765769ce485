"""From a registry to a diagnosis and a list of targets, by Changsha's own pack."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import diagnosis, targets
from yipanqi.engine.diagnosis import LinkDiagnosis
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

PACK = Path(__file__).parents[2] / "packs" / "changsha"
CHANGSHA = regions.by_code()["430100"]
CHAIN, HYDRAULICS = "gongcheng-jixie", "gcjx-yeya"
FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产、销售", Decimal("100.5")),
    Firm("长沙乙有限公司", "长沙", "液压件制造", Decimal(200), "USD"),
    Firm("长沙丙贸易有限公司", "长沙", "销售液压件"),
    Firm("长沙丁化工有限公司", "长沙", "化工产品（不含液压件）制造"),
    Firm("长沙戊有限公司", "长沙", "液压件制造", status="ceased"),
    *(Firm(f"长沙零{n}有限公司", "长沙", "餐饮服务") for n in range(4)),
    *(Firm(f"株洲{n}液压件有限公司", "株洲", "液压件制造", Decimal(n + 100)) for n in range(25)),
    Firm(
        "株洲大液压件有限公司",
        "株洲",
        "液压件制造；轴承销售",
        Decimal(50000),
        last_sign=(date(2016, 5, 4), "专利授权"),
    ),
    Firm("株洲大液压件有限公司武汉分公司", "武汉", "液压件制造"),
    Firm("武汉商贸有限公司", "武汉", "液压件、钢材、百货、服装销售"),
    *(Firm(f"武汉零{n}有限公司", "武汉", "餐饮服务") for n in range(60)),
)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return packs.load(PACK)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return write(tmp_path / "registry", FIRMS)


def _hydraulics(registry: Path, pack: Pack) -> LinkDiagnosis:
    found = diagnosis.diagnose(registry, pack, city=CHANGSHA, chain=CHAIN)
    return next(link for link in found.links if link.link_code == HYDRAULICS)


def test_makers_are_counted_and_sellers_excluded_and_ceased_ones_are_not(
    registry: Path, pack: Pack
) -> None:
    link = _hydraulics(registry, pack)

    assert (link.local_enterprises, link.local_traders) == (2, 1)
    assert (link.local_capital_wan, link.capital_not_counted) == (Decimal("100.5"), 1)


def test_the_quotient_compares_shares_of_city_and_nation(registry: Path, pack: Pack) -> None:
    link = _hydraulics(registry, pack)

    # 2 of 8 standing here; 2 + 26 + 1 of 8 + 26 + 62 in the nation.
    assert (link.all_local, link.all_national, link.national_enterprises) == (8, 96, 29)
    assert link.quotient == Decimal("0.8276")


def test_the_strong_city_outside_is_found_by_the_same_rules(registry: Path, pack: Pack) -> None:
    link = _hydraulics(registry, pack)

    assert [(one.city, one.enterprises) for one in link.suppliers] == [("株洲", 26)]
    assert 35 < link.suppliers[0].km < 60


def test_every_link_of_the_chain_gets_a_verdict_with_rule_and_reason(
    registry: Path, pack: Pack
) -> None:
    found = diagnosis.diagnose(registry, pack, city=CHANGSHA, chain=CHAIN)

    assert len(found.links) == len(pack.chains(on=pack.newest).only(CHAIN).links)
    assert all(link.rule and link.reason and "{" not in link.reason for link in found.links)
    assert found.synthetic
    assert found.as_of == "2016-12-31"


def test_targets_are_outside_companies_and_their_lines_add_up(registry: Path, pack: Pack) -> None:
    found = targets.rank(registry, pack, city=CHANGSHA, chain=CHAIN, link=HYDRAULICS, top=3)

    names = [target.name for target in found.targets]
    assert names[0] == "株洲大液压件有限公司"
    assert found.candidates == 27  # 26 of 株洲 and the trader of 武汉; no branch, nobody local
    for target in found.targets:
        assert target.score.total == sum(line.contribution for line in target.score.lines)
    assert [target.rank for target in found.targets] == [1, 2, 3]


def test_evidence_names_the_clause_and_says_that_existence_is_unknown(
    registry: Path, pack: Pack
) -> None:
    best = targets.rank(registry, pack, city=CHANGSHA, chain=CHAIN, link=HYDRAULICS, top=1)

    told = {one.kind: one for one in best.targets[0].evidence}
    assert told["经营范围"].text.startswith("液压件制造")
    assert told["经营范围"].source == "test.csv"
    assert told["存续"].text == "存续未知，最近一次活动：2016-05-04（专利授权）"


def test_the_last_sign_of_life_is_told_with_its_kind_and_none_is_none(
    registry: Path, pack: Pack
) -> None:
    found = targets.rank(registry, pack, city=CHANGSHA, chain=CHAIN, link=HYDRAULICS, top=2)

    first, second = found.targets
    assert (first.last_sign_on, first.last_sign_kind) == (date(2016, 5, 4), "专利授权")
    assert (second.last_sign_on, second.last_sign_kind) == (None, "")


def test_ranking_every_link_agrees_with_ranking_one(registry: Path, pack: Pack) -> None:
    one = targets.rank(registry, pack, city=CHANGSHA, chain=CHAIN, link=HYDRAULICS, top=5)
    every = targets.rank_every_link(registry, pack, city=CHANGSHA, chain=CHAIN, top=5)

    there = [target for target in every.targets if target.link_code == HYDRAULICS]
    assert [(t.rank, t.registry_id, t.score.total) for t in there] == [
        (t.rank, t.registry_id, t.score.total) for t in one.targets
    ]


def test_the_index_is_made_once_and_gives_the_same_answer_again(
    registry: Path, pack: Pack, tmp_path: Path
) -> None:
    first = diagnosis.diagnose(registry, pack, city=CHANGSHA, chain=CHAIN)
    made = {file: file.stat().st_mtime_ns for file in (tmp_path / "home").rglob("*.parquet")}

    again = diagnosis.diagnose(registry, pack, city=CHANGSHA, chain=CHAIN)

    assert again == first
    assert made
    assert made == {
        file: file.stat().st_mtime_ns for file in (tmp_path / "home").rglob("*.parquet")
    }
