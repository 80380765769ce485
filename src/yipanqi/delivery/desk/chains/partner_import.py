"""Screens: uploading a leader's list, its preview, and putting it in force."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.chains import (
    partner_matching,
    partner_previews,
    partner_template,
    partner_uploads,
)
from yipanqi.delivery.desk.chains.partner_files import Unreadable
from yipanqi.delivery.desk.chains.partner_forms import ApplyForm, UploadForm
from yipanqi.delivery.desk.chains.partner_previews import MOST_SHOWN, Preview
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.evidence.services.storing import Received, Upload
from yipanqi.domain.industries import partner_lists
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.services import partners
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain

_CHUNK_BYTES = 1 << 20
_CHOICE = "match-"


@require_GET
def template(request: DeskRequest, code: str) -> HttpResponse:
    """Give the workbook to fill in, with the chain's links to choose from."""
    chain = _chain(request, code)
    content = partner_template.written(chain.name, [each.name for each in industries.links(chain)])
    response = HttpResponse(content, content_type=partner_template.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="partners-{chain.code}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: DeskRequest, code: str) -> HttpResponse:
    """Ask for a file; with one, show what it would bring. Nothing is saved."""
    chain = _chain(request, code)
    if request.method != "POST":
        return page(request, "chains/partner_import", chain=chain, form=UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        limits.count(request.actor, "upload")
        file = form.cleaned_data.pop("file")
        try:
            sha256 = partner_uploads.keep(file.name, file.chunks(), by=request.actor)
            preview = partner_previews.preview(_kept(request, sha256), file.name, chain)
        except (Refused, Unreadable, StateSecret) as refusal:
            form.add_error("file", str(refusal))
        else:
            told = {**form.cleaned_data, "sha256": sha256, "file_name": file.name[:200]}
            return _page(request, chain, ApplyForm(initial=told), preview)
    return page(request, "chains/partner_import", 422, chain=chain, form=form)


@require_POST
def apply(request: DeskRequest, code: str) -> HttpResponse:
    """Put the previewed list in force, or say what is missing."""
    chain = _chain(request, code)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return faults.conflict(request, _("预览已失效，请重新上传文件"))
    told = form.cleaned_data
    sha256, name = told.pop("sha256"), told.pop("file_name")
    try:
        path = _kept(request, sha256)
        preview = partner_previews.preview(path, name, chain)
        draft = form.draft(
            file_name=name,
            sha256=sha256,
            snapshot=preview.matches.snapshot,
            leader_id=partner_matching.leader(told["leader"]),
            original=_original(path, name),
        )
        partners.apply(chain, draft, preview.partners(_choices(request)), by=request.actor)
    except (Refused, Unreadable, partners.OlderThanStanding) as refusal:
        return faults.conflict(request, str(refusal))
    except (partners.Incomplete, StateSecret) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, chain, form, preview, status=422)
    partner_uploads.drop(sha256, by=request.actor)
    return onward(request, "partners", chain.code, saying=_("名单已应用；发现有误可以撤销"))


def _chain(request: DeskRequest, code: str) -> "Chain":
    chain = found(industries.chain(code))
    if not partner_lists.may_keep(chain, request.actor):
        raise NotAllowed(_("只能维护本办公室所负责产业链的链主名单"))
    return chain


def _kept(request: DeskRequest, sha256: str) -> Path:
    path = partner_uploads.find(sha256, by=request.actor)
    if path is None:
        raise Unreadable(_("上传的文件已不在，请重新上传"))
    return path


def _original(path: Path, name: str) -> Received | None:
    """The workbook among the materials; of text only the digest is kept, it is no material."""
    if Path(name).suffix.lower() != ".xlsx":
        return None
    with path.open("rb") as file:
        return storing.receive(Upload(name, iter(lambda: file.read(_CHUNK_BYTES), b"")))


def _page(
    request: DeskRequest, chain: "Chain", form: ApplyForm, preview: Preview, *, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "chains/partner_preview",
        status,
        chain=chain,
        form=form,
        preview=preview,
        read=preview.read,
        changes=preview.changes(chain, str(form["leader"].value()), seen_by=request.actor),
        unsure=preview.unsure(_choices(request)),
        faults=preview.read.faults[:MOST_SHOWN],
        most=MOST_SHOWN,
    )


def _choices(request: DeskRequest) -> dict[int, str]:
    """The registry ids chosen on the page, by number of row."""
    return {
        int(number): str(chosen)
        for name, chosen in request.POST.items()
        if name.startswith(_CHOICE)
        and (number := name.removeprefix(_CHOICE)).isascii()
        and number.isdigit()
        and len(number) < 8  # noqa: PLR2004 -- a workbook has seven digits of rows
    }
