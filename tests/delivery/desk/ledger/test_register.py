"""The ledger's screens."""

import pytest
from django.urls import reverse
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_subjects_lines_are_sentences_with_names(as_):
    project = cast.project()

    text = as_("clerk_a").get(reverse("desk:timeline", args=["projects", project.public_id]))

    assert "建立项目" in text.content.decode()
    assert "甲园区经办" in text.content.decode()


@pytest.mark.parametrize("room", ["projects", "people", "nothing"])
def test_a_subject_that_is_not_there_is_not_found(as_, room):
    address = reverse("desk:timeline", args=[room, "2" * 12])

    assert as_("clerk_a").get(address).status_code == 404


def test_who_checks_the_ledger_sees_it_across_subjects(as_):
    cast.project()

    text = as_("auditor").get(reverse("desk:ledger")).content.decode()

    assert "建立项目" in text
    assert "尚未封存" in text


def test_who_does_not_check_it_is_sent_to_the_subjects(as_):
    assert as_("clerk_a").get(reverse("desk:ledger")).status_code == 403
