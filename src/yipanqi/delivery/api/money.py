"""A project's money in place and its tables: the desk's own services."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from ninja import File, Form, Path, Router
from ninja.files import UploadedFile

from yipanqi.delivery import limits
from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.project_shapes import (
    Because,
    ComponentShape,
    CountedOut,
    NeedShape,
    PhaseShape,
    TablesIn,
    TablesOut,
    VoucherIn,
    VoucherOut,
    YearShape,
)
from yipanqi.delivery.api.shapes import PublicId
from yipanqi.domain.evidence.services.storing import Upload
from yipanqi.domain.projects import holdings, measures, queries, tables
from yipanqi.domain.projects.services import money, rewriting
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project
    from yipanqi.domain.projects.parts import Voucher

router = Router()


@router.get("projects/{public_id}/vouchers", response={200: list[VoucherOut], **RESPONSES})
def vouchers(request: ApiRequest, public_id: Path[PublicId]) -> list[VoucherOut]:
    """项目的到位资金凭证。"""
    return [_voucher(each) for each in holdings.vouchers(_project(request, public_id))]


@router.post("projects/{public_id}/vouchers", response={200: VoucherOut, **RESPONSES})
def record(
    request: ApiRequest,
    public_id: Path[PublicId],
    body: Form[VoucherIn],
    file: File[UploadedFile],
) -> VoucherOut:
    """登记一笔到位资金及其凭证；重复提交返回同一笔。"""
    project = _project(request, public_id)
    limits.count(request.auth, "upload")
    upload = Upload(file.name or "", file.chunks())
    return _voucher(money.record(project, money.Paid(**body.dict()), upload, by=request.auth))


@router.post("vouchers/{public_id}/verification", response={200: VoucherOut, **RESPONSES})
def verify(request: ApiRequest, public_id: Path[PublicId]) -> VoucherOut:
    """核验一笔到位资金；登记人不能核验自己登记的。"""
    money.verify(_found(request, public_id), by=request.auth)
    return _voucher(_found(request, public_id))


@router.post("vouchers/{public_id}/return", response={200: VoucherOut, **RESPONSES})
def send_back(request: ApiRequest, public_id: Path[PublicId], body: Because) -> VoucherOut:
    """退回一笔到位资金，写明原因；不再计入。"""
    money.send_back(_found(request, public_id), because=body.because, by=request.auth)
    return _voucher(_found(request, public_id))


@router.post("vouchers/{public_id}/withdraw", response={200: VoucherOut, **RESPONSES})
def withdraw(request: ApiRequest, public_id: Path[PublicId], body: Because) -> VoucherOut:
    """撤回一笔尚未核验的到位资金，写明原因。"""
    money.withdraw(_found(request, public_id), because=body.because, by=request.auth)
    return _voucher(_found(request, public_id))


@router.get("projects/{public_id}/tables", response={200: TablesOut, **RESPONSES})
def rows(request: ApiRequest, public_id: Path[PublicId]) -> TablesOut:
    """投资构成、年度计划、分期、要素需求，以及各口径的固定资产投资。"""
    return _tables(_project(request, public_id))


@router.put("projects/{public_id}/tables", response={200: TablesOut, **RESPONSES})
def rewrite(request: ApiRequest, public_id: Path[PublicId], body: TablesIn) -> TablesOut:
    """重写给出的各表；version 须为读到的版本，否则 409。任一表不合规则全不改。"""
    _rewrite(_project(request, public_id), body, request.auth)
    return _tables(_project(request, public_id))


@transaction.atomic
def _rewrite(project: "Project", body: TablesIn, by: Actor) -> None:
    seen = body.version
    if body.components is not None:
        split = [tables.ComponentRow(**each.dict()) for each in body.components]
        foreign = rewriting.Foreign(body.currency, body.rate, body.rate_on)
        rewriting.split(project, split, foreign, expecting=seen, by=by)
        seen = _next(project, seen)
    if body.years is not None:
        years = [tables.YearRow(**each.dict()) for each in body.years]
        rewriting.plan_years(project, years, expecting=seen, by=by)
        seen = _next(project, seen)
    if body.phases is not None:
        phases = [tables.PhaseRow(**each.dict()) for each in body.phases]
        rewriting.set_phases(project, phases, expecting=seen, by=by)
        seen = _next(project, seen)
    if body.needs is not None:
        needs = [tables.NeedRow(**each.dict()) for each in body.needs]
        rewriting.ask_for(project, needs, expecting=seen, by=by)


def _next(project: "Project", seen: int) -> int:
    """The version to expect next: one's own change just now is not another's."""
    return project.version if project.version == seen + 1 else seen


def _project(request: ApiRequest, public_id: str) -> "Project":
    return found(queries.find(public_id, seen_by=request.auth))


def _found(request: ApiRequest, public_id: str) -> "Voucher":
    return found(holdings.voucher(public_id, seen_by=request.auth))


def _voucher(voucher: "Voucher") -> VoucherOut:
    special = {"evidence", "phase"}
    shown = {n: getattr(voucher, n) for n in VoucherOut.model_fields if n not in special}
    return VoucherOut(
        **shown,
        evidence=voucher.evidence.public_id if voucher.evidence else None,
        phase=voucher.phase.number if voucher.phase else "",
    )


def _tables(project: "Project") -> TablesOut:
    return TablesOut(
        version=project.version,
        currency=project.foreign_currency,
        rate=project.foreign_rate,
        rate_on=project.foreign_rate_on,
        components=[ComponentShape(**asdict(each)) for each in tables.components(project)],
        years=[YearShape(**asdict(each)) for each in tables.years(project)],
        phases=[PhaseShape(**asdict(each)) for each in tables.phases(project)],
        needs=[NeedShape(**asdict(each)) for each in tables.needs(project)],
        fixed_investment=[
            CountedOut(
                definition=each.definition.code,
                label=each.definition.label,
                amount_fen=each.fen,
                missing=list(each.missing),
            )
            for each in measures.by_definition(project)
        ],
    )
