"""Screen: the calendar of a person and their unit, by month, and as a file for other calendars."""

import calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.home import agenda
from yipanqi.delivery.desk.home.agenda import Occasion, Period
from yipanqi.delivery.desk.screens import DeskRequest, asked, page
from yipanqi.vocab import clock

# What the file holds: from a month back to half a year ahead.
_BACK, _AHEAD = timedelta(days=31), timedelta(days=183)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month's page; those of its neighbours fill the first and the last week."""

    on: date
    is_of_month: bool
    occasions: Sequence[Occasion]


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Show a month: the one asked for, else this one."""
    first = _first(asked(request, "month"))
    days = list(_days(first))
    period = Period(days[0], days[-1])
    by_day: dict[date, list[Occasion]] = defaultdict(list)
    for each in agenda.occasions(request.actor, period):
        by_day[each.on].append(each)
    told = [Day(on, on.month == first.month, by_day.get(on, ())) for on in days]
    return page(
        request,
        "home/month",
        first=first,
        before=_first_of(first - timedelta(days=1)),
        after=_first_of(first + timedelta(days=31)),
        weeks=[told[start : start + 7] for start in range(0, len(told), 7)],
        listed=[day for day in told if day.occasions and day.is_of_month],
        today=clock.today(),
    )


@require_GET
def take(request: DeskRequest) -> HttpResponse:
    """Give the calendar as an iCalendar file."""
    today = clock.today()
    period = Period(today - _BACK, today + _AHEAD)
    site = request.build_absolute_uri("/").rstrip("/")
    written = agenda.file(agenda.occasions(request.actor, period), site=site)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="yipanqi.ics"'
    return response


def _first(text: str) -> date:
    """The first day of a month written "2026-11"; nonsense is this month."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = clock.today()
    return _first_of(min(max(found, _EARLIEST), _LATEST))


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _days(first: date) -> Iterator[date]:
    """The days of whole weeks, Monday first, that hold the month."""
    return calendar.Calendar().itermonthdates(first.year, first.month)
