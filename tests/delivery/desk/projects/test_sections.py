"""Editing a section, and what happens when somebody else did so meanwhile."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.projects.models import Project

pytestmark = pytest.mark.django_db


def edit(client, project, section, version=None, **given):
    address = reverse("desk:project-edit", args=[project.public_id, section])
    return client.post(address, given | {"version": version or project.version})


def test_an_amount_is_typed_in_wan_and_kept_in_fen(as_):
    project = cast.project()

    edit(as_("clerk_a"), project, "money", total_investment_fen="52,000.5", project_class="land")

    project.refresh_from_db()
    assert project.total_investment_fen == 52_000_500_000
    assert project.project_class == "land"
    assert project.fixed_investment_fen is None


def test_every_section_opens(as_):
    client, project = as_("clerk_a"), cast.project()

    for section in ("investor", "responsibility", "money", "agreement", "registration", "filing",
                    "land", "construction", "completion"):  # fmt: skip
        assert (
            client.get(reverse("desk:project-edit", args=[project.public_id, section])).status_code
            == 200
        )


def test_someone_elses_newer_change_is_shown_and_not_overwritten(as_):
    project, client = cast.project(), as_("clerk_a")
    edit(client, project, "money", total_investment_fen="60000")

    answer = edit(client, project, "money", version=1, total_investment_fen="70000")

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "70000" in text
    assert "6.00 亿元" in text
    assert Project.objects.get().total_investment_fen == 60_000_000_000


def test_after_seeing_the_conflict_ones_own_value_can_be_saved(as_):
    project, client = cast.project(), as_("clerk_a")
    edit(client, project, "money", total_investment_fen="60000")

    edit(client, project, "money", version=2, total_investment_fen="70000")

    assert Project.objects.get().total_investment_fen == 70_000_000_000


@pytest.mark.parametrize(
    ("section", "given", "says"),
    [
        (
            "money",
            {"total_investment_fen": "100", "fixed_investment_fen": "200"},
            "不能大于计划总投资",
        ),
        ("agreement", {"agreement_signed_on": "2999-01-01"}, "还没有到"),
        ("investor", {"name": "机密★项目", "label": "internal"}, "国家秘密"),
        ("money", {"total_investment_fen": "-1"}, "不能为负数"),
    ],
)
def test_an_absurd_value_is_refused_with_the_remedy(as_, section, given, says):
    answer = edit(as_("clerk_a"), cast.project(), section, **given)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_leader_and_a_park_are_kept_by_reference(as_):
    project, client = cast.project(), as_("clerk_a")
    officer = cast.officer("clerk_a")

    edit(client, project, "responsibility", leader=str(officer.pk), team_note="专班")

    project.refresh_from_db()
    assert project.leader == officer
    assert project.team_note == "专班"


def test_an_unknown_section_is_not_found(as_):
    assert edit(as_("clerk_a"), cast.project(), "nothing").status_code == 404
