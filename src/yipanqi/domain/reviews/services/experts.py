"""Experts: appointed, then declaring interest and promising secrecy, then scoring."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.domain.reviews import events, queries
from yipanqi.domain.reviews.models import Expert, Mark, Review
from yipanqi.domain.reviews.services import opening
from yipanqi.rulebook.scoring import Indicator
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, require
from yipanqi.vocab.labels import refuse_state_secrets

# An indicator of a scheme: (scheme's code, indicator's key).
Line = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Whether one has an interest in the matter, which, and the promise of secrecy."""

    has_interest: bool
    keeps_secret: bool
    interest: str = ""


class NotFit(Exception):
    """The person cannot be an expert of this review; the message says why."""


class NotDeclared(Exception):
    """The expert has not declared yet, or is recused."""


class NotMarked(Exception):
    """A mark is missing or out of bounds; `line` names it."""

    def __init__(self, line: Line, message: str) -> None:
        super().__init__(message)
        self.line = line


@transaction.atomic
def appoint(review: Review, officer: Officer, *, by: Actor) -> Expert:
    """Ask somebody to score; asking twice is harmless. Raises NotAllowed, NotFit, AlreadyClosed."""
    require(by, "reviews.open", doing="聘请评审专家")
    review = opening.locked(review)
    if officer.unit_id == review.unit_id:
        raise NotFit("专家不能来自送审项目的责任单位；请另选")
    if existing := review.experts.filter(officer=officer).first():
        return existing
    made = Expert.objects.create(review=review, officer=officer, appointed_at=clock.now())
    event = events.ExpertAppointed(subject=queries.subject(review), expert=made.public_id)
    entries.record(event, by=by, scope=queries.scope(review))
    return made


@transaction.atomic
def declare(review: Review, said: Declaration, *, by: Actor) -> Expert:
    """Declare whether one has an interest in the matter, and promise secrecy; once for all.

    With an interest the expert is recused. Raises NotDeclared or opening.AlreadyClosed.
    """
    review = opening.locked(review)
    expert = _own(review, by)
    if expert.declared_at is not None:
        raise NotDeclared("利害关系已经申报，不能更改；确需更改的请联系评审秘书")
    if not said.keeps_secret:
        raise NotDeclared("须先承诺保密，才能查看评审材料")
    if said.has_interest and not said.interest.strip():
        raise NotDeclared("有利害关系的请写明是什么关系")
    refuse_state_secrets(said.interest)
    expert.has_interest, expert.interest = said.has_interest, said.interest.strip()
    expert.declared_at = clock.now()
    expert.save(update_fields=["has_interest", "interest", "declared_at"])
    event = events.ExpertDeclared(
        subject=queries.subject(review),
        expert=expert.public_id,
        outcome="有利害关系，回避" if said.has_interest else "无利害关系",
    )
    entries.record(event, by=by, scope=queries.scope(review))
    return expert


@transaction.atomic
def mark(review: Review, points: Mapping[Line, Decimal], *, by: Actor) -> Expert:
    """Hand in marks for every indicator experts judge; while the review is open, anew.

    Raises NotAllowed, NotDeclared, NotMarked or opening.AlreadyClosed.
    """
    require(by, "reviews.score", doing="评分")
    review = opening.locked(review)
    expert = _own(review, by)
    if expert.has_interest is not False:
        raise NotDeclared("尚未申报无利害关系并承诺保密，或已回避，不能评分")
    asked = judged(review)
    _check(points, asked)
    expert.marks.all().delete()
    Mark.objects.bulk_create(
        Mark(expert=expert, scheme=scheme, indicator=key, points=points[scheme, key])
        for scheme, key in asked
    )
    expert.submitted_at = clock.now()
    expert.save(update_fields=["submitted_at"])
    event = events.ExpertScored(
        subject=queries.subject(review), expert=expert.public_id, count=len(asked)
    )
    entries.record(event, by=by, scope=queries.scope(review), under=queries.sheet(review))
    return expert


def judged(review: Review) -> dict[Line, Indicator]:
    """What experts mark in the review, in the sheet's order."""
    return {
        (scheme.code, each.key): each for scheme in queries.schemes(review)
        for each in scheme.judged
    }  # fmt: skip


def _own(review: Review, by: Actor) -> Expert:
    expert = review.experts.filter(officer_id=by.id).first()
    if expert is None:
        raise NotAllowed("您不是本项评审的专家；请联系评审秘书")
    return expert


def _check(points: Mapping[Line, Decimal], asked: Mapping[Line, Indicator]) -> None:
    for line, each in asked.items():
        given = points.get(line)
        if given is None:
            raise NotMarked(line, f"{each.label}未评分；每项都要评，最低 0 分")
        if not given.is_finite() or not 0 <= given <= each.maximum:
            raise NotMarked(line, f"{each.label}应在 0 至 {each.maximum:f} 分之间")
        if given != round(given, 2):
            raise NotMarked(line, f"{each.label}最多两位小数")
    if strange := sorted(set(points) - set(asked)):
        raise NotMarked(strange[0], f"没有“{strange[0][1]}”这项评分")
