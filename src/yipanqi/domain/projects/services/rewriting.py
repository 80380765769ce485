"""Writing a project's components, years, phases and element needs anew, each table as a whole."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, life, queries, tables
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Component, ElementNeed, Phase, Voucher, YearPlan
from yipanqi.domain.projects.services import row_checks
from yipanqi.domain.projects.services.row_checks import WrongRow
from yipanqi.domain.projects.tables import ComponentRow, NeedRow, PhaseRow, Row, YearRow
from yipanqi.vocab import clock, currencies
from yipanqi.vocab.actors import Actor, require

Of = TypeVar("Of", ComponentRow, YearRow, PhaseRow, NeedRow)


@dataclass(frozen=True, slots=True)
class Foreign:
    """The currency of the foreign part, yuan for one unit of it, and the day of that rate."""

    currency: str = ""
    rate: Decimal | None = None
    rate_on: date | None = None


NO_FOREIGN = Foreign()


class StaleTable(Exception):
    """Somebody changed the table meanwhile; `theirs` is what it now says, in words."""

    def __init__(self, project: Project, theirs: str) -> None:
        super().__init__("您打开之后，该表已被他人修改；请对照后再保存")
        self.project = project
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class _Change(Generic[Of]):
    """A table's new rows: what it is called, what it says now, how it is checked and written."""

    title: str
    rows: Sequence[Of]
    current: Callable[[Project], list[Of]]
    check: Callable[[Project, Sequence[Of]], None]
    write: Callable[[Project, Sequence[Of]], None]
    foreign: Foreign = NO_FOREIGN
    is_split: bool = False


def split(
    project: Project,
    rows: Sequence[ComponentRow],
    foreign: Foreign = NO_FOREIGN,
    *,
    expecting: int,
    by: Actor,
) -> None:
    """The planned investment by components. Raises NotAllowed, WrongRow, StaleTable or Ended."""
    row_checks.foreign(rows, foreign.currency, foreign.rate, foreign.rate_on)

    def check(project: Project, rows: Sequence[ComponentRow]) -> None:
        # The new rate is the one by which the new rows must fit the total.
        project.foreign_currency = foreign.currency
        project.foreign_rate, project.foreign_rate_on = foreign.rate, foreign.rate_on
        row_checks.components(project, rows)

    def write(project: Project, rows: Sequence[ComponentRow]) -> None:
        project.save(update_fields=["foreign_currency", "foreign_rate", "foreign_rate_on"])
        Component.objects.filter(project=project).delete()
        Component.objects.bulk_create(_component(project, row) for row in rows)

    change = _Change("投资构成", rows, tables.components, check, write, foreign, is_split=True)
    _rewrite(project, change, expecting, by)


def plan_years(project: Project, rows: Sequence[YearRow], *, expecting: int, by: Actor) -> None:
    """The planned investment by year. Raises NotAllowed, WrongRow, StaleTable or Ended."""

    def write(project: Project, rows: Sequence[YearRow]) -> None:
        YearPlan.objects.filter(project=project).delete()
        YearPlan.objects.bulk_create(
            YearPlan(project=project, year=row.year, amount_fen=row.amount_fen, content=row.content)
            for row in rows
        )

    change = _Change("年度计划投资", rows, tables.years, row_checks.years, write)
    _rewrite(project, change, expecting, by)


def set_phases(project: Project, rows: Sequence[PhaseRow], *, expecting: int, by: Actor) -> None:
    """The phases. Raises NotAllowed, WrongRow, StaleTable or Ended."""
    change = _Change("分期", rows, tables.phases, row_checks.phases, _write_phases)
    _rewrite(project, change, expecting, by)


def ask_for(project: Project, rows: Sequence[NeedRow], *, expecting: int, by: Actor) -> None:
    """The element needs. Raises NotAllowed, WrongRow, StaleTable or Ended."""

    def write(project: Project, rows: Sequence[NeedRow]) -> None:
        ElementNeed.objects.filter(project=project).delete()
        ElementNeed.objects.bulk_create(
            ElementNeed(
                project=project,
                kind=row.kind,
                amount=row.amount,
                needed_on=row.needed_on,
                note=row.note,
            )
            for row in rows
        )

    change = _Change("要素需求", rows, tables.needs, row_checks.needs, write)
    _rewrite(project, change, expecting, by)


@transaction.atomic
def _rewrite(project: Project, change: _Change[Of], expecting: int, by: Actor) -> None:
    require(by, "projects.edit", doing=f"修改{change.title}")
    project.refresh_from_db(from_queryset=Project.objects.select_for_update())
    life.refuse_ended(project)
    kept = Foreign(project.foreign_currency, project.foreign_rate, project.foreign_rate_on)
    held = change.current(project), kept if change.is_split else NO_FOREIGN
    if Counter(held[0]) == Counter(change.rows) and held[1] == change.foreign:
        return
    before = _said(*held)
    if project.version != expecting:
        raise StaleTable(project, before)
    change.check(project, change.rows)
    change.write(project, change.rows)
    project.version += 1
    project.updated_at = clock.now()
    project.save(update_fields=["version", "updated_at"])
    event = events.ProjectEdited(
        subject=queries.subject(project),
        fields=change.title,
        before={change.title: before},
        after={change.title: _said(change.rows, change.foreign)},
    )
    entries.record(event, by=by, scope=queries.scope(project))


def _said(rows: Sequence[Row], foreign: Foreign) -> str:
    """The table in words; a split with foreign money also says its rate and the rate's day."""
    words = tables.told(rows, foreign.currency)
    if not foreign.currency or foreign.rate is None:
        return words
    return f"{words}（汇率 {foreign.rate.normalize():f}，{foreign.rate_on}）"


def _component(project: Project, row: ComponentRow) -> Component:
    foreign_fen = None
    if row.foreign_minor is not None and project.foreign_rate is not None:
        foreign_fen = currencies.in_fen(
            row.foreign_minor, currency=project.foreign_currency, rate=project.foreign_rate
        )
    return Component(
        project=project,
        kind=row.kind,
        domestic_fen=row.domestic_fen,
        foreign_minor=row.foreign_minor,
        foreign_fen=foreign_fen,
    )


def _write_phases(project: Project, rows: Sequence[PhaseRow]) -> None:
    """Phases keep their identity by number: vouchers point at them."""
    kept: Mapping[str, Phase] = {
        each.number: each for each in Phase.objects.filter(project=project)
    }
    gone = set(kept) - {row.number for row in rows}
    if used := Voucher.objects.filter(phase__project=project, phase__number__in=gone).first():
        number = used.phase.number if used.phase else ""
        raise WrongRow(0, f"第 {number} 期已有到位资金凭证，不能删除；请先撤回凭证")
    for number in sorted(gone, key=len, reverse=True):
        kept[number].delete()
    made: dict[str, Phase] = {}
    for row in sorted(rows, key=tables.place):
        phase = kept.get(row.number) or Phase(project=project, number=row.number)
        phase.parent = made.get(row.parent)
        phase.title, phase.amount_fen, phase.content = row.title, row.amount_fen, row.content
        phase.planned_start_on, phase.planned_finish_on = (
            row.planned_start_on,
            row.planned_finish_on,
        )
        phase.save()
        made[row.number] = phase
