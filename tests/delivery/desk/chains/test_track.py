"""The hit rate beside the list and the model card: plain about where a one-line rule is as good."""

import json

from yipanqi.domain.studies.services import tracking
from yipanqi.vocab.actors import HOUSE

LIST = "/chains/gongcheng-jixie/targets/"
CARD = "/chains/track-records/"
RULES = {
    "rules": [
        {"rule": "desk", "label": "本名单", "hits": 5, "listed": 1300},
        {"rule": "spread", "label": "省数 × 行业来本市比率", "hits": 9, "listed": 1300},
    ],
    "best_rule": "spread",
}
FIGURE = {
    "k": 50,
    "hits": 7,
    "listed": 1350,
    "already_here": 50,
    "base_rate": 0.00012,
    "interval": [0.003, None],
    "cities": ["430100", "420100"],
    "windows": ["2002:3", "2005:3"],
    "as_of_days": ["2002-12-31", "2005-12-31"],
    "snapshot": "full-1",
    "seed": 7,
}


def publish(**changes):
    tracking.publish(json.dumps({"gongcheng-jixie": [{**FIGURE, **changes}]}), by=HOUSE)


def test_a_list_without_a_record_says_so(as_, study):
    text = as_("clerk_a").get(LIST).content.decode()

    assert "未回测" in text
    assert CARD in text


def test_the_list_shows_hits_of_listed_interval_cities_and_days(as_, study):
    publish(**RULES, beats_best_rule=False)

    text = as_("clerk_a").get(LIST).content.decode()

    for word in (
        "7/1,350",
        "0.300%–—",
        "任选一家 0.012%",
        "长沙、武汉",
        "2005-12-31",
        "9/1,300",
        "5/1,300",
    ):
        assert word in text


def test_a_list_worse_than_the_rule_is_called_so(as_, study):
    publish(**RULES, beats_best_rule=False)

    text = as_("clerk_a").get(CARD).content.decode()

    assert "不如最好的一句话规则</span>" in text
    assert "1 个不如最好的一句话规则" in text


def test_a_list_that_cannot_be_told_from_the_rule_is_no_better(as_, study):
    publish(**RULES, beats_best_rule=None)

    assert "与最好的一句话规则分不出高下</span>" in as_("clerk_a").get(LIST).content.decode()


def test_without_a_rule_nothing_is_claimed(as_, study):
    publish()

    text = as_("clerk_a").get(CARD).content.decode()

    assert "没有对照规则</span>" in text
    assert "不能说它比自己排序好" in text


def test_before_anything_is_published_the_card_says_what_to_do(as_, chain):
    assert "yipanqi studies track-record" in as_("clerk_a").get(CARD).content.decode()
