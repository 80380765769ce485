"""The calendar in force: statutory holidays and make-up days of China, as published each year."""

from datetime import date
from functools import lru_cache

import chinese_calendar

from yipanqi.vocab import workdays


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """Whether the day is worked; a year not yet published counts Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return workdays.week(day)


@lru_cache(maxsize=64)
def is_published(year: int) -> bool:
    """Whether the holidays of the year are known: where not, dates may still move."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
