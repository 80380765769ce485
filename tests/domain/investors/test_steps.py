"""The next step promised: done, or not done and why."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.domain.investors import dealings
from yipanqi.domain.investors.services import interactions
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.vocab import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def talk(next_step="送规划图"):
    today = clock.today()
    due = today + timedelta(days=1) if next_step else None
    occasion = interactions.Occasion("visit", today, "谈了选址", next_step, due)
    return interactions.log(cast.enterprise(), occasion, by=cast.clerk_a())


def promised():
    return dealings.promised(seen_by=cast.clerk_a(), until=clock.today() + timedelta(days=7))


def test_a_step_waits_until_it_is_done():
    made = talk()
    assert promised() == [made]

    interactions.close_step(made, result="done", by=cast.clerk_a())

    assert promised() == []


def test_a_step_not_done_needs_a_reason():
    with pytest.raises(Incomplete, match="写明原因"):
        interactions.close_step(talk(), result="not_done", by=cast.clerk_a())
    assert len(promised()) == 1


def test_closing_twice_is_harmless_and_the_other_way_is_refused():
    made = talk()
    interactions.close_step(made, result="done", by=cast.clerk_a())
    interactions.close_step(made, result="done", by=cast.clerk_a())

    with pytest.raises(interactions.StepClosed):
        interactions.close_step(made, result="not_done", note="没送", by=cast.clerk_a())


def test_where_nothing_was_promised_nothing_is_closed():
    with pytest.raises(Incomplete):
        interactions.close_step(talk(next_step=""), result="done", by=cast.clerk_a())
