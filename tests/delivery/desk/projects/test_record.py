"""One project: shown, moved on, given files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast, samples

from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects.models import Project
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


def address(project, name="project", *more):
    return reverse(f"desk:{name}", args=[project.public_id, *more])


def attached(client, project, content=samples.PDF, name="协议.pdf"):
    given = {"kind": "agreement", "file": SimpleUploadedFile(name, content)}
    return client.post(address(project, "attach"), given)


def test_what_is_missing_for_the_next_stage_is_named_with_remedy_and_source(as_):
    text = as_("clerk_a").get(address(cast.project())).content.decode()

    for word in ("下一步：签约", "签约须附投资协议", "上传签字盖章", "示例"):
        assert word in text


def test_a_closed_gate_changes_nothing_and_says_why(as_):
    project = cast.project()

    answer = as_("clerk_a").post(address(project, "advance", "signed"))

    assert answer.status_code == 422
    assert "签约须附投资协议" in answer.content.decode()
    assert Project.objects.get().stage == project.stage


def test_a_stage_that_is_not_next_is_a_conflict(as_):
    project = cast.project()

    assert as_("clerk_a").post(address(project, "advance", "built")).status_code == 409


@pytest.mark.parametrize("name", ["project", "attach"])
def test_another_parks_confidential_project_does_not_exist(as_, name):
    project = cast.project(label=Label.BUSINESS_SECRET)
    client = as_("clerk_b")

    answer = client.get(address(project)) if name == "project" else attached(client, project)

    assert answer.status_code == 404


def test_its_ledger_its_files_and_its_edit_do_not_exist_either(as_):
    project = cast.project(label=Label.BUSINESS_SECRET)
    attached(as_("clerk_a"), project)
    file = EvidenceFile.objects.get(kind="agreement")
    client = as_("clerk_b")

    for path in (
        reverse("desk:timeline", args=["projects", project.public_id]),
        reverse("desk:file", args=[file.public_id]),
        address(project, "project-edit", "money"),
    ):
        assert client.get(path).status_code == 404


def test_a_material_is_kept_and_stands_in_its_section(as_):
    project, client = cast.project(), as_("clerk_a")

    attached(client, project)

    assert "协议.pdf" in client.get(address(project)).content.decode()
    assert Entry.objects.filter(kind="evidence.attached", stream__startswith="projects/").exists()


def test_a_refused_material_is_named_with_the_remedy(as_):
    answer = attached(as_("clerk_a"), cast.project(), content=b"", name="空.pdf")

    assert answer.status_code == 422
    assert "空文件" in answer.content.decode()


def test_a_file_comes_as_an_attachment_and_its_taking_is_recorded(as_):
    client = as_("clerk_a")
    attached(client, cast.project())
    file = EvidenceFile.objects.get(kind="agreement")

    answer = client.get(reverse("desk:file", args=[file.public_id]))

    assert b"".join(answer.streaming_content) == samples.PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(kind="evidence.downloaded").count() == 1


def test_a_reader_gets_no_buttons_and_no_changes(as_):
    project = cast.project()
    client = as_("auditor")

    text = client.get(address(project)).content.decode()

    assert "上传佐证材料" not in text
    assert client.post(address(project, "advance", "signed")).status_code == 403


def test_the_history_is_told_in_words_and_not_in_codes(as_):
    project, client = cast.project(), as_("clerk_a")
    attached(client, project)

    text = client.get(address(project)).content.decode()

    assert "附上投资协议" in text
    assert "附上agreement" not in text
