"""Ruling between two filings, by a cleared officer of the bureau, with a reason."""

from datetime import timedelta

from django.db import transaction

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries
from yipanqi.domain.leads.models import Claim, ClaimState
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets


class NothingToRule(Exception):
    """The filing no longer waits for a ruling."""


class ReasonMissing(Exception):
    """A ruling needs a reason that both units can read."""


@transaction.atomic
def rule(claim: Claim, *, uphold: bool, because: str, by: Actor) -> None:
    """Give the matter to the filer (`uphold`) or leave it with its holder; both see the reason."""
    require(by, "leads.rule", doing="裁定首报")
    if not because.strip():
        raise ReasonMissing("裁定理由未填；双方单位都将看到理由")
    refuse_state_secrets(because)
    Enterprise.objects.select_for_update(no_key=True).get(pk=claim.enterprise_id)
    claim = Claim.objects.select_for_update(of=("self",)).select_related(
        "lead", "lead__unit", "rival__lead__unit"
    ).get(pk=claim.pk)  # fmt: skip
    if claim.state != ClaimState.PENDING:
        raise NothingToRule("该登记已裁定或已撤回，请刷新后查看")
    if uphold:
        _unseat(claim, because, by)
        _seat(claim, because, by)
    else:
        _end(claim, ClaimState.REJECTED, because, by, outcome="未予支持")


def _unseat(claim: Claim, because: str, by: Actor) -> None:
    holders = Claim.objects.filter(
        enterprise_id=claim.enterprise_id, matter_key=claim.matter_key, state=ClaimState.HELD
    ).select_related("lead", "lead__unit")
    if claim.rival and claim.rival.state == ClaimState.HELD:
        holders = holders | Claim.objects.filter(pk=claim.rival.pk).select_related(
            "lead", "lead__unit"
        )
    for holder in holders:
        _end(holder, ClaimState.REJECTED, because, by, outcome="改由另一单位持有")


def _seat(claim: Claim, because: str, by: Actor) -> None:
    sheet = rules.claims(on=clock.today(), unit=claim.unit.code)
    claim.protected_until = clock.today() + timedelta(days=sheet.protection_days)
    _end(claim, ClaimState.HELD, because, by, outcome="予以支持")
    event = events.ClaimHeld(
        subject=f"leads/{claim.lead.public_id}",
        claim=claim.public_id,
        unit=claim.unit.code,
        until=claim.protected_until.isoformat(),
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead), under=sheet)


def _end(claim: Claim, state: ClaimState, because: str, by: Actor, *, outcome: str) -> None:
    claim.state = state
    claim.ruled_by_id = by.id or None
    claim.ruled_at = clock.now()
    claim.ruling = because.strip()
    claim.save()
    event = events.ClaimRuled(
        subject=f"leads/{claim.lead.public_id}", claim=claim.public_id, outcome=outcome
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead))
