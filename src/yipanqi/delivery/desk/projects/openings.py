"""Screen: the opening balance (存量): what is missing, whose it is, by when; and verifying one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.projects.record import Refusal, record
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page, page_number
from yipanqi.domain.projects import life, opening, queries
from yipanqi.domain.projects.services import openings
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

_MOST_DIGITS = 9


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List what waits to be verified, with what is missing, the earliest due first."""
    actor, unit = request.actor, asked(request, "unit")
    return page(
        request,
        "projects/openings",
        page=opening.listing(seen_by=actor, unit=unit, page=page_number(request)),
        balance=opening.balance(seen_by=actor),
        may_verify=any(actor.may(verb) for verb in ("projects.verify", "projects.verify.city")),
        today=clock.today(),
        unit=unit,
    )


@require_POST
def verify(request: DeskRequest, public_id: str) -> HttpResponse:
    """Verify the project, or say on its page what is still missing."""
    project = found(queries.find(public_id, seen_by=request.actor))
    if not any(request.actor.may(verb) for verb in ("projects.verify", "projects.verify.city")):
        raise NotAllowed(_("您的岗位不能核实存量项目；请有核验权限的同事办理"))
    try:
        openings.verify(project, expecting=_version(request), by=request.actor)
    except openings.Unproved as refusal:
        return record(request, project, Refusal(422, says=str(refusal)))
    except (openings.NotOpening, openings.Overtaken, life.Ended) as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "openings", saying=_("已核实，今天起与其他项目一并统计"))


def _version(request: DeskRequest) -> int:
    """The version the page was made from; nonsense matches none."""
    text = request.POST.get("version", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 0
