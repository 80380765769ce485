"""What a link may become, how surely, and by which model; or why nobody says."""

import pytest
from django.urls import reverse

from yipanqi.domain.studies.models import LinkVerdict

CHAIN, LINK = "gongcheng-jixie", "gcjx-yeya"
TRIED = {
    "year": 2006, "cities": 120, "first": 10, "listed": 1200, "hits": 300, "rule_hits": 240,
    "pairs": 90000, "entered": 5200,
}  # fmt: skip
FORECAST = {
    "score": "0.1234", "rank": 3, "among": 700, "base_rate": "0.0580", "as_of_year": 2011,
    "model": "entry-logistic", "model_digest": "abcdef0123456789", "note": "",
    "grade_note": "近十年缺 3 年登记", "reasons": [["离专长最近", "0.4100"], ["周围环节", "-0.2"]],
    "tried": TRIED,
}  # fmt: skip


@pytest.fixture
def shown(as_, study):
    def page(**told):
        LinkVerdict.objects.filter(link=LINK).update(**told)
        return as_("clerk_a").get(reverse("desk:link", args=[CHAIN, LINK])).content.decode()

    return page


def test_a_forecast_says_chance_place_average_model_and_signals(shown):
    text = shown(forecast=FORECAST, grade="B")

    for word in (
        "可能 12.3%", "700 个尚非专长的环节里排第 3", "平均 5.8%", "2011 年底", "entry-logistic",
        "离专长最近 +0.41", "周围环节 -0.20", "证据 B 级", "近十年缺 3 年登记",
    ):  # fmt: skip
        assert word in text


def test_how_it_fared_stands_beside_it_and_no_better_than_a_rule_is_said(shown):
    better = shown(forecast=FORECAST)
    worse = shown(forecast={**FORECAST, "tried": {**TRIED, "rule_hits": 300}})
    untried = shown(forecast={**FORECAST, "tried": None})

    assert "成为专长的 300 个；按“离专长最近”排的 240 个" in better
    assert "不比一句话规则准" not in better
    assert "不比一句话规则准" in worse
    assert "准不准不知道" in untried


def test_without_a_forecast_the_page_says_why(shown):
    assert "没有成长预测：登记太少" in shown(forecast={"note": "登记太少", "grade_note": ""})
    assert "没有成长预测：这次研判未做" in shown(forecast=None)
