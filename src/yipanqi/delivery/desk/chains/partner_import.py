"""Screens: uploading a leader's list, its preview, and putting it in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.chains import (
    partner_files,
    partner_matching,
    partner_reading,
    partner_template,
    partner_uploads,
)
from yipanqi.delivery.desk.chains.partner_files import Unreadable
from yipanqi.delivery.desk.chains.partner_forms import ApplyForm, UploadForm
from yipanqi.delivery.desk.chains.partner_matching import Matches, Near
from yipanqi.delivery.desk.chains.partner_reading import Read, Said
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.industries import partner_lists
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.services import partners
from yipanqi.domain.industries.services.partners import Known, Partner
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain

# A page with thousands of rows helps nobody; the counts are of all.
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Unsure:
    """A row whose enterprise is not certain, those it may mean, and the one chosen."""

    said: Said
    near: Sequence[Near]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Sure:
    """A row and the enterprise it certainly means."""

    said: Said
    known: Known


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring: its rows, and whom they mean."""

    read: Read
    matches: Matches

    @property
    def sure(self) -> list[Sure]:
        """The first rows whose enterprise is certain."""
        certain = self.matches.certain
        rows = [row for row in self.read.rows if row.number in certain][:_MOST_SHOWN]
        return [Sure(row, certain[row.number]) for row in rows]

    @property
    def unmatched(self) -> int:
        """How many rows are certain of nobody."""
        return len(self.read.rows) - len(self.matches.certain)

    def unsure(self, request: DeskRequest) -> list[Unsure]:
        """The first rows to decide on, those with near enterprises before those without."""
        rows = [row for row in self.read.rows if row.number not in self.matches.certain]
        rows.sort(key=lambda row: row.number not in self.matches.near)
        return [
            Unsure(
                row, self.matches.near.get(row.number, ()), request.POST.get(_word(row.number), "")
            )
            for row in rows[:_MOST_SHOWN]
        ]


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
            preview = _preview(request, chain, sha256, file.name)
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
    sha256, file_name = told.pop("sha256"), told.pop("file_name")
    try:
        preview = _preview(request, chain, sha256, file_name)
    except Unreadable:
        return faults.conflict(request, _("上传的文件已不在，请重新上传"))
    draft = form.draft(
        file_name=file_name,
        sha256=sha256,
        snapshot=preview.matches.snapshot,
        leader_id=partner_matching.leader(told["leader"]),
    )
    try:
        partners.apply(chain, draft, _partners(request, preview), by=request.actor)
    except partners.OlderThanStanding as refusal:
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


def _preview(request: DeskRequest, chain: "Chain", sha256: str, file_name: str) -> Preview:
    path = partner_uploads.find(sha256, by=request.actor)
    if path is None:
        raise Unreadable(_("上传的文件已不在，请重新上传"))
    links = {each.code: each.name for each in industries.links(chain)}
    read = partner_reading.read(partner_files.table(path, file_name), links)
    return Preview(read, partner_matching.matches(read.rows))


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
        unsure=preview.unsure(request),
        faults=preview.read.faults[:_MOST_SHOWN],
        most=_MOST_SHOWN,
        links={each.code: each.name for each in industries.links(chain)},
    )


def _partners(request: DeskRequest, preview: Preview) -> list[Partner]:
    """The rows to keep, each with the certain enterprise or the one the officer chose."""
    return [
        Partner(
            number=row.number,
            kind=row.kind,
            name=row.name,
            code=row.code,
            product=row.product,
            link=row.link,
            year=row.year,
            note=row.note,
            known=_known(request, preview.matches, row.number),
        )
        for row in preview.read.rows
    ]


def _known(request: DeskRequest, matches: Matches, number: int) -> Known | None:
    chosen = request.POST.get(_word(number), "")
    return matches.certain.get(number) or matches.chosen(number, chosen)


def _word(number: int) -> str:
    return f"match-{number}"
