"""Who reacts to what, on one page. Nothing else in the house subscribes to anything.

A reaction is a plain function of one ledger line, run after commit, safe to run twice. Later rooms
(notices, supervision) bring more.
"""

from yipanqi.delivery.jobs import intake, renewals, webhooks
from yipanqi.delivery.jobs.dispatcher import Subscriptions
from yipanqi.domain.intake.events import BatchConfirmed, BatchReceived, BatchUndone
from yipanqi.domain.ledger import events
from yipanqi.domain.notices import queries as notices
from yipanqi.domain.studies.events import RecountAsked, RunAsked, RunResumed

SUBSCRIPTIONS: Subscriptions = {
    BatchReceived: (intake.start_asked,),
    BatchConfirmed: (intake.start_asked,),
    BatchUndone: (intake.start_asked,),
    RunAsked: (renewals.start_asked,),
    RunResumed: (renewals.start_asked,),
    RecountAsked: (renewals.start_asked,),
}


def in_force() -> Subscriptions:
    """The table, and every kind of line that another system has asked for."""
    known = events.known()
    asked = [known[kind] for kind in sorted(notices.asked(known))]
    return {
        **SUBSCRIPTIONS,
        **{event: (*SUBSCRIPTIONS.get(event, ()), webhooks.queue) for event in asked},
    }


def table() -> list[tuple[str, str]]:
    """Each kind of event that is subscribed to, with the reaction's name."""
    return [
        (event.kind, f"{reaction.__module__}.{reaction.__qualname__}")
        for event, reactions in SUBSCRIPTIONS.items()
        for reaction in reactions
    ]
