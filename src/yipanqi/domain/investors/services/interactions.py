"""Writing down a visit, a call, a fair or a reception, with the next step."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.investors import events, kinds
from yipanqi.domain.investors.models import Enterprise, Interaction
from yipanqi.domain.investors.services import owning
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets

WAYS = kinds.WAYS


@dataclass(frozen=True, slots=True)
class Occasion:
    """What happened, when, and what comes next."""

    kind: str
    held_on: date
    summary: str
    next_step: str = ""
    next_step_on: date | None = None
    label: Label = Label.INTERNAL


class StepClosed(Exception):
    """Somebody closed the step otherwise before."""


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


@transaction.atomic
def close_step(interaction: Interaction, *, result: str, note: str = "", by: Actor) -> None:
    """Say that the next step was done, or was not and why; saying it again changes nothing.

    Raises Incomplete, NotAllowed, StepClosed.
    """
    owning.require_own(interaction, by=by, doing="了结下一步")
    refuse_state_secrets(note)
    if not interaction.next_step or result not in kinds.STEP_RESULTS:
        raise Incomplete("请选“已办”或“未办”；没有约定下一步的不必了结")
    if result == "not_done" and not note.strip():
        raise Incomplete("未办的请写明原因和打算")
    locked = Interaction.objects.select_for_update().get(pk=interaction.pk)
    if locked.step_result == result:
        return
    if locked.step_result:
        raise StepClosed("同事已了结这一步，请刷新页面")
    locked.step_result, locked.step_note = result, note.strip()[:200]
    locked.step_closed_on, locked.step_closed_by_id = clock.today(), by.id or None
    locked.save(update_fields=["step_result", "step_note", "step_closed_on", "step_closed_by"])
    event = events.StepClosed(
        subject=owning.subject(interaction),
        interaction=interaction.public_id,
        outcome=kinds.STEP_RESULTS[result],
    )
    entries.record(event, by=by, scope=owning.scope(interaction))


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
