"""Enterprises of 客商库."""

from ninja import Path, Query, Router, Schema, Status

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import (
    Code,
    EnterpriseIn,
    EnterpriseOut,
    Line,
    PageNumber,
    PublicId,
)
from yipanqi.domain.investors import queries
from yipanqi.domain.investors.services import registering

router = Router()


class Narrow(Schema):
    """How the list is narrowed."""

    text: Line = ""
    chain: Code = ""
    link: Code = ""
    city: Line = ""
    page: PageNumber = 1


@router.get("", response={200: Rows[EnterpriseOut], **RESPONSES})
def listing(request: ApiRequest, narrow: Query[Narrow]) -> Rows[EnterpriseOut]:
    """客商列表。"""
    filters = queries.Filters(narrow.text, narrow.chain, narrow.link, narrow.city)
    page = queries.listing(filters, seen_by=request.auth, page=narrow.page)
    return rows(page, EnterpriseOut.from_orm)


@router.get("{public_id}", response={200: EnterpriseOut, **RESPONSES})
def one(request: ApiRequest, public_id: Path[PublicId]) -> EnterpriseOut:
    """一家客商。"""
    return EnterpriseOut.from_orm(found(queries.find(public_id, seen_by=request.auth)))


@router.post("", response={200: EnterpriseOut, 201: EnterpriseOut, **RESPONSES})
def register(request: ApiRequest, body: EnterpriseIn) -> Status[EnterpriseOut]:
    """纳入客商库；已有的原样返回（200），新登记的返回 201。"""
    facts = registering.EnterpriseFacts(
        name=body.name,
        source=body.source,
        code=body.code,
        country=body.country,
        city=body.city,
        address=body.address,
    )
    place = registering.Place(body.chain, body.link, body.source) if body.link else None
    enterprise, is_new = registering.register(facts, by=request.auth, place=place)
    return Status(201 if is_new else 200, EnterpriseOut.from_orm(enterprise))
