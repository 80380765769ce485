"""Reading admission reviews, each for the eyes that may see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Prefetch, Q, QuerySet, When

from yipanqi.domain.people import queries as people
from yipanqi.domain.reviews.models import (
    Condition,
    Countersign,
    Expert,
    Mark,
    RaisedVeto,
    Review,
    ReviewState,
    Sitting,
)
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook import scoring
from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.scoring import Known, Scheme, Score
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.admission import ADMISSION_FACTS, Grade, Outcome
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds


@dataclass(frozen=True, slots=True)
class Standing:
    """An open review's state of affairs: what is still out, and how it may end by now."""

    waiting: tuple[Countersign, ...]
    unscored_by: tuple[Expert, ...]
    vetoes: tuple[RaisedVeto, ...]
    next_sitting: Sitting | None
    allowed: frozenset[Outcome]


def subject(review: Review) -> str:
    """The review's stream in the ledger."""
    return f"reviews/{review.public_id}"


def scope(review: Review) -> Scope:
    """Where a review stands for the row filter."""
    return Scope(review.unit.path, Label(review.label), review.chain)


def find(public_id: str, *, seen_by: Actor) -> Review | None:
    """One review with all its parts, or None when there is none for this person."""
    return seen(seen_by).filter(public_id=public_id).first()


def listing(*, seen_by: Actor, page: int = 1) -> Page[Review]:
    """A page of reviews, open ones first, then newest first."""
    rows = seen(seen_by)
    ordered = rows.order_by(Case(When(state=ReviewState.OPEN, then=0), default=1), "-id")
    return Page(list(ordered[bounds(page)]), rows.count(), page)


def of_subject(subject_: str, *, seen_by: Actor) -> list[Review]:
    """The reviews of a subject that this person may see, newest first."""
    return list(seen(seen_by).filter(subject=subject_).order_by("-id"))


def to_countersign(*, seen_by: Actor) -> list[Countersign]:
    """What waits for the grade of this person's unit, soonest due first."""
    if seen_by.unit_id is None or not seen_by.may("reviews.countersign"):
        return []
    rows = Countersign.objects.filter(
        unit_id=seen_by.unit_id, answered_at=None, review__state=ReviewState.OPEN
    )
    return list(rows.select_related("review", "review__unit").order_by("due", "id"))


def to_score(*, seen_by: Actor) -> list[Expert]:
    """The open reviews this person is asked to score and has not, oldest first."""
    rows = Expert.objects.filter(
        officer_id=seen_by.id, submitted_at=None, review__state=ReviewState.OPEN
    )
    return list(rows.exclude(has_interest=True).select_related("review").order_by("id"))


def to_meet(*, seen_by: Actor) -> list[Condition]:
    """The conditions this person's unit has still to meet, soonest due first."""
    if seen_by.unit_id is None:
        return []
    rows = Condition.objects.filter(
        unit_id=seen_by.unit_id, met_on=None, review__state=ReviewState.CONDITIONAL
    )
    return list(rows.select_related("review").order_by("due", "id"))


def appointment(public_id: str, *, of: Actor) -> Expert | None:
    """This person's own appointment to an open review, declared or not; else None."""
    rows = Expert.objects.filter(
        officer_id=of.id, review__public_id=public_id, review__state=ReviewState.OPEN
    )
    return rows.select_related("review", "review__unit").prefetch_related("marks").first()


def sheet(review: Review) -> AdmissionSheet:
    """The rules the review goes by: those of the day it was handed in."""
    return rules.admission(on=review.opened_on)


def standing(review: Review) -> Standing:
    """What an open review still waits for, and the outcomes its rules leave."""
    countersigns = tuple(review.countersigns.all())
    grades = tuple(Grade(each.grade) for each in countersigns if each.answered_at)
    vetoes = tuple(each for each in review.vetoes.all() if each.withdrawn_at is None)
    return Standing(
        waiting=tuple(each for each in countersigns if each.answered_at is None),
        unscored_by=tuple(
            each for each in review.experts.all()
            if each.submitted_at is None and not each.has_interest
        ),
        vetoes=vetoes,
        next_sitting=next((each for each in review.sittings.all() if not each.outcome), None),
        allowed=sheet(review).allowed(grades, is_vetoed=bool(vetoes)),
    )  # fmt: skip


def schemes(review: Review) -> tuple[Scheme, ...]:
    """The schemes the review is scored by."""
    return tuple(each for each in sheet(review).schemes if each.code in review.schemes)


def known(review: Review) -> Known:
    """The review's own facts as exact values; what was not stated is absent."""
    return {
        key: text if ADMISSION_FACTS[key].type is str else Decimal(text)
        for key, text in review.facts.items()
        if key in ADMISSION_FACTS
    }


def scores(review: Review) -> list[Score]:
    """The review's score under each scheme, from its facts and the marks handed in."""
    facts = known(review)
    given = [mark for each in _counting(review) for mark in each.marks.all()]
    return [scoring.score(one, facts, _marks(one.code, given)) for one in schemes(review)]


def seen(seen_by: Actor) -> QuerySet[Review]:
    """The reviews this person may see: by the row filter, as countersigner, as declared expert."""
    open_to = people.visible(seen_by)
    # An empty condition lets every row pass, but vanishes from an OR.
    if open_to and seen_by.posts:
        open_to = open_to | _asked(seen_by)
    rows = Review.objects.filter(open_to).select_related("unit", "opened_by")
    return rows.prefetch_related(
        Prefetch("countersigns", Countersign.objects.select_related("unit", "officer")),
        Prefetch("experts", Expert.objects.select_related("officer").prefetch_related("marks")),
        Prefetch("vetoes", RaisedVeto.objects.select_related("unit")),
        "sittings",
        Prefetch("conditions", Condition.objects.select_related("unit", "sitting")),
    )


def _asked(actor: Actor) -> Q:
    # Keys, not joins: a review stands once in a list however many sign or score.
    declared = Expert.objects.filter(officer_id=actor.id, has_interest=False)
    asked = Q(pk__in=declared.values("review"))
    if actor.unit_id is not None and actor.may("reviews.countersign"):
        mine = Countersign.objects.filter(unit_id=actor.unit_id)
        asked |= Q(pk__in=mine.values("review"))
    return asked


def _counting(review: Review) -> Collection[Expert]:
    return [each for each in review.experts.all() if each.submitted_at and not each.has_interest]


def _marks(scheme: str, given: Collection[Mark]) -> Mapping[str, tuple[Decimal, ...]]:
    found: dict[str, tuple[Decimal, ...]] = {}
    for mark in given:
        if mark.scheme == scheme:
            found[mark.indicator] = (*found.get(mark.indicator, ()), mark.points)
    return found
