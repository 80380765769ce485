"""Who somebody is at work, on which day, and whom and what units they come across."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.domain.people import queries
from yipanqi.domain.people.models import Officer, Post, Unit
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def test_a_post_counts_from_its_first_day_to_its_last(city):
    auditor = cast.officer("auditor")
    last = auditor.posts.get().until

    assert queries.actor_for(auditor, on=last).posts
    assert not queries.actor_for(auditor, on=last + timedelta(days=1)).posts
    assert not queries.actor_for(auditor, on=auditor.posts.get().since - timedelta(days=1)).posts


def test_somebody_no_longer_active_may_and_sees_nothing(city):
    clerk = cast.officer("clerk_a")
    clerk.is_active = False

    assert queries.actor_for(clerk, on=clock.today()).posts == ()


def test_a_chain_office_answers_for_its_chain(city):
    assert cast.chain_officer().posts[0].chains == {"gongcheng-jixie"}
    assert cast.clerk_a().posts[0].chains == frozenset()


def test_a_role_the_sheet_does_not_know_opens_nothing(city):
    stranger = cast.officer("stranger")
    Post.objects.create(officer=stranger, role="emperor", unit=stranger.unit, since=clock.today())

    assert queries.actor_for(stranger, on=clock.today()).posts == ()


def test_without_any_sheet_nobody_has_a_post(db):
    unit = Unit.objects.create(code="u", name="单位", short_name="单位", kind="park", path="/1/")
    person = Officer.objects.create(username="someone", name="某人", unit=unit)
    Post.objects.create(officer=person, role="park_clerk", unit=unit, since=clock.today())

    assert queries.actor_for(person, on=clock.today()).posts == ()


def test_a_clerk_may_name_colleagues_and_those_above_but_not_the_rival_park(city):
    colleague, rival = cast.officer("clerk_a"), cast.officer("clerk_b")
    leader = cast.officer("member")

    named = queries.officers(seen_by=cast.clerk_a())

    assert colleague in named
    assert leader in named
    assert rival not in named


def test_a_clerk_comes_across_own_units_and_a_dispatcher_all(city):
    own = queries.units(seen_by=cast.clerk_a())
    every = queries.units(seen_by=cast.dispatcher())

    assert [unit.code for unit in own] == [cast.PARK_A]
    assert len(every) > 50


def test_names_are_given_for_known_ids_only(city):
    clerk = cast.officer("clerk_a")

    assert queries.names([clerk.pk, 0, 10**9]) == {clerk.pk: clerk.name, 0: "系统"}


def test_only_those_who_manage_people_find_somebody_of_another_park(city):
    rival = cast.officer("clerk_b")

    assert queries.officer(rival.public_id, seen_by=cast.administrator()) == rival
    assert queries.officer(rival.public_id, seen_by=cast.clerk_a()) is None


def test_the_list_of_officers_is_narrowed_by_name_unit_and_role(city):
    clerk = cast.officer("clerk_a")
    cast.officer("clerk_b")
    admin = cast.administrator()

    for filters in (
        queries.Filters(text="甲园区"),
        queries.Filters(unit=cast.PARK_A),
        queries.Filters(text="clerk_a", role="park_clerk"),
    ):
        assert list(queries.listing(filters, seen_by=admin).rows) == [clerk]


def test_an_actor_costs_two_questions_to_the_database(city, django_assert_max_num_queries):
    clerk = cast.officer("clerk_a")
    queries.actor_for(clerk, on=clock.today())

    with django_assert_max_num_queries(2):
        queries.actor_for(clerk, on=clock.today())
