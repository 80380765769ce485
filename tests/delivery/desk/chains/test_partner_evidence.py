"""What leaders' lists state, where targets and links are shown: above the scope, by the filter."""

from tests import partners

from yipanqi.domain.studies.models import Target
from yipanqi.vocab.labels import Label

LIST = "/chains/gongcheng-jixie/targets/"
LINE = "链主供应商名单"
NAME = "江苏目标液压7号有限公司"


def test_the_list_shows_the_statement_above_the_clause(as_, study):
    partners.listed()

    text = as_("dispatcher").get(f"{LIST}?tie=partner").content.decode()

    assert text.index(LINE) < text.index("液压件制造")
    for word in (
        partners.LEADER,
        "主阀",
        "2018",
        "来源：示例重工供应链部，第 2 行",
        "共 1 家",
        NAME,
    ):
        assert word in text


def test_the_targets_own_page_says_it_first(as_, study):
    partners.listed()
    target = Target.objects.get(registry_id="r7")

    text = as_("dispatcher").get(f"/chains/targets/{target.public_id}/").content.decode()

    assert text.index(LINE) < text.index("液压件制造")


def test_named_enterprises_come_first_when_asked(as_, study):
    partners.listed()
    client = as_("dispatcher")

    usual = client.get(f"{LIST}?link=gcjx-yeya").context["rows"]
    named = client.get(f"{LIST}?link=gcjx-yeya&order=partner").context["rows"]

    assert [row.target.rank for row in usual[:2]] == [1, 2]
    assert [row.target.rank for row in named[:2]] == [7, 1]
    assert [row.target.score for row in usual] == [row.target.score for row in named]


def test_a_hidden_list_shows_by_no_line_filter_order_or_link(as_, study):
    partners.listed(label=Label.BUSINESS_SECRET)
    park = as_("clerk_a")

    assert "共 0 家" in park.get(f"{LIST}?tie=partner").content.decode()
    rows = park.get(f"{LIST}?link=gcjx-yeya&order=partner").context["rows"]
    assert [row.target.rank for row in rows[:2]] == [1, 2]
    for address in (LIST, f"{LIST}?link=gcjx-yeya", "/chains/gongcheng-jixie/links/gcjx-yeya/"):
        assert partners.LEADER not in park.get(address).content.decode()


def test_the_links_page_names_whom_the_lists_place_in_it(as_, study):
    partners.listed()
    client = as_("dispatcher")

    there = client.get("/chains/gongcheng-jixie/links/gcjx-yeya/").content.decode()
    elsewhere = client.get("/chains/gongcheng-jixie/links/gcjx-gang/").content.decode()

    assert "链主名单上的企业" in there
    assert NAME in there
    assert "链主名单上的企业" not in elsewhere


def test_the_page_of_named_enterprises_leads_to_the_target(as_, study):
    partners.listed()
    target = Target.objects.get(registry_id="r7")

    text = as_("dispatcher").get("/chains/gongcheng-jixie/partners/").content.decode()

    assert f"/chains/targets/{target.public_id}/" in text
    assert "液压件 第 7 名" in text
