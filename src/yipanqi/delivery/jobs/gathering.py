"""Job: what was written to a record while it was being merged follows to the one kept."""

from yipanqi.delivery import relations
from yipanqi.domain.investors.services import gathering
from yipanqi.domain.ledger.services import leases
from yipanqi.vocab.actors import HOUSE

JOB = "investors.gather"


def gather() -> int:
    """Move the stragglers; their number, 0 where another process is at it."""
    with leases.held(JOB) as mine:
        return gathering.gather(relations.of_enterprises(), by=HOUSE) if mine else 0
