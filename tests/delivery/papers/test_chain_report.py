"""The report of a chain says what was found, what it rests on, and what nobody knows."""

from dataclasses import replace
from decimal import Decimal

from tests.delivery.papers import cases

from yipanqi.delivery.papers import chain_report, svg
from yipanqi.delivery.papers.content import Chart, Paragraph, Table
from yipanqi.delivery.papers.findings import Outlook


def blocks(paper, kind):
    return [block for section in paper.sections for block in section.blocks if type(block) is kind]


def texts(paper):
    """All words of a paper in one string."""
    told = [block.text for block in blocks(paper, Paragraph)]
    for table in blocks(paper, Table):
        told += [table.title, table.note, *(cell for row in table.rows for cell in row)]
    for chart in blocks(paper, Chart):
        told += [chart.title, chart.described, chart.note]
    return "\n".join(told)


def test_every_part_stands_in_the_order_officers_read_it():
    paper = chain_report.report(cases.findings())
    assert [section.title for section in paper.sections] == [
        "摘要",
        "全景图",
        "全国分布",
        "现状图",
        "缺口：谁在用，近处谁有",
        "趋势",
        "招引目标",
        "附表",
        "依据与口径",
    ]


def test_each_share_carries_its_two_numbers():
    said = texts(chain_report.report(cases.findings()))
    assert "强 33.3%（1/3）" in said
    assert "缺 33.3%（1/3）" in said


def test_a_gap_names_who_would_use_it_and_the_nearest_strong_city():
    paper = chain_report.report(cases.findings())
    missing = next(table for table in blocks(paper, Table) if "“缺”" in table.title)
    assert missing.rows == (
        ("铸件", "补链", "0", "12", "液压泵 4 家", "株洲 41 公里（30 家，2.10）"),
    )


def test_the_foremost_cities_are_drawn_and_ours_is_marked_wherever_it_stands():
    paper = chain_report.report(cases.findings())
    chart = next(chart for chart in blocks(paper, Chart) if "个城市" in chart.title)
    assert chart.described.endswith("：1. 徐州 90；2. 株洲 50；4. 长沙（本市） 29")
    assert chart.svg.count(svg.PALETTE[1]) == 1
    assert "截至 2016-12-31" in chart.note
    assert "长沙排第 4，29 家次，占全国 5.0%（29/580）；前 10 个城市合占 62.5%。" in texts(paper)


def test_a_spread_nobody_worked_out_is_said_to_be_wanting():
    found = replace(cases.findings(), spread=None)
    assert "本节从缺" in texts(chain_report.report(found))


def test_what_is_unknown_is_said_to_be_unknown():
    paper = chain_report.report(cases.findings())
    standing = next(table for table in blocks(paper, Table) if table.title == "各环节现状")
    assert standing.rows[0][-2:] == ("未知", "—")
    years = next(chart for chart in blocks(paper, Chart) if "历年" in chart.title)
    assert "2015 数据缺失" in years.described
    assert "url(#gap)" in years.svg


def test_invented_data_a_draft_and_sample_values_are_marked():
    paper = chain_report.report(cases.findings(synthetic=True, status="draft"))
    assert [mark[:2] for mark in paper.marks] == ["合成", "草稿", "示例"]
    assert paper.watermark == "合成数据"


def test_real_data_carry_no_watermark():
    assert chain_report.report(cases.findings()).watermark == ""


def test_the_sheets_stand_there_with_their_digests():
    said = texts(chain_report.report(cases.findings()))
    assert "rules/1" in said
    assert "ab" * 8 in said
    assert "snap-1（截至 2016-12-31）" in said


def test_a_target_shows_its_working_and_that_nobody_knows_whether_it_lives():
    said = texts(chain_report.report(cases.findings()))
    assert "做制造 60.5，资本 未知；合计 61.5" in said
    assert "存续未知" in said


def test_a_chain_without_targets_says_so():
    said = texts(chain_report.report(cases.findings(targets=())))
    assert "没有可列的市外招引目标。" in said


def test_users_not_counted_apart_are_told_as_sums():
    found = cases.findings()
    uncounted = cases.link("cast", "铸件", "upstream", "missing", 0, local_customers=None)
    paper = chain_report.report(replace(found, links=(uncounted, *found.links[1:])))
    missing = next(table for table in blocks(paper, Table) if "“缺”" in table.title)
    assert missing.rows[0][3] == "4 家次"


def test_a_forecast_shows_its_rank_and_what_it_is_measured_against():
    found = cases.findings()
    outlook = Outlook(Decimal("0.123"), 3, 40, Decimal("0.058"), 2016, "entry-logistic")
    paper = chain_report.report(
        replace(found, links=(replace(found.links[0], outlook=outlook), *found.links[1:]))
    )
    table = next(table for table in blocks(paper, Table) if table.title.startswith("育链"))
    assert table.rows == (("铸件", "缺", "12.3%", "3/40", "0"),)
    assert "平均 5.8%" in table.note


def test_a_year_known_in_part_is_a_lower_bound():
    years = next(
        c for c in blocks(chain_report.report(cases.findings()), Chart) if "历年" in c.title
    )
    assert "2016 ≥5" in years.described
    assert "url(#part)" in years.svg
