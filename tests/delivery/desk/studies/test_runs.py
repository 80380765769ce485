"""The runs of the engine on screen: started, watched, stopped and taken up again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import cast
from tests.domain.studies.test_publishing import RANKING

from yipanqi.domain.studies.models import Run, RunState, Study
from yipanqi.domain.studies.services import running
from yipanqi.domain.studies.services.running import Step
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

STEP = Step("gongcheng-jixie", "工程机械", "made", "工程机械：强 0、弱 1、缺 0；招引目标 1 家次")


@pytest.fixture
def work(chain):
    """A run at work, one of two chains through."""
    running.ask("长沙", by=cast.dispatcher())
    taken = running.take()
    running.begin(taken, snapshot="made-up-1", total=2)
    running.publish(taken, RANKING, STEP, since=clock.now(), by=HOUSE)
    return taken


def page_of(as_, run=None, name="dispatcher"):
    address = reverse("desk:run", args=[(run or Run.objects.get()).public_id])
    return as_(name).get(address).content.decode()


def test_a_run_is_started_by_one_click_and_a_second_click_is_told(as_, chain):
    client = as_("dispatcher")

    answer = client.post(reverse("desk:run-start"))

    run = Run.objects.get()
    assert answer.headers["Location"] == reverse("desk:run", args=[run.public_id])
    assert "排队中" in page_of(as_)
    assert client.post(reverse("desk:run-start")).status_code == 409


@pytest.mark.parametrize("name", ["arbiter", "member", "auditor"])
def test_who_may_not_run_studies_sees_runs_without_buttons(as_, work, name):
    text = page_of(as_, name=name)
    address = reverse("desk:run-cancel", args=[Run.objects.get().public_id])

    assert "1 / 2" in text
    assert address not in text
    assert reverse("desk:run-start") not in as_(name).get(reverse("desk:runs")).content.decode()
    assert as_(name).post(address).status_code == 403
    assert as_(name).post(reverse("desk:run-start")).status_code == 403


def test_progress_is_asked_for_again_while_the_run_lives_and_no_longer(as_, work):
    text = page_of(as_)
    assert '<progress max="2"' in text
    assert 'hx-trigger="every 3s"' in text
    assert "<noscript>" in text

    running.finish(work)

    assert "every 3s" not in page_of(as_)


def test_a_run_lists_what_it_found_with_sheets_and_code(as_, work):
    text = page_of(as_)

    assert "工程机械 · 环节诊断" in text
    assert "changsha/ranking/2018-01-01" in text
    assert Study.objects.first().code_version in text


def test_cancelling_says_what_happens_and_then_offers_to_go_on(as_, work):
    run = Run.objects.get()
    as_("dispatcher").post(reverse("desk:run-cancel", args=[run.public_id]))
    assert "手头这条产业链做完就停" in page_of(as_)

    running.stop(work)
    assert reverse("desk:run-resume", args=[run.public_id]) in page_of(as_)
    as_("dispatcher").post(reverse("desk:run-resume", args=[run.public_id]))

    assert Run.objects.get().state == RunState.QUEUED


def test_steering_what_has_ended_is_a_conflict(as_, work):
    running.finish(work)
    run = Run.objects.get()

    for name in ("run-cancel", "run-resume"):
        assert (
            as_("dispatcher").post(reverse(f"desk:{name}", args=[run.public_id])).status_code == 409
        )


def test_a_failure_is_read_with_its_remedy(as_, work):
    running.fail(work, "磁盘已满。请在数据目录腾出空间后继续")

    assert "请在数据目录腾出空间后继续" in page_of(as_)


def test_a_dead_process_is_told_and_so_is_a_queue_nobody_works_on(as_, work):
    client = as_("dispatcher")
    run = Run.objects.get()
    Run.objects.update(heartbeat_at=clock.now() - timedelta(minutes=3))
    assert "会自动接着做" in page_of(as_, run)

    Run.objects.update(state="queued", asked_at=clock.now() - timedelta(minutes=5))
    assert (
        "后台任务可能没有启动"
        in client.get(reverse("desk:run", args=[run.public_id])).content.decode()
    )


def test_the_list_shows_runs_and_the_data_they_went_over(as_, work):
    text = as_("clerk_a").get(reverse("desk:runs")).content.decode()

    assert "1 / 2" in text
    assert "made-up-1" in text


def test_many_runs_cost_no_more_questions_than_few(as_, chain, django_assert_max_num_queries):
    by = cast.dispatcher()
    for _ in range(60):
        running.ask("长沙", by=by)
        running.finish(running.take())

    client = as_("dispatcher")
    with django_assert_max_num_queries(14):
        text = client.get(reverse("desk:runs")).content.decode()
    assert "第 1 / 2 页" in text


def test_the_chains_lead_to_the_runs(as_, chain):
    assert reverse("desk:runs") in as_("clerk_a").get(reverse("desk:chains")).content.decode()


def test_chains_that_did_not_change_are_named_in_one_line(as_, work):
    kept = Step("gongcheng-jixie", "工程机械", "kept", "工程机械：沿用已有研判")
    running.keep(work, kept)

    text = page_of(as_)

    assert "沿用原研判的产业链 1 条" in text
    assert "沿用已有研判" not in text.split("沿用原研判的产业链")[1].split("</p>")[0]
