"""Screen part: the button that moves a project on, or says what is still missing."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk.projects.record import Refusal, record
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.services import stages


@require_POST
def advance(request: DeskRequest, public_id: str, to: str) -> HttpResponse:
    """Move the project on; the page it gives back says why when it stays."""
    project = found(queries.find(public_id, seen_by=request.actor))
    try:
        stages.advance(project, to=to, by=request.actor)
    except stages.GateClosed as closed:
        return record(request, project, Refusal(422, missing=closed.missing))
    except stages.NotNext as refusal:
        return record(request, project, Refusal(409, says=str(refusal)))
    return onward(request, "project", public_id, saying=_("已进入下一阶段"))
