"""However a project is moved, verified, sent back, waived and ended, its life stays in order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import cast
from tests.domain.projects.road import SMALL, YI, make_signable, make_startable, signed, verified

from yipanqi.domain.projects import counting, figures, life
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.moves import MoveState, StageMove
from yipanqi.domain.projects.queries import Filters
from yipanqi.domain.projects.services import ending, stages, verifying, waivers
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
REFUSALS = (
    life.Ended, stages.NotNext, stages.GateClosed, verifying.NothingToVerify, ending.NotOpen,
    waivers.Unwaivable,
)  # fmt: skip


def waiting(project):
    return life.pending(project) or StageMove.objects.filter(project=project).latest("pk")


ACTS = {
    "fill": make_signable,
    "start": make_startable,
    "ready": lambda each: stages.advance(each, to="ready", by=cast.clerk_a()),
    "signed": lambda each: stages.advance(each, to="signed", by=cast.clerk_a()),
    "started": lambda each: stages.advance(each, to="started", by=cast.clerk_a()),
    "skip": lambda each: stages.skip(each, to="started", because="急", by=cast.dispatcher()),
    "verify": lambda each: verified(waiting(each), by=cast.arbiter()),
    "return": lambda each: verifying.send_back(waiting(each), because="补", by=cast.arbiter()),
    "back": lambda each: stages.move_back(each, to="talking", because="误", by=cast.dispatcher()),
    "waive": lambda each: waivers.grant(
        each, "signed-fixed", waivers.Grounds("专题会议", clock.today()), by=cast.arbiter()
    ),
    "withdraw": lambda each: ending.end(each, how="withdrawn", because="走", by=cast.clerk_a()),
    "reopen": lambda each: ending.reopen(each, because="回", by=cast.dispatcher()),
}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), max_size=12))
def test_whatever_is_tried_in_whatever_order_the_books_stay_right(city, acts):
    project = cast.project(f"{chr(ord('一') + Project.objects.count())}项目")
    for act in acts:
        project.refresh_from_db()
        try:
            ACTS[act](project)
        except (*REFUSALS, StageMove.DoesNotExist):
            continue
        finally:
            project.refresh_from_db()
            check_order(project)


def check_order(project):
    sheet = rules.stages(on=clock.today())
    moves = life.moves(project)
    counting_moves = StageMove.objects.filter(life.COUNTING, project=project)

    # One official stage, that of its step; at most one move waits.
    assert project.official == sheet.official(project.stage)
    assert sum(move.state == MoveState.PENDING for move in moves) <= 1
    for move in moves:
        if move.state == MoveState.VERIFIED:
            assert move.answered_at >= move.moved_at
            assert move.counted_on >= clock.civil_day(move.moved_at)
            assert move.answered_by_id != move.moved_by_id
        else:
            assert move.counted_on is None or move.state == MoveState.EXEMPT
    # What stands beyond 在谈 has been verified, once, and beyond nothing that stands behind.
    for official in counting.REACHED:
        is_reached = sheet.official(project.stage) in sheet_from(official)
        assert (life.verified_on(project, official) is not None) == is_reached
        crossing = [m for m in counting_moves if official in crossed(m)]
        assert len(crossing) == is_reached
    # No gate it stands behind is passed without its facts or a waiver.
    if project.official != "talking":
        assert life.gate(project, "signed").is_open


def sheet_from(official):
    order = list(counting.Official)
    return order[order.index(official) :]


def crossed(move):
    order = [each.value for each in counting.Official]
    return order[order.index(move.official_before) + 1 : order.index(move.official_after) + 1]


def year(seen_by):
    today = clock.today()
    found = counting.reached(since=today, until=today, seen_by=seen_by)
    return {each.official: each for each in found}


def test_figures_count_what_was_verified_and_nothing_that_waits(city):
    signed(SMALL)
    waits = cast.project("正待核验的项目")
    make_signable(waits)
    stages.advance(waits, to="signed", by=cast.clerk_a())

    found = year(cast.clerk_a())["signed"]

    assert (found.count, found.amount_fen, found.unstated, found.ended) == (1, SMALL, 0, 0)
    assert year(cast.clerk_b())["signed"].count == 0
    by_stage = {
        group.key: group.totals.count
        for group in figures.breakdown("official", Filters(), seen_by=cast.clerk_a())
    }
    assert (by_stage["talking"], by_stage["signed"]) == (1, 1)


def test_figures_take_the_day_it_was_verified_and_not_the_day_of_the_ceremony(city):
    now = clock.now()
    project = cast.project()
    make_signable(project, 5 * YI)
    move = stages.advance(project, to="signed", by=cast.clerk_a())
    with clock.using(lambda: now + timedelta(days=9)):
        move = verified(move)

    later = clock.civil_day(now + timedelta(days=9))
    assert (move.claimed_on, move.counted_on) == (clock.today(), later)
    assert year(cast.clerk_a())["signed"].count == 0
    found = counting.reached(since=later, until=later, seen_by=cast.clerk_a())
    assert found[0].count == 1


def test_a_project_that_skips_reaches_both_stages_once(city):
    project = cast.project()
    make_signable(project)
    make_startable(project)
    move = stages.skip(project, to="started", because="签约即开工", by=cast.dispatcher())
    verified(move, by=cast.arbiter())

    found = year(cast.clerk_a())

    assert [found[each].count for each in ("signed", "started", "built")] == [1, 1, 0]


def test_who_came_with_a_stage_and_was_never_verified_is_counted_apart(city):
    project = cast.project("带着阶段转入的项目")
    Project.objects.filter(pk=project.pk).update(stage="started", official="started")

    assert counting.unverified(seen_by=cast.clerk_a()) == 1
    assert year(cast.clerk_a())["started"].count == 0
    signed()
    assert counting.unverified(seen_by=cast.clerk_a()) == 1


def test_what_is_ahead_of_many_projects_asks_no_more_than_of_one(
    city, django_assert_max_num_queries
):
    projects = [cast.project(f"{word}项目") for word in "甲乙丙丁戊己"]
    waivers.grant(
        projects[0], "signed-fixed", waivers.Grounds("专题会议", clock.today()), by=cast.arbiter()
    )
    life.ahead_of(projects[:1])

    with django_assert_max_num_queries(4):
        found = life.ahead_of(projects)

    waived = {project.pk: [row.id for row in gate.waived] for project, _step, gate in found}
    assert waived[projects[0].pk] == ["signed-fixed"]
    assert waived[projects[1].pk] == []
