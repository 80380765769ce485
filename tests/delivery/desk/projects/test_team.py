"""The screen of a project's team and pledges."""

import pytest
from tests import cast

from yipanqi.domain.projects import queries, roster
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def there(city):
    return f"/projects/{cast.project().public_id}/team/"


def test_a_member_comes_in_is_handed_over_and_leaves(as_, there):
    desk, today = as_("clerk_a"), clock.today().isoformat()
    clerk, other = cast.officer("clerk_a"), cast.officer("member")
    assert there in text(desk.get(there.removesuffix("team/")))

    assert "请选人员" in text(desk.post(f"{there}new/", {"role": "head", "since": today}), 422)
    sent = {"role": "head", "since": today, "officer": clerk.public_id}
    assert desk.post(f"{there}new/", sent).status_code == 303
    project = queries.find(there.split("/")[2], seen_by=cast.clerk_a())
    member = roster.team(project)[0]
    page = text(desk.get(there))
    assert "组长" in page
    leave = f"/projects/team/{member.public_id}/leave/"
    prefix = member.public_id
    refused = desk.post(leave, {f"{prefix}-on": "", f"{prefix}-officer": ""})
    assert refused.status_code == 422
    gone = desk.post(leave, {f"{prefix}-on": today, f"{prefix}-officer": ""})
    assert gone.status_code == 303
    assert desk.post(leave, {f"{prefix}-on": today}).status_code == 409
    assert other.public_id not in text(as_("auditor").get(there))


def test_a_pledge_is_told_on_today_until_it_is_kept(as_, there):
    desk, today = as_("clerk_a"), clock.today().isoformat()
    sent = {"pledge-text": "三个月内通水通电", "pledge-made_on": today, "pledge-due": today}
    assert desk.post(f"{there}pledges/", sent).status_code == 303
    assert "三个月内通水通电" in text(desk.get("/"))
    pledge = roster.pledged(seen_by=cast.clerk_a(), until=clock.today())[0]

    prefix, close = pledge.public_id, f"/projects/pledges/{pledge.public_id}/close/"
    kept = {f"{prefix}-how": "keep", f"{prefix}-on": today, f"{prefix}-words": "已通水通电"}
    assert desk.post(close, kept).status_code == 303

    assert "三个月内通水通电" not in text(desk.get("/"))
    assert desk.post(close, kept).status_code == 409


def test_a_joint_unit_is_listed_and_leaves(as_, there):
    desk = as_("dispatcher")
    sent = {"joint-unit": "dept-fagai", "joint-duty": "立项"}
    assert desk.post(f"{there}joint/", sent).status_code == 303
    assert "立项" in text(desk.get(there))


def test_another_park_finds_no_team(as_, there):
    assert as_("clerk_b").get(there).status_code == 404
    assert as_("clerk_b").post(f"{there}pledges/", {}).status_code == 404


def test_a_reader_sees_and_changes_nothing(as_, there):
    desk = as_("auditor")

    assert "加入专班" not in text(desk.get(there))
    assert desk.post(f"{there}joint/", {"joint-unit": "dept-fagai"}).status_code == 403
