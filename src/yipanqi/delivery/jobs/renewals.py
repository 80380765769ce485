"""Jobs: a run when data or rules have changed, and a process for whatever run or recount waits."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings

from yipanqi.delivery import registry_search
from yipanqi.delivery.jobs import studies
from yipanqi.delivery.jobs.remedies import CityUnknown
from yipanqi.domain.ledger.queries import Line
from yipanqi.domain.ledger.services import leases
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.services import running
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

RENEW, WORK = "studies.renew", "studies.work"
COMMAND = (sys.executable, "-m", "yipanqi.delivery.cli.main", "studies", "work")
# Whoever decides on proposals decides on several: one run for all of them.
_SETTLED = timedelta(minutes=10)
_NICE = 10
# Children are asked for now and then: one that ended and is never asked for stays as a zombie.
_CHILDREN: list[subprocess.Popen[bytes]] = []


def renew_when_due() -> str:
    """Queue a run when the registry, a sheet or the code is not what the studies rest on.

    Says what was done, or why nothing is to be done.
    """
    with leases.held(RENEW) as mine:
        return _renew() if mine else "held"


def start_when_due() -> str:
    """Start a process for the runs and recounts that wait; say whether one was started.

    It works beside the worker, at low priority: minutes of work must not keep other jobs waiting.
    """
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
    with leases.held(WORK) as mine:
        if not mine:
            return "held"
        if not (runs.waiting().exists() or runs.recounts_waiting().exists()):
            return "nothing"
        _start()
        return "started"


def start_asked(_: Line) -> None:
    """Reaction: somebody asked for a run or a recount; it need not wait for the timetable."""
    start_when_due()


def _renew() -> str:
    registry = registry_search.condition().registry
    if registry is None:
        return "no_registry"
    try:
        asked = studies.question(registry)
    except (NotInForce, CityUnknown):
        return "no_rules"
    cause = runs.cause(asked.wanted, asked.snapshot)
    if cause is None:
        return "current"
    approved = rules.approved_at()
    if approved and clock.now() - approved < _SETTLED:
        return "settling"
    if reason := runs.stands_in_the_way(cause, asked.snapshot, since=approved):
        return reason
    return _ask(partial(running.ask, asked.city.short_name, cause=cause, snapshot=asked.snapshot))


def _ask(ask: Callable[..., object]) -> str:
    try:
        ask(by=HOUSE)
    except running.AlreadyRunning:
        return "running"
    return "asked"


def _start() -> None:
    environ = {**os.environ, "YIPANQI_HOME": str(settings.REGISTRY_HOME)}
    # Errors go where the worker's go: what ends a process before its first word must be seen.
    running_now = subprocess.Popen(  # noqa: S603 -- our own command
        COMMAND,
        env=environ,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, running_now.pid, _NICE)
    _CHILDREN.append(running_now)
