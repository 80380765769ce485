"""Two cities side by side, link by link, and where each has what the other lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from yipanqi.delivery.papers import bars, grounds, wording
from yipanqi.delivery.papers.content import Block, Column, Paragraph, Report, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings, LinkFinding
from yipanqi.engine.measures import krugman
from yipanqi.rulebook.verdicts import Status

_KRUGMAN = (
    "结构差异为克鲁格曼指数：Σ（各环节）|本市该环节家数占本市本链家数的份额 − 对方的份额|，"
    "0 是结构完全一样，2 是没有一个共同的环节；任一市没有本链企业为未知。"
    "来源：P. Krugman，Geography and Trade，1991。"
)
# Fewer users than this make no market to supply; the diagnosis asks for as many.
_MARKET = 10
# More would not stand on one page.
_CHAINS_A_CHART = 11


@dataclass(frozen=True, slots=True)
class _Pair:
    """One link in both cities."""

    chain: str
    first: LinkFinding
    second: LinkFinding


def report(first: Sequence[ChainFindings], second: Sequence[ChainFindings]) -> Report:
    """The paper on two cities from the findings of the same chains in each, in the same order."""
    one, other = first[0].city, second[0].city
    every = [*first, *second]
    pairs = [
        _Pair(mine.name, a, b)
        for mine, theirs in zip(first, second, strict=True)
        for a, b in zip(mine.links, theirs.links, strict=True)
    ]
    of_chain = f"{first[0].name}产业链" if len(first) == 1 else "产业链"
    return Report(
        title=f"{one}与{other}{of_chain}对比报告",
        subtitle="逐链逐环节对比，一方强而另一方缺的环节",
        as_of=first[0].grounds.as_of,
        marks=grounds.marks(every),
        watermark=grounds.watermark(every),
        sections=(
            _summary(pairs, one, other),
            _chains(first, second),
            Section("互补", (*_complements(pairs, one, other), *_swapped(pairs, one, other))),
            *_details(first, second),
            grounds.section(every),
        ),
    )


def _summary(pairs: Sequence[_Pair], one: str, other: str) -> Section:
    strong = Status.STRONG.value
    total = len(pairs)
    both = sum(pair.first.status == pair.second.status == strong for pair in pairs)
    mine = sum(pair.first.status == strong != pair.second.status for pair in pairs)
    theirs = sum(pair.second.status == strong != pair.first.status for pair in pairs)
    neither = total - both - mine - theirs
    shared = f"两市都强 {wording.part(both, total)}，都不强 {wording.part(neither, total)}；"
    alone = (
        f"只有{one}强 {wording.part(mine, total)}，只有{other}强 {wording.part(theirs, total)}。"
    )
    lines = (
        f"共比较 {total} 个环节，两市按同一批数据、同一套规则判定。",
        f"{shared}{alone}分母为全部环节数。",
        f"两市结构差异 {_apart(pairs)}（克鲁格曼指数，0 相同、2 全异；口径见“各链对比”）。",
    )
    return Section("摘要", tuple(Paragraph(line) for line in lines))


def _chains(first: Sequence[ChainFindings], second: Sequence[ChainFindings]) -> Section:
    rows = [
        (
            mine.name + ("（草稿）" if mine.is_draft else ""),
            wording.count(len(mine.links)),
            *(wording.count(len(mine.of(status.value))) for status in Status),
            *(wording.count(len(theirs.of(status.value))) for status in Status),
            _apart([_Pair("", a, b) for a, b in zip(mine.links, theirs.links, strict=True)]),
        )
        for mine, theirs in zip(first, second, strict=True)
    ]
    one, other = first[0].city, second[0].city
    columns = (
        Column("产业链", 24),
        Column("环节", 8, is_number=True),
        *(Column(f"{one}{status.label}", 9, is_number=True) for status in Status),
        *(Column(f"{other}{status.label}", 9, is_number=True) for status in Status),
        Column("结构差异", 14, is_number=True),
    )
    both = list(zip(first, second, strict=True))
    parts = [
        both[start : start + _CHAINS_A_CHART] for start in range(0, len(both), _CHAINS_A_CHART)
    ]
    charts = (_chart(part, place, len(parts)) for place, part in enumerate(parts, 1))
    note = _KRUGMAN + f"数据截至 {first[0].grounds.as_of or '未注明'}。"
    return Section(
        "各链对比", (Table("强弱缺的环节数与结构差异", columns, tuple(rows), note), *charts)
    )


def _apart(pairs: Sequence[_Pair]) -> str:
    """Krugman's index of the two cities over the links, as printed."""
    index = krugman.between(
        (pair.first.local_enterprises, pair.second.local_enterprises) for pair in pairs
    )
    return wording.UNKNOWN if index is None else f"{index:.4f}"


def _chart(both: Sequence[tuple[ChainFindings, ChainFindings]], place: int, charts: int) -> Block:
    groups = [
        bars.Statuses(
            f"{found.name} {found.city}", *(len(found.of(status.value)) for status in Status)
        )
        for pair in both
        for found in pair
    ]
    title = "各链强弱缺的环节数" + (f"（{place}/{charts}）" if charts > 1 else "")
    return bars.statuses(groups, title=title, note="单位：个环节。")


def _swapped(pairs: Sequence[_Pair], one: str, other: str) -> tuple[Block, ...]:
    return _complements([_Pair(p.chain, p.second, p.first) for p in pairs], other, one)


def _complements(pairs: Sequence[_Pair], strong: str, lacking: str) -> tuple[Block, ...]:
    """The links where the first city is strong and the second has next to nothing."""
    chosen = [
        pair
        for pair in pairs
        if (pair.first.status, pair.second.status) == (Status.STRONG.value, Status.MISSING.value)
    ]
    title = f"{strong}强、{lacking}缺的环节（{len(chosen)} 个）"
    if not chosen:
        return (Paragraph(f"没有{strong}强而{lacking}缺的环节。"),)
    rows = [
        (
            pair.chain, pair.first.name,
            f"{pair.first.local_enterprises:,} 家，{wording.quotient(pair.first.quotient)}",
            f"{pair.second.local_enterprises:,} 家，{wording.quotient(pair.second.quotient)}",
            wording.count(pair.second.local_customers), _way(pair.second, strong, lacking),
        )
        for pair in sorted(chosen, key=lambda pair: -(pair.second.local_customers or 0))
    ]  # fmt: skip
    columns = (
        Column("产业链", 17), Column("环节", 18), Column(f"{strong}家数、区位商", 15),
        Column(f"{lacking}家数、区位商", 15), Column(f"{lacking}下游", 9, is_number=True),
        Column("可做什么", 26),
    )  # fmt: skip
    note = (
        f"{lacking}下游：该市各用方环节的企业，一家只计一次；不少于 {_MARKET} 家的提示协作，"
        "其余提示承接。提示只凭登记家数，须由两市核实。"
    )
    return (Table(title, columns, tuple(rows), note),)


def _way(there: LinkFinding, strong: str, lacking: str) -> str:
    if (there.local_customers or 0) >= _MARKET:
        return f"协作：{strong}供、{lacking}用，可对接供应，也可引来设点"
    return f"承接：{lacking}下游少，可从{strong}引进企业带动"


def _details(
    first: Sequence[ChainFindings], second: Sequence[ChainFindings]
) -> tuple[Section, ...]:
    tables = tuple(_side_by_side(mine, theirs) for mine, theirs in zip(first, second, strict=True))
    return (Section("逐环节对比", tables),)


def _side_by_side(mine: ChainFindings, theirs: ChainFindings) -> Table:
    rows = [
        (
            a.name, wording.count(a.national_enterprises),
            Status(a.status).label, wording.count(a.local_enterprises),
            wording.quotient(a.quotient), Status(b.status).label,
            wording.count(b.local_enterprises), wording.quotient(b.quotient),
        )
        for a, b in zip(mine.links, theirs.links, strict=True)
    ]  # fmt: skip
    columns = (
        Column("环节", 24), Column("全国家数", 12, is_number=True),
        Column(f"{mine.city}判定", 10), Column(f"{mine.city}家数", 11, is_number=True),
        Column(f"{mine.city}区位商", 11, is_number=True),
        Column(f"{theirs.city}判定", 10), Column(f"{theirs.city}家数", 11, is_number=True),
        Column(f"{theirs.city}区位商", 11, is_number=True),
    )  # fmt: skip
    note = (
        f"企业总数：{mine.city} {wording.count(mine.all_here)}，{theirs.city} "
        f"{wording.count(theirs.all_here)}，全国 {wording.count(mine.all_everywhere)}。"
    )
    return Table(mine.tables.chains[0].title, columns, tuple(rows), note)
