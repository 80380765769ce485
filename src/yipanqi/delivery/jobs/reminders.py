"""Job: departments are reminded of countersigns that are due, and late ones are noted."""

from yipanqi.domain.ledger.services import leases
from yipanqi.domain.reviews.services import countersigning

JOB = "reviews.remind"


def remind_reviewers() -> int:
    """Remind and note; the number told, 0 where another process is at it."""
    with leases.held(JOB) as mine:
        return countersigning.remind() if mine else 0
