"""Findings of an invented chain, as the papers' tests need them."""

from datetime import date
from decimal import Decimal

from yipanqi.delivery.papers.findings import (
    ChainFindings,
    Grounds,
    LinkFinding,
    Near,
    TargetFinding,
    Working,
    Year,
)
from yipanqi.engine.spreads import Place, Spread
from yipanqi.rulebook.chains import Chain, ChainTables, Leader, Link, Supply
from yipanqi.rulebook.sources import Basis

SPREAD = Spread(
    city=Place("430100", "长沙", 4, 29),
    foremost=(Place("320300", "徐州", 1, 90), Place("430200", "株洲", 2, 50)),
    cities=31,
    entries=580,
    concentration=Decimal("0.6250"),
)
_SAID = ("测试", Basis.SAMPLE)
NAMES = {"pumps": "泵", "cars": "车"}


def tables(code="pumps", name="泵", status="full"):
    """A chain of three links: 铸件 supplies 液压泵, which supplies 泵车."""
    links = (("cast", "铸件", "upstream"), ("pump", "液压泵", "midstream"))
    rows = (*links, ("truck", "泵车", "downstream"))
    return ChainTables(
        chains=(Chain(code, name, "", "office", status, *_SAID),),
        links=tuple(
            Link(code, link, title, position, "3391", "测试用的环节", *_SAID)
            for link, title, position in rows
        ),
        supplies=(
            Supply(code, "cast", "pump", "壳体", *_SAID),
            Supply(code, "pump", "truck", "主泵", *_SAID),
        ),
        leaders=(Leader(code, "pump", "名企", "德国", "world", *_SAID),),
    )


def link(code, name, position, status, count, **more):
    """A finding on one link."""
    told = {
        "local_traders": 1, "local_capital_wan": Decimal(12_000), "national_enterprises": 900,
        "quotient": Decimal("0.5"), "local_customers": 12, "strong_cities": 1,
        "near": (Near("株洲", 30, Decimal("2.1"), 41),), "action": "补链", "reason": "测试用的理由",
        "rule": "test", "is_sample": True,
    }  # fmt: skip
    return LinkFinding(
        code=code, name=name, position=position, status=status, local_enterprises=count,
        **{**told, **more},
    )  # fmt: skip


def links(first="missing"):
    """The chain's links: the first as asked, a weak and a strong one, the strong one with years."""
    years = (Year(2014, 3), Year(2015, None), Year(2016, 5, is_partial=True))
    return (
        link("cast", "铸件", "upstream", first, 0, quotient=None),
        link("pump", "液压泵", "midstream", "weak", 4),
        link("truck", "泵车", "downstream", "strong", 25, trend=years, near=()),
    )


def target(name="外地泵业有限公司", place="株洲", score="61.5", registry_id="a1"):
    """An enterprise outside, with a working that adds up."""
    return TargetFinding(
        registry_id=registry_id,
        name=name,
        code="",
        place=place,
        link="铸件",
        score=Decimal(score),
        working=(
            Working("做制造", Decimal(1), Decimal(score) - 1),
            Working("资本", None, Decimal(1)),
        ),
        clauses=("铸件制造（识别词：铸件，生产制造）",),
        registered="2001-02-03",
        capital="500万元",
        existence="存续未知",
        last_sign_on=date(2016, 5, 4),
        last_sign_kind="登记变更",
        is_here_already=False,
    )


def findings(
    *, city="长沙", code="pumps", status="full", synthetic=False, first="missing", targets=None
):
    """A chain in a city as of the end of 2016, with one target unless others are given."""
    return ChainFindings(
        city=city,
        code=code,
        tables=tables(code, NAMES[code], status),
        links=links(first),
        targets=(target(),) if targets is None else tuple(targets),
        grounds=Grounds("snap-1", "2016-12-31", synthetic, {"rules/1": "ab" * 32}, "0.1.0"),
        all_here=2000,
        all_everywhere=300_000,
        spread=SPREAD,
    )
