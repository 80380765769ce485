"""Moving a project along its stages: submitted with its gate open, and counted once verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.moves import MoveKind, MoveState, StageMove
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Requirement
from yipanqi.rulebook.stages import NoSuchStage
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets
from yipanqi.vocab.sheets import SheetRef
from yipanqi.vocab.stages import Stage


class GateClosed(Exception):
    """The stage is not open yet; `missing` says why, in words fit to show."""

    def __init__(self, missing: tuple[Requirement, ...]) -> None:
        super().__init__("；".join(row.message for row in missing))
        self.missing = missing


class NotNext(Exception):
    """The project is no longer where the caller thought it was."""


class Waiting(NotNext):
    """Another move of the project waits to be verified first."""


class ReasonMissing(Exception):
    """A move off the usual road needs a reason."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be made of a project: the sort of move, the stages it passes, the reason."""

    kind: MoveKind
    passed: Sequence[Stage]
    reason: str = ""


@transaction.atomic
def advance(project: Project, *, to: str, by: Actor) -> StageMove:
    """The move to a stage open after the project's own: pending, or made where nobody verifies.

    Submitted twice, it is the same move. Raises NotAllowed, Ended, NotNext, Waiting or GateClosed
    and changes nothing then.
    """
    require(by, "projects.advance", doing="推进项目阶段")
    lock(project)
    if same := _already(project, to, by):
        return same
    _refuse_unready(project)
    stages = rules.stages(on=clock.today())
    step = next((each for each in stages.next_steps(project.stage) if each.code == to), None)
    if step is None:
        raise NotNext("项目已不在您看到的阶段，请刷新后再试")
    return _submit(project, _Step(MoveKind.ADVANCE, [step]), by)


@transaction.atomic
def skip(project: Project, *, to: str, because: str, by: Actor) -> StageMove:
    """The move past stages that must be reached: each of their gates has to be open too.

    Raises NotAllowed, ReasonMissing, StateSecret, Ended, NotNext, Waiting or GateClosed.
    """
    require(by, "projects.skip", doing="越级推进项目")
    _check_reason(because, "越级理由未填；写明为什么不经过中间阶段")
    lock(project)
    if same := _already(project, to, by):
        return same
    _refuse_unready(project)
    stages = rules.stages(on=clock.today())
    if to not in {stage.code for stage in stages.beyond(project.stage)}:
        raise NotNext("该阶段不在须越级之列；相邻的阶段请直接推进")
    passed = stages.on_the_way(project.stage, to)
    return _submit(project, _Step(MoveKind.SKIP, passed, because.strip()), by)


@transaction.atomic
def move_back(project: Project, *, to: str, because: str, by: Actor) -> StageMove:
    """The move back to an earlier stage: what was counted beyond it counts no more.

    Raises NotAllowed, ReasonMissing, StateSecret, Ended, NotNext or Waiting.
    """
    require(by, "projects.move_back", doing="退回项目阶段")
    _check_reason(because, "退回理由未填；写明哪一步不实或不再成立")
    lock(project)
    _refuse_unready(project)
    stages = rules.stages(on=clock.today())
    try:
        target = stages.find(to)
    except NoSuchStage as none:
        raise NotNext(str(none)) from none
    if target not in stages.behind(project.stage):
        raise NotNext("只能退回到已经过的阶段，请刷新后再选")
    move = _saved(project, _Step(MoveKind.BACK, [target], because.strip()), by)
    undone = {stage.code for stage in stages.stages if stage not in (*stages.behind(to), target)}
    rows = StageMove.objects.filter(life.COUNTING, project=project, after__in=undone)
    rows.update(overturned_at=clock.now())
    before = stages.find(project.stage)
    put(project, target)
    event = events.StageMovedBack(
        subject=queries.subject(project),
        before=before.code,
        after=target.code,
        before_title=before.title,
        after_title=target.title,
        official=target.official,
        move=move.public_id,
    )
    entries.record(event, by=by, scope=queries.scope(project), under=stages)
    return move


def lock(project: Project) -> None:
    """The project as it is now, held until the transaction ends."""
    project.refresh_from_db(from_queryset=Project.objects.select_for_update())


def arrive(project: Project, move: StageMove, by: Actor, under: SheetRef) -> None:
    """The project stands where a verified or exempt move takes it, from today."""
    stages = rules.stages(on=clock.today())
    before, after = stages.find(project.stage), stages.find(move.after)
    put(project, after)
    event = events.StageAdvanced(
        subject=queries.subject(project),
        before=before.code,
        after=after.code,
        before_title=before.title,
        after_title=after.title,
        official=after.official,
    )
    entries.record(event, by=by, scope=queries.scope(project), under=under)


def put(project: Project, stage: Stage) -> None:
    """Save the project at the stage, from today."""
    project.stage, project.official = stage.code, stage.official
    project.stage_since = clock.today()
    project.version += 1
    project.updated_at = clock.now()
    project.save(update_fields=["stage", "official", "stage_since", "version", "updated_at"])


def refuse_closed(project: Project, codes: Sequence[str]) -> tuple[str, ...]:
    """The ids of the rows these gates let pass by a waiver. Raises GateClosed with what misses."""
    known = queries.facts(project)
    answers = [life.gate(project, code, known) for code in codes]
    if missing := tuple(row for each in answers for row in each.missing):
        raise GateClosed(missing)
    return tuple(row.id for each in answers for row in each.waived)


def _already(project: Project, to: str, by: Actor) -> StageMove | None:
    """The same person's own last move to the stage: pressing twice is pressing once."""
    last = StageMove.objects.filter(project=project).order_by("-id").first()
    if last is None or last.after != to or last.moved_by_id != (by.id or None):
        return None
    is_there = project.stage == to and last.state in (MoveState.VERIFIED, MoveState.EXEMPT)
    return last if last.state == MoveState.PENDING or is_there else None


def _refuse_unready(project: Project) -> None:
    life.refuse_ended(project)
    if move := life.pending(project):
        title = rules.stages(on=clock.today()).find(move.after).title
        raise Waiting(f"进入{title}已提交，正待核验；核验或收回后才能再动")


def _check_reason(because: str, message: str) -> None:
    if not because.strip():
        raise ReasonMissing(message)
    refuse_state_secrets(because)


def _submit(project: Project, step: _Step, by: Actor) -> StageMove:
    waived = refuse_closed(project, [stage.code for stage in step.passed])
    move = _saved(project, step, by, waived)
    sheet = rules.gates(on=clock.today(), unit=project.unit.code)
    if move.state == MoveState.EXEMPT:
        arrive(project, move, by, sheet)
        return move
    stages = rules.stages(on=clock.today())
    event = events.StageSubmitted(
        subject=queries.subject(project),
        move=move.public_id,
        how=MoveKind(move.kind).label,
        before=move.before,
        after=move.after,
        before_title=stages.find(move.before).title,
        after_title=stages.find(move.after).title,
        waived=list(waived),
    )
    entries.record(event, by=by, scope=queries.scope(project), under=sheet)
    return move


def _saved(project: Project, step: _Step, by: Actor, waived: Sequence[str] = ()) -> StageMove:
    stages, known = rules.stages(on=clock.today()), queries.facts(project)
    goal, tier = step.passed[-1], stages.tier(project.total_investment_fen)
    asked = None if step.kind is MoveKind.BACK else life.depth(stages, step.passed, project)
    claimed = known.get(goal.day) if goal.day else None
    assert claimed is None or isinstance(claimed, date)  # the sheet's check: `day` names a day
    return StageMove.objects.create(
        project=project,
        kind=step.kind,
        before=project.stage,
        after=goal.code,
        official_before=project.official,
        official_after=goal.official,
        claimed_on=claimed,
        reason=step.reason,
        tier=tier.code if tier and asked else "",
        depth=asked or "",
        waived=list(waived),
        state=MoveState.PENDING if asked else MoveState.EXEMPT,
        moved_at=clock.now(),
        moved_by_id=by.id or None,
        counted_on=None if asked else clock.today(),
    )
