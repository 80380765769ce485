"""Runs of the studies: carried out, killed for real and taken up again, computed again."""

import json
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from tests import cast, registry_in_force
from tests.engine.small_registry import Firm

from yipanqi.delivery.jobs import recounts, renewals, studies
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.models import Recount, Run, RunCause, RunState, Study, Target
from yipanqi.domain.studies.services import recounting, running
from yipanqi.engine import code, stores
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("city")]
DUE = 2
# Verdicts, targets and missing businesses of each chain.
KINDS = 3
# Makes elsewhere what it does not make here.
GROUP = (
    Firm("武汉甲泵业有限公司", "武汉", "液压件制造"),
    Firm("武汉甲泵业有限公司长沙分公司", "长沙", "餐饮服务", None),
)
# What the process that works on runs does, on the very database of the test.
WORKER = """
import django
django.setup()
from yipanqi.delivery.jobs import studies
studies.work_off()
"""


@pytest.fixture
def registry(tmp_path, settings, monkeypatch):
    """Three firms and a group in force as the registry of a home of their own."""
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    settings.REGISTRY_HOME = tmp_path
    return registry_in_force.publish(tmp_path, indexed=False, more=GROUP)


@pytest.fixture
def asked(registry):
    """What is asked of the registry, all but two chains of it answered."""
    found = studies.question(registry)
    answered = [each.chain for each in found.chains[DUE:]]
    Study.objects.bulk_create(
        Study(
            kind=kind,
            chain=chain,
            city="长沙",
            snapshot=found.snapshot,
            sheets=dict(sheets),
            code_version=code.version(),
            state="done",
            current=True,
            started_at=clock.now(),
        )
        for (kind, chain), sheets in found.wanted.items()
        if chain in answered
    )
    return found


def one_due(asked):
    """Leave one chain to be answered, and give it."""
    kept = asked.chains[1].chain
    for kind in ("diagnosis", "targets"):
        Study.objects.create(
            kind=kind,
            chain=kept,
            city="长沙",
            snapshot=asked.snapshot,
            sheets=dict(asked.wanted[kind, kept]),
            code_version=code.version(),
            state="done",
            current=True,
            started_at=clock.now(),
        )
    return asked.chains[0]


def test_a_run_answers_what_is_due_and_keeps_the_rest(asked):
    chain = one_due(asked)

    told = list(studies.refresh(by=HOUSE))

    run = Run.objects.get()
    outcomes = {step["chain"]: step["outcome"] for step in run.steps}
    assert (run.state, run.done_steps, run.total_steps) == (RunState.DONE, 22, 22)
    assert [code for code, outcome in outcomes.items() if outcome == "made"] == [chain.chain]
    assert any(chain.name in each and "招引目标" in each for each in told)
    assert any(each.startswith("以商招商名单") for each in told)
    assert not Target.objects.filter(kind="").exists()
    assert runs.cause(asked.wanted, asked.snapshot) is None


def test_a_cancelled_run_keeps_what_is_through_and_goes_on_later(asked):
    work = running.ask_and_take("长沙", by=HOUSE)
    carried = studies.carry_out(work)
    made = next(told for told in carried if "招引目标" in told)
    running.cancel(Run.objects.get(), by=cast.dispatcher())

    assert "已按要求停止" in list(carried)[-1]
    stopped = Run.objects.get()
    assert (stopped.state, stopped.done_steps) == (RunState.CANCELLED, 21)
    running.resume(stopped, by=cast.dispatcher())
    assert studies.work_off() == 1
    done = Run.objects.get()
    assert (done.state, done.done_steps) == (RunState.DONE, 22)
    assert [step["outcome"] for step in done.steps].count("made") == DUE
    assert made.split("：")[0] == asked.chains[0].name


def test_a_fault_is_kept_with_its_remedy(tmp_path, settings, monkeypatch):
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    running.ask("长沙", by=cast.dispatcher())

    assert studies.work_off() == 1

    run = Run.objects.get()
    assert run.state == RunState.FAILED
    assert "yipanqi registry import" in run.fault


def test_a_killed_process_is_noticed_and_its_run_ends_where_it_stopped(asked, monkeypatch):
    monkeypatch.setattr(renewals, "COMMAND", (sys.executable, "-c", WORKER))
    meet_in_this_database(monkeypatch)
    running.ask("长沙", by=cast.dispatcher())
    first = subprocess.Popen(renewals.COMMAND)
    wait_for(lambda: Study.objects.exclude(run=None).exists(), of=first)
    first.send_signal(signal.SIGKILL)
    first.wait(60)
    before = Run.objects.get()
    assert (before.state, before.attempts) == (RunState.RUNNING, 1)
    assert renewals.start_when_due() == "nothing"
    made = set(Study.objects.exclude(run=None).values_list("public_id", flat=True))

    Run.objects.update(heartbeat_at=clock.now() - timedelta(minutes=3))
    assert renewals.start_when_due() == "started"
    wait_for(lambda: not Run.objects.get().is_live)
    ended()

    after = Run.objects.get()
    assert (after.state, after.attempts, after.done_steps) == (RunState.DONE, 2, 22)
    kept = set(Study.objects.filter(run=after, current=True).values_list("public_id", flat=True))
    assert made <= kept
    assert len(kept) == DUE * KINDS
    assert Entry.objects.filter(kind="studies.published").count() == DUE * KINDS


def test_a_run_starts_by_itself_once_the_changed_rules_have_settled(asked):
    assert renewals.renew_when_due() == "settling"

    later = clock.now() + timedelta(minutes=11)
    with clock.using(lambda: later):
        assert renewals.renew_when_due() == "asked"
        assert renewals.renew_when_due() == "running"

    run = Run.objects.get()
    assert (run.cause, run.asked_by, run.snapshot) == (RunCause.FIRST, None, asked.snapshot)


def test_a_new_registry_is_due_and_one_in_force_is_not(asked, tmp_path):
    list(studies.refresh(by=HOUSE))
    later = clock.now() + timedelta(minutes=11)
    with clock.using(lambda: later):
        assert renewals.renew_when_due() == "current"

        (tmp_path / "registry" / "r1" / "manifest.json").write_text(
            json.dumps({"as_of": "2017-12-31", "synthetic": True}), "utf-8"
        )
        assert renewals.renew_when_due() == "asked"
    assert Run.objects.first().cause == RunCause.REGISTRY


def test_the_same_input_computed_again_says_identical(asked):
    chain = one_due(asked)
    list(studies.refresh(by=HOUSE))

    for kind in ("diagnosis", "targets", "affiliates"):
        study = Study.objects.get(kind=kind, chain=chain.chain, current=True)
        assert study.run is not None
        found = recounts.recount(study, by=HOUSE)
        assert found.rows == runs.rows_of(study) > 0
        assert found.differing == 0


def test_a_study_that_was_altered_is_found_out(asked):
    chain = one_due(asked)
    list(studies.refresh(by=HOUSE))
    study = Study.objects.get(kind="diagnosis", chain=chain.chain, current=True)
    verdict = study.verdicts.first()
    verdict.status = "strong"
    verdict.save()

    recounting.ask(study, by=cast.dispatcher())
    assert recounts.work_off() == 1

    row = Recount.objects.get()
    assert row.differing == 1
    assert row.differences[0]["row"] == verdict.link


def test_a_missing_business_that_was_altered_is_found_out(asked):
    chain = one_due(asked)
    list(studies.refresh(by=HOUSE))
    study = Study.objects.get(kind="affiliates", chain=chain.chain, current=True)
    study.targets.update(name="别家有限公司")

    found = recounts.recount(study, by=HOUSE)

    assert found.differing == found.rows
    assert {each.field for each in found.differences} == {"name"}


def test_without_its_data_a_study_is_not_computed_again_and_says_why(asked):
    chain = one_due(asked)
    list(studies.refresh(by=HOUSE))
    study = Study.objects.get(kind="targets", chain=chain.chain, current=True)
    Study.objects.filter(pk=study.pk).update(snapshot="gone-123")
    recounting.ask(study, by=cast.dispatcher())

    recounts.work_off()

    row = Recount.objects.get()
    assert row.state == RunState.FAILED
    assert "gone-123 已不在" in row.fault


def wait_for(so, of=None):
    until = time.monotonic() + 120
    while not so():
        assert time.monotonic() < until
        assert of is None or of.poll() is None
        time.sleep(0.05)


def ended():
    for child in renewals._CHILDREN:
        child.wait(60)


def meet_in_this_database(monkeypatch):
    """Child processes started from now on work on this test's database."""
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    told = {key: str(connection.settings_dict[key]) for key in keys}
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.racing_settings")
    monkeypatch.setenv("RACE_DATABASE", json.dumps(told))
    monkeypatch.setenv("RACE_EVIDENCE", str(stores.home()))
