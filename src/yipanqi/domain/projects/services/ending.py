"""Taking a project off the road (退库、终止履约、清退), bringing it back, and archiving it."""

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.moves import Departure
from yipanqi.domain.projects.services import stages, verifying
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets
from yipanqi.vocab.stages import Ending, Parting

# Whose verb it is to take a project off the road in each way.
VERBS = {
    Parting.WITHDRAWN: "projects.withdraw",
    Parting.TERMINATED: "projects.terminate",
    Parting.CLEARED: "projects.terminate",
}


class NotOpen(Exception):
    """This way off the road, or back, is not open to the project as it stands."""


class ReasonMissing(Exception):
    """An end, or a return, needs a reason."""


@transaction.atomic
def end(project: Project, *, how: str, because: str, by: Actor) -> Departure:
    """The project's departure in one of the sheet's ways; it counts and moves no more.

    Ended twice in the same way, it is one departure. Raises NotOpen, NotAllowed, ReasonMissing,
    StateSecret, Ended or stages.GateClosed.
    """
    sheet = rules.stages(on=clock.today())
    ending = _way(sheet.endings, how)
    require(by, VERBS[ending.parting], doing=f"办理{ending.title}")
    _check_reason(because, f"{ending.title}理由未填；写明原因，供以后重启或讲评时查")
    stages.lock(project)
    if project.ended_as == how and (earlier := life.departure(project)):
        return earlier
    life.refuse_ended(project)
    if project.stage not in ending.stages:
        names = "、".join(sheet.find(code).title for code in ending.stages)
        raise NotOpen(f"{ending.title}只适用于{names}阶段的项目")
    stages.refuse_closed(project, [ending.code])
    if waiting := life.pending(project):
        verifying.drop(waiting, by)
    departure = _left(project, ending, because, by)
    event = events.ProjectEnded(
        subject=queries.subject(project),
        departure=departure.public_id,
        code=ending.code,
        title=ending.title,
        stage=project.stage,
    )
    entries.record(event, by=by, scope=queries.scope(project), under=sheet)
    return departure


@transaction.atomic
def reopen(project: Project, *, because: str, by: Actor) -> None:
    """The ended project goes on from the stage where it left.

    Raises NotAllowed, ReasonMissing, StateSecret or NotOpen.
    """
    require(by, "projects.reopen", doing="重启项目")
    _check_reason(because, "重启理由未填；写明情况有何变化")
    stages.lock(project)
    departure = life.departure(project)
    if project.archived_at is not None or departure is None or not project.ended_as:
        raise NotOpen("项目没有结束，或已归档，不能重启；请刷新后查看")
    way = _way(rules.stages(on=clock.today()).endings, project.ended_as)
    if not way.reopens:
        raise NotOpen(f"已{way.title}的项目不能重启；再来的请另行登记线索")
    departure.reopened_at, departure.reopened_by_id = clock.now(), by.id or None
    departure.return_reason = because.strip()
    departure.save(update_fields=["reopened_at", "reopened_by", "return_reason"])
    project.ended_as, project.ended_on = "", None
    _save(project, "ended_as", "ended_on")
    event = events.ProjectReopened(
        subject=queries.subject(project), departure=departure.public_id, title=departure.title
    )
    entries.record(event, by=by, scope=queries.scope(project))


@transaction.atomic
def archive(project: Project, *, by: Actor) -> None:
    """The project is put away, read-only for good, when it has ended or come to its last stage.

    Archived twice is archived once. Raises NotAllowed or NotOpen.
    """
    require(by, "projects.archive", doing="归档项目")
    stages.lock(project)
    if project.archived_at is not None:
        return
    last = rules.stages(on=clock.today()).last
    if not project.ended_as and project.stage != last.code:
        raise NotOpen(f"只有已结束或已到{last.title}的项目可以归档")
    if not project.ended_as and life.pending(project):
        raise NotOpen("还有阶段变动待核验，核验后再归档")
    project.archived_at = clock.now()
    _save(project, "archived_at")
    event = events.ProjectArchived(subject=queries.subject(project))
    entries.record(event, by=by, scope=queries.scope(project))


def _way(endings: tuple[Ending, ...], code: str) -> Ending:
    way = next((each for each in endings if each.code == code), None)
    if way is None:
        raise NotOpen("现行阶段表没有这种结束方式，请刷新后再选")
    if way.parting is Parting.MOVED:
        raise NotOpen("流转随线索办理：请在线索页提出流转，各方同意后项目随之转交")
    return way


def _check_reason(because: str, message: str) -> None:
    if not because.strip():
        raise ReasonMissing(message)
    refuse_state_secrets(because)


def _left(project: Project, way: Ending, because: str, by: Actor) -> Departure:
    project.ended_as, project.ended_on = way.code, clock.today()
    _save(project, "ended_as", "ended_on")
    return Departure.objects.create(
        project=project,
        code=way.code,
        title=way.title,
        stage=project.stage,
        reason=because.strip(),
        ended_at=clock.now(),
        ended_by_id=by.id or None,
    )


def _save(project: Project, *columns: str) -> None:
    project.version += 1
    project.updated_at = clock.now()
    project.save(update_fields=[*columns, "version", "updated_at"])
