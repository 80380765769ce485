"""Screens: waiving a requirement of a gate for a time, and revoking a waiver."""

from datetime import date

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.fields import Day
from yipanqi.delivery.desk.projects.papers import OVERTAKEN, Paper, asked, filled, words
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.services import waivers
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require


class WaiverForm(forms.Form):
    """Why, and until when."""

    reason = words(
        gettext_lazy("豁免理由"), gettext_lazy("写明一事一议的依据，如会议纪要文号；记入台账")
    )
    until = forms.DateField(label=gettext_lazy("豁免至"), widget=Day)

    def clean_until(self) -> date:
        """A day that has not passed."""
        day: date = self.cleaned_data["until"]
        if day < clock.today():
            raise forms.ValidationError(_("豁免期限早于今天；请填今天或以后的日期"))
        return day


@require_http_methods(["GET", "POST"])
def grant(request: DeskRequest, public_id: str, requirement: str) -> HttpResponse:
    """Waive one requirement the project does not meet."""
    require(request.actor, "projects.waive", doing=_("豁免阶段条件"))
    project = found(queries.find(public_id, seen_by=request.actor))
    row = found(rules.gates(on=clock.today(), unit=project.unit.code).find(requirement))
    paper = Paper(
        _("豁免条件"),
        _("“%(message)s”。豁免后列为已豁免，不算满足；到期仍未满足的，重新列为缺项。")
        % {"message": row.message},
        _("豁免"),
    )

    def act(form: WaiverForm) -> str:
        waivers.grant(project, requirement, waivers.Grounds(**form.cleaned_data), by=request.actor)
        return _("已豁免")

    return asked(request, project, filled(request, WaiverForm), paper, act)


@require_POST
def revoke(request: DeskRequest, public_id: str) -> HttpResponse:
    """End a waiver before its day."""
    waiver = found(life.waiver(public_id, seen_by=request.actor))
    try:
        waivers.revoke(waiver, by=request.actor)
    except OVERTAKEN as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "project", waiver.project.public_id, saying=_("已撤销豁免"))
