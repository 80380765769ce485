"""The main entries: what a person can use, and where they are."""

import pytest
from django.test import RequestFactory
from tests import cast

from yipanqi.delivery.desk import navigation

pytestmark = pytest.mark.django_db


def titles(name, path="/"):
    found = navigation.entries(cast.actor(name), RequestFactory().get(path))
    return [str(entry.title) for entry in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("clerk_a", ["今天", "产业", "客商", "项目", "导入"]),
        ("arbiter", ["今天", "产业", "客商", "项目", "裁定", "台账"]),
        ("auditor", ["今天", "产业", "客商", "项目", "台账"]),
        ("administrator", ["人员"]),
        ("stranger", []),
    ],
)
def test_everybody_sees_the_entries_of_their_work_and_no_more(city, name, expected):
    assert titles(name) == expected


def test_one_entry_is_where_the_person_is(city):
    request = RequestFactory().get("/projects/board/")

    here = [entry for entry in navigation.entries(cast.clerk_a(), request) if entry.is_here]

    assert [str(entry.title) for entry in here] == ["项目"]
