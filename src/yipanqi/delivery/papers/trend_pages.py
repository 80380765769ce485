"""Where links are heading: new registrations by year, and which links the city may grow into."""

from collections.abc import Sequence

from yipanqi.delivery.papers import wording, years
from yipanqi.delivery.papers.content import Block, Column, Paragraph, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings, Outlook, Year
from yipanqi.engine.measures.coverage import Coverage
from yipanqi.engine.measures.link_trends import LinkTrend
from yipanqi.rulebook.verdicts import Status

_MOST_CHARTS = 6
_MOST_OUTLOOKS = 10


def trends(found: ChainFindings) -> Section:
    """Charts of the links with the most enterprises here, the judgement of all, the forecasts."""
    told = [link for link in found.links if link.trend]
    blocks: list[Block] = []
    if told:
        largest = sorted(told, key=lambda link: -link.local_enterprises)[:_MOST_CHARTS]
        blocks += [
            years.columns(
                link.trend,
                title=f"{link.name}：{found.city}历年新登记家数",
                note=f"{link.trend_said}。斜线无柱为数据缺失的年份，不当作零；斜线柱为数据不全，只作下限。",
            )
            for link in largest
        ]
    else:
        said = "本次所依据的研判没有保存分年新登记数，未列趋势。"
        blocks.append(Paragraph(said, is_note=True))
    return Section("趋势", (*blocks, *_outlooks(found)))


def charted(trend: LinkTrend) -> tuple[Year, ...]:
    """The years of a link as papers draw them."""
    return tuple(
        Year(one.year, one.here, is_partial=one.coverage is Coverage.PARTLY) for one in trend.years
    )


def judged(trend: LinkTrend) -> str:
    """The judgement in a sentence without its full stop: years, change and interval."""
    said = trend.judgement
    head = f"趋势{said.trend.label}：看{trend.interval}"
    if said.yearly is None or said.low is None or said.high is None:
        return f"{head}；可用年份或家数太少，不作判断"
    return f"{head}；年均变化 {said.yearly:+.1%}（95% 区间 {said.low:+.1%} 至 {said.high:+.1%}）"


def _outlooks(found: ChainFindings) -> Sequence[Block]:
    told = [(link, link.outlook) for link in found.links if link.outlook]
    if not told:
        return ()
    first = sorted(told, key=lambda pair: pair[1].rank)[:_MOST_OUTLOOKS]
    rows = [
        (
            link.name,
            Status(link.status).label,
            f"{outlook.score:.1%}",
            f"{outlook.rank}/{outlook.among}",
            wording.count(link.local_enterprises),
        )
        for link, outlook in first
    ]
    columns = (
        Column("环节", 36), Column("判定", 12), Column("分数", 16, is_number=True),
        Column("位次", 20, is_number=True), Column("本市家数", 16, is_number=True),
    )  # fmt: skip
    title = f"育链：五年内可能成为专长的环节（前 {len(rows)} 个）"
    return (Table(title, columns, tuple(rows), _model(first[0][1])),)


def _model(one: Outlook) -> str:
    return (
        f"分数由模型 {one.model} 按 {one.as_of_year} 年底的登记给出，用于排序，不是承诺；"
        f"同类环节五年内成为专长的平均 {one.base_rate:.1%}。位次为本市尚非专长的各环节中的名次。"
    )
