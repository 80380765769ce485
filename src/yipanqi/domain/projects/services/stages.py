"""Moving a project along its stages."""

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Requirement, unmet
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require


class GateClosed(Exception):
    """The stage is not open yet; `missing` says why, in words fit to show."""

    def __init__(self, missing: tuple[Requirement, ...]) -> None:
        super().__init__("；".join(row.message for row in missing))
        self.missing = missing


class NotNext(Exception):
    """The project is no longer where the caller thought it was."""


@transaction.atomic
def advance(project: Project, *, to: str, by: Actor) -> None:
    """Move the project on to a stage that is open after its own, or raise and change nothing."""
    require(by, "projects.advance", doing="推进项目阶段")
    project.refresh_from_db(from_queryset=Project.objects.select_for_update())
    stages = rules.stages(on=clock.today())
    step = next((each for each in stages.next_steps(project.stage) if each.code == to), None)
    if step is None:
        raise NotNext("项目已不在您看到的阶段，请刷新后再试")
    sheet = rules.gates(on=clock.today(), unit=project.unit.code)
    if missing := unmet(sheet, to, queries.facts(project)):
        raise GateClosed(missing)
    before = stages.find(project.stage)
    project.stage, project.official = step.code, step.official
    project.stage_since = clock.today()
    project.version += 1
    project.updated_at = clock.now()
    project.save(update_fields=["stage", "official", "stage_since", "version", "updated_at"])
    event = events.StageAdvanced(
        subject=queries.subject(project),
        before=before.code,
        after=step.code,
        before_title=before.title,
        after_title=step.title,
        official=step.official,
    )
    entries.record(event, by=by, scope=queries.scope(project), under=sheet)
