"""Handing a lead to another unit, and agreeing to it (流转)."""

from typing import TYPE_CHECKING

from ninja import Path, Query, Router, Schema

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.lead_shapes import PartyOut, TransferIn, TransferOut, WordsIn
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import PageNumber, PublicId
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import transfers
from yipanqi.domain.projects.services import following

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Transfer

router = Router()


class Narrow(Schema):
    """Which page."""

    page: PageNumber = 1


@router.get("", response={200: Rows[TransferOut], **RESPONSES})
def listing(request: ApiRequest, narrow: Query[Narrow]) -> Rows[TransferOut]:
    """本单位为一方或可以查看的流转。"""
    return rows(queries.transfers(seen_by=request.auth, page=narrow.page), _transfer)


@router.get("{public_id}", response={200: TransferOut, **RESPONSES})
def one(request: ApiRequest, public_id: Path[PublicId]) -> TransferOut:
    """一项流转。"""
    return _transfer(found(queries.transfer(public_id, seen_by=request.auth)))


@router.post("", response={200: TransferOut, **RESPONSES})
def propose(request: ApiRequest, body: TransferIn) -> TransferOut:
    """提出流转：承接单位、理由、各方份额与分享年限；各方同意后生效。"""
    lead = found(queries.find(body.lead, seen_by=request.auth))
    parts = {party.unit: party.part for party in body.parties}
    if len(parts) < len(body.parties):
        raise transfers.Unshared("同一单位列了两次；每一单位只写一行份额")
    proposal = transfers.Proposal(body.receiver, body.reason, parts, body.years)
    return _transfer(transfers.propose(lead, proposal, by=request.auth))


@router.post("{public_id}/acceptance", response={200: TransferOut, **RESPONSES})
def accept(request: ApiRequest, public_id: Path[PublicId]) -> TransferOut:
    """代表本单位同意；各方都同意后流转生效。"""
    transfer = found(queries.transfer(public_id, seen_by=request.auth))
    transfers.accept(transfer, by=request.auth, followers=(following.follow,))
    return _transfer(found(queries.transfer(public_id, seen_by=request.auth)))


@router.post("{public_id}/refusal", response={200: TransferOut, **RESPONSES})
def decline(request: ApiRequest, public_id: Path[PublicId], body: WordsIn) -> TransferOut:
    """不同意，或由提出方撤回，须写明理由。"""
    transfer = found(queries.transfer(public_id, seen_by=request.auth))
    transfers.decline(transfer, because=body.words, by=request.auth)
    return _transfer(found(queries.transfer(public_id, seen_by=request.auth)))


def _transfer(transfer: "Transfer") -> TransferOut:
    return TransferOut(
        public_id=transfer.public_id,
        lead=transfer.lead.public_id,
        matter=transfer.lead.matter,
        giver=transfer.giver.code,
        receiver=transfer.receiver.code,
        reason=transfer.reason,
        years=transfer.years,
        state=transfer.state,
        proposed_at=transfer.proposed_at,
        closing=transfer.closing,
        since=transfer.since,
        until=transfer.until,
        parties=[
            PartyOut(unit=each.unit.code, part=each.part, accepted_at=each.accepted_at)
            for each in transfer.parties.all()
        ],
    )
