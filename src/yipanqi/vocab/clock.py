"""The one clock of the house: any other way to ask for now or today is banned by a test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

# Days are days in Changsha (and all of China), whatever zone the server is in.
CIVIL = ZoneInfo("Asia/Shanghai")


def _system() -> datetime:
    return datetime.now(UTC)


_in_force: Clock = _system


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _in_force()


def today() -> date:
    """The present civil day in Asia/Shanghai."""
    return civil_day(now())


def civil_day(moment: datetime) -> date:
    """The civil day in Asia/Shanghai on which an aware moment falls."""
    return moment.astimezone(CIVIL).date()


@contextmanager
def using(clock: Clock) -> Iterator[None]:
    """Run a block by another clock, so that a simulated year is an ordinary run."""
    global _in_force  # noqa: PLW0603 -- one clock is the whole point of this module
    before, _in_force = _in_force, clock
    try:
        yield
    finally:
        _in_force = before
