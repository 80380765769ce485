"""Chains, their links with verdicts, and targets."""

from typing import TYPE_CHECKING, Annotated, Literal

from ninja import Field, Path, Query, Router, Schema

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.partner_shapes import PartnerOut, PartnersAsked, partner
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
from yipanqi.delivery.desk import circumstances
from yipanqi.domain.industries import partner_lists, queries
from yipanqi.domain.studies import queries as studies
from yipanqi.domain.studies import target_lists
from yipanqi.domain.studies.target_lists import Wanted

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Link
    from yipanqi.domain.studies.models import LinkVerdict, Target
    from yipanqi.domain.studies.target_lists import Life

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
    """Which targets; `existence` empty: those the desk's list shows."""

    link: Code = ""
    province: Annotated[str, Field(max_length=20)] = ""
    kind: Code = ""
    size: Code = ""
    tie: Literal["", "ranked", "tied", "group_in_hunan", "partner"] = ""
    contact: Literal["", "none", "any", "refused", "landed"] = ""
    existence: Literal["", "alive", "unknown", "ceased", "all"] = ""
    order: Literal["", "partner"] = ""
    page: PageNumber = 1


@router.get("{code}/targets", response={200: Rows[TargetOut], **RESPONSES})
def targets(request: ApiRequest, code: Path[Code], narrow: Query[Narrow]) -> Rows[TargetOut]:
    """招引目标，附每项得分的构成；各项之和等于总分。"""
    found(queries.chain(code))
    study = found(studies.current(code, "targets"))
    asked = narrow.dict(exclude={"page"})
    standard = target_lists.standard(study, is_demo=circumstances.is_demo())
    wanted = Wanted(**{**asked, "existence": narrow.existence or standard})
    listed = target_lists.listing(study, wanted, seen_by=request.auth, page=narrow.page).page
    lives = target_lists.lives(listed.rows)
    return rows(listed, lambda target: _target(target, lives[target.registry_id]))


@router.get("{code}/partners", response={200: Rows[PartnerOut], **RESPONSES})
def partners(
    request: ApiRequest, code: Path[Code], asked: Query[PartnersAsked]
) -> Rows[PartnerOut]:
    """链主供应商、采购商名单上的企业，附每条名单依据；只含您可以查看的名单。"""
    chain = found(queries.chain(code))
    wanted = partner_lists.Wanted(**asked.dict(exclude={"page"}))
    listed = partner_lists.stated(chain.code, wanted, seen_by=request.auth, page=asked.page)
    return rows(listed, partner)


def _target(target: "Target", life: "Life") -> TargetOut:
    columns = (name for name in TargetOut.model_fields if name not in _OF_LIFE)
    figures = {name: getattr(target, name) for name in columns}
    kind = "checked" if life.is_look else life.kind
    return TargetOut(**figures, life=life.state, life_on=life.on, life_kind=kind)


def _shape(link: "Link", verdict: "LinkVerdict | None") -> LinkOut:
    named = LinkOut(code=link.code, name=link.name, position=link.position)
    if verdict is None:
        return named
    figures = {name: getattr(verdict, name) for name in _FIGURES}
    return named.model_copy(update=figures)


_OF_LIFE = frozenset({"life", "life_on", "life_kind"})
_FIGURES = (
    "local_enterprises", "local_capital_wan", "quotient", "status", "action", "reason", "rule",
)  # fmt: skip
