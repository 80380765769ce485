"""A run from the asking to its end: taken by one process, stopped between chains, taken up again.

A process that stops being heard of loses the run to the next; should it wake up, it is told so
before it can put anything in force.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.domain.studies import events, runs
from yipanqi.domain.studies.models import LIVE, Run, RunCause, RunState
from yipanqi.domain.studies.services import publishing
from yipanqi.engine.affiliates.missing import Listing
from yipanqi.engine.targets import Ranking
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, Actor, Scope, require
from yipanqi.vocab.labels import Label

MOST_ATTEMPTS = 3


class AlreadyRunning(Exception):
    """A run waits or works already; a second would do the same work twice."""


class NotUnderWay(Exception):
    """There is nothing to cancel: the run has ended."""


class NotStopped(Exception):
    """There is nothing to take up again: the run is done, or waits or works."""


class Superseded(Exception):
    """The run went to another process while this one was not heard of."""


class CancelAsked(Exception):
    """Somebody asked for the run to stop."""


@dataclass(frozen=True, slots=True)
class Work:
    """A run as the process that took it holds it: only this `worker` may move it on."""

    run_id: int
    worker: str


@dataclass(frozen=True, slots=True)
class Step:
    """A chain that is through: `made` in this run, or `kept` since nothing about it had changed."""

    chain: str
    name: str
    outcome: str
    told: str


@transaction.atomic
def ask(city: str, *, by: Actor, cause: RunCause = RunCause.ASKED, snapshot: str = "") -> Run:
    """Put a run in the queue. Raises AlreadyRunning, NotAllowed."""
    require(by, "studies.run", doing="运行研判")
    try:
        with transaction.atomic():
            run = Run.objects.create(
                city=city,
                snapshot=snapshot,
                cause=cause,
                asked_by=Officer.objects.filter(pk=by.id).first(),
                asked_at=clock.now(),
            )
    except IntegrityError as fault:
        raise AlreadyRunning("已有一次研判在排队或进行，请等它结束，或先取消它") from fault
    asked = events.RunAsked(subject=_subject(run), city=city, cause=RunCause(cause).label)
    _record(asked, by)
    return run


@transaction.atomic
def cancel(found: Run, *, by: Actor) -> Run:
    """Ask for the run to stop: at once where nobody is at it, else after the chain at hand.

    Chains already through stay in force. Raises NotUnderWay, NotAllowed.
    """
    require(by, "studies.run", doing="取消研判运行")
    run = Run.objects.select_for_update().get(pk=found.pk)
    if run.state not in LIVE:
        raise NotUnderWay("这次研判已经结束，不必取消")
    if run.cancel_asked_at is None:
        run.cancel_asked_at = clock.now()
        run.save(update_fields=["cancel_asked_at"])
        asked = events.RunCancelAsked(
            subject=_subject(run), done=run.done_steps, total=run.total_steps
        )
        _record(asked, by)
    if run.state == RunState.QUEUED or runs.is_silent(run):
        _close(run, RunState.CANCELLED)
    return run


@transaction.atomic
def resume(found: Run, *, by: Actor) -> Run:
    """Queue a stopped run again; chains in force stay. Raises NotStopped, AlreadyRunning."""
    require(by, "studies.run", doing="继续研判运行")
    run = Run.objects.select_for_update().get(pk=found.pk)
    if run.state not in {RunState.FAILED, RunState.CANCELLED}:
        raise NotStopped("只有失败或已取消的研判可以继续")
    run.state, run.attempts, run.fault = RunState.QUEUED, 0, ""
    run.ended_at = run.cancel_asked_at = None
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as fault:
        raise AlreadyRunning("另有一次研判在排队或进行，请等它结束") from fault
    resumed = events.RunResumed(subject=_subject(run), done=run.done_steps, total=run.total_steps)
    _record(resumed, by)
    return run


@transaction.atomic
def ask_and_take(city: str, *, by: Actor) -> Work:
    """A new run, or the one that waits, taken by this process. Raises AlreadyRunning."""
    if taken := take():
        return taken
    ask(city, by=by)
    taken = take()
    assert taken is not None
    return taken


@transaction.atomic
def take() -> Work | None:
    """The run somebody should be at, now this process's; None when there is none.

    A run whose process died is taken over, three times at most; one that was to be cancelled ends.
    """
    for run in runs.waiting().select_for_update():
        if run.cancel_asked_at is not None:
            _close(run, RunState.CANCELLED)
        elif run.attempts >= MOST_ATTEMPTS:
            _close(run, RunState.FAILED, fault=_DIED)
        else:
            return _taken(run)
    return None


def beat(work: Work) -> None:
    """Be heard of."""
    _held(work).update(heartbeat_at=clock.now())


@transaction.atomic
def begin(work: Work, *, snapshot: str, total: int) -> None:
    """Say over which data the run goes and how many chains there are. Raises Superseded."""
    run = _mine(work)
    run.snapshot, run.total_steps, run.done_steps, run.steps = snapshot, total, 0, []
    run.save()


@transaction.atomic
def note(work: Work, told: str) -> None:
    """Leave a sentence on how it goes. Raises Superseded, CancelAsked."""
    run = _mine(work)
    if run.cancel_asked_at is not None:
        raise CancelAsked
    run.told = told
    run.save(update_fields=["told"])


@transaction.atomic
def keep(work: Work, step: Step) -> None:
    """Count a chain as through whose study in force needs no renewal. Raises Superseded."""
    _through(_mine(work), step)


@transaction.atomic
def publish(work: Work, found: Ranking, step: Step, *, since: datetime, by: Actor) -> None:
    """Put what was found of a chain in force and count it as through. Raises Superseded."""
    run = _mine(work)
    publishing.publish_diagnosis(found.diagnosis, by=by, run=run, since=since)
    publishing.publish_targets(found, by=by, run=run, since=since)
    _through(run, step)


@transaction.atomic
def publish_affiliates(work: Work, found: Listing, *, since: datetime, by: Actor) -> None:
    """Put the missing businesses found beside a chain in force. Raises Superseded."""
    publishing.publish_affiliates(found, by=by, run=_mine(work), since=since)


@transaction.atomic
def finish(work: Work) -> None:
    """End the run as done. Raises Superseded."""
    run = _mine(work)
    run.told = "全部产业链已是最新"
    _close(run, RunState.DONE)


@transaction.atomic
def stop(work: Work) -> None:
    """End the run as cancelled; what is through stays. Raises Superseded."""
    _close(_mine(work), RunState.CANCELLED)


@transaction.atomic
def fail(work: Work, fault: str) -> None:
    """End the run as failed, with what happened and the remedy. Raises Superseded."""
    _close(_mine(work), RunState.FAILED, fault=fault)


def _taken(run: Run) -> Work:
    now = clock.now()
    run.worker, run.state, run.heartbeat_at = secrets.token_hex(8), RunState.RUNNING, now
    run.attempts += 1
    # The last attempt's: what it rests on is read when it begins.
    run.started_at = now
    run.save()
    return Work(run.pk, run.worker)


def _mine(work: Work) -> Run:
    run = _held(work).select_for_update().first()
    if run is None:
        raise Superseded("这次研判已由另一个进程接手，本进程停止")
    return run


def _held(work: Work) -> QuerySet[Run]:
    return Run.objects.filter(pk=work.run_id, worker=work.worker, state=RunState.RUNNING)


def _through(run: Run, step: Step) -> None:
    run.steps = [*run.steps, asdict(step)]
    run.done_steps, run.told, run.heartbeat_at = len(run.steps), step.told, clock.now()
    run.save()


def _close(run: Run, state: RunState, *, fault: str = "") -> None:
    run.state, run.fault, run.ended_at = state, fault, clock.now()
    run.save()
    ended = events.RunEnded(
        subject=_subject(run),
        outcome=state.label,
        snapshot=run.snapshot,
        done=run.done_steps,
        total=run.total_steps,
    )
    _record(ended, HOUSE)


def _record(event: Event, by: Actor) -> None:
    entries.record(event, by=by, scope=Scope("/", Label.PUBLIC))


def _subject(run: Run) -> str:
    return f"studies/{run.public_id}"


_DIED = (
    "研判进程三次中途停止，没有留下原因，多半是内存不足被系统结束；"
    "已完成的产业链照常有效。请运维查看系统日志、腾出内存（约需 4 GB）后点“继续”"
)
