"""The timetable: every job that runs by itself, and how often."""

from django_q.tasks import async_task

from yipanqi.delivery.jobs import (
    dispatcher,
    gathering,
    indexing,
    intake,
    reminders,
    renewals,
    sealer,
    webhooks,
    windows,
)
from yipanqi.domain.ledger.services.timetable import Job
from yipanqi.roof import subscriptions
from yipanqi.roof.subscriptions import SUBSCRIPTIONS

JOBS = (
    Job("ledger.seal", "yipanqi.roof.schedule.seal", every_minutes=1),
    Job("ledger.dispatch", "yipanqi.roof.schedule.dispatch", every_minutes=1),
    Job("notices.send", "yipanqi.roof.schedule.send_to_hooks", every_minutes=1),
    Job("investors.gather", "yipanqi.roof.schedule.gather_merged", every_minutes=60),
    Job("leads.lapse", "yipanqi.roof.schedule.close_windows", every_minutes=60),
    Job("reviews.remind", "yipanqi.roof.schedule.remind_reviewers", every_minutes=60),
    Job("intake.work", "yipanqi.roof.schedule.work_on_batches", every_minutes=1),
    Job("search.index", "yipanqi.roof.schedule.index_registry", every_minutes=5),
    Job("studies.renew", "yipanqi.roof.schedule.renew_studies", every_minutes=10),
    Job("studies.work", "yipanqi.roof.schedule.work_on_studies", every_minutes=1),
)


def seal() -> int | None:
    """Seal the ledger's new lines; the seal's number, None when none were due."""
    return sealer.seal_now()


def dispatch() -> str:
    """Run what the subscriptions ask for; say how it went."""
    done = dispatcher.dispatch(subscriptions.in_force())
    sealer.seal_when_due()
    return f"made {done.made}, run {done.run}, failed {done.failed}"


def send_to_hooks() -> int:
    """Send other systems the lines they asked for; the number taken."""
    return webhooks.send_due()


def gather_merged() -> int:
    """Bring after what was written to records while they were being merged; the rows moved."""
    return gathering.gather()


def close_windows() -> int:
    """Lapse claims whose window ended; their number."""
    return windows.close_ended()


def remind_reviewers() -> int:
    """Remind departments of countersigns that are due, and note the late ones; their number."""
    return reminders.remind_reviewers()


def index_registry() -> str:
    """Start indexing the registry in force where it is due; say how it stands."""
    return indexing.start_when_due()


def renew_studies() -> str:
    """Queue a run of the studies when data, rules or code have changed; say how it stands."""
    return renewals.renew_when_due()


def work_on_studies() -> str:
    """Start a process for the run or recount that waits, or whose process died; say whether."""
    return renewals.start_when_due()


def work_on_batches() -> str:
    """Start a process for the batches that wait, or whose process died; say whether."""
    return intake.start_when_due()


def nudge(kinds: set[str]) -> None:
    """Ask for the dispatcher at once when a recorded kind has reactions."""
    if kinds & {event.kind for event in SUBSCRIPTIONS}:
        async_task("yipanqi.roof.schedule.dispatch")
