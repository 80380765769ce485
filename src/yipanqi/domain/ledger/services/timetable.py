"""Keeping django-q's timetable equal to what the roof declares."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_q.models import Schedule

from yipanqi.vocab import clock


@dataclass(frozen=True, slots=True)
class Job:
    """A job by name, the function it calls, and how often in minutes."""

    name: str
    function: str
    every_minutes: int


def declared() -> Sequence[Job]:
    """The jobs the roof declares in LEDGER_TIMETABLE; none when the setting is absent."""
    path = getattr(settings, "LEDGER_TIMETABLE", "")
    jobs: Sequence[Job] = import_string(path) if path else ()
    return jobs


@transaction.atomic
def keep(jobs: Sequence[Job]) -> None:
    """Add what is declared, correct what differs, remove what is no longer declared."""
    ours = Schedule.objects.filter(func__startswith="yipanqi.")
    ours.exclude(name__in=[job.name for job in jobs]).delete()
    for job in jobs:
        wanted = {"func": job.function, "minutes": job.every_minutes, "schedule_type": "I"}
        fresh = {**wanted, "next_run": clock.now(), "repeats": -1}
        Schedule.objects.update_or_create(name=job.name, defaults=wanted, create_defaults=fresh)
