"""Leases: a job that one process does at a time, and the record of when it was last done."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from yipanqi.domain.ledger.models import Lease
from yipanqi.vocab import clock


@contextmanager
def held(name: str, *, seconds: int = 600) -> Iterator[bool]:
    """Whether the job is this process's for the block; when it ends well, the job counts as done.

    A holder that dies loses the job after `seconds`.
    """
    holder = secrets.token_hex(8)
    if not _taken(name, holder, seconds):
        yield False
        return
    done = False
    try:
        yield True
        done = True
    finally:
        _give_back(name, holder, done=done)


@transaction.atomic
def _taken(name: str, holder: str, seconds: int) -> bool:
    Lease.objects.bulk_create([Lease(name=name)], ignore_conflicts=True)
    now = clock.now()
    free = Lease.objects.filter(Q(until=None) | Q(until__lt=now), name=name)
    return bool(free.update(holder=holder, until=now + timedelta(seconds=seconds)))


def _give_back(name: str, holder: str, *, done: bool) -> None:
    mine = Lease.objects.filter(name=name, holder=holder)
    mine.update(holder="", until=None)
    if done:
        Lease.objects.filter(name=name).update(done_at=clock.now())
