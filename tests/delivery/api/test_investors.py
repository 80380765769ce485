"""What is known of an enterprise, through the interface."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
MORE = "另一单位近期有接洽计划，请联系招商主管部门"


def sent(client, address, **body):
    return client.post(f"/api/v1/{address}", body, content_type="application/json")


def planned(client, firm, days=0, **more):
    day = (clock.today() + timedelta(days=days)).isoformat()
    body = {"kind": "visit", "planned_on": day, "purpose": "考察选址"} | more
    return sent(client, f"enterprises/{firm}/plans", **body)


@pytest.fixture
def firm(city):
    return cast.enterprise().public_id


def test_a_rival_is_warned_by_one_sentence_and_sees_nothing_of_the_plan(call, firm):
    planned(call("clerk_a"), firm, place="常州总部")

    answer = planned(call("clerk_b"), firm, days=3)

    assert answer.json()["warnings"] == [MORE]
    known = call("clerk_b").get(f"/api/v1/enterprises/{firm}/known").json()
    assert [(each["place"], each["warnings"]) for each in known["plans"]] == [("", [MORE])]


def test_everything_noted_comes_back_with_its_source(call, firm):
    client = call("clerk_a")
    sent(client, f"enterprises/{firm}/ranks", roll="world500", year=2017, rank=9, source="榜单")
    note = {"about": "offer", "kind": "team", "words": "院士团队", "source": "拜访"}
    sent(client, f"enterprises/{firm}/traits", **note)
    today = clock.today().isoformat()
    talk = {"kind": "visit", "held_on": today, "summary": "谈了", "next_step": "送图"}
    held = sent(client, f"enterprises/{firm}/talks", **talk).json()["public_id"]
    closed = sent(client, f"talks/{held}/step", result="done")

    known = client.get(f"/api/v1/enterprises/{firm}/known").json()

    assert closed.status_code == 204
    assert [(row["year"], row["rank"], row["source"]) for row in known["ranks"]] == [
        (2017, 9, "榜单")
    ]
    assert known["traits"][0]["source"] == "拜访"
    assert known["talks"][0]["step_result"] == "done"


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("ranks", {"roll": "nobody500", "year": 2017, "source": "榜单"}),
        ("traits", {"about": "offer", "kind": "team", "source": "拜访"}),
        ("plans", {"kind": "letter", "planned_on": "2999-01-01", "purpose": "x"}),
        ("talks", {"kind": "visit", "held_on": "2999-01-01", "summary": "x"}),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(call, firm, address, body):
    answer = sent(call("clerk_a"), f"enterprises/{firm}/{address}", **body)

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_what_is_over_is_a_conflict(call, firm):
    client = call("clerk_a")
    plan = planned(client, firm).json()["public_id"]

    first, again = (sent(client, f"plans/{plan}/cancel", because="改期") for _ in range(2))

    assert (first.status_code, again.status_code) == (204, 409)
