"""Leads and claims (首报首谈)."""

from typing import TYPE_CHECKING, Annotated

from ninja import File, Form, Path, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yipanqi.delivery import limits
from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import (
    ClaimOut,
    Code,
    Fen,
    FilingOut,
    LeadOut,
    Line,
    PageNumber,
    PublicId,
    Strict,
    Words,
)
from yipanqi.domain.evidence.services.storing import Upload
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import claims, rulings
from yipanqi.vocab.labels import Label

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Claim, Lead

router = Router()


class Narrow(Schema):
    """How the list is narrowed."""

    text: Line = ""
    state: Code = ""
    unit: Code = ""
    chain: Code = ""
    page: PageNumber = 1


class FilingIn(Strict):
    """A filing; the proof comes as the form's file."""

    enterprise: PublicId
    matter: Annotated[Line, Field(min_length=1, max_length=120)]
    proof_kind: Annotated[str, Field(pattern="^(letter|visit|confirmation)$")]
    chain: Code = ""
    link: Code = ""
    estimate_fen: Fen | None = None
    label: Label = Label.INTERNAL


class RulingIn(Strict):
    """A ruling with its reason."""

    uphold: bool
    because: Words


@router.get("", response={200: Rows[LeadOut], **RESPONSES})
def listing(request: ApiRequest, narrow: Query[Narrow]) -> Rows[LeadOut]:
    """线索列表。"""
    filters = queries.Filters(narrow.text, narrow.state, narrow.unit, narrow.chain)
    return rows(queries.listing(filters, seen_by=request.auth, page=narrow.page), _lead)


@router.get("{public_id}", response={200: LeadOut, **RESPONSES})
def one(request: ApiRequest, public_id: Path[PublicId]) -> LeadOut:
    """一条线索。"""
    return _lead(found(queries.find(public_id, seen_by=request.auth)))


@router.post("", response={200: FilingOut, **RESPONSES})
def file(request: ApiRequest, body: Form[FilingIn], proof: File[UploadedFile]) -> FilingOut:
    """登记线索：附接洽证明，先报先得；结果为成立、已被持有或待裁定。"""
    enterprise = found(investors.find(body.enterprise, seen_by=request.auth))
    limits.count(request.auth, "upload")
    filing = claims.Filing(
        matter=body.matter,
        proof_kind=body.proof_kind,
        proof=Upload(proof.name or "", proof.chunks()),
        chain=body.chain,
        link=body.link,
        estimate_fen=body.estimate_fen,
        label=body.label,
    )
    outcome = claims.file(enterprise, filing, by=request.auth)
    return FilingOut(
        outcome=outcome.kind,
        sentence=outcome.sentence,
        lead=outcome.lead.public_id if outcome.lead else None,
        holder=outcome.holder,
        until=outcome.until,
    )


@router.post("claims/{public_id}/ruling", response={200: ClaimOut, **RESPONSES})
def rule(request: ApiRequest, public_id: Path[PublicId], body: RulingIn) -> ClaimOut:
    """裁定待裁定的首报。"""
    claim = found(queries.claim(public_id, seen_by=request.auth))
    rulings.rule(claim, uphold=body.uphold, because=body.because, by=request.auth)
    return _claim(found(queries.claim(public_id, seen_by=request.auth)))


def _lead(lead: "Lead") -> LeadOut:
    claim = getattr(lead, "claim", None)
    return LeadOut(
        public_id=lead.public_id,
        enterprise=lead.enterprise.public_id,
        matter=lead.matter,
        chain=lead.chain,
        link=lead.link,
        estimate_fen=lead.estimate_fen,
        label=Label(lead.label),
        claim=_claim(claim) if claim else None,
    )


def _claim(claim: "Claim") -> ClaimOut:
    return ClaimOut(
        public_id=claim.public_id,
        state=claim.state,
        unit=claim.unit.code,
        filed_at=claim.filed_at,
        protected_until=claim.protected_until,
        ruling=claim.ruling,
    )
