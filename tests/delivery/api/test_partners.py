"""Enterprises of leaders' lists over the API: the same filter as the desk."""

import pytest
from tests import partners

from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/chains/gongcheng-jixie/partners"


def test_an_enterprise_comes_with_the_lines_that_name_it(call, chain):
    made = partners.listed()

    told = call("dispatcher").get(ADDRESS, {"where": "outside"}).json()

    (row,) = told["rows"]
    assert (row["registry_id"], row["city"], row["is_here"]) == ("r7", "常州", False)
    assert row["statements"] == [
        {
            "list": made.public_id,
            "kind": "supply",
            "leader": partners.LEADER,
            "as_of": "2018-06-01",
            "source": "示例重工供应链部",
            "row": 2,
            "name": "江苏目标液压7号有限公司",
            "product": "主阀",
            "link": "gcjx-yeya",
            "year": 2018,
            "matched_by": "name",
            "confidence": "1.00",
        }
    ]


def test_a_secret_list_counts_for_no_park(call, chain):
    partners.listed(label=Label.BUSINESS_SECRET)

    assert call("clerk_a").get(ADDRESS).json()["total"] == 0
    assert call("dispatcher").get(ADDRESS).json()["total"] == 1


def test_an_unknown_chain_is_a_404_and_an_unknown_place_a_422(call, chain):
    client = call("dispatcher")

    assert client.get("/api/v1/chains/none/partners").status_code == 404
    assert client.get(ADDRESS, {"where": "moon"}).status_code == 422


def test_targets_are_narrowed_to_those_on_lists(call, study):
    partners.listed()

    told = call("dispatcher").get("/api/v1/chains/gongcheng-jixie/targets", {"tie": "partner"})

    assert [row["registry_id"] for row in told.json()["rows"]] == ["r7"]
