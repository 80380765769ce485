"""Job: have the registry in force indexed for search, in a process of its own."""

import os
import subprocess
import sys
from datetime import timedelta

from django.conf import settings

from yipanqi.delivery import registry_search
from yipanqi.delivery.registry_search import State
from yipanqi.domain.ledger.services import leases
from yipanqi.vocab import clock

JOB = "search.index"
COMMAND = (sys.executable, "-m", "yipanqi.delivery.cli.main", "registry", "index")
# What broke a build is seldom gone after five minutes.
_PATIENCE = timedelta(hours=1)
_NICE = 10
# Children are asked for now and then: one that ended and is never asked for stays as a zombie.
_CHILDREN: list[subprocess.Popen[bytes]] = []


def start_when_due() -> str:
    """Start a build where the registry in force has no index; say what stands or was started.

    It runs beside the worker, at low priority: minutes of work must not keep other jobs waiting.
    """
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
    with leases.held(JOB) as mine:
        if not mine:
            return "held"
        now = registry_search.condition()
        if now.state is State.WAITING or (now.state is State.FAILED and _has_waited(now)):
            _start()
            return "started"
        return now.state


def _has_waited(now: registry_search.Condition) -> bool:
    since = now.progress.touched if now.progress else 0.0
    return clock.now().timestamp() - since > _PATIENCE.total_seconds()


def _start() -> None:
    environ = {**os.environ, "YIPANQI_HOME": str(settings.REGISTRY_HOME)}
    running = subprocess.Popen(  # noqa: S603 -- our own command
        COMMAND,
        env=environ,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, running.pid, _NICE)
    _CHILDREN.append(running)
