"""Job: claims that ended lapse, holders are warned, and signals past their term are told of."""

from yipanqi.domain.leads.services import lapsing, overdue
from yipanqi.domain.ledger.services import leases

JOB = "leads.lapse"


def close_ended() -> int:
    """Lapse every ended claim; give their number, 0 where another process is at it."""
    with leases.held(JOB) as mine:
        if not mine:
            return 0
        count = lapsing.lapse()
        lapsing.warn()
        overdue.tell()
        return count
