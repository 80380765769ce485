"""Counting is exact, whoever counts at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from yipanqi.domain.people.models import Tally
from yipanqi.domain.people.services import tallies
from yipanqi.vocab import clock


@pytest.mark.django_db
def test_each_window_is_counted_apart():
    now = clock.now()

    counts = [tallies.add("reveal:1", window=now) for _ in range(3)]

    assert counts == [1, 2, 3]
    assert tallies.add("reveal:1", window=now + timedelta(hours=1)) == 1
    assert tallies.add("reveal:2", window=now) == 1


@pytest.mark.django_db
def test_old_windows_are_cleared_away():
    old = clock.now() - timedelta(days=3)
    tallies.add("reveal:1", window=old)

    tallies.add("reveal:1", window=clock.now())

    assert not Tally.objects.filter(window=old).exists()


@pytest.mark.django_db(transaction=True)
def test_racing_callers_each_get_a_number_of_their_own():
    now = clock.now()

    def add(_):
        try:
            return tallies.add("api:1", window=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(add, range(40)))

    assert sorted(counts) == list(range(1, 41))
