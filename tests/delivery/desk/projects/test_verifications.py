"""A stage is submitted, verified by another person, and counts from that day."""

import pytest
from django.urls import reverse
from tests import cast
from tests.domain.projects.road import make_signable

from yipanqi.domain.projects import life
from yipanqi.domain.projects.services import stages, verifying

pytestmark = pytest.mark.django_db


@pytest.fixture
def move(city):
    project = cast.project()
    make_signable(project)
    return stages.advance(project, to="signed", by=cast.clerk_a())


def text(client, name, *parts):
    answer = client.get(reverse(f"desk:{name}", args=parts))
    assert answer.status_code == 200
    return answer.content.decode()


def pressed(client, move, version=None, name="move-verify"):
    move.project.refresh_from_db()
    version = move.project.version if version is None else version
    return client.post(reverse(f"desk:{name}", args=[move.public_id]), {"version": version})


def test_what_waits_is_shown_as_such_and_the_verifier_finds_it_on_their_day(as_, move):
    assert "待我核验（1）" in text(as_("dispatcher"), "today")
    assert "待我核验" not in text(as_("clerk_a"), "today")
    shown = text(as_("clerk_a"), "project", move.project.public_id)
    assert "待核验：进入签约" in shown
    assert "核验通过" not in shown
    assert "进入签约待核验" in text(as_("clerk_a"), "board")


def test_a_verified_stage_counts_in_the_figures_of_the_year(as_, move):
    client = as_("dispatcher")
    page = text(client, "verifications")
    assert move.project.name in page

    answer = pressed(client, move)

    assert answer.status_code == 303
    assert life.pending(move.project) is None
    shown = text(client, "project", move.project.public_id)
    assert "已核验，计入" in shown
    assert "没有待您核验的阶段变动" in text(client, "verifications")


def test_what_was_changed_after_the_page_was_made_is_a_conflict(as_, move):
    answer = pressed(as_("dispatcher"), move, version=1)

    assert answer.status_code == 409
    assert "已被修改" in answer.content.decode()
    assert life.pending(move.project)


@pytest.mark.parametrize("version", ["", "x", "9" * 40])
def test_a_nonsense_version_is_a_conflict(as_, move, version):
    assert pressed(as_("dispatcher"), move, version=version).status_code == 409


def test_the_submitter_and_who_has_no_such_post_verify_nothing(as_, move):
    assert pressed(as_("clerk_a"), move).status_code == 403
    assert pressed(as_("auditor"), move).status_code == 403
    assert pressed(as_("clerk_b"), move).status_code == 404


def test_sending_back_needs_a_reason_and_tells_the_submitter(as_, move):
    client = as_("dispatcher")
    there = reverse("desk:move-return", args=[move.public_id])
    assert client.get(there).status_code == 200
    assert client.post(there, {"because": ""}).status_code == 422

    assert client.post(there, {"because": "协议缺盖章页"}).status_code == 303

    day = text(as_("clerk_a"), "today")
    assert "退回补正" in day
    assert "协议缺盖章页" in day
    assert client.post(there, {"because": "再退一次"}).status_code == 409


def test_the_submitter_takes_it_back(as_, move):
    answer = as_("clerk_a").post(reverse("desk:move-take-back", args=[move.public_id]))

    assert answer.status_code == 303
    assert life.pending(move.project) is None


def test_the_list_of_what_waits_asks_the_same_number_of_questions(
    as_, city, django_assert_max_num_queries
):
    for word in "甲乙丙丁戊己庚辛壬癸":
        project = cast.project(f"{word}项目")
        make_signable(project)
        stages.advance(project, to="signed", by=cast.clerk_a())
    client = as_("dispatcher")
    text(client, "verifications")

    with django_assert_max_num_queries(12):
        assert text(client, "verifications").count("乙项目") == 1


def test_moved_back_it_counts_no_more(as_, move):
    verifying.verify(move, expecting=move.project.version, by=cast.dispatcher())
    client = as_("dispatcher")
    there = reverse("desk:project-back", args=[move.project.public_id])
    assert "退回后" in client.get(there).content.decode()

    answer = client.post(there, {"to": "talking", "because": "协议未生效"})

    assert answer.status_code == 303
    assert "已退回，不再计入" in text(client, "project", move.project.public_id)


def test_a_skip_tells_what_is_missing_on_its_way(as_, city):
    project = cast.project()
    there = reverse("desk:project-skip", args=[project.public_id])
    given = {"to": "started", "because": "签约即开工"}

    assert as_("clerk_a").post(there, given).status_code == 403
    answer = as_("dispatcher").post(there, given)

    assert answer.status_code == 422
    assert "签约须附投资协议" in answer.content.decode()
