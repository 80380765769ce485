"""A review through the interface: exact points as strings, and refusals as problems."""

import pytest
from tests import cast
from tests.reviewers import reviewed

pytestmark = pytest.mark.django_db


def sent(client, address, method="post", **body):
    return getattr(client, method)(f"/api/v1/{address}", body, content_type="application/json")


def test_a_project_is_handed_in_and_scored(call):
    project = cast.project()
    project.project_class = "land"
    project.save()
    figures = {"annual_tax_wan": "800", "land_mu": "100"}

    told = sent(call("dispatcher"), "reviews", project=project.public_id, facts=figures).json()

    lines = {each["indicator"]: each for score in told["scores"] for each in score["lines"]}
    assert lines["tax_per_mu"]["points"] == "9.80"
    assert lines["output_per_mu"]["points"] is None
    assert [each["body"] for each in told["sittings"]] == ["committee", "executive", "land"]
    assert told["facts"] == figures


def test_a_refusal_says_what_is_wanting(call):
    _, review = reviewed()
    minutes = {"body": "committee", "outcome": "passed", "held_on": "2018-01-01", "minutes_no": "3"}

    told = sent(call("dispatcher"), f"reviews/{review.public_id}/decisions", **minutes)

    assert told.status_code == 422
    assert "会签未齐" in told.json()["detail"]


@pytest.mark.parametrize("figure", ["-1", "1e5000", "NaN", "١٢"])
def test_an_absurd_figure_is_a_problem_and_no_fault(call, figure):
    _, review = reviewed()

    told = sent(call("dispatcher"), f"reviews/{review.public_id}/facts", "patch", land_mu=figure)

    assert told.status_code == 422


def test_only_the_figures_that_are_sent_change(call):
    _, review = reviewed()
    client, there = call("dispatcher"), f"reviews/{review.public_id}/facts"
    sent(client, there, "patch", land_mu="30", annual_tax_wan="90")

    told = sent(client, there, "patch", land_mu=None).json()

    assert told["facts"] == {"annual_tax_wan": "90"}
