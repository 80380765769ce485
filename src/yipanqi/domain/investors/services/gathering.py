"""Bringing after what was written to a record while it was being merged into another.

Who opened a record before the merging may write to it a moment later; no lock covers the time
between reading a page and sending its form.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from yipanqi.domain.investors import belongings, events, queries
from yipanqi.domain.investors.models import Enterprise, Merging
from yipanqi.domain.investors.services import merging as merged
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.relations import Relation

# A form is not sent later than this after its page was read.
_DAYS = 2


def gather(relations: Sequence[Relation], *, by: Actor) -> int:
    """Move what still hangs on records merged of late to those kept; the number of rows moved."""
    since = clock.now() - timedelta(days=_DAYS)
    recent = Merging.objects.filter(undone_at=None, merged_at__gte=since).order_by("pk")
    return sum(_gathered(each, relations, by) for each in list(recent.values_list("pk", flat=True)))


@transaction.atomic
def _gathered(key: int, relations: Sequence[Relation], by: Actor) -> int:
    merging = Merging.objects.select_for_update().get(pk=key)
    pair = Enterprise.objects.filter(pk__in=(merging.kept_id, merging.absorbed_id)).order_by("pk")
    rows = {row.pk: row for row in pair.select_for_update()}
    kept, absorbed = rows[merging.kept_id], rows[merging.absorbed_id]
    if merging.undone_at is not None:
        return 0
    found = [belongings.read(each, kept, absorbed) for each in relations]
    # What would break a rule waits on the old record until somebody has settled it.
    late = [each for each in found if each.moving and not each.barred]
    if not late:
        return 0
    for each in late:
        name = each.relation.name
        moved = merged.move(each, kept)
        merging.moved[name] = [*merging.moved.get(name, []), *moved]
        merging.ended[name] = [*merging.ended.get(name, []), *merged.ended(each)]
    merging.save(update_fields=["moved", "ended"])
    event = events.BelongingsGathered(
        subject=f"investors/{kept.public_id}",
        merging=merging.public_id,
        absorbed=absorbed.public_id,
        moved={each.relation.name: len(each.moving) for each in late},
    )
    entries.record(event, by=by, scope=queries.common_scope(kept))
    return sum(len(each.moving) for each in late)
