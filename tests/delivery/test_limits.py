"""What could be abused is counted per person, act and window."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.delivery import limits
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def noon():
    """A clock that stands at a full hour, so that no window ends during the test."""
    moment = clock.now().replace(minute=0, second=1, microsecond=0)
    with clock.using(lambda: moment):
        yield moment


def use_up(actor, verb="reveal"):
    for _ in range(limits.LIMITS[verb].most):
        limits.count(actor, verb)


def test_beyond_the_limit_one_is_told_when_to_go_on(city, noon):
    use_up(cast.clerk_a())

    with pytest.raises(limits.TooOften, match="1 小时内最多 30 次") as refused:
        limits.count(cast.clerk_a(), "reveal")

    assert refused.value.retry_after_seconds == 3599


def test_another_person_and_another_act_are_counted_apart(city, noon):
    use_up(cast.clerk_a())

    limits.count(cast.clerk_b(), "reveal")
    limits.count(cast.clerk_a(), "export")


def test_the_next_window_opens_anew(city, noon):
    use_up(cast.clerk_a())
    later = noon + timedelta(hours=1)

    with clock.using(lambda: later):
        limits.count(cast.clerk_a(), "reveal")
