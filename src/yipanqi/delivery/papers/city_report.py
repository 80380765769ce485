"""The report of a whole city: all its chains side by side, the first gaps, the best targets."""

from collections.abc import Sequence
from dataclasses import dataclass

from yipanqi.delivery.papers import bars, gap_pages, grounds, spread_pages, target_pages, wording
from yipanqi.delivery.papers.content import Block, Column, Paragraph, Report, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings, LinkFinding, TargetFinding
from yipanqi.rulebook.verdicts import Status

TOP = 20
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Placed:
    """A link and the chain it belongs to."""

    chain: ChainFindings
    link: LinkFinding


def report(found: Sequence[ChainFindings], city: str, *, top: int = TOP) -> Report:
    """The paper on a city from the findings of its chains, in the pack's order."""
    days = {one.grounds.as_of for one in found}
    return Report(
        title=f"{city}产业链总览报告",
        subtitle="各链强弱缺、首要缺口与招引目标",
        # Chains judged from different data have no common day; each is told under 依据与口径.
        as_of=days.pop() if len(days) == 1 else None,
        marks=grounds.marks(found),
        watermark=grounds.watermark(found),
        sections=(
            _summary(found, city),
            _overview(found),
            Section("首要缺口", _gaps(found, city, top)),
            Section("优势环节", _strong(found, city, top)),
            Section("招引目标", _targets(found, top)),
            grounds.section(found),
        ),
    )


def _summary(found: Sequence[ChainFindings], city: str) -> Section:
    total = sum(len(one.links) for one in found)
    shares = "；".join(
        f"{status.label} " + wording.part(sum(len(one.of(status.value)) for one in found), total)
        for status in Status
    )
    strongest = sorted(found, key=lambda one: -len(one.of(Status.STRONG.value)))
    named = [
        f"{one.name}（强 {len(one.of(Status.STRONG.value))}/{len(one.links)}）"
        for one in strongest
        if one.of(Status.STRONG.value)
    ]
    lines = [
        f"{city}共研判 {len(found)} 条产业链、{total} 个环节：{shares}。",
        f"强环节最多的产业链：{'、'.join(named[:_MOST_NAMED]) or '无'}。",
        "同一家企业可能说到几条链、几个环节，各链家数不能相加。",
    ]
    return Section("摘要", tuple(Paragraph(line) for line in lines))


def _overview(found: Sequence[ChainFindings]) -> Section:
    groups = [
        bars.Statuses(one.name, *(len(one.of(status.value)) for status in Status)) for one in found
    ]
    chart = bars.statuses(groups, title="各产业链强弱缺的环节数", note="单位：个环节。")
    rows = [
        (
            one.name + ("（草稿）" if one.is_draft else ""),
            *(f"{len(one.of(status.value))}/{len(one.links)}" for status in Status),
            wording.listed([link.name for link in one.of(Status.STRONG.value)], _MOST_NAMED),
            wording.listed(gap_pages.most_needed(one), _MOST_NAMED),
        )
        for one in found
    ]
    columns = (
        Column("产业链", 20), Column("强", 8, is_number=True), Column("弱", 8, is_number=True),
        Column("缺", 8, is_number=True), Column("强的环节", 27), Column("最该补的环节", 29),
    )  # fmt: skip
    note = "分母为该链环节数。最该补：缺或弱，而本市下游企业多。"
    table = Table("产业链与判定", columns, tuple(rows), note)
    return Section("各链总览", (chart, table, *spread_pages.places(found)))


def _placed(found: Sequence[ChainFindings]) -> list[_Placed]:
    return [_Placed(one, link) for one in found for link in one.links]


def _gaps(found: Sequence[ChainFindings], city: str, top: int) -> tuple[Block, ...]:
    missing = [one for one in _placed(found) if one.link.status == Status.MISSING.value]
    weighed = [(gap_pages.users_here(one.chain, one.link), one) for one in missing]
    first = sorted((pair for pair in weighed if pair[0]), key=lambda pair: -pair[0])[:top]
    if not first:
        return (Paragraph("没有本市下游在用的缺失环节。"),)
    rows = [
        (
            one.chain.name, one.link.name, wording.count(one.link.local_enterprises),
            gap_pages.users_words(one.chain, one.link),
            gap_pages.near_words(one.link), one.link.reason,
        )
        for _, one in first
    ]  # fmt: skip
    columns = (
        Column("产业链", 14), Column("环节", 14), Column("本市家数", 7, is_number=True),
        Column("下游", 7, is_number=True), Column("最近的优势城市", 25), Column("判定理由", 33),
    )  # fmt: skip
    title = f"{city}缺、而下游在用的环节（前 {len(rows)} 个）"
    return (Table(title, columns, tuple(rows), gap_pages.USERS_NOTE),)


def _strong(found: Sequence[ChainFindings], city: str, top: int) -> tuple[Block, ...]:
    strong = [one for one in _placed(found) if one.link.status == Status.STRONG.value]
    best = sorted(strong, key=lambda one: -one.link.local_enterprises)[:top]
    if not best:
        return (Paragraph("没有判为强的环节。"),)
    rows = [
        (
            one.chain.name, one.link.name, wording.count(one.link.local_enterprises),
            wording.count(one.link.national_enterprises),
            wording.capital(one.link.local_capital_wan), wording.quotient(one.link.quotient),
        )
        for one in best
    ]  # fmt: skip
    columns = (
        Column("产业链", 22), Column("环节", 24), Column("本市家数", 13, is_number=True),
        Column("全国家数", 13, is_number=True), Column("注册资本", 16, is_number=True),
        Column("区位商", 12, is_number=True),
    )  # fmt: skip
    title = f"{city}判为“强”的环节（按家数，前 {len(rows)} 个，共 {len(strong)} 个）"
    return (Table(title, columns, tuple(rows), "注册资本只计人民币，为认缴数。"),)


def _targets(found: Sequence[ChainFindings], top: int) -> tuple[Block, ...]:
    every = [(one, target) for one in found for target in one.targets]
    best: dict[str, tuple[ChainFindings, TargetFinding]] = {}
    # An enterprise stands once, where it scores highest.
    for pair in sorted(every, key=lambda pair: (-pair[1].score, pair[1].registry_id)):
        best.setdefault(pair[1].registry_id, pair)
    chosen = list(best.values())[:top]
    if not chosen:
        return (Paragraph("没有可列的市外招引目标。"),)
    rows = tuple(target for _, target in chosen)
    return (target_pages.listed(rows, chains=tuple(one.name for one, _ in chosen)),)
