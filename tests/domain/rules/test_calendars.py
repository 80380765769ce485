"""The calendar knows China's holidays and the Saturdays worked for them."""

from datetime import date

from yipanqi.domain.rules import calendars
from yipanqi.vocab import workdays


def test_a_holiday_is_none_and_a_make_up_saturday_is_one():
    assert not calendars.is_workday(date(2018, 2, 16))  # 春节
    assert calendars.is_workday(date(2018, 2, 24))  # 补班的周六


def test_a_term_over_the_spring_festival_ends_after_it():
    assert workdays.after(date(2018, 2, 14), 1, calendar=calendars.is_workday) == date(2018, 2, 22)


def test_a_year_not_yet_published_counts_monday_to_friday_and_is_said_to_be_unknown():
    assert calendars.is_workday(date(2099, 1, 1))
    assert not calendars.is_workday(date(2099, 1, 3))
    assert calendars.is_published(2018)
    assert not calendars.is_published(2099)
