"""Whom to ask: the best targets with the working of each score and what the registry says."""

from yipanqi.delivery.papers import bars, wording
from yipanqi.delivery.papers.content import Column, Paragraph, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings, TargetFinding
from yipanqi.vocab import signs

_MOST_CLAUSES = 2
_UNSURE = "存续未知"


def targets(found: ChainFindings) -> Section:
    """The list, the bars of the scores, and the reasons of each; none found is said so."""
    title = "招引目标"
    if not found.targets:
        return Section(title, (Paragraph("没有可列的市外招引目标。"),))
    chart = bars.scores(
        found.targets,
        title="得分与构成",
        note="得分为各项贡献之和，满分 100；各项权重见所依的排序规则。未知的一项计 0 分。",
    )
    unsure = sum(one.existence == _UNSURE for one in found.targets)
    warned = (Paragraph(_warning(unsure, len(found.targets))),) if unsure else ()
    return Section(title, (*warned, listed(found.targets), chart, _reasons(found.targets)))


def listed(rows: tuple[TargetFinding, ...], *, chains: tuple[str, ...] = ()) -> Table:
    """The targets, one row each, numbered as they stand; `chains` names that of each, if given."""
    told = [
        (
            str(place),
            one.name + ("（已有分支在本市）" if one.is_here_already else ""),
            one.place,
            f"{chains[place - 1]} · {one.link}" if chains else one.link,
            f"{one.score:.1f}",
            one.existence,
            signs.said(one.last_sign_on, one.last_sign_kind),
            one.registered,
            one.capital,
        )
        for place, one in enumerate(rows, 1)
    ]
    columns = (
        Column("序", 4, is_number=True), Column("企业", 24), Column("所在地", 8),
        Column("环节", 14), Column("得分", 7, is_number=True), Column("存续", 9),
        Column("最近活动", 13), Column("成立", 11), Column("注册资本", 14),
    )  # fmt: skip
    note = (
        "来源：企业登记数据。“存续未知”指登记数据不含存续状态，联系前请核实；"
        "最近活动为登记变更等最后一次留痕的日期和类型。"
    )
    return Table(f"市外招引目标（{len(rows)} 家）", columns, tuple(told), note)


def _warning(unsure: int, whole: int) -> str:
    return (
        f"其中存续未知 {unsure}/{whole} 家：登记数据没有它们近期的活动记录，"
        "须先核实是否仍在经营，不能直接当作招引名单。"
    )


def _reasons(rows: tuple[TargetFinding, ...]) -> Table:
    told = [
        (
            f"{place}. {one.name}",
            "，".join(
                f"{part.label} "
                + (wording.UNKNOWN if part.value is None else f"{part.contribution:.1f}")
                for part in one.working
            )
            + f"；合计 {one.score:.1f}",
            "；".join(one.clauses[:_MOST_CLAUSES]) or wording.NONE,
        )
        for place, one in enumerate(rows, 1)
    ]
    columns = (Column("企业", 24), Column("得分构成", 36), Column("经营范围中的依据", 40))
    return Table("入选理由", columns, tuple(told), "经营范围摘自登记数据，括号内为识别词和角色。")
