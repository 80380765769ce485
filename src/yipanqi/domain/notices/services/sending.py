"""What waits to be sent, what was sent, and what is tried again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from yipanqi.domain.ledger import queries as ledger
from yipanqi.domain.notices import queries
from yipanqi.domain.notices.models import Hook, Sending, SendingState
from yipanqi.vocab import clock

# The pauses Standard Webhooks (standardwebhooks.com, spec 1.0.0) recommends: three days in all.
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
# A process that took a sending and died loses it after this long.
_HOLD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said: a status, or why there was none."""

    status: int | None
    failure: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the receiver took it: any status of success."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Taken:
    """A sending this process now makes; `line` is None when the owner may no longer see it."""

    sending: Sending
    hook: Hook
    line: ledger.Line | None


def queue(line: ledger.Line) -> int:
    """One sending for each hook that asks for the line and may see it; safe to run twice."""
    now = clock.now()
    rows = [
        Sending(hook=hook, entry=line.id, kind=line.kind, due_at=now)
        for hook in queries.asking(line.kind)
        if queries.line_for(hook, line.id)
    ]
    Sending.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def take(*, leaving: set[int]) -> Taken | None:
    """The oldest sending that is due, held for this process; `leaving` are hooks to pass over."""
    now = clock.now()
    due = Sending.objects.filter(state=SendingState.WAITING, due_at__lte=now)
    found = (
        due.filter(hook__ended_at=None, hook__officer__is_active=True)
        .exclude(hook__in=leaving)
        .select_related("hook", "hook__officer", "hook__officer__unit")
        .order_by("due_at", "entry")
        .first()
    )
    if found is None:
        return None
    held = due.filter(pk=found.pk).update(due_at=now + _HOLD, attempts=found.attempts + 1)
    found.attempts += held
    return Taken(found, found.hook, queries.line_for(found.hook, found.entry))


def settle(taken: Taken, answer: Answer) -> None:
    """Note the answer: sent, or to be tried again after a longer pause, or given up."""
    sending, now = taken.sending, clock.now()
    sending.status, sending.failure = answer.status, answer.failure[:300]
    if answer.is_good:
        sending.state, sending.sent_at = SendingState.SENT, now
    elif sending.attempts > len(PAUSES):
        sending.state = SendingState.GIVEN_UP
    else:
        sending.due_at = now + PAUSES[sending.attempts - 1]
    sending.save(update_fields=["status", "failure", "state", "sent_at", "due_at"])


def drop(taken: Taken) -> None:
    """The owner may no longer see the line: it is not sent, and that it was to be is forgotten."""
    Sending.objects.filter(pk=taken.sending.pk).delete()


def again(sending: Sending) -> None:
    """Send it once more, with all attempts before it; the receiver knows it by the same id."""
    Sending.objects.filter(pk=sending.pk).update(
        state=SendingState.WAITING, attempts=0, due_at=clock.now(), failure=""
    )
