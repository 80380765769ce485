"""A chain of 500 links with 1,200 supplies, studied: as large as the drawing must bear."""

from datetime import date
from random import Random

from yipanqi.domain.industries.models import Chain, Link, Supply
from yipanqi.domain.studies.models import LinkVerdict, Study
from yipanqi.vocab import clock

LINKS = 500
ARROWS = 1200
CODE = "big-chain"
_LANES = ("upstream", "midstream", "downstream")
_DIVISIONS = ("26", "29", "30", "31", "33", "34", "35", "36", "38", "39", "40", "65", "73", "")
_PARTS = ("高强度结构件", "精密轴承", "电控", "密封", "液压传动与控制装置", "检测服务")


def links():
    """Code, name, lane and GB/T class of each link."""
    dice = Random(7)  # noqa: S311 -- a picture, not a secret
    return [
        (
            f"big-{number}",
            f"{_PARTS[number % len(_PARTS)]}{number}",
            _LANES[number * 3 // LINKS],
            f"{division}11" if (division := dice.choice(_DIVISIONS)) else "",
        )
        for number in range(LINKS)
    ]


def arrows():
    """Pairs of link codes, each once, mostly from a lane to itself or the next."""
    dice = Random(7)  # noqa: S311 -- a picture, not a secret
    pairs = {}
    while len(pairs) < ARROWS:
        supplier = dice.randrange(LINKS - 1)
        customer = min(LINKS - 1, supplier + dice.randint(1, 200))
        pairs[f"big-{supplier}", f"big-{customer}"] = None
    return list(pairs)


def make():
    """Write the chain and its study to the database."""
    grounds = {"source": "测试", "basis": "recalled"}
    chain = Chain.objects.create(
        code=CODE, name="五百环节链", status="draft", valid_from=date(2018, 1, 1), **grounds
    )
    rows = [
        Link(chain=chain, code=code, name=name, position=lane, gbt=gbt, **grounds)
        for code, name, lane, gbt in links()
    ]
    known = {row.code: row for row in Link.objects.bulk_create(rows)}
    Supply.objects.bulk_create(
        Supply(chain=chain, supplier=known[a], customer=known[b], **grounds) for a, b in arrows()
    )
    _study()
    return chain


def _study():
    now = clock.now()
    study = Study.objects.create(
        kind="diagnosis",
        city="长沙",
        chain=CODE,
        snapshot="synthetic-7",
        synthetic=True,
        as_of=date(2019, 12, 31),
        code_version="0",
        state="done",
        current=True,
        started_at=now,
        ended_at=now,
    )
    LinkVerdict.objects.bulk_create(
        LinkVerdict(
            study=study,
            link=code,
            local_enterprises=place * 7,
            local_capital_wan=place * 700,
            nation_enterprises=9000,
            quotient=place / 10,
            status=("missing", "weak", "strong")[place % 3],
            action=("补链", "延链", "强链")[place % 3],
            reason="测试用的理由",
            rule="test",
            sample=True,
        )
        for place, (code, *_) in enumerate(links())
    )
