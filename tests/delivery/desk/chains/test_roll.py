"""The enterprises behind a count, name by name."""

import pytest
from django.urls import reverse
from tests.engine.small_registry import Firm, write

from yipanqi.delivery import city_grounds
from yipanqi.engine import cities

CHAIN, LINK = "gongcheng-jixie", "gcjx-yeya"
FIRMS = (
    *(Firm(f"长沙{n}液压有限公司", "长沙", "液压件制造") for n in range(51)),
    Firm("长沙贸易有限公司", "长沙", "液压件销售"),
)


@pytest.fixture
def registry(study, tmp_path, settings, monkeypatch):
    settings.REGISTRY_HOME = tmp_path
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    place = write(tmp_path / "registry" / "r1", FIRMS)
    (tmp_path / "registry" / "current").symlink_to(place.name)


@pytest.fixture
def worked_out(registry):
    cities.kept(city_grounds.grounds().ground)


def _get(client, **query):
    return client.get(reverse("desk:roll", args=[CHAIN, LINK]), query).content.decode()


def test_before_a_study_the_page_says_where_the_list_comes_from(as_, registry):
    assert "还没有可查的名单" in _get(as_("clerk_a"))


def test_each_enterprise_says_what_it_does_in_its_own_words(as_, worked_out):
    text = _get(as_("clerk_a"))

    for word in ("共 51 家", "生产制造", "识别词 液压件", "test.csv", "截至 2016-12-31"):
        assert word in text
    assert text.count("液压有限公司</a>") == 50


def test_the_second_page_has_the_rest(as_, worked_out):
    assert _get(as_("clerk_a"), page="2").count("液压有限公司</a>") == 1


def test_sellers_stand_apart_and_a_year_has_its_own_list(as_, worked_out):
    client = as_("clerk_a")

    assert "共 1 家，不计入本市家数" in _get(client, who="sellers")
    assert "2010 年登记" in _get(client, year="2010")
    assert "没有这样的企业" in _get(client, year="1999")
    assert "共 51 家" in _get(client, year="二零")


def test_a_count_that_has_changed_since_the_study_is_said(as_, worked_out):
    assert "上次研判时是 0 家" in _get(as_("clerk_a"))


def test_a_link_of_no_chain_is_not_found(as_, worked_out):
    assert as_("clerk_a").get(reverse("desk:roll", args=[CHAIN, "x"])).status_code == 404


def test_another_city_has_its_own_list_and_no_word_of_our_study(as_, worked_out):
    client = as_("clerk_a")

    text = _get(client, city="430200")

    assert "株洲经营范围写到本环节、不只做销售的共 0 家" in text
    assert "上次研判时" not in text
    assert client.get(reverse("desk:roll", args=[CHAIN, LINK]), {"city": "9"}).status_code == 404
