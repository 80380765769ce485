"""Planning a visit, a reception or a fair; calling it off; writing down that it took place."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.investors import dealings, events, kinds
from yipanqi.domain.investors.models import Enterprise, PlannedVisit
from yipanqi.domain.investors.services import interactions, owning
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned: how, when, where, who goes and what for."""

    kind: str
    planned_on: date
    purpose: str
    place: str = ""
    who: str = ""
    label: Label = Label.INTERNAL


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said and promised when it took place; the way and the label are the plan's."""

    held_on: date
    summary: str
    next_step: str = ""
    next_step_on: date | None = None


class NotPlanned(Exception):
    """The visit took place or was called off before."""


@transaction.atomic
def plan(enterprise: Enterprise, asked: Plan, *, by: Actor) -> PlannedVisit:
    """The plan, owned by the officer's unit; planning the same again gives the one there is.

    A collision with another unit's plan does not stop it; `dealings.collision` tells of it.
    """
    require(by, "investors.register", doing="登记接洽计划")
    _check(asked)
    known = dealings.same_plan(enterprise, asked.kind, asked.planned_on, unit_id=home(by))
    if known is not None:
        return known
    planned = PlannedVisit.objects.create(
        enterprise=enterprise,
        kind=asked.kind,
        planned_on=asked.planned_on,
        place=asked.place.strip(),
        who=asked.who.strip(),
        purpose=asked.purpose.strip(),
        label=asked.label,
        officer_id=by.id or None,
        unit_id=home(by),
        created_at=clock.now(),
    )
    event = events.VisitPlanned(
        subject=owning.subject(planned),
        plan=planned.public_id,
        way=kinds.PLANNED_WAYS[asked.kind],
        planned_on=asked.planned_on.isoformat(),
        is_colliding=dealings.collision(planned, seen_by=by) is not None,
    )
    entries.record(event, by=by, scope=owning.scope(planned))
    return planned


@transaction.atomic
def cancel(planned: PlannedVisit, *, because: str, by: Actor) -> None:
    """Call the plan off with a reason. Raises Incomplete, NotAllowed, NotPlanned."""
    owning.require_own(planned, by=by, doing="取消接洽计划")
    if not because.strip():
        raise Incomplete("请写明取消原因，如“企业改期”")
    refuse_state_secrets(because)
    locked = _open(planned)
    locked.state, locked.because = "cancelled", because.strip()[:200]
    locked.save(update_fields=["state", "because"])
    event = events.VisitCancelled(
        subject=owning.subject(planned),
        plan=planned.public_id,
        planned_on=planned.planned_on.isoformat(),
    )
    entries.record(event, by=by, scope=owning.scope(planned))


@transaction.atomic
def hold(planned: PlannedVisit, outcome: Outcome, *, by: Actor) -> PlannedVisit:
    """Write down that it took place: the plan with its new interaction.

    Raises Incomplete, NotAllowed, NotPlanned; changes nothing then.
    """
    owning.require_own(planned, by=by, doing="登记接洽结果")
    locked = _open(planned)
    occasion = interactions.Occasion(
        kind=planned.kind,
        held_on=outcome.held_on,
        summary=outcome.summary,
        next_step=outcome.next_step,
        next_step_on=outcome.next_step_on,
        label=Label(planned.label),
    )
    locked.interaction = interactions.log(planned.enterprise, occasion, by=by)
    locked.state = "held"
    locked.save(update_fields=["state", "interaction"])
    event = events.VisitHeld(
        subject=owning.subject(planned),
        plan=planned.public_id,
        planned_on=planned.planned_on.isoformat(),
        interaction=locked.interaction.public_id,
    )
    entries.record(event, by=by, scope=owning.scope(planned))
    return locked


def _open(planned: PlannedVisit) -> PlannedVisit:
    locked = PlannedVisit.objects.select_for_update().get(pk=planned.pk)
    if locked.state != "planned":
        raise NotPlanned(f"这个计划{kinds.PLAN_STATES[locked.state]}，请刷新页面")
    return locked


def _check(asked: Plan) -> None:
    refuse_state_secrets(asked.purpose, asked.place, asked.who)
    if asked.kind not in kinds.PLANNED_WAYS:
        raise Incomplete(f"方式未选；可选：{'、'.join(kinds.PLANNED_WAYS.values())}")
    if not asked.purpose.strip():
        raise Incomplete("事由未填；请写明去谈什么")
    if asked.planned_on < clock.today():
        raise Incomplete("计划日期不能早于今天；已经发生的请用“记一次往来”")
