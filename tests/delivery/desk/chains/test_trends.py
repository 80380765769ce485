"""Where the links of a chain are heading, gaps hatched and named."""

import pytest
from django.urls import reverse

from yipanqi.delivery.desk.chains import trends
from yipanqi.domain.studies.models import LinkVerdict
from yipanqi.engine.measures import link_trends
from yipanqi.engine.measures.coverage import Coverage
from yipanqi.engine.measures.link_trends import Year

CHAIN, LINK = "gongcheng-jixie", "gcjx-yeya"
GONE = {2012, 2015, 2016}
YEARS = [
    Year(year, None if year in GONE else 3 * (year - 2001), 900, 20,
         Coverage.MISSING if year in GONE else Coverage.KNOWN)
    for year in range(2002, 2017)
]  # fmt: skip


@pytest.fixture
def told(study):
    LinkVerdict.objects.filter(link=LINK).update(trend=link_trends.written(YEARS))
    return study


def test_a_missing_year_is_hatched_and_is_no_link_and_no_nought(as_, told):
    text = as_("clerk_a").get(reverse("desk:link", args=[CHAIN, LINK])).content.decode()

    assert text.count('class="column missing"') == len(GONE)
    assert "2012 年：本省登记数据缺失，家数未知" in text
    roll = reverse("desk:roll", args=[CHAIN, LINK])
    assert f'href="{roll}?year=2011"' in text
    assert f'href="{roll}?year=2012"' not in text


def test_the_judgement_says_change_interval_and_what_is_missing(as_, told):
    text = as_("clerk_a").get(reverse("desk:link", args=[CHAIN, LINK])).content.decode()

    assert "↗ 上升" in text
    assert "95% 区间" in text
    assert "2007–2016年，其中2012、2015–2016年缺" in text
    assert "2007 年 18 家 → 2011 年 30 家" in text


def test_every_figure_of_the_drawing_stands_in_a_table_too(as_, told):
    text = as_("clerk_a").get(reverse("desk:link", args=[CHAIN, LINK])).content.decode()

    table = text.split("看表")[-1]
    assert all(f'<th scope="row">{year.year}</th>' in table for year in YEARS)
    assert table.count("未知") >= len(GONE)


def test_a_study_without_years_says_so_in_place_of_a_drawing(as_, study):
    client = as_("clerk_a")

    link = client.get(reverse("desk:link", args=[CHAIN, LINK])).content.decode()
    chain = client.get(reverse("desk:trends", args=[CHAIN])).content.decode()

    assert "没有留下各年数据" in link
    assert "还没有趋势" in chain


def test_the_chain_shows_its_links_side_by_side_and_narrows_to_one_direction(as_, told):
    client, address = as_("clerk_a"), reverse("desk:trends", args=[CHAIN])

    rising = client.get(address, {"trend": "rising"}).content.decode()
    falling = client.get(address, {"trend": "falling"}).content.decode()

    assert "液压件" in rising
    assert "没有这样的环节" in falling


def test_the_trends_of_a_chain_ask_the_database_a_fixed_number_of_times(
    as_, told, django_assert_max_num_queries
):
    client, address = as_("clerk_a"), reverse("desk:trends", args=[CHAIN])
    client.get(address)

    with django_assert_max_num_queries(16):
        client.get(address)


def test_the_tallest_year_fills_the_room_and_all_stand_on_the_floor():
    drawn = trends.drawn(YEARS, width=300, height=100)

    known = [one for one in drawn.columns if one.coverage == "known"]
    assert drawn.most == 39
    assert min(one.y for one in known) == 14
    assert {round(one.y + one.height, 1) for one in drawn.columns} == {float(drawn.floor)}


def test_too_few_known_years_or_enterprises_are_not_judged_and_say_why():
    few = [year for year in YEARS if year.coverage is Coverage.KNOWN]
    seldom = [Year(one.year, min(one.here or 0, 1), 900, 20, one.coverage) for one in few]

    said = trends.Heading(link_trends.judged("x", seldom), trends.drawn([], width=9, height=9)).said

    assert "不足 20 家" in said
