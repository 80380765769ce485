"""Job: claims whose protection window ended lapse, whether or not anybody asks for the matter."""

from yipanqi.domain.leads.services import lapsing
from yipanqi.domain.ledger.services import leases

JOB = "leads.lapse"


def close_ended() -> int:
    """Lapse every ended claim; give their number, 0 where another process is at it."""
    with leases.held(JOB) as mine:
        return lapsing.lapse() if mine else 0
