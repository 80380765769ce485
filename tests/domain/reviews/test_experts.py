"""Experts of a review declare before they see, and mark within bounds."""

from decimal import Decimal

import pytest
from tests import cast
from tests.reviewers import all_sign, expert_of, fresh, reviewed

from yipanqi.domain.projects.services import admission
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import deciding, experts
from yipanqi.domain.reviews.services.deciding import Decision
from yipanqi.vocab import clock
from yipanqi.vocab.admission import Outcome

pytestmark = pytest.mark.django_db


def decided(review):
    decision = Decision("committee", Outcome.PASSED, clock.today(), "〔2018〕12号")
    deciding.decide(review, decision, by=cast.dispatcher(), followers=(admission.follow,))


def full_marks(review):
    return {line: each.maximum for line, each in experts.judged(review).items()}


def test_an_expert_sees_nothing_before_declaring(city):
    _, review = reviewed()
    somebody = expert_of(review)

    assert queries.find(review.public_id, seen_by=somebody) is None
    with pytest.raises(experts.NotDeclared, match="承诺保密"):
        experts.declare(
            review, experts.Declaration(has_interest=False, keeps_secret=False), by=somebody
        )
    with pytest.raises(experts.NotDeclared):
        experts.mark(review, full_marks(review), by=somebody)

    experts.declare(review, experts.Declaration(has_interest=False, keeps_secret=True), by=somebody)
    assert queries.find(review.public_id, seen_by=somebody) == review


def test_an_expert_with_an_interest_is_recused_and_waited_for_no_more(city):
    _, review = reviewed()
    all_sign(review)
    somebody = expert_of(review)
    with pytest.raises(deciding.NotReady, match="1 位专家未评分"):
        decided(review)

    experts.declare(
        review,
        experts.Declaration(has_interest=True, interest="曾任该公司顾问", keeps_secret=True),
        by=somebody,
    )

    assert queries.find(review.public_id, seen_by=somebody) is None
    with pytest.raises(experts.NotDeclared):
        experts.mark(review, full_marks(review), by=somebody)
    decided(review)


def test_marks_are_whole_and_within_bounds_and_make_the_score(city):
    _, review = reviewed()
    somebody = expert_of(review)
    experts.declare(review, experts.Declaration(has_interest=False, keeps_secret=True), by=somebody)
    marks = full_marks(review)

    for line in (*marks,)[:1]:
        with pytest.raises(experts.NotMarked, match="应在 0 至 5 分之间"):
            experts.mark(review, {**marks, line: Decimal(6)}, by=somebody)
        with pytest.raises(experts.NotMarked, match="未评分"):
            experts.mark(review, {k: v for k, v in marks.items() if k != line}, by=somebody)
    experts.mark(review, marks, by=somebody)
    experts.mark(review, marks, by=somebody)

    totals = {one.scheme.code: one.total for one in queries.scores(fresh(review))}
    assert totals == {"experts": 100, "benefit": 0}


def test_an_expert_is_not_of_the_projects_own_unit(city):
    _, review = reviewed()

    with pytest.raises(experts.NotFit, match="责任单位"):
        experts.appoint(review, cast.officer("clerk_a"), by=cast.dispatcher())
