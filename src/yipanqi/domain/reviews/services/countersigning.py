"""Countersigning (会签): a department's grade and comment, its clock, and the reminders."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.reviews import events, queries
from yipanqi.domain.reviews.models import Countersign, Review, ReviewState
from yipanqi.domain.reviews.services import opening
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, Actor, NotAllowed, home, require
from yipanqi.vocab.admission import Grade
from yipanqi.vocab.labels import refuse_state_secrets


class CommentMissing(Exception):
    """The grade needs its comment in words."""


@transaction.atomic
def countersign(review: Review, grade: Grade, comment: str, *, by: Actor) -> Countersign:
    """Give one's unit's grade; while the review is open it may be given anew.

    Raises NotAllowed, CommentMissing, StateSecret or opening.AlreadyClosed.
    """
    require(by, "reviews.countersign", doing="会签")
    if not comment.strip() and grade is not Grade.A:
        raise CommentMissing("会签意见未填；B、C、D 须写明建议、条件或不同意的理由")
    refuse_state_secrets(comment)
    review = opening.locked(review)
    asked = review.countersigns.select_related("unit").filter(unit_id=home(by)).first()
    if asked is None:
        raise NotAllowed("本项评审没有请本单位会签；请由被征求意见的单位办理")
    if (asked.grade, asked.comment) == (grade, comment.strip()):
        return asked
    asked.grade, asked.comment = grade, comment.strip()
    asked.officer_id, asked.answered_at = by.id or None, clock.now()
    asked.save(update_fields=["grade", "comment", "officer", "answered_at"])
    event = events.Countersigned(
        subject=queries.subject(review), unit=asked.unit.short_name, grade=str(grade)
    )
    entries.record(event, by=by, scope=queries.scope(review), under=queries.sheet(review))
    return asked


@transaction.atomic
def remind() -> int:
    """Remind each department once before its day, and note once that it passed. Gives the count."""
    today = clock.today()
    told = 0
    for each in _unanswered():
        days = timedelta(days=queries.sheet(each.review).remind_days)
        if each.due < today and each.overdue_at is None:
            _note(each, "overdue_at", events.CountersignOverdue)
        elif each.due - days <= today <= each.due and each.reminded_at is None:
            _note(each, "reminded_at", events.CountersignReminded)
        else:
            continue
        told += 1
    return told


def _unanswered() -> QuerySet[Countersign]:
    rows = Countersign.objects.filter(answered_at=None, review__state=ReviewState.OPEN)
    # `of` keeps the lock to the countersigns; each writes to its own review's stream.
    rows = rows.select_for_update(of=("self",)).select_related("unit", "review__unit")
    return rows.order_by("review__public_id", "id")


def _note(
    each: Countersign,
    column: str,
    kind: type[events.CountersignOverdue | events.CountersignReminded],
) -> None:
    setattr(each, column, clock.now())
    each.save(update_fields=[column])
    event = kind(
        subject=queries.subject(each.review),
        unit=each.unit.short_name,
        due=each.due.isoformat(),
    )
    entries.record(event, by=HOUSE, scope=queries.scope(each.review))
