"""Ruling between two filings, by a cleared officer of neither unit, with a reason."""

from django.db import transaction

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries
from yipanqi.domain.leads.models import Claim, ClaimState
from yipanqi.domain.leads.services import entering
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, require
from yipanqi.vocab.labels import refuse_state_secrets


class NothingToRule(Exception):
    """The filing no longer waits for a ruling, or not yet: the holder may still answer."""


class ReasonMissing(Exception):
    """A ruling needs a reason that both units can read."""


@transaction.atomic
def rule(claim: Claim, *, uphold: bool, because: str, by: Actor) -> None:
    """Give the matter to the filer (`uphold`) or leave it with its holder; both see the reason.

    Raises NotAllowed, ReasonMissing, StateSecret or NothingToRule, and changes nothing then.
    """
    require(by, "leads.rule", doing="裁定首报")
    if not because.strip():
        raise ReasonMissing("裁定理由未填；双方单位都将看到理由")
    refuse_state_secrets(because)
    Enterprise.objects.select_for_update(no_key=True).get(pk=claim.enterprise_id)
    claim = Claim.objects.select_for_update(of=("self",)).select_related(
        "lead", "lead__unit", "unit", "rival__lead__unit", "rival__lead__project", "contest"
    ).get(pk=claim.pk)  # fmt: skip
    _refuse(claim, by, uphold=uphold)
    if uphold:
        _unseat(claim, because, by)
        _seat(claim, because, by)
    else:
        _end(claim, ClaimState.REJECTED, because, by, outcome="未予支持")


def _refuse(claim: Claim, by: Actor, *, uphold: bool) -> None:
    if claim.state != ClaimState.PENDING:
        raise NothingToRule("该登记已裁定或已撤回，请刷新后查看")
    rival = claim.rival
    if by.unit_id in (claim.unit_id, rival.unit_id if rival else None):
        raise NotAllowed("本单位是当事一方，不能裁定；请领导小组或其他有裁定权限的单位办理")
    contest = getattr(claim, "contest", None)
    if contest and contest.answered_at is None and clock.today() <= contest.answer_due:
        raise NothingToRule(
            f"持有单位答复期至 {contest.answer_due}，尚未答复；请在答复后或期满后裁定"
        )
    if uphold and rival and rival.state == ClaimState.HELD and hasattr(rival.lead, "project"):
        raise NothingToRule("原持有单位已将该事项转为项目；可维持原持有单位，另按流转办理归属")


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
    # The ruling stands in the same row that the window is saved with.
    claim.ruled_by_id, claim.ruled_at, claim.ruling = by.id or None, clock.now(), because.strip()
    _told(claim, "予以支持", by)
    entering.hold(claim, rules.claims(on=clock.today(), unit=claim.unit.code), by=by)


def _end(claim: Claim, state: ClaimState, because: str, by: Actor, *, outcome: str) -> None:
    claim.state = state
    claim.ruled_by_id = by.id or None
    claim.ruled_at = clock.now()
    claim.ruling = because.strip()
    claim.save()
    _told(claim, outcome, by)


def _told(claim: Claim, outcome: str, by: Actor) -> None:
    event = events.ClaimRuled(
        subject=queries.subject(claim.lead), claim=claim.public_id, outcome=outcome
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead))
