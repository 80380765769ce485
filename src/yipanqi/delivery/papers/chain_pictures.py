"""The two pictures of a chain: 全景图, as the nation has it, and 现状图, as it stands here."""

from collections import defaultdict
from collections.abc import Mapping

from yipanqi.delivery.papers import bars, panorama, wording
from yipanqi.delivery.papers.content import Block, Column, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings
from yipanqi.delivery.papers.panorama import Cell
from yipanqi.rulebook.chains import Position
from yipanqi.rulebook.verdicts import Status

_MOST_LEADERS = 5
_REACH = {"world": "世界", "nation": "全国"}


def whole(found: ChainFindings) -> Section:
    """全景图: every link with its enterprises in the nation, its leaders and its supplies."""
    leaders = _leaders(found)
    cells = [
        Cell(
            link.code,
            link.name,
            link.position,
            f"全国 {link.national_enterprises:,} 家 · 知名 {len(leaders.get(link.code, ()))}",
        )
        for link in found.links
    ]
    as_of = found.grounds.as_of or "未注明"
    note = (
        f"全国家数：登记数据中经营范围说到该环节且不只做销售的企业，截至 {as_of}；"
        "知名：产业链表所列龙头企业数。"
    )
    chart = panorama.picture(cells, found.tables, title=f"{found.name}产业链全景图", note=note)
    return Section("全景图", (chart,))


def here(found: ChainFindings) -> Section:
    """现状图: every link with its status here and the figures it was judged by."""
    cells = [
        Cell(
            link.code,
            link.name,
            link.position,
            f"{Status(link.status).label} · {link.local_enterprises:,} 家 · "
            f"{wording.quotient(link.quotient)}",
            link.status,
        )
        for link in found.links
    ]
    note = (
        f"框内依次为判定、本市家数、区位商。深色为强，浅色为弱，虚线框为缺；{_denominators(found)}"
    )
    chart = panorama.picture(
        cells, found.tables, title=f"{found.city}{found.name}产业链现状图", note=note
    )
    return Section("现状图", (chart, _standing(found)))


def links(found: ChainFindings) -> Table:
    """Every link with what it is, its industry, its enterprises in the nation and its leaders."""
    leaders = _leaders(found)
    told = {row.link: row for row in found.tables.links}
    rows = [
        (
            Position(link.position).label,
            link.name,
            (told[link.code].description if link.code in told else "") or wording.NONE,
            ("、".join(told[link.code].classes) if link.code in told else "") or wording.NONE,
            wording.count(link.national_enterprises),
            wording.listed(leaders.get(link.code, []), _MOST_LEADERS),
        )
        for link in found.links
    ]
    columns = (
        Column("位置", 6), Column("环节", 13), Column("说明", 25), Column("行业代码", 9),
        Column("全国家数", 10, is_number=True), Column("龙头企业", 37),
    )  # fmt: skip
    sources = "；".join(sorted({row.source for row in found.tables.leaders}))
    note = f"行业代码为 GB/T 4754-2017；龙头企业来源：{sources or '未列'}，须核对。"
    return Table("环节与龙头企业", columns, tuple(rows), note)


def supplies(found: ChainFindings) -> tuple[Block, ...]:
    """Who supplies whom with what; nothing where the chain has no supplies yet."""
    names = {link.code: link.name for link in found.links}
    given = defaultdict(list)
    for row in found.tables.supplies:
        if row.supplier in names and row.customer in names:
            what = f"（{row.what}）" if row.what else ""
            given[row.supplier].append(f"{names[row.customer]}{what}")
    rows = [(names[link], "、".join(to)) for link, to in given.items()]
    if not rows:
        return ()
    columns = (Column("供方环节", 20), Column("用方环节（供什么）", 80))
    sources = "；".join(sorted({row.source for row in found.tables.supplies}))
    return (Table("供应关系", columns, tuple(rows), f"来源：{sources}。"),)


def by_position(found: ChainFindings) -> Block:
    """How many links are strong, weak and missing, upstream to downstream."""
    groups = []
    for position in Position:
        inside = [link.status for link in found.links if link.position == position.value]
        groups.append(
            bars.Statuses(position.label, *(inside.count(status.value) for status in Status))
        )
    return bars.statuses(groups, title="各段强弱缺的环节数", note="单位：个环节。")


def _standing(found: ChainFindings) -> Table:
    rows = [
        (
            link.name + ("（有异议）" if link.is_disputed else ""),
            Status(link.status).label,
            link.action,
            wording.count(link.local_enterprises),
            wording.count(link.local_traders),
            wording.capital(link.local_capital_wan),
            wording.count(link.national_enterprises),
            wording.quotient(link.quotient),
            link.grade or wording.NONE,
        )
        for link in found.links
    ]
    columns = (
        Column("环节", 22), Column("判定", 7), Column("做法", 8),
        Column("本市家数", 11, is_number=True), Column("另销售", 9, is_number=True),
        Column("注册资本", 15, is_number=True), Column("全国家数", 11, is_number=True),
        Column("区位商", 9, is_number=True), Column("证据", 7),
    )  # fmt: skip
    note = (
        f"家数不含只做销售的；注册资本只计人民币，为认缴数；证据等级 A 最好。{_denominators(found)}"
    )
    return Table("各环节现状", columns, tuple(rows), note)


def _denominators(found: ChainFindings) -> str:
    formula = "区位商＝（本市该环节家数÷本市企业总数）÷（全国该环节家数÷全国企业总数）"
    if found.all_here is None or found.all_everywhere is None:
        return f"{formula}。"
    return f"{formula}，本市企业总数 {found.all_here:,}，全国企业总数 {found.all_everywhere:,}。"


def _leaders(found: ChainFindings) -> Mapping[str, list[str]]:
    leaders = defaultdict(list)
    for row in found.tables.leaders:
        leaders[row.link].append(f"{row.enterprise}（{row.place}，{_REACH[row.reach]}）")
    return leaders
