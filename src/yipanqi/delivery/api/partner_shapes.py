"""What leaders' lists look like in the API: an enterprise with every line that names it."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from ninja import Schema

from yipanqi.delivery.api.shapes import Code, Line, PageNumber
from yipanqi.domain.industries.partner_lists import Stated

if TYPE_CHECKING:
    from yipanqi.domain.industries.stated import PartnerRow


class PartnersAsked(Schema):
    """Which enterprises: suppliers or purchasers, of which link and leader, and where."""

    kind: Literal["", "supply", "purchase"] = ""
    link: Code = ""
    leader: Line = ""
    where: Literal["", "outside", "here", "unmatched"] = ""
    text: Line = ""
    page: PageNumber = 1


class StatementOut(Schema):
    """One line of a list; `confidence` (0 to 1) is null where no registered enterprise is meant."""

    list: str
    kind: str
    leader: str
    as_of: date
    source: str
    row: int
    name: str
    product: str
    link: str
    year: int | None
    matched_by: str
    confidence: Decimal | None


class PartnerOut(Schema):
    """An enterprise that lists name; `registry_id` is null where none was matched."""

    registry_id: str | None
    name: str
    code: str
    province: str
    city: str
    is_here: bool | None
    statements: list[StatementOut]


def partner(stated: Stated) -> PartnerOut:
    """The enterprise as the API gives it."""
    first = stated.first
    return PartnerOut(
        registry_id=first.registry_id or None,
        name=first.shown_name,
        code=first.code,
        province=first.province,
        city=first.city,
        is_here=first.is_here,
        statements=[_statement(row) for row in stated.rows],
    )


def _statement(row: "PartnerRow") -> StatementOut:
    return StatementOut(
        list=row.of.public_id,
        kind=row.of.kind,
        leader=row.of.leader,
        as_of=row.of.as_of,
        source=row.of.source,
        row=row.number,
        name=row.name,
        product=row.product,
        link=row.link,
        year=row.year,
        matched_by=row.matched_by,
        confidence=row.confidence,
    )
