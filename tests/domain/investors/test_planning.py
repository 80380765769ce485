"""Planned visits: a collision is told, but nobody learns what they may not see."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.domain.investors import dealings
from yipanqi.domain.investors.models import Interaction, PlannedVisit
from yipanqi.domain.investors.services import planning
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import Label

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def planned(by, days=5, label=Label.INTERNAL, purpose="考察选址"):
    day = clock.today() + timedelta(days=days)
    asked = planning.Plan("visit", day, purpose, "常州", "分管领导带队", label)
    return planning.plan(cast.enterprise(), asked, by=by)


def held(on=0):
    return planning.Outcome(clock.today() + timedelta(days=on), "看了厂房")


def test_a_rival_park_is_told_only_that_there_is_more():
    planned(cast.clerk_a())

    told = dealings.collision(planned(cast.clerk_b(), days=10), seen_by=cast.clerk_b())

    assert told == dealings.Collision(plans=[], is_more=True)


def test_who_may_see_both_plans_is_shown_the_other():
    first = planned(cast.clerk_a())
    second = planned(cast.clerk_b(), days=10)

    told = dealings.collision(second, seen_by=cast.member())

    assert told == dealings.Collision(plans=[first], is_more=False)


def test_what_one_sees_does_not_hide_that_there_is_more():
    planned(cast.clerk_a())
    planned(cast.clerk_b(), label=Label.WORK_SECRET)
    own = planned(cast.dispatcher(), days=6)

    told = dealings.collision(own, seen_by=cast.dispatcher())

    assert [each.unit.code for each in told.plans] == [cast.PARK_A]
    assert told.is_more


@pytest.mark.parametrize(("days", "collides"), [(19, True), (20, False)])
def test_the_window_is_the_sheets_to_the_day(days, collides):
    planned(cast.clerk_a(), days=5)

    told = dealings.collision(planned(cast.clerk_b(), days=days), seen_by=cast.clerk_b())

    assert (told is not None) is collides


def test_ones_own_and_cancelled_plans_do_not_collide():
    planned(cast.clerk_a(), days=4)
    gone = planned(cast.clerk_b())
    planning.cancel(gone, because="企业改期", by=cast.clerk_b())

    assert dealings.collision(planned(cast.clerk_a()), seen_by=cast.clerk_a()) is None


def test_planning_the_same_twice_is_one_plan():
    assert planned(cast.clerk_a()) == planned(cast.clerk_a())
    assert PlannedVisit.objects.count() == 1


def test_the_ledger_keeps_neither_the_place_nor_who_goes():
    planned(cast.clerk_a())

    body = Entry.objects.get(kind="investors.visit_planned").body
    assert "常州" not in body
    assert "分管领导" not in body


def test_a_day_gone_by_is_refused_with_the_remedy():
    with pytest.raises(Incomplete, match="记一次往来"):
        planned(cast.clerk_a(), days=-1)
    assert not PlannedVisit.objects.exists()


def test_a_held_plan_becomes_one_interaction_and_only_once():
    plan = planning.hold(planned(cast.clerk_a(), days=0), held(), by=cast.clerk_a())

    with pytest.raises(planning.NotPlanned, match="已成行"):
        planning.hold(plan, held(), by=cast.clerk_a())
    assert Interaction.objects.get() == plan.interaction
    assert plan.interaction.summary == "看了厂房"


def test_a_plan_not_yet_due_cannot_have_been_held():
    plan = planned(cast.clerk_a())

    with pytest.raises(Incomplete, match="不能晚于今天"):
        planning.hold(plan, held(on=5), by=cast.clerk_a())
    plan.refresh_from_db()
    assert plan.state == "planned"


def test_another_unit_cannot_cancel_it():
    plan = planned(cast.clerk_a())

    with pytest.raises(NotAllowed, match="请联系该单位"):
        planning.cancel(plan, because="不去了", by=cast.dispatcher())
