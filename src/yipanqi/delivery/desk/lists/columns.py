"""What each list shows in its columns, as cells of a file."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.list_files import Cell, Column
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock, money

_WIDE, _MIDDLE = 36, 20


def investors() -> Sequence[Column]:
    """Columns of 客商库."""
    names = industries.names()
    return (
        Column("企业", attrgetter("name"), _WIDE),
        _word("存续", "existence", "existence"),
        Column("榜单", _ranks, _MIDDLE),
        Column("所在城市", attrgetter("city")),
        Column("所属环节", lambda row: _links(row, names), _MIDDLE),
        Column("登记单位", attrgetter("registered_by_unit.short_name")),
        Column("来源", attrgetter("source"), _WIDE),
        _day("入库", "created_at"),
    )


def leads() -> Sequence[Column]:
    """Columns of 线索."""
    names = industries.names()
    return (
        Column("事项", attrgetter("matter"), _WIDE),
        _word("密级标签", "label", "label"),
        Column("企业", attrgetter("enterprise.name"), _WIDE),
        _word("状态", "claim", "claim.state"),
        _day("保护期至", "claim.protected_until"),
        Column("登记单位", attrgetter("unit.short_name")),
        Column("环节", lambda row: names.get(row.link, row.link), _MIDDLE),
        _amount("意向投资（万元）", "estimate_fen"),
        _day("登记", "created_at"),
    )


def projects() -> Sequence[Column]:
    """Columns of 项目."""
    names = industries.names()
    road = rules.stages(on=clock.today())
    steps = {step.code: step.title for step in road.stages}
    endings = {each.code: each.title for each in road.endings}
    return (
        Column("项目", attrgetter("name"), _WIDE),
        _word("密级标签", "label", "label"),
        Column("投资主体", attrgetter("enterprise.name"), _WIDE),
        _word("阶段", "official", "official"),
        Column("细分阶段", lambda row: steps.get(row.stage, row.stage)),
        Column("离开方式", lambda row: endings.get(row.ended_as, row.ended_as)),
        _day("进入本阶段", "stage_since"),
        Column("停留（天）", lambda row: (clock.today() - row.stage_since).days),
        _amount("计划总投资（万元）", "total_investment_fen"),
        Column("园区", lambda row: row.park.short_name if row.park else "", _MIDDLE),
        Column("产业链", lambda row: names.get(row.chain, row.chain)),
        Column("责任单位", attrgetter("unit.short_name")),
        _day("更新", "updated_at"),
    )


def occasions() -> Sequence[Column]:
    """Columns of 往来."""
    return (
        _day("日期", "held_on"),
        _word("方式", "way", "kind"),
        Column("企业", attrgetter("enterprise.name"), _WIDE),
        Column("纪要", attrgetter("summary"), _WIDE),
        Column("下一步", attrgetter("next_step"), _WIDE),
        _day("约定日期", "next_step_on"),
        Column("结果", _step),
        Column("经办", lambda row: row.officer.name if row.officer else ""),
        Column("单位", attrgetter("unit.short_name")),
        _word("密级标签", "label", "label"),
    )


def _word(title: str, kind: str, path: str) -> Column:
    read = attrgetter(path)
    return Column(title, lambda row: glossary.word(kind, str(read(row) or "")))


def _day(title: str, path: str) -> Column:
    read = attrgetter(path)
    return Column(title, lambda row: _civil(read(row)))


def _amount(title: str, path: str) -> Column:
    read = attrgetter(path)

    def shown(row: object) -> Decimal | None:
        fen = read(row)
        return None if fen is None else money.in_wan(fen)

    return Column(title, shown, _MIDDLE)


def _civil(moment: date | datetime | None) -> date | None:
    return clock.civil_day(moment) if isinstance(moment, datetime) else moment


def _ranks(row: Any) -> Cell:
    return "、".join(
        f"{each.year} {glossary.word('roll', each.roll)}" for each in row.listings.all()
    )


def _links(row: Any, names: Mapping[str, str]) -> Cell:
    return "、".join(names.get(each.link, each.link) for each in row.memberships.all())


def _step(row: Any) -> Cell:
    if not row.next_step:
        return ""
    return glossary.word("step", row.step_result) if row.step_result else "未了结"
