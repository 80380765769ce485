"""What a project's rows may say: each by itself, and all of them within the planned total."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from datetime import date
from decimal import Decimal

from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.tables import ComponentRow, NeedRow, PhaseRow, YearRow
from yipanqi.vocab import clock, currencies
from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.labels import refuse_state_secrets
from yipanqi.vocab.money import LARGEST_FEN, NotMoney, shown

FIRST_YEAR, YEARS_AHEAD = 1990, 30
LARGEST_NEED = 100_000_000
_NUMBER = re.compile(r"^[1-9]\d?(\.[1-9]\d?)?$")


class WrongRow(Exception):
    """A row is absurd; `row` is its place from 1 (0: the whole table), the message says why."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(f"第 {row} 行：{message}" if row else message)
        self.row = row


def components(project: Project, rows: Sequence[ComponentRow]) -> None:
    """Raise WrongRow unless the components are known, once each, and within the planned total."""
    _once([row.kind for row in rows], kinds.COMPONENTS)
    for at, row in enumerate(rows, 1):
        if row.domestic_fen is None and row.foreign_minor is None:
            raise WrongRow(at, f"{kinds.COMPONENTS[row.kind]}没有金额；不投的填 0，未定的不要列")
        _amounts(at, row.domestic_fen, row.foreign_minor)
    home = sum(row.domestic_fen or 0 for row in rows)
    abroad = sum(_in_fen(project, row) for row in rows)
    _within(project, home + abroad, "投资构成")


def foreign(
    rows: Sequence[ComponentRow], currency: str, rate: Decimal | None, rate_on: date | None
) -> None:
    """Raise WrongRow unless foreign money, and it alone, has a currency, a rate and its day."""
    is_asked = any(row.foreign_minor is not None for row in rows)
    if not is_asked and not currency and rate is None and rate_on is None:
        return
    if currency not in currencies.FOREIGN:
        raise WrongRow(0, "外资须选外币币种；没有外资的，请清空外资金额、汇率和汇率日期")
    if rate is None or not 0 < rate <= currencies.LARGEST_RATE:
        raise WrongRow(0, "请填折算汇率：1 单位外币合多少元人民币")
    if rate_on is None or rate_on > clock.today():
        raise WrongRow(0, "请填汇率公布的日期，不能晚于今天")
    for at, row in enumerate(rows, 1):
        try:
            currencies.in_fen(row.foreign_minor or 0, currency=currency, rate=rate)
        except NotMoney as refusal:
            raise WrongRow(at, str(refusal)) from refusal


def years(project: Project, rows: Sequence[YearRow]) -> None:
    """Raise WrongRow unless each year stands once and all are within the planned total."""
    for at, row in enumerate(rows, 1):
        if not FIRST_YEAR <= row.year <= clock.today().year + YEARS_AHEAD:
            raise WrongRow(at, f"年度“{row.year}”不合常理；请填四位年份")
        _amounts(at, row.amount_fen)
        refuse_state_secrets(row.content)
    _once([row.year for row in rows])
    _within(project, sum(row.amount_fen for row in rows), "年度计划投资")


def phases(project: Project, rows: Sequence[PhaseRow]) -> None:
    """Raise WrongRow unless numbers fit together and no phase is more than what it stands under."""
    known = {row.number: row for row in rows}
    for at, row in enumerate(rows, 1):
        if not _NUMBER.match(row.number):
            raise WrongRow(at, f"期号“{row.number}”应写作 1、2，或 2.1、2.2（第 2 期之下）")
        if row.parent and row.parent not in known:
            raise WrongRow(at, f"有第 {row.number} 期，却没有第 {row.parent} 期；请补上")
        start, finish = row.planned_start_on, row.planned_finish_on
        if start and finish and finish < start:
            raise WrongRow(at, f"第 {row.number} 期计划竣工日早于计划开工日，请核对")
        _amounts(at, row.amount_fen)
        refuse_state_secrets(row.title, row.content)
    _once([row.number for row in rows])
    for number, row in known.items():
        parts = sum(each.amount_fen or 0 for each in rows if each.parent == number)
        if row.amount_fen is not None and parts > row.amount_fen:
            raise WrongRow(
                0, f"第 {number} 期各部分合计 {shown(parts)}，超过本期 {shown(row.amount_fen)}"
            )
    _within(project, sum(row.amount_fen or 0 for row in rows if not row.parent), "分期投资")


def needs(_project: Project, rows: Sequence[NeedRow]) -> None:
    """Raise WrongRow unless each element stands once with a sensible amount."""
    _once([row.kind for row in rows], kinds.NEEDS)
    for at, row in enumerate(rows, 1):
        what = kinds.NEEDS[row.kind]
        if not 0 < row.amount <= LARGEST_NEED:
            raise WrongRow(at, f"{what}需求量应大于零且合乎常理（{kinds.NEED_UNITS[row.kind]}）")
        if row.kind == "labour" and row.amount != row.amount.to_integral_value():
            raise WrongRow(at, "用工人数应为整数")
        refuse_state_secrets(row.note)


def _amounts(at: int, *amounts: int | None) -> None:
    for amount in amounts:
        if amount is not None and not 0 <= amount <= LARGEST_FEN:
            raise WrongRow(at, "金额不能为负数，也不能过大；请核对单位（万元）")


def _in_fen(project: Project, row: ComponentRow) -> int:
    # Checked before: a foreign amount has its currency and rate on the project being written.
    if row.foreign_minor is None or project.foreign_rate is None:
        return 0
    return currencies.in_fen(
        row.foreign_minor, currency=project.foreign_currency, rate=project.foreign_rate
    )


def _once(codes: Iterable[object], known: Container[object] | None = None) -> None:
    counted = Counter(codes)
    for code, times in counted.items():
        if known is not None and code not in known:
            raise WrongRow(0, f"“{code}”不在可选范围；请从列表中选择")
        if times > 1:
            raise WrongRow(0, f"“{code}”列了 {times} 行；请合并为一行")


def _within(project: Project, sum_fen: int, what: str) -> None:
    total = project.total_investment_fen
    if total is not None and sum_fen > total:
        raise WrongRow(
            0,
            f"{what}合计 {shown(sum_fen)}，超过计划总投资 {shown(total)}；请核对，或先改计划总投资",
        )
