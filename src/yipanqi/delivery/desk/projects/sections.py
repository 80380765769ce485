"""Screen: editing a section of a project; someone's newer change is shown, not overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.forms import BoundField
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.projects import shape
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.services import editing
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project

_NO_VERSION = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form, and what somebody else has made of it meanwhile (None: nothing)."""

    field: BoundField
    theirs: object | None
    is_money: bool


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, public_id: str, section: str) -> HttpResponse:
    """Show the section's form; when it is sent, save it or show what stands against it."""
    project = found(queries.find(public_id, seen_by=request.actor))
    part = found(shape.SECTIONS.get(section))
    require(request.actor, "projects.edit", doing=_("修改项目"))
    if request.method == "GET":
        return _page(
            request, project, part, shape.section_form(part, project, None, by=request.actor)
        )
    form = shape.section_form(part, project, request.POST, by=request.actor)
    if not form.is_valid():
        return _page(request, project, part, form, status=422)
    return _saved(request, project, part, form)


def _saved(
    request: DeskRequest, project: "Project", part: shape.Section, form: forms.Form
) -> HttpResponse:
    try:
        editing.edit(
            project,
            shape.changes(form, project, by=request.actor),
            expecting=version(request),
            by=request.actor,
        )
    except life.Ended as refusal:
        return faults.conflict(request, str(refusal))
    except editing.StaleEdit as stale:
        return _page(request, stale.project, part, form, theirs=stale.current, status=409)
    except editing.Unclear as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except (editing.GateEmptied, StateSecret) as refusal:
        form.add_error(None, str(refusal))
    else:
        saved = queries.find(project.public_id, seen_by=request.actor)
        if saved is None:
            # The new label may lie above the editor's own clearance.
            return onward(
                request, "projects", saying=_("已保存；按新的密级标签，您不再能查看该项目")
            )
        return onward(request, "project", project.public_id, saying=_("已保存"))
    return _page(request, project, part, form, status=422)


def _page(
    request: DeskRequest,
    project: "Project",
    part: shape.Section,
    form: forms.Form,
    *,
    theirs: Mapping[str, editing.Value] | None = None,
    status: int = 200,
) -> HttpResponse:
    # After a conflict has been shown, saving again means: over what was shown.
    sent = version(request) if request.method == "POST" and theirs is None else _NO_VERSION
    return page(
        request,
        "projects/edit",
        status,
        project=project,
        part=part,
        form=form,
        asked=_asked(form, theirs or {}),
        is_stale=theirs is not None,
        version=sent or project.version,
    )


def _asked(form: forms.Form, theirs: Mapping[str, editing.Value]) -> Sequence[Asked]:
    names = industries.names() if "link" in theirs else {}
    return [
        Asked(
            form[name],
            _told(name, theirs[name], names) if name in theirs else None,
            name.endswith("_fen"),
        )
        for name in form.fields
    ]


def _told(name: str, value: editing.Value, names: Mapping[str, str]) -> object:
    if name.endswith("_fen"):
        return value if value is not None else ""
    return shape.told(name, value, names)


def version(request: DeskRequest) -> int:
    """The version the form was opened on; 0, which none is, for nonsense."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else _NO_VERSION  # noqa: PLR2004
