"""An admission review in its outward shapes."""

from typing import TYPE_CHECKING, Any

from yipanqi.delivery.api.review_shapes import (
    ConditionOut,
    CountersignOut,
    LineOut,
    ReviewOut,
    ReviewWhole,
    ScoreOut,
    SittingOut,
    VetoOut,
)
from yipanqi.domain.reviews import queries

if TYPE_CHECKING:
    from yipanqi.domain.reviews.models import RaisedVeto, Review
    from yipanqi.rulebook.scoring import Score


def line(review: "Review") -> ReviewOut:
    """The review as a list shows it."""
    return ReviewOut(**_head(review))


def whole(review: "Review") -> ReviewWhole:
    """The review with all its parts."""
    return ReviewWhole(
        **_head(review),
        content=review.content,
        summary=review.summary,
        facts=review.facts,
        sheet=queries.sheet(review).id,
        countersigns=[
            CountersignOut(
                unit=each.unit.code,
                matter=each.matter,
                due=each.due,
                grade=each.grade,
                comment=each.comment,
                answered_at=each.answered_at,
            )
            for each in review.countersigns.all()
        ],
        vetoes=[_veto(each) for each in review.vetoes.all()],
        sittings=[SittingOut.from_orm(each) for each in review.sittings.all()],
        conditions=[
            ConditionOut(
                public_id=each.public_id,
                text=each.text,
                unit=each.unit.code,
                due=each.due,
                met_on=each.met_on,
            )
            for each in review.conditions.all()
        ],
        scores=[_score(each) for each in queries.scores(review)],
    )


def _veto(veto: "RaisedVeto") -> VetoOut:
    shown = {name: getattr(veto, name) for name in VetoOut.model_fields if name != "unit"}
    return VetoOut(**shown, unit=veto.unit.code)


def _head(review: "Review") -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: getattr(review, name) for name in ReviewOut.model_fields if name != "unit"
    }
    return shown | {"unit": review.unit.code}


def _score(score: "Score") -> ScoreOut:
    return ScoreOut(
        scheme=score.scheme.code,
        title=score.scheme.title,
        total=score.total,
        of=score.scheme.total,
        is_complete=score.is_complete,
        lines=[
            LineOut(
                indicator=each.indicator.key,
                label=each.indicator.label,
                points=each.points,
                maximum=each.indicator.maximum,
                working=each.working,
            )
            for each in score.lines
        ],
    )
