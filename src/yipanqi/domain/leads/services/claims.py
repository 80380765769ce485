"""Filing a claim (首报首谈): the first with proof holds it; the database decides who was first."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import IntegrityError, transaction

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries
from yipanqi.domain.leads.models import Claim, ClaimState, Lead
from yipanqi.domain.leads.services import lapsing
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets

PROOFS = {"letter": "往来函件", "visit": "拜访记录", "confirmation": "投资方确认"}


@dataclass(frozen=True, slots=True)
class Filing:
    """What a unit files: the matter, its place in a chain, and what proves the contact."""

    matter: str
    proof_kind: str
    proof: storing.Upload | None
    chain: str = ""
    link: str = ""
    estimate_fen: int | None = None
    label: Label = Label.INTERNAL


class OutcomeKind(StrEnum):
    """How a filing ends."""

    HELD = "held"
    TAKEN = "taken"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a filing. `holder` and `until` are given only to those cleared to know."""

    kind: OutcomeKind
    lead: Lead | None = None
    holder: str = ""
    until: date | None = None

    @property
    def sentence(self) -> str:
        """What the filer is told. A pending filing reads the same whatever caused it."""
        if self.kind is OutcomeKind.HELD:
            return f"首报成立，保护期至 {self.until}"
        if self.kind is OutcomeKind.TAKEN:
            return f"该事项已由{self.holder}首报，保护期至 {self.until}"
        return "已登记，待招商主管部门裁定；结果将在线索页显示"


class ProofMissing(Exception):
    """A claim needs proof of real contact."""


class TooManyClaims(Exception):
    """The unit already holds as many open claims as it may."""


class Unclear(Exception):
    """A field is empty or absurd; the message names it and the remedy."""


def file(enterprise: Enterprise, filing: Filing, *, by: Actor) -> Outcome:
    """File a claim for the officer's unit and say how it ended.

    Raises NotAllowed, ProofMissing, TooManyClaims, Unclear, StateSecret or a safety.Refused, and
    changes nothing then.
    """
    require(by, "leads.register", doing="登记线索")
    proof = _checked(filing)
    try:
        return _filed(enterprise, filing, proof, by)
    except IntegrityError:
        # Lost the race between look and write: the winner's claim stands now, so ask again.
        return _filed(enterprise, filing, proof, by)


def _checked(filing: Filing) -> storing.Received:
    if not names.key(filing.matter):
        raise Unclear("事项未填；请写明拟投资的内容，如“液压件生产基地”")
    if filing.estimate_fen is not None and filing.estimate_fen < 0:
        raise Unclear("意向投资不能为负数")
    if filing.proof_kind not in PROOFS or filing.proof is None:
        raise ProofMissing(f"首报须附接洽证明：{'、'.join(PROOFS.values())}三选一，并上传文件")
    refuse_state_secrets(filing.matter)
    return storing.receive(filing.proof)


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
    alike = int(sheet.near_name_share * 100)
    rivals = queries.rivals(enterprise, filing.matter, at_least=alike)
    rival = rivals[0] if rivals else None
    if rival and _is_same(rival, enterprise, filing) and queries.may_know(rival, seen_by=by):
        return _taken(rival, unit, by)
    if rival is None:
        _refuse_over_cap(unit, sheet)
    lead = _lead(enterprise, filing, by)
    claim = _unsettled(lead, filing, proof, by)
    return _refer(claim, rival, by) if rival else _hold(claim, sheet, by)


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
        subject=f"leads/{rival.lead.public_id}", claim=rival.public_id, unit=unit.code
    )
    entries.record(event, by=by, scope=queries.scope(rival.lead))
    return Outcome(OutcomeKind.TAKEN, None, rival.unit.name, rival.protected_until)


def _refuse_over_cap(unit: Unit, sheet: ClaimSheet) -> None:
    held = Claim.objects.filter(unit=unit, state=ClaimState.HELD, lead__project=None).count()
    if held >= sheet.open_claims_cap:
        raise TooManyClaims(
            f"本单位未转为项目的首报已有 {held} 条，达到上限 {sheet.open_claims_cap} 条；"
            "请先推进或放弃已有首报"
        )


def _lead(enterprise: Enterprise, filing: Filing, by: Actor) -> Lead:
    return Lead.objects.create(
        enterprise=enterprise,
        matter=filing.matter.strip(),
        matter_key=names.key(filing.matter),
        chain=filing.chain,
        link=filing.link,
        estimate_fen=filing.estimate_fen,
        unit_id=home(by),
        label=filing.label,
        created_at=clock.now(),
    )


def _unsettled(lead: Lead, filing: Filing, proof: storing.Received, by: Actor) -> Claim:
    subject, scope = f"leads/{lead.public_id}", queries.scope(lead)
    event = events.LeadFiled(
        subject=subject,
        enterprise=lead.enterprise.public_id,
        chain=lead.chain,
        link=lead.link,
        proof=PROOFS[filing.proof_kind],
    )
    entries.record(event, by=by, scope=scope)
    return Claim(
        lead=lead,
        enterprise_id=lead.enterprise_id,
        matter_key=lead.matter_key,
        unit=lead.unit,
        officer_id=by.id or None,
        filed_at=clock.now(),
        proof_kind=filing.proof_kind,
        proof=storing.record(proof, to=storing.Attachment(subject, "contact_proof", scope), by=by),
    )


def _hold(claim: Claim, sheet: ClaimSheet, by: Actor) -> Outcome:
    until = clock.today() + timedelta(days=sheet.protection_days)
    claim.state, claim.protected_until = ClaimState.HELD, until
    claim.save()
    event = events.ClaimHeld(
        subject=f"leads/{claim.lead.public_id}",
        claim=claim.public_id,
        unit=claim.unit.code,
        until=until.isoformat(),
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead), under=sheet)
    return Outcome(OutcomeKind.HELD, claim.lead, until=until)


def _refer(claim: Claim, rival: Claim, by: Actor) -> Outcome:
    claim.state, claim.rival = ClaimState.PENDING, rival
    claim.save()
    event = events.ClaimReferred(
        subject=f"leads/{claim.lead.public_id}", claim=claim.public_id, unit=claim.unit.code
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead))
    return Outcome(OutcomeKind.PENDING, claim.lead)


@transaction.atomic
def release(claim: Claim, *, by: Actor) -> None:
    """Give the matter up; only the holding unit may."""
    require(by, "leads.register", doing="放弃首报")
    claim = Claim.objects.select_for_update().select_related("lead", "lead__unit").get(pk=claim.pk)
    if claim.unit_id != by.unit_id or claim.state not in (ClaimState.HELD, ClaimState.PENDING):
        raise Unclear("只能放弃本单位仍在持有或待裁定的首报")
    claim.state = ClaimState.RELEASED
    claim.save(update_fields=["state"])
    event = events.ClaimReleased(subject=f"leads/{claim.lead.public_id}", claim=claim.public_id)
    entries.record(event, by=by, scope=queries.scope(claim.lead))
