"""A run is at one process at a time, stops when asked, and goes on where it stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests import cast
from tests.domain.studies.test_publishing import DIAGNOSIS, RANKING

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.models import Run, RunCause, RunState, Study
from yipanqi.domain.studies.services import running
from yipanqi.domain.studies.services.running import Step
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

STEP = Step("gongcheng-jixie", "工程机械", "made", "工程机械：强 0、弱 1、缺 0")


@pytest.fixture
def work():
    running.ask("长沙", by=cast.dispatcher())
    taken = running.take()
    running.begin(taken, snapshot="made-up-1", total=22)
    return taken


def now_in(**time):
    later = clock.now() + timedelta(**time)
    return clock.using(lambda: later)


def put_in_force(work, found=RANKING):
    running.publish(work, found, STEP, since=clock.now(), by=HOUSE)


def test_a_run_asked_for_waits_and_stands_in_the_ledger():
    run = running.ask("长沙", by=cast.dispatcher())

    assert (run.state, run.asked_by.username) == (RunState.QUEUED, "dispatcher")
    assert Entry.objects.get(kind="studies.run_asked").stream == f"studies/{run.public_id}"


def test_there_are_never_two_live_runs(work):
    with pytest.raises(running.AlreadyRunning, match="已有一次研判"):
        running.ask("长沙", by=cast.dispatcher())
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(city="长沙", asked_at=clock.now())


def test_who_may_not_run_studies_starts_none():
    with pytest.raises(NotAllowed, match="运行研判"):
        running.ask("长沙", by=cast.arbiter())

    assert not Run.objects.exists()


def test_a_run_being_heard_of_is_nobody_elses(work):
    with now_in(seconds=100):
        running.beat(work)
    with now_in(seconds=200):
        assert running.take() is None


def test_what_a_run_makes_names_the_run_and_when_it_was_worked_on(work):
    since = clock.now()
    running.publish(work, RANKING, STEP, since=since, by=HOUSE)

    run = Run.objects.get()
    study = Study.objects.get(kind="targets")
    assert (study.run, study.started_at) == (run, since)
    assert (run.done_steps, run.total_steps, run.told) == (1, 22, STEP.told)
    assert [each.kind for each in runs.studies(run)] == ["diagnosis", "targets"]


def test_a_silent_run_goes_to_the_next_process_and_the_first_can_do_no_more(work):
    with now_in(minutes=3):
        other = running.take()

        assert other.run_id == work.run_id
        with pytest.raises(running.Superseded):
            put_in_force(work)
        assert not Study.objects.exists()
        put_in_force(other)
    assert Study.objects.filter(current=True).count() == 2


def test_a_run_whose_process_died_three_times_fails_and_says_what_to_do(work):
    with now_in(minutes=3):
        running.take()
    with now_in(minutes=6):
        running.take()
    with now_in(minutes=9):
        assert running.take() is None

    run = Run.objects.get()
    assert run.state == RunState.FAILED
    assert "内存不足" in run.fault


def test_a_waiting_run_is_cancelled_at_once():
    run = running.ask("长沙", by=cast.dispatcher())

    running.cancel(run, by=cast.dispatcher())

    assert Run.objects.get().state == RunState.CANCELLED
    assert running.take() is None


def test_a_run_at_work_stops_before_its_next_chain_and_keeps_what_is_through(work):
    put_in_force(work)
    running.cancel(Run.objects.get(), by=cast.dispatcher())
    assert Run.objects.get().state == RunState.RUNNING

    with pytest.raises(running.CancelAsked):
        running.note(work, "下一条")
    running.stop(work)

    run = Run.objects.get()
    assert (run.state, run.done_steps) == (RunState.CANCELLED, 1)
    assert Study.objects.filter(current=True).count() == 2


def test_a_dead_run_is_cancelled_at_once(work):
    with now_in(minutes=3):
        running.cancel(Run.objects.get(), by=cast.dispatcher())

    assert Run.objects.get().state == RunState.CANCELLED


def test_a_finished_run_says_so_last(work):
    running.note(work, "最后一步…")
    running.finish(work)

    run = Run.objects.get()
    assert (run.state, run.told) == (RunState.DONE, "全部产业链已是最新")


def test_what_has_ended_is_not_cancelled(work):
    running.finish(work)

    with pytest.raises(running.NotUnderWay):
        running.cancel(Run.objects.get(), by=cast.dispatcher())


def test_a_failed_run_is_taken_up_again_and_counts_as_live(work):
    running.fail(work, "磁盘已满")
    running.resume(Run.objects.get(), by=cast.dispatcher())

    run = Run.objects.get()
    assert (run.state, run.fault, run.ended_at) == (RunState.QUEUED, "", None)
    with pytest.raises(running.AlreadyRunning):
        running.ask("长沙", by=cast.dispatcher())
    assert running.take().run_id == run.pk


def test_only_what_stopped_is_taken_up_again_and_only_while_nothing_else_runs(work):
    running.stop(work)
    stopped = Run.objects.get()
    other = running.ask("长沙", by=cast.dispatcher())

    with pytest.raises(running.AlreadyRunning):
        running.resume(stopped, by=cast.dispatcher())
    with pytest.raises(running.NotStopped):
        running.resume(other, by=cast.dispatcher())


def test_the_process_that_asks_takes_the_run_that_waits():
    waiting = running.ask("长沙", by=cast.dispatcher())

    assert running.ask_and_take("长沙", by=HOUSE).run_id == waiting.pk
    with pytest.raises(running.AlreadyRunning):
        running.ask_and_take("长沙", by=HOUSE)


WANTED = {
    ("diagnosis", "gongcheng-jixie"): {**DIAGNOSIS.sheets},
    ("targets", "gongcheng-jixie"): {**DIAGNOSIS.sheets, RANKING.sheet: RANKING.sheet_digest},
}


@pytest.mark.parametrize(
    ("wanted", "snapshot", "code", "cause"),
    [
        (WANTED, "made-up-1", None, None),
        (WANTED, "made-up-2", None, RunCause.REGISTRY),
        ({**WANTED, ("targets", "other"): {}}, "made-up-1", None, RunCause.FIRST),
        ({**WANTED, ("targets", "gongcheng-jixie"): {}}, "made-up-1", None, RunCause.SHEETS),
        (WANTED, "made-up-1", "0.0.9", RunCause.CODE),
    ],
)
def test_a_run_is_due_when_data_sheets_or_code_are_others(work, wanted, snapshot, code, cause):
    put_in_force(work)
    if code:
        Study.objects.update(code_version=code)

    assert runs.cause(wanted, snapshot) == cause


def test_nothing_starts_by_itself_against_a_persons_cancellation(work):
    running.stop(work)

    assert runs.stands_in_the_way(RunCause.SHEETS, "made-up-1", since=None) == "cancelled"
    assert runs.stands_in_the_way(RunCause.SHEETS, "made-up-2", since=None) == ""
    with now_in(minutes=1):
        changed = clock.now()
    assert runs.stands_in_the_way(RunCause.SHEETS, "made-up-1", since=changed) == ""


def test_a_failed_run_is_tried_again_after_an_hour_three_times_in_all(work):
    running.fail(work, "磁盘已满")
    assert runs.stands_in_the_way(RunCause.FIRST, "made-up-1", since=None) == "failed"

    for hours in (2, 4):
        with now_in(hours=hours):
            assert runs.stands_in_the_way(RunCause.FIRST, "made-up-1", since=None) == ""
            running.ask("长沙", by=HOUSE, snapshot="made-up-1")
            running.fail(running.take(), "磁盘已满")
    with now_in(hours=9):
        assert runs.stands_in_the_way(RunCause.FIRST, "made-up-1", since=None) == "failed"


def test_a_run_that_changed_nothing_is_not_started_over_and_over(work):
    put_in_force(work, replace(RANKING, sheet_digest="other"))
    running.finish(work)

    assert runs.stands_in_the_way(RunCause.SHEETS, "made-up-1", since=None) == "done"
    assert runs.stands_in_the_way(RunCause.CODE, "made-up-1", since=None) == ""
