"""Making a project out of a held lead: nothing already known is typed again."""

from dataclasses import dataclass

from django.db import transaction

from yipanqi.domain.leads import queries as leads
from yipanqi.domain.leads.models import Claim, ClaimState, Lead
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.spelling import initials
from yipanqi.domain.places import queries as places
from yipanqi.domain.projects import events, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import coding
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import Label, refuse_state_secrets
from yipanqi.vocab.stages import Stage


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer adds to the lead to make it a project."""

    name: str
    label: Label | None = None
    content: str = ""
    total_investment_fen: int | None = None
    park: str = ""


class NotHeld(Exception):
    """A project grows only from a lead that one's own unit holds."""


class Unclear(Exception):
    """A field is empty or absurd; the message names it and the remedy."""


@transaction.atomic
def create(lead: Lead, draft: Draft, *, by: Actor) -> Project:
    """Open a project from the lead, or give the one it already has."""
    require(by, "projects.create", doing="建立项目")
    claim = Claim.objects.select_for_update(of=("self",)).get(lead=lead)
    if existing := Project.objects.filter(lead=lead).first():
        return existing
    if claim.state != ClaimState.HELD or claim.unit_id != by.unit_id:
        raise NotHeld("只有本单位首报成立的线索才能转为项目；待裁定的请等待裁定")
    _check(draft)
    stages = rules.stages(on=clock.today())
    project = _saved(lead, draft, by, stage=stages.first)
    event = events.ProjectCreated(
        subject=queries.subject(project),
        enterprise=lead.enterprise.public_id,
        lead=lead.public_id,
        unit=project.unit.code,
        stage=stages.first.title,
    )
    entries.record(event, by=by, scope=queries.scope(project))
    return project


def _check(draft: Draft) -> None:
    refuse_state_secrets(draft.name, draft.content)
    if not names.key(draft.name):
        raise Unclear("项目名称未填；一般写作“企业简称＋内容＋项目”")
    if draft.total_investment_fen is not None and draft.total_investment_fen < 0:
        raise Unclear("计划总投资不能为负数")


def _saved(lead: Lead, draft: Draft, by: Actor, *, stage: Stage) -> Project:
    now = clock.now()
    amount = draft.total_investment_fen
    return Project.objects.create(
        code=coding.next_code(clock.today()),
        name=draft.name.strip(),
        name_key=names.key(draft.name),
        initials=initials(draft.name),
        enterprise=lead.enterprise,
        lead=lead,
        unit=lead.unit,
        park=places.park(draft.park or lead.unit.code),
        chain=lead.chain,
        link=lead.link,
        label=draft.label or leads.scope(lead).label,
        stage=stage.code,
        official=stage.official,
        stage_since=clock.today(),
        content=draft.content.strip(),
        total_investment_fen=lead.estimate_fen if amount is None else amount,
        created_by_id=by.id or None,
        created_at=now,
        updated_at=now,
    )
