"""Letting a project pass a requirement for a time, by who may, with a reason (一事一议)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.moves import Waiver
from yipanqi.domain.projects.services import stages
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Requirement, unmet
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets


class Unwaivable(Exception):
    """The requirement cannot be waived, or need not be; the message says why."""


class Unclear(Exception):
    """The reason or the day is missing or absurd; the message names it and the remedy."""


class NothingToRevoke(Exception):
    """The waiver no longer stands."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a requirement is waived, and until which day."""

    reason: str
    until: date


@transaction.atomic
def grant(project: Project, requirement: str, grounds: Grounds, *, by: Actor) -> Waiver:
    """The waiver of a requirement (by id) that the project does not meet now.

    The same one again is given as it stands. Raises NotAllowed, Unclear, StateSecret, Ended or
    Unwaivable.
    """
    require(by, "projects.waive", doing="豁免阶段条件")
    _check(grounds)
    stages.lock(project)
    life.refuse_ended(project)
    standing = life.standing_waivers(project).filter(requirement=requirement).first()
    if standing and (standing.reason, standing.until) == (grounds.reason.strip(), grounds.until):
        return standing
    row = _waivable(project, requirement)
    now = clock.now()
    earlier = Waiver.objects.filter(project=project, requirement=row.id, revoked_at__isnull=True)
    earlier.update(revoked_at=now, revoked_by_id=by.id or None)
    waiver = Waiver.objects.create(
        project=project,
        requirement=row.id,
        stage=row.to,
        message=row.message,
        reason=grounds.reason.strip(),
        until=grounds.until,
        granted_at=now,
        granted_by_id=by.id or None,
    )
    event = events.GateWaived(
        subject=queries.subject(project),
        waiver=waiver.public_id,
        requirement=row.id,
        message=row.message,
        until=grounds.until.isoformat(),
    )
    sheet = rules.gates(on=clock.today(), unit=project.unit.code)
    entries.record(event, by=by, scope=queries.scope(project), under=sheet)
    return waiver


@transaction.atomic
def revoke(waiver: Waiver, *, by: Actor) -> Waiver:
    """The waiver, ended before its day: the requirement has to be met again.

    Raises NotAllowed or NothingToRevoke.
    """
    require(by, "projects.waive", doing="撤销豁免")
    stages.lock(waiver.project)
    waiver.refresh_from_db()
    if waiver.revoked_at is not None:
        raise NothingToRevoke("该豁免已撤销或已被新的豁免取代，请刷新后查看")
    waiver.revoked_at, waiver.revoked_by_id = clock.now(), by.id or None
    waiver.save(update_fields=["revoked_at", "revoked_by"])
    event = events.WaiverRevoked(
        subject=queries.subject(waiver.project),
        waiver=waiver.public_id,
        requirement=waiver.requirement,
        message=waiver.message,
    )
    entries.record(event, by=by, scope=queries.scope(waiver.project))
    return waiver


def _check(grounds: Grounds) -> None:
    if not grounds.reason.strip():
        raise Unclear("豁免理由未填；写明一事一议的依据，如会议纪要文号")
    refuse_state_secrets(grounds.reason)
    if grounds.until < clock.today():
        raise Unclear("豁免期限早于今天；请填今天或以后的日期")


def _waivable(project: Project, requirement: str) -> Requirement:
    sheet = rules.gates(on=clock.today(), unit=project.unit.code)
    row = sheet.find(requirement)
    if row is None:
        raise Unwaivable(f"现行阶段条件中没有“{requirement}”，请刷新后从所列条件中选")
    if not row.waivable:
        raise Unwaivable(f"“{row.message}”依法必备（{row.source}），不得豁免")
    if row not in unmet(sheet, row.to, queries.facts(project)):
        raise Unwaivable(f"“{row.message}”已经满足，无须豁免")
    return row
