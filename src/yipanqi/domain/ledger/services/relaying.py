"""From outbox to errands: which reaction is still to be run for which line, at least once each."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.models import Entry, Errand, Outbox
from yipanqi.vocab import clock

LOG = logging.getLogger(__name__)

# After twelve attempts, about a day of doubling pauses, a person has to look.
MOST_ATTEMPTS = 12
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=4)
# A worker that took an errand and died loses it after this long.
_HOLD = timedelta(minutes=20)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """An errand this process now runs: the reaction's name and the line it is about."""

    id: int
    reaction: str
    line: queries.Line


def fan_out(reactions: Mapping[str, Sequence[str]]) -> int:
    """Turn every line in the outbox into one errand per reaction to its kind; give their number.

    `reactions` maps kinds to names of reactions. Safe to run twice, and by two processes at once.
    """
    made = 0
    while (batch := _fan_out_batch(reactions)) is not None:
        made += batch
    return made


@transaction.atomic
def take(known: Collection[str], *, most: int = 100) -> list[Taken]:
    """Errands that are due and whose reaction is known, held for this process, oldest first."""
    now = clock.now()
    due = _unheld().filter(reaction__in=known, given_up_at=None, due_at__lte=now)
    errands = list(due.order_by("due_at", "id")[:most])
    for errand in errands:
        errand.attempts += 1
        errand.due_at = now + _HOLD
    Errand.objects.bulk_update(errands, ["attempts", "due_at"])
    lines = Entry.objects.in_bulk([errand.entry_id for errand in errands])
    return [
        Taken(errand.pk, errand.reaction, queries.line(lines[errand.entry_id]))
        for errand in errands
    ]


def settle(taken: Taken) -> None:
    """The reaction has run: nothing is left to do."""
    Errand.objects.filter(pk=taken.id).delete()


@transaction.atomic
def postpone(taken: Taken, *, because: str) -> None:
    """The reaction failed: try again after a longer pause, or give up after the last attempt."""
    errand = Errand.objects.select_for_update().filter(pk=taken.id).first()
    if errand is None:
        return
    now = clock.now()
    errand.failure = because[:500]
    errand.due_at = now + pause_after(errand.attempts)
    if errand.attempts >= MOST_ATTEMPTS:
        errand.given_up_at = now
        LOG.error(
            "reaction given up: %s for line %s: %s", errand.reaction, errand.entry_id, because
        )
    errand.save(update_fields=["failure", "due_at", "given_up_at"])


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 5 s, doubling, 4 h at most."""
    # Bounded before doubling: no count of attempts may overflow a timedelta.
    doublings = min(max(attempts - 1, 0), MOST_ATTEMPTS)
    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)


@transaction.atomic
def _fan_out_batch(reactions: Mapping[str, Sequence[str]]) -> int | None:
    ids = list(Outbox.objects.order_by("entry_id").values_list("entry_id", flat=True)[:_BATCH])
    if not ids:
        return None
    now = clock.now()
    wanted = Entry.objects.filter(pk__in=ids, kind__in=reactions).values_list("pk", "kind")
    errands = [
        Errand(entry_id=entry, reaction=name, due_at=now)
        for entry, kind in wanted
        for name in reactions[kind]
    ]
    Errand.objects.bulk_create(errands, ignore_conflicts=True)
    Outbox.objects.filter(pk__in=ids).delete()
    return len(errands)


def _unheld() -> QuerySet[Errand]:
    # Where the database can, two workers take different errands instead of waiting for each other.
    can_skip = connection.features.has_select_for_update_skip_locked
    return Errand.objects.select_for_update(skip_locked=can_skip)
