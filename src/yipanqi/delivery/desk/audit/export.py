"""Screen: taking out every record of a kind that one may see, for an audit."""

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery import limits, populations
from yipanqi.delivery.desk.screens import DeskRequest, found, page
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Offer what the person may take out, with the number of rows."""
    actor = request.actor
    offered = populations.open_to(actor)
    if not offered:
        raise NotAllowed(_("您的岗位不能导出记录"))
    counted = [(each, populations.count(each, seen_by=actor)) for each in offered]
    return page(request, "audit/export", counted=counted)


@require_POST
def take(request: DeskRequest, code: str) -> FileResponse:
    """The population as a zip."""
    population = found(populations.POPULATIONS.get(code))
    limits.count(request.actor, "export")
    packed = populations.export(population, by=request.actor)
    name = f"{population.code}-{clock.today().isoformat()}.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")
