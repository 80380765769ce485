"""The list of signals: lights, filters, counts, and nothing of what is not for these eyes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
THERE = "/investors/signals/"


def later(days):
    moment = clock.now() + timedelta(days=days)
    return clock.using(lambda: moment)


def text(client, address=THERE):
    return client.get(address).content.decode()


def test_a_late_signal_says_since_when_with_shape_and_word(as_):
    signal = cast.signal()

    with later(10):
        shown = text(as_("clerk_a"))

    assert signal.matter in shown
    assert "tag bad" in shown
    assert "响应超期" in shown
    assert "已过" in shown
    assert "可见范围内超期 1 条" in shown


def test_the_filters_narrow_and_count(as_):
    cast.signal(matter="建液压件基地")
    cast.signal(matter="建风电叶片厂", enterprise_name="示例风电", source="news")

    shown = text(as_("clerk_a"), THERE + "?source=news")

    assert "建风电叶片厂" in shown
    assert "建液压件基地" not in shown
    assert "<strong>1</strong>" in shown


def test_an_empty_library_says_how_to_begin(as_):
    shown = text(as_("clerk_a"))

    assert "信息库还是空的" in shown
    assert reverse("desk:signal-new") in shown


def test_another_parks_signal_is_neither_listed_nor_counted(as_):
    cast.signal(by=cast.clerk_b())

    assert "信息库还是空的" in text(as_("clerk_a"))
    assert "共 <strong>1</strong> 条" in text(as_("district"))


def test_fifty_rows_cost_no_more_questions_than_five(as_, django_assert_max_num_queries):
    for number in range(8):
        cast.signal(
            matter=f"第{number}件事情不同", enterprise_name=f"企业{number}号", is_checked=True
        )
    client = as_("clerk_a")
    text(client)

    with django_assert_max_num_queries(16):
        text(client)


def test_it_waits_on_the_units_day(as_):
    cast.signal()

    assert "本单位到期的信息" in text(as_("clerk_a"), "/")
    assert "本单位到期的信息" not in text(as_("clerk_b"), "/")
