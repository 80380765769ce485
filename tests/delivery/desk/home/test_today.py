"""The day's page."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.services import interactions, planning
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
# Unlike one another: near-duplicates would wait for a ruling.
MATTERS = ("挖掘机整机", "液压油缸", "智能电控", "回转支承", "轮胎再制造", "矿用宽体车")


def test_figures_lead_to_their_rows(as_):
    cast.project(amount_fen=3_0000_0000_00)
    client = as_("clerk_a")

    text = client.get(reverse("desk:today")).content.decode()

    assert "/projects/?official=talking" in text
    assert "3.00 亿元" in text
    assert "示例液压件项目" in client.get("/projects/?official=talking").content.decode()


def test_figures_count_only_what_one_may_see(as_):
    cast.project(amount_fen=3_0000_0000_00, label=Label.BUSINESS_SECRET)

    assert "3.00 亿元" not in as_("clerk_b").get(reverse("desk:today")).content.decode()


def test_the_chart_has_a_table_and_draws_unknown_as_a_gap(as_):
    cast.project(amount_fen=None)

    text = as_("clerk_a").get(reverse("desk:today")).content.decode()

    option = json.loads(unescape(re.search(r'data-chart="([^"]+)"', text).group(1)))
    assert option["series"][0]["data"][0]["value"] is None
    assert "看表" in text


def test_ones_projects_say_what_the_next_stage_still_lacks(as_):
    cast.project()

    assert "签约还差" in as_("clerk_a").get(reverse("desk:today")).content.decode()


def test_a_claim_that_ends_soon_is_named(as_):
    lead = cast.lead(matter="快到期的线索")
    later = clock.now() + timedelta(days=85)

    with clock.using(lambda: later):
        text = as_("clerk_a").get(reverse("desk:today")).content.decode()

    assert "快到期的线索" in text.split("将失效的首报")[1]
    assert lead.public_id in text


def test_the_arbiter_sees_what_waits(as_):
    cast.lead()
    cast.lead(by=cast.clerk_b())

    assert "待我裁定（1）" in as_("arbiter").get(reverse("desk:today")).content.decode()


def test_a_city_without_projects_has_an_empty_page_and_not_an_error(as_):
    text = as_("clerk_a").get(reverse("desk:today")).content.decode()

    assert "还没有项目" in text
    assert reverse("desk:leads") in text


def test_the_page_asks_a_fixed_number_of_questions(as_, django_assert_max_num_queries):
    for name in MATTERS:
        cast.project(name=name)
    client = as_("clerk_a")
    client.get(reverse("desk:today"))

    with django_assert_max_num_queries(26):
        client.get(reverse("desk:today"))


def test_who_has_no_projects_sees_those_that_stand_longest(as_):
    cast.project()

    text = as_("dispatcher").get(reverse("desk:today")).content.decode()

    assert "示例液压件项目" in text.split("停留最久的项目")[1]


def test_ones_promises_and_the_units_visits_of_the_week_stand_on_the_page(as_):
    today = clock.today()
    told = interactions.Occasion("visit", today, "谈了选址", "送规划图", today)
    interactions.log(cast.enterprise(), told, by=cast.clerk_a())
    planning.plan(cast.enterprise(), planning.Plan("visit", today, "考察选址"), by=cast.clerk_a())

    mine, others = (as_(name).get("/").content.decode() for name in ("clerk_a", "clerk_b"))

    for words in ("送规划图", "考察选址"):
        assert words in mine
        assert words not in others
