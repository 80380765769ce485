"""A requirement is waived by who may, with a reason and a day, and shown as waived."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import cast
from tests.domain.projects.road import change, make_signable

from yipanqi.domain.projects import life
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
ROW = "signed-fixed"


@pytest.fixture
def project(city):
    found = cast.project()
    make_signable(found)
    change(found, fixed_investment_fen=None)
    return found


def waive(client, project, row=ROW, **given):
    until = (clock.today() + timedelta(days=30)).isoformat()
    sent = {"reason": "专题会议纪要〔2018〕5号", "until": until} | given
    return client.post(reverse("desk:waive", args=[project.public_id, row]), sent)


def text(client, project):
    return client.get(reverse("desk:project", args=[project.public_id])).content.decode()


def test_who_may_waive_finds_the_way_and_others_do_not(as_, project):
    there = reverse("desk:waive", args=[project.public_id, ROW])

    assert there in text(as_("arbiter"), project)
    assert there not in text(as_("clerk_a"), project)
    assert as_("arbiter").get(there).status_code == 200
    assert as_("clerk_a").get(there).status_code == 403


def test_a_waived_requirement_is_shown_as_waived_and_can_be_revoked(as_, project):
    client = as_("arbiter")
    assert waive(client, project).status_code == 303

    shown = text(client, project)
    assert "已豁免，不算满足" in shown
    (waiver,) = life.waivers(project)
    there = reverse("desk:waiver-revoke", args=[waiver.public_id])
    assert as_("clerk_a").post(there).status_code == 403
    assert client.post(there).status_code == 303
    assert client.post(there).status_code == 409
    assert "已撤销" in text(client, project)


@pytest.mark.parametrize("given", [{"reason": " "}, {"until": "2018-01-01"}, {"until": "明天"}])
def test_a_waiver_without_reason_or_day_is_asked_for(as_, project, given):
    assert waive(as_("arbiter"), project, **given).status_code == 422
    assert life.waivers(project) == []


def test_what_law_asks_for_is_refused_with_its_source(as_, project):
    answer = waive(as_("arbiter"), project, row="started-filing-code")

    assert answer.status_code == 422
    assert "依法必备" in answer.content.decode()


def test_a_row_the_sheet_has_not_is_not_found(as_, project):
    assert waive(as_("arbiter"), project, row="no-such-row").status_code == 404


def test_the_certifying_unit_stands_by_what_is_missing(as_, project):
    change(project, site_kind="new_land")

    assert "依法必备，不得豁免" in text(as_("clerk_a"), cast.project("另一项目"))
