"""What tests of the desk's screens share: who is signed in, one small chain, and a study of it."""

from datetime import date

import pytest
from django.test import Client
from tests import cast, studies

from yipanqi.domain.industries.models import Chain, Link, LinkLeader, Supply
from yipanqi.domain.studies.models import LinkVerdict, Target

CHAIN = "gongcheng-jixie"


@pytest.fixture
def as_(city, settings):
    """A client signed in as one of the cast: `as_("clerk_a")`."""
    settings.REQUIRE_TOTP = False

    def signed_in(name):
        client = Client()
        client.force_login(cast.officer(name))
        return client

    return signed_in


@pytest.fixture
def chain(city):
    """工程机械 with three links: steel serves the hydraulic part, which serves the excavator."""
    grounds = {"source": "测试", "basis": "recalled"}
    chain = Chain.objects.create(
        code=CHAIN, name="工程机械", valid_from=date(2018, 1, 1), **grounds
    )
    steel, part, digger = (
        Link.objects.create(chain=chain, code=code, name=name, position=position, **grounds)
        for code, name, position in (
            ("gcjx-gang", "高强钢", "upstream"),
            ("gcjx-yeya", "液压件", "upstream"),
            ("gcjx-wajueji", "挖掘机", "midstream"),
        )
    )
    Supply.objects.create(chain=chain, supplier=steel, customer=part, **grounds)
    Supply.objects.create(chain=chain, supplier=part, customer=digger, **grounds)
    LinkLeader.objects.create(
        link=part, enterprise="示例液压集团", place="江苏常州", reach="world", **grounds
    )
    return chain


@pytest.fixture
def study(chain):
    """The chain diagnosed and its hydraulic link given 60 targets."""
    _diagnosed()
    return _targeted()


def _diagnosed():
    run = studies.run("diagnosis", CHAIN)
    for link, status, local in (("gcjx-gang", "strong", 120), ("gcjx-yeya", "missing", 0)):
        LinkVerdict.objects.create(
            study=run,
            link=link,
            local_enterprises=local,
            local_capital_wan=local * 100,
            nation_enterprises=9000,
            quotient=1.25 if local else 0.0,
            status=status,
            action="补链",
            reason=f"本市 {local} 家",
            rule="missing-with-customers",
            sample=True,
            suppliers=[{"city": "常州", "enterprises": 321, "quotient": 3.2, "km": 702.4}],
        )


def _targeted():
    run = studies.run("targets", CHAIN)
    Target.objects.bulk_create(_target(run, rank) for rank in range(1, 61))
    return run


def _target(run, rank):
    return Target(
        study=run,
        link="gcjx-yeya",
        rank=rank,
        registry_id=f"r{rank}",
        code=f"{rank:018d}",
        name=f"江苏目标液压{rank}号有限公司",
        city="常州",
        score=70,
        contributions=[
            {"feature": "capital", "label": "注册资本", "value": "1.2", "contribution": 40},
            {"feature": "focus", "label": "专注度", "value": "0.9", "contribution": 30},
        ],
        evidence=[
            {"kind": kind, "text": text, "source": "jiangsu.csv", "as_of": "2019-12-31"}
            for kind, text in (
                ("经营范围", "液压件制造"),
                ("成立日期", "2002-02-24"),
                ("注册资本", "12000万人民币"),
            )
        ],
        last_sign_on=date(2019, 5, 3),
        last_sign_kind="年报",
    )
