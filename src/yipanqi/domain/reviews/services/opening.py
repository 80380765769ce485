"""Handing a matter in for admission, and taking it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.reviews import events, queries
from yipanqi.domain.reviews.models import Countersign, Review, ReviewState, Sitting
from yipanqi.domain.reviews.services import stating
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.conditions import Facts
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope, require
from yipanqi.vocab.labels import refuse_state_secrets

# What rooms above do with a review that changed its state, in the same transaction.
Follower = Callable[[Review, Actor], None]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the reviewers read of the matter; `subject` is its stream, such as "projects/<id>"."""

    subject: str
    title: str
    investor: str
    scope: Scope
    project_class: str = ""
    total_investment_fen: int | None = None
    content: str = ""
    summary: str = ""
    stated: Mapping[str, str] = field(default_factory=dict)


class AlreadyClosed(Exception):
    """The review has ended, or somebody acted meanwhile; the message says the remedy."""


class ReasonMissing(Exception):
    """The act needs its reason in words."""


@transaction.atomic
def open_review(dossier: Dossier, facts: Facts, *, by: Actor) -> Review:
    """Open the review, or give the one that is open: a double submit is harmless.

    `facts` (vocab.facts.PROJECT_FACTS) choose departments, bodies and schemes by the sheet of
    today. Raises NotAllowed, stating.Absurd, StateSecret or NotInForce.
    """
    require(by, "reviews.open", doing="提请准入评审")
    unit = Unit.objects.select_for_update().get(path=dossier.scope.unit_path)
    rows = Review.objects.filter(subject=dossier.subject, state=ReviewState.OPEN)
    if existing := rows.first():
        return existing
    refuse_state_secrets(dossier.summary, dossier.content)
    sheet = rules.admission(on=clock.today())
    review = _saved(dossier, unit, [each.code for each in sheet.schemes_for(facts)], by)
    _ask(review, sheet, facts)
    bodies = _expect(review, sheet, facts)
    event = events.ReviewOpened(
        subject=queries.subject(review),
        of=review.subject,
        countersigns=len(sheet.countersigns_for(facts)),
        bodies="、".join(bodies) or "无须上会",
    )
    entries.record(event, by=by, scope=queries.scope(review), under=sheet)
    return review


@transaction.atomic
def withdraw(
    review: Review, *, because: str, by: Actor, followers: Sequence[Follower] = ()
) -> None:
    """Take an open review back, with a reason. Raises NotAllowed, ReasonMissing, AlreadyClosed."""
    require(by, "reviews.open", doing="撤回准入评审")
    if not because.strip():
        raise ReasonMissing("撤回理由未填；请写明为什么撤回")
    refuse_state_secrets(because)
    review = locked(review)
    close(review, ReviewState.WITHDRAWN, because=because, by=by)
    for follow in followers:
        follow(review, by)


def locked(review: Review) -> Review:
    """The review as it stands now, locked, with its parts. Raises AlreadyClosed when it ended."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("unit")
    fresh = rows.get(pk=review.pk)
    if fresh.state != ReviewState.OPEN:
        raise AlreadyClosed("评审已结束或已撤回，不能再办理；请刷新查看结果")
    return fresh


def close(review: Review, state: ReviewState, *, by: Actor, because: str = "") -> None:
    """The locked review ends so, with its ledger line."""
    review.state, review.closed_at, review.closing = state, clock.now(), because.strip()
    review.save(update_fields=["state", "closed_at", "closing"])
    event = events.ReviewClosed(subject=queries.subject(review), outcome=str(state.label))
    entries.record(event, by=by, scope=queries.scope(review), under=queries.sheet(review))


def _saved(dossier: Dossier, unit: Unit, schemes: list[str], by: Actor) -> Review:
    return Review.objects.create(
        subject=dossier.subject,
        title=dossier.title,
        investor=dossier.investor,
        project_class=dossier.project_class,
        total_investment_fen=dossier.total_investment_fen,
        content=dossier.content,
        summary=dossier.summary.strip(),
        facts=stating.checked(dossier.stated),
        schemes=schemes,
        state=ReviewState.OPEN,
        unit=unit,
        label=dossier.scope.label,
        chain=dossier.scope.chain,
        opened_on=clock.today(),
        opened_by_id=by.id or None,
    )


def _ask(review: Review, sheet: AdmissionSheet, facts: Facts) -> None:
    rows = sheet.countersigns_for(facts)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[row.unit for row in rows])}
    Countersign.objects.bulk_create(
        Countersign(
            review=review,
            unit=units[row.unit],
            matter=row.matter,
            due=clock.today() + timedelta(days=row.days),
        )
        for row in rows
    )


def _expect(review: Review, sheet: AdmissionSheet, facts: Facts) -> list[str]:
    bodies = sheet.bodies_for(facts)
    Sitting.objects.bulk_create(
        Sitting(review=review, place=place, body=body.code, title=body.title)
        for place, body in enumerate(bodies, 1)
    )
    return [body.title for body in bodies]
