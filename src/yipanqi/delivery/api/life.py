"""How projects live: moves verified by another person, waivers, ends — the desk's own services."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from ninja import Path, Router, Schema, Status
from pydantic import Field

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.lead_shapes import Reason
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import Code, PublicId, Strict
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.services import ending, stages, verifying, waivers

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project
    from yipanqi.domain.projects.moves import Departure, StageMove, Waiver

router = Router()
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


class MoveOut(Schema):
    """A move from stage to stage; statistics use `counted_on`, null while it does not count."""

    public_id: str
    project: str
    kind: str
    before: str
    after: str
    state: str
    depth: str
    claimed_on: date | None
    moved_at: datetime
    answered_at: datetime | None
    answer: str
    counted_on: date | None
    is_overturned: bool
    waived: list[str]
    reason: str


class WaiverOut(Schema):
    """A requirement waived until a day."""

    public_id: str
    requirement: str
    message: str
    reason: str
    until: date
    granted_at: datetime
    revoked_at: datetime | None


class DepartureOut(Schema):
    """How a project left the road."""

    public_id: str
    code: str
    title: str
    stage: str
    reason: str
    ended_at: datetime


class SeenIn(Strict):
    """The version of the project the verifier looked at."""

    version: Version


class BecauseIn(Strict):
    """Why."""

    because: Reason


class OffRoadIn(Strict):
    """Which stage, and why not the usual way."""

    to: Code
    because: Reason


class WaiverIn(Strict):
    """What is waived, why, until when."""

    requirement: Code
    reason: Reason
    until: date


class EndIn(Strict):
    """In which of the sheet's ways the project ends, and why."""

    how: Annotated[str, Field(max_length=40, pattern=r"^[a-z-]+$")]
    because: Reason


@router.get("moves", response={200: list[MoveOut], **RESPONSES})
def waiting(request: ApiRequest) -> list[MoveOut]:
    """待我核验的阶段变动。"""
    return [_move(each) for each in life.to_verify(seen_by=request.auth)]


@router.post("moves/{public_id}/verification", response={200: MoveOut, **RESPONSES})
def verify(request: ApiRequest, public_id: Path[PublicId], body: SeenIn) -> MoveOut:
    """核验通过；version 须为核验人看到的项目版本，否则 409。"""
    move = found(life.move(public_id, seen_by=request.auth))
    return _move(verifying.verify(move, expecting=body.version, by=request.auth))


@router.post("moves/{public_id}/return", response={200: MoveOut, **RESPONSES})
def send_back(request: ApiRequest, public_id: Path[PublicId], body: BecauseIn) -> MoveOut:
    """退回提交人，须写明理由。"""
    move = found(life.move(public_id, seen_by=request.auth))
    return _move(verifying.send_back(move, because=body.because, by=request.auth))


@router.post("moves/{public_id}/take-back", response={200: MoveOut, **RESPONSES})
def take_back(request: ApiRequest, public_id: Path[PublicId]) -> MoveOut:
    """由提交人或责任单位收回。"""
    move = found(life.move(public_id, seen_by=request.auth))
    return _move(verifying.take_back(move, by=request.auth))


@router.get("projects/{public_id}/moves", response={200: list[MoveOut], **RESPONSES})
def moves(request: ApiRequest, public_id: Path[PublicId]) -> list[MoveOut]:
    """项目的全部阶段变动，最近的在前。"""
    project = _project(request, public_id)
    return [_move(each, project) for each in life.moves(project)]


@router.post("projects/{public_id}/skip", response={200: MoveOut, **RESPONSES})
def skip(request: ApiRequest, public_id: Path[PublicId], body: OffRoadIn) -> MoveOut:
    """越级推进；沿途各阶段的条件都须满足或已豁免。"""
    project = _project(request, public_id)
    move = stages.skip(project, to=body.to, because=body.because, by=request.auth)
    return _move(move, project)


@router.post("projects/{public_id}/back", response={200: MoveOut, **RESPONSES})
def move_back(request: ApiRequest, public_id: Path[PublicId], body: OffRoadIn) -> MoveOut:
    """退回阶段；其后的核验不再计入统计。"""
    project = _project(request, public_id)
    move = stages.move_back(project, to=body.to, because=body.because, by=request.auth)
    return _move(move, project)


@router.get("projects/{public_id}/waivers", response={200: list[WaiverOut], **RESPONSES})
def waived(request: ApiRequest, public_id: Path[PublicId]) -> list[WaiverOut]:
    """项目的全部豁免，最近的在前。"""
    return [_waiver(each) for each in life.waivers(_project(request, public_id))]


@router.post("projects/{public_id}/waivers", response={200: WaiverOut, **RESPONSES})
def waive(request: ApiRequest, public_id: Path[PublicId], body: WaiverIn) -> WaiverOut:
    """豁免一项未满足的条件；依法必备的不得豁免。"""
    grounds = waivers.Grounds(body.reason, body.until)
    project = _project(request, public_id)
    return _waiver(waivers.grant(project, body.requirement, grounds, by=request.auth))


@router.post("waivers/{public_id}/revocation", response={200: WaiverOut, **RESPONSES})
def revoke(request: ApiRequest, public_id: Path[PublicId]) -> WaiverOut:
    """撤销豁免。"""
    waiver = found(life.waiver(public_id, seen_by=request.auth))
    return _waiver(waivers.revoke(waiver, by=request.auth))


@router.post("projects/{public_id}/end", response={200: DepartureOut, **RESPONSES})
def end(request: ApiRequest, public_id: Path[PublicId], body: EndIn) -> DepartureOut:
    """退库、终止履约或清退；之后项目只能查看。"""
    project = _project(request, public_id)
    departure = ending.end(project, how=body.how, because=body.because, by=request.auth)
    return _departure(departure)


@router.post("projects/{public_id}/reopening", response={204: None, **RESPONSES})
def reopen(request: ApiRequest, public_id: Path[PublicId], body: BecauseIn) -> Status[None]:
    """重启已结束的项目。"""
    ending.reopen(_project(request, public_id), because=body.because, by=request.auth)
    return Status(204, None)


@router.post("projects/{public_id}/archive", response={204: None, **RESPONSES})
def archive(request: ApiRequest, public_id: Path[PublicId]) -> Status[None]:
    """归档；之后不再改动。"""
    ending.archive(_project(request, public_id), by=request.auth)
    return Status(204, None)


def _project(request: ApiRequest, public_id: str) -> "Project":
    return found(queries.find(public_id, seen_by=request.auth))


def _move(move: "StageMove", project: "Project | None" = None) -> MoveOut:
    columns = {name: getattr(move, name) for name in MoveOut.model_fields if name not in _MADE}
    owner = project or move.project
    return MoveOut(**columns, project=owner.public_id, is_overturned=move.overturned_at is not None)


_MADE = frozenset({"project", "is_overturned"})


def _waiver(waiver: "Waiver") -> WaiverOut:
    return WaiverOut(**{name: getattr(waiver, name) for name in WaiverOut.model_fields})


def _departure(departure: "Departure") -> DepartureOut:
    return DepartureOut(**{name: getattr(departure, name) for name in DepartureOut.model_fields})
