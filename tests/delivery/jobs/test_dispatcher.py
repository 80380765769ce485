"""Reactions run at least once for every line, and a failure is tried again."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.domain.ledger import stories

from yipanqi.delivery.jobs import dispatcher
from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.models import Errand, Outbox
from yipanqi.domain.ledger.services import leases, relaying
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db(transaction=True)

HEARD: list[tuple[str, int]] = []


def listen(line):
    HEARD.append((line.subject, line.seq))


def stumble(line):
    raise ConnectionError(f"信箱不通 {line.seq}")


def stumble_once(line):
    listen(line)
    if HEARD.count((line.subject, line.seq)) == 1:
        raise ConnectionError


@pytest.fixture(autouse=True)
def silence():
    HEARD.clear()


def later(seconds):
    moment = clock.now() + timedelta(seconds=seconds)
    return clock.using(lambda: moment)


def test_every_line_reaches_every_reaction_once_and_the_outbox_is_empty():
    stories.tell("projects/a", 3)
    stories.tell("projects/b", 1)

    done = dispatcher.dispatch({stories.StoneMoved: (listen,)})

    assert (done.made, done.run, done.failed) == (4, 4, 0)
    assert sorted(HEARD) == [
        ("projects/a", 1),
        ("projects/a", 2),
        ("projects/a", 3),
        ("projects/b", 1),
    ]
    assert not Outbox.objects.exists()
    assert not Errand.objects.exists()


def test_a_second_round_has_nothing_to_do():
    stories.tell("projects/a", 2)
    dispatcher.dispatch({stories.StoneMoved: (listen,)})

    assert dispatcher.dispatch({stories.StoneMoved: (listen,)}) == dispatcher.Round()
    assert len(HEARD) == 2


def test_lines_nobody_listens_to_only_leave_the_outbox():
    stories.tell("projects/a", 2)

    assert dispatcher.dispatch({}) == dispatcher.Round()
    assert queries.outbox_lag() is None


def test_fanning_out_twice_makes_no_errand_twice():
    (line,) = stories.tell("projects/a", 1)
    relaying.fan_out({"tests.stone_moved": ["somewhere.listen"]})
    Outbox.objects.create(entry_id=line.pk)
    relaying.fan_out({"tests.stone_moved": ["somewhere.listen"]})

    assert Errand.objects.count() == 1


def test_a_failing_reaction_keeps_no_other_from_running():
    stories.tell("projects/a", 2)

    done = dispatcher.dispatch({stories.StoneMoved: (stumble, listen)})

    assert (done.run, done.failed) == (2, 2)
    assert len(HEARD) == 2
    assert "信箱不通" in Errand.objects.first().failure


def test_a_failed_reaction_runs_again_after_a_pause_and_then_rests():
    stories.tell("projects/a", 1)
    listening = {stories.StoneMoved: (stumble_once,)}
    dispatcher.dispatch(listening)
    assert dispatcher.dispatch(listening).run == 0

    with later(6):
        assert dispatcher.dispatch(listening).run == 1

    assert HEARD == [("projects/a", 1)] * 2
    assert not Errand.objects.exists()


def test_pauses_double_up_to_four_hours():
    pauses = [relaying.pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 12, 10**6)]

    assert pauses == [5, 10, 20, 10_240, 14_400]


def test_a_reaction_that_never_succeeds_is_given_up_and_shows():
    stories.tell("projects/a", 1)
    for _ in range(relaying.MOST_ATTEMPTS):
        with later(100_000):
            Errand.objects.update(due_at=clock.now())
            dispatcher.dispatch({stories.StoneMoved: (stumble,)})

    assert queries.abandoned() == 1
    with later(10**6):
        assert dispatcher.dispatch({stories.StoneMoved: (stumble,)}).failed == 0


def test_an_errand_whose_worker_died_is_taken_again():
    stories.tell("projects/a", 1)
    relaying.fan_out({"tests.stone_moved": [dispatcher.name(listen)]})
    assert len(relaying.take([dispatcher.name(listen)])) == 1
    assert relaying.take([dispatcher.name(listen)]) == []

    with later(1_201):
        assert dispatcher.dispatch({stories.StoneMoved: (listen,)}).run == 1


def test_one_process_dispatches_at_a_time():
    stories.tell("projects/a", 1)

    with leases.held(dispatcher.JOB):
        assert dispatcher.dispatch({stories.StoneMoved: (listen,)}) == dispatcher.Round()

    assert HEARD == []
    assert Outbox.objects.count() == 1


def test_a_line_of_a_failed_change_is_never_dispatched():
    with pytest.raises(ZeroDivisionError):
        _change_that_fails()

    dispatcher.dispatch({stories.StoneMoved: (listen,)})

    assert HEARD == []


@transaction.atomic
def _change_that_fails():
    stories.tell("projects/a", 1)
    raise ZeroDivisionError


def test_the_oldest_waiting_line_gives_the_lag():
    stories.tell("projects/a", 1)

    with later(90):
        assert timedelta(seconds=89) < queries.outbox_lag() < timedelta(seconds=92)
        assert queries.unsealed_age() > timedelta(seconds=89)


def test_a_job_has_an_age_once_it_was_done():
    dispatcher.dispatch({})

    with later(30):
        assert queries.job_ages()[dispatcher.JOB] > timedelta(seconds=29)
