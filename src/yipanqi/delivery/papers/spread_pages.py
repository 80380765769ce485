"""How a chain is spread over the cities of the nation, the city of the paper among them."""

from collections.abc import Sequence

from yipanqi.delivery.papers import bars, wording
from yipanqi.delivery.papers.content import Block, Column, Paragraph, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings
from yipanqi.engine.spreads import Place, Spread

_MARK = "（本市）"
_NAMED = 3
_NOT_KEPT = (
    "各市各环节的对照数据还没有按本报告所依的数据批次和规则算出，本节从缺；更新研判后重新生成报告。"
)


def spread(found: ChainFindings) -> Section:
    """The foremost cities of the chain as bars, ours marked; where it is not known, that."""
    title = "全国分布"
    told = found.spread
    if told is None:
        return Section(title, (Paragraph(_NOT_KEPT),))
    if not told.entries:
        return Section(title, (Paragraph("全国登记数据中没有本链企业。"),))
    return Section(title, (Paragraph(_said(found, told)), _chart(found, told)))


def places(found: Sequence[ChainFindings]) -> tuple[Block, ...]:
    """Where the city stands in each chain, and who leads it; chains without facts are left out."""
    rows = [
        (
            one.name,
            "、".join(place.name for place in told.foremost[:_NAMED]),
            _rank(told.city, told.cities),
            f"{told.city.entries:,}",
            wording.part(told.city.entries, told.entries),
        )
        for one in found
        if (told := one.spread) and told.entries
    ]
    if not rows:
        return ()
    columns = (
        Column("产业链", 24), Column("最多的三个城市", 26), Column("本市位次", 14, is_number=True),
        Column("本市家次", 14, is_number=True), Column("占全国", 22, is_number=True),
    )  # fmt: skip
    return (Table("各链在全国的位次", columns, tuple(rows), _COUNTED),)


def _said(found: ChainFindings, told: Spread) -> str:
    ours = told.city
    place = f"{found.city}排第 {ours.rank}" if ours.entries else f"{found.city}没有本链企业"
    # Entries without a city are in the denominator: they are somewhere.
    share = wording.part(ours.entries, told.entries)
    ten = f"前 10 个城市合占 {100 * told.concentration:.1f}%" if told.concentration else ""
    return (
        f"全国有本链企业的城市 {told.cities} 个，{place}，{ours.entries:,} 家次，占全国 {share}；"
        f"{ten}。"
    )


def _chart(found: ChainFindings, told: Spread) -> Block:
    shown = [*told.foremost]
    if told.city.entries and told.city not in shown:
        shown.append(told.city)
    rows = [
        bars.Figure(
            f"{place.rank}. {place.name}" + (_MARK if place.code == told.city.code else ""),
            place.entries,
            f"{place.entries:,}",
            is_ours=place.code == told.city.code,
        )
        for place in shown
    ]
    title = f"{found.name}企业最多的 {len(told.foremost)} 个城市"
    as_of = found.grounds.as_of or "未注明"
    return bars.figures(rows, title=title, note=f"单位：家次。{_COUNTED}数据截至 {as_of}。")


def _rank(place: Place, cities: int) -> str:
    return f"{place.rank}/{cities}" if place.entries else "没有"


_COUNTED = (
    "家次：一家企业做几个环节就计几次，只做销售或只使用的不计；直辖市算一个城市；"
    "登记数据各省完整程度不一，位次反映登记，不等于规模和产量。"
)
