"""The search of the registry through the API."""

import pytest
from tests import cast, registry_in_force

from yipanqi.domain.investors.services import registering
from yipanqi.domain.investors.services.registering import EnterpriseFacts

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/registry/search"


@pytest.fixture
def home(tmp_path, settings, monkeypatch):
    settings.REGISTRY_HOME = tmp_path
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    return tmp_path


def test_hits_come_with_where_they_say_so(call, home):
    registry_in_force.publish(home)

    told = call("clerk_a").get(ADDRESS, {"text": "液压件"}).json()

    assert (told["total"], told["page"], told["pages"]) == (2, 1, 1)
    assert (told["is_loosened"], told["as_of"]) == (False, "2016-12-31")
    assert [(row["name"], row["field"]) for row in told["rows"]] == [
        ("常州恒立液压件有限公司", "name"),
        ("长沙机电有限公司", "scope"),
    ]
    assert told["rows"][1]["excerpt"] == "机电设备、液压件的批发"


def test_bounds_narrow_the_hits(call, home):
    registry_in_force.publish(home)

    told = call("clerk_a").get(ADDRESS, {"text": "液压件", "city": "430100"}).json()

    assert [row["name"] for row in told["rows"]] == ["长沙机电有限公司"]


def test_a_hit_in_the_library_names_its_record(call, home):
    registry_in_force.publish(home)
    firm, _ = registering.register(
        EnterpriseFacts("常州恒立液压件有限公司", "测试"), by=cast.clerk_a()
    )

    rows = call("clerk_b").get(ADDRESS, {"text": "液压件"}).json()["rows"]

    assert [row["enterprise"] for row in rows] == [firm.public_id, None]


def test_without_an_index_the_problem_says_what_is_coming(call, home):
    registry_in_force.publish(home, indexed=False)

    answer = call("clerk_a").get(ADDRESS, {"text": "液压件"})

    assert answer.status_code == 503
    assert "自动建立" in answer.json()["detail"]


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "铜"},
        {"text": ""},
        {},
        {"text": "液压", "page": 21},
        {"text": "液压", "city": "长沙"},
        {"text": "液压", "since": 99999},
        {"text": "液\x00压"},
    ],
)
def test_what_cannot_be_asked_is_a_problem(call, home, asked):
    registry_in_force.publish(home)

    answer = call("clerk_a").get(ADDRESS, asked)

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_nobody_searches_without_a_key(client, home):
    assert client.get(ADDRESS, {"text": "液压"}).status_code == 401
