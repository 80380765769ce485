"""Projects: opened from a held lead, edited by version, advanced through gates."""

from typing import TYPE_CHECKING

from ninja import File, Form, Path, Query, Router, Schema
from ninja.files import UploadedFile

from yipanqi.delivery import limits
from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.project_shapes import ProjectChange, ProjectIn, ProjectOut, StepOut
from yipanqi.delivery.api.shapes import (
    Attached,
    Code,
    FileOut,
    Line,
    PageNumber,
    PublicId,
)
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.services import editing, materials, registering, stages

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project

router = Router()


class Narrow(Schema):
    """How the list is narrowed and ordered."""

    text: Line = ""
    official: Code = ""
    stage: Code = ""
    unit: Code = ""
    park: Code = ""
    chain: Code = ""
    order: Code = "updated"
    page: PageNumber = 1


@router.get("", response={200: Rows[ProjectOut], **RESPONSES})
def listing(request: ApiRequest, narrow: Query[Narrow]) -> Rows[ProjectOut]:
    """项目列表。"""
    filters = queries.Filters(
        text=narrow.text,
        official=narrow.official,
        stage=narrow.stage,
        unit=narrow.unit,
        park=narrow.park,
        chain=narrow.chain,
    )
    page = queries.listing(filters, seen_by=request.auth, page=narrow.page, order=narrow.order)
    return rows(page, _project)


@router.get("{public_id}", response={200: ProjectOut, **RESPONSES})
def one(request: ApiRequest, public_id: Path[PublicId]) -> ProjectOut:
    """一个项目。"""
    return _project(_find(request, public_id))


@router.post("", response={200: ProjectOut, **RESPONSES})
def create(request: ApiRequest, body: ProjectIn) -> ProjectOut:
    """由本单位首报成立的线索建立项目；重复提交返回同一项目。"""
    lead = found(leads.find(body.lead, seen_by=request.auth))
    draft = registering.Draft(
        name=body.name,
        content=body.content,
        total_investment_fen=body.total_investment_fen,
        park=body.park,
    )
    return _project(registering.create(lead, draft, by=request.auth))


@router.patch("{public_id}", response={200: ProjectOut, **RESPONSES})
def edit(request: ApiRequest, public_id: Path[PublicId], body: ProjectChange) -> ProjectOut:
    """修改项目；version 须为读到的版本，否则 409。"""
    project = _find(request, public_id)
    if "label" in body.model_fields_set and body.label is None:
        raise editing.Unclear("label", "密级标签不能清空；不改时请不要发送 label")
    sent = {name: getattr(body, name) for name in body.model_fields_set - {"version"}}
    changes = {
        name: "" if value is None and name in queries.TEXTS else value
        for name, value in sent.items()
    }
    editing.edit(project, changes, expecting=body.version, by=request.auth)
    return _project(_find(request, public_id))


@router.get("{public_id}/steps", response={200: list[StepOut], **RESPONSES})
def steps(request: ApiRequest, public_id: Path[PublicId]) -> list[StepOut]:
    """下一步可进入的阶段，以及各自还缺什么。"""
    project = _find(request, public_id)
    return [
        StepOut(
            code=each.stage.code,
            title=each.stage.title,
            official=each.stage.official,
            missing=[
                {"message": row.message, "remedy": row.remedy, "source": row.source}
                for row in each.gate.missing
            ],
        )
        for each in life.ahead(project)
    ]


@router.post("{public_id}/advance/{to}", response={200: ProjectOut, **RESPONSES})
def advance(request: ApiRequest, public_id: Path[PublicId], to: Path[Code]) -> ProjectOut:
    """进入下一阶段；缺件时 422 并逐条列出。"""
    project = _find(request, public_id)
    stages.advance(project, to=to, by=request.auth)
    return _project(_find(request, public_id))


@router.get("{public_id}/files", response={200: list[FileOut], **RESPONSES})
def files(request: ApiRequest, public_id: Path[PublicId]) -> list[FileOut]:
    """项目的佐证材料。"""
    project = _find(request, public_id)
    return [FileOut.from_orm(file) for file in queries.files(project, seen_by=request.auth)]


@router.post("{public_id}/files", response={200: FileOut, **RESPONSES})
def attach(
    request: ApiRequest,
    public_id: Path[PublicId],
    body: Form[Attached],
    file: File[UploadedFile],
) -> FileOut:
    """上传佐证材料。"""
    project = _find(request, public_id)
    limits.count(request.auth, "upload")
    upload = storing.Upload(file.name or "", file.chunks())
    kept = materials.attach(project, upload, by=request.auth, **body.dict())
    return FileOut.from_orm(kept)


def _find(request: ApiRequest, public_id: str) -> "Project":
    return found(queries.find(public_id, seen_by=request.auth))


def _project(project: "Project") -> ProjectOut:
    shown = {
        name: getattr(project, name)
        for name in ProjectOut.model_fields
        if name not in {"enterprise", "unit", "park"}
    }
    return ProjectOut(
        **shown,
        enterprise=project.enterprise.public_id,
        unit=project.unit.code,
        park=project.park.unit.code if project.park else None,
    )
