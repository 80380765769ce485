"""Merging two records of an enterprise, and undoing it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from ninja import Path, Router, Schema, Status
from pydantic import Field

from yipanqi.delivery import relations
from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import EnterpriseOut, Line, PublicId, Strict
from yipanqi.domain.investors import merges, queries
from yipanqi.domain.investors.services import merging, unmerging

router = Router()
Reason = Annotated[Line, Field(min_length=1)]
Mark = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
Name = Annotated[str, Field(max_length=30, pattern=r"^[a-z_]+$")]


class ChoiceOut(Schema):
    """A field the two records tell otherwise."""

    field: str
    title: str
    ours: str | date | None
    theirs: str | date | None


class PartOut(Schema):
    """Rows the caller may see: moving, staying behind, ended on the way."""

    title: str
    moving: int
    staying: int
    ending: int


class PreviewOut(Schema):
    """What merging would do; `mark` is to be sent back with the decision."""

    choices: Sequence[ChoiceOut]
    parts: Sequence[PartOut]
    obstacles: Sequence[str]
    mark: str


class MergeIn(Strict):
    """The record to be absorbed, the fields to take from it, why the two are one."""

    absorbed: Annotated[str, Field(max_length=16)]
    fields: Annotated[list[Name], Field(max_length=20)] = []
    because: Reason
    mark: Mark


class MergedOut(Schema):
    """A merging: its id, for undoing, and the record that stands."""

    public_id: str
    kept: EnterpriseOut


class UndoIn(Strict):
    """Why the two are not one."""

    because: Reason


@router.get("enterprises/{public_id}/merging/{other_id}", response={200: PreviewOut, **RESPONSES})
def preview(request: ApiRequest, public_id: Path[PublicId], other_id: Path[PublicId]) -> PreviewOut:
    """预览把另一份档案并入本档案。"""
    kept = found(queries.find(public_id, seen_by=request.auth))
    absorbed = found(queries.find(other_id, seen_by=request.auth))
    told = merging.preview(kept, absorbed, relations.of_enterprises(), seen_by=request.auth)
    return PreviewOut.from_orm(told)


@router.post("enterprises/{public_id}/merging", response={201: MergedOut, **RESPONSES})
def merge(request: ApiRequest, public_id: Path[PublicId], body: MergeIn) -> Status[MergedOut]:
    """把另一份档案并入本档案。"""
    kept = found(queries.find(public_id, seen_by=request.auth))
    absorbed = found(queries.find(body.absorbed, seen_by=request.auth))
    decision = merging.Decision(frozenset(body.fields), body.because, body.mark)
    done = merging.merge(kept, absorbed, decision, relations.of_enterprises(), by=request.auth)
    return Status(201, MergedOut(public_id=done.public_id, kept=EnterpriseOut.from_orm(done.kept)))


@router.post("mergings/{public_id}/undo", response={200: EnterpriseOut, **RESPONSES})
def undo(request: ApiRequest, public_id: Path[PublicId], body: UndoIn) -> EnterpriseOut:
    """撤销一次合并，给出恢复的档案。"""
    done = found(merges.find(public_id, seen_by=request.auth))
    listed = relations.of_enterprises()
    restored = unmerging.undo(done, listed, because=body.because, by=request.auth)
    return EnterpriseOut.from_orm(restored)
