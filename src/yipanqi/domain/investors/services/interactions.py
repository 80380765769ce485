"""Writing down a visit, a call, a fair or a reception, with the next step."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.investors import events
from yipanqi.domain.investors.models import Enterprise, Interaction
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets

WAYS = {"visit": "拜访", "call": "电话", "fair": "展会", "reception": "接待", "letter": "函件"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What happened, when, and what comes next."""

    kind: str
    held_on: date
    summary: str
    next_step: str = ""
    next_step_on: date | None = None
    label: Label = Label.INTERNAL


@transaction.atomic
def log(enterprise: Enterprise, occasion: Occasion, *, by: Actor) -> Interaction:
    """Write the occasion down for the officer's unit. Raises Incomplete naming the field."""
    require(by, "investors.register", doing="登记往来")
    _check(occasion)
    interaction = Interaction.objects.create(
        enterprise=enterprise,
        kind=occasion.kind,
        held_on=occasion.held_on,
        summary=occasion.summary.strip(),
        next_step=occasion.next_step.strip(),
        next_step_on=occasion.next_step_on,
        label=occasion.label,
        officer_id=by.id or None,
        unit_id=home(by),
        created_at=clock.now(),
    )
    event = events.InteractionLogged(
        subject=f"investors/{enterprise.public_id}",
        interaction=interaction.public_id,
        way=WAYS[occasion.kind],
        held_on=occasion.held_on.isoformat(),
    )
    entries.record(event, by=by, scope=Scope(by.unit_path, occasion.label))
    return interaction


def _check(occasion: Occasion) -> None:
    refuse_state_secrets(occasion.summary, occasion.next_step)
    if occasion.kind not in WAYS:
        raise Incomplete(f"往来方式未选；可选：{'、'.join(WAYS.values())}")
    if not occasion.summary.strip():
        raise Incomplete("纪要未填；请写明谈了什么")
    if occasion.held_on > clock.today():
        raise Incomplete("往来日期不能晚于今天；计划中的拜访请填在“下一步”")
    if occasion.next_step_on and not occasion.next_step.strip():
        raise Incomplete("填了下一步日期，请写明下一步做什么")
