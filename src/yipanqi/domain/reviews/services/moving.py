"""A review goes with its subject: whoever may not see the subject any more sees neither."""

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.reviews import events, queries
from yipanqi.domain.reviews.models import Review
from yipanqi.vocab.actors import Actor, Scope


@transaction.atomic
def stand_where(subject: str, scope: Scope, *, by: Actor) -> int:
    """Every review of the subject stands where the subject does; the number of those moved."""
    unit = Unit.objects.get(path=scope.unit_path)
    rows = Review.objects.select_for_update(of=("self",)).select_related("unit")
    moved = 0
    for review in rows.filter(subject=subject).order_by("id"):
        if (review.unit_id, review.label, review.chain) == (unit.pk, scope.label, scope.chain):
            continue
        # The line stays where the review stood, as the files' does.
        event = events.ReviewMoved(
            subject=queries.subject(review), unit=unit.short_name, label=scope.label.title
        )
        entries.record(event, by=by, scope=queries.scope(review))
        review.unit, review.label, review.chain = unit, scope.label, scope.chain
        review.save(update_fields=["unit", "label", "chain"])
        moved += 1
    return moved
