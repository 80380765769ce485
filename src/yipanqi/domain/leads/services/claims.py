"""Filing a claim (首报首谈): the first with proof holds it; the database decides who was first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries, rivals
from yipanqi.domain.leads.models import Claim, ClaimState, Lead
from yipanqi.domain.leads.services import entering, lapsing
from yipanqi.domain.leads.services.entering import PROOFS, Filing, ProofMissing, Unclear
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, home, require

__all__ = (
    "PROOFS", "Filing", "Outcome", "OutcomeKind", "ProofMissing", "TooManyClaims", "Unclear",
    "candidates", "file", "refuse_over_cap", "release",
)  # fmt: skip


class OutcomeKind(StrEnum):
    """How a filing ends."""

    HELD = "held"
    TAKEN = "taken"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a filing. `holder`, `until` and `rival` are given only to those cleared to know.

    `rival` is the holder's claim, which a filer who knows of it may contest.
    """

    kind: OutcomeKind
    lead: Lead | None = None
    holder: str = ""
    until: date | None = None
    rival: Claim | None = None

    @property
    def sentence(self) -> str:
        """What the filer is told. A pending filing reads the same whatever caused it."""
        if self.kind is OutcomeKind.HELD:
            return f"首报成立，保护期至 {self.until}"
        if self.kind is OutcomeKind.TAKEN:
            return f"该事项已由{self.holder}首报，保护期至 {self.until}"
        return "已登记，待招商主管部门裁定；结果将在线索页显示"


class TooManyClaims(Exception):
    """The unit already holds as many open claims as it may."""


def candidates(enterprise: Enterprise, filing: Filing, *, by: Actor) -> rivals.Candidates:
    """Likely duplicates of what the officer is about to file, in four levels; saves nothing."""
    require(by, "leads.register", doing="登记线索")
    matter = _matter(enterprise, filing)
    sheet = rules.claims(on=clock.today(), unit=Unit.objects.get(pk=home(by)).code)
    return rivals.candidates(matter, under=sheet, seen_by=by)


def file(enterprise: Enterprise, filing: Filing, *, by: Actor) -> Outcome:
    """File a claim for the officer's unit and say how it ended.

    Raises NotAllowed, ProofMissing, TooManyClaims, Unclear, StateSecret or a safety.Refused, and
    changes nothing then.
    """
    require(by, "leads.register", doing="登记线索")
    proof = entering.checked(filing)
    # Reading the firm's brand loads what it needs once: not while others wait for the locks.
    assert _matter(enterprise, filing).subject
    try:
        return _filed(enterprise, filing, proof, by)
    except IntegrityError:
        # Lost the race between look and write: the winner's claim stands now, so ask again.
        return _filed(enterprise, filing, proof, by)


@transaction.atomic
def _filed(enterprise: Enterprise, filing: Filing, proof: storing.Received, by: Actor) -> Outcome:
    # Lock order is unit, then enterprise: one unit's cap and one enterprise's holder are each
    # decided by one writer at a time. NO KEY: rows that refer to these are not held up.
    unit = Unit.objects.select_for_update(no_key=True).get(pk=home(by))
    sheet = rules.claims(on=clock.today(), unit=unit.code)
    enterprise = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    # A holder whose window ended no longer bars the way, even before the nightly job has run.
    lapsing.lapse(enterprise=enterprise)
    if own := _already(enterprise, filing, unit):
        return _repeated(own)
    alike = rivals.of(_matter(enterprise, filing), under=sheet)
    rival = next((each.claim for each in alike if each.bars), None)
    if rival and _is_same(rival, enterprise, filing) and queries.may_know(rival, seen_by=by):
        return _taken(rival, unit, by)
    if rival is None:
        refuse_over_cap(unit, sheet)
    claim = entering.unsettled(enterprise, filing, proof, by=by)
    if rival:
        entering.refer(claim, rival, by=by)
        return Outcome(OutcomeKind.PENDING, claim.lead)
    entering.hold(claim, sheet, by=by)
    return Outcome(OutcomeKind.HELD, claim.lead, until=claim.protected_until)


def _matter(enterprise: Enterprise, filing: Filing) -> rivals.Matter:
    return rivals.Matter(enterprise, filing.matter, filing.estimate_fen, filing.chain, filing.link)


def _is_same(rival: Claim, enterprise: Enterprise, filing: Filing) -> bool:
    same_matter = rival.matter_key == names.key(filing.matter)
    return rival.enterprise_id == enterprise.pk and same_matter


def _already(enterprise: Enterprise, filing: Filing, unit: Unit) -> Claim | None:
    return (
        Claim.objects.filter(
            enterprise=enterprise,
            matter_key=names.key(filing.matter),
            unit=unit,
            state__in=(ClaimState.HELD, ClaimState.PENDING),
        )
        .select_related("lead", "lead__unit")
        .first()
    )


def _repeated(own: Claim) -> Outcome:
    if own.state == ClaimState.HELD:
        return Outcome(OutcomeKind.HELD, own.lead, until=own.protected_until)
    return Outcome(OutcomeKind.PENDING, own.lead)


def _taken(rival: Claim, unit: Unit, by: Actor) -> Outcome:
    event = events.ClaimRefused(
        subject=queries.subject(rival.lead), claim=rival.public_id, unit=unit.code
    )
    entries.record(event, by=by, scope=queries.scope(rival.lead))
    return Outcome(OutcomeKind.TAKEN, None, rival.unit.name, rival.protected_until, rival)


def refuse_over_cap(unit: Unit, sheet: ClaimSheet) -> None:
    """Raise TooManyClaims when the unit, which is to be locked, may hold no further claim."""
    held = Claim.objects.filter(unit=unit, state=ClaimState.HELD, lead__project=None).count()
    if held >= sheet.open_claims_cap:
        raise TooManyClaims(
            f"{unit.short_name}未转为项目的首报已有 {held} 条，"
            f"达到上限 {sheet.open_claims_cap} 条；请先推进或放弃已有首报"
        )


@transaction.atomic
def release(claim: Claim, *, by: Actor) -> None:
    """Give the matter up; only the holding unit may."""
    require(by, "leads.register", doing="放弃首报")
    claim = Claim.objects.select_for_update().select_related("lead", "lead__unit").get(pk=claim.pk)
    if claim.unit_id != by.unit_id or claim.state not in (ClaimState.HELD, ClaimState.PENDING):
        raise Unclear("只能放弃本单位仍在持有或待裁定的首报")
    claim.state = ClaimState.RELEASED
    claim.save(update_fields=["state"])
    event = events.ClaimReleased(subject=queries.subject(claim.lead), claim=claim.public_id)
    entries.record(event, by=by, scope=queries.scope(claim.lead))
