"""A chain of 500 links with 1,200 supplies, studied: as large as the drawing must bear."""

from datetime import date
from random import Random

from tests import studies

from yipanqi.domain.industries.models import Chain, Link, Supply

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
    studies.graded(studies.run("diagnosis", CODE), [code for code, *_ in links()])
