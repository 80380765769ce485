"""Making a project out of a held lead."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.projects.models import Project

pytestmark = pytest.mark.django_db
GIVEN = {"name": "示例液压件生产基地项目", "label": "internal", "total_investment_fen": "52000"}


def found(client, lead, **changes):
    return client.post(reverse("desk:project-new", args=[lead.public_id]), GIVEN | changes)


def test_what_the_lead_knows_is_not_typed_again(as_):
    lead = cast.lead()

    answer = found(as_("clerk_a"), lead)

    project = Project.objects.get()
    assert answer["Location"] == reverse("desk:project", args=[project.public_id])
    assert (project.chain, project.link, project.enterprise) == (
        lead.chain, lead.link, lead.enterprise,
    )  # fmt: skip


def test_a_lead_that_waits_for_a_ruling_becomes_no_project(as_):
    cast.lead()
    pending = cast.lead(by=cast.clerk_b())

    assert found(as_("clerk_b"), pending).status_code == 409
    assert not Project.objects.exists()


def test_a_name_is_needed(as_):
    assert found(as_("clerk_a"), cast.lead(), name="").status_code == 422


def test_asking_twice_gives_one_project(as_):
    client, lead = as_("clerk_a"), cast.lead()
    found(client, lead)

    found(client, lead)

    assert Project.objects.count() == 1
