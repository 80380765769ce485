"""What is known of an enterprise and who deals with it: lists, traits, managers, plans, talks."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from ninja import Path, Router, Schema, Status
from pydantic import Field

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import Line, PublicId, Strict, Words
from yipanqi.domain.investors import dealings, knowledge, queries
from yipanqi.domain.investors.services import interactions, planning, ranking, traits
from yipanqi.vocab.labels import Label

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Interaction, ListMembership, PlannedVisit, Trait

router = Router()
Kind = Annotated[str, Field(max_length=30, pattern=r"^[a-z_0-9]+$")]
Text = Annotated[Line, Field(min_length=1)]


class OriginOut(Schema):
    """Where a field comes from, where that is not the record's own source."""

    field: str
    source: str
    as_of: date | None


class RankOut(Schema):
    """A place on a list of 500; `rank` null where it is not known."""

    public_id: str
    roll: str
    year: int
    rank: int | None
    source: str


class RankIn(Strict):
    """A place to note."""

    roll: Kind
    year: Annotated[int, Field(ge=1955, le=9999)]
    rank: Annotated[int, Field(ge=1, le=500)] | None = None
    source: Text


class TraitOut(Schema):
    """A function, a tie with Hunan or an offer."""

    public_id: str
    about: str
    kind: str
    words: str
    source: str
    as_of: date | None
    unit: str
    label: Label


class TraitIn(Strict):
    """A trait to note."""

    about: Kind
    kind: Kind
    words: Line = ""
    source: Text
    as_of: date | None = None
    label: Label = Label.INTERNAL


class ManagerOut(Schema):
    """Who answers or answered for the enterprise in a unit; `until` null for the present one."""

    officer: str
    unit: str
    since: date
    until: date | None


class PlanOut(Schema):
    """A planned visit. `warnings` are sentences on other units' plans nearby."""

    public_id: str
    kind: str
    planned_on: date
    place: str
    who: str
    purpose: str
    state: str
    unit: str
    label: Label
    warnings: list[str]


class PlanIn(Strict):
    """A visit, a reception or a fair to come."""

    kind: Kind
    planned_on: date
    purpose: Text
    place: Annotated[Line, Field(max_length=100)] = ""
    who: Line = ""
    label: Label = Label.INTERNAL


class ReasonIn(Strict):
    """A reason, where one is owed."""

    because: Text


class TalkOut(Schema):
    """A visit, call, fair or reception, and what became of the next step."""

    public_id: str
    kind: str
    held_on: date
    summary: str
    next_step: str
    next_step_on: date | None
    step_result: str
    unit: str
    label: Label


class TalkIn(Strict):
    """A talk to write down."""

    kind: Kind
    held_on: date
    summary: Words
    next_step: Line = ""
    next_step_on: date | None = None
    label: Label = Label.INTERNAL


class StepIn(Strict):
    """Whether the next step was done; a reason where it was not."""

    result: Annotated[str, Field(pattern="^(done|not_done)$")]
    note: Line = ""


class KnownOut(Schema):
    """Everything known of an enterprise beyond its registration, as far as the caller may know."""

    origins: list[OriginOut]
    ranks: list[RankOut]
    traits: list[TraitOut]
    managers: list[ManagerOut]
    plans: list[PlanOut]
    talks: list[TalkOut]


@router.get("enterprises/{public_id}/known", response={200: KnownOut, **RESPONSES})
def known(request: ApiRequest, public_id: Path[PublicId]) -> KnownOut:
    """客商的榜单、特征、客户经理、接洽计划与往来。"""
    actor = request.auth
    firm = found(queries.find(public_id, seen_by=actor))
    plans = dealings.plans(firm, seen_by=actor)
    colliding = dealings.collisions(plans, plans, firm) if plans else {}
    return KnownOut(
        origins=[
            OriginOut(field=field, source=origin.source, as_of=origin.as_of)
            for field, origin in sorted(knowledge.origins(firm).items())
        ],
        ranks=[_rank(each) for each in knowledge.listings(firm)],
        traits=[_trait(each) for each in knowledge.traits(firm, seen_by=actor)],
        managers=[
            ManagerOut(
                officer=each.officer.name, unit=each.unit.code, since=each.since, until=each.until
            )
            for each in dealings.managers(firm, seen_by=actor)
        ],
        plans=[_plan(each, colliding.get(each.pk)) for each in plans],
        talks=[_talk(each) for each in queries.interactions(firm, seen_by=actor)],
    )


@router.post("enterprises/{public_id}/ranks", response={201: RankOut, **RESPONSES})
def rank(request: ApiRequest, public_id: Path[PublicId], body: RankIn) -> Status[RankOut]:
    """记一个榜单名次；同年同榜的以新值更正。"""
    firm = found(queries.find(public_id, seen_by=request.auth))
    place = ranking.Rank(body.roll, body.year, body.source, body.rank)
    return Status(201, _rank(ranking.rank(firm, place, by=request.auth)))


@router.post("enterprises/{public_id}/traits", response={201: TraitOut, **RESPONSES})
def note(request: ApiRequest, public_id: Path[PublicId], body: TraitIn) -> Status[TraitOut]:
    """记一条功能机构、湘商联系或引资引技引智。"""
    firm = found(queries.find(public_id, seen_by=request.auth))
    facts = traits.TraitFacts(**body.dict())
    return Status(201, _trait(traits.note(firm, facts, by=request.auth)))


@router.post("traits/{public_id}/withdraw", response={204: None, **RESPONSES})
def withdraw(request: ApiRequest, public_id: Path[PublicId], body: ReasonIn) -> Status[None]:
    """撤回一条企业特征。"""
    trait = found(knowledge.trait(public_id, seen_by=request.auth))
    traits.withdraw(trait, because=body.because, by=request.auth)
    return Status(204, None)


@router.post("enterprises/{public_id}/plans", response={201: PlanOut, **RESPONSES})
def plan(request: ApiRequest, public_id: Path[PublicId], body: PlanIn) -> Status[PlanOut]:
    """登记接洽计划；与其他单位撞期的给出提醒。"""
    firm = found(queries.find(public_id, seen_by=request.auth))
    planned = planning.plan(firm, planning.Plan(**body.dict()), by=request.auth)
    return Status(201, _plan(planned, dealings.collision(planned, seen_by=request.auth)))


@router.post("plans/{public_id}/cancel", response={204: None, **RESPONSES})
def cancel(request: ApiRequest, public_id: Path[PublicId], body: ReasonIn) -> Status[None]:
    """取消接洽计划。"""
    planned = found(dealings.plan(public_id, seen_by=request.auth))
    planning.cancel(planned, because=body.because, by=request.auth)
    return Status(204, None)


@router.post("enterprises/{public_id}/talks", response={201: TalkOut, **RESPONSES})
def talk(request: ApiRequest, public_id: Path[PublicId], body: TalkIn) -> Status[TalkOut]:
    """记一次往来。"""
    firm = found(queries.find(public_id, seen_by=request.auth))
    occasion = interactions.Occasion(**body.dict())
    return Status(201, _talk(interactions.log(firm, occasion, by=request.auth)))


@router.post("talks/{public_id}/step", response={204: None, **RESPONSES})
def close_step(request: ApiRequest, public_id: Path[PublicId], body: StepIn) -> Status[None]:
    """了结一次往来约定的下一步。"""
    held = found(dealings.interaction(public_id, seen_by=request.auth))
    interactions.close_step(held, result=body.result, note=body.note, by=request.auth)
    return Status(204, None)


def _rank(row: "ListMembership") -> RankOut:
    return RankOut.from_orm(row)


def _trait(row: "Trait") -> TraitOut:
    return TraitOut(
        public_id=row.public_id,
        about=row.about,
        kind=row.kind,
        words=row.words,
        source=row.source,
        as_of=row.as_of,
        unit=row.unit.code,
        label=Label(row.label),
    )


def _plan(row: "PlannedVisit", collision: dealings.Collision | None) -> PlanOut:
    return PlanOut(
        public_id=row.public_id,
        kind=row.kind,
        planned_on=row.planned_on,
        place=row.place,
        who=row.who,
        purpose=row.purpose,
        state=row.state,
        unit=row.unit.code,
        label=Label(row.label),
        warnings=_warnings(collision),
    )


def _talk(row: "Interaction") -> TalkOut:
    return TalkOut(
        public_id=row.public_id,
        kind=row.kind,
        held_on=row.held_on,
        summary=row.summary,
        next_step=row.next_step,
        next_step_on=row.next_step_on,
        step_result=row.step_result,
        unit=row.unit.code,
        label=Label(row.label),
    )


def _warnings(found: dealings.Collision | None) -> list[str]:
    if found is None:
        return []
    told = [
        f"{each.unit.short_name}计划 {each.planned_on} 接洽这家企业，请先与对方协调"
        for each in found.plans
    ]
    return told + (["另一单位近期有接洽计划，请联系招商主管部门"] if found.is_more else [])
