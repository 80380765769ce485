"""One row filter, two answers: the database's and Python's must never differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests import cast

from yipanqi.domain.people import queries
from yipanqi.domain.people.models import Unit
from yipanqi.vocab.actors import HOUSE, Actor, Post, Reach, Scope
from yipanqi.vocab.labels import Label

PATHS = ("/1/", "/1/2/", "/1/2/3/", "/1/20/", "/4/")
CHAINS = ("", "jixie", "chuneng")
COLUMNS = {"path": "path", "label": "kind", "chain": "chain"}

posts = st.builds(
    Post,
    role=st.just("any"),
    unit_id=st.just(1),
    unit_path=st.sampled_from(PATHS),
    sees=st.dictionaries(st.sampled_from(Label), st.sampled_from(Reach)),
    may=st.just(frozenset()),
    chains=st.frozensets(st.sampled_from(CHAINS), max_size=2),
)
people = st.builds(
    Actor,
    id=st.just(7),
    name=st.just("某人"),
    unit_id=st.just(1),
    unit_path=st.just("/1/"),
    posts=st.lists(posts, max_size=3).map(tuple),
)
ALL_SCOPES = [Scope(path, label, chain) for path in PATHS for label in Label for chain in CHAINS]


class TestTwoAnswers(TestCase):
    # Rows with a path, a label and a chain each; a unit's `kind` stands in for a label.
    @classmethod
    def setUpTestData(cls):
        for number, scope in enumerate(ALL_SCOPES):
            Unit.objects.create(
                code=f"u{number}",
                name="行",
                short_name="行",
                kind=scope.label,
                path=scope.unit_path,
                chain=scope.chain,
            )

    @given(people)
    def test_the_database_and_python_agree_for_any_person(self, person):
        rows = Unit.objects.filter(queries.visible(person, **COLUMNS))
        seen = sorted(rows.values_list("path", "kind", "chain"))

        reached = [scope for scope in ALL_SCOPES if queries.reaches(person, scope)]
        assert seen == sorted((scope.unit_path, scope.label, scope.chain) for scope in reached)


def test_nobody_sees_nothing():
    nobody = Actor(id=1, name="无任职", unit_id=1, unit_path="/1/")

    assert queries.visible(nobody) == queries.row_filter.NOTHING


def test_the_house_sees_all_without_a_condition():
    assert not queries.visible(HOUSE)


def test_a_prefix_of_digits_is_no_subtree():
    post = Post("r", 2, "/1/2/", dict.fromkeys(Label, Reach.SUBTREE), frozenset())
    person = Actor(id=1, name="某人", unit_id=2, unit_path="/1/2/", posts=(post,))

    assert queries.reaches(person, Scope("/1/2/3/", Label.INTERNAL))
    assert not queries.reaches(person, Scope("/1/20/", Label.INTERNAL))


def test_a_chain_office_without_a_chain_does_not_see_records_without_one():
    post = Post("r", 2, "/1/2/", dict.fromkeys(Label, Reach.CHAIN), frozenset(), frozenset({""}))
    person = Actor(id=1, name="某人", unit_id=2, unit_path="/1/2/", posts=(post,))

    assert not queries.reaches(person, Scope("/1/", Label.INTERNAL, ""))


@pytest.mark.django_db
def test_labels_seen_equally_far_share_one_condition(city):
    condition = str(queries.visible(cast.clerk_a()))

    assert condition.count("unit__path") == 1


@pytest.mark.django_db
def test_park_a_reaches_nothing_internal_of_park_b(city):
    theirs = Scope(cast.clerk_b_unit().path, Label.INTERNAL, "gongcheng-jixie")

    assert not queries.reaches(cast.clerk_a(), theirs)
    assert queries.reaches(cast.clerk_b(), theirs)
    assert queries.reaches(cast.chain_officer(), theirs)
    assert queries.reaches(cast.district(), theirs)
    assert queries.reaches(cast.dispatcher(), theirs)
