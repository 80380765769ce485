"""What groups already here do elsewhere and not here, with reasons; roll-outs stand apart."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.small_pack import pack_of
from tests.engine.small_registry import Firm, write

from yipanqi.engine.affiliates import businesses, missing
from yipanqi.engine.affiliates.missing import Listing, Missing
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

CHANGSHA = regions.by_code()["430100"]
CHAIN, OTHER = "gongcheng-jixie", "shipin"
MAKER, SELLER, WIDE, STRANGER = (
    "武汉甲泵业有限公司", "武汉乙泵业有限公司", "武汉丙泵业有限公司", "武汉丁泵业有限公司",
)  # fmt: skip
LATE = date(2015, 6, 1)
FIRMS = (
    # Makes steel sheet here and hydraulics in two cities elsewhere, not here.
    Firm(
        MAKER,
        "武汉",
        "液压件制造；轴承制造",
        Decimal(5000),
        registered=date(2003, 4, 5),
        last_sign=(date(2016, 3, 1), None),
    ),
    Firm(f"{MAKER}株洲分公司", "株洲", "液压件制造", None, registered=LATE),
    Firm(f"{MAKER}长沙分公司", "长沙", "轴承制造；液压件销售", None, registered=date(2009, 1, 1)),
    Firm(f"{MAKER}长沙销售分公司", "长沙", "百货销售", None),
    # Does here what it does elsewhere.
    Firm(SELLER, "武汉", "液压件制造", Decimal(100_000)),
    Firm(f"{SELLER}长沙分公司", "长沙", "液压件的生产", None),
    # Only sells elsewhere.
    Firm(WIDE, "武汉", "液压件销售", Decimal(100_000)),
    Firm(f"{WIDE}长沙分公司", "长沙", "餐饮服务", None),
    # Is not here at all; has ceased.
    Firm(STRANGER, "武汉", "液压件制造"),
    Firm(f"{STRANGER}长沙分公司", "长沙", "餐饮服务", None, status="ceased"),
    # A bank opens everywhere.
    Firm("武汉戊银行股份有限公司", "武汉", "液压件制造"),
    Firm("武汉戊银行股份有限公司长沙分公司", "长沙", "银行业务", None),
    # Two shops of one name are not one firm.
    Firm("便民五金店", "武汉", "液压件制造"),
    Firm("便民五金店 ", "长沙", "五金零售"),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return pack_of(CHAIN, OTHER)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("registry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIPANQI_HOME", str(folder / "home"))
        yield write(folder / "registry", FIRMS)


@pytest.fixture(scope="module")
def listing(registry: Path, pack: Pack) -> Listing:
    (found,) = missing.rank(registry, pack, city=CHANGSHA, chains=(CHAIN,), top=5)
    return found


def _hydraulics(listing: Listing) -> Missing:
    return next(one for one in listing.missing if one.link_code == "gcjx-yeya")


def test_only_what_a_group_makes_elsewhere_and_not_here_is_missing(listing: Listing) -> None:
    assert {(one.group, one.link_code) for one in listing.missing} == {(MAKER, "gcjx-yeya")}
    assert listing.candidates == 1


def test_each_says_what_is_here_what_elsewhere_since_when_and_how_many(listing: Listing) -> None:
    one = _hydraulics(listing)

    told = {why.kind: why.text for why in one.evidence}
    assert (one.local, one.places, one.since) == (2, 2, date(2003, 4, 5))
    assert told["本市已有"].startswith(f"{MAKER}长沙分公司（长沙，2009-01-01）")
    assert "轴承" in told["本市已做"]
    assert told["本市只销售"] == "在本市只做这一环节的销售"
    assert told["外地在做"] == (
        f"{MAKER}（武汉，2003-04-05）、{MAKER}株洲分公司（株洲，2015-06-01）；"
        "2 个城市，最早 2003-04-05"
    )
    assert told["归属"] == f"{MAKER}：公司本身，把握 1.00"
    assert told["经营范围"].startswith("液压件制造（识别词：液压件")
    assert told["注册资本"] == "5000(万元)"


def test_the_foremost_elsewhere_is_whom_to_approach(listing: Listing) -> None:
    one = _hydraulics(listing)

    assert (one.name, one.city, one.role, one.existence) == (MAKER, "武汉", "makes", "unknown")
    assert (one.kind.form.value, one.kind.size.value) == ("plant", "middle")
    told = {why.kind: why.text for why in one.evidence}
    assert told["存续"] == "存续未知，最近一次活动：2016-03-01（类型未注明）"


def test_the_working_adds_up_and_follows_the_sheet(listing: Listing) -> None:
    one = _hydraulics(listing)

    values = {line.feature: line.value for line in one.score.lines}
    assert one.score.total == sum(line.contribution for line in one.score.lines)
    assert one.score.sheet == listing.sheet == "changsha/affiliates/2018-01-01"
    assert values["making"] == 1
    assert values["places"] == Decimal("0.5")
    assert values["rooted"] == Decimal("0.4")
    # 580 of 3652.5 days before 2016-12-31.
    assert values["recent"] == Decimal("0.8415")
    assert values["linked"] in {Decimal(0), Decimal(1)}


def test_who_opens_everywhere_is_left_out_and_counted(
    listing: Listing, registry: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listing.roll_outs == 1

    monkeypatch.setattr(businesses, "MANY_CITIES", 3)
    (narrow,) = missing.rank(registry, pack, city=CHANGSHA, chains=(CHAIN,))

    assert (narrow.roll_outs, narrow.missing) == (2, ())


def test_every_chain_answers_in_the_order_asked_and_so_does_a_city_of_nobody(
    registry: Path, pack: Pack
) -> None:
    codes = [OTHER, CHAIN]
    nowhere = regions.by_code()["540100"]

    every = missing.rank(registry, pack, city=CHANGSHA, chains=codes)
    nobody = missing.rank(registry, pack, city=nowhere, chains=codes)

    (alone,) = missing.rank(registry, pack, city=CHANGSHA, chains=(CHAIN,))
    assert [one.diagnosis.chain for one in every] == codes
    assert every[1].missing == alone.missing
    assert [len(one.missing) for one in every] == [0, 1]
    assert [one.missing for one in nobody] == [(), ()]
    assert missing.rank(registry, pack, city=CHANGSHA, chains=()) == ()
