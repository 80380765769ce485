"""Screen: one lead — its claim, its proof, and what can be done with it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import chronicle, faults
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.leads import progress, queries
from yipanqi.domain.leads.services import claims
from yipanqi.domain.projects import queries as projects
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Lead
    from yipanqi.domain.projects.models import Project


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the lead."""
    actor = request.actor
    lead = found(queries.find(public_id, seen_by=actor))
    subject, is_own = queries.subject(lead), lead.unit_id == actor.unit_id
    return page(
        request,
        "leads/matter",
        lead=lead,
        claim=lead.claim,
        project=_project(lead, actor),
        names=industries.names(),
        files=evidence.files(subject, seen_by=actor),
        lines=chronicle.lines(subject, seen_by=actor),
        is_own=is_own,
        standing=progress.standing(lead.claim),
        renewals=queries.renewals(lead.claim),
        contest=queries.contest(lead.claim),
        contests=queries.contests_of(lead.claim) if is_own or actor.may("leads.rule") else (),
        transfers=queries.transfers_of(lead),
    )


@require_POST
def release(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give the matter up."""
    lead = found(queries.find(public_id, seen_by=request.actor))
    try:
        claims.release(lead.claim, by=request.actor)
    except claims.Unclear as refusal:
        return faults.conflict(request, str(refusal))
    messages.success(request, _("已放弃，其他单位可以登记"))
    return onward(request, "lead", public_id)


def _project(lead: "Lead", actor: Actor) -> "Project | None":
    """The project the lead became, if there is one for this person."""
    project = getattr(lead, "project", None)
    return projects.find(project.public_id, seen_by=actor) if project else None
