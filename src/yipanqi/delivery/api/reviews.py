"""Admission reviews: handed in, countersigned, scored and decided by the desk's own services."""

from typing import TYPE_CHECKING

from ninja import Path, Query, Router, Schema, Status

from yipanqi.delivery.api import review_told as told
from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.review_shapes import (
    BecauseIn,
    CountersignIn,
    DecisionIn,
    DeclarationIn,
    ExpertIn,
    FactsIn,
    MarksIn,
    MeetingIn,
    OpeningIn,
    ReviewOut,
    ReviewWhole,
    VetoIn,
)
from yipanqi.delivery.api.shapes import PageNumber, PublicId
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries as projects
from yipanqi.domain.projects.services import admission
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import (
    countersigning,
    deciding,
    experts,
    opening,
    stating,
    vetoing,
)
from yipanqi.vocab.actors import require

if TYPE_CHECKING:
    from yipanqi.domain.reviews.models import Review

router = Router()
_FOLLOWERS = (admission.follow,)


class Narrow(Schema):
    """Which page."""

    page: PageNumber = 1


@router.get("", response={200: Rows[ReviewOut], **RESPONSES})
def listing(request: ApiRequest, narrow: Query[Narrow]) -> Rows[ReviewOut]:
    """可以查看的准入评审：本级可见的，及请本单位会签、请本人评分的。"""
    return rows(queries.listing(seen_by=request.auth, page=narrow.page), told.line)


@router.get("{public_id}", response={200: ReviewWhole, **RESPONSES})
def one(request: ApiRequest, public_id: Path[PublicId]) -> ReviewWhole:
    """一项评审：会签、得分、否决、会议结论和附带条件。"""
    return told.whole(_find(request, public_id))


@router.post("", response={200: ReviewWhole, **RESPONSES})
def open_one(request: ApiRequest, body: OpeningIn) -> ReviewWhole:
    """提请准入评审；已有未结束的，返回那一项。"""
    require(request.auth, "reviews.open", doing="提请准入评审")
    project = found(projects.find(body.project, seen_by=request.auth))
    figures = None if body.facts is None else body.facts.figures()
    review = admission.open_review(project, summary=body.summary, figures=figures, by=request.auth)
    return told.whole(_find(request, review.public_id))


@router.patch("{public_id}/facts", response={200: ReviewWhole, **RESPONSES})
def state(request: ApiRequest, public_id: Path[PublicId], body: FactsIn) -> ReviewWhole:
    """填报评审数据；只改送来的项，空值为未知。"""
    stating.state(_find(request, public_id), body.figures(), by=request.auth)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/countersign", response={200: ReviewWhole, **RESPONSES})
def countersign(request: ApiRequest, public_id: Path[PublicId], body: CountersignIn) -> ReviewWhole:
    """代表本单位会签；评审结束前可以改。"""
    review = _find(request, public_id)
    countersigning.countersign(review, body.grade, body.comment, by=request.auth)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/experts", response={200: ReviewWhole, **RESPONSES})
def appoint(request: ApiRequest, public_id: Path[PublicId], body: ExpertIn) -> ReviewWhole:
    """聘请评审专家。"""
    review = _find(request, public_id)
    require(request.auth, "reviews.open", doing="聘请评审专家")
    officer = found(people.officer(body.officer, seen_by=request.auth))
    experts.appoint(review, officer, by=request.auth)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/declaration", response={204: None, **RESPONSES})
def declare(request: ApiRequest, public_id: Path[PublicId], body: DeclarationIn) -> Status[None]:
    """专家申报利害关系并承诺保密；之后才能查看评审。"""
    review = found(queries.appointment(public_id, of=request.auth)).review
    experts.declare(review, experts.Declaration(**body.dict()), by=request.auth)
    return Status(204, None)


@router.post("{public_id}/marks", response={200: ReviewWhole, **RESPONSES})
def mark(request: ApiRequest, public_id: Path[PublicId], body: MarksIn) -> ReviewWhole:
    """专家评分：逐项都要评；评审结束前可以改。"""
    review = _find(request, public_id)
    points = {(each.scheme, each.indicator): each.points for each in body.marks}
    experts.mark(review, points, by=request.auth)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/vetoes", response={200: ReviewWhole, **RESPONSES})
def raise_veto(request: ApiRequest, public_id: Path[PublicId], body: VetoIn) -> ReviewWhole:
    """提出一票否决。"""
    vetoing.raise_veto(_find(request, public_id), body.code, body.reason, by=request.auth)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/vetoes/{veto}/withdrawal", response={200: ReviewWhole, **RESPONSES})
def withdraw_veto(
    request: ApiRequest, public_id: Path[PublicId], veto: Path[PublicId], body: BecauseIn
) -> ReviewWhole:
    """撤销本单位提出的一票否决。"""
    vetoing.withdraw(_find(request, public_id), veto, because=body.because, by=request.auth)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/decisions", response={200: ReviewWhole, **RESPONSES})
def decide(request: ApiRequest, public_id: Path[PublicId], body: DecisionIn) -> ReviewWhole:
    """登记会议结论：按次序，一个机构一次；最后一个机构的结论结束评审。"""
    review = _find(request, public_id)
    given = body.dict() | {
        "conditions": [deciding.Wanted(each.text, each.unit, each.due) for each in body.conditions]
    }
    decision = deciding.Decision(**given)
    deciding.decide(review, decision, by=request.auth, followers=_FOLLOWERS)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/conditions/{condition}/met", response={200: ReviewWhole, **RESPONSES})
def meet(
    request: ApiRequest, public_id: Path[PublicId], condition: Path[PublicId], body: MeetingIn
) -> ReviewWhole:
    """登记附带条件已落实；全部落实后准入成立。"""
    rows_ = {each.public_id: each for each in _find(request, public_id).conditions.all()}
    wanted = found(rows_.get(condition))
    deciding.meet(wanted, on=body.on, proof=body.proof, by=request.auth, followers=_FOLLOWERS)
    return told.whole(_find(request, public_id))


@router.post("{public_id}/withdrawal", response={200: ReviewWhole, **RESPONSES})
def withdraw(request: ApiRequest, public_id: Path[PublicId], body: BecauseIn) -> ReviewWhole:
    """撤回评审，须写明理由。"""
    review = _find(request, public_id)
    opening.withdraw(review, because=body.because, by=request.auth, followers=_FOLLOWERS)
    return told.whole(_find(request, public_id))


def _find(request: ApiRequest, public_id: str) -> "Review":
    return found(queries.find(public_id, seen_by=request.auth))
