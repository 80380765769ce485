"""The opening balance: gaps by the law then in force, verified by another person, counted apart."""

from datetime import date

import pytest
from django.urls import reverse
from tests import cast, samples

from yipanqi.domain.projects import opening
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import materials
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
LIST = "/projects/openings/"


@pytest.fixture
def project(as_):
    """A project in talks that came in from an older ledger, without a single paper."""
    found = cast.project(name="旧台账里的项目", amount_fen=3_000_000_000)
    return brought_in(found)


def brought_in(found, **columns):
    known = {"is_opening": True, "opening_due_on": date(2018, 1, 31), **columns}
    Project.objects.filter(pk=found.pk).update(**known)
    found.refresh_from_db()
    return found


def verify(client, project):
    address = reverse("desk:opening-verify", args=[project.public_id])
    return client.post(address, {"version": project.version})


def test_what_a_passed_stage_asked_for_then_is_listed_with_owner_and_day(as_, project):
    brought_in(project, stage="signed", official="signed", stage_since=date(2018, 3, 20))

    text = as_("clerk_a").get(LIST).content.decode()

    assert "旧台账里的项目" in text
    gaps = opening.gaps(project)
    assert {gap.stage.code for gap in gaps} == {"signed"}
    assert {gap.sheet for gap in gaps} == {"changsha/gates/2018-01-01"}
    assert all(gap.requirement.message in text for gap in gaps)
    assert project.unit.short_name in text
    assert "2018-01-31" in text


def test_before_there_was_a_rule_nothing_was_asked_for(project):
    brought_in(project, stage="signed", official="signed", stage_since=date(2016, 5, 1))

    assert opening.gaps(project) == ()


def test_with_papers_missing_it_is_not_verified_and_the_page_says_which(as_, project):
    brought_in(project, stage="signed", official="signed", stage_since=date(2018, 3, 20))
    gaps = opening.gaps(project)

    answer = verify(as_("dispatcher"), project)

    assert answer.status_code == 422
    assert gaps[0].requirement.message in answer.content.decode()
    project.refresh_from_db()
    assert project.opening_verified_on is None


def test_another_person_verifies_it_once_and_it_is_counted_with_the_others(as_, project):
    before = opening.balance(seen_by=cast.dispatcher())

    answer = verify(as_("dispatcher"), project)
    verify(as_("dispatcher"), project)

    project.refresh_from_db()
    after = opening.balance(seen_by=cast.dispatcher())
    assert answer.status_code == 303
    assert (before.waiting, before.verified) == (1, 0)
    assert (after.waiting, after.verified) == (0, 1)
    assert before.waiting_fen == after.verified_fen
    assert project.opening_verified_on == clock.today()
    assert project.opening_verified_by_id == cast.dispatcher().id


def test_who_brought_it_in_does_not_verify_it(as_, project):
    assert verify(as_("clerk_a"), project).status_code == 403


def test_a_stale_look_verifies_nothing(as_, project):
    project.version += 1

    assert verify(as_("dispatcher"), project).status_code == 409


def test_another_units_opening_balance_is_out_of_sight(as_, project):
    brought_in(project, label="business_secret")

    assert "旧台账里的项目" not in as_("clerk_b").get(LIST).content.decode()
    assert opening.balance(seen_by=cast.clerk_b()).waiting == 0


def test_a_paper_that_is_attached_is_missed_no_more(project, evidence_home):
    brought_in(project, stage="signed", official="signed", stage_since=date(2018, 3, 20))
    missed = len(opening.gaps(project))

    materials.attach(project, samples.pdf(), kind="agreement", by=cast.clerk_a())

    assert len(opening.gaps(project)) < missed


def test_the_list_costs_no_more_questions_with_more_projects(
    as_, project, django_assert_max_num_queries
):
    for name in ("甲挖掘机", "乙起重机", "丙油缸"):
        brought_in(cast.project(name=name))
    client = as_("clerk_a")
    client.get(LIST)

    with django_assert_max_num_queries(12):
        client.get(LIST)
