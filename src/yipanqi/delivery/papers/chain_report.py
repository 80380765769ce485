"""The report of one chain in one city: the whole, what is here, what is missing, whom to ask."""

from yipanqi.delivery.papers import (
    chain_pictures,
    gap_pages,
    grounds,
    spread_pages,
    target_pages,
    trend_pages,
    wording,
)
from yipanqi.delivery.papers.content import Paragraph, Report, Section
from yipanqi.delivery.papers.findings import ChainFindings
from yipanqi.rulebook.verdicts import Status


def report(found: ChainFindings) -> Report:
    """The paper on a chain, in the order officers read it; sources and definitions stand last."""
    return Report(
        title=f"{found.city}{found.name}产业链报告",
        subtitle="全景图、现状图、缺口与招引目标",
        as_of=found.grounds.as_of,
        marks=grounds.marks([found]),
        watermark=grounds.watermark([found]),
        sections=(
            _summary(found),
            chain_pictures.whole(found),
            spread_pages.spread(found),
            chain_pictures.here(found),
            gap_pages.gaps(found),
            trend_pages.trends(found),
            target_pages.targets(found),
            _annex(found),
            grounds.section([found]),
        ),
    )


def _summary(found: ChainFindings) -> Section:
    total = len(found.links)
    shares = "；".join(
        f"{status.label} {wording.part(len(found.of(status.value)), total)}" for status in Status
    )
    needed = gap_pages.most_needed(found)
    lines = [
        f"{found.name}产业链共 {total} 个环节。按登记数据研判，{found.city}各环节：{shares}。",
        "百分比的分子为该判定的环节数，分母为全链环节数。",
    ]
    strong = [link.name for link in found.of(Status.STRONG.value)]
    if strong:
        lines.append(f"优势环节：{wording.listed(strong, 12)}。")
    if needed:
        lines.append(f"最该补的环节（缺或弱，而本市下游用得最多）：{wording.listed(needed, 8)}。")
    if found.targets:
        best = found.targets[0]
        lines.append(
            f"列出市外招引目标 {len(found.targets)} 家，得分最高的是{best.name}"
            f"（{best.place}，{best.link}，{best.score:.1f} 分，{best.existence}）。"
        )
    told = tuple(Paragraph(line) for line in lines)
    return Section("摘要", (*told, chain_pictures.by_position(found)))


def _annex(found: ChainFindings) -> Section:
    """The long tables, kept out of the way of who looks for a minute."""
    return Section(
        "附表",
        (
            chain_pictures.links(found),
            *chain_pictures.supplies(found),
            *gap_pages.reasons(found),
        ),
    )
