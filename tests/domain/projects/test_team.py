"""A project's team changes hands; what was promised stays with the unit that promised it."""

from datetime import timedelta

import pytest
from tests import cast
from tests.reviewers import officer_of

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.people.models import Unit
from yipanqi.domain.projects import queries, roster
from yipanqi.domain.projects.services import pledges, team
from yipanqi.domain.projects.services.pledges import Promise
from yipanqi.domain.projects.services.team import Seat
from yipanqi.domain.projects.teams import TeamRole
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db


def seat(officer=None, role=TeamRole.MEMBER, **more):
    return Seat(role, more.pop("since", clock.today()), officer, **more)


def has_team(project):
    project.refresh_from_db()
    return queries.facts(project)["team"]


def test_the_first_member_makes_the_team_known_and_the_last_takes_it_along(city):
    project, clerk = cast.project(), cast.clerk_a()
    assert not has_team(project)

    first = team.appoint(project, seat(cast.officer("clerk_a"), TeamRole.HEAD), by=clerk)
    second = team.appoint(project, seat(name="王工", unit=cast.clerk_b_unit()), by=clerk)
    assert has_team(project)
    team.release(first, on=clock.today(), by=clerk)
    assert has_team(project)
    team.release(second, on=clock.today(), by=clerk)

    assert not has_team(project)
    with pytest.raises(team.AlreadyLeft):
        team.release(second, on=clock.today(), by=clerk)


def test_an_officer_stands_in_the_team_once_with_the_latest_role(city):
    project, officer = cast.project(), cast.officer("clerk_a")

    for role in (TeamRole.LIAISON, TeamRole.LIAISON, TeamRole.HEAD):
        team.appoint(project, seat(officer, role), by=cast.clerk_a())

    now = [each.role for each in roster.team(project) if each.until is None]
    assert now == ["head"]
    assert project.team.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "name"),
        ({"name": "王工"}, "unit"),
        ({"name": "王工", "unit": True, "since": timedelta(days=1)}, "since"),
    ],
)
def test_a_seat_for_nobody_is_refused(city, wrong, field):
    if "unit" in wrong:
        wrong = wrong | {"unit": cast.clerk_a_unit(), "since": clock.today() + wrong["since"]}

    with pytest.raises(team.Unclear) as refusal:
        team.appoint(cast.project(), seat(**wrong), by=cast.clerk_a())

    assert refusal.value.field == field


def test_a_pledge_stays_with_its_unit_when_people_change(city):
    project, clerk = cast.project(), cast.clerk_a()
    member = team.appoint(project, seat(cast.officer("clerk_a"), TeamRole.AGENT), by=clerk)
    pledge = pledges.make(project, Promise("三个月内通水通电", clock.today()), by=clerk)

    taken = team.hand_over(member, officer_of("dept-fagai"), on=clock.today(), by=clerk)

    member.refresh_from_db()
    pledge.refresh_from_db()
    assert (member.until, taken.role) == (clock.today(), "agent")
    assert pledge.unit == project.unit
    assert has_team(project)


def test_nobody_takes_over_from_themselves_or_twice(city):
    project, clerk = cast.project(), cast.clerk_a()
    member = team.appoint(project, seat(cast.officer("clerk_a")), by=clerk)
    other = officer_of("dept-fagai")
    team.appoint(project, seat(other), by=clerk)

    with pytest.raises(team.Unclear, match="同一人"):
        team.hand_over(member, cast.officer("clerk_a"), on=clock.today(), by=clerk)
    with pytest.raises(team.Unclear, match="已在专班中"):
        team.hand_over(member, other, on=clock.today(), by=clerk)


def test_a_pledge_is_its_own_units_to_keep_and_ends_once(city):
    project, clerk = cast.project(), cast.clerk_a()
    promise = Promise("协调用工", clock.today(), clock.today())
    pledge = pledges.make(project, promise, by=clerk)
    assert pledges.make(project, promise, by=clerk) == pledge
    assert roster.pledged(seen_by=clerk, until=clock.today()) == [pledge]

    with pytest.raises(NotAllowed, match="承诺单位"):
        pledges.keep(pledge, on=clock.today(), words="已办", by=cast.dispatcher())
    with pytest.raises(pledges.Unclear, match="说明未填"):
        pledges.keep(pledge, on=clock.today(), words=" ", by=clerk)
    pledges.keep(pledge, on=clock.today(), words="已对接两家人力公司", by=clerk)

    with pytest.raises(pledges.AlreadyClosed):
        pledges.release(pledge, words="取消", by=clerk)
    assert roster.pledged(seen_by=clerk, until=clock.today()) == []
    assert Entry.objects.filter(kind="projects.pledge_changed").count() == 2


def test_a_joint_unit_is_not_the_owner_and_stands_once(city):
    project, clerk = cast.project(), cast.clerk_a()
    with pytest.raises(team.Unclear, match="不必列为联合单位"):
        team.join(project, cast.clerk_a_unit(), "牵头", by=clerk)
    unit = Unit.objects.get(code="dept-fagai")

    joint = team.join(project, unit, "立项", by=clerk)
    assert team.join(project, unit, "立项", by=clerk) == joint
    team.leave(joint, by=clerk)

    assert roster.joint_units(project) == []


def test_who_may_not_see_the_project_finds_none_of_it(city):
    project, clerk = cast.project(), cast.clerk_a()
    member = team.appoint(project, seat(cast.officer("clerk_a")), by=clerk)
    pledge = pledges.make(project, Promise("通水", clock.today()), by=clerk)

    other = cast.clerk_b()
    assert roster.member(member.public_id, seen_by=other) is None
    assert roster.pledge(pledge.public_id, seen_by=other) is None
