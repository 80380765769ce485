"""Screen parts: attaching a material, and taking one out."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.projects.attaching import AttachForm
from yipanqi.delivery.desk.projects.record import Refusal, record
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.services import materials
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret


@require_POST
def attach(request: DeskRequest, public_id: str) -> HttpResponse:
    """Attach the file, or say why it is not kept."""
    project = found(queries.find(public_id, seen_by=request.actor))
    require(request.actor, "evidence.attach", doing=_("上传佐证材料"))
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        limits.count(request.actor, "upload")
        given = form.cleaned_data
        file = given.pop("file")
        try:
            materials.attach(
                project, storing.Upload(file.name, file.chunks()), by=request.actor, **given
            )
        except life.Ended as refusal:
            return faults.conflict(request, str(refusal))
        except (Refused, StateSecret) as refusal:
            form.add_error("file", str(refusal))
        else:
            return onward(request, "project", public_id, saying=_("材料已附上"))
    return record(request, project, Refusal(422, form=form))


@require_GET
def download(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Give the file as an attachment; that it was taken out is in the ledger."""
    file = found(evidence.find(public_id, seen_by=request.actor))
    require(request.actor, "evidence.download", doing=_("下载佐证材料"))
    try:
        content = evidence.location(file).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    storing.record_download(file, by=request.actor)
    # Never shown in place, whatever it says it is: it came from outside.
    response = FileResponse(content, as_attachment=True, filename=file.name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response
