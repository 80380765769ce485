"""Verifying an opening balance: another person finds that a project is as the old ledger says."""

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, life, opening, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.opening import Gap
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed
from yipanqi.vocab.stages import Depth


class Unproved(Exception):
    """Papers are still missing; `gaps` lists them."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        missing = "；".join(gap.requirement.message for gap in gaps)
        super().__init__(f"还缺佐证，不能核实：{missing}。请责任单位在项目页补齐后再核实")
        self.gaps = gaps


class NotOpening(Exception):
    """The project is none of the opening balance."""


class Overtaken(Exception):
    """The project was changed after the verifier opened it."""


@transaction.atomic
def verify(project: Project, *, expecting: int, by: Actor) -> None:
    """The project counts with all others from now on; verifying it twice changes nothing.

    `expecting` is the version the verifier looked at. Raises NotAllowed, NotOpening, Ended,
    Overtaken or Unproved.
    """
    project.refresh_from_db(from_queryset=Project.objects.select_for_update())
    if not project.is_opening:
        raise NotOpening("这个项目不是存量项目，按阶段核验办理")
    if project.opening_verified_on is not None:
        return
    _refuse_unfit(project, by)
    life.refuse_ended(project)
    if project.version != expecting:
        raise Overtaken("您打开之后，项目已被修改；请看过最新内容再核实")
    if gaps := opening.gaps(project):
        raise Unproved(gaps)
    project.opening_verified_on, project.opening_verified_by_id = clock.today(), by.id or None
    project.version += 1
    project.updated_at = clock.now()
    project.save(
        update_fields=["opening_verified_on", "opening_verified_by", "version", "updated_at"]
    )
    stage = rules.stages(on=clock.today()).find(project.stage)
    event = events.OpeningVerified(subject=queries.subject(project), stage=stage.title)
    entries.record(event, by=by, scope=queries.scope(project))


def _refuse_unfit(project: Project, by: Actor) -> None:
    """Another person than who brought it in, and as high as the amount asks for."""
    if project.created_by_id == by.id:
        raise NotAllowed("导入人不能核实自己导入的存量项目；请另一位有核验权限的同事办理")
    if by.may("projects.verify.city"):
        return
    sheet = rules.stages(on=clock.today())
    depth = life.depth(sheet, [sheet.find(project.stage)], project)
    is_near = bool(by.unit_path) and project.unit.path.startswith(by.unit_path)
    if depth == Depth.CITY or not (by.may("projects.verify") and is_near):
        who = "市级核验人员" if depth == Depth.CITY else "责任单位或上级单位的核验人员"
        raise NotAllowed(f"按核验层级须由{who}核实，请有权限的同事办理")
