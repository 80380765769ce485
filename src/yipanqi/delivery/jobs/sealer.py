"""Job: seal the ledger's new lines, when a minute has passed or many wait."""

from datetime import timedelta

from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.services import sealing

# A line is provable to outsiders after at most about this long.
_PATIENCE = timedelta(seconds=60)


def seal_when_due() -> int | None:
    """Seal if a line has waited a minute or a full seal waits; the seal's number, if any."""
    age = queries.unsealed_age()
    if age is None or (age < _PATIENCE and sealing.waiting() < sealing.MOST):
        return None
    made = sealing.seal()
    return made.no if made else None


def seal_now() -> int | None:
    """Seal whatever waits; give the seal's number, None when nothing waited."""
    made = sealing.seal()
    return made.no if made else None
