"""Screens: the batches of a unit, a template to fill in, and sending a file."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery import limits
from yipanqi.delivery.desk.fields import ChosenField
from yipanqi.delivery.desk.intake import words
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page, page_number
from yipanqi.delivery.jobs.intake import LIBRARIES
from yipanqi.delivery.workbooks import keeping, writing
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.intake import queries
from yipanqi.domain.intake.libraries import Library
from yipanqi.domain.intake.services import batches
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import StateSecret

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(forms.Form):
    """Which library the file is for, and the file."""

    library = ChosenField((), label=gettext_lazy("导入到"), required=True)
    file = forms.FileField(
        label=gettext_lazy("文件"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ",".join(keeping.SUFFIXES)}),
        help_text=gettext_lazy("按模板填写的 .xlsx 或 .csv，不超过 50 MB、100,000 行"),
    )

    def __init__(self, libraries: list[Library], **given: Any) -> None:
        super().__init__(**given)
        chosen = self.fields["library"]
        chosen.choices = [  # type: ignore[attr-defined]
            *chosen.choices,  # type: ignore[attr-defined]
            *((each.code, each.title) for each in libraries),
        ]


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the batches this person may see, and offer templates and the form."""
    require(request.actor, "imports.make", doing=_("批量导入"))
    wanted = request.GET.get("library", "")
    return _page(request, FileForm(open_to(request.actor), initial={"library": wanted}))


@require_http_methods(["POST"])
def upload(request: DeskRequest) -> HttpResponse:
    """Keep the file and have it read; its preview comes on its own page."""
    require(request.actor, "imports.make", doing=_("批量导入"))
    form = FileForm(open_to(request.actor), data=request.POST, files=request.FILES)
    if form.is_valid():
        limits.count(request.actor, "upload")
        library, file = LIBRARIES[form.cleaned_data["library"]], form.cleaned_data["file"]
        try:
            kept = keeping.keep(file.name, file.chunks())
            batch = batches.receive(
                library, batches.Arrival(kept.name, kept.sha256), by=request.actor
            )
        except (batches.Unfit, Refused, StateSecret) as refusal:
            form.add_error("file", str(refusal))
        else:
            saying = _("文件已收到，后台正在读取；可以离开本页，不影响读取")
            return onward(request, "batch", batch.public_id, saying=saying)
    return _page(request, form, 422)


@require_GET
def template(request: DeskRequest, code: str) -> HttpResponse:
    """The library's template as a workbook."""
    library = found(LIBRARIES.get(code))
    batches.require_importer(library, by=request.actor)
    response = HttpResponse(writing.template(library), content_type=_XLSX)
    response["Content-Disposition"] = words.attachment(f"{library.title}导入模板.xlsx")
    return response


def open_to(actor: Actor) -> list[Library]:
    """The libraries this person may import into."""
    return [each for each in LIBRARIES.values() if actor.may(each.verb)]


def _page(request: DeskRequest, form: FileForm, status: int = 200) -> HttpResponse:
    return page(
        request,
        "intake/batches",
        status,
        form=form,
        page=queries.listing(seen_by=request.actor, page=page_number(request)),
        libraries=open_to(request.actor),
        titles={each.code: each.title for each in LIBRARIES.values()},
        marks=words.MARKS,
    )
