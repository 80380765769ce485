"""A project is ended with a reason, shown as ended, kept out of lists, and read-only."""

import pytest
from django.urls import reverse
from tests import cast
from tests.domain.projects.road import attach, signed

pytestmark = pytest.mark.django_db


def address(project, name, *more):
    return reverse(f"desk:{name}", args=[project.public_id, *more])


def end(client, project, how="withdrawn", because="客商放弃"):
    return client.post(address(project, "project-end", how), {"because": because})


def test_withdrawing_needs_a_reason_and_leaves_the_list(as_, city):
    project, client = cast.project(), as_("clerk_a")
    assert client.get(address(project, "project-end", "withdrawn")).status_code == 200
    assert end(client, project, because=" ").status_code == 422

    assert end(client, project).status_code == 303

    shown = client.get(address(project, "project")).content.decode()
    assert "已退库" in shown
    assert "上传佐证材料" not in shown
    assert project.name not in client.get(reverse("desk:projects")).content.decode()
    listed = client.get(reverse("desk:projects"), {"ended": "withdrawn"}).content.decode()
    assert project.name in listed


def test_nothing_of_an_ended_project_can_be_changed(as_, city):
    project, client = cast.project(), as_("clerk_a")
    end(client, project)
    project.refresh_from_db()

    edited = client.post(
        address(project, "project-edit", "agreement"),
        {"version": project.version, "agreement_signed_on": "2018-01-02"},
    )

    assert edited.status_code == 409
    assert client.post(address(project, "advance", "ready")).status_code == 409


def test_a_way_not_open_is_a_conflict_and_one_there_is_not_a_404(as_, city):
    project, client = signed(), as_("clerk_a")

    assert end(client, project).status_code == 409
    assert end(client, project, how="moved").status_code == 409
    assert end(client, project, how="nowhere").status_code == 404
    assert end(client, project, how="terminated").status_code == 403


def test_a_termination_says_which_paper_is_missing(as_, city):
    project, client = signed(), as_("dispatcher")

    refused = end(client, project, how="terminated")
    assert refused.status_code == 422
    assert "解除" in refused.content.decode()

    attach(project, "exit_agreement")
    assert end(client, project, how="terminated").status_code == 303


def test_reopened_it_goes_on_and_archived_it_does_not(as_, city):
    project, client = cast.project(), as_("dispatcher")
    end(client, project)
    assert "重启项目" in client.get(address(project, "project")).content.decode()
    assert client.get(address(project, "project-reopen")).status_code == 200

    answer = client.post(address(project, "project-reopen"), {"because": "客商回来"})
    assert answer.status_code == 303
    assert client.post(address(project, "project-archive")).status_code == 409

    end(client, project)
    assert client.post(address(project, "project-archive")).status_code == 303
    assert "已归档" in client.get(address(project, "project")).content.decode()
    again = client.post(address(project, "project-reopen"), {"because": "客商回来"})
    assert again.status_code == 409
