"""Telling what came of a target: contacted, refused, landed; a label for training and backtest."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.studies import events
from yipanqi.domain.studies.models import Target
from yipanqi.domain.studies.told import Outcome, Response
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, Scope, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets


class Incomplete(Exception):
    """A needed field is empty or wrong; the message names it and the remedy."""


class AlreadyTold(Exception):
    """The unit told the same of this enterprise for the same day."""


class AlreadyWithdrawn(Exception):
    """It was taken back before."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of the target, when, why it refused, or by which project it landed."""

    outcome: str
    happened_on: date
    reason: str = ""
    project: Project | None = None
    label: Label = Label.INTERNAL


@transaction.atomic
def answer(target: Target, told: Answer, *, by: Actor) -> Response:
    """Keep the answer with the place the target had on its list.

    Raises Incomplete, AlreadyTold, NotAllowed or StateSecret.
    """
    require(by, "investors.register", doing="反馈招引目标")
    _insist_on_grounds(told)
    unit_id = home(by)
    same = Response.objects.select_for_update().filter(
        registry_id=target.registry_id, unit_id=unit_id, outcome=told.outcome,
        happened_on=told.happened_on, withdrawn_at=None,
    )  # fmt: skip
    if same.exists():
        raise AlreadyTold("本单位对这家企业当天已有同样的反馈，不重复登记")
    row = Response.objects.create(
        registry_id=target.registry_id,
        name=target.name,
        outcome=told.outcome,
        happened_on=told.happened_on,
        reason=told.reason.strip(),
        project=told.project,
        study=target.study,
        chain=target.study.chain,
        link=target.link,
        rank=target.rank,
        score=target.score,
        label=told.label,
        unit_id=unit_id,
        told_by_id=by.id,
        recorded_at=clock.now(),
    )
    entries.record(_told(row), by=by, scope=Scope(by.unit_path, told.label, row.chain))
    return row


@transaction.atomic
def withdraw(found: Response, *, by: Actor) -> None:
    """Take back an answer told by mistake; only its own unit may. Raises AlreadyWithdrawn."""
    require(by, "investors.register", doing="撤回反馈")
    if found.unit_id != home(by):
        raise NotAllowed("只有反馈的单位可以撤回；请联系该单位经办")
    row = Response.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn("这条反馈已经撤回，请刷新后查看")
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    event = events.AnswerWithdrawn(
        subject=f"studies/{row.registry_id}",
        response=row.public_id,
        outcome=Outcome(row.outcome).label,
        happened_on=row.happened_on.isoformat(),
    )
    entries.record(event, by=by, scope=Scope(row.unit.path, Label(row.label), row.chain))


def _told(row: Response) -> events.TargetAnswered:
    return events.TargetAnswered(
        subject=f"studies/{row.registry_id}",
        response=row.public_id,
        study=row.study.public_id,
        chain=row.chain,
        link=row.link,
        rank=row.rank,
        outcome=Outcome(row.outcome).label,
        happened_on=row.happened_on.isoformat(),
    )


def _insist_on_grounds(told: Answer) -> None:
    refuse_state_secrets(told.reason)
    if told.outcome not in Outcome.values:
        raise Incomplete(f"请选择反馈：{'、'.join(Outcome.labels)}")
    if told.happened_on > clock.today():
        raise Incomplete("日期不能晚于今天；计划中的拜访请记在客商往来的“下一步”")
    if told.outcome == Outcome.REFUSED and not told.reason.strip():
        raise Incomplete("婉拒原因未填；请写明企业为何不来，这是改进名单的依据")
    if told.outcome == Outcome.LANDED and told.project is None:
        raise Incomplete("已落地须选择对应的项目；项目还没有建的，请先由线索转为项目")
