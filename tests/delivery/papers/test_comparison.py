"""The comparison of two cities shows where one has what the other lacks."""

from dataclasses import replace

from tests.delivery.papers import cases
from tests.delivery.papers.test_chain_report import blocks, texts

from yipanqi.delivery.papers import comparison
from yipanqi.delivery.papers.content import Table


def paper():
    mine = cases.findings(first="strong")
    return comparison.report([mine], [cases.findings(city="株洲", first="missing")])


def test_where_one_is_strong_and_the_other_missing_cooperation_is_named():
    table = next(t for t in blocks(paper(), Table) if "长沙强、株洲缺" in t.title)
    assert [row[:2] for row in table.rows] == [("泵", "铸件")]
    assert table.rows[0][-1].startswith("协作：长沙供、株洲用")


def test_how_differently_the_two_are_made_up_is_told_with_formula_and_day():
    other = cases.findings(city="株洲")
    links = (replace(other.links[0], local_enterprises=29), *other.links[1:])
    paper = comparison.report([cases.findings()], [replace(other, links=links)])
    table = next(t for t in blocks(paper, Table) if "结构差异" in t.title)
    # 0, 4 and 25 of 29 against 29, 4 and 25 of 58: |0 − 1/2| + |4/29 − 2/29| + |25/29 − 25/58|.
    assert table.rows[0][-1] == "1.0000"
    assert "Σ（各环节）" in table.note
    assert "数据截至 2016-12-31" in table.note


def test_the_other_way_round_there_is_nothing():
    assert "没有株洲强而长沙缺的环节。" in texts(paper())


def test_every_link_stands_beside_itself():
    table = next(t for t in blocks(paper(), Table) if t.title == "泵")
    assert table.rows[0] == ("铸件", "900", "强", "0", "未知", "缺", "0", "未知")
    assert len(table.rows) == 3


def test_the_parts_of_all_links_add_up():
    said = texts(paper())
    assert "两市都强 33.3%（1/3），都不强 33.3%（1/3）" in said
    assert "只有长沙强 33.3%（1/3），只有株洲强 0.0%（0/3）" in said
