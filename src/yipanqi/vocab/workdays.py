"""Counting working days (工作日) by a calendar that says which days are."""

from collections.abc import Callable
from datetime import date, timedelta

# Whether a day is a working day; which calendar is in force is for the caller to know.
Calendar = Callable[[date], bool]

_ONE = timedelta(days=1)


def week(day: date) -> bool:
    """The calendar without holidays: Monday to Friday."""
    return day.isoweekday() <= 5  # noqa: PLR2004 -- Friday


def after(day: date, count: int, *, calendar: Calendar) -> date:
    """The last day of a term of so many working days; the day it begins is not counted.

    A term of none ends on the day itself.
    Source: 民法典 第二百零一条 (the first day is not counted).
    """
    last = day
    for _ in range(count):
        last = settled(last + _ONE, calendar=calendar)
    return last


def settled(day: date, *, calendar: Calendar) -> date:
    """The day itself, or the next working day where it is none.

    Source: 民法典 第二百零三条 (a term that ends on a statutory holiday ends on the day after it).
    """
    while not calendar(day):
        day += _ONE
    return day


def between(start: date, end: date, *, calendar: Calendar) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 where `end` is not later."""
    days = (end - start).days
    return sum(calendar(start + timedelta(days=step)) for step in range(1, days + 1))
