"""One pass over all chains gives what a pass for each chain gives, for any city."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import diagnosis, targets
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

PACK = Path(__file__).parents[2] / "packs" / "changsha"
CITIES = ("长沙", "株洲", "武汉", "深圳")
ALONE = ("gongcheng-jixie", "shengwu-yiyao", "chuneng-cailiao")
SCOPES = (
    "液压件的生产、销售；起重机械制造",
    "销售液压件、轴承、汽车零部件",
    "锂离子电池、正极材料研发、制造",
    "软件开发；数据处理服务；集成电路设计",
    "生物药品制造；医疗器械生产、销售",
    "餐饮服务",
)
FIRMS = [
    Firm(
        f"{city}{number}{'液压件' if number % 5 == 0 else '实业'}有限公司",
        city,
        "；".join(SCOPES[(number + step) % len(SCOPES)] for step in range(1 + number % 3)),
        Decimal(50 * (number + 1)) if number % 7 else None,
        registered=date(1999 + number % 17, 3, 1),
    )
    for city in CITIES
    for number in range(30)
] + [Firm(f"株洲{n}实业有限公司长沙分公司", "长沙", "液压件制造") for n in (1, 5)]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return packs.load(PACK)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("every") / "registry", FIRMS)


@pytest.fixture(autouse=True)
def _one_home(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(registry.parent / "home"))


def _chains(pack: Pack) -> list[str]:
    return [one.chain for one in pack.chains(on=pack.newest).chains]


@pytest.mark.parametrize("name", ["长沙", "武汉", "阿里"])
def test_one_pass_ranks_every_link_as_a_pass_for_its_chain_does(
    registry: Path, pack: Pack, name: str
) -> None:
    city = regions.city(name)
    assert city is not None

    together = list(
        targets.rank_every_chain(registry, pack, city=city, chains=_chains(pack), top=4)
    )

    assert [one.diagnosis.chain for one in together] == _chains(pack)
    by_chain = {one.diagnosis.chain: one for one in together}
    for chain in ALONE:
        assert by_chain[chain] == targets.rank_every_link(
            registry, pack, city=city, chain=chain, top=4
        )
    assert sum(len(one.targets) for one in together) > 20


def test_one_pass_ranks_chains_as_a_pass_for_each_does(registry: Path, pack: Pack) -> None:
    city, chains = regions.by_code()["430100"], ALONE

    together = list(targets.rank_chains(registry, pack, city=city, chains=chains, top=6))

    alone = [targets.rank(registry, pack, city=city, chain=chain, top=6) for chain in chains]
    assert together == alone
    assert len(together[0].targets) == 6


def test_a_city_without_an_enterprise_has_a_verdict_for_every_link(
    registry: Path, pack: Pack
) -> None:
    lhasa = regions.by_code()["540100"]

    found = list(diagnosis.diagnose_every_chain(registry, pack, city=lhasa, chains=_chains(pack)))

    links = [link for one in found for link in one.links]
    assert len(links) == len(pack.chains(on=pack.newest).links)
    assert {link.local_enterprises for link in links} == {0}
    assert {link.all_local for link in links} == {0}
    assert all(link.status == "missing" and link.quotient is None for link in links)
    known = next(link for link in links if link.link_code == "gcjx-yeya")
    assert known.national_enterprises > 0


def test_links_are_diagnosed_alike_alone_and_together(registry: Path, pack: Pack) -> None:
    for name in ("长沙", "深圳", "拉萨"):
        city = regions.city(name)
        assert city is not None
        every = diagnosis.diagnose_every_chain(registry, pack, city=city, chains=_chains(pack))
        for one in every:
            if one.chain in ALONE:
                assert one == diagnosis.diagnose(registry, pack, city=city, chain=one.chain)
