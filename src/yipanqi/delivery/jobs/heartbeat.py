"""Being heard of while at long work, so that the death of the process is noticed."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

LOG = logging.getLogger(__name__)
EVERY_SECONDS = 10.0


@contextmanager
def beating(beat: Callable[[], None], *, every: float = EVERY_SECONDS) -> Iterator[None]:
    """Call `beat` every so many seconds for the block, from a thread of its own."""
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(beat, every, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(beat: Callable[[], None], every: float, stop: threading.Event) -> None:
    try:
        while not stop.wait(every):
            try:
                beat()
            except DatabaseError:
                # A busy database is no death: the next beat comes soon.
                LOG.warning("a heartbeat could not be kept", exc_info=True)
                connection.close()
    finally:
        connection.close()
