"""Working days are counted by the calendar given, the first day not included."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yipanqi.vocab import workdays

FRIDAY, SUNDAY, MONDAY = date(2018, 3, 2), date(2018, 3, 4), date(2018, 3, 5)


def test_a_term_does_not_count_its_first_day_nor_the_weekend():
    assert workdays.after(FRIDAY, 1, calendar=workdays.week) == MONDAY
    assert workdays.after(FRIDAY, 3, calendar=workdays.week) == date(2018, 3, 7)
    assert workdays.after(SUNDAY, 1, calendar=workdays.week) == MONDAY


def test_a_term_that_ends_on_a_day_off_ends_on_the_next_working_day():
    assert workdays.settled(SUNDAY, calendar=workdays.week) == MONDAY
    assert workdays.settled(FRIDAY, calendar=workdays.week) == FRIDAY


def test_nothing_lies_between_a_day_and_one_not_later():
    assert workdays.between(MONDAY, FRIDAY, calendar=workdays.week) == 0
    assert workdays.between(FRIDAY, MONDAY, calendar=workdays.week) == 1


@given(
    st.dates(date(2004, 1, 1), date(2030, 1, 1)),
    st.integers(0, 60),
    st.sets(st.integers(0, 400), max_size=30),
)
def test_a_term_of_some_working_days_holds_exactly_so_many(start, count, off):
    days_off = {start + timedelta(days=each) for each in off}

    def calendar(day):
        return workdays.week(day) and day not in days_off

    end = workdays.after(start, count, calendar=calendar)

    assert workdays.between(start, end, calendar=calendar) == count
    assert end == start or calendar(end)
