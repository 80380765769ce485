"""The team of a project (专班) and its joint units: who comes in, leaves, and takes over."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer, Unit
from yipanqi.domain.projects import events, life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import certificates, stages
from yipanqi.domain.projects.teams import JointUnit, TeamMember, TeamRole
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets

_FACT = "team"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the team: an officer, or a person by name and unit."""

    role: TeamRole
    since: date
    officer: Officer | None = None
    name: str = ""
    unit: Unit | None = None


class Unclear(Exception):
    """A part of the entry is missing or absurd; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class AlreadyLeft(Exception):
    """The membership has ended already."""


@transaction.atomic
def appoint(project: Project, seat: Seat, *, by: Actor) -> TeamMember:
    """Somebody comes into the team; an officer already in it only changes the role.

    The first member makes the fact `team` known. Raises NotAllowed, Ended, Unclear, StateSecret.
    """
    _ready(project, by)
    unit = _unit(seat)
    if seat.officer and (sitting := _sitting(project, seat.officer)):
        if sitting.role == seat.role:
            return sitting
        _end(sitting, max(seat.since, sitting.since))
    member = TeamMember.objects.create(
        project=project,
        officer=seat.officer,
        name=seat.name.strip(),
        unit=unit,
        role=seat.role,
        since=seat.since,
    )
    _tell(member, "加入", by)
    ground = queries.subject(project)
    certificates.deposit(project, _FACT, value=True, subject=ground, by=by)
    return member


@transaction.atomic
def release(member: TeamMember, *, on: date, by: Actor) -> None:
    """Somebody leaves the team. The last one takes the fact `team` along.

    Raises NotAllowed, Ended, AlreadyLeft, Unclear, or GateEmptied where a passed gate needs it.
    """
    member = _locked(member, by)
    _check_day("on", on, since=member.since)
    _end(member, on)
    _tell(member, "退出", by)
    if not TeamMember.objects.filter(project=member.project, until=None).exists():
        certificates.withdraw(member.project, _FACT, by=by)


@transaction.atomic
def hand_over(member: TeamMember, to: Officer, *, on: date, by: Actor) -> TeamMember:
    """Another officer takes the seat over in the same role from that day.

    What was pledged stays with the unit that pledged it, and so needs no handing over. Raises
    NotAllowed, Ended, AlreadyLeft or Unclear.
    """
    member = _locked(member, by)
    _check_day("on", on, since=member.since)
    if to.pk == member.officer_id:
        raise Unclear("officer", "接手人与原成员是同一人，请另选")
    if _sitting(member.project, to):
        raise Unclear("officer", f"{to.name}已在专班中；先调整其职责，再退出原成员")
    if to.unit is None:
        raise Unclear("officer", f"{to.name}没有所属单位，不能进入专班")
    _end(member, on)
    _tell(member, "交出", by)
    taken = TeamMember.objects.create(
        project=member.project, officer=to, unit=to.unit, role=member.role, since=on
    )
    _tell(taken, "接手", by)
    return taken


@transaction.atomic
def join(project: Project, unit: Unit, duty: str, *, by: Actor) -> JointUnit:
    """A unit answers for the project together with its own; asked twice, it is the same."""
    _ready(project, by)
    if unit.pk == project.unit_id:
        raise Unclear("unit", "责任单位不必列为联合单位")
    if not duty.strip():
        raise Unclear("duty", "承担事项未填；请写明该单位负责什么")
    refuse_state_secrets(duty)
    if known := JointUnit.objects.filter(project=project, unit=unit, until=None).first():
        return known
    made = JointUnit.objects.create(
        project=project, unit=unit, duty=duty.strip(), since=clock.today()
    )
    _tell_unit(made, "加入", by)
    return made


@transaction.atomic
def leave(joint: JointUnit, *, by: Actor) -> None:
    """The unit answers for the project no more."""
    _ready(joint.project, by)
    joint.refresh_from_db()
    if joint.until is not None:
        raise AlreadyLeft("该单位已退出，请刷新查看")
    joint.until = clock.today()
    joint.save(update_fields=["until"])
    _tell_unit(joint, "退出", by)


def _ready(project: Project, by: Actor) -> None:
    require(by, "projects.edit", doing="调整专班")
    stages.lock(project)
    life.refuse_ended(project)


def _locked(member: TeamMember, by: Actor) -> TeamMember:
    _ready(member.project, by)
    fresh = TeamMember.objects.select_related("unit", "project__unit").get(pk=member.pk)
    if fresh.until is not None:
        raise AlreadyLeft("该成员已退出专班，请刷新查看")
    return fresh


def _unit(seat: Seat) -> Unit:
    """Whose member it is: the officer's own unit, or the one named. Raises Unclear."""
    _check_day("since", seat.since)
    refuse_state_secrets(seat.name)
    if seat.officer is None and not seat.name.strip():
        raise Unclear("name", "请选人员，或填写没有账户的人员姓名")
    if seat.officer is not None and seat.name.strip():
        raise Unclear("name", "已选人员的，不再填姓名；请只留一处")
    unit = seat.officer.unit if seat.officer else seat.unit
    if unit is None:
        raise Unclear("unit", "单位未选；没有账户的人员须写明所在单位")
    return unit


def _check_day(field: str, day: date, *, since: date = date.min) -> None:
    if day > clock.today():
        raise Unclear(field, "日期不能晚于今天；请在到任或离任当天登记")
    if day < since:
        raise Unclear(field, f"日期不能早于加入专班的 {since}")


def _sitting(project: Project, officer: Officer) -> TeamMember | None:
    rows = TeamMember.objects.filter(project=project, officer=officer, until=None)
    return rows.select_related("unit", "project__unit").first()


def _end(member: TeamMember, on: date) -> None:
    member.until = on
    member.save(update_fields=["until"])


def _tell(member: TeamMember, change: str, by: Actor) -> None:
    event = events.TeamChanged(
        subject=queries.subject(member.project),
        member=member.public_id,
        change=change,
        role=str(TeamRole(member.role).label),
        unit=member.unit.short_name,
    )
    entries.record(event, by=by, scope=queries.scope(member.project))


def _tell_unit(joint: JointUnit, change: str, by: Actor) -> None:
    event = events.TeamChanged(
        subject=queries.subject(joint.project),
        member=joint.public_id,
        change=change,
        role="联合单位",
        unit=joint.unit.short_name,
    )
    entries.record(event, by=by, scope=queries.scope(joint.project))
