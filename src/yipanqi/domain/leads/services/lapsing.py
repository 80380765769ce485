"""Claims lapse when their window ends or nothing real happens for too long; a warning first."""

from django.db import transaction

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, progress, queries
from yipanqi.domain.leads.models import Claim, ClaimState
from yipanqi.domain.leads.progress import Standing
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE


@transaction.atomic
def lapse(*, enterprise: Enterprise | None = None) -> int:
    """Lapse every ended claim (of one enterprise, if given); safe to run twice. Gives the count."""
    today = clock.today()
    ended = [each for each in _locked(enterprise) if each.ending.on < today]
    for each in ended:
        each.claim.state = ClaimState.LAPSED
        each.claim.save(update_fields=["state"])
        event = _idle(each) if each.ending.is_idle else _ended(each)
        entries.record(event, by=HOUSE, scope=queries.scope(each.claim.lead), under=each.sheet)
    return len(ended)


@transaction.atomic
def warn() -> int:
    """Warn the holder of every claim that ends soon, once per ending day. Gives the count."""
    today = clock.today()
    near = [
        each
        for each in _locked()
        if each.ending.warned_from(each.sheet) <= today <= each.ending.on
        and each.claim.warned_for != each.ending.on
    ]
    for each in near:
        each.claim.warned_for = each.ending.on
        each.claim.save(update_fields=["warned_for"])
        event = events.LapseWarned(
            subject=queries.subject(each.claim.lead),
            claim=each.claim.public_id,
            on=each.ending.on.isoformat(),
            why="将满无实质进展的期限" if each.ending.is_idle else "保护期将满",
        )
        entries.record(event, by=HOUSE, scope=queries.scope(each.claim.lead), under=each.sheet)
    return len(near)


def _locked(enterprise: Enterprise | None = None) -> list[Standing]:
    held = Claim.objects.filter(state=ClaimState.HELD, lead__project=None)
    if enterprise:
        held = held.filter(enterprise=enterprise)
    # `of` keeps the lock to the claims: an outer-joined row cannot be locked on PostgreSQL.
    rows = held.select_for_update(of=("self",)).select_related("lead", "lead__unit", "unit")
    return progress.standings(rows)


def _ended(each: Standing) -> events.ClaimLapsed:
    return events.ClaimLapsed(
        subject=queries.subject(each.claim.lead),
        claim=each.claim.public_id,
        until=str(each.claim.protected_until),
    )


def _idle(each: Standing) -> events.ClaimIdle:
    return events.ClaimIdle(
        subject=queries.subject(each.claim.lead),
        claim=each.claim.public_id,
        progressed_on=str(each.progressed_on),
        days=each.sheet.idle_days,
    )
