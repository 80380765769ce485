"""The calendar: what falls on which day, on screen and as a file."""

from datetime import date, timedelta

import icalendar
import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.services import interactions, planning
from yipanqi.domain.projects.services import editing
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


def plan(on, by="clerk_a", purpose="考察厂房"):
    planned = planning.Plan("visit", on, purpose)
    return planning.plan(cast.enterprise(), planned, by=cast.actor(by))


def start(project, day):
    changes = {"planned_start_on": day}
    editing.edit(project, changes, expecting=project.version, by=cast.clerk_a())


def month(client, day):
    return client.get(reverse("desk:month"), {"month": f"{day:%Y-%m}"})


def test_a_plan_stands_on_its_day_and_in_no_other_month(as_):
    day = clock.today() + timedelta(days=40)
    plan(day)
    client = as_("clerk_a")

    assert "考察厂房" in month(client, day).content.decode()
    assert "考察厂房" not in month(client, day - timedelta(days=70)).content.decode()


def test_promises_and_planned_starts_stand_there_too(as_):
    day = clock.today() + timedelta(days=3)
    occasion = interactions.Occasion("call", clock.today(), "来电", "送规划图", day)
    interactions.log(cast.enterprise(), occasion, by=cast.clerk_a())
    start(cast.project(), day)

    text = month(as_("clerk_a"), day).content.decode()

    assert "送规划图" in text
    assert "计划开工" in text


def test_another_units_calendar_says_nothing_of_it(as_):
    day = clock.today()
    plan(day)

    assert "考察厂房" not in month(as_("clerk_b"), day).content.decode()


def test_nonsense_asks_for_this_month(as_):
    for text in ("2026-13", "x", "0000-01", "2026-11-01"):
        page = as_("clerk_a").get(reverse("desk:month"), {"month": text})
        assert f"{clock.today():%Y} 年" in page.content.decode()


def test_a_month_without_anything_says_what_would_be_there(as_):
    assert "还没有安排" in month(as_("clerk_a"), date(2001, 5, 1)).content.decode()


def test_the_file_holds_the_same_and_names_it_the_same_twice(as_):
    plan(clock.today() + timedelta(days=5))
    client = as_("clerk_a")

    files = [client.get(reverse("desk:month-file")).content for _ in range(2)]

    one, again = (icalendar.Calendar.from_ical(each).events for each in files)
    assert [each["uid"] for each in one] == [each["uid"] for each in again]
    assert "考察厂房" in one[0]["description"]
    assert one[0]["dtstart"].dt == clock.today() + timedelta(days=5)
    assert one[0]["url"].startswith("http://testserver/investors/")


def test_what_is_not_theirs_is_in_nobodys_file(as_):
    start(cast.project(name="绝密项目", label=Label.BUSINESS_SECRET), clock.today())

    assert "绝密项目" not in as_("clerk_b").get(reverse("desk:month-file")).content.decode()


def test_the_month_asks_little(as_, django_assert_max_num_queries):
    for offset in range(3):
        plan(clock.today() + timedelta(days=offset), purpose=f"考察{offset}")
    client = as_("clerk_a")
    month(client, clock.today())

    with django_assert_max_num_queries(26):
        month(client, clock.today())
