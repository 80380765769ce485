"""Chains, their links with verdicts, and targets."""

from typing import TYPE_CHECKING

from ninja import Path, Query, Router, Schema

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import (
    ArrowOut,
    ChainOut,
    ChainWhole,
    Code,
    LinkOut,
    PageNumber,
    TargetOut,
)
from yipanqi.domain.industries import queries
from yipanqi.domain.studies import queries as studies

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Link
    from yipanqi.domain.studies.models import LinkVerdict

router = Router()


@router.get("", response={200: list[ChainOut], **RESPONSES})
def listing(request: ApiRequest) -> list[ChainOut]:
    """产业链列表。"""
    return [ChainOut.from_orm(chain) for chain in queries.chains()]


@router.get("{code}", response={200: ChainWhole, **RESPONSES})
def one(request: ApiRequest, code: Path[Code]) -> ChainWhole:
    """一条产业链：环节、供应关系与现行研判结论。"""
    chain = found(queries.chain(code))
    study = studies.current(code)
    verdicts = studies.verdicts(study)
    links = [_shape(link, verdicts.get(link.code)) for link in queries.links(chain)]
    arrows = [
        ArrowOut(supplier=a.supplier.code, customer=a.customer.code, what=a.what)
        for a in queries.arrows(chain)
    ]
    return ChainWhole(
        **ChainOut.from_orm(chain).dict(),
        study=study.public_id if study else None,
        as_of=study.as_of if study else None,
        synthetic=study.synthetic if study else None,
        links=links,
        arrows=arrows,
    )


class Narrow(Schema):
    """Which targets."""

    link: Code = ""
    page: PageNumber = 1


@router.get("{code}/targets", response={200: Rows[TargetOut], **RESPONSES})
def targets(request: ApiRequest, code: Path[Code], narrow: Query[Narrow]) -> Rows[TargetOut]:
    """招引目标，附每项得分的构成；各项之和等于总分。"""
    found(queries.chain(code))
    study = found(studies.current(code, "targets"))
    return rows(studies.targets(study, narrow.link, narrow.page), TargetOut.from_orm)


def _shape(link: "Link", verdict: "LinkVerdict | None") -> LinkOut:
    named = LinkOut(code=link.code, name=link.name, position=link.position)
    if verdict is None:
        return named
    figures = {name: getattr(verdict, name) for name in _FIGURES}
    return named.model_copy(update=figures)


_FIGURES = (
    "local_enterprises", "local_capital_wan", "quotient", "status", "action", "reason", "rule",
)  # fmt: skip
