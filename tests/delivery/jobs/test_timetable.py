"""The timetable in the database is the one the roof declares."""

import importlib

import pytest
from django.core import management
from django.db import transaction
from django_q.models import Schedule
from tests.domain.ledger import stories

from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.models import Seal
from yipanqi.domain.ledger.services import timetable
from yipanqi.domain.ledger.services.timetable import Job
from yipanqi.roof import schedule


@pytest.mark.parametrize("job", schedule.JOBS, ids=lambda job: job.name)
def test_every_declared_job_names_a_function(job):
    module, _, function = job.function.rpartition(".")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.mark.django_db
def test_the_declared_jobs_are_kept_and_no_others():
    Schedule.objects.all().delete()
    Schedule.objects.create(name="gone", func="yipanqi.roof.schedule.gone")
    Schedule.objects.create(name="somebody's own", func="elsewhere.job")

    timetable.keep((Job("ledger.seal", "yipanqi.roof.schedule.seal", 2),))
    timetable.keep((Job("ledger.seal", "yipanqi.roof.schedule.seal", 1),))

    rows = Schedule.objects.order_by("name").values_list("name", "minutes", "repeats")
    assert list(rows) == [("ledger.seal", 1, -1), ("somebody's own", None, -1)]


@pytest.mark.django_db(transaction=True)
def test_a_migration_leaves_the_timetable_in_place():
    Schedule.objects.all().delete()

    management.call_command("migrate", verbosity=0, skip_checks=True)

    names = set(Schedule.objects.values_list("name", flat=True))
    assert names == {job.name for job in schedule.JOBS}


@pytest.mark.django_db(transaction=True)
def test_the_jobs_run_and_show_their_age(tmp_path, settings):
    settings.HOME = settings.REGISTRY_HOME = tmp_path
    settings.LEDGER_KEY_DIR = tmp_path / "keys"
    stories.tell("projects/a", 1)

    assert schedule.seal() == 1
    assert schedule.seal() is None
    assert schedule.dispatch() == "made 0, run 0, failed 0"
    assert schedule.close_windows() == 0
    assert schedule.gather_merged() == 0
    assert schedule.index_registry() == "no_registry"
    assert schedule.renew_studies() == "no_registry"
    assert schedule.work_on_studies() == "nothing"
    assert schedule.work_on_batches() == "nothing"
    assert schedule.send_to_hooks() == 0
    assert schedule.remind_reviewers() == 0

    assert Seal.objects.count() == 1
    assert set(queries.job_ages()) == {job.name for job in schedule.JOBS}


@pytest.mark.django_db(transaction=True)
def test_the_roof_is_nudged_once_a_line_is_committed(settings):
    settings.LEDGER_NUDGE = f"{__name__}.note"
    NOTED.clear()
    with transaction.atomic():
        stories.tell("projects/a", 1)
        assert NOTED == []

    assert [{"tests.stone_moved"}] == NOTED


NOTED: list[set[str]] = []


def note(kinds: set[str]) -> None:
    NOTED.append(kinds)
