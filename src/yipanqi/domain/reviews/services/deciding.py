"""Recording what a body decided, ending the review with the last, and meeting its conditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.reviews import events, queries
from yipanqi.domain.reviews.models import Condition, Review, ReviewState, Sitting
from yipanqi.domain.reviews.queries import Standing
from yipanqi.domain.reviews.services import opening
from yipanqi.domain.reviews.services.opening import Follower
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, require
from yipanqi.vocab.admission import Outcome
from yipanqi.vocab.labels import refuse_state_secrets

# Where the project's class knows no body, the bureau ends the review itself.
NO_BODY = ("bureau", "主管部门研究")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition as the minutes write it; no day means the sheet's days from today."""

    text: str
    unit: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided: on which day, under which number of minutes, on which conditions."""

    body: str
    outcome: Outcome
    held_on: date
    minutes_no: str = ""
    remark: str = ""
    conditions: Sequence[Wanted] = ()


class NotReady(Exception):
    """Something is still out, or a veto or a grade forbids the outcome; the message names it."""


class Unclear(Exception):
    """A part of the record is missing or absurd; `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NotMet(Exception):
    """The condition is met already, or is not told how."""


@transaction.atomic
def decide(
    review: Review, decision: Decision, *, by: Actor, followers: Sequence[Follower] = ()
) -> Review:
    """Record the next body's decision; the last body's, or a rejection, ends the review.

    `followers` act on the ended review in the same transaction. Raises NotAllowed, NotReady,
    Unclear, StateSecret or opening.AlreadyClosed, and changes nothing then.
    """
    require(by, "reviews.decide", doing="登记评审结论")
    review = opening.locked(review)
    standing = queries.standing(review)
    sitting = _turn(review, standing, decision)
    _check(decision, needs_number=bool(standing.next_sitting))
    _refuse(standing, decision)
    _record(review, sitting, decision, by)
    rest = review.sittings.filter(outcome="").exists()
    if decision.outcome is Outcome.REJECTED or not rest:
        opening.close(review, _state(review), by=by)
        for follow in followers:
            follow(review, by)
    return review


@transaction.atomic
def meet(
    condition: Condition, *, on: date, proof: str, by: Actor, followers: Sequence[Follower] = ()
) -> None:
    """Note that a condition is met; with the last one, followers act on the review.

    Open to the unit that must meet it, and to who keeps reviews. Raises NotAllowed, NotMet.
    """
    rows = Review.objects.select_for_update(of=("self",)).select_related("unit")
    review = rows.get(pk=condition.review_id)
    condition.refresh_from_db()
    if not _may_meet(condition, by):
        raise NotAllowed("只能由落实单位的经办或评审秘书登记条件落实情况")
    if condition.met_on or review.state != ReviewState.CONDITIONAL:
        raise NotMet("该条件已登记落实，或评审结论不是有条件通过；请刷新查看")
    if not proof.strip():
        raise NotMet("落实情况未填；请写明做了什么、凭什么材料")
    if on > clock.today():
        raise NotMet("落实日期不能晚于今天")
    refuse_state_secrets(proof)
    condition.met_on, condition.proof, condition.officer_id = on, proof.strip(), by.id or None
    condition.save(update_fields=["met_on", "proof", "officer"])
    left = review.conditions.filter(met_on=None).count()
    event = events.ConditionMet(
        subject=queries.subject(review), condition=condition.public_id, left=left
    )
    entries.record(event, by=by, scope=queries.scope(review))
    if not left:
        for follow in followers:
            follow(review, by)


def _may_meet(condition: Condition, by: Actor) -> bool:
    works = by.may("projects.edit") or by.may("reviews.countersign")
    return by.may("reviews.decide") or (works and condition.unit_id == by.unit_id)


def holds(review: Review) -> bool:
    """Whether the review lets the matter in: passed, or on conditions that are all met."""
    if review.state == ReviewState.CONDITIONAL:
        return not review.conditions.filter(met_on=None).exists()
    return review.state == ReviewState.PASSED


def _turn(review: Review, standing: Standing, decision: Decision) -> Sitting:
    sitting = standing.next_sitting
    if sitting is None:
        code, title = NO_BODY
        sitting = Sitting(review=review, place=1, body=code, title=title)
    if sitting.body != decision.body:
        raise NotReady(f"现在轮到{sitting.title}；请刷新后按次序登记")
    return sitting


def _check(decision: Decision, *, needs_number: bool) -> None:
    texts = [decision.minutes_no, decision.remark, *(each.text for each in decision.conditions)]
    refuse_state_secrets(*texts)
    if decision.held_on > clock.today():
        raise Unclear("held_on", "开会日期不能晚于今天；会后再登记结论")
    if needs_number and not decision.minutes_no.strip():
        raise Unclear("minutes_no", "纪要编号未填；请照会议纪要填写，如“〔2018〕12号”")
    if decision.outcome is Outcome.CONDITIONAL and not decision.conditions:
        raise Unclear("conditions", "有条件通过的须逐条写明条件，一行一条")
    if decision.outcome is not Outcome.CONDITIONAL and decision.conditions:
        raise Unclear("conditions", "只有“有条件通过”才写条件；请改结论或清空条件")
    if decision.outcome is Outcome.REJECTED and not decision.remark.strip():
        raise Unclear("remark", "不予通过的须写明理由，责任单位将看到")


def _refuse(standing: Standing, decision: Decision) -> None:
    if standing.vetoes and decision.outcome is not Outcome.REJECTED:
        titles = "、".join(each.title for each in standing.vetoes)
        raise NotReady(f"有一票否决尚未撤销（{titles}），只能登记不予通过")
    if decision.outcome is Outcome.REJECTED:
        return
    if standing.waiting:
        units = "、".join(each.unit.short_name for each in standing.waiting)
        raise NotReady(f"会签未齐：{units}；请催办后再登记结论")
    if standing.unscored_by:
        raise NotReady(f"还有 {len(standing.unscored_by)} 位专家未评分；请催办或等待")
    if decision.outcome not in standing.allowed:
        raise NotReady(f"会签等级不允许“{decision.outcome.title}”；请按会签意见改结论或重新会签")


def _record(review: Review, sitting: Sitting, decision: Decision, by: Actor) -> None:
    sitting.held_on, sitting.outcome = decision.held_on, decision.outcome
    sitting.minutes_no, sitting.remark = decision.minutes_no.strip(), decision.remark.strip()
    sitting.officer_id, sitting.recorded_at = by.id or None, clock.now()
    sitting.save()
    sheet = queries.sheet(review)
    usual = clock.today() + timedelta(days=sheet.condition_days)
    for wanted in decision.conditions:
        Condition.objects.create(
            review=review,
            sitting=sitting,
            text=wanted.text.strip(),
            unit=_unit(wanted, review),
            due=wanted.due or usual,
        )
    event = events.BodyDecided(
        subject=queries.subject(review),
        meeting=sitting.title,
        outcome=decision.outcome.title,
        minutes_no=sitting.minutes_no or "—",
        held_on=decision.held_on.isoformat(),
        conditions=len(decision.conditions),
    )
    entries.record(event, by=by, scope=queries.scope(review), under=sheet)


def _unit(wanted: Wanted, review: Review) -> Unit:
    if not wanted.unit:
        return review.unit
    found = Unit.objects.filter(code=wanted.unit).first()
    if found is None:
        raise Unclear("conditions", f"没有单位“{wanted.unit}”；请从单位列表中选择")
    return found


def _state(review: Review) -> ReviewState:
    outcomes = set(review.sittings.values_list("outcome", flat=True))
    if Outcome.REJECTED in outcomes:
        return ReviewState.REJECTED
    return ReviewState.CONDITIONAL if Outcome.CONDITIONAL in outcomes else ReviewState.PASSED
