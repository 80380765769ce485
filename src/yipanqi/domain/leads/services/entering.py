"""What every filing shares: its lead and claim are made, then held or referred."""

from dataclasses import dataclass
from datetime import timedelta

from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries
from yipanqi.domain.leads.models import Claim, ClaimState, Lead
from yipanqi.domain.ledger.services import entries
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, home
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


class ProofMissing(Exception):
    """A claim needs proof of real contact."""


class Unclear(Exception):
    """A field is empty or absurd; the message names it and the remedy."""


def checked(filing: Filing) -> storing.Received:
    """The proof's bytes, kept. Raises Unclear, ProofMissing, StateSecret or a safety.Refused."""
    if not names.key(filing.matter):
        raise Unclear("事项未填；请写明拟投资的内容，如“液压件生产基地”")
    if filing.estimate_fen is not None and filing.estimate_fen < 0:
        raise Unclear("意向投资不能为负数")
    if fault := industries.misplaced(filing.chain, filing.link):
        raise Unclear(fault)
    if filing.proof_kind not in PROOFS or filing.proof is None:
        raise ProofMissing(f"首报须附接洽证明：{'、'.join(PROOFS.values())}三选一，并上传文件")
    refuse_state_secrets(filing.matter)
    return storing.receive(filing.proof)


def unsettled(
    enterprise: Enterprise, filing: Filing, proof: storing.Received, *, by: Actor
) -> Claim:
    """The filing's lead, and its claim not yet saved: it is to be held or referred."""
    lead = _lead(enterprise, filing, by)
    event = events.LeadFiled(
        subject=queries.subject(lead),
        enterprise=enterprise.public_id,
        chain=lead.chain,
        link=lead.link,
        proof=PROOFS[filing.proof_kind],
    )
    entries.record(event, by=by, scope=queries.scope(lead))
    return Claim(
        lead=lead,
        enterprise_id=lead.enterprise_id,
        matter_key=lead.matter_key,
        unit=lead.unit,
        officer_id=by.id or None,
        filed_at=clock.now(),
        proof_kind=filing.proof_kind,
        proof=attached(proof, "contact_proof", lead, by=by),
        progressed_on=clock.today(),
    )


def attached(received: storing.Received, kind: str, lead: Lead, *, by: Actor) -> EvidenceFile:
    """The file as evidence on the lead, seen by who sees the lead."""
    to = storing.Attachment(queries.subject(lead), kind, queries.scope(lead))
    return storing.record(received, to=to, by=by)


def hold(claim: Claim, sheet: ClaimSheet, *, by: Actor) -> None:
    """The claim holds its matter from today, for the window of the sheet."""
    until = clock.today() + timedelta(days=sheet.protection_days)
    claim.state, claim.protected_until, claim.progressed_on = ClaimState.HELD, until, clock.today()
    claim.save()
    event = events.ClaimHeld(
        subject=queries.subject(claim.lead),
        claim=claim.public_id,
        unit=claim.unit.code,
        until=until.isoformat(),
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead), under=sheet)


def refer(claim: Claim, rival: Claim, *, by: Actor) -> None:
    """The claim waits for a ruling between it and its rival."""
    claim.state, claim.rival = ClaimState.PENDING, rival
    claim.save()
    event = events.ClaimReferred(
        subject=queries.subject(claim.lead), claim=claim.public_id, unit=claim.unit.code
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead))


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
