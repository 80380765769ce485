"""Claims whose protection window ended without a project lapse."""

from django.db import transaction

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries
from yipanqi.domain.leads.models import Claim, ClaimState
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE


@transaction.atomic
def lapse(*, enterprise: Enterprise | None = None) -> int:
    """Lapse every ended claim (of one enterprise, if given); safe to run twice. Gives the count."""
    ended = Claim.objects.filter(
        state=ClaimState.HELD, protected_until__lt=clock.today(), lead__project=None
    )
    if enterprise:
        ended = ended.filter(enterprise=enterprise)
    # `of` keeps the lock to the claims: an outer-joined row cannot be locked on PostgreSQL.
    rows = list(ended.select_for_update(of=("self",)).select_related("lead", "lead__unit"))
    for claim in rows:
        claim.state = ClaimState.LAPSED
        claim.save(update_fields=["state"])
        event = events.ClaimLapsed(
            subject=f"leads/{claim.lead.public_id}",
            claim=claim.public_id,
            until=str(claim.protected_until),
        )
        entries.record(event, by=HOUSE, scope=queries.scope(claim.lead))
    return len(rows)
