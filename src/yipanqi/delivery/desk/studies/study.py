"""Screens: what a study rests on, and whether the same comes out when it is computed again."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import chronicle, faults
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.delivery.desk.studies import titles
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.services import recounting


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the study's data, sheets, model, code and times, and its recounts."""
    study = found(runs.study(public_id))
    recounts = runs.recounts(study)
    return page(
        request,
        "studies/study",
        study=study,
        rows=runs.rows_of(study),
        recounts=recounts,
        is_live=any(each.is_live for each in recounts),
        names=industries.names(),
        lines=chronicle.lines(f"studies/{study.public_id}", seen_by=request.actor),
        **titles.all_of_them(),
    )


@require_POST
def recount(request: DeskRequest, public_id: str) -> HttpResponse:
    """Have the study computed again in the background."""
    study = found(runs.study(public_id))
    try:
        recounting.ask(study, by=request.actor)
    except recounting.AlreadyAsked as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "study", public_id, saying=_("已排队重算，结果显示在本页"))
