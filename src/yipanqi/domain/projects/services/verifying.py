"""Verifying that a stage was reached, by a person other than the one who says so."""

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.moves import MoveState, StageMove
from yipanqi.domain.projects.services import stages
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed
from yipanqi.vocab.labels import refuse_state_secrets
from yipanqi.vocab.stages import Depth


class NothingToVerify(Exception):
    """The move no longer waits."""


class Overtaken(Exception):
    """The project was changed after the verifier opened it."""


class ReasonMissing(Exception):
    """Sending back needs a reason the submitter can act on."""


@transaction.atomic
def verify(move: StageMove, *, expecting: int, by: Actor) -> StageMove:
    """The move, verified: from today the project stands at its stage and counts there.

    `expecting` is the project's version the verifier looked at. Pressed twice by one person, it is
    done once. Raises NotAllowed, NothingToVerify, Overtaken, Ended or GateClosed.
    """
    move = _held(move)
    project = move.project
    if move.state == MoveState.VERIFIED and move.answered_by_id == by.id:
        return move
    _refuse(move, by)
    life.refuse_ended(project)
    if project.version != expecting:
        raise Overtaken("您打开之后，项目已被修改；请看过最新内容再核验")
    sheet = rules.gates(on=clock.today(), unit=project.unit.code)
    move.waived = list(stages.refuse_closed(project, _passed(move)))
    _answered(move, MoveState.VERIFIED, by)
    event = events.MoveVerified(
        subject=queries.subject(project),
        move=move.public_id,
        claimed_on=move.claimed_on.isoformat() if move.claimed_on else None,
        counted_on=str(move.counted_on),
    )
    entries.record(event, by=by, scope=queries.scope(project), under=sheet)
    stages.arrive(project, move, by, sheet)
    return move


@transaction.atomic
def send_back(move: StageMove, *, because: str, by: Actor) -> StageMove:
    """The move, returned to its submitter with a reason; the project stays where it was.

    Raises NotAllowed, ReasonMissing, StateSecret or NothingToVerify.
    """
    if not because.strip():
        raise ReasonMissing("退回理由未填；写明缺什么、请怎样补正")
    refuse_state_secrets(because)
    move = _held(move)
    _refuse(move, by)
    move.answer = because.strip()
    _answered(move, MoveState.RETURNED, by)
    event = events.MoveReturned(subject=queries.subject(move.project), move=move.public_id)
    entries.record(event, by=by, scope=queries.scope(move.project))
    return move


@transaction.atomic
def take_back(move: StageMove, *, by: Actor) -> StageMove:
    """The move, taken back by the one who submitted it, or by their unit.

    Raises NotAllowed or NothingToVerify.
    """
    move = _held(move)
    if move.state == MoveState.TAKEN_BACK:
        return move
    if move.state != MoveState.PENDING:
        raise NothingToVerify("已经核验或退回，不能再收回；请刷新后查看")
    if by.id != move.moved_by_id and by.unit_id != move.project.unit_id:
        raise NotAllowed("只有提交人或责任单位能收回；要否定它，请核验人退回")
    drop(move, by)
    return move


def drop(move: StageMove, by: Actor) -> None:
    """The pending move is taken back; the ledger says so."""
    _answered(move, MoveState.TAKEN_BACK, by)
    event = events.MoveTakenBack(subject=queries.subject(move.project), move=move.public_id)
    entries.record(event, by=by, scope=queries.scope(move.project))


def _held(move: StageMove) -> StageMove:
    """The move with its project as both are now, held until the transaction ends."""
    # The project first, as every service of this room does: two acts never wait on each other.
    Project.objects.select_for_update().get(pk=move.project_id)
    return StageMove.objects.select_related("project__unit", "project__lead").get(pk=move.pk)


def _refuse(move: StageMove, by: Actor) -> None:
    if move.state != MoveState.PENDING:
        raise NothingToVerify("该阶段变动已核验、退回或收回，请刷新后查看")
    if move.moved_by_id == by.id:
        raise NotAllowed("提交人不能核验自己提交的阶段；请另一位有核验权限的同事办理")
    if not life.may_verify(move, by):
        who = "市级核验人员" if move.depth == Depth.CITY else "责任单位或上级单位的核验人员"
        raise NotAllowed(f"按核验层级须由{who}核验，请有权限的同事办理")


def _answered(move: StageMove, state: MoveState, by: Actor) -> None:
    now = clock.now()
    move.state, move.answered_at, move.answered_by_id = state, now, by.id or None
    move.counted_on = clock.civil_day(now) if state == MoveState.VERIFIED else None
    move.save(
        update_fields=["state", "answered_at", "answered_by", "counted_on", "answer", "waived"]
    )


def _passed(move: StageMove) -> list[str]:
    sheet = rules.stages(on=clock.today())
    return [stage.code for stage in sheet.on_the_way(move.before, move.after)]
