"""The report of a city puts its chains side by side."""

from dataclasses import replace

from tests.delivery.papers import cases
from tests.delivery.papers.test_chain_report import blocks, texts

from yipanqi.delivery.papers import city_report
from yipanqi.delivery.papers.content import Table


def city(pumps=None):
    chains = (pumps or cases.findings(), cases.findings(code="cars", first="strong"))
    return city_report.report(chains, "长沙")


def test_each_chain_has_its_row_with_numbers_over_links():
    overview = next(t for t in blocks(city(), Table) if t.title == "产业链与判定")
    assert [row[:4] for row in overview.rows] == [
        ("泵", "1/3", "1/3", "1/3"),
        ("车", "2/3", "1/3", "0/3"),
    ]


def test_each_chain_tells_who_leads_it_and_where_the_city_stands():
    table = next(t for t in blocks(city(), Table) if "位次" in t.title)
    assert table.rows[0] == ("泵", "徐州、株洲", "4/31", "29", "5.0%（29/580）")


def test_the_gap_with_most_users_comes_first():
    gaps = next(t for t in blocks(city(), Table) if "下游在用" in t.title)
    assert gaps.rows[0][:4] == ("泵", "铸件", "0", "12")


def test_an_enterprise_stands_once_where_it_scores_highest():
    high = cases.target(score="70")
    chains = (
        cases.findings(),
        cases.findings(code="cars", targets=(high,)),
    )
    listed = next(
        t for t in blocks(city_report.report(chains, "长沙"), Table) if "招引目标" in t.title
    )
    assert [row[3:5] for row in listed.rows] == [("车 · 铸件", "70.0")]


def test_chains_judged_from_different_days_have_no_common_one():
    today = cases.findings()
    paper = city(replace(today, grounds=replace(today.grounds, as_of="2015-12-31")))
    assert paper.as_of is None
    assert "截至 2015-12-31" in texts(paper)
    assert "截至 2016-12-31" in texts(paper)
