"""Job: reading, applying and undoing batches, in a process of its own."""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings

from yipanqi.delivery.jobs import remedies
from yipanqi.delivery.workbooks import keeping, reading
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.intake import queries
from yipanqi.domain.intake.libraries import Library
from yipanqi.domain.intake.services import applying, batches, undoing
from yipanqi.domain.investors.services.arrivals import INVESTORS
from yipanqi.domain.ledger.queries import Line
from yipanqi.domain.ledger.services import leases
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects.services.arrivals import PROJECTS
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, Actor

if TYPE_CHECKING:
    from yipanqi.domain.intake.models import Batch

LOG = logging.getLogger(__name__)
JOB, START = "intake.batches", "intake.work"
COMMAND = (sys.executable, "-m", "yipanqi.delivery.cli.main", "imports", "work")
# The libraries that take batches, by code.
LIBRARIES: Mapping[str, Library] = {each.code: each for each in (INVESTORS, PROJECTS)}
_NICE = 10
# Children are asked for now and then: one that ended and is never asked for stays as a zombie.
_CHILDREN: list[subprocess.Popen[bytes]] = []


def start_when_due() -> str:
    """Start a process for the batches that wait; say whether one was started."""
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
    if _CHILDREN:
        return "running"
    with leases.held(START, seconds=60) as mine:
        if not mine:
            return "held"
        if not queries.due().exists():
            return "nothing"
        _start()
        return "started"


def start_asked(_: Line) -> None:
    """Reaction: a file came or a batch was confirmed; it need not wait for the timetable."""
    start_when_due()


def work_off() -> int:
    """Do what every waiting batch waits for; how many were worked on.

    A batch that cannot be gone on with says why and is tried again the next time.
    """
    tried: set[int] = set()
    while True:
        with leases.held(JOB) as mine:
            batch = queries.due().exclude(pk__in=tried).first() if mine else None
            if batch is None:
                return len(tried)
            tried.add(batch.pk)
            _work_on(batch)


def _work_on(batch: "Batch") -> None:
    library = LIBRARIES[batch.library]
    try:
        _STEPS[batch.state](batch, library)
    except batches.NotNow as overtaken:
        # Another process went on with it: there is nothing to tell its people.
        LOG.info("a batch was overtaken: %s", overtaken)
    except Exception as fault:
        LOG.exception("a batch failed")
        batches.note(batch, remedies.told(fault))


def _read(batch: "Batch", library: Library) -> None:
    file = keeping.place(batch.sha256, batch.file_name)
    try:
        keeping.inspect(file, name=batch.file_name)
        contents = reading.read(file, library.columns())
        ignored = "、".join(contents.ignored)
        note = f"以下列不在模板内，没有读取：{ignored}" if ignored else ""
        batches.preview(batch, library, contents.lines, note=note, by=_actor(batch))
    except (batches.Unfit, Refused, FileNotFoundError) as refusal:
        is_gone = isinstance(refusal, FileNotFoundError)
        batches.fail(batch, because="文件已不在，请重新上传" if is_gone else str(refusal))
    file.unlink(missing_ok=True)


def _apply(batch: "Batch", library: Library) -> None:
    applying.work_through(batch, library, by=_actor(batch))


def _undo(batch: "Batch", library: Library) -> None:
    undoing.work_through(batch, library)


_STEPS = {"received": _read, "reading": _read, "applying": _apply, "undoing": _undo}


def _actor(batch: "Batch") -> Actor:
    """Who asked, with the posts of today."""
    return people.actor_for(batch.officer, on=clock.today()) if batch.officer else HOUSE


def _start() -> None:
    environ = {**os.environ, "YIPANQI_HOME": str(settings.REGISTRY_HOME)}
    running = subprocess.Popen(  # noqa: S603 -- our own command
        COMMAND,
        env=environ,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, running.pid, _NICE)
    _CHILDREN.append(running)
