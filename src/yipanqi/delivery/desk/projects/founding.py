"""Screen: making a project out of a held lead."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.fields import ChosenField, LabelField, WanField, borrowed
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.places import queries as places
from yipanqi.domain.projects.services import registering
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Lead


class ProjectForm(forms.Form):
    """What is added to the lead; the rest comes with it."""

    name = borrowed(
        "projects.Project", "name", help_text=gettext_lazy("一般写作“企业简称＋内容＋项目”")
    )
    park = ChosenField((), label=gettext_lazy("落地园区"))
    total_investment_fen = WanField(label=gettext_lazy("计划总投资"))
    label = LabelField()
    content = borrowed("projects.Project", "content")


@require_http_methods(["GET", "POST"])
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the form; when it is sent, open the project."""
    require(request.actor, "projects.create", doing=_("建立项目"))
    lead = found(leads.find(public_id, seen_by=request.actor))
    form = _form(request, lead)
    if request.method == "POST" and form.is_valid():
        try:
            project = registering.create(
                lead, registering.Draft(**form.cleaned_data), by=request.actor
            )
        except registering.NotHeld as refusal:
            return faults.conflict(request, str(refusal))
        except (registering.Unclear, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "project", project.public_id, saying=_("项目已建立"))
    return page(request, "projects/new", 422 if form.errors else 200, lead=lead, form=form)


def _form(request: DeskRequest, lead: "Lead") -> ProjectForm:
    first = {
        "name": f"{lead.enterprise.name}{lead.matter}项目"[:80],
        "park": lead.unit.code,
        "total_investment_fen": lead.estimate_fen,
        "label": lead.label,
    }
    form = ProjectForm(request.POST if request.method == "POST" else None, initial=first)
    field = form.fields["park"]
    field.choices = [  # type: ignore[attr-defined]
        *field.choices,  # type: ignore[attr-defined]
        *((park.unit.code, park.name) for park in places.parks()),
    ]
    return form
