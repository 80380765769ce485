"""What runs of the engine there are, what they found, and whether the studies in force are fresh.

Runs name public facts and who asked: everyone signed in reads them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from yipanqi.domain.studies.models import LIVE, Recount, Run, RunCause, RunState, Study
from yipanqi.engine import code
from yipanqi.vocab import clock
from yipanqi.vocab.pages import Page, bounds

# A process at work is heard of every few seconds; one silent this long is taken for dead.
PATIENCE = timedelta(minutes=2)
# What broke a run is seldom gone at once; after this many failures a person must look.
_PAUSE = timedelta(hours=1)
_MOST_FAILURES = 3


def run(public_id: str) -> Run | None:
    """One run, or None."""
    return Run.objects.select_related("asked_by").filter(public_id=public_id).first()


def listed(page: int = 1) -> Page[Run]:
    """A page of runs, the newest first."""
    rows = Run.objects.select_related("asked_by")
    return Page(list(rows[bounds(page)]), rows.count(), page)


def live() -> Run | None:
    """The run that waits or works, or None."""
    return Run.objects.select_related("asked_by").filter(state__in=LIVE).first()


def is_silent(found: Run) -> bool:
    """Whether the process at the run has not been heard of for so long that it must be dead."""
    heard = found.heartbeat_at
    return found.state == RunState.RUNNING and (heard is None or clock.now() - heard > PATIENCE)


def waiting() -> QuerySet[Run]:
    """Runs somebody should take: queued, or begun by a process that died."""
    return Run.objects.filter(_to_be_taken())


def recounts_waiting() -> QuerySet[Recount]:
    """Recounts somebody should take; none while a run works, since both need the memory."""
    rows = Recount.objects.filter(_to_be_taken())
    return rows.none() if Run.objects.filter(state__in=LIVE).exists() else rows


def studies(found: Run) -> list[Study]:
    """The studies the run made, chain by chain, with how many rows and recounts each has."""
    rows = found.studies.annotate(
        verdict_count=Count("verdicts", distinct=True),
        target_count=Count("targets", distinct=True),
        recount_count=Count("recounts", distinct=True),
    )
    return list(rows.order_by("id"))


def study(public_id: str) -> Study | None:
    """One study with its run, or None."""
    rows = Study.objects.select_related("run__asked_by")
    return rows.filter(public_id=public_id).first()


def rows_of(found: Study) -> int:
    """How many rows the study holds."""
    return found.verdicts.count() + found.targets.count()


def recounts(found: Study) -> list[Recount]:
    """The recounts of a study, the newest first."""
    return list(found.recounts.select_related("asked_by"))


def recount(public_id: str) -> Recount | None:
    """One recount with its study, or None."""
    return Recount.objects.select_related("study").filter(public_id=public_id).first()


def in_force() -> Mapping[tuple[str, str], Study]:
    """The study in force of each kind and chain."""
    return {(row.kind, row.chain): row for row in Study.objects.filter(current=True)}


def in_force_of(chain: str) -> Mapping[str, Study]:
    """The study in force of each kind for one chain."""
    return {row.kind: row for row in Study.objects.filter(current=True, chain=chain)}


def answers(held: Study, sheets: Mapping[str, str], snapshot: str) -> bool:
    """Whether the study is of this data, by these sheets and this code."""
    return _difference(held, sheets, snapshot) is None


def cause(wanted: Mapping[tuple[str, str], Mapping[str, str]], snapshot: str) -> RunCause | None:
    """Why a run is due, or None: `wanted` holds the sheets of every kind and chain as of now."""
    held = in_force()
    causes = {_difference(held.get(key), sheets, snapshot) for key, sheets in wanted.items()}
    order = (RunCause.REGISTRY, RunCause.FIRST, RunCause.SHEETS, RunCause.CODE)
    return next((each for each in order if each in causes), None)


def stands_in_the_way(found: RunCause, snapshot: str, *, since: datetime | None) -> str:
    """Why no run may start by itself though one is due; "" when nothing forbids it.

    Runs over the same snapshot asked for since the rules last changed count: one cancelled by a
    person, three that failed, one that failed within the hour, one that changed nothing.
    """
    rows = Run.objects.filter(snapshot=snapshot)
    rows = rows.filter(asked_at__gte=since) if since else rows
    last = list(rows[:_MOST_FAILURES])
    states = [row.state for row in last]
    if not last:
        return ""
    if states[0] == RunState.CANCELLED:
        return "cancelled"
    if states[0] == RunState.DONE:
        return "" if found is RunCause.CODE else "done"
    if states[0] != RunState.FAILED:
        return "running"
    return "failed" if states == [RunState.FAILED] * _MOST_FAILURES or _is_fresh(last) else ""


def _is_fresh(last: Sequence[Run]) -> bool:
    ended = last[0].ended_at
    return ended is not None and clock.now() - ended < _PAUSE


def _difference(held: Study | None, sheets: Mapping[str, str], snapshot: str) -> RunCause | None:
    if held is None:
        return RunCause.FIRST
    if held.snapshot != snapshot:
        return RunCause.REGISTRY
    if held.sheets != dict(sheets):
        return RunCause.SHEETS
    return RunCause.CODE if held.code_version != code.version() else None


def _to_be_taken() -> Q:
    silent = Q(heartbeat_at=None) | Q(heartbeat_at__lt=clock.now() - PATIENCE)
    return Q(state=RunState.QUEUED) | (Q(state=RunState.RUNNING) & silent)
