"""Screens: the runs of the engine, one with its progress, and the buttons that steer it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery import registry_search
from yipanqi.delivery.desk import chronicle, faults
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page, page_number
from yipanqi.delivery.desk.studies import titles
from yipanqi.delivery.jobs import studies as jobs
from yipanqi.delivery.jobs.remedies import CityUnknown
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.services import running
from yipanqi.engine import indices
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab import clock

if TYPE_CHECKING:
    from yipanqi.domain.studies.models import Run


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the runs, the newest first."""
    listed = runs.listed(page_number(request))
    now = registry_search.condition().registry
    return page(
        request,
        "studies/runs",
        page=listed,
        live=runs.live(),
        registered=indices.snapshot(now) if now else "",
        held=sorted({study.snapshot for study in runs.in_force().values()}),
        **titles.all_of_them(),
    )


@require_GET
def one(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show how far a run is and what it found."""
    run = found(runs.run(public_id))
    return page(
        request,
        "studies/run",
        run=run,
        made=[step for step in run.steps if step["outcome"] == "made"],
        kept=[step for step in run.steps if step["outcome"] == "kept"],
        is_silent=runs.is_silent(run),
        waited_seconds=_seconds(run.asked_at) if run.state == "queued" else 0,
        studies=runs.studies(run),
        names=industries.names(),
        lines=chronicle.lines(f"studies/{run.public_id}", seen_by=request.actor),
        **titles.all_of_them(),
    )


@require_POST
def start(request: DeskRequest) -> HttpResponse:
    """Put a run in the queue and go to its page."""
    try:
        city = jobs.city_of(rules.pack_at(clock.now())).short_name
        run = running.ask(city, by=request.actor)
    except (running.AlreadyRunning, NotInForce, CityUnknown) as refusal:
        return faults.conflict(request, str(refusal))
    saying = _("已排队，后台随即开始；可以离开本页，不影响运行")
    return onward(request, "run", run.public_id, saying=saying)


@require_POST
def cancel(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask a run to stop."""

    def asked(run: "Run") -> str:
        stopped = running.cancel(run, by=request.actor)
        if stopped.is_live:
            return _("已要求取消，手头这条产业链做完就停；已完成的照常有效")
        return _("已取消；已完成的产业链照常有效")

    return _steered(request, public_id, asked)


@require_POST
def resume(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take a stopped run up again."""

    def asked(run: "Run") -> str:
        running.resume(run, by=request.actor)
        return _("已排队，从停下的地方接着做")

    return _steered(request, public_id, asked)


def _steered(request: DeskRequest, public_id: str, how: Callable[["Run"], str]) -> HttpResponse:
    run = found(runs.run(public_id))
    try:
        saying = how(run)
    except (running.NotUnderWay, running.NotStopped, running.AlreadyRunning) as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "run", public_id, saying=saying)


def _seconds(since: datetime) -> int:
    return int((clock.now() - since).total_seconds())
