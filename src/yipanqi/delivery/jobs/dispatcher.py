"""Job: run the reactions to what the ledger recorded, each at least once."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.services import leases, relaying

LOG = logging.getLogger(__name__)
JOB = "ledger.dispatch"

# A plain function of one line, safe to run twice for it.
Reaction = Callable[[queries.Line], None]
Subscriptions = Mapping[type[Event], Sequence[Reaction]]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the dispatcher: errands made, run and failed."""

    made: int = 0
    run: int = 0
    failed: int = 0


def dispatch(subscriptions: Subscriptions) -> Round:
    """Fan the outbox out and run every errand that is due; nothing where another process does."""
    by_name = {name(each): each for several in subscriptions.values() for each in several}
    by_kind = {event.kind: [name(each) for each in many] for event, many in subscriptions.items()}
    with leases.held(JOB) as mine:
        if not mine:
            return Round()
        made, run, failed = relaying.fan_out(by_kind), 0, 0
        while taken := relaying.take(by_name):
            succeeded = sum(_run(each, by_name[each.reaction]) for each in taken)
            run, failed = run + succeeded, failed + len(taken) - succeeded
        return Round(made, run, failed)


def name(reaction: Reaction) -> str:
    """The name an errand keeps: module and function."""
    return f"{reaction.__module__}.{reaction.__qualname__}"


def _run(taken: relaying.Taken, reaction: Reaction) -> bool:
    try:
        reaction(taken.line)
    except Exception as error:  # any failure of a reaction is its own; the others must still run
        LOG.exception("reaction failed: %s for line %s", taken.reaction, taken.line.id)
        relaying.postpone(taken, because=f"{type(error).__name__}: {error}")
        return False
    relaying.settle(taken)
    return True
